import { expect, test } from 'vitest'
import { marksCover } from '../../../src/domain/attendance/covers.ts'
import { weekOf } from '../../../src/domain/attendance/week.ts'
import { plainDate } from '../../../src/domain/dates.ts'

const span = (first: string, last: string) => ({ first: weekOf(plainDate(first)), last: weekOf(plainDate(last)) })
const [longAgo, asAt] = [plainDate('2024-09-01'), plainDate('2026-11-20')]

test('marks cover a return where they begin with the year or the place and reach the day it is as at', () => {
  expect(marksCover(span('2026-09-07', '2026-11-20'), longAgo, asAt)).toBe(true)
  expect(marksCover(span('2026-09-14', '2026-11-06'), longAgo, asAt)).toBe(true)
  expect(marksCover(span('2026-10-05', '2026-11-20'), longAgo, asAt)).toBe(false)
  expect(marksCover(span('2026-09-07', '2026-10-30'), longAgo, asAt)).toBe(false)
  expect(marksCover(span('2026-10-05', '2026-11-20'), plainDate('2026-10-01'), asAt)).toBe(true)
})

test('nothing is covered before there was a school day, and a holiday is waited for by nobody', () => {
  expect(marksCover(span('2026-09-07', '2026-09-07'), longAgo, plainDate('2026-09-01'))).toBe(false)
  expect(marksCover(span('2026-09-07', '2027-07-16'), longAgo, plainDate('2027-08-31'))).toBe(true)
})
