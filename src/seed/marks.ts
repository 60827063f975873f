import type { MarksRead, MarksRow } from '../../connectors/attendance-marks/rows.ts'
import type { RouteRhythm, RouteWay } from '../domain/attendance/route.ts'
import { isUsualSchoolDay } from '../domain/attendance/usual-year.ts'
import { mondayOf, type SessionMark, weekOf } from '../domain/attendance/week.ts'
import { academicYearOf, type Instant, type PlainDate, plainDate, plusDays, todayInLondon } from '../domain/dates.ts'
import type { MarksSender } from '../intake/marks-sender.ts'
import { publishImports } from '../intake/publish.ts'
import { receiveMarks } from '../intake/receive-marks.ts'
import type { Runtime } from '../runtime.ts'
import { addRouteLine } from '../store/attendance-routes.ts'
import { schoolByUrn } from '../store/schools.ts'
import type { DemoChild } from './demo-children.ts'
import { type Random, randomFrom } from './random.ts'

/** How a fictional child attends: out of a hundred sessions, and how often on a Friday afternoon. */
type Habit = { readonly ill: number; readonly away: number; readonly late: number; readonly fridays: number }

const habitOf = (forename: string, random: Random): Habit => {
  const turn = random()
  if (forename === 'Amara') return { ill: 0.02, away: 0, late: 0.02, fridays: 0.4 }
  if (turn < 0.06) return { ill: 0.1, away: 0.5, late: 0.02, fridays: 0.1 }
  if (turn < 0.24) return { ill: 0.05, away: 0.08, late: 0.05, fridays: 0.05 }
  return { ill: 0.025, away: 0.004, late: 0.02, fridays: 0 }
}

const present = { AM: '/', PM: '\\' } as const

/** The register of one child in one week at a school: ill for days on end, away for sessions. */
const weekOfChild = (
  days: readonly PlainDate[],
  habit: Habit,
  random: Random,
  part: 'only' | 'main' | 'other',
): readonly SessionMark[] => {
  const illFrom = random() < habit.ill * 4 ? Math.floor(random() * 5) : 9
  const trip = random() < 0.02
  return days.flatMap((day) =>
    (['AM', 'PM'] as const).map((session): SessionMark => {
      const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
      const draws = [random(), random()] as const
      // At two schools: the first two days at the other one.
      if (part !== 'only' && weekday < 2 === (part === 'main')) return { day, session, code: 'D' }
      if (weekday >= illFrom && weekday <= illFrom + 2) return { day, session, code: 'I' }
      if (weekday === 4 && session === 'PM' && draws[0] < habit.fridays) return { day, session, code: 'O' }
      if (draws[0] < habit.away) return { day, session, code: draws[1] < 0.6 ? 'O' : 'C' }
      if (trip && weekday === 2) return { day, session, code: 'V' }
      if (draws[0] > 0.995) return { day, session, code: 'M' }
      if (session === 'AM' && draws[1] < habit.late) return { day, session, code: 'L' }
      return { day, session, code: present[session] }
    }),
  )
}

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
  weeks.map(({ child, urn, marks }, at) => ({
    number: at + 2,
    upn: child.upn ?? '',
    reference: ofCouncil ? child.reference : '',
    surname: '',
    forename: '',
    born: '',
    school: urn,
    marks,
    findings: [],
    kept: '',
  }))

const bring = async (runtime: Runtime, name: string, rows: readonly MarksRow[], sender: MarksSender) => {
  if (rows.length === 0) return
  async function* pieces(): AsyncGenerator<MarksRead, void> {
    yield { outcome: 'read', rows, grain: 'week', notRead: [] }
  }
  const file = { name, sha256: '', bytes: 0, layout: null, copied: false }
  const received = await receiveMarks(runtime, file, pieces(), sender)
  if (received.outcome === 'refused') throw new Error(`seed file ${name}: ${received.finding.code}`)
  const parts = await runtime.db.query
    .selectFrom('import')
    .select(['id', 'number', 'virtual_school_number as virtualSchool'])
    .where('id', 'in', [...received.imports])
    .execute()
  await publishImports(
    runtime,
    parts.map((part) => ({ ...part, by: sender.by, part: 'seed' })),
  )
}

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
  await bring(
    at(`${yearBegan}T07:00:00.000Z` as Instant),
    `looked-after-calls-${yearBegan.slice(0, 4)}.csv`,
    rowsOf(before, true),
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
  await bring(earlier, 'looked-after-calls-autumn.csv', rowsOf(asFirstSaid, true), contractor)
  await bring(
    runtime,
    `looked-after-calls-${mondayOf(lastWeek + 1)}.csv`,
    rowsOf(
      since.filter(({ week }) => week >= lastWeek - 1),
      true,
    ),
    contractor,
  )
  if (feed) {
    const school = await schoolByUrn(runtime.db.query, today, ownFeed)
    if (school)
      await bring(runtime, 'ellerwick-register.csv', rowsOf(own, false), {
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
