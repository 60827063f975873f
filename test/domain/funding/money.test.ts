import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant, plainDate } from '../../../src/domain/dates.ts'
import {
  daysOfFinancialYear,
  financialYear,
  financialYearAt,
  financialYearOf,
} from '../../../src/domain/funding/financial-year.ts'
import { fundOf, funds, rateOf, rememberedRateOf } from '../../../src/domain/funding/funds.ts'
import { dividePence, forHours, parseHundredths, pence, sumOf } from '../../../src/domain/funding/pence.ts'

const money = fc.integer({ min: -10_000_000, max: 10_000_000 }).map(pence)

test('parts add up to the whole, and none is a penny from its share', () => {
  fc.assert(
    fc.property(
      money,
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 12 }),
      (amount, weights) => {
        fc.pre(weights.some((weight) => weight > 0))
        const parts = dividePence(amount, weights)
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        expect(sumOf(parts)).toBe(amount)
        for (const [at, part] of parts.entries())
          expect(Math.abs(part - (amount * (weights[at] ?? 0)) / total)).toBeLessThan(1)
      },
    ),
  )
  expect(() => dividePence(pence(1), [0, 0])).toThrow()
  expect(() => pence(0.5)).toThrow()
})

describe('early years pupil premium by the hour', () => {
  test.each([
    [53, 302_10],
    [68, 387_60],
    [100, 570_00],
  ])('%i pence an hour for 570 hours', (hourly, expected) => {
    expect(forHours(pence(hourly), 570_00)).toBe(expected)
  })
  test('half hours count, and half a penny is rounded up', () => {
    expect([forHours(pence(53), 12_50), forHours(pence(53), 50)]).toEqual([663, 27])
  })
})

describe('hours as they are typed', () => {
  test('every quantity to the hundredth is read back as it was written, with or without its zeros', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_00 }), (hundredths) => {
        expect(parseHundredths((hundredths / 100).toFixed(2))).toBe(hundredths)
        expect(parseHundredths(String(hundredths / 100))).toBe(hundredths)
      }),
    )
  })
  test('whatever is typed is whole hundredths within bounds, or nothing', () => {
    const typed = fc.oneof(fc.string(), fc.stringMatching(/^-?[0-9.,e+ ]{1,9}$/))
    fc.assert(
      fc.property(typed, (text) => {
        const read = parseHundredths(text)
        if (read === undefined) return
        expect(Number.isSafeInteger(read) && read >= 0 && read <= 100_000_00).toBe(true)
        expect(read / 100).toBe(Number(text))
      }),
    )
  })
  test.each(['', '-1', '1,5', '12.345', '1e3', '100000.01', '.5', '½', '1 2'])('%s is none', (text) => {
    expect(parseHundredths(text)).toBeUndefined()
  })
})

describe('a financial year', () => {
  test.each([
    ['2026-03-31', 2025],
    ['2026-04-01', 2026],
    ['2024-02-29', 2023],
    ['2026-12-31', 2026],
  ])('%s falls in %i', (day, year) => {
    expect(financialYearOf(plainDate(day))).toBe(year)
  })

  test('ends with the last second of 31 March in London, where summer time has begun', () => {
    expect(financialYearAt(instant(Date.parse('2026-03-31T22:59:59.999Z')))).toBe(2025)
    expect(financialYearAt(instant(Date.parse('2026-03-31T23:00:00.000Z')))).toBe(2026)
    // In 2024 summer time began on the day itself.
    expect(financialYearAt(instant(Date.parse('2024-03-31T22:59:59.999Z')))).toBe(2023)
    expect(daysOfFinancialYear(financialYear(2023))).toEqual({ from: '2023-04-01', to: '2024-03-31' })
  })
})

describe('funds as dated data', () => {
  test('every rate names its source, once a year, and is of the years of its fund', () => {
    for (const fund of funds) {
      const years = fund.rates.map(({ year }) => year)
      expect(new Set(years).size).toBe(years.length)
      expect(years).toEqual([...years].sort())
      for (const { source, amount, year } of fund.rates) {
        expect(source.length).toBeGreaterThan(10)
        expect(amount).toBeGreaterThan(0)
        expect(year).toBeGreaterThanOrEqual(fund.eligibility[0]?.from ?? 0)
        expect(year).toBeLessThanOrEqual(fund.endedWith ?? 9999)
      }
    }
  })

  test.each([
    [2011, 488_00],
    [2014, 1900_00],
    [2018, 2300_00],
    [2023, 2530_00],
    [2025, 2630_00],
  ])('pupil premium plus of %i', (year, amount) => {
    expect(rateOf('pupil_premium_plus', financialYear(year))?.amount).toBe(amount)
  })

  test('a rate that is only remembered, or not known, is given to nobody', () => {
    expect(rateOf('pupil_premium_plus', financialYear(2015))).toBeUndefined()
    expect(rememberedRateOf('pupil_premium_plus', financialYear(2015))?.amount).toBe(1900_00)
    expect(rateOf('pupil_premium_plus', financialYear(2026))).toBeUndefined()
    expect(rateOf('early_years_pupil_premium', financialYear(2025))).toBeUndefined()
    expect(fundOf('post_16_premium').rates).toEqual([])
    expect(fundOf('pupil_development_grant')).toMatchObject({ country: 'Wales', isPooled: true })
    expect(fundOf('personal_education_allowance').endedWith).toBe(2010)
  })
})
