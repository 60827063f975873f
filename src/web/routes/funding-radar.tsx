import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { FundingRadarPage } from '../../../templates/pages/funding-radar.tsx'
import { financialYearWords } from '../../../templates/words/en/money.ts'
import { may } from '../../access/scope.ts'
import { financialYearOf } from '../../domain/funding/financial-year.ts'
import { type Pence, pence, sumOf } from '../../domain/funding/pence.ts'
import { blockedPayments } from '../../funding/gate.ts'
import { actionsOf, daysLeft, type RadarLine, radarOf } from '../../funding/radar.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { applicationsOf, eventsOfApplications, pupilsOfApplications } from '../../store/applications.ts'
import { potBalances } from '../../store/movements.ts'
import { paymentsOf, pupilsOfPayments } from '../../store/payments.ts'
import { schoolNames } from '../../store/schools.ts'
import { reportedPayments } from '../../store/use-reports.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { fundingParts } from '../funding-frame.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** What is still on its way as the financial year ends. */
export const fundingRadarRoutes = new Hono<Web>()
fundingRadarRoutes.use(paths.fundingRadar, signedIn, only('see payments'))

const atRisk = (line: RadarLine) => line.stage !== 'not_reported' && line.risks.length > 0

const grouped = (lines: readonly RadarLine[], nameOf: (line: RadarLine) => readonly string[]) => {
  const names = [...new Set(lines.flatMap(nameOf))]
  const total = (some: readonly RadarLine[]): Pence => sumOf(some.map(({ amount }) => amount))
  return names
    .map((name) => {
      const own = lines.filter((line) => nameOf(line).includes(name))
      return {
        name,
        onTheWay: total(own.filter(({ stage }) => stage !== 'not_reported')),
        atRisk: total(own.filter(atRisk)),
        notReported: total(own.filter(({ stage }) => stage === 'not_reported')),
      }
    })
    .toSorted((one, other) => other.atRisk - one.atRisk || other.onTheWay - one.onTheWay)
}

/** Whom each line is for, as far as the viewer may know: a project is of several, and each is named with all of it. */
const namesFor = async (context: WebContext, lines: readonly RadarLine[]) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [asked, entitled] = await Promise.all([
    pupilsOfApplications(
      query,
      viewer.scope,
      lines.flatMap(({ application }) => application ?? []),
    ),
    pupilsOfPayments(
      query,
      viewer.scope,
      lines.flatMap(({ payment }) => payment ?? []),
    ),
  ])
  await noteSeen(
    context,
    [...asked, ...entitled].map(({ number }) => number),
    'list seen',
    'year end',
  )
  return (line: RadarLine): readonly string[] => [
    ...asked
      .filter(({ application }) => application === line.application)
      .map(({ forename, surname }) => shortName(forename, surname)),
    ...entitled
      .filter(({ payment }) => payment === line.payment)
      .map(({ forename, surname }) => shortName(forename, surname)),
  ]
}

fundingRadarRoutes.get(paths.fundingRadar, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const year = financialYearOf(scope.today)
  const [applications, payments, pots, reported, { rules }] = await Promise.all([
    applicationsOf(query, scope),
    paymentsOf(query, scope),
    potBalances(query, scope),
    reportedPayments(query, scope),
    rulesOn(query, ownCouncil(context), scope.today),
  ])
  const events = await eventsOfApplications(
    query,
    scope,
    applications.filter(({ state }) => state === 'second').map(({ number }) => number),
  )
  const held = await blockedPayments(
    query,
    scope,
    payments.filter(({ state }) => state === 'approved').map(({ number }) => number),
    rules,
  )
  const lines = radarOf(year, scope.today, {
    applications: applications.map((one) => ({
      ...one,
      promised:
        events.findLast(({ application, event }) => application === one.number && event === 'seconded')?.amount ?? null,
    })),
    payments,
    held,
    reported,
    asksUse: rules.gate.use !== 'off',
  })
  const own = pots.filter((one) => one.year === year)
  const sum = (amount: (balances: (typeof own)[number]['balances']) => Pence) =>
    sumOf(own.map(({ balances }) => amount(balances)))
  const free = sum(({ allocated }) => pence(Math.max(0, allocated)))
  const decides = may(viewer.part, 'decide on money')
  const links = {
    plan_free: decides ? paths.fundingAllocation : null,
    decide: decides ? paths.funding : null,
    second: decides ? paths.funding : null,
    set_up: paths.fundingPayments,
    let_pass: paths.fundingPayments,
    send: paths.fundingPayments,
    chase_finance: paths.fundingPayments,
    ask_use: decides ? `${paths.funding}?show=agreed` : null,
  }
  const names = await schoolNames(query, [...new Set(lines.map(({ school }) => school))])
  const schoolOf = ({ school }: RadarLine) => names.get(school)?.name ?? ''
  const idOf = (line: RadarLine) => {
    const payment = payments.find(({ number }) => number === line.payment)
    if (payment) return paths.fundingPayment(payment.id)
    const application = applications.find(({ number }) => number === line.application)
    return application ? paths.fundingApplication(application.id) : null
  }
  return reply.page(
    context,
    <FundingRadarPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      year={financialYearWords(year)}
      days={daysLeft(year, scope.today)}
      atRisk={sumOf(lines.filter(atRisk).map(({ amount }) => amount))}
      free={free}
      committed={sum(({ committed }) => committed)}
      approved={sum(({ approved }) => approved)}
      paid={sum(({ paid }) => paid)}
      notReported={sumOf(lines.filter(({ stage }) => stage === 'not_reported').map(({ amount }) => amount))}
      actions={actionsOf(lines, {
        free,
        waiting: applications.filter(({ state }) => state === 'waiting').map(({ asked }) => asked),
      }).map((action) => ({ ...action, href: links[action.what] }))}
      schools={grouped(lines, (line) => [schoolOf(line)])}
      pupils={decides ? grouped(lines, await namesFor(context, lines)) : []}
      lines={lines.map((line) => ({ ...line, school: schoolOf(line), href: idOf(line) }))}
    />,
  )
})
