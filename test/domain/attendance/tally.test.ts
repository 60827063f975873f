import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absenceBand,
  absentOf,
  attendedOf,
  byTerm,
  byWeek,
  emptyTally,
  fewSessions,
  isSmallBase,
  marksOf,
  oneASession,
  perThousand,
  possibleOf,
  reaches,
  type SchoolMark,
  sumTallies,
  tallyMarks,
  weekTallier,
  whileOnRoll,
} from '../../../src/domain/attendance/tally.ts'
import { packWeek, type Session } from '../../../src/domain/attendance/week.ts'
import { type PlainDate, plainDate, plusDays } from '../../../src/domain/dates.ts'

const mark = (day: string, session: Session, code: string, school = 1): SchoolMark => ({
  day: plainDate(day),
  session,
  code,
  school,
  country: 'England',
})
const tally = (said: Partial<typeof emptyTally>) => ({ ...emptyTally, ...said })
const anyCode = fc.constantFrom(...'/ \\ L K V B D C C1 C2 E I J J1 M N O U X X01 Y Y3 Z # - * ? H'.split(' '))
const anyDay = fc.integer({ min: -400, max: 400 }).map((days) => plusDays('2024-08-19' as PlainDate, days))
const anyMark: fc.Arbitrary<SchoolMark> = fc.record({
  day: anyDay,
  session: fc.constantFrom('AM' as const, 'PM' as const),
  code: anyCode,
  school: fc.integer({ min: 1, max: 3 }),
  country: fc.constantFrom('England', 'Wales'),
})

describe('a tally', () => {
  it('is attended of possible, what is not entered, not possible and not known in no base', () => {
    const marks = ['/', 'L', 'B', 'I', 'N', 'X', '', '?'].map((code, at) =>
      mark(`2026-09-${String(7 + at).padStart(2, '0')}`, 'AM', code),
    )
    const sum = tallyMarks(marks)
    expect([attendedOf(sum), possibleOf(sum), absentOf(sum), sum.late]).toEqual([3, 5, 2, 1])
    expect([sum.not_possible, sum.not_entered, sum.unknown]).toEqual([1, 1, 1])
  })

  it('counts each session of a child once, and what another school says before that it is registered there', () => {
    const dual = [mark('2026-09-07', 'AM', 'D', 1), mark('2026-09-07', 'AM', 'O', 2), mark('2026-09-07', 'PM', 'D', 1)]
    for (const marks of [dual, dual.toReversed()]) {
      expect(tallyMarks(marks)).toEqual(tally({ unauthorised: 1, not_possible: 1 }))
    }
    // Then such a mark counted as attending; of one session there is still one.
    const old = [mark('2024-07-01', 'AM', 'D', 1), mark('2024-07-01', 'AM', 'O', 2)]
    expect(tallyMarks(old)).toEqual(tally({ unauthorised: 1 }))
    expect(tallyMarks(old.slice(0, 1))).toEqual(tally({ educated_elsewhere: 1 }))
  })

  it('of sums over schools is the sum of sessions, not the mean of percentages', () => {
    const sum = sumTallies([tally({ present: 180, authorised: 10 }), tally({ present: 20, authorised: 20 })])
    expect(perThousand(attendedOf(sum), possibleOf(sum))).toBe(870)
  })

  it('has no share of nothing, and rounds half up', () => {
    expect(perThousand(0, 0)).toBeUndefined()
    expect(perThousand(326, 352)).toBe(926)
    expect(perThousand(1, 16)).toBe(63)
    expect(reaches(949, 1000, 95)).toBe(false)
    expect(reaches(19, 20, 95)).toBe(true)
  })

  it('is persistent at a tenth and severe at a half, and neither of nothing', () => {
    expect(absenceBand(tally({ not_possible: 20 }))).toBeUndefined()
    expect(absenceBand(tally({ present: 342, authorised: 38 }))).toBe('persistent')
    expect(absenceBand(tally({ present: 343, authorised: 37 }))).toBe('below')
    expect(absenceBand(tally({ present: 10, authorised: 4, unauthorised: 6 }))).toBe('severe')
    expect(absenceBand(tally({ present: 11, unauthorised: 9 }))).toBe('persistent')
  })

  it('says when it rests on few sessions', () => {
    expect(isSmallBase(tally({ present: fewSessions - 1 }))).toBe(true)
    expect(isSmallBase(tally({ present: fewSessions }))).toBe(false)
  })

  it('counts a leaver only while on roll at the school that made the mark', () => {
    const marks = [
      mark('2026-09-07', 'AM', '/', 1),
      mark('2026-10-01', 'AM', '/', 1),
      mark('2026-10-02', 'AM', 'O', 1),
      mark('2026-10-02', 'AM', '/', 2),
    ]
    const places = [
      { school: 1, firstDay: plainDate('2026-09-01'), lastDay: plainDate('2026-10-01') },
      { school: 2, firstDay: plainDate('2026-10-02'), lastDay: null },
    ]
    expect(tallyMarks(whileOnRoll(marks, places))).toEqual(tally({ present: 3 }))
  })

  it('falls into terms in their order, a week over New Year in two', () => {
    const marks = [mark('2026-12-31', 'AM', '/'), mark('2027-01-01', 'AM', 'I'), mark('2026-09-02', 'AM', '/')]
    expect(byTerm(marks).map(({ term, tally: sum }) => [term.term, attendedOf(sum), possibleOf(sum)])).toEqual([
      ['autumn', 2, 2],
      ['spring', 0, 1],
    ])
    expect([...byWeek(marks).values()].map(possibleOf)).toEqual([2, 1])
  })
})

describe('by properties', () => {
  it('parts add up: by week, by term and in any order', () => {
    fc.assert(
      fc.property(fc.array(anyMark, { maxLength: 80 }), (marks) => {
        const one = oneASession(marks)
        const sum = tallyMarks(marks)
        expect(sumTallies(byWeek(marks).values())).toEqual(sum)
        expect(sumTallies(byTerm(marks).map((term) => term.tally))).toEqual(sum)
        const { late, ...classes } = sum
        expect(Object.values(classes).reduce((total, count) => total + count, 0)).toBe(one.length)
        expect(late).toBeLessThanOrEqual(sum.present)
      }),
    )
  })

  it('a packed week counts as its marks do, whole or cut, over a change of the table', () => {
    const anyWeek = fc.integer({ min: 2840, max: 2860 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyWeek, fc.array(anyCode, { maxLength: 14 }), fc.integer({ min: 1, max: 2 })), {
          maxLength: 12,
        }),
        anyDay,
        fc.integer({ min: 0, max: 60 }),
        (said, from, length) => {
          const days = { from, to: plusDays(from, length) }
          const places = [{ school: 1, firstDay: plusDays(from, 3), lastDay: null }]
          const of = weekTallier()
          for (const [week, codes, school] of said) {
            const packed = { week, school, country: 'England', marks: packWeek(codes) }
            const inDays = marksOf([packed]).filter(({ day }) => days.from <= day && day <= days.to)
            expect(of(packed, days)).toEqual(tallyMarks(inDays))
            expect(of(packed, days, places)).toEqual(tallyMarks(whileOnRoll(inDays, places)))
          }
        },
      ),
    )
  })
})
