import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shownCounts, shownTables, smallestShown } from '../../src/domain/suppression.ts'

/** Every way to share out some children over some cells. */
const shares = (children: number, cells: number): readonly (readonly number[])[] =>
  cells === 1
    ? [[children]]
    : Array.from({ length: children + 1 }, (_, first) => first).flatMap((first) =>
        shares(children - first, cells - 1).map((rest) => [first, ...rest]),
      )

describe('counts that are held back', () => {
  it('cannot be worked out from what is published, even by who knows the rule: every table of up to 19 children', () => {
    let tables = 0
    const wrong: string[] = []
    for (const cells of [2, 3, 4])
      for (let children = smallestShown; children <= (cells === 4 ? 15 : 19); children += 1) {
        const alike = new Map<string, (readonly number[])[]>()
        for (const counts of shares(children, cells)) {
          const key = JSON.stringify(shownCounts(counts))
          alike.set(key, [...(alike.get(key) ?? []), counts])
          tables += 1
        }
        for (const [key, could] of alike) {
          const shown = JSON.parse(key) as readonly (number | null)[]
          shown.forEach((count, at) => {
            const values = new Set(could.map((counts) => counts[at]))
            if (count === null ? values.size < 3 : count < smallestShown)
              wrong.push(`${key} of ${children}, cell ${at}`)
          })
          // What is held back together is never a small group, and never one cell alone.
          const hidden = shown.filter((count) => count === null).length
          const rest = children - shown.reduce<number>((sum, count) => sum + (count ?? 0), 0)
          if (hidden > 0 && (hidden < 2 || rest < smallestShown)) wrong.push(key)
        }
      }
    expect(wrong).toEqual([])
    expect(tables).toBeGreaterThan(5000)
  })

  it('never let two bases differ by one to five children, nor a base from all or from none', () => {
    const cell = fc.integer({ min: 0, max: 20 }).map((count) => ({ key: 'x', count }))
    const table = fc.record({ key: fc.constant('t' as string), cells: fc.array(cell, { minLength: 1, maxLength: 5 }) })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.array(table, { maxLength: 8 }), (children, tables) => {
        const shown = shownTables(children, tables)
        const bases = [0, children, ...shown.flatMap(({ base }) => (base === null ? [] : [base]))]
        const apart = bases.every((one) =>
          bases.every((other) => one === other || Math.abs(one - other) >= smallestShown),
        )
        const large = shown.every(({ base, cells }) =>
          cells.every(({ count }) => count === null || (base !== null && count >= smallestShown)),
        )
        return large && (apart || shown.every(({ base }) => base === null))
      }),
      { numRuns: 300 },
    )
  })

  it('are all of them for one to five children', () => {
    expect(shownTables(5, [{ key: 'a', cells: [{ key: 'x', count: 5 }] }])).toEqual([
      { key: 'a', base: null, cells: [{ key: 'x', count: null }] },
    ])
  })
})
