import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { FundingRunsPage } from '../../../templates/pages/funding-runs.tsx'
import { roundWords } from '../../../templates/words/en/dates.ts'
import { runWords as words } from '../../../templates/words/en/funding-rules.ts'
import { may } from '../../access/scope.ts'
import { termOf } from '../../domain/calendar.ts'
import { type PlainDate, plusDays } from '../../domain/dates.ts'
import { financialYearOf } from '../../domain/funding/financial-year.ts'
import { funds } from '../../domain/funding/funds.ts'
import { parsePounds, sumOf } from '../../domain/funding/pence.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { payRunTable } from '../../exports/money.ts'
import { dayOfRules, openingDueDays, proposeLines, sameLines } from '../../funding/pay-run.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { audit, auditOfMany } from '../../store/audit.ts'
import { Conflict, type Statement } from '../../store/db.ts'
import { potBalances } from '../../store/movements.ts'
import {
  approvedRuns,
  approveRun,
  dropRun,
  type ListedRun,
  payRunsOf,
  proposeAgain,
  proposeRun,
} from '../../store/pay-runs.ts'
import { type PlanRequest, plansForRun, requestInPlans } from '../../store/run-children.ts'
import { schoolNames } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import {
  type OpenedRun,
  openRun,
  proposedNow,
  seenAs,
  showRun,
  showSumsOfRun,
  type TypedRequest,
  termIn,
} from '../funding-run.tsx'
import { frameOf, reply } from '../reply.tsx'
import { shortName } from '../seen.ts'
import { settle } from '../settle.ts'
import { type FileKind, fileKinds, replyTable } from '../table-file.ts'
import { only, signedIn } from '../viewer.ts'

/** Pay runs by entitlement: proposed by the council's model, approved by a person. */
export const fundingRunRoutes = new Hono<Web>()
// Sums are for whoever sees payments; lines with children, and every change, for who runs the fund.
for (const path of [paths.fundingRuns, paths.fundingRun(':run')])
  fundingRunRoutes.use(path, signedIn, only('see payments'))
for (const path of [
  paths.fundingRunApprove(':run'),
  paths.fundingRunDrop(':run'),
  paths.fundingRunPlans(':run'),
  ...fileKinds.map((kind) => paths.fundingRunFile(':run', kind)),
])
  fundingRunRoutes.use(path, signedIn, only('run the fund'))

const runsTheFund = (context: WebContext) => may(context.var.viewer.part, 'run the fund')

const paidFunds = funds.filter(({ endedWith }) => endedWith === null).map(({ code }) => code)

/** The term of today, the one before and the one after, by what a form sends. */
const termsAround = (today: PlainDate) => {
  const now = termOf(today)
  return [now, termOf(plusDays(now.firstDay, -1)), termOf(plusDays(now.lastDay, 1))].map((one) => ({
    value: `${one.academicYear} ${one.term}`,
    text: termIn(one),
    academicYear: one.academicYear,
    term: one.term,
  }))
}

