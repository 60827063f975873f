import { Hono } from 'hono'
import { paths } from '../../templates/components/paths.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { settledAsDemo } from '../store/mark.ts'
import { readyMigration } from '../store/ready.ts'
import type { Web } from './context.ts'
import { noteFault } from './fault.ts'
import { boundedForm, safeHeaders, sameSite } from './guards.ts'
import { reply } from './reply.tsx'
import { attendanceRoutes } from './routes/attendance.tsx'
import { attendanceColumnRoutes } from './routes/attendance-columns.tsx'
import { attendanceFileRoutes } from './routes/attendance-files.tsx'
import { attendanceRegisterRoutes } from './routes/attendance-routes.tsx'
import { attendanceWeekRoutes } from './routes/attendance-week.tsx'
import { attendanceYearRoutes } from './routes/attendance-year.tsx'
import { callRoutes } from './routes/calls.tsx'
import { callSchoolRoutes } from './routes/calls-school.tsx'
import { checkRoutes } from './routes/check.tsx'
import { evidenceRoutes } from './routes/evidence.tsx'
import { formRoutes } from './routes/form.tsx'
import { fundingRoutes } from './routes/funding.tsx'
import { fundingAllocationRoutes } from './routes/funding-allocation.tsx'
import { fundingApplicationRoutes } from './routes/funding-application.tsx'
import { fundingImpactRoutes } from './routes/funding-impact.tsx'
import { fundingLedgerRoutes } from './routes/funding-ledger.tsx'
import { fundingPaymentPageRoutes } from './routes/funding-payment.tsx'
import { fundingPaymentRoutes } from './routes/funding-payments.tsx'
import { fundingRadarRoutes } from './routes/funding-radar.tsx'
import { fundingRulesRoutes } from './routes/funding-rules.tsx'
import { fundingRunRoutes } from './routes/funding-runs.tsx'
import { fundingSettlementRoutes } from './routes/funding-settlements.tsx'
import { importRoutes } from './routes/imports.tsx'
import { inboxRoutes } from './routes/inbox.tsx'
import { incentiveRoutes } from './routes/incentives.tsx'
import { layoutRoutes } from './routes/layout.tsx'
import { meetingRoutes } from './routes/meeting.tsx'
import { moneyRoutes } from './routes/money.tsx'
import { moneyApplicationRoutes } from './routes/money-application.tsx'
import { moneyPaymentRoutes } from './routes/money-payment.tsx'
import { moneySentRoutes } from './routes/money-sent.tsx'
import { peopleRoutes } from './routes/people.tsx'
import { placeRoutes } from './routes/places.tsx'
import { plainRoutes } from './routes/plain.tsx'
import { planRoutes } from './routes/plans.tsx'
import { pupilKeepingRoutes } from './routes/pupil-keeping.tsx'
import { pupilRoutes } from './routes/pupils.tsx'
import { receiptRoutes } from './routes/receipts.tsx'
import { reportRoutes } from './routes/reports.tsx'
import { resultRoutes } from './routes/results.tsx'
import { returnRoutes } from './routes/return.tsx'
import { rollRoutes } from './routes/roll.tsx'
import { roundDateRoutes } from './routes/round-dates.tsx'
import { roundQuestionRoutes } from './routes/round-questions.tsx'
import { roundRoutes } from './routes/rounds.tsx'
import { scaleRoutes } from './routes/scales.tsx'
import { schoolRegisterRoutes } from './routes/school-register.tsx'
import { schoolRoutes } from './routes/schools.tsx'
import { signInRoutes } from './routes/sign-in.tsx'
import { surveyRoutes } from './routes/surveys.tsx'
import { transferRoutes } from './routes/transfer.tsx'
import { transferWriteRoutes } from './routes/transfer-write.tsx'
import { unmatchedRoutes } from './routes/unmatched.tsx'
import { uploadedFileRoutes } from './routes/uploaded-file.tsx'
import { yourSchoolRoutes } from './routes/your-school.tsx'
import { signedIn } from './viewer.ts'

/**
 * The whole portal as one application: what every request passes, in order, then the pages by subject. `runtimeFor`
 * gives the machine a request runs on.
 */
export const createApp = (runtimeFor: (environment: unknown) => Runtime): Hono<Web> => {
  const app = new Hono<Web>()
  // An application serves one store: what it was made as never changes once it has begun.
  let demo: boolean | undefined

  app.use(async (context, next) => {
    context.set('runtime', runtimeFor(context.env))
    context.set('reference', newPublicId().slice(0, 10))
    return next()
  })
  app.use(safeHeaders)
  app.get('/livez', (context) => context.text('ok'))
  app.get('/readyz', async (context) =>
    (await readyMigration(context.var.runtime.db.query)) ? context.text('ready') : context.text('not ready', 503),
  )
  app.use(async (context, next) => {
    demo ??= await settledAsDemo(context.var.runtime.db.query)
    context.set('demo', demo ?? false)
    return next()
  })
  app.use(sameSite)
  app.use(boundedForm)

  app.get(paths.home, signedIn, (context) => reply.start(context))
  for (const routes of [
    plainRoutes,
    signInRoutes,
    inboxRoutes,
    formRoutes,
    layoutRoutes,
    returnRoutes,
    checkRoutes,
    uploadedFileRoutes,
    receiptRoutes,
    scaleRoutes,
    yourSchoolRoutes,
    planRoutes,
    meetingRoutes,
    attendanceYearRoutes,
    pupilKeepingRoutes,
    pupilRoutes,
    resultRoutes,
    reportRoutes,
    roundQuestionRoutes,
    roundRoutes,
    roundDateRoutes,
    callRoutes,
    callSchoolRoutes,
    attendanceRoutes,
    attendanceRegisterRoutes,
    attendanceWeekRoutes,
    unmatchedRoutes,
    placeRoutes,
    importRoutes,
    rollRoutes,
    transferRoutes,
    attendanceFileRoutes,
    attendanceColumnRoutes,
    transferWriteRoutes,
    schoolRegisterRoutes,
    schoolRoutes,
    peopleRoutes,
    moneyRoutes,
    moneyApplicationRoutes,
    moneySentRoutes,
    moneyPaymentRoutes,
    fundingRoutes,
    fundingApplicationRoutes,
    fundingPaymentRoutes,
    fundingPaymentPageRoutes,
    fundingLedgerRoutes,
    fundingRulesRoutes,
    fundingRadarRoutes,
    fundingSettlementRoutes,
    surveyRoutes,
    evidenceRoutes,
    incentiveRoutes,
    fundingImpactRoutes,
    fundingAllocationRoutes,
    fundingRunRoutes,
  ])
    app.route('/', routes)

  app.notFound((context) => reply.notFound(context))
  app.onError((problem, context) => {
    noteFault(context, problem)
    return reply.fault(context)
  })
  return app
}
