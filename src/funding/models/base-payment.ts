import type { Pence } from '../../domain/funding/pence.ts'
import { type PaymentModel, proposeTo } from './model.ts'
import { type Retained, splitBy } from './retained.ts'

/** Pays a base for every term of every child that is looked after, unasked; the rest goes by need, by application. */
export const basePayment = (rule: { readonly retained: Retained; readonly aTerm: Pence }): PaymentModel => ({
  split: splitBy(rule.retained),
  propose: (child, run) => [proposeTo(child, run, 'base', () => rule.aTerm)],
})
