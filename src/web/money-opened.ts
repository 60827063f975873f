import type { NextShown } from '../../templates/components/money-parts.tsx'
import { paths } from '../../templates/components/paths.ts'
import type { PupilMoney } from '../../templates/pages/pupil.tsx'
import { shortRound } from '../../templates/words/en/dates.ts'
import { runWords } from '../../templates/words/en/funding-rules.ts'
import { interventionNamed } from '../../templates/words/en/money.ts'
import { may } from '../access/scope.ts'
import type { PlainDate } from '../domain/dates.ts'
import { type MoneyStanding, standingOf } from '../domain/funding/standing.ts'
import type { ApplicationEvent, PaymentState } from '../domain/funding/states.ts'
import { needed } from '../funding/decide.ts'
import type { GatePart } from '../funding/gate.ts'
import { usualDaysToDecide } from '../funding/how-decided.ts'
import type { FundingRules } from '../funding/rules.ts'
import { rulesOfMany, rulesOn } from '../funding/rules-on.ts'
import {
  type Application,
  type ApplicationPupil,
  applicationById,
  applicationsForPupil,
  type HappenedEvent,
  type ListedApplication,
  pupilsOfApplications,
} from '../store/applications.ts'
import { applicationsToDo, type EntitlementToReport, entitlementsToReport } from '../store/money-to-do.ts'
import { entitlementsForPupil, type Payment, paymentsForApplications } from '../store/payments.ts'
import { useReportsOf, usesOfPayments } from '../store/use-reports.ts'
import type { WebContext } from './context.ts'
import { noteSeen } from './seen.ts'

/** What is known of an application beside it: whom it is for, and how its council decides. */
export type Around = {
  readonly pupils: readonly ApplicationPupil[]
  readonly rules: FundingRules
}

/** An application that the viewer's school may open; that it was opened is noted. */
export const openApplication = async (
  context: WebContext,
): Promise<({ readonly application: Application } & Around) | undefined> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const application = await applicationById(query, viewer.scope, context.req.param('application') ?? '')
  if (!application) return undefined
  const [pupils, { rules }] = await Promise.all([
    pupilsOfApplications(query, viewer.scope, [application.number]),
    rulesOn(query, application.virtualSchool, viewer.scope.today),
  ])
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'application seen',
    application.id,
  )
  return { application, pupils, rules }
}

/** How a council decides, as its schools are told. */
export const howDecided = async (context: WebContext, council: number, rules: FundingRules) => {
  const usual = await usualDaysToDecide(context.var.runtime.db.query, [council], context.var.runtime.now())
  return {
    oneOfficerUpTo: rules.oneOfficerUpTo,
    twoPeopleAbove: rules.twoPeopleAbove,
    panelMeets: rules.panelMeets,
    policy: rules.policy,
    policyAddress: rules.policyAddress,
    medianDays: usual.get(council) ?? null,
  }
}

/** What a school is told of one application's events: not what one of two people agreed, or took back alone. */
export const toldToSchool = <Event extends { readonly event: ApplicationEvent }>(
  events: readonly Event[],
): readonly Event[] =>
  events.filter(
    ({ event }, at) => event !== 'seconded' && !(event === 'undone' && events[at - 1]?.event === 'seconded'),
  )

/** What comes next for money that a school asked for. */
export const nextOf = (
  application: Pick<Application, 'council' | 'asked' | 'panelOn'>,
  standing: MoneyStanding,
  around: {
    readonly rules: FundingRules
    readonly last: HappenedEvent | undefined
    readonly payment: { readonly state: PaymentState; readonly dueOn: PlainDate } | undefined
    readonly gate: readonly GatePart[]
    readonly today: PlainDate
  },
): NextShown => {
  const { rules, last, payment, gate, today } = around
  const deferredTo = last?.event === 'deferred' ? last.day : null
  const dueOn = payment && payment.state !== 'paid' ? payment.dueOn : null
  return {
    standing,
    council: application.council,
    panelMeets: needed(application.asked, rules).panel ? rules.panelMeets : null,
    panelOn: application.panelOn !== null && application.panelOn >= (deferredTo ?? today) ? application.panelOn : null,
    deferredTo,
    dueOn,
    isLate: dueOn !== null && dueOn < today,
    heldBy: gate.filter(({ waits }) => waits).map(({ item }) => item),
  }
}

