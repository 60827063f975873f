import type { MarksRow } from '../../connectors/attendance-marks/rows.ts'
import { isUsualSchoolDay } from '../domain/attendance/usual-year.ts'
import { mondayOf, weekOf } from '../domain/attendance/week.ts'
import { type Instant, type PlainDate, plusDays, todayInLondon } from '../domain/dates.ts'
import type { Runtime } from '../runtime.ts'
import { addRouteLine } from '../store/attendance-routes.ts'
import { type SeedChild, type SeedProgress, type SeedSchool, schoolsOf, seedCouncils } from './councils.ts'
import { seedDemo } from './demo.ts'
import { type Random, randomFrom } from './random.ts'
import { bringInMarks, habitOf, registerRow, weekOfChild } from './register.ts'

const beginnings = ['Alder', 'Bracken', 'Carrow', 'Dun', 'Esker', 'Fallow', 'Gorse', 'Harrow', 'Ingle', 'Juniper']
const endings = [
  ...['wick', 'moor', 'dale', 'marsh', 'by', 'mere', 'hithe', 'fen'],
  ...['beck', 'combe', 'stow', 'ness', 'worth', 'holme', 'gate'],
]

/** With the demo's four there are 153 virtual schools, and with its sixty children they look after 80,000. */
const others = 149
const children = 79_940

const councils = Array.from({ length: others }, (_, index) => ({
  // No authority has a code from 401 to 549 but the Isles of Scilly, 420.
  laCode: String(index < 19 ? 401 + index : 402 + index),
  name: `${beginnings[index % beginnings.length]}${endings[Math.floor(index / beginnings.length)]}`,
  pupils: Math.floor(children / others) + (index < children % others ? 1 : 0),
}))

const schools = schoolsOf(councils, 16, 920_000)

/** A child away from home goes to school in one of the four councils that come next. */
const neighboursOf = (): ReadonlyMap<string, readonly SeedSchool[]> => {
  const areas = councils.map(({ laCode }) => schools.filter((school) => school.laCode === laCode))
  return new Map(
    councils.map(({ laCode }, index) => [
      laCode,
      [1, 2, 3, 4].flatMap((steps) => areas[(index + steps) % areas.length] ?? []),
    ]),
  )
}

type SchoolWeek = { readonly monday: PlainDate; readonly days: readonly PlainDate[] }

/** The weeks of a year up to yesterday in which schools usually are open, with their days. */
const weeksUpTo = (today: PlainDate): readonly SchoolWeek[] => {
  const weeks: SchoolWeek[] = []
  for (let week = weekOf(plusDays(today, -364)); week <= weekOf(plusDays(today, -1)); week += 1) {
    const monday = mondayOf(week)
    const days = [0, 1, 2, 3, 4]
      .map((day) => plusDays(monday, day))
      .filter((day) => isUsualSchoolDay(day) && day < today)
    if (days.length > 0) weeks.push({ monday, days })
  }
  return weeks
}

/** A contractor's weekly lists of some weeks, a child at a time. */
function* registersOf(
  placed: readonly SeedChild[],
  weeks: readonly SchoolWeek[],
  random: Random,
): Generator<readonly MarksRow[], void> {
  let line = 1
  for (const child of placed) {
    const habit = habitOf(child.reference, random)
    yield weeks.map(({ days }) => {
      line += 1
      return registerRow(line, child, child.school.urn, weekOfChild(days, habit, random, 'only'))
    })
  }
}

/** Thirteen weeks a file, as a contractor's term is. */
const weeksAFile = 13

const bringInYear = async (runtime: Runtime, virtualSchool: number, placed: readonly SeedChild[], random: Random) => {
  const now = runtime.now()
  const weeks = weeksUpTo(todayInLondon(now))
  for (let at = 0; at < weeks.length; at += weeksAFile) {
    const some = weeks.slice(at, at + weeksAFile)
    const last = some.at(-1)?.monday
    const sent = last && (`${plusDays(last, 4)}T16:00:00.000Z` as Instant)
    await bringInMarks(
      sent && sent < now ? { ...runtime, now: () => sent } : runtime,
      `looked-after-calls-${some[0]?.monday}.csv`,
      registersOf(placed, some, random),
      { from: { kind: 'council', virtualSchool }, by: null, via: 'seed' },
    )
  }
}

const addRoutes = async (runtime: Runtime, virtualSchool: number, placed: readonly SeedChild[]) => {
  const { db } = runtime
  const at = runtime.now()
  const urns = [...new Set(placed.map(({ school }) => school.urn))].sort()
  const numbers = await db.query.selectFrom('school').select('number').where('first_urn', 'in', urns).execute()
  const line = { sequence: 1, how: 'file', every: 'weekly', usualDelay: 3, at } as const
  const since = plusDays(todayInLondon(at), -400)
  const reason = 'The contractor calls and sends a file'
  await db.commit(
    numbers.map(({ number }) => addRouteLine(virtualSchool, { ...line, school: number, since, reason }, null)),
  )
}

/**
 * Fills an empty store with the demo and, beside it, 149 more councils with 79,940 children at 2,384 schools: a round of
 * this term open in each, the returns of four schools in a hundred, and each child's session marks of a year up to
 * yesterday, as a contractor sends them: about 30 million. Fictional, and the same for the same seed and day.
 */
export const seedNation = async (
  runtime: Runtime,
  seed = 1,
  progress: SeedProgress = () => undefined,
): Promise<void> => {
  await seedDemo(runtime, seed)
  const random = randomFrom(seed + 2)
  const neighbours = neighboursOf()
  const away = (laCode: string, phase: string) =>
    (neighbours.get(laCode) ?? []).filter((school) => school.phase === phase)
  const plan = { councils, schools, away, atSchoolFor: [370, 1000], inCareFor: [370, 1500], sent: 4 } as const
  await seedCouncils(runtime, plan, random, progress, async (number, placed) => {
    await addRoutes(runtime, number, placed)
    await bringInYear(runtime, number, placed, random)
  })
}
