import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Calendar,
  cutOffDate,
  defaultCalendar,
  earliestLastDay,
  firstDayOfTerm,
  tailEnd,
  termOf,
} from '../../../src/domain/calendar.ts'
import { plainDate, plusDays } from '../../../src/domain/dates.ts'
import { cutOffWords } from '../../../templates/words/en/return.ts'

const day = plainDate
const termName = (date: string) => `${termOf(day(date)).academicYear} ${termOf(day(date)).term}`

describe('default terms in England', () => {
  test('change on 1 September, 1 January and Easter Monday', () => {
    expect(termName('2025-08-31')).toBe('2024 summer')
    expect(termName('2025-09-01')).toBe('2025 autumn')
    expect(termName('2025-12-31')).toBe('2025 autumn')
    expect(termName('2026-01-01')).toBe('2025 spring')
    expect(termName('2026-04-05')).toBe('2025 spring')
    expect(termName('2026-04-06')).toBe('2025 summer')
  })

  test('follow Easter', () => {
    const easterMondays = [
      [2018, '2019-04-22'],
      [2023, '2024-04-01'],
      [2024, '2025-04-21'],
      [2025, '2026-04-06'],
      [2026, '2027-03-29'],
      [2037, '2038-04-26'],
    ] as const
    for (const [year, first] of easterMondays) expect(firstDayOfTerm(year, 'summer')).toBe(first)
    expect(firstDayOfTerm(2025, 'autumn')).toBe('2025-09-01')
    expect(firstDayOfTerm(2025, 'spring')).toBe('2026-01-01')
  })

  test('follow each other without a gap, with a source, and say that they stand in', () => {
    const terms = Array.from({ length: 30 }, (_, index) => 2014 + index).flatMap(defaultCalendar)
    for (const [index, term] of terms.entries()) {
      const next = terms[index + 1]
      if (next) expect(plusDays(term.lastDay, 1)).toBe(next.firstDay)
      expect(term.source).not.toBe('')
      expect(term.isDefault).toBe(true)
    }
  })
})

describe('the tail after leaving', () => {
  test('runs to the end of the next term', () => {
    expect(tailEnd(day('2025-09-01'), '8')).toBe('2026-04-05')
    expect(tailEnd(day('2025-12-31'), '8')).toBe('2026-04-05')
    expect(tailEnd(day('2026-01-01'), '8')).toBe('2026-08-31')
    expect(tailEnd(day('2026-04-06'), '8')).toBe('2026-12-31')
    expect(tailEnd(day('2026-08-31'), '8')).toBe('2026-12-31')
  })

  test('runs to 30 September for a leaver of year 11 or 13', () => {
    for (const yearGroup of ['11', '13']) {
      expect(tailEnd(day('2026-06-26'), yearGroup)).toBe('2026-09-30')
      expect(tailEnd(day('2025-10-10'), yearGroup)).toBe('2026-09-30')
    }
    expect(tailEnd(day('2026-06-26'), '12')).toBe('2026-12-31')
  })

  test('is still running for those who left on or after a day', () => {
    expect(earliestLastDay(day('2026-04-05'), '8')).toBe('2025-09-01')
    expect(earliestLastDay(day('2026-04-06'), '8')).toBe('2026-01-01')
    expect(earliestLastDay(day('2026-08-31'), '8')).toBe('2026-01-01')
    expect(earliestLastDay(day('2026-09-01'), '8')).toBe('2026-04-06')
    expect(earliestLastDay(day('2026-12-31'), '8')).toBe('2026-04-06')
    expect(earliestLastDay(day('2027-01-01'), '8')).toBe('2026-09-01')
    expect(earliestLastDay(day('2026-08-31'), '11')).toBe('2025-09-01')
    expect(earliestLastDay(day('2026-09-30'), '11')).toBe('2025-09-01')
    expect(earliestLastDay(day('2026-10-01'), '11')).toBe('2026-09-01')
  })

  test('is the same asked from the leaving day or from today', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9000 }),
        fc.integer({ min: 0, max: 700 }),
        fc.constantFrom('R', '8', '11', '13', 'X'),
        (start, later, yearGroup) => {
          const lastDay = plusDays(day('2016-09-01'), start)
          const today = plusDays(lastDay, later)
          expect(lastDay >= earliestLastDay(today, yearGroup)).toBe(today <= tailEnd(lastDay, yearGroup))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('follows a council’s own calendar', () => {
    const own: Calendar = (year) =>
      defaultCalendar(year).map((term) =>
        term.term === 'spring'
          ? { ...term, firstDay: day(`${year + 1}-01-06`), isDefault: false }
          : term.term === 'autumn'
            ? { ...term, lastDay: day(`${year + 1}-01-05`), isDefault: false }
            : term,
      )
    expect(termOf(day('2026-01-05'), own).term).toBe('autumn')
    expect(earliestLastDay(day('2026-01-05'), '8', own)).toBe('2025-04-21')
    expect(earliestLastDay(day('2026-01-06'), '8', own)).toBe('2025-09-01')
  })
})

describe('a cut-off date', () => {
  test('counts weekdays after the as-at date', () => {
    expect(cutOffDate(day('2026-07-03'), { weekdaysAfter: 1 }).date).toBe('2026-07-06')
    expect(cutOffDate(day('2026-07-03'), { weekdaysAfter: 5 }).date).toBe('2026-07-10')
    expect(cutOffDate(day('2026-07-03'), { weekdaysAfter: 0 }).date).toBe('2026-07-03')
    expect(cutOffDate(day('2026-07-04'), { weekdaysAfter: 1 }).date).toBe('2026-07-06')
    expect(cutOffDate(day('2025-12-31'), { weekdaysAfter: 3 }).date).toBe('2026-01-05')
  })

  test('or is the day the council names, and says which', () => {
    expect(cutOffDate(day('2026-07-03'), { date: day('2026-07-12') })).toEqual({
      date: '2026-07-12',
      because: 'date_set_by_council',
      parameters: {},
    })
    const { because, parameters } = cutOffDate(day('2026-07-03'), { weekdaysAfter: 3 })
    expect(cutOffWords[because](parameters)).toBe('3 weekdays after the as-at date, 3 July 2026.')
  })
})
