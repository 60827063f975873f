import { dividePence, type Pence, pence } from '../../domain/funding/pence.ts'
import type { Split } from './model.ts'

/** What a virtual school keeps of a child's rate: nothing, an amount, a share of a hundred, or all but an amount. */
export type Retained =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'amount'; readonly amount: Pence }
  | { readonly kind: 'share'; readonly hundredths: number }
  | { readonly kind: 'all_but'; readonly amount: Pence }

/** Takes a rate apart by what is kept; never keeps more than there is. A share is rounded to the penny, for the child. */
export const splitBy =
  (retained: Retained) =>
  (rate: Pence): Split => {
    const kept = keptOf(retained, rate)
    return { retained: kept, forChild: pence(rate - kept) }
  }

const keptOf = (retained: Retained, rate: Pence): Pence => {
  switch (retained.kind) {
    case 'nothing':
      return pence(0)
    case 'amount':
      return pence(Math.min(retained.amount, rate))
    case 'share':
      return dividePence(rate, [100 - retained.hundredths, retained.hundredths])[1] ?? pence(0)
    case 'all_but':
      return pence(Math.max(0, rate - retained.amount))
  }
}
