import { scopeFor } from '../access/scope.ts'
import { type Benchmark, benchmarkOn, hasBenchmark } from '../domain/attendance/benchmark.ts'
import {
  absenceBand,
  attendedOf,
  type Days,
  emptyTally,
  isSmallBase,
  type OnRoll,
  type PackedWeek,
  possibleOf,
  reaches,
  sumTallies,
  type Tally,
  weekTallier,
  yearToDate,
} from '../domain/attendance/tally.ts'
import { unpackWeek, weekOf } from '../domain/attendance/week.ts'
import { academicYearOf, type PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { type GroupFigures, keepFigures, keptFigures, keptTables, openTables } from '../store/attendance-boards.ts'
import { benchmarksOf } from '../store/attendance-routes.ts'
import { guardedPupils } from '../store/boards.ts'
import {
  type CohortPupil,
  type CohortTotal,
  cohortPupils,
  confirmedPlaces,
  marksOfCohort,
  totalsOfCohort,
} from '../store/cohort-marks.ts'
import { Conflict, type Query } from '../store/db.ts'
import { virtualSchools } from '../store/schools.ts'

/** A council's attendance this year to date: all, by year group and by school. */
export type AttendanceTables = {
  readonly academicYear: number
  readonly days: Days
  readonly benchmark: Benchmark | undefined
  readonly figures: readonly GroupFigures[]
}

/** One child's tallies: of all schools together, and of each. */
type ChildTally = {
  readonly yearGroup: string
  readonly all: Tally
  readonly schools: ReadonlyMap<number, Tally>
  readonly newest: ReadonlyMap<number, PlainDate>
  /** Nothing but totals that were reported is held of the child's sessions. */
  readonly byTotals: boolean
}

/** A child as a group counts it: in all, or at one school. */
type Counted = { readonly yearGroup: string; readonly tally: Tally; readonly byTotals: boolean }

type TallyOf = ReturnType<typeof weekTallier>

const newestOf = (weeks: readonly PackedWeek[], days: Days): ReadonlyMap<number, PlainDate> => {
  const last = new Map<number, PackedWeek>()
  for (const one of weeks) if (one.week >= (last.get(one.school)?.week ?? 0)) last.set(one.school, one)
  return new Map(
    [...last].flatMap(([school, one]) => {
      const day = unpackWeek(one.week, one.marks).findLast((mark) => mark.day <= days.to)?.day
      return day ? [[school, day] as const] : []
    }),
  )
}

const childTally = (
  yearGroup: string,
  weeks: readonly PackedWeek[],
  places: readonly OnRoll[],
  days: Days,
  tallyOf: TallyOf,
): ChildTally => {
  const schools = new Map<number, Tally[]>()
  for (const week of weeks) {
    const own = schools.get(week.school)
    const tally = tallyOf(week, days, places)
    if (own) own.push(tally)
    else schools.set(week.school, [tally])
  }
  const bySchool = new Map([...schools].map(([school, tallies]) => [school, sumTallies(tallies)]))
  // The store keeps one mark a session: what schools have between them adds up.
  return {
    yearGroup,
    all: sumTallies(bySchool.values()),
    schools: bySchool,
    newest: newestOf(weeks, days),
    byTotals: false,
  }
}

const figuresOf = (
  kind: GroupFigures['kind'],
  key: string,
  children: readonly Counted[],
  benchmark: Benchmark | undefined,
  newest: PlainDate | null,
): GroupFigures => {
  const based = children.filter(({ tally }) => possibleOf(tally) > 0)
  const benchmarked = based.filter(({ yearGroup }) => hasBenchmark(yearGroup || null))
  const bands = based.map(({ tally }) => absenceBand(tally))
  return {
    kind,
    key,
    children: children.length,
    based: based.length,
    persistent: bands.filter((band) => band === 'persistent' || band === 'severe').length,
    severe: bands.filter((band) => band === 'severe').length,
    benchmarked: benchmarked.length,
    below: benchmarked.filter(
      ({ tally }) => benchmark !== undefined && !reaches(attendedOf(tally), possibleOf(tally), benchmark.percent),
    ).length,
    few: based.filter(({ tally }) => isSmallBase(tally)).length,
    tally: sumTallies(children.map(({ tally }) => tally)),
    newest,
    byTotals: children.filter(({ byTotals }) => byTotals).length,
  }
}

const grouped = <Key>(of: readonly (readonly [Key, Counted])[]) => {
  const groups = new Map<Key, Counted[]>()
  for (const [key, one] of of) {
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

const tallyOfTotal = ({ attended, authorised, unauthorised }: CohortTotal): Tally => ({
  ...emptyTally,
  ...{ present: attended, authorised, unauthorised },
})

/** Marks first: only children of whom no mark counts are counted by the latest total of each school, if there is one. */
const withTotals = async <Child extends ChildTally & { readonly pupil: number }>(
  query: Query,
  scope: Scope,
  children: readonly Child[],
  days: Days,
): Promise<readonly Child[]> => {
  const without = children.filter(({ all }) => possibleOf(all) === 0)
  const totals = await totalsOfCohort(
    query,
    scope,
    without.map(({ pupil }) => pupil),
    days.from,
    days.to,
  )
  const latestOf = new Map<number, Map<number, Tally>>()
  for (const total of totals) {
    const own = latestOf.get(total.pupil) ?? new Map<number, Tally>()
    own.set(total.school, tallyOfTotal(total))
    latestOf.set(total.pupil, own)
  }
  return children.map((child) => {
    const schools = possibleOf(child.all) === 0 ? latestOf.get(child.pupil) : undefined
    return schools ? { ...child, all: sumTallies(schools.values()), schools, byTotals: true } : child
  })
}

const latest = (days: readonly PlainDate[]): PlainDate | null => days.toSorted().at(-1) ?? null

const count = async (
  query: Query,
  scope: Scope,
  pupils: readonly CohortPupil[],
  days: Days,
  benchmark: Benchmark | undefined,
): Promise<readonly GroupFigures[]> => {
  const numbers = pupils.map(({ pupil }) => pupil)
  const [marks, places] = await Promise.all([
    marksOfCohort(query, scope, numbers, weekOf(days.from), weekOf(days.to)),
    confirmedPlaces(query, scope, numbers),
  ])
  const placesOf = new Map<number, OnRoll[]>()
  for (const { pupil, ...place } of places) {
    const own = placesOf.get(pupil)
    if (own) own.push(place)
    else placesOf.set(pupil, [place])
  }
  const tallyOf = weekTallier()
  const byMarks = pupils.map(({ pupil, yearGroup }) => ({
    pupil,
    ...childTally(yearGroup, marks.get(pupil) ?? [], placesOf.get(pupil) ?? [], days, tallyOf),
  }))
  const children = await withTotals(query, scope, byMarks, days)
  const whole = children.map(({ yearGroup, all, byTotals }) => ({ yearGroup, tally: all, byTotals }))
  const newest = new Map<number, PlainDate[]>()
  for (const child of children)
    for (const [school, day] of child.newest) newest.set(school, [...(newest.get(school) ?? []), day])
  const years = grouped(whole.map((one) => [one.yearGroup, one] as const))
  const schools = grouped(
    children.flatMap(({ yearGroup, schools: own, byTotals }) =>
      [...own].map(([school, tally]) => [school, { yearGroup, tally, byTotals }] as const),
    ),
  )
  return [
    figuresOf('all', '', whole, benchmark, latest([...newest.values()].flat())),
    ...[...years].map(([key, own]) => figuresOf('year', key, own, benchmark, null)),
    ...[...schools].map(([key, own]) =>
      figuresOf('school', String(key), own, benchmark, latest(newest.get(key) ?? [])),
    ),
  ]
}

/** The council as every officer of it sees: nobody's own, so that one count serves all of them. */
const everyOfficer = (scope: Scope, virtualSchool: number): Scope => ({
  ...scope,
  person: 0,
  part: { kind: 'council', virtualSchool, role: 'officer' },
})

const figuresForAll = async (
  runtime: Runtime,
  scope: Scope,
  virtualSchool: number,
  academicYear: number,
  days: Days,
  benchmark: Benchmark | undefined,
): Promise<readonly GroupFigures[]> => {
  const { query, commit } = runtime.db
  let kept = await keptTables(query, scope, academicYear)
  if (!kept) {
    await commit([openTables(virtualSchool, academicYear)])
    kept = await keptTables(query, scope, academicYear)
  }
  if (kept?.day === scope.today && kept.counted === kept.changes) return keptFigures(query, scope, academicYear)
  const figures = await count(query, scope, await cohortPupils(query, scope), days, benchmark)
  try {
    if (kept) await commit(keepFigures(virtualSchool, academicYear, scope.today, kept.changes, figures))
  } catch (problem) {
    // Something changed while it was counted: the next look counts again.
    if (!(problem instanceof Conflict)) throw problem
  }
  return figures
}

const plus = (one: GroupFigures | undefined, other: GroupFigures): GroupFigures =>
  one
    ? {
        ...one,
        children: one.children + other.children,
        based: one.based + other.based,
        benchmarked: one.benchmarked + other.benchmarked,
        persistent: one.persistent + other.persistent,
        severe: one.severe + other.severe,
        below: one.below + other.below,
        few: one.few + other.few,
        byTotals: one.byTotals + other.byTotals,
        tally: sumTallies([one.tally, other.tally]),
        newest: latest([one.newest, other.newest].flatMap((day) => (day ? [day] : []))),
      }
    : other

/**
 * A council's attendance tables for one viewer: what every officer sees, and the few children whose place must not be
 * disclosed and whom this viewer sees all the same, counted as they are now.
 */
export const attendanceTables = async (
  runtime: Runtime,
  scope: Scope,
  virtualSchool: number,
): Promise<AttendanceTables> => {
  const { query } = runtime.db
  const days = yearToDate(scope.today)
  const academicYear = academicYearOf(scope.today)
  const benchmark = benchmarkOn((await benchmarksOf(query, [virtualSchool])).get(virtualSchool) ?? [], scope.today)
  const forAll = await figuresForAll(
    runtime,
    everyOfficer(scope, virtualSchool),
    virtualSchool,
    academicYear,
    days,
    benchmark,
  )
  const guarded = new Set(await guardedPupils(query, scope))
  const own =
    guarded.size === 0
      ? []
      : await count(
          query,
          scope,
          (await cohortPupils(query, scope)).filter(({ pupil }) => guarded.has(pupil)),
          days,
          benchmark,
        )
  const figures = new Map(forAll.map((one) => [`${one.kind}/${one.key}`, one]))
  for (const one of own) {
    const key = `${one.kind}/${one.key}`
    figures.set(key, plus(figures.get(key), one))
  }
  return { academicYear, days, benchmark, figures: [...figures.values()] }
}

/** How many kept figures of tables counted today differ from what is counted anew: nothing, in a store that is well. */
export const tablesWrong = async (runtime: Runtime): Promise<number> => {
  const { query } = runtime.db
  let wrong = 0
  for (const { number } of await virtualSchools(query)) {
    const scope = everyOfficer(scopeFor(0, { kind: 'school' }, runtime.now()), number)
    const academicYear = academicYearOf(scope.today)
    const kept = await keptTables(query, scope, academicYear)
    if (kept?.day !== scope.today || kept.counted !== kept.changes) continue
    const benchmark = benchmarkOn((await benchmarksOf(query, [number])).get(number) ?? [], scope.today)
    const days = yearToDate(scope.today)
    const asTexts = (figures: readonly GroupFigures[]) =>
      figures.map(({ tally, ...one }) => JSON.stringify([Object.entries(one).sort(), Object.entries(tally).sort()]))
    const standing = asTexts(await keptFigures(query, scope, academicYear))
    const anew = asTexts(await count(query, scope, await cohortPupils(query, scope), days, benchmark))
    wrong += anew.filter((one) => !standing.includes(one)).length
    wrong += standing.filter((one) => !anew.includes(one)).length
  }
  return wrong
}
