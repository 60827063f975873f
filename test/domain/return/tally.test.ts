import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer, Need } from '../../../src/domain/return/item.ts'
import { sessionsOf, tallyOf } from '../../../src/domain/return/tally.ts'

const asked: ReadonlyMap<string, Need> = new Map([
  ['sessions_possible', 'required'],
  ['sessions_attended', 'required'],
  ['english_band', 'required'],
])
const given = (value: string): Answer => ({ state: 'given', value })
const row = (answers: Readonly<Record<string, Answer>>) => ({ asked, answers: new Map(Object.entries(answers)) })
const sums = (attended: number, possible: number) =>
  row({ sessions_possible: given(String(possible)), sessions_attended: given(String(attended)) })

describe('what came of a question', () => {
  it('is a percentage of sums, never of percentages', () => {
    const { attended, possible, pupils, notHeld } = sessionsOf([sums(180, 190), sums(20, 40), row({})])
    expect([attended, possible, pupils, notHeld]).toEqual([200, 230, 2, 1])
    expect(((attended / possible) * 100).toFixed(2)).toBe('86.96')
  })

  it('accounts for everybody asked: the parts come to the base, and what does not apply is in none', () => {
    const states = ['given', 'not_known', 'not_assessed', 'declined', 'to_follow', 'not_applicable', 'cleared'] as const
    const answer = fc.option(
      fc.record({ state: fc.constantFrom(...states), value: fc.constantFrom('below', 'at', 'above') }),
    )
    fc.assert(
      fc.property(fc.array(answer), (answers) => {
        const rows = answers.map((one) => row(one ? { english_band: one } : {}))
        const tally = tallyOf('english_band', rows)
        expect(tally.base + tally.excluded).toBe(rows.length)
        expect(tally.given + tally.notAssessed + tally.notKnown + tally.notIn).toBe(tally.base)
        expect([...tally.values.values()].reduce((sum, one) => sum + one, 0)).toBe(tally.given)
      }),
      { numRuns: 200 },
    )
  })
})