const showRuns = async (
  context: WebContext,
  values: Readonly<Record<string, string>> = {},
  toMend: readonly ToMend[] = [],
) => {
  const { runtime, viewer } = context.var
  const [runs, { rules }] = await Promise.all([
    payRunsOf(runtime.db.query, viewer.scope),
    rulesOn(runtime.db.query, ownCouncil(context), viewer.scope.today),
  ])
  return reply.page(
    context,
    <FundingRunsPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      byApplication={rules.model.kind === 'application'}
      proposes={runsTheFund(context)}
      runs={runs.map((run) => ({ ...run, term: termIn(run) }))}
      funds={paidFunds}
      terms={termsAround(viewer.scope.today)}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

fundingRunRoutes.get(paths.fundingRuns, (context) => showRuns(context))

const noteRun = (context: WebContext, action: string, subject: string): Statement => {
  const { runtime, viewer } = context.var
  return audit(runtime.db.query, {
    at: runtime.now(),
    person: viewer.person.number,
    part: viewer.named.role,
    action,
    virtualSchool: ownCouncil(context),
    subject,
  })
}

fundingRunRoutes.post(paths.fundingRuns, only('run the fund'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { today } = viewer.scope
  const values = { fund: field(context, 'fund'), term: field(context, 'term') }
  const fund = paidFunds.find((one) => one === values.fund)
  const term = termsAround(today).find(({ value }) => value === values.term)
  const toMend: ToMend[] = [
    ...(fund ? [] : [{ text: words.toMend.fund, field: 'fund' }]),
    ...(term ? [] : [{ text: words.toMend.term, field: 'term' }]),
  ]
  if (toMend.length > 0 || !fund || !term) return showRuns(context, values, toMend)
  const own = ownCouncil(context)
  const { rules, from, version } = await rulesOn(query, own, dayOfRules(term, today))
  const lines = await proposeLines(query, viewer.scope, rules, { fund, ...term, on: today })
  const id = newPublicId()
  await runtime.db.commit([
    ...proposeRun(
      { virtualSchool: own, fund, year: financialYearOf(today) },
      {
        id,
        academicYear: term.academicYear,
        term: term.term,
        on: today,
        rulesFrom: from ?? today,
        rulesVersion: version,
      },
      lines,
      runtime.now(),
      viewer.person.number,
    ),
    noteRun(context, 'pay run proposed', id),
  ])
  return reply.goTo(context, paths.fundingRun(id))
})

fundingRunRoutes.get(paths.fundingRun(':run'), async (context) => {
  if (!runsTheFund(context)) return showSumsOfRun(context)
  const opened = await openRun(context)
  return opened ? showRun(context, opened) : reply.notFound(context)
})

/** Puts in a proposal's place what the rules propose now; false where somebody settled it meanwhile. */
const proposesAgain = async (context: WebContext, run: ListedRun): Promise<boolean> => {
  const { runtime, viewer } = context.var
  const { lines } = await proposedNow(context, run)
  try {
    await runtime.db.commit([
      ...proposeAgain(run.id, financialYearOf(viewer.scope.today), lines),
      noteRun(context, 'pay run proposed again', run.id),
    ])
    return true
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
    return false
  }
}

/** Shows a run as it is proposed now, to who wanted to approve it as it was. */
const showAgain = async (context: WebContext, run: ListedRun) => {
  if (!(await proposesAgain(context, run))) return reply.changedMeanwhile(context, paths.fundingRun(run.id))
  const now = await openRun(context)
  return now ? showRun(context, now, { again: true }) : reply.notFound(context)
}

/** What is said to who could not approve: the run was settled, the allocation does not reach, or something else moved. */
const couldNotApprove = async (context: WebContext, before: ListedRun) => {
  const { runtime, viewer } = context.var
  const now = await openRun(context)
  if (now?.run.state !== 'proposed') return reply.changedMeanwhile(context, paths.fundingRun(before.id))
  const pots = await potBalances(runtime.db.query, viewer.scope)
  const free = pots.find((one) => one.fund === before.fund && one.year === before.year)?.balances.allocated ?? 0
  return sumOf(now.lines.map(({ amount }) => amount)) > free
    ? showRun(context, now, { toMend: [{ text: words.beyondProblem, field: 'main' }] })
    : showAgain(context, now.run)
}

fundingRunRoutes.post(paths.fundingRunApprove(':run'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const opened = await openRun(context)
  if (!opened) return reply.notFound(context)
  const { run } = opened
  if (run.state !== 'proposed') return reply.changedMeanwhile(context, paths.fundingRun(run.id))
  // Counted before the proposal is worked out: a run that is approved between the two undoes this one.
  const approvedBefore = await approvedRuns(query, viewer.scope, run.fund)
  const { rules, lines } = await proposedNow(context, run)
  const { today } = viewer.scope
  if (!sameLines(lines, opened.lines) || financialYearOf(today) !== run.year) return showAgain(context, run)
  if (field(context, 'seen') !== (await seenAs(opened.lines))) return showRun(context, opened, { again: true })
  const dueDays = await openingDueDays(query, viewer.scope, rules, { on: today, year: run.year })
  const payments = lines.flatMap((line) =>
    line.amount > 0 && line.school !== null
      ? [{ ...line, school: line.school, id: newPublicId(), dueOn: dueDays.get(line.pupil) }]
      : [],
  )
  const schools = [...new Set(payments.map(({ school }) => school))]
  const names = await schoolNames(query, schools)
  const at = runtime.now()
  const by = viewer.person.number
  try {
    await runtime.db.commit([
      ...approveRun(
        { virtualSchool: ownCouncil(context), fund: run.fund, year: run.year },
        { id: run.id, dueOn: plusDays(today, rules.payWithin), approvedBefore },
        payments,
        schools.map((school) => ({ id: newPublicId(), school, name: names.get(school)?.name ?? '' })),
        at,
        by,
      ),
      ...auditOfMany(
        payments.map(({ pupil }) => pupil),
        {
          at,
          person: by,
          part: viewer.named.role,
          action: 'payment approved',
          virtualSchool: ownCouncil(context),
          subject: run.id,
        },
      ),
      noteRun(context, 'pay run approved', run.id),
    ])
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
    return couldNotApprove(context, run)
  }
  return reply.goTo(context, paths.fundingRun(run.id))
})

fundingRunRoutes.post(paths.fundingRunDrop(':run'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await openRun(context)
  if (!opened) return reply.notFound(context)
  const { run } = opened
  return settle(
    context,
    [...dropRun(run.id, runtime.now(), viewer.person.number), noteRun(context, 'pay run dropped', run.id)],
    paths.fundingRuns,
    paths.fundingRun(run.id),
  )
})

/** What the form says of the plans of a run's children, by the pupil's public id. */
const typedRequests = (context: WebContext, { lines }: OpenedRun): ReadonlyMap<string, TypedRequest> =>
  new Map(
    lines.flatMap(({ pupilId }) => {
      const typed = context.var.form.get(`requested-${pupilId}`)
      return typeof typed === 'string'
        ? [
            [
              pupilId,
              { requested: typed.trim().slice(0, 20), signedOff: field(context, `signed-${pupilId}`) === 'yes' },
            ] as const,
          ]
        : []
    }),
  )

fundingRunRoutes.post(paths.fundingRunPlans(':run'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const opened = await openRun(context)
  if (!opened) return reply.notFound(context)
  const { run } = opened
  if (run.state !== 'proposed') return reply.changedMeanwhile(context, paths.fundingRun(run.id))
  const typed = typedRequests(context, opened)
  // A child at two schools has two lines and one plan.
  const lines = [...new Map(opened.lines.map((line) => [line.pupil, line])).values()]
  const toMend = lines.flatMap(({ pupilId, forename, surname }) => {
    const requested = typed.get(pupilId)?.requested ?? ''
    return requested !== '' && parsePounds(requested) === undefined
      ? [{ text: words.toMend.amount(shortName(forename, surname)), field: `requested-${pupilId}` }]
      : []
  })
  if (toMend.length > 0) return showRun(context, opened, { toMend, typed })
  const plans = await plansForRun(
    query,
    viewer.scope,
    lines.map(({ pupil }) => pupil),
    run.academicYear - 1,
  )
  const planOf = new Map(plans.map((plan) => [`${plan.pupil} ${plan.academicYear} ${plan.term}`, plan]))
  const requests = lines.flatMap((line): readonly PlanRequest[] => {
    const said = typed.get(line.pupilId)
    const plan = planOf.get(`${line.pupil} ${line.academicYear} ${line.term}`)
    if (!said || !plan) return []
    const amount = said.requested === '' ? null : (parsePounds(said.requested) ?? null)
    const { pupil, academicYear, term } = plan
    return plan.requested === amount && (plan.signedOff === 1) === said.signedOff
      ? []
      : [{ pupil, academicYear, term, amount, signedOff: said.signedOff }]
  })
  const at = runtime.now()
  const by = viewer.person.number
  await runtime.db.commit([
    ...requestInPlans(requests, at, by),
    ...auditOfMany(
      requests.map(({ pupil }) => pupil),
      {
        at,
        person: by,
        part: viewer.named.role,
        action: 'request of plan typed',
        virtualSchool: ownCouncil(context),
        subject: run.id,
      },
    ),
  ])
  return (await proposesAgain(context, run))
    ? reply.goTo(context, paths.fundingRun(run.id))
    : reply.changedMeanwhile(context, paths.fundingRun(run.id))
})

const giveFile = (kind: FileKind) => async (context: WebContext) => {
  const { runtime } = context.var
  const opened = await openRun(context)
  if (!opened) return reply.notFound(context)
  const { run, lines } = opened
  const names = await schoolNames(runtime.db.query, [...new Set(lines.flatMap(({ school }) => school ?? []))])
  await runtime.db.commit([noteRun(context, 'pay run taken', run.id)])
  const table = payRunTable(
    roundWords(run.term, run.academicYear),
    lines.map((line) => ({
      ...line,
      schoolName: line.school === null ? '' : (names.get(line.school)?.name ?? ''),
    })),
  )
  return replyTable(context, table, 'pay-run', kind)
}
for (const kind of fileKinds) fundingRunRoutes.get(paths.fundingRunFile(':run', kind), giveFile(kind))
