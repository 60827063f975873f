import type { PlainDate } from '../../domain/dates.ts'
import type { FinancialYear } from '../../domain/funding/financial-year.ts'
import type { Pence } from '../../domain/funding/pence.ts'
import type { Term } from '../../domain/return/item.ts'

/** A term of an academic year, by the year in which it began. */
export type TermOf = { readonly academicYear: number; readonly term: Term }

/** A plan (PEP) of one term, as far as money turns on it. */
export type PlanOf = TermOf & {
  readonly heldOn: PlainDate | null
  readonly rating: 'good' | 'adequate' | 'inadequate' | null
  /** What the plan asks for: an amount, for purposes by their codes. */
  readonly requested: Pence | null
  readonly purposes: readonly string[]
  /** The use of the last payment has been signed off against its outcomes. */
  readonly signedOff: boolean
}

/** A child's place at a school, its first and last day counted. */
export type PlaceOf = {
  readonly school: number
  readonly from: PlainDate
  readonly to: PlainDate | null
  /** One of several at once that is not the main one. */
  readonly subsidiary: boolean
}

/** What is known of one child when a pay run is put together. */
export type PayRunChild = {
  readonly careFrom: PlainDate
  readonly careTo: PlainDate | null
  readonly places: readonly PlaceOf[]
  readonly plans: readonly PlanOf[]
  /** What was paid for the child before, in any run: by which part of the model, for which term. */
  readonly paid: readonly (TermOf & { readonly part: Part; readonly year: FinancialYear; readonly amount: Pence })[]
}

/** A pay run: for a term, out of a financial year. */
export type PayRun = TermOf & {
  /** The day whose roll says which school is paid, and who is looked after. */
  readonly on: PlainDate
  readonly year: FinancialYear
  /** The first and last day of the term, and where its first half ends. */
  readonly from: PlainDate
  readonly to: PlainDate
  readonly halfTerm: PlainDate
  /** What the fund gives for a child in the year; undefined where nobody has said it yet. */
  readonly rate: Pence | undefined
}

/** The part of a model that pays: a base that needs no asking, an amount for a plan, or an opening payment. */
export type Part = 'base' | 'plan' | 'opening' | 'flat'

/** Why nothing is paid now; each is said to the school before it counts. */
export type Withheld =
  | 'not_in_care'
  | 'no_place'
  | 'no_plan'
  | 'plan_too_late'
  | 'plan_not_adequate'
  | 'not_signed_off'
  | 'nothing_requested'
  | 'not_a_band'
  | 'purpose_excluded'
  | 'already_paid'
  | 'nothing_left'
  | 'not_due'
  | 'rate_unknown'

/** What a model says of a child in a run: an amount to one school, or why none. */
export type Proposal =
  | {
      readonly pays: true
      readonly part: Part
      readonly school: number
      readonly amount: Pence
      /** The term it is for: a plan of the term before may pay in this one. */
      readonly of: TermOf
    }
  | { readonly pays: false; readonly part: Part; readonly why: Withheld }

/** What a child brings in a year, taken apart: what the virtual school keeps, and what is there for the child. */
export type Split = { readonly retained: Pence; readonly forChild: Pence }

/** A local payment model: how one council turns an allocation into payments. */
export type PaymentModel = {
  /** What the virtual school keeps of a child's rate. */
  readonly split: (rate: Pence) => Split
  /** What is proposed for a child in a run; empty where the model pays by application alone. */
  readonly propose: (child: PayRunChild, run: PayRun) => readonly Proposal[]
}

/** The school that is paid for a child on a day: the main place, else the only one. */
export const schoolOn = (child: PayRunChild, day: PlainDate): number | undefined => {
  const there = child.places.filter(({ from, to }) => from <= day && (to === null || day <= to))
  return (there.find(({ subsidiary }) => !subsidiary) ?? there[0])?.school
}

/** Whether the child is looked after on a day. */
export const inCareOn = ({ careFrom, careTo }: PayRunChild, day: PlainDate): boolean =>
  careFrom <= day && (careTo === null || day <= careTo)

/** The plan of a term, the newest held of several. */
export const planOf = (child: PayRunChild, { academicYear, term }: TermOf): PlanOf | undefined =>
  child.plans
    .filter((one) => one.academicYear === academicYear && one.term === term && one.heldOn !== null)
    .sort((one, other) => ((one.heldOn ?? '') < (other.heldOn ?? '') ? 1 : -1))[0]

/** Whether a part was paid for a term before. */
export const wasPaid = (child: PayRunChild, part: Part, { academicYear, term }: TermOf): boolean =>
  child.paid.some((one) => one.part === part && one.academicYear === academicYear && one.term === term)

/** Proposes an amount for a child, unless it is not looked after, has no school, or has been paid. */
export const proposeTo = (
  child: PayRunChild,
  run: PayRun,
  part: Part,
  amount: () => Pence | Withheld,
  of: TermOf = run,
): Proposal => {
  const none = (why: Withheld): Proposal => ({ pays: false, part, why })
  if (!inCareOn(child, run.on)) return none('not_in_care')
  const school = schoolOn(child, run.on)
  if (school === undefined) return none('no_place')
  if (wasPaid(child, part, of)) return none('already_paid')
  const given = amount()
  if (typeof given === 'string') return none(given)
  return given > 0
    ? { pays: true, part, school, amount: given, of: { academicYear: of.academicYear, term: of.term } }
    : none('nothing_left')
}
