import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { AskForMoneyPage, type FollowedMoney, MoneyPage } from '../../../templates/pages/money.tsx'
import { askWords } from '../../../templates/words/en/application.ts'
import { financialYearWords, interventionNamed } from '../../../templates/words/en/money.ts'
import { daysBetween, plusDays, todayInLondon } from '../../domain/dates.ts'
import { emptyApplication } from '../../domain/funding/application.ts'
import { financialYearOf } from '../../domain/funding/financial-year.ts'
import { fundForAll } from '../../domain/funding/fund-for.ts'
import { type Pence, pence, sumOf } from '../../domain/funding/pence.ts'
import { standingOf } from '../../domain/funding/standing.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { paymentTable } from '../../exports/money.ts'
import { gateParts, gatesOf } from '../../funding/gate.ts'
import { usualFundingRules } from '../../funding/rules.ts'
import { rulesOfMany } from '../../funding/rules-on.ts'
import { beginApplication } from '../../store/application-steps.ts'
import {
  applicationsOf,
  eventsOfApplications,
  type PupilToAskFor,
  pupilsOfApplications,
  pupilsToAskFor,
} from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { incentivePupils, schemesOf } from '../../store/incentives.ts'
import { type Payment, paymentsOf, pupilsOfPayments } from '../../store/payments.ts'
import { ownSurveyAnswers, surveysToAnswer } from '../../store/surveys.ts'
import { reportedPayments } from '../../store/use-reports.ts'
import type { Web, WebContext } from '../context.ts'
import { fields } from '../guards.ts'
import { nextOf, partAndTerm, toldToSchool, usesToReport } from '../money-opened.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { type FileKind, fileKinds, replyTable } from '../table-file.ts'
import { only, signedIn } from '../viewer.ts'

/** A school's money: what it has asked for, where that stands, and whom to ask for next. */
export const moneyRoutes = new Hono<Web>()
moneyRoutes.use(paths.money, signedIn, only('ask for money'))
moneyRoutes.use(paths.moneyAsk, signedIn, only('ask for money'))
for (const kind of fileKinds) moneyRoutes.use(paths.moneyFile(kind), signedIn, only('ask for money'))

const totalOf = <Row,>(rows: readonly Row[], amount: (row: Row) => Pence) => ({
  amount: sumOf(rows.map(amount)),
  count: rows.length,
})

