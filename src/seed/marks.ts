import type { MarksRow } from '../../connectors/attendance-marks/rows.ts'
import type { RouteRhythm, RouteWay } from '../domain/attendance/route.ts'
import { isUsualSchoolDay } from '../domain/attendance/usual-year.ts'
import { mondayOf, type SessionMark, weekOf } from '../domain/attendance/week.ts'
import { academicYearOf, type Instant, type PlainDate, plainDate, plusDays, todayInLondon } from '../domain/dates.ts'
import type { Runtime } from '../runtime.ts'
import { addRouteLine } from '../store/attendance-routes.ts'
import { schoolByUrn } from '../store/schools.ts'
import type { DemoChild } from './demo-children.ts'
import { type Random, randomFrom } from './random.ts'
import { bringInMarks, habitOf, registerRow, weekOfChild } from './register.ts'

type Placed = {
  readonly child: DemoChild
  readonly urn: string
  readonly week: number
  readonly marks: readonly SessionMark[]
}

/** Every week of each child at each school it is known to be at, from a day to a day. */
const weeksOf = (children: readonly DemoChild[], from: PlainDate, to: PlainDate, random: Random): readonly Placed[] =>
  children.flatMap((child) => {
    const habit = habitOf(child.forename, random)
    return child.places
      .filter(({ confirmed }) => confirmed)
      .flatMap((place): Placed[] => {
        const weeks: Placed[] = []
        const part = place.status === 'M' ? 'main' : place.status === 'S' ? 'other' : 'only'
        for (let week = weekOf(from); week <= weekOf(to); week += 1) {
          const monday = mondayOf(week)
          const days = Array.from({ length: 5 }, (_, at) => plusDays(monday, at)).filter(
            (day) =>
              isUsualSchoolDay(day) &&
              day >= from &&
              day <= to &&
              day >= place.firstDay &&
              (place.lastDay === null || day <= place.lastDay),
          )
          const marks = weekOfChild(days, habit, random, part)
          if (marks.length > 0) weeks.push({ child, urn: place.urn, week, marks })
        }
        return weeks
      })
  })

const rowsOf = (weeks: readonly Placed[], ofCouncil: boolean): readonly MarksRow[] =>
  weeks.map(({ child, urn, marks }, at) =>
    registerRow(at + 2, { upn: child.upn ?? '', reference: ofCouncil ? child.reference : '' }, urn, marks),
  )

/** The school that has a register feed of its own; every other comes through a contractor. */
const ownFeed = '900001'
/** The school whose marks stopped coming, and the day of it, counted back from today. */
const stopped = { urn: '900007', days: 24 }

const routes: readonly {
  readonly urn: string
  readonly how: RouteWay
  readonly every: RouteRhythm
  readonly usualDelay: number
  readonly reason: string
}[] = [
  { urn: ownFeed, how: 'feed', every: 'daily', usualDelay: 1, reason: 'Its system sends the register overnight' },
  { urn: '900002', how: 'file', every: 'weekly', usualDelay: 3, reason: 'The contractor calls and sends a file' },
  { urn: '900004', how: 'file', every: 'weekly', usualDelay: 3, reason: 'The contractor calls and sends a file' },
  { urn: stopped.urn, how: 'file', every: 'weekly', usualDelay: 3, reason: 'The contractor calls and sends a file' },
  { urn: '900008', how: 'phone', every: 'weekly', usualDelay: 4, reason: 'No system that exports' },
  { urn: '900014', how: 'form', every: 'termly', usualDelay: 14, reason: 'A college types its weeks in' },
]

/**
 * One academic year of fictional marks up to yesterday: a school's own register, a contractor's weekly files, one of
 * which changes what the one before it said, and how each comes.
 */
export const seedMarks = async (
  runtime: Runtime,
  council: { readonly laCode: string; readonly number: number },
  children: readonly DemoChild[],
  feed: { readonly by: number; readonly virtualSchools: readonly number[] } | null,
  at: (moment: Instant) => Runtime,
): Promise<void> => {
  const now = runtime.now()
  const today = todayInLondon(now)
  const random = randomFrom(Number(council.laCode))
  const yesterday = plusDays(today, -1)
  const yearBegan = plainDate(`${academicYearOf(today)}-09-01`)
  const from = plainDate(`${academicYearOf(today) - 1}-09-01`)
  const here = children.filter(({ careEnd }) => careEnd === null)
  const weeks = weeksOf(here, from, yesterday, random)
  const own = weeks.filter(({ urn }) => urn === ownFeed)
  const stops = plusDays(today, -stopped.days)
  const collected = weeks
    .filter(({ urn }) => urn !== ownFeed)
    .flatMap((one): Placed[] => {
      if (one.urn !== stopped.urn) return [one]
      const marks = one.marks.filter(({ day }) => day <= stops)
      return marks.length > 0 ? [{ ...one, marks }] : []
    })
  const contractor = { from: { kind: 'council', virtualSchool: council.number }, by: null, via: 'seed' } as const
  const before = collected.filter(({ week }) => mondayOf(week) < yearBegan)
  const since = collected.filter(({ week }) => mondayOf(week) >= yearBegan)
  await bringInMarks(
    at(`${yearBegan}T07:00:00.000Z` as Instant),
    `looked-after-calls-${yearBegan.slice(0, 4)}.csv`,
    [rowsOf(before, true)],
    contractor,
  )
  const lastWeek = weekOf(today) - 1
  // Reported first without a reason, and known the week after.
  const asFirstSaid = since
    .filter(({ week }) => week <= lastWeek)
    .map((one) =>
      one.week < lastWeek - 1
        ? one
        : { ...one, marks: one.marks.map((mark) => (mark.code === 'I' ? { ...mark, code: 'N' } : mark)) },
    )
  const sent = `${plusDays(mondayOf(lastWeek), 4)}T16:00:00.000Z` as Instant
  const earlier = sent < now ? at(sent) : runtime
  await bringInMarks(earlier, 'looked-after-calls-autumn.csv', [rowsOf(asFirstSaid, true)], contractor)
  const newest = since.filter(({ week }) => week >= lastWeek - 1)
  await bringInMarks(runtime, `looked-after-calls-${mondayOf(lastWeek + 1)}.csv`, [rowsOf(newest, true)], contractor)
  if (feed) {
    const school = await schoolByUrn(runtime.db.query, today, ownFeed)
    if (school)
      await bringInMarks(runtime, 'ellerwick-register.csv', [rowsOf(own, false)], {
        from: { kind: 'school', school: school.number, virtualSchools: feed.virtualSchools },
        by: feed.by,
        via: 'seed',
      })
  }
  for (const { urn, ...line } of routes) {
    const school = await schoolByUrn(runtime.db.query, today, urn)
    if (!school || !here.some(({ places }) => places.some((place) => place.urn === urn))) continue
    await runtime.db.commit([
      addRouteLine(council.number, { ...line, school: school.number, sequence: 1, since: from, at: now }, null),
    ])
  }
}
