import { type Instant, type PlainDate, plusDays, todayInLondon } from '../domain/dates.ts'
import { financialYearAt } from '../domain/funding/financial-year.ts'
import type { Pence } from '../domain/funding/pence.ts'
import { type ApplicationEvent, stepOf } from '../domain/funding/states.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { CouncilRole } from '../domain/scope.ts'
import { applicationHappens } from '../store/application-steps.ts'
import type { Application, HappenedEvent } from '../store/applications.ts'
import type { Statement } from '../store/db.ts'
import { type FundYear, move } from '../store/movements.ts'
import { haveInterest } from '../store/panel.ts'
import { schoolAsPayee } from '../store/payees.ts'
import { cancelPayment, makePayment } from '../store/payment-steps.ts'
import { assertOne } from '../store/statement.ts'
import type { FundingRules } from './rules.ts'

/** Who decides, and what they know of the application. */
export type Decider = {
  readonly person: number
  readonly role: CouncilRole
  /** They have said that they have an interest in it. */
  readonly hasInterest: boolean
  /** They work at the school that asks, or have spoken for it. */
  readonly asksThemselves?: boolean
}

/** What somebody decides on an application. */
export type Decision =
  | { readonly kind: 'approve'; readonly amount: Pence; readonly payee: string | null }
  | { readonly kind: 'decline' | 'ask' }
  | { readonly kind: 'defer'; readonly day: PlainDate }

/** Why a decision may not be made by this person now. */
export type DecisionProblem =
  | 'not_now'
  | 'has_interest'
  | 'asks_themselves'
  | 'needs_panel'
  | 'not_on_agenda'
  | 'same_person'
  | 'reviewed_by_decider'
  | 'amount'
  | 'payee'
  | 'reason'

/** What is known beside the application itself. */
export type Standing = {
  readonly events: readonly HappenedEvent[]
  readonly rules: FundingRules
  readonly onAgenda: boolean
  readonly schoolName: string
}

const lastOf = (events: readonly HappenedEvent[], ...kinds: readonly ApplicationEvent[]) =>
  events.findLast(({ event }) => kinds.includes(event))

/** Who said no before a review was asked for: the review is somebody else's. */
export const declinedBefore = (events: readonly HappenedEvent[]): number | null | undefined =>
  lastOf(events, 'review_asked') ? lastOf(events, 'declined')?.person : undefined

/** Whether an amount needs a panel, and whether it needs two people. */
export const needed = (amount: Pence, { oneOfficerUpTo, twoPeopleAbove }: FundingRules) => ({
  panel: amount > oneOfficerUpTo,
  second: amount > twoPeopleAbove,
})

const eventFor = (application: Application, decision: Decision, rules: FundingRules): ApplicationEvent => {
  switch (decision.kind) {
    case 'decline':
      return 'declined'
    case 'ask':
      return 'asked'
    case 'defer':
      return 'deferred'
    case 'approve':
      return needed(decision.amount, rules).second && application.state !== 'second' ? 'seconded' : 'approved'
  }
}

/**
 * Why somebody may not decide so. An amount above the first limit is a panel's: its member or the head decides, once it
 * is on an agenda or urgent. Above the second limit two different people agree, the second to the very amount and payee. A review
 * is decided by somebody else than who declined, and nothing by who asks for it.
 */
export const problemOfDecision = (
  application: Application,
  decision: Decision,
  decider: Decider,
  { events, rules, onAgenda }: Standing,
): DecisionProblem | undefined => {
  const step = stepOf(application.state, eventFor(application, decision, rules))
  if (step?.by !== 'council') return 'not_now'
  if (decider.hasInterest) return 'has_interest'
  if (decider.asksThemselves) return 'asks_themselves'
  if (declinedBefore(events) === decider.person) return 'reviewed_by_decider'
  if (decision.kind !== 'approve') return undefined
  if (decision.amount <= 0 || decision.amount > application.asked) return 'amount'
  const { panel } = needed(decision.amount, rules)
  if (panel && decider.role === 'officer') return 'needs_panel'
  if (panel && !application.urgent && !onAgenda) return 'not_on_agenda'
  if (application.state === 'second') {
    const first = lastOf(events, 'seconded')
    if (first?.person === decider.person) return 'same_person'
    if (first?.amount !== decision.amount) return 'amount'
    if ((first.payee ?? null) !== decision.payee) return 'payee'
  }
  return undefined
}