moneyRoutes.get(paths.money, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const [applications, payments, reported, surveys, answers, taking] = await Promise.all([
    applicationsOf(query, scope),
    paymentsOf(query, scope),
    reportedPayments(query, scope),
    surveysToAnswer(query, scope),
    ownSurveyAnswers(query, scope),
    incentivePupils(query, scope),
  ])
  const schemes = await schemesOf(query, [...new Set(taking.map(({ virtualSchool }) => virtualSchool))])
  const numbers = applications.map(({ number }) => number)
  const [pupils, events, rules, toReport, gates] = await Promise.all([
    pupilsOfApplications(query, scope, numbers),
    eventsOfApplications(query, scope, numbers),
    rulesOfMany(query, [...new Set(applications.map(({ virtualSchool }) => virtualSchool))], scope.today),
    entitlementsShown(context, payments),
    gatesOf(
      query,
      scope,
      applications.filter(({ state }) => state === 'approved'),
    ),
  ])
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'list seen',
    'money',
  )
  const childrenOf = (number: number) =>
    pupils.filter((one) => one.application === number).map((one) => shortName(one.forename, one.surname))
  const paidFor = new Map(
    payments.flatMap((one) => (one.application === null || one.state === 'cancelled' ? [] : [[one.application, one]])),
  )
  const asked = applications
    .filter(({ state, reference }) => state !== 'draft' && reference !== null)
    .map((one): FollowedMoney => {
      const payment = paidFor.get(one.number)
      const happened = toldToSchool(events.filter(({ application }) => application === one.number))
      const last = happened.at(-1)
      const since = todayInLondon(payment?.sentAt ?? last?.at ?? one.madeAt)
      const standing = standingOf(one.state, payment ?? null, payment !== undefined && reported.has(payment.number))
      const ruled = rules.get(one.virtualSchool)?.rules ?? usualFundingRules
      const reviewBy =
        one.state === 'declined' && one.decidedAt !== null && !happened.some(({ event }) => event === 'review_asked')
          ? plusDays(todayInLondon(one.decidedAt), ruled.reviewDays)
          : null
      const gate = gateParts(gates.get(one.number), ruled, {
        urgent: one.urgent,
        passed: happened.some(({ event }) => event === 'gate_passed'),
      })
      return {
        ...nextOf(one, standing, { rules: ruled, last, payment, gate, today: scope.today }),
        href: paths.moneyApplication(one.id),
        reference: one.reference ?? '',
        what: interventionNamed(one.intervention),
        children: childrenOf(one.number),
        project: one.kind === 'project',
        amount: one.agreed ?? one.asked,
        since,
        days: daysBetween(since, scope.today),
        said: last?.said ?? '',
        remittance: payment?.reference ?? null,
        paidOn: payment?.paidOn ?? null,
        reviewBy: reviewBy !== null && reviewBy >= scope.today ? reviewBy : null,
        decidedBy: last?.by ?? '',
      }
    })
  const followed = [...asked, ...toReport]
  const year = financialYearOf(scope.today)
  const standsIn = (...standings: readonly string[]) => followed.filter(({ standing }) => standings.includes(standing))
  const openPayments = payments.filter(({ state }) => state === 'approved' || state === 'with_finance')
  return reply.page(
    context,
    <MoneyPage
      frame={frameOf(context)}
      year={financialYearWords(year)}
      onItsWay={totalOf(openPayments, ({ amount }) => amount)}
      beingDecided={totalOf(standsIn('waiting', 'question', 'second'), ({ amount }) => amount)}
      paid={totalOf(
        payments.filter(({ state, paidOn }) => state === 'paid' && paidOn !== null && financialYearOf(paidOn) === year),
        ({ amount }) => amount,
      )}
      toReport={totalOf(standsIn('paid'), ({ amount }) => amount)}
      followed={byUrgency(followed)}
      drafts={applications
        .filter(({ state }) => state === 'draft')
        .map((one) => ({
          id: one.id,
          intervention: one.intervention,
          children: childrenOf(one.number),
          council: one.council,
          asked: one.asked,
          begun: todayInLondon(one.madeAt),
        }))}
      surveySent={context.req.query('done') === 'survey'}
      incentives={schemes.length > 0}
      surveys={surveys
        .filter(({ number, school }) => !answers.some((one) => one.survey === number && one.ofSchool === school))
        .map((one) => ({ ...one, school: one.schoolId, year: financialYearWords(one.year) }))}
      remittances={payments
        .filter(({ state }) => state !== 'cancelled')
        .map((payment) => ({
          reference: payment.reference,
          council: payment.council,
          ...whatFor(payment, applications),
          amount: payment.amount,
          returned: payment.returned,
          standing: standingOf(null, payment, reported.has(payment.number)),
          dueOn: payment.dueOn,
          paidOn: payment.paidOn,
        }))}
    />,
  )
})

const order = ['question', 'paid', 'waiting', 'second', 'set_up', 'agreed', 'with_finance', 'declined']

/** What waits for the school first, then what is on its way, then what has ended; the newest of each first. */
const byUrgency = (followed: readonly FollowedMoney[]) => {
  const rank = ({ standing }: FollowedMoney) => (order.includes(standing) ? order.indexOf(standing) : order.length)
  return followed.toSorted((one, other) => rank(one) - rank(other))
}

/** What a payment is for, and where the school opens it. */
const whatFor = (
  payment: Payment,
  applications: readonly { readonly number: number; readonly id: string; readonly reference: string | null }[],
) => {
  if (payment.application === null) return { what: partAndTerm(payment), href: paths.moneyPayment(payment.id) }
  const application = applications.find(({ number }) => number === payment.application)
  return application
    ? { what: application.reference ?? '', href: paths.moneyApplication(application.id) }
    : { what: '', href: null }
}

