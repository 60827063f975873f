import { type Balances, overCommitted } from '../domain/funding/ledger.ts'
import { type Pence, pence } from '../domain/funding/pence.ts'
import type { NewMovement } from '../store/movements.ts'

/** What is left of a year that has ended, and how it leaves the year. */
export type YearLeft = { readonly amount: Pence; readonly moves: readonly NewMovement[] }

/**
 * What was never spent of a year that has ended, carried over or given back. What was kept back covers first what is
 * promised beyond the allocation: only the rest is left.
 */
export const yearLeft = (balances: Balances, to: 'carried' | 'returned'): YearLeft => {
  const covers = pence(Math.min(overCommitted(balances), Math.max(0, balances.retained)))
  const free = pence(Math.max(0, balances.allocated))
  const kept = pence(Math.max(0, balances.retained - covers))
  const cause = to === 'carried' ? 'carry_over' : 'give_back'
  const moves: readonly NewMovement[] = [
    { cause: 'top_slice', from: 'retained', to: 'allocated', amount: covers },
    { cause, from: 'allocated', to, amount: free },
    { cause, from: 'retained', to, amount: kept },
  ]
  return { amount: pence(free + kept), moves: moves.filter(({ amount }) => amount > 0) }
}
