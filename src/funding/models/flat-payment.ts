import type { Pence } from '../../domain/funding/pence.ts'
import { type PaymentModel, proposeTo } from './model.ts'
import { splitBy } from './retained.ts'

/** Pays the same for every child once a financial year; what the fund gives beyond is kept. */
export const flatPayment = (rule: { readonly amount: Pence }): PaymentModel => ({
  split: splitBy({ kind: 'all_but', amount: rule.amount }),
  propose: (child, run) => {
    if (run.rate === undefined) return [{ pays: false, part: 'flat', why: 'rate_unknown' }]
    const paid = child.paid.some(({ part, year }) => part === 'flat' && year === run.year)
    return [
      paid
        ? { pays: false, part: 'flat', why: 'already_paid' }
        : proposeTo({ ...child, paid: [] }, run, 'flat', () => rule.amount),
    ]
  },
})
