import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { FundingRunPage, FundingRunsPage, type ShownLine } from '../../../templates/pages/funding-runs.tsx'
import { academicYearWords, roundWords, termWords } from '../../../templates/words/en/dates.ts'
import { runWords as words } from '../../../templates/words/en/funding-rules.ts'
import { termOf } from '../../domain/calendar.ts'
import { type PlainDate, plusDays } from '../../domain/dates.ts'
import { financialYearOf } from '../../domain/funding/financial-year.ts'
import { funds } from '../../domain/funding/funds.ts'
import { parsePounds, pence, sumOf } from '../../domain/funding/pence.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import type { Term } from '../../domain/return/item.ts'
import { payRunTable } from '../../exports/money.ts'
import { proposeLines, sameLines } from '../../funding/pay-run.ts'
import type { FundingRules } from '../../funding/rules.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { audit, auditOfMany } from '../../store/audit.ts'
import { Conflict, type Statement } from '../../store/db.ts'
import { potBalances } from '../../store/movements.ts'
import {
  approveRun,
  dropRun,
  type ListedRun,
  linesOfRun,
  type NamedRunLine,
  payRunsOf,
  plansForRun,
  proposeAgain,
  proposeRun,
  requestInPlan,
} from '../../store/pay-runs.ts'
import { schoolNames } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { type FileKind, fileKinds, replyTable } from '../table-file.ts'
import { only, signedIn } from '../viewer.ts'

/** Pay runs by entitlement: proposed by the council's model, approved by a person. */
export const fundingRunRoutes = new Hono<Web>()
for (const path of [
  paths.fundingRuns,
  paths.fundingRun(':run'),
  paths.fundingRunApprove(':run'),
  paths.fundingRunDrop(':run'),
  paths.fundingRunPlans(':run'),
  ...fileKinds.map((kind) => paths.fundingRunFile(':run', kind)),
])
  fundingRunRoutes.use(path, signedIn, only('run the fund'))

const paidFunds = funds.filter(({ endedWith }) => endedWith === null).map(({ code }) => code)

/** The term of today, the one before and the one after, by what a form sends. */
const termsAround = (today: PlainDate) => {
  const now = termOf(today)
  return [now, termOf(plusDays(now.firstDay, -1)), termOf(plusDays(now.lastDay, 1))].map(({ academicYear, term }) => ({
    value: `${academicYear} ${term}`,
    text: `${termWords[term]} ${academicYearWords(academicYear)}`,
    academicYear,
    term,
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
      runs={runs.map((run) => ({ ...run, term: termIn(run) }))}
      funds={paidFunds}
      terms={termsAround(viewer.scope.today)}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

const termIn = ({ term, academicYear }: { readonly term: Term; readonly academicYear: number }) =>
  `${termWords[term]} ${academicYearWords(academicYear)}`

fundingRunRoutes.get(paths.fundingRuns, (context) => showRuns(context))

fundingRunRoutes.post(paths.fundingRuns, async (context) => {
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
  const { rules, from, version } = await rulesOn(query, own, today)
  const lines = await proposeLines(query, viewer.scope, rules, { fund, ...term, on: today })
  const at = runtime.now()
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
      at,
      viewer.person.number,
    ),
    noteRun(context, 'pay run proposed', id),
  ])
  return reply.goTo(context, paths.fundingRun(id))
})

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

/** A run with the lines whose children the viewer may open; that they were seen is noted. */
const openRun = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const run = (await payRunsOf(query, viewer.scope)).find(({ id }) => id === context.req.param('run'))
  if (!run) return undefined
  const lines = await linesOfRun(query, viewer.scope, run.id)
  await noteSeen(
    context,
    lines.map(({ pupil }) => pupil),
    'list seen',
    'pay run',
  )
  return { run, lines }
}

const asksPlans = ({ model }: FundingRules) =>
  model.kind === 'plan' &&
  (model.needs === 'signed_off' || model.amount.kind === 'up_to' || model.amount.kind === 'bands')

const showRun = async (
  context: WebContext,
  { run, lines }: { readonly run: ListedRun; readonly lines: readonly NamedRunLine[] },
  { again = false, toMend = [] }: { readonly again?: boolean; readonly toMend?: readonly ToMend[] } = {},
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [names, pots, plans, { rules }] = await Promise.all([
    schoolNames(query, [...new Set(lines.flatMap(({ school }) => school ?? []))]),
    potBalances(query, viewer.scope),
    plansForRun(
      query,
      viewer.scope,
      lines.map(({ pupil }) => pupil),
      run.academicYear - 1,
    ),
    rulesOn(query, ownCouncil(context), viewer.scope.today),
  ])
  const shown = lines.map((line): ShownLine & { readonly paysNow: boolean } => {
    const plan = plans.find(
      (one) => one.pupil === line.pupil && one.academicYear === line.academicYear && one.term === line.term,
    )
    return {
      key: `${line.pupilId} ${line.part}`,
      pupilId: line.pupilId,
      name: shortName(line.forename, line.surname),
      school: line.school === null ? '' : (names.get(line.school)?.name ?? ''),
      part: words.parts[line.part as keyof typeof words.parts] ?? line.part,
      amount: line.amount,
      why: line.why === null ? null : (words.why[line.why] ?? line.why),
      plan: plan
        ? {
            requested: plan.requested === null ? '' : String(plan.requested / 100),
            signedOff: plan.signedOff === 1,
          }
        : null,
      paysNow: line.amount > 0,
    }
  })
  const free = pots.find((one) => one.fund === run.fund && one.year === run.year)?.balances.allocated ?? pence(0)
  return reply.page(
    context,
    <FundingRunPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      id={run.id}
      fund={run.fund}
      term={termIn(run)}
      state={run.state}
      again={again}
      total={sumOf(lines.map(({ amount }) => amount))}
      free={pence(Math.max(0, free))}
      pays={shown.filter(({ paysNow }) => paysNow)}
      paysNot={shown.filter(({ paysNow }) => !paysNow)}
      asksPlans={asksPlans(rules)}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : again ? 409 : 200,
  )
}