/** Payments by entitlement whose use their council asks for and nobody has reported, as the school follows them. */
const entitlementsShown = async (
  context: WebContext,
  payments: readonly Payment[],
): Promise<readonly FollowedMoney[]> => {
  const { runtime, viewer } = context.var
  const toReport = new Set((await usesToReport(context)).map(({ payment }) => payment))
  const shown = payments.filter(({ number }) => toReport.has(number))
  const pupils = await pupilsOfPayments(
    runtime.db.query,
    viewer.scope,
    shown.map(({ number }) => number),
  )
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'list seen',
    'money',
  )
  return shown.map((payment): FollowedMoney => {
    const pupil = pupils.find((one) => one.payment === payment.number)
    const since = payment.paidOn ?? todayInLondon(payment.approvedAt)
    return {
      ...{ href: paths.moneyPayment(payment.id), reference: '', what: partAndTerm(payment), project: false },
      children: pupil ? [shortName(pupil.forename, pupil.surname)] : [],
      ...{
        council: payment.council,
        amount: pence(payment.amount - payment.returned),
        standing: 'paid',
        panelMeets: null,
        panelOn: null,
        heldBy: [],
      },
      ...{ since, days: daysBetween(since, viewer.scope.today), said: '', deferredTo: null, dueOn: null },
      ...{ isLate: false, remittance: payment.reference, paidOn: payment.paidOn, reviewBy: null, decidedBy: '' },
    }
  })
}

const giveFile = (kind: FileKind) => async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const payments = await paymentsOf(runtime.db.query, viewer.scope)
  await runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: 'school',
      action: 'list of payments taken',
      subject: kind,
    }),
  ])
  return replyTable(context, paymentTable(payments), 'payments', kind)
}
for (const kind of fileKinds) moneyRoutes.get(paths.moneyFile(kind), giveFile(kind))

/** What a tick stands for: one child at one school. */
const tickOf = ({ id, schoolId }: PupilToAskFor) => `${id}.${schoolId}`

const showAsk = (
  context: WebContext,
  pupils: readonly PupilToAskFor[],
  ticked: readonly string[],
  toMend: readonly ToMend[],
) => {
  const councils = [...new Set(pupils.map(({ council }) => council))]
  return reply.page(
    context,
    <AskForMoneyPage
      frame={frameOf(context)}
      councils={councils.map((name) => ({
        name,
        pupils: pupils
          .filter(({ council }) => council === name)
          .map((pupil) => ({
            value: tickOf(pupil),
            name: shortName(pupil.forename, pupil.surname),
            yearGroup: pupil.yearGroup || null,
            school: pupil.schoolName,
            ticked: ticked.includes(tickOf(pupil)) || ticked.includes(pupil.id),
          })),
      }))}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

const ownPupils = async (context: WebContext) => {
  const pupils = await pupilsToAskFor(context.var.runtime.db.query, context.var.viewer.scope)
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'list seen',
    'asking for money',
  )
  return pupils
}

moneyRoutes.get(paths.moneyAsk, async (context) =>
  showAsk(context, await ownPupils(context), [context.req.query('pupil') ?? ''], []),
)

/** The most children of one project. */
const most = 30

moneyRoutes.post(paths.moneyAsk, async (context) => {
  const { runtime, viewer } = context.var
  const pupils = await ownPupils(context)
  const ticked = fields(context, 'pupil')
  const chosen = pupils.filter((pupil) => ticked.includes(tickOf(pupil)))
  const [first] = chosen
  const { toMend: words } = askWords
  const fund = fundForAll(
    chosen.map(({ yearGroup }) => yearGroup),
    first?.laCode.startsWith('6') ? 'Wales' : 'England',
  )
  const problem =
    first === undefined
      ? words.nobody
      : chosen.some(({ virtualSchool, school }) => virtualSchool !== first.virtualSchool || school !== first.school)
        ? words.several
        : chosen.length > most
          ? words.most
          : fund === undefined
            ? words.funds
            : undefined
  if (problem !== undefined || first === undefined || fund === undefined)
    return showAsk(context, pupils, ticked, [{ text: problem ?? words.nobody, field: 'pupil' }])
  const at = runtime.now()
  const id = newPublicId()
  await runtime.db.commit([
    ...beginApplication(
      {
        id,
        virtualSchool: first.virtualSchool,
        school: first.school,
        fund,
        kind: chosen.length > 1 ? 'project' : 'child',
        typed: JSON.stringify(emptyApplication),
        pupils: chosen.map(({ number }) => number),
      },
      at,
      viewer.person.number,
    ),
    ...chosen.map(({ number }) =>
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: 'school',
        action: 'application begun',
        pupil: number,
        virtualSchool: first.virtualSchool,
        subject: id,
      }),
    ),
  ])
  return reply.goTo(context, paths.moneyApplication(id))
})
