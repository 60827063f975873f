import { sql } from 'kysely'
import type { PackedWeek } from '../domain/attendance/tally.ts'
import type { PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { amongOwn, followsPupilAt, seesPupil } from './scope.ts'

const detail = (attribute: string) =>
  sql<string>`coalesce((select d.value from pupil_detail d where d.pupil_number = pupil.number
    and d.attribute = ${attribute}), '')`

/** The confirmed days of some pupils at schools: what marks are limited to. */
export const confirmedPlaces = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<
  readonly {
    readonly pupil: number
    readonly school: number
    readonly firstDay: PlainDate
    readonly lastDay: PlainDate | null
  }[]
> => (pupils.length === 0 ? [] : readConfirmedPlaces(query, scope, { pupils: asList(pupils) }))

const readConfirmedPlaces = scopedRead((query, scope, given: { pupils: string }) =>
  query
    .selectFrom('pupil')
    .crossJoin('place')
    .innerJoin('place_confirmation', (join) =>
      join
        .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
        .onRef('place_confirmation.school_number', '=', 'place.school_number')
        .onRef('place_confirmation.first_day', '=', 'place.first_day'),
    )
    .select([
      'place.pupil_number as pupil',
      'place.school_number as school',
      'place.first_day as firstDay',
      'place.last_day as lastDay',
    ])
    .where(isAmong('pupil.number', given.pupils))
    .whereRef('place.pupil_number', '=', 'pupil.number')
    .where(followsPupilAt(scope, 'pupil.number', 'place.school_number')),
)

/** A pupil of a council's attendance tables: in care today. */
export type CohortPupil = { readonly pupil: number; readonly yearGroup: string }

/** The council's own pupils who are looked after today and whom the viewer may read. */
export const cohortPupils = async (query: Query, scope: Scope): Promise<readonly CohortPupil[]> =>
  scope.part.kind === 'council' ? readCohort(query, scope, {}) : []

const readCohort = scopedRead((query, scope) =>
  query
    .selectFrom('pupil')
    .select(['pupil.number as pupil', detail('year_group').as('yearGroup')])
    .where(amongOwn(scope, 'pupil.number'))
    .where(
      sql<boolean>`exists (select 1 from care_period k where k.pupil_number = pupil.number
        and k.first_day <= ${scope.today} and (k.last_day is null or k.last_day >= ${scope.today}))`,
    )
    .where(seesPupil(scope, 'pupil.number'))
    .orderBy('pupil.number'),
)

/** The marks of some weeks of a council's pupils, a pupil to a row: weeks as a list of week, school, country, marks. */
export const marksOfCohort = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  fromWeek: number,
  toWeek: number,
): Promise<ReadonlyMap<number, readonly PackedWeek[]>> => {
  if (pupils.length === 0) return new Map()
  const rows = await readCohortMarks(query, scope, { pupils: asList(pupils), fromWeek, toWeek })
  return new Map(
    rows.map(({ pupil, weeks }) => [
      pupil,
      (JSON.parse(weeks) as readonly (readonly [number, number, string, string])[]).map(
        ([week, school, country, marks]) => ({ week, school, country, marks }),
      ),
    ]),
  )
}

const readCohortMarks = scopedRead((query, scope, given: { pupils: string; fromWeek: number; toWeek: number }) =>
  query
    .selectFrom('pupil')
    .crossJoin('mark_week')
    .leftJoin('school_detail', 'school_detail.school_number', 'mark_week.school_number')
    .select([
      'pupil.number as pupil',
      sql<string>`json_group_array(json_array(mark_week.week, mark_week.school_number,
        coalesce(school_detail.country, 'England'), mark_week.marks))`.as('weeks'),
    ])
    .where(isAmong('pupil.number', given.pupils))
    .whereRef('mark_week.pupil_number', '=', 'pupil.number')
    .where('mark_week.week', '>=', given.fromWeek)
    .where('mark_week.week', '<=', given.toWeek)
    .where(followsPupilAt(scope, 'pupil.number', 'mark_week.school_number'))
    .groupBy('pupil.number'),
)
