import { type Calendar, defaultCalendar, plusWeekdays, termOf } from './calendar.ts'
import { type PlainDate, plainDate, plusDays } from './dates.ts'
import type { Term } from './return/item.ts'

/** What a plan (PEP) falls due after. */
export const planTriggers = ['care_began', 'plan_held'] as const
export type PlanTrigger = (typeof planTriggers)[number]

/** How a rule counts: Monday to Friday, every day, or ends of terms. */
export const planUnits = ['weekdays', 'days', 'term_ends'] as const
export type PlanUnit = (typeof planUnits)[number]

/** When a plan is due after something, in force from a day until a later rule replaces it. */
export type PlanRule = {
  readonly after: PlanTrigger
  readonly validFrom: PlainDate
  readonly count: number
  readonly unit: PlanUnit
  /** Where the rule comes from: what the page says to "why this date?". */
  readonly source: string
}

/** The rules where a council has set none of its own: practice of several councils, verified in none of them for all. */
export const usualPlanRules: readonly PlanRule[] = [
  {
    after: 'care_began',
    validFrom: plainDate('2011-04-01'),
    count: 20,
    unit: 'weekdays',
    source: 'In time for the first review of the care plan, 20 working days after care began (several councils)',
  },
  {
    after: 'plan_held',
    validFrom: plainDate('2011-04-01'),
    count: 1,
    unit: 'term_ends',
    source: 'Reviewed once a term (usual practice of virtual schools)',
  },
]

/** The rule in force on the day of what it counts from: the council's own, else the usual one. */
export const planRuleOn = (own: readonly PlanRule[], after: PlanTrigger, day: PlainDate): PlanRule | undefined => {
  const newest = (rules: readonly PlanRule[]) =>
    [...rules]
      .filter((rule) => rule.after === after && rule.validFrom <= day)
      .sort((one, other) => (one.validFrom < other.validFrom ? 1 : -1))[0]
  return newest(own) ?? newest(usualPlanRules)
}

const endOfTermAfter = (day: PlainDate, terms: number, calendar: Calendar): PlainDate => {
  let end = termOf(day, calendar).lastDay
  for (let left = terms; left > 0; left -= 1) end = termOf(plusDays(end, 1), calendar).lastDay
  return end
}

/** The day a rule gives, counted from a day. `term_ends` of 0 is the end of the same term, of 1 that of the next. */
export const planDueBy = (rule: PlanRule, from: PlainDate, calendar: Calendar = defaultCalendar): PlainDate => {
  if (rule.unit === 'term_ends') return endOfTermAfter(from, rule.count, calendar)
  return rule.unit === 'days' ? plusDays(from, rule.count) : plusWeekdays(from, rule.count)
}

/** Where a plan stands in one term, as it was typed or came in. */
export type PlanCycle = {
  readonly academicYear: number
  readonly term: Term
  readonly dueOn: PlainDate | null
  readonly heldOn: PlainDate | null
  readonly submittedOn: PlainDate | null
  readonly rating: string | null
  readonly ratedOn: PlainDate | null
  readonly ratedBy: string | null
}

/** Why a plan is due when it is: the council set the day, or a rule gives it from a day. */
export type PlanDue = {
  readonly date: PlainDate
  readonly because:
    | { readonly kind: 'set' }
    | { readonly kind: 'rule'; readonly rule: PlanRule; readonly from: PlainDate }
}

/** In date; overdue; the first one still in time; or nothing is known of it. */
export const planStates = ['in_date', 'overdue', 'first_to_come', 'not_known'] as const
export type PlanState = (typeof planStates)[number]

/** How one child's plan stands today. */
export type PlanStanding = {
  readonly state: PlanState
  readonly heldOn: PlainDate | null
  readonly due: PlanDue | null
}

/** All that decides how a plan stands. */
export type PlanFacts = {
  readonly cycles: readonly PlanCycle[]
  /** The last meeting and the next day due, as the council's roll has them beside the terms. */
  readonly heldOn: PlainDate | null
  readonly nextBy: PlainDate | null
  /** Null where the viewer may not know it. */
  readonly careBegan: PlainDate | null
  readonly rules: readonly PlanRule[]
  readonly today: PlainDate
}

const latest = (days: readonly PlainDate[]): PlainDate | null => [...days].sort().at(-1) ?? null

/** How a plan stands: the next day due is one the council set after the last meeting, else what its rule gives. */
export const planStanding = (facts: PlanFacts): PlanStanding => {
  const { cycles, today, rules } = facts
  const held = latest(
    [facts.heldOn, ...cycles.map(({ heldOn }) => heldOn)].flatMap((day) => (day && day <= today ? [day] : [])),
  )
  const set = [facts.nextBy, ...cycles.filter(({ heldOn }) => !heldOn).map(({ dueOn }) => dueOn)]
    .flatMap((day) => (day && (held === null || day > held) ? [day] : []))
    .sort()[0]
  const due = set ? ({ date: set, because: { kind: 'set' } } as const) : dueByRule(held, facts.careBegan, rules)
  if (!due) return { state: 'not_known', heldOn: held, due: null }
  const state = due.date < today ? 'overdue' : held === null ? 'first_to_come' : 'in_date'
  return { state, heldOn: held, due }
}

const dueByRule = (held: PlainDate | null, careBegan: PlainDate | null, rules: readonly PlanRule[]): PlanDue | null => {
  const from = held ?? careBegan
  const rule = from && planRuleOn(rules, held ? 'plan_held' : 'care_began', from)
  return from && rule ? { date: planDueBy(rule, from), because: { kind: 'rule', rule, from } } : null
}

/** How many plans stand how: never one without the base. */
export type PlanCount = Readonly<Record<PlanState, number>> & { readonly base: number }

/** Counts the plans of some children by how they stand. */
export const countPlans = (standings: readonly PlanStanding[]): PlanCount => {
  const of = (state: PlanState) => standings.filter((one) => one.state === state).length
  return {
    base: standings.length,
    in_date: of('in_date'),
    overdue: of('overdue'),
    first_to_come: of('first_to_come'),
    not_known: of('not_known'),
  }
}

/** The counts of plans of several groups of children together. */
export const totalPlans = (counts: readonly PlanCount[]): PlanCount => {
  const of = (key: keyof PlanCount) => counts.reduce((sum, one) => sum + one[key], 0)
  return {
    base: of('base'),
    in_date: of('in_date'),
    overdue: of('overdue'),
    first_to_come: of('first_to_come'),
    not_known: of('not_known'),
  }
}
