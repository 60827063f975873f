import { type PlainDate, plainDate, plusDays } from '../../domain/dates.ts'
import type { Pence } from '../../domain/funding/pence.ts'
import { type PaymentModel, type PayRunChild, proposeTo } from './model.ts'
import { type Retained, splitBy } from './retained.ts'

/**
 * Pays once a financial year: by a day early in it, or within some days after a child came into care later. What is
 * needed beyond goes by application.
 */
export const openingPayment = (rule: {
  readonly retained: Retained
  readonly amount: Pence
  /** The last day, as month and day, for who is looked after when the year begins. */
  readonly by: string
  /** Days after care began, for who comes later. */
  readonly within: number
}): PaymentModel & { readonly dueOn: (child: PayRunChild, year: number) => PlainDate } => ({
  split: splitBy(rule.retained),
  dueOn: (child, year) => {
    const by = plainDate(`${year}-${rule.by}`)
    const after = plusDays(child.careFrom, rule.within)
    return after > by ? after : by
  },
  propose: (child, run) => {
    const paid = child.paid.some(({ part, year }) => part === 'opening' && year === run.year)
    return [
      paid
        ? { pays: false, part: 'opening', why: 'already_paid' }
        : proposeTo({ ...child, paid: [] }, run, 'opening', () => rule.amount),
    ]
  },
})
