import { defaultCalendar } from '../domain/calendar.ts'
import { type PlainDate, parseTypedDate, plusDays } from '../domain/dates.ts'
import { daysOfFinancialYear, type FinancialYear, financialYearOf } from '../domain/funding/financial-year.ts'
import { type Pence, pence } from '../domain/funding/pence.ts'
import type { ToSettle } from '../store/settlements.ts'
import type { TermOf } from './models/model.ts'
import { type MoveRule, type Settlement, settle } from './models/moves.ts'
import { termAfter } from './models/plan-payment.ts'
import type { FundingRules } from './rules.ts'
import { typedFrom } from './typed.ts'

/** For how many days money is taken to be where nobody has said: a term's work. */
const usualDays = 84

type Days = { readonly from: PlainDate; readonly to: PlainDate }

/** The days that a payment by entitlement is for: the financial year of an opening or flat payment, else the term that it is used in. */
const daysOfEntitlement = (
  part: string,
  of: TermOf,
  year: FinancialYear,
  { model }: FundingRules,
): Days | undefined => {
  if (/^(opening|flat)/.test(part)) return daysOfFinancialYear(year)
  const { academicYear, term } =
    part.startsWith('plan') && model.kind === 'plan' && model.paysNextTerm ? termAfter(of) : of
  const found = defaultCalendar(academicYear).find((one) => one.term === term)
  return found && { from: found.firstDay, to: found.lastDay }
}

/** The days a payment is for: by application from the day it was paid, or else approved, up to the day of the target. */
const daysOf = (one: ToSettle, rules: FundingRules): Days => {
  const { part, term, academicYear, year, thereSince, typed } = one
  const from = one.paidOn ?? one.approvedOn
  const days =
    part !== null && term !== null && academicYear !== null
      ? daysOfEntitlement(part, { academicYear, term }, year, rules)
      : undefined
  if (days)
    return thereSince !== null && days.from < thereSince && thereSince <= days.to ? { ...days, from: thereSince } : days
  const target = typed === null ? undefined : parseTypedDate(typedFrom(typed).targetOn)
  return { from, to: target && target > from ? target : plusDays(from, usualDays) }
}

/** Why a payment has to be settled, by which rule, and what the rule proposes of what has not come back yet. */
export type ProposedSettlement = {
  readonly because: 'moved' | 'care_ended'
  readonly on: PlainDate
  readonly rule: MoveRule
  readonly proposed: Settlement
}

/**
 * What a council's rules propose for a payment whose child has left: by the rule of what came first, a move or the end of
 * care, less what has come back already. Undefined where nobody has left, or where the days it was for were over by then:
 * what was unspent of those is the report's to say. A base approved after its term went by where the child was in it.
 */
export const proposedSettlement = (one: ToSettle, rules: FundingRules): ProposedSettlement | undefined => {
  const { leftOn, careEndedOn: care } = one
  const moved = leftOn !== null && (care === null || leftOn < care)
  const on = moved ? leftOn : care
  if (on === null) return undefined
  const rule: MoveRule = moved ? rules.move : rules.careEnds
  const paid = { school: one.school, amount: one.amount, spent: one.spent, ...daysOf(one, rules) }
  if (on >= paid.to || (one.part?.startsWith('base') && one.approvedOn > paid.to)) return undefined
  const { back, onwards } = settle(rule, paid, on, care === null ? one.nextSchool : null)
  const still = (amount: Pence) => pence(Math.max(0, amount - one.returned))
  const onward = onwards ? still(onwards.amount) : pence(0)
  return {
    because: moved ? 'moved' : 'care_ended',
    on,
    rule,
    proposed: {
      stays: pence(one.amount - one.returned - still(back) - onward),
      back: still(back),
      onwards: onwards && onward > 0 ? { ...onwards, amount: onward } : null,
    },
  }
}

/** What there is to settle by a council's rules, and whether a person has: money came back as proposed, or it was said why not. */
export const settlementsOf = (all: readonly ToSettle[], rules: FundingRules) =>
  all.flatMap((one) => {
    const settlement = proposedSettlement(one, rules)
    if (!settlement) return []
    const { back, onwards } = settlement.proposed
    return [{ one, settlement, isDone: one.settled !== null || (one.returned > 0 && back === 0 && onwards === null) }]
  })

/**
 * What came back from the school a child has left and has not been paid on yet, and to which school it goes on: where the
 * rules have it follow the child, within its own financial year. Undefined where nothing does.
 */
export const toPassOn = (
  one: ToSettle,
  rules: FundingRules,
  today: PlainDate,
): { readonly amount: Pence; readonly school: number } | undefined =>
  rules.move === 'transfer' &&
  one.careEndedOn === null &&
  one.nextSchool !== null &&
  one.returned > 0 &&
  one.isPassedOn === 0 &&
  one.year === financialYearOf(today)
    ? { amount: one.returned, school: one.nextSchool }
    : undefined
