import { academicYearOf, type PlainDate, plainDate, plusDays } from '../dates.ts'
import { isUsualSchoolDay, nextUsualSchoolDay } from './usual-year.ts'
import { weekOf } from './week.ts'

/** The first and last week of an academic year in which a school's register has marks of a pupil. */
export type MarkedSpan = { readonly first: number; readonly last: number }

/** Weeks at either end in which marks may be missing: a school's own holidays, and marks that are on their way. */
export const weeksOfGrace = 2

/**
 * Whether a register's marks span what a return asks sessions of: from the day a year or a place began to the day it is
 * as at. Then the sums of the marks answer it, and nobody types them.
 */
export const marksCover = (span: MarkedSpan, placeBegan: PlainDate, asAt: PlainDate): boolean => {
  const yearBegan = plainDate(`${academicYearOf(asAt)}-09-01`)
  const from = placeBegan > yearBegan ? placeBegan : yearBegan
  const firstDay = nextUsualSchoolDay(plusDays(from, -1))
  let lastDay = asAt
  while (lastDay >= firstDay && !isUsualSchoolDay(lastDay)) lastDay = plusDays(lastDay, -1)
  if (lastDay < firstDay) return false
  return span.first <= weekOf(firstDay) + weeksOfGrace && span.last >= weekOf(lastDay) - weeksOfGrace
}
