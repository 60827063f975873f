import type { ToMend } from '../../templates/components/layout.tsx'
import { FundingRunPage, FundingRunSumsPage, type ShownLine } from '../../templates/pages/funding-runs.tsx'
import { academicYearWords, termWords } from '../../templates/words/en/dates.ts'
import { runWords as words } from '../../templates/words/en/funding-rules.ts'
import type { Purpose } from '../domain/funding/interventions.ts'
import { pence, sumOf, typedPounds } from '../domain/funding/pence.ts'
import type { Term } from '../domain/return/item.ts'
import { dayOfRoll, dayOfRules, proposeLines, writtenLines } from '../funding/pay-run.ts'
import type { FundingRules } from '../funding/rules.ts'
import { rulesOn } from '../funding/rules-on.ts'
import { potBalances } from '../store/movements.ts'
import {
  type ListedRun,
  linesOfRun,
  type NamedRunLine,
  payRunById,
  type RunLine,
  schoolsOfRun,
} from '../store/pay-runs.ts'
import { plansForRun } from '../store/run-children.ts'
import { schoolNames } from '../store/schools.ts'
import { ownCouncil, type WebContext } from './context.ts'
import { fundingParts } from './funding-frame.ts'
import { frameOf, reply } from './reply.tsx'
import { hashOf } from './secrets.ts'
import { noteSeen, shortName } from './seen.ts'

/** The term of a run in words. */
export const termIn = ({ term, academicYear }: { readonly term: Term; readonly academicYear: number }): string =>
  `${termWords[term]} ${academicYearWords(academicYear)}`

/** A pay run with the lines whose children the viewer may open. */
export type OpenedRun = { readonly run: ListedRun; readonly lines: readonly NamedRunLine[] }

/** Opens the run of the address with its lines; that its children were seen is noted. */
export const openRun = async (context: WebContext): Promise<OpenedRun | undefined> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const run = await payRunById(query, viewer.scope, context.req.param('run') ?? '')
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

/** What stands for some lines on the page on which they were looked at, so that nobody approves others. */
export const seenAs = (lines: readonly RunLine[]): Promise<string> => hashOf(writtenLines(lines))

/** The rules of a run's term, and what they propose today; it is paid from the day it is approved. */
export const proposedNow = async (
  context: WebContext,
  run: Pick<ListedRun, 'fund' | 'academicYear' | 'term'>,
): Promise<{ readonly rules: FundingRules; readonly lines: readonly RunLine[] }> => {
  const { runtime, viewer } = context.var
  const { today } = viewer.scope
  const { rules } = await rulesOn(runtime.db.query, ownCouncil(context), dayOfRules(run, today))
  return { rules, lines: await proposeLines(runtime.db.query, viewer.scope, rules, { ...run, on: today }) }
}

const asksPlans = ({ model }: FundingRules) =>
  model.kind === 'plan' &&
  (model.needs === 'signed_off' || model.amount.kind === 'up_to' || model.amount.kind === 'bands')

/** What was typed of a plan: what it asks for, and whether the use of the last payment is signed off. */
export type TypedRequest = { readonly requested: string; readonly signedOff: boolean }

type Shown = {
  /** It was proposed again since it was looked at. */
  readonly again?: boolean
  readonly toMend?: readonly ToMend[]
  /** What was typed of the plans, by the pupil's public id. */
  readonly typed?: ReadonlyMap<string, TypedRequest>
}

/** Shows a run to whoever runs the fund: child by child, what is paid and why not. */
export const showRun = async (
  context: WebContext,
  { run, lines }: OpenedRun,
  { again = false, toMend = [], typed = new Map() }: Shown = {},
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [names, pots, plans, { rules }, seen] = await Promise.all([
    schoolNames(query, [...new Set(lines.flatMap(({ school }) => school ?? []))]),
    potBalances(query, viewer.scope),
    plansForRun(
      query,
      viewer.scope,
      lines.map(({ pupil }) => pupil),
      run.academicYear - 1,
    ),
    rulesOn(query, ownCouncil(context), dayOfRules(run, viewer.scope.today)),
    seenAs(lines),
  ])
  const planOf = new Map(plans.map((plan) => [`${plan.pupil} ${plan.academicYear} ${plan.term}`, plan]))
  const nameOf = (school: number) => names.get(school)?.name ?? ''
  const shown = lines.map((line): ShownLine => {
    const plan = planOf.get(`${line.pupil} ${line.academicYear} ${line.term}`)
    return {
      pupilId: line.pupilId,
      name: shortName(line.forename, line.surname),
      school: line.school === null ? '' : nameOf(line.school),
      part: words.part(line.part),
      amount: line.amount,
      why: line.why === null ? null : (words.why[line.why] ?? line.why),
      plan: plan
        ? (typed.get(line.pupilId) ?? {
            requested: plan.requested === null ? '' : typedPounds(plan.requested),
            signedOff: plan.signedOff === 1,
          })
        : null,
    }
  })
  const { today } = viewer.scope
  const rollOn = dayOfRoll(rules, run, today)
  const paying = lines.filter(({ amount }) => amount > 0)
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
      pays={shown.filter(({ amount }) => amount > 0)}
      paysNot={shown.filter(({ amount }) => amount === 0)}
      schools={[...new Set(paying.flatMap(({ school }) => school ?? []))].map((school) => {
        const own = paying.filter((line) => line.school === school)
        return { name: nameOf(school), payments: own.length, total: sumOf(own.map(({ amount }) => amount)) }
      })}
      asksPlans={asksPlans(rules)}
      byApplication={rules.model.kind === 'application'}
      rollOn={run.state === 'proposed' && rollOn < today ? rollOn : null}
      excluded={rules.excluded as readonly Purpose[]}
      seen={seen}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : again ? 409 : 200,
  )
}

/** Shows a run to who sees payments and does not run the fund: sums by school, and no child. */
export const showSumsOfRun = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const run = await payRunById(query, viewer.scope, context.req.param('run') ?? '')
  if (!run) return reply.notFound(context)
  const schools = await schoolsOfRun(query, viewer.scope, run.id)
  const names = await schoolNames(
    query,
    schools.map(({ school }) => school),
  )
  return reply.page(
    context,
    <FundingRunSumsPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      fund={run.fund}
      term={termIn(run)}
      state={run.state}
      total={run.total}
      payments={run.lines}
      schools={schools.map((one) => ({ ...one, name: names.get(one.school)?.name ?? '' }))}
    />,
  )
}
