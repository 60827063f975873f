import { sql } from 'kysely'
import type { Benchmark } from '../domain/attendance/benchmark.ts'
import type { AttendanceRoute } from '../domain/attendance/route.ts'
import type { Instant } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { detail } from './pupil-detail.ts'
import { asList, isAmong, openRead, scopedRead } from './read.ts'
import { ofOwnCouncil, seesPupil } from './scope.ts'
import { statement } from './statement.ts'

/** One line of the register of routes. */
export type RouteLine = AttendanceRoute & {
  readonly school: number
  readonly sequence: number
  readonly reason: string
  readonly at: Instant
  readonly by: string
}

/** How attendance comes and came to the viewer's council, newest line of a school first. */
export const routeLines = async (query: Query, scope: Scope): Promise<readonly RouteLine[]> =>
  readRouteLines(query, scope, {})

const readRouteLines = scopedRead((query, scope) =>
  query
    .selectFrom('attendance_route')
    .select([
      'school_number as school',
      'sequence',
      'how',
      'since',
      'every',
      'usual_delay as usualDelay',
      'reason',
      'at',
      nameOfPerson('attendance_route.by_person').as('by'),
    ])
    .where(ofOwnCouncil(scope, 'attendance_route.virtual_school_number'))
    .orderBy('school_number')
    .orderBy('sequence', 'desc'),
)

/** Adds a line to the register; a line of the same number that somebody added first undoes the commit. */
export const addRouteLine = (virtualSchool: number, line: Omit<RouteLine, 'by'>, by: number | null): Statement =>
  statement(
    `insert into attendance_route (virtual_school_number, school_number, sequence, how, since, every, usual_delay,
       reason, at, by_person) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[virtualSchool, line.school, line.sequence, line.how, line.since, line.every, line.usualDelay],
      ...[line.reason, line.at, by],
    ],
  )

/** The councils' own benchmarks: days and percentages, and nothing of a child. */
export const benchmarksOf = async (
  query: Query,
  virtualSchools: readonly number[],
): Promise<ReadonlyMap<number, readonly Benchmark[]>> => {
  const rows = await readBenchmarks(query, { virtualSchools: asList(virtualSchools) })
  return new Map(
    virtualSchools.map((number) => [
      number,
      rows
        .filter(({ council }) => council === number)
        .map(({ council: _, ...row }): Benchmark => ({ ...row, sure: 'official' })),
    ]),
  )
}

const readBenchmarks = openRead((query, given: { virtualSchools: string }) =>
  query
    .selectFrom('attendance_benchmark')
    .select(['virtual_school_number as council', 'valid_from as validFrom', 'percent', 'source'])
    .where(isAmong('virtual_school_number', given.virtualSchools))
    .orderBy('valid_from'),
)

/** Sets a council's own benchmark from a day on; the same day's is replaced. */
export const setBenchmark = (
  virtualSchool: number,
  benchmark: Omit<Benchmark, 'sure'>,
  at: Instant,
  by: number,
): Statement =>
  statement(
    `insert into attendance_benchmark (virtual_school_number, valid_from, percent, source, at, by_person)
     values (?, ?, ?, ?, ?, ?)
     on conflict (virtual_school_number, valid_from) do update set percent = excluded.percent, source = excluded.source,
       at = excluded.at, by_person = excluded.by_person`,
    [virtualSchool, benchmark.validFrom, benchmark.percent, benchmark.source, at, by],
  )

/** One pupil for a contractor that collects attendance: who to ask after, and whom to ask at the school. */
export type ToCollect = {
  readonly pupil: number
  readonly reference: string
  readonly upn: string
  readonly surname: string
  readonly forename: string
  readonly born: string
  readonly yearGroup: string
  readonly school: number
}

/**
 * The council's pupils in care today with a confirmed place at a school, as a contractor is told of them. A child whose
 * place must not be disclosed is never on such a list.
 */
export const pupilsToCollect = async (query: Query, scope: Scope): Promise<readonly ToCollect[]> =>
  scope.part.kind === 'council' ? readToCollect(query, scope, {}) : []

const readToCollect = scopedRead((query, scope) =>
  query
    .selectFrom('pupil')
    .innerJoin('place', 'place.pupil_number', 'pupil.number')
    .innerJoin('place_confirmation', (join) =>
      join
        .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
        .onRef('place_confirmation.school_number', '=', 'place.school_number')
        .onRef('place_confirmation.first_day', '=', 'place.first_day'),
    )
    .select([
      'pupil.number as pupil',
      'pupil.child_reference as reference',
      sql<string>`coalesce((select u.value from pupil_identifier u where u.pupil_number = pupil.number
        and u.kind = 'upn' and (u.first_day is null or u.first_day <= ${scope.today})
        and (u.last_day is null or u.last_day >= ${scope.today})
        order by coalesce(u.first_day, '') desc, u.value limit 1), '')`.as('upn'),
      detail('surname').as('surname'),
      detail('forename').as('forename'),
      detail('date_of_birth').as('born'),
      detail('year_group').as('yearGroup'),
      'place.school_number as school',
    ])
    .where('place.first_day', '<=', scope.today)
    .where((where) => where.or([where('place.last_day', 'is', null), where('place.last_day', '>=', scope.today)]))
    .where(
      sql<boolean>`exists (select 1 from care_period k where k.pupil_number = pupil.number
        and k.first_day <= ${scope.today} and (k.last_day is null or k.last_day >= ${scope.today}))`,
    )
    .where(
      sql<boolean>`not exists (select 1 from pupil_guard n where n.pupil_number = pupil.number
        and n.kind = 'no_disclose')`,
    )
    .where(seesPupil(scope, 'pupil.number'))
    .orderBy('place.school_number')
    .orderBy('pupil.child_reference'),
)
