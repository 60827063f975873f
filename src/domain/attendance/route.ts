import { termOf } from '../calendar.ts'
import { type PlainDate, plusDays } from '../dates.ts'
import { isUsualSchoolDay, nextUsualSchoolDay } from './usual-year.ts'
import { mondayOf, weekOf } from './week.ts'

/** How a school's attendance comes to a virtual school. */
export const routeWays = ['feed', 'file', 'form', 'phone'] as const
export type RouteWay = (typeof routeWays)[number]

/** How often it comes. */
export const routeRhythms = ['daily', 'weekly', 'termly'] as const
export type RouteRhythm = (typeof routeRhythms)[number]

/** How one school's attendance comes, since a day, until it is changed. */
export type AttendanceRoute = {
  readonly how: RouteWay
  readonly since: PlainDate
  readonly every: RouteRhythm
  /** Days between the end of a day, week or term and its marks, as they usually come. */
  readonly usualDelay: number
}

/** `silent` is later than any usual lateness; `not_due_yet` is missing but was not to be expected before today. */
export type RouteState = 'up_to_date' | 'not_due_yet' | 'due' | 'silent'

/** Where a route stands. */
export type RouteStanding = {
  readonly state: RouteState
  /** The first usual school day of which nothing has come. */
  readonly missingFrom: PlainDate
  /** The day by which the marks of that day usually come. */
  readonly due: PlainDate
}

/** Days past its due day after which a route counts as silent: time for a holiday of the school's own, or for a call. */
export const silentAfter: Readonly<Record<RouteRhythm, number>> = { daily: 5, weekly: 7, termly: 14 }

const periodEnd = (day: PlainDate, every: RouteRhythm): PlainDate => {
  if (every === 'daily') return day
  if (every === 'weekly') return plusDays(mondayOf(weekOf(day)), 4)
  let last = termOf(day).lastDay
  while (last > day && !isUsualSchoolDay(last)) last = plusDays(last, -1)
  return last
}

/**
 * Where a route stands today, by the newest day that it has brought marks of. A school's holidays are not known: days
 * outside the usual school weeks are not waited for.
 */
export const routeStanding = (route: AttendanceRoute, newest: PlainDate | null, today: PlainDate): RouteStanding => {
  const dayBefore = plusDays(route.since, -1)
  const missingFrom = nextUsualSchoolDay(newest !== null && newest > dayBefore ? newest : dayBefore)
  const end = periodEnd(missingFrom, route.every)
  const due = plusDays(end, route.usualDelay)
  if (today <= end) return { state: newest === null ? 'not_due_yet' : 'up_to_date', missingFrom, due }
  if (today < due) return { state: 'not_due_yet', missingFrom, due }
  return { state: today <= plusDays(due, silentAfter[route.every]) ? 'due' : 'silent', missingFrom, due }
}
