import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttendanceRoute, routeRhythms, routeStanding, silentAfter } from '../../../src/domain/attendance/route.ts'
import { plainDate, plusDays } from '../../../src/domain/dates.ts'

const day = plainDate
const route = (said: Partial<AttendanceRoute>): AttendanceRoute => ({
  how: 'feed',
  since: day('2026-09-01'),
  every: 'daily',
  usualDelay: 1,
  ...said,
})
const standing = (said: Partial<AttendanceRoute>, newest: string | null, today: string) =>
  routeStanding(route(said), newest === null ? null : day(newest), day(today)).state

describe('a route', () => {
  it('that comes daily is up to date, not due yet, due and then silent', () => {
    expect(standing({}, '2026-11-25', '2026-11-26')).toBe('up_to_date')
    expect(standing({ usualDelay: 2 }, '2026-11-24', '2026-11-26')).toBe('not_due_yet')
    expect(standing({}, '2026-11-24', '2026-11-26')).toBe('due')
    expect(standing({}, '2026-11-18', '2026-11-26')).toBe('silent')
  })

  it('that comes weekly is asked for after the week, and termly after the term', () => {
    const weekly = { every: 'weekly', usualDelay: 3 } as const
    expect(standing(weekly, '2026-11-20', '2026-11-26')).toBe('up_to_date')
    expect(standing(weekly, '2026-11-20', '2026-11-28')).toBe('not_due_yet')
    expect(standing(weekly, '2026-11-20', '2026-11-30')).toBe('due')
    expect(standing(weekly, '2026-11-13', '2026-12-02')).toBe('silent')
    const termly = { every: 'termly', usualDelay: 14 } as const
    expect(standing(termly, null, '2026-11-26')).toBe('not_due_yet')
    expect(standing(termly, '2026-07-17', '2026-11-26')).toBe('up_to_date')
    expect(standing(termly, '2026-07-17', '2026-12-20')).toBe('not_due_yet')
    expect(standing(termly, '2026-07-17', '2027-01-04')).toBe('due')
    expect(standing(termly, '2026-07-17', '2027-01-20')).toBe('silent')
  })

  it('is not silent over the usual holidays', () => {
    expect(standing({}, '2026-10-23', '2026-11-01')).toBe('up_to_date')
    expect(standing({}, '2026-12-18', '2027-01-03')).toBe('up_to_date')
  })

  it('is counted from its own first day, whatever came before', () => {
    expect(standing({ since: day('2026-11-26') }, '2026-09-04', '2026-11-26')).toBe('up_to_date')
    expect(standing({ since: day('2026-11-26') }, null, '2026-11-26')).toBe('not_due_yet')
  })

  it('never goes back towards up to date as days pass with nothing new', () => {
    const order = ['up_to_date', 'not_due_yet', 'due', 'silent']
    fc.assert(
      fc.property(fc.constantFrom(...routeRhythms), fc.nat(20), fc.nat(300), (every, usualDelay, days) => {
        const newest = plusDays(day('2026-09-01'), days)
        let last = 0
        for (let ahead = 0; ahead < 160; ahead += 1) {
          const today = plusDays(newest, ahead)
          const { state, due } = routeStanding(route({ every, usualDelay }), newest, today)
          expect(order.indexOf(state)).toBeGreaterThanOrEqual(last)
          last = order.indexOf(state)
          if (state === 'silent') expect(today > plusDays(due, silentAfter[every])).toBe(true)
        }
      }),
    )
  })
})
