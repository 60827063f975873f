import { dividePence, type Pence, pence } from '../../domain/funding/pence.ts'
import {
  type PaymentModel,
  type PayRun,
  type PayRunChild,
  type PlanOf,
  planOf,
  proposeTo,
  type TermOf,
  type Withheld,
} from './model.ts'
import { type Retained, splitBy } from './retained.ts'

/** How a plan turns into an amount: what it asks for in bands or up to a most, or an amount whatever it asks. */
type Amount =
  | { readonly kind: 'bands'; readonly bands: readonly Pence[] }
  | { readonly kind: 'up_to'; readonly most: Pence }
  | { readonly kind: 'fixed'; readonly amount: Pence }
  /** What is there for the child in the financial year, in equal parts: one a plan, and no more than there are. */
  | { readonly kind: 'part'; readonly of: number }

/** An amount from a term on, until a later one takes its place. */
type DatedAmount = { readonly from: TermOf; readonly amount: Amount }

/** What a council that pays on plans has settled. */
export type PlanPaymentRule = {
  readonly retained: Retained
  readonly amounts: readonly DatedAmount[]
  /** What the plan must be before it pays. */
  readonly needs: 'held' | 'adequate' | 'signed_off'
  /** The plan of the term before pays in this one. */
  readonly paysNextTerm?: boolean
  /** In spring a plan pays only when it was held in the first half of the term: the financial year ends after it. */
  readonly springFirstHalf?: boolean
  readonly plansAYear?: number
  readonly excluded?: readonly string[]
}

const order = ['autumn', 'spring', 'summer'] as const
const isBefore = (one: TermOf, other: TermOf) =>
  one.academicYear === other.academicYear
    ? order.indexOf(one.term) < order.indexOf(other.term)
    : one.academicYear < other.academicYear

/** The term before another. */
export const termBefore = ({ academicYear, term }: TermOf): TermOf =>
  term === 'autumn'
    ? { academicYear: academicYear - 1, term: 'summer' }
    : { academicYear, term: term === 'spring' ? 'autumn' : 'spring' }

/** The term after another. */
export const termAfter = ({ academicYear, term }: TermOf): TermOf =>
  term === 'summer'
    ? { academicYear: academicYear + 1, term: 'autumn' }
    : { academicYear, term: term === 'autumn' ? 'spring' : 'summer' }

const amountFor = (
  plan: PlanOf,
  amount: Amount,
  rule: PlanPaymentRule,
  run: PayRun,
  paid: PayRunChild['paid'],
): Pence | Withheld => {
  if (amount.kind === 'part') {
    if (run.rate === undefined) return 'rate_unknown'
    const parts = dividePence(splitBy(rule.retained)(run.rate).forChild, Array<number>(amount.of).fill(1))
    return parts[paid.filter((one) => one.part === 'plan' && one.year === run.year).length] ?? 'nothing_left'
  }
  if (amount.kind === 'fixed') return amount.amount
  if (plan.requested === null) return 'nothing_requested'
  if (amount.kind === 'up_to') return pence(Math.min(plan.requested, amount.most))
  return amount.bands.includes(plan.requested) ? plan.requested : 'not_a_band'
}

const whyNot = (plan: PlanOf, rule: PlanPaymentRule, run: PayRun): Withheld | undefined => {
  const late = rule.springFirstHalf && plan.term === 'spring' && (plan.heldOn ?? '') > run.halfTerm
  if (late && !rule.paysNextTerm) return 'plan_too_late'
  if (rule.needs !== 'held' && (plan.rating === null || plan.rating === 'inadequate')) return 'plan_not_adequate'
  if (rule.needs === 'signed_off' && !plan.signedOff) return 'not_signed_off'
  if (plan.purposes.some((purpose) => rule.excluded?.includes(purpose))) return 'purpose_excluded'
  return undefined
}

/** Pays for the plan (PEP) of a term: by bands, up to a most or a fixed amount, once it is what the council asks of it. */
export const planPayment = (rule: PlanPaymentRule): PaymentModel => ({
  split: splitBy(rule.retained),
  propose: (child: PayRunChild, run: PayRun) => {
    const of = rule.paysNextTerm ? termBefore(run) : run
    const proposed = proposeTo(
      child,
      run,
      'plan',
      () => {
        const plan = planOf(child, of)
        if (!plan) return 'no_plan'
        const { plansAYear } = rule
        const already = child.paid.filter((one) => one.part === 'plan' && one.academicYear === of.academicYear).length
        if (plansAYear !== undefined && already >= plansAYear) return 'already_paid'
        const why = whyNot(plan, rule, run)
        if (why) return why
        const dated = rule.amounts.findLast(({ from }) => !isBefore(of, from))
        return dated ? amountFor(plan, dated.amount, rule, run, child.paid) : 'not_due'
      },
      of,
    )
    return [proposed]
  },
})