/** What the store holds of who may decide, asked again in the commit itself. */
const guards = (id: string, person: number, now: Instant): readonly Statement[] => [
  assertOne(
    `select not exists (select 1 from application_event s join application a on a.number = s.application_number
       where a.id = ? and s.by_person = ? and s.event in ('sent', 'answered', 'review_asked'))
     and not exists (select 1 from appointment w join application a on a.school_number = w.school_number
       where a.id = ? and w.person_number = ? and (w.first_day is null or w.first_day <= ?)
         and (w.last_day is null or w.last_day >= ?))`,
    [id, person, id, person, todayInLondon(now), todayInLondon(now)],
  ),
  assertOne(
    `select not exists (select 1 from application_conflict f join application a on a.number = f.application_number
       where a.id = ? and f.person_number = ?)`,
    [id, person],
  ),
]

/** What gives back what one of two people had promised to an application that is not approved after all; else nothing. */
export const releaseOf = (
  application: Application,
  events: readonly HappenedEvent[],
  now: Instant,
  by: number,
): readonly Statement[] => {
  const promised = application.state === 'second' ? lastOf(events, 'seconded')?.amount : undefined
  if (!promised || application.year === null) return []
  return move(
    { virtualSchool: application.virtualSchool, fund: application.fund, year: application.year },
    {
      cause: 'release',
      from: 'committed',
      to: 'allocated',
      amount: promised,
      application: application.id,
    },
    now,
    by,
  )
}

/**
 * The commit of a decision that `problemOfDecision` has nothing against: what happened, the money that moves, and the
 * payment. It is undone (Conflict) where somebody else decided first or the allocation as then known does not reach.
 */
export const decisionStatements = (
  application: Application,
  decision: Decision,
  decider: Decider,
  { rules, events, schoolName }: Standing,
  words: { readonly said: string; readonly note: string },
  now: Instant,
): readonly Statement[] => {
  const event = eventFor(application, decision, rules)
  const step = stepOf(application.state, event)
  if (!step) throw new Error('no such step')
  const { id } = application
  const by = decider.person
  // What one of two has agreed keeps the year it was promised from.
  const year = application.state === 'second' && application.year !== null ? application.year : financialYearAt(now)
  const of: FundYear = { virtualSchool: application.virtualSchool, fund: application.fund, year }
  const promised = application.state === 'second' ? lastOf(events, 'seconded')?.amount : undefined
  if (decision.kind !== 'approve')
    return [
      ...guards(id, by, now),
      ...applicationHappens(
        application,
        { event, ...words, day: decision.kind === 'defer' ? decision.day : null },
        { state: step.to },
        now,
        by,
      ),
      ...releaseOf(application, events, now, by),
    ]
  const { amount } = decision
  const happens = applicationHappens(
    application,
    { event, ...words, amount, payee: decision.payee },
    { state: step.to, agreed: event === 'approved' ? amount : null, year },
    now,
    by,
  )
  if (event === 'seconded')
    return [
      ...guards(id, by, now),
      ...happens,
      ...move(of, { cause: 'commitment', from: 'allocated', to: 'committed', amount, application: id }, now, by),
    ]
  const from = promised ? 'committed' : 'allocated'
  return [
    ...guards(id, by, now),
    ...happens,
    ...move(of, { cause: 'approval', from, to: 'approved', amount, application: id }, now, by),
    schoolAsPayee(
      application.virtualSchool,
      { id: newPublicId(), school: application.school, name: schoolName },
      now,
      by,
    ),
    makePayment(
      of,
      {
        id: newPublicId(),
        school: application.school,
        payee: decision.payee,
        amount,
        dueOn: plusDays(todayInLondon(now), rules.payWithin),
        for: { kind: 'application', application: id },
      },
      now,
      by,
    ),
  ]
}

/**
 * The commit in which somebody says that they have an interest in an application. What they promised as one of two is
 * taken back with it: it then waits for two others.
 */
export const interestStatements = (
  application: Application,
  events: readonly HappenedEvent[],
  said: string,
  now: Instant,
  by: number,
): readonly Statement[] => [
  haveInterest(application.number, by, said, now),
  ...(application.state === 'second' && lastOf(events, 'seconded')?.person === by
    ? [
        ...applicationHappens(application, { event: 'undone' }, { state: 'waiting' }, now, by),
        ...releaseOf(application, events, now, by),
      ]
    : []),
]

/**
 * The commit that takes an approval back as long as it has not been paid: the payment is cancelled, its money is free. Why
 * stays with the application: it may be of the child, and a payment is finance's to read.
 */
export const undoStatements = (
  application: Application,
  payment: { readonly id: string; readonly events: number; readonly amount: Pence },
  why: string,
  now: Instant,
  by: number,
): readonly Statement[] => {
  if (application.year === null) throw new Error('an approval has a year')
  return [
    ...applicationHappens(application, { event: 'undone', said: why }, { state: 'waiting' }, now, by),
    ...cancelPayment(
      { virtualSchool: application.virtualSchool, fund: application.fund, year: application.year },
      { ...payment },
      '',
      now,
      by,
    ),
  ]
}
