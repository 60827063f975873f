import type { PaymentModel } from './model.ts'
import { type Retained, splitBy } from './retained.ts'

/** Pays nothing unasked: what is not kept goes by itemised requests. */
export const byApplication = (rule: { readonly retained: Retained }): PaymentModel => ({
  split: splitBy(rule.retained),
  propose: () => [],
})
