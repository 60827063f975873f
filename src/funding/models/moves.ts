import { daysBetween, type PlainDate } from '../../domain/dates.ts'
import { dividePence, type Pence, pence } from '../../domain/funding/pence.ts'

/** What becomes of money a school has been paid for a child, when the child moves or care ends. */
export type MoveRule = 'keep' | 'recoup' | 'pro_rata' | 'transfer'

/** Money that was paid to a school for a child, for some days. */
export type PaidFor = {
  readonly school: number
  readonly amount: Pence
  /** What of it is spent, with evidence: that is never asked back. */
  readonly spent: Pence
  readonly from: PlainDate
  readonly to: PlainDate
}

/** Money that is to go back, or on to the next school: amounts are never negative, and never more than was not spent. */
export type Settlement = {
  readonly stays: Pence
  readonly back: Pence
  readonly onwards: { readonly school: number; readonly amount: Pence } | null
}

/** The part of an amount that belongs to the days up to and with the last one there. */
const earned = ({ amount, from, to }: PaidFor, lastDay: PlainDate): Pence => {
  const days = daysBetween(from, to) + 1
  const there = Math.max(0, Math.min(days, daysBetween(from, lastDay) + 1))
  return dividePence(amount, [there, days - there])[0] ?? pence(0)
}

/**
 * Settles a payment when a child leaves a school, `lastDay` being the last one there. Kept: it stays. Recouped: what is
 * not spent comes back. In proportion: what the days there have not earned and nobody has spent comes back. Transferred:
 * what is not spent goes on to the next school, or back where there is none.
 */
export const settle = (rule: MoveRule, paid: PaidFor, lastDay: PlainDate, next: number | null): Settlement => {
  const unspent = pence(Math.max(0, paid.amount - paid.spent))
  const back = (amount: Pence): Settlement => ({ stays: pence(paid.amount - amount), back: amount, onwards: null })
  switch (rule) {
    case 'keep':
      return back(pence(0))
    case 'recoup':
      return back(unspent)
    case 'pro_rata':
      return back(pence(Math.min(unspent, paid.amount - earned(paid, lastDay))))
    case 'transfer':
      if (next === null) return back(unspent)
      return {
        stays: pence(paid.amount - unspent),
        back: pence(0),
        onwards: unspent > 0 ? { school: next, amount: unspent } : null,
      }
  }
}

/** How a payment is made where a child is registered at two schools: to the main one, or in parts by days there. */
export const shareBetween = (
  rule: 'main' | 'by_days',
  amount: Pence,
  schools: readonly { readonly school: number; readonly subsidiary: boolean; readonly days: number }[],
): readonly { readonly school: number; readonly amount: Pence }[] => {
  const [main] = schools.filter(({ subsidiary }) => !subsidiary)
  const [first] = schools
  if (!first) return []
  if (rule === 'main' || schools.length === 1) return [{ school: (main ?? first).school, amount }]
  const parts = dividePence(
    amount,
    schools.map(({ days }) => days),
  )
  return schools.flatMap(({ school }, at) => {
    const part = parts[at] ?? pence(0)
    return part > 0 ? [{ school, amount: part }] : []
  })
}