fundingRunRoutes.get(paths.fundingRun(':run'), async (context) => {
  const opened = await openRun(context)
  return opened ? showRun(context, opened, { again: false }) : reply.notFound(context)
})

/** What the rules of today propose for a run; it is paid from the day it is approved. */
const proposedNow = async (context: WebContext, run: ListedRun) => {
  const { runtime, viewer } = context.var
  const { rules } = await rulesOn(runtime.db.query, ownCouncil(context), viewer.scope.today)
  const lines = await proposeLines(runtime.db.query, viewer.scope, rules, { ...run, on: viewer.scope.today })
  return { rules, lines }
}

fundingRunRoutes.post(paths.fundingRunApprove(':run'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const opened = await openRun(context)
  if (!opened) return reply.notFound(context)
  const { run } = opened
  if (run.state !== 'proposed') return reply.changedMeanwhile(context, paths.fundingRun(run.id))
  const { rules, lines } = await proposedNow(context, run)
  const at = runtime.now()
  const by = viewer.person.number
  const { today } = viewer.scope
  if (!sameLines(lines, opened.lines) || financialYearOf(today) !== run.year) {
    await runtime.db.commit([
      ...proposeAgain(run.id, financialYearOf(today), lines),
      noteRun(context, 'pay run proposed again', run.id),
    ])
    const now = await openRun(context)
    return now ? showRun(context, now, { again: true }) : reply.notFound(context)
  }
  const payments = lines.flatMap((line) =>
    line.amount > 0 && line.school !== null ? [{ ...line, school: line.school, id: newPublicId() }] : [],
  )
  const schools = [...new Set(payments.map(({ school }) => school))]
  const names = await schoolNames(query, schools)
  const approvedBefore = (await payRunsOf(query, viewer.scope)).filter(
    ({ state, fund }) => state === 'approved' && fund === run.fund,
  ).length
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
    const now = await openRun(context)
    return now
      ? showRun(context, now, { toMend: [{ text: words.beyondProblem, field: 'main' }] })
      : reply.notFound(context)
  }
  return reply.goTo(context, paths.fundingRun(run.id))
})

fundingRunRoutes.post(paths.fundingRunDrop(':run'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await openRun(context)
  if (!opened) return reply.notFound(context)
  const { run } = opened
  try {
    await runtime.db.commit([
      ...dropRun(run.id, runtime.now(), viewer.person.number),
      noteRun(context, 'pay run dropped', run.id),
    ])
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
    return reply.changedMeanwhile(context, paths.fundingRun(run.id))
  }
  return reply.goTo(context, paths.fundingRuns)
})

fundingRunRoutes.post(paths.fundingRunPlans(':run'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const opened = await openRun(context)
  if (!opened) return reply.notFound(context)
  const { run, lines } = opened
  if (run.state !== 'proposed') return reply.changedMeanwhile(context, paths.fundingRun(run.id))
  const asked = lines.flatMap((line) => {
    const typed = context.var.form.get(`requested-${line.pupilId}`)
    return typeof typed === 'string' ? [{ line, typed: typed.trim().slice(0, 20) }] : []
  })
  const toMend = asked.flatMap(({ line, typed }) =>
    typed !== '' && parsePounds(typed) === undefined
      ? [
          {
            text: words.toMend.amount(shortName(line.forename, line.surname)),
            field: `requested-${line.pupilId}`,
          },
        ]
      : [],
  )
  if (toMend.length > 0) return showRun(context, opened, { toMend })
  const plans = await plansForRun(
    query,
    viewer.scope,
    lines.map(({ pupil }) => pupil),
    run.academicYear - 1,
  )
  const at = runtime.now()
  const by = viewer.person.number
  const requests = asked.flatMap(({ line, typed }) => {
    const amount = typed === '' ? null : (parsePounds(typed) ?? null)
    const signedOff = field(context, `signed-${line.pupilId}`) === 'yes'
    const plan = plans.find(
      (one) => one.pupil === line.pupil && one.academicYear === line.academicYear && one.term === line.term,
    )
    const same = plan?.requested === amount && (plan?.signedOff === 1) === signedOff
    return plan && !same ? [requestInPlan(line.pupil, plan, { amount, signedOff }, at, by)] : []
  })
  await runtime.db.commit([...requests, noteRun(context, 'requests of plans typed', run.id)])
  const { lines: now } = await proposedNow(context, run)
  await runtime.db.commit(proposeAgain(run.id, financialYearOf(viewer.scope.today), now))
  return reply.goTo(context, paths.fundingRun(run.id))
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
