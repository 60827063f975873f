import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { financialYear } from '../../../src/domain/funding/financial-year.ts'
import {
  balancesOf,
  type Cause,
  type Movement,
  overCommitted,
  problemOf,
  ways,
} from '../../../src/domain/funding/ledger.ts'
import { pence, sumOf } from '../../../src/domain/funding/pence.ts'

const base = { fund: 'pupil_premium_plus', year: financialYear(2026), pupil: null, subject: null } as const
const move = (cause: Cause, amount: number, way = 0): Movement => {
  const [from, to] = ways[cause][way] ?? ['grant', 'allocated']
  return { ...base, from, to, amount: pence(amount), cause }
}

/** Makes the movements that may be made, in their order; gives what was refused too. */
const make = (wanted: readonly Movement[]) => {
  const made: Movement[] = []
  const refused: (readonly [Movement, string])[] = []
  for (const one of wanted) {
    const problem = problemOf(balancesOf(made), one)
    if (problem) refused.push([one, problem])
    else made.push(one)
  }
  return { made, refused, balances: balancesOf(made) }
}

const causes = Object.keys(ways) as Cause[]
const wanted = fc
  .tuple(fc.constantFrom(...causes), fc.nat(2), fc.integer({ min: -5, max: 300_000 }))
  .map(([cause, way, amount]) => move(cause, amount, way % ways[cause].length))

test('whatever is asked for in whatever order: pots add up to nothing, and only an allocation that was cut stands below nothing', () => {
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 60 }), (asked) => {
      const { made, balances } = make(asked)
      expect(sumOf(Object.values(balances))).toBe(0)
      const { grant: _, allocated, ...others } = balances
      for (const amount of Object.values(others)) expect(amount).toBeGreaterThanOrEqual(0)
      const cut = made.some(({ cause }) => cause === 'allocation_cut')
      if (!cut) expect(allocated).toBeGreaterThanOrEqual(0)
      const given = sumOf(made.filter(({ from }) => from === 'grant').map(({ amount }) => amount))
      const used = sumOf([balances.committed, balances.approved, balances.paid, balances.returned])
      if (!cut) expect(used).toBeLessThanOrEqual(given)
    }),
    { numRuns: 500 },
  )
})

describe('an allocation', () => {
  test('that falls below what is promised stops new promises and approvals, and says by how much', () => {
    const { made, refused, balances } = make([
      move('allocation', 1000_00),
      move('commitment', 700_00),
      move('allocation_cut', 400_00),
      move('commitment', 1_00),
      move('approval', 700_00),
      move('allocation', 150_00),
      move('approval', 700_00),
      move('payment', 700_00),
    ])
    expect(refused.map(([{ cause }, why]) => [cause, why])).toEqual([
      ['commitment', 'beyond_allocation'],
      ['approval', 'beyond_allocation'],
    ])
    expect(made).toHaveLength(6)
    expect([balances.paid, balances.allocated]).toEqual([700_00, 50_00])
    expect(overCommitted(balancesOf(made.slice(0, 3)))).toBe(100_00)
  })

  test('is never exceeded by a penny, and nothing is paid that was not approved', () => {
    const standing = balancesOf([move('allocation', 500_00), move('commitment', 500_00)])
    expect(problemOf(standing, move('commitment', 1))).toBe('beyond_allocation')
    expect(problemOf(standing, move('payment', 1))).toBe('beyond_what_is_there')
    expect(problemOf(standing, move('approval', 500_01))).toBe('beyond_what_is_there')
    expect(problemOf(standing, move('approval', 500_00))).toBeUndefined()
    expect(problemOf(standing, { ...move('payment', 5), from: 'allocated' })).toBe('no_such_way')
    expect(problemOf(standing, move('commitment', 0))).toBe('not_positive')
  })

  test('of 1,900 with 1,800 paid for each child keeps 100', () => {
    const { balances } = make([move('allocation', 1900_00), move('top_slice', 100_00), move('approval', 1800_00, 1)])
    expect([balances.retained, balances.approved, balances.allocated]).toEqual([100_00, 1800_00, 0])
    expect(Math.round((balances.retained * 10_000) / 1900_00)).toBe(526)
  })
})
