import type { FinancialYear } from './financial-year.ts'
import type { FundCode } from './funds.ts'
import { type Pence, pence } from './pence.ts'

/**
 * Where money stands. It comes from the grant, stands allocated, and is kept back, promised to a request, approved, paid
 * or given back; whatever leaves one pot enters another.
 */
export const pots = ['grant', 'allocated', 'retained', 'committed', 'approved', 'paid', 'returned', 'carried'] as const
export type Pot = (typeof pots)[number]

/** What moved money; each may only go the ways that `ways` has. */
export type Cause =
  | 'allocation'
  | 'allocation_cut'
  | 'top_slice'
  | 'commitment'
  | 'release'
  | 'approval'
  | 'approval_undone'
  | 'payment'
  | 'give_back'
  | 'carry_over'

/** The ways that money may go, by cause: from which pot to which. */
export const ways: Readonly<Record<Cause, readonly (readonly [from: Pot, to: Pot])[]>> = {
  allocation: [['grant', 'allocated']],
  allocation_cut: [['allocated', 'grant']],
  top_slice: [
    ['allocated', 'retained'],
    ['retained', 'allocated'],
  ],
  commitment: [['allocated', 'committed']],
  release: [['committed', 'allocated']],
  approval: [
    ['committed', 'approved'],
    ['allocated', 'approved'],
    ['retained', 'approved'],
  ],
  approval_undone: [['approved', 'allocated']],
  payment: [['approved', 'paid']],
  // What was paid and came back; what was never spent in its year.
  give_back: [
    ['paid', 'returned'],
    ['allocated', 'returned'],
    ['retained', 'returned'],
  ],
  carry_over: [
    ['allocated', 'carried'],
    ['retained', 'carried'],
    ['returned', 'carried'],
    ['returned', 'allocated'],
  ],
}

/** One movement of money between two pots of one fund and year; `subject` is the request or payment it is of. */
export type Movement = {
  readonly fund: FundCode
  readonly year: FinancialYear
  readonly pupil: number | null
  readonly from: Pot
  readonly to: Pot
  readonly amount: Pence
  readonly cause: Cause
  readonly subject: string | null
}

/** What stands in each pot. The grant is what came from outside: it is below nothing by as much as was allocated. */
export type Balances = Readonly<Record<Pot, Pence>>

/** What stands in each pot after some movements. */
export const balancesOf = (movements: Iterable<Movement>): Balances => {
  const sums: Record<Pot, number> = Object.fromEntries(pots.map((pot) => [pot, 0])) as Record<Pot, number>
  for (const { from, to, amount } of movements) {
    sums[from] -= amount
    sums[to] += amount
  }
  return Object.fromEntries(pots.map((pot) => [pot, pence(sums[pot])])) as Balances
}

/** Why a movement may not be made. */
export type MovementProblem = 'not_positive' | 'no_such_way' | 'beyond_allocation' | 'beyond_what_is_there'

/**
 * Why a movement may not follow some others; undefined where it may. An allocation may be cut below what is committed,
 * for the department decides that: then `allocated` is below nothing, and nothing more can be promised or approved out of
 * it until a person has decided.
 */
export const problemOf = (standing: Balances, { from, to, amount, cause }: Movement): MovementProblem | undefined => {
  if (amount <= 0) return 'not_positive'
  if (!ways[cause].some(([one, other]) => one === from && other === to)) return 'no_such_way'
  if (cause === 'allocation' || cause === 'allocation_cut') return undefined
  // Over-committed: what is promised already may not become a payment's approval either.
  if (cause === 'approval' && from !== 'retained' && standing.allocated < 0) return 'beyond_allocation'
  if (standing[from] >= amount) return undefined
  return from === 'allocated' || from === 'retained' ? 'beyond_allocation' : 'beyond_what_is_there'
}

/** By how much more is promised than is allocated: nothing, or an amount somebody has to find. */
export const overCommitted = (standing: Balances): Pence => pence(Math.max(0, -standing.allocated))