/** Where an application stands with its payment: for a member of the panel, who sees no payments, it ends at agreed. */
export const standingWith = (
  { var: { viewer } }: WebContext,
  payments: readonly Payment[],
  application: Pick<ListedApplication, 'number' | 'state'>,
  reports: readonly { readonly application: number }[],
): MoneyStanding => {
  const payment = payments.find((one) => one.application === application.number && one.state !== 'cancelled')
  return standingOf(
    application.state,
    payment ?? (may(viewer.part, 'see payments') || viewer.part.kind === 'school' ? null : 'unseen'),
    reports.some((one) => one.application === application.number),
  )
}

/** Where some applications stand, for a viewer who may see their payments; drafts are left out. */
const standingsOf = async (context: WebContext, applications: readonly ListedApplication[]) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const sent = applications.filter(({ state, reference }) => state !== 'draft' && reference !== null)
  if (sent.length === 0) return []
  const numbers = sent.map(({ number }) => number)
  const [payments, uses] = await Promise.all([
    paymentsForApplications(query, viewer.scope, numbers),
    useReportsOf(query, viewer.scope, numbers),
  ])
  return sent.map((application) => ({ application, standing: standingWith(context, payments, application, uses) }))
}

/** What was asked and paid for a pupil, for the school that gets it and for who decides; nobody else is told of it. */
export const moneyOfPupil = async (context: WebContext, pupil: number): Promise<PupilMoney> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const asks = may(viewer.part, 'ask for money')
  if (!asks && !may(viewer.part, 'decide on money')) return []
  const [found, entitled] = await Promise.all([
    applicationsForPupil(query, viewer.scope, pupil).then((all) => standingsOf(context, all)),
    entitlementsForPupil(query, viewer.scope, pupil),
  ])
  const reported = new Set(
    entitled.length === 0
      ? []
      : (
          await usesOfPayments(
            query,
            viewer.scope,
            entitled.map(({ number }) => number),
          )
        ).map(({ payment }) => payment),
  )
  return [
    ...found.map(({ application, standing }) => ({
      href: asks ? paths.moneyApplication(application.id) : paths.fundingApplication(application.id),
      reference: application.reference ?? '',
      what: interventionNamed(application.intervention),
      amount: application.agreed ?? application.asked,
      standing,
    })),
    ...entitled.map((payment) => ({
      href: asks ? paths.moneyPayment(payment.id) : paths.fundingPayment(payment.id),
      reference: payment.reference,
      what: partAndTerm(payment),
      amount: payment.amount,
      standing: standingOf(null, payment, reported.has(payment.number)),
    })),
  ]
}

/** What a payment by entitlement is for: a part of the council's rules and its term. Empty for one that was asked for. */
export const partAndTerm = ({ part, term, academicYear }: Pick<Payment, 'part' | 'term' | 'academicYear'>): string =>
  part === null || term === null || academicYear === null
    ? ''
    : `${runWords.payment(part)}, ${shortRound(term, academicYear)}`

/** Payments by entitlement whose use nobody has reported, where their council asks for it. */
export const usesToReport = async (context: WebContext): Promise<readonly EntitlementToReport[]> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const found = await entitlementsToReport(query, viewer.scope)
  if (found.length === 0) return []
  const councils = [...new Set(found.map(({ virtualSchool }) => virtualSchool))]
  const rules = await rulesOfMany(query, councils, viewer.scope.today)
  return found.filter(({ virtualSchool }) => rules.get(virtualSchool)?.rules.gate.use !== 'off')
}

/** What of its money waits for a school: questions to answer, and paid money whose use is not reported. */
export const moneyToDo = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  if (!may(viewer.part, 'ask for money')) return { questions: 0, toReport: 0 }
  const [asked, entitled] = await Promise.all([applicationsToDo(runtime.db.query, viewer.scope), usesToReport(context)])
  const questions = asked.filter(({ state }) => state === 'question').length
  return { questions, toReport: asked.length - questions + entitled.length }
}
