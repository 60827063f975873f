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

/** Sessions that were reported as a total for a pupil at a school, up to a day; they add up. */
export type CohortTotal = {
  readonly pupil: number
  readonly school: number
  readonly lastDay: PlainDate
  readonly attended: number
  readonly authorised: number
  readonly unauthorised: number
}

/**
 * Totals of sessions from one day to another that a census, a collector or a school's own return gave for a council's
 * pupils, where they say all that a table adds up: percentages, and totals that do not divide what was missed, are none.
 * The latest of a pupil at a school comes last.
 */
export const totalsOfCohort = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  from: PlainDate,
  to: PlainDate,
): Promise<readonly CohortTotal[]> =>
  pupils.length === 0 ? [] : readCohortTotals(query, scope, { pupils: asList(pupils), from, to })

const given = (alias: string, item: string) =>
  sql.raw(`join answer ${alias} on ${alias}.round_number = p.round_number and ${alias}.pupil_number = p.pupil_number
    and ${alias}.school_number = p.school_number and ${alias}.item = '${item}' and ${alias}.state = 'given'`)

const readCohortTotals = scopedRead((query, scope, period: { pupils: string; from: string; to: string }) =>
  query
    .selectFrom(
      sql<CohortTotal & { readonly possible: number }>`(
        select t.pupil_number as pupil, t.school_number as school, t.last_day as lastDay,
          cast(t.possible as integer) as possible, cast(t.attended as integer) as attended,
          cast(t.authorised as integer) as authorised, cast(t.unauthorised as integer) as unauthorised
        from attendance_total t
        where t.pupil_number in (select value from json_each(${period.pupils})) and t.kind in ('census', 'cumulative')
          and t.first_day >= ${period.from} and t.last_day <= ${period.to}
        union all
        select p.pupil_number, p.school_number, until.value, cast(p.value as integer), cast(attended.value as integer),
          cast(authorised.value as integer), cast(unauthorised.value as integer)
        from answer p ${given('since', 'sessions_from')} ${given('until', 'sessions_to')}
        ${given('attended', 'sessions_attended')} ${given('authorised', 'sessions_authorised')}
        ${given('unauthorised', 'sessions_unauthorised')}
        where p.pupil_number in (select value from json_each(${period.pupils})) and p.item = 'sessions_possible'
          and p.state = 'given' and since.value >= ${period.from} and until.value <= ${period.to})`.as('total'),
    )
    .select(['pupil', 'school', 'lastDay', 'attended', 'authorised', 'unauthorised'])
    .where('possible', '>', 0)
    .where(sql<boolean>`possible = attended + authorised + unauthorised`)
    .where(followsPupilAt(scope, 'total.pupil', 'total.school'))
    .orderBy('lastDay')
    .orderBy('possible')
    .orderBy('attended'),
)
