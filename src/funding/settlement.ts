import { defaultCalendar } from '../domain/calendar.ts'
import { type PlainDate, parseTypedDate, plusDays } from '../domain/dates.ts'
import { financialYearOf } from '../domain/funding/financial-year.ts'
import { type Pence, pence } from '../domain/funding/pence.ts'
import type { ToSettle } from '../store/settlements.ts'
import { type MoveRule, type Settlement, settle } from './models/moves.ts'
import type { FundingRules } from './rules.ts'
import { typedFrom } from './typed.ts'

/** For how many days money is taken to be where nobody has said: a term's work. */
const usualDays = 84

/** The days a payment is for: its term by entitlement, up to the day of the target by application. */
const lastDayOf = ({ paidOn, term, academicYear, typed }: ToSettle): PlainDate => {
  if (term !== null && academicYear !== null) {
    const end = defaultCalendar(academicYear).find((one) => one.term === term)?.lastDay
    return end && end > paidOn ? end : paidOn
  }
  const target = typed === null ? undefined : parseTypedDate(typedFrom(typed).targetOn)
  return target && target > paidOn ? target : plusDays(paidOn, usualDays)
}

/** Why a payment has to be settled, by which rule, and what the rule proposes of what has not come back yet. */
export type ProposedSettlement = {
  readonly because: 'moved' | 'care_ended'
  readonly on: PlainDate
  readonly rule: MoveRule
  readonly proposed: Settlement
}

/**
 * What a council's rules propose for a payment whose child has left: the end of care decides before a move does. Undefined
 * where nobody has left, or where the days it was for were over by then: what was unspent of those is the report's to say.
 */
export const proposedSettlement = (one: ToSettle, rules: FundingRules): ProposedSettlement | undefined => {
  const care = one.careEndedOn
  const on = care ?? one.leftOn
  if (on === null) return undefined
  const rule: MoveRule = care === null ? rules.move : rules.careEnds
  const amount = pence(one.amount - one.returned)
  const paid = { school: one.school, amount, spent: one.spent, from: one.paidOn, to: lastDayOf(one) }
  if (on >= paid.to) return undefined
  return {
    because: care === null ? 'moved' : 'care_ended',
    on,
    rule,
    proposed: settle(rule, paid, on, care === null ? one.nextSchool : null),
  }
}

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
