import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedOf } from '../../../src/domain/return/ask.ts'
import { byItem, completenessOf, total } from '../../../src/domain/return/completeness.ts'
import { items } from '../../../src/domain/return/dictionary.ts'
import type { Answer, Need } from '../../../src/domain/return/item.ts'
import { answers, pupil } from './pupil.ts'

const asked: ReadonlyMap<string, Need> = new Map([
  ['sen', 'prefilled'],
  ['full_time', 'required'],
  ['hours_offered', 'required'],
  ['part_time_reason', 'conditional'],
  ['careers_interview', 'optional'],
])

test('required and prefilled items count; optional and undecided ones never do', () => {
  const given = answers({ full_time: 'Y', careers_interview: '2026-01-12', part_time_reason: 'medical' })
  expect(completenessOf(asked, given)).toEqual({
    base: 3,
    answered: 1,
    givenOtherwise: 0,
    missing: ['sen', 'hours_offered'],
  })
})

test('what is not known, not assessed, declined or to follow is answered, and counted apart', () => {
  for (const state of ['not_known', 'not_assessed', 'declined', 'to_follow']) {
    const count = completenessOf(asked, answers({ sen: 'K', hours_offered: `state:${state}` }))
    expect(count).toEqual({ base: 3, answered: 2, givenOtherwise: 1, missing: ['full_time'] })
  }
})

test('what does not apply leaves the base', () => {
  const count = completenessOf(asked, answers({ sen: 'K', full_time: 'Y', hours_offered: 'state:not_applicable' }))
  expect(count).toEqual({ base: 2, answered: 2, givenOtherwise: 0, missing: [] })
})

test('a cleared answer is missing again, and zero is an answer', () => {
  const count = completenessOf(asked, answers({ sen: 'state:cleared', hours_offered: '0' }))
  expect(count).toEqual({ base: 3, answered: 1, givenOtherwise: 0, missing: ['sen', 'full_time'] })
})

test('an answer to what is not asked adds nothing', () => {
  expect(completenessOf(new Map(), answers({ sen: 'K' }))).toEqual({
    base: 0,
    answered: 0,
    givenOtherwise: 0,
    missing: [],
  })
})

const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc
    .constantFrom<Answer['state']>('not_known', 'not_assessed', 'not_applicable', 'declined', 'to_follow', 'cleared')
    .map((state) => ({ state, value: null })),
  fc.constantFrom('Y', 'N', '0', 'gcse').map((value) => ({ state: 'given' as const, value })),
)

const anyRow = fc
  .record({
    yearGroup: fc.constantFrom('R', '2', '6', '8', '11', 'X'),
    term: fc.constantFrom('autumn' as const, 'spring' as const, 'summer' as const),
    given: fc.array(fc.tuple(fc.constantFrom(...items.map((item) => item.code)), anyAnswer), { maxLength: 60 }),
  })
  .map(({ yearGroup, term, given }) => {
    const known = new Map(given)
    return { asked: askedOf(pupil({ yearGroup, term, answers: known })), answers: known }
  })

test('by item and by row come to the same sums, and missing is base less answered', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 8 }), (rows) => {
      const counts = rows.map((row) => completenessOf(row.asked, row.answers))
      expect(total(counts)).toEqual(total([...byItem(rows).values()]))
      for (const count of counts) {
        expect(count.missing).toHaveLength(count.base - count.answered)
        expect(count.givenOtherwise).toBeLessThanOrEqual(count.answered)
      }
    }),
  )
})

test('the sum of nothing is nothing of nothing', () => {
  expect(total([])).toEqual({ base: 0, answered: 0, givenOtherwise: 0 })
})
