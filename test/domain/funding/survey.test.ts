import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeOf, ranked, sharesOf } from '../../../src/domain/funding/survey.ts'

test('question 1 of the 2016 survey comes out as it was published, of 68 answers', () => {
  const shares = sharesOf([16, 34, 17, 0, 1]).map(({ hundredths }) => hundredths)
  expect(shares).toEqual([2353, 5000, 2500, 0, 147])
  expect(shares.reduce((sum, one) => sum + one, 0)).toBe(10_000)
})

test('shares always add up to a hundred, and nobody answered is no share at all', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { minLength: 1, maxLength: 14 }), (counts) => {
      const shares = sharesOf(counts)
      const some = counts.some((count) => count > 0)
      expect(shares.reduce((sum, { hundredths }) => sum + hundredths, 0)).toBe(some ? 10_000 : 0)
      for (const { count, hundredths } of shares) if (count === 0) expect(hundredths).toBe(0)
    }),
  )
})

test('question 3: the fall below is 31 points and 43.1% of what it was; the rise above is 14 points and 2.08 times', () => {
  expect(changeOf(72, 41)).toEqual({ points: -31, relativeTenths: -431, multipleHundredths: 57 })
  expect(changeOf(13, 27)).toEqual({ points: 14, relativeTenths: 1077, multipleHundredths: 208 })
  expect(changeOf(15, 32)).toMatchObject({ points: 17 })
  expect(changeOf(0, 5)).toEqual({ points: 5, relativeTenths: null, multipleHundredths: null })
  expect([13 + 15 + 72, 27 + 32 + 41]).toEqual([100, 100])
})

test('ranks are put together by a method that is said', () => {
  const choices = ['tuition', 'mentor', 'equipment']
  expect(ranked(choices, [['tuition', 'mentor', 'equipment'], ['mentor', 'tuition'], ['tuition']])).toEqual([
    { choice: 'tuition', points: 8, firsts: 2, method: 'borda' },
    { choice: 'mentor', points: 5, firsts: 1, method: 'borda' },
    { choice: 'equipment', points: 1, firsts: 0, method: 'borda' },
  ])
})
