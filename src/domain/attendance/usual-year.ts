import { firstDayOfTerm } from '../calendar.ts'
import { academicYearOf, type PlainDate, plainDate, plusDays } from '../dates.ts'
import { mondayOf, weekOf } from './week.ts'

/**
 * The school weeks of a usual year in England and Wales, where a school's own dates are not known: what a picture of a
 * year leaves room for and a projection counts on. It never says that a mark is missing.
 */
export const usualYearSource =
  'Usual school weeks: all but a week in October, February and at the end of May, two at Christmas and two at Easter, from September to the week of 21 July'

type Usual = { readonly first: PlainDate; readonly last: PlainDate; readonly holidays: ReadonlySet<number> }

const known = new Map<number, Usual>()

const weekday = (day: PlainDate): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** The last Monday of May: the spring bank holiday. */
const springHoliday = (year: number): PlainDate => {
  const last = plainDate(`${year}-05-31`)
  return plusDays(last, -((weekday(last) + 6) % 7))
}

const usualYear = (academicYear: number): Usual => {
  const found = known.get(academicYear)
  if (found) return found
  const next = academicYear + 1
  const easterMonday = weekOf(firstDayOfTerm(academicYear, 'summer'))
  const christmas = weekOf(plainDate(`${academicYear}-12-25`))
  const usual = {
    first: plainDate(`${academicYear}-09-02`),
    last: plusDays(mondayOf(weekOf(plainDate(`${next}-07-21`))), 4),
    holidays: new Set([
      weekOf(plainDate(`${academicYear}-10-28`)),
      christmas,
      christmas + 1,
      weekOf(plainDate(`${next}-02-17`)),
      easterMonday - 1,
      easterMonday,
      weekOf(springHoliday(next)),
    ]),
  }
  known.set(academicYear, usual)
  return usual
}

/** Whether schools are usually open on a day. Bank holidays within school weeks are not known here. */
export const isUsualSchoolDay = (day: PlainDate): boolean => {
  const { first, last, holidays } = usualYear(academicYearOf(day))
  return day >= first && day <= last && weekday(day) % 6 !== 0 && !holidays.has(weekOf(day))
}

/** The first usual school day after a day. */
export const nextUsualSchoolDay = (after: PlainDate): PlainDate => {
  let day = plusDays(after, 1)
  while (!isUsualSchoolDay(day)) day = plusDays(day, 1)
  return day
}

/** How many sessions usually follow a day in its academic year: two for each school day. */
export const usualSessionsAfter = (after: PlainDate): number => {
  const end = plainDate(`${academicYearOf(after) + 1}-08-31`)
  let sessions = 0
  for (let day = plusDays(after, 1); day <= end; day = plusDays(day, 1)) if (isUsualSchoolDay(day)) sessions += 2
  return sessions
}
