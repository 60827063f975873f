import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benchmarkOn, hasBenchmark } from '../../../src/domain/attendance/benchmark.ts'
import { emptyTally, possibleOf, type Tally } from '../../../src/domain/attendance/tally.ts'
import { projectYear, recentWeeks, trendOf } from '../../../src/domain/attendance/trend.ts'
import { isUsualSchoolDay, nextUsualSchoolDay, usualSessionsAfter } from '../../../src/domain/attendance/usual-year.ts'
import { weekOf } from '../../../src/domain/attendance/week.ts'
import { type PlainDate, plainDate, plusDays } from '../../../src/domain/dates.ts'

const week = (present: number, absent: number): Tally => ({ ...emptyTally, present, authorised: absent })
const weeks = (...of: readonly Tally[]) => new Map(of.map((tally, at) => [2960 + at, tally] as const))
const many = (count: number, tally: Tally) => Array.from({ length: count }, () => tally)

describe('the trend', () => {
  it('is the last six weeks against those before, in sums', () => {
    const falling = trendOf(weeks(...many(6, week(10, 0)), ...many(6, week(8, 2))))
    expect(falling.direction).toBe('down')
    expect([possibleOf(falling.recent), possibleOf(falling.before)]).toEqual([60, 60])
    expect(trendOf(weeks(...many(6, week(8, 2)), ...many(6, week(10, 0)))).direction).toBe('up')
    expect(trendOf(weeks(...many(12, week(9, 1)))).direction).toBe('level')
    expect(trendOf(weeks(...many(11, week(10, 0)), week(9, 1))).direction).toBe('level')
  })

  it('passes over weeks in which nothing was possible', () => {
    const held = trendOf(weeks(...many(6, week(10, 0)), ...many(4, emptyTally), ...many(6, week(8, 2))))
    expect(held.direction).toBe('down')
  })

  it('is not said on few sessions', () => {
    expect(trendOf(weeks()).direction).toBeUndefined()
    expect(trendOf(weeks(...many(recentWeeks, week(10, 0)))).direction).toBeUndefined()
    expect(trendOf(weeks(...many(9, week(10, 0)))).direction).toBeUndefined()
    expect(trendOf(weeks(...many(10, week(10, 0)))).direction).toBe('level')
  })
})

describe('the projection', () => {
  const newest = plainDate('2027-03-12')

  it('is what was attended, and the rate of lately over the sessions still to come', () => {
    const toCome = usualSessionsAfter(newest)
    const projected = projectYear(weeks(...many(14, week(10, 0)), ...many(6, week(9, 1))), newest)
    expect(projected).toEqual({ attended: 194 + Math.round(toCome * 0.9), possible: 200 + toCome, toCome })
  })

  it('is not said on few sessions, nor once the year is over', () => {
    expect(projectYear(weeks(), newest)).toBeUndefined()
    expect(projectYear(weeks(week(10, 0)), newest)).toBeUndefined()
    expect(projectYear(weeks(...many(30, week(10, 0))), plainDate('2027-08-01'))).toBeUndefined()
  })

  it('never passes what is possible, nor falls under what was attended', () => {
    const anyWeek = fc.tuple(fc.nat(10), fc.nat(10)).map(([present, absent]) => week(present, absent))
    fc.assert(
      fc.property(fc.array(anyWeek, { maxLength: 39 }), fc.nat(330), (of, days) => {
        const projected = projectYear(weeks(...of), plusDays(plainDate('2026-09-01'), days))
        if (!projected) return
        expect(projected.attended).toBeLessThanOrEqual(projected.possible)
        expect(projected.attended).toBeGreaterThanOrEqual(of.reduce((sum, { present }) => sum + present, 0))
      }),
    )
  })
})

describe('a usual year', () => {
  it.each([2023, 2024, 2025, 2026, 2027, 2028])('of %i has about 190 days in 39 weeks', (year) => {
    const first = plainDate(`${year}-09-01`)
    const days = Array.from({ length: 365 }, (_, at) => plusDays(first, at)).filter(isUsualSchoolDay)
    expect(days.length).toBeGreaterThanOrEqual(186)
    expect(days.length).toBeLessThanOrEqual(200)
    expect(new Set(days.map(weekOf)).size).toBeLessThanOrEqual(41)
    expect(usualSessionsAfter(first)).toBe(days.filter((day) => day > first).length * 2)
  })

  it('has its holidays', () => {
    for (const day of [
      '2026-10-28',
      '2026-12-25',
      '2027-01-01',
      '2027-02-17',
      '2027-03-29',
      '2027-05-31',
      '2027-08-10',
    ])
      expect(isUsualSchoolDay(day as PlainDate), day).toBe(false)
    for (const day of ['2026-09-03', '2026-11-26', '2027-01-05', '2027-03-10', '2027-07-20'])
      expect(isUsualSchoolDay(day as PlainDate), day).toBe(true)
    expect(nextUsualSchoolDay(plainDate('2026-10-23'))).toBe('2026-11-02')
  })
})

describe('the benchmark', () => {
  it('is 85% before October 2014 and 95% since, unless the virtual school has set its own', () => {
    expect(benchmarkOn([], plainDate('2014-09-30'))?.percent).toBe(85)
    expect(benchmarkOn([], plainDate('2014-10-01'))?.percent).toBe(95)
    const own = [
      { validFrom: plainDate('2025-09-01'), percent: 96, source: 'Own', sure: 'official' as const },
      { validFrom: plainDate('2026-09-01'), percent: 97, source: 'Own', sure: 'official' as const },
    ]
    for (const order of [own, own.toReversed()]) {
      expect(benchmarkOn(order, plainDate('2025-08-31'))?.percent).toBe(95)
      expect(benchmarkOn(order, plainDate('2026-08-31'))?.percent).toBe(96)
      expect(benchmarkOn(order, plainDate('2026-11-26'))?.percent).toBe(97)
    }
  })

  it('is of Reception to Year 11', () => {
    expect(['N2', 'R', '1', '11', '12', 'X', null].map(hasBenchmark)).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
