import { sql } from 'kysely'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { detail } from './pupil-detail.ts'
import { followsPupil } from './scope.ts'

const tables = {
  stated: ['pupil_stated', ['attribute', 'value']],
  results: [
    'stage_result',
    [
      'academic_year',
      'stage',
      'locale',
      'subject',
      'method',
      'component',
      'qualifier',
      'result',
      'status',
      'result_on',
    ],
  ],
  attendance: [
    'attendance_year',
    [
      ...['academic_year', 'la_code', 'establishment', 'urn', 'school_name'],
      ...['possible', 'attended', 'authorised', 'unauthorised'],
    ],
  ],
  sen: ['sen_period', ['first_day', 'last_day', 'provision']],
  needs: ['sen_need', ['need_rank', 'need_type', 'first_day', 'last_day']],
  meals: ['free_meals', ['first_day', 'last_day', 'country']],
  schools: [
    'past_school',
    ['la_code', 'establishment', 'entry_day', 'urn', 'school_name', 'leaving_day', 'leaving_reason'],
  ],
} as const

const factsOf = async (
  query: Query,
  pupils: readonly number[],
  [table, columns]: readonly [string, readonly string[]],
) => {
  const rows = await query
    .selectFrom(sql<{ pupil_number: number }>`${sql.table(table)}`.as('f'))
    .select([
      'f.pupil_number as pupil',
      sql<string>`json_array(${sql.join(columns.map((column) => sql`coalesce(${sql.ref(`f.${column}`)}, '')`))})`.as(
        'says',
      ),
    ])
    .where(sql<boolean>`f.pupil_number in (select value from json_each(${JSON.stringify(pupils)}))`)
    .orderBy(sql`1, 2`)
    .execute()
  return (pupil: number): readonly (readonly string[])[] =>
    rows.filter((row) => row.pupil === pupil).map(({ says }) => JSON.parse(says) as readonly string[])
}

/**
 * The records of a virtual school's looked-after pupils as a transfer file needs them, by the council's references or
 * all: of those a person of its team may follow. A child whose place must not be disclosed is never among them, whoever asks.
 */
export const writtenPupils = async (query: Query, scope: Scope, references: readonly string[] | 'all') => {
  if (scope.part.kind !== 'council') return []
  const { today } = scope
  const pupils = await query
    .selectFrom('pupil')
    .select([
      'pupil.number',
      'pupil.child_reference as reference',
      detail('surname').as('surname'),
      detail('forename').as('forename'),
    ])
    .select([detail('date_of_birth').as('born'), detail('year_group').as('yearGroup')])
    .select(
      sql<string>`coalesce((select u.value from pupil_identifier u where u.pupil_number = pupil.number and u.kind = 'upn'
        and (u.first_day is null or u.first_day <= ${today}) and (u.last_day is null or u.last_day >= ${today})
        order by coalesce(u.first_day, '') desc, u.value limit 1), '')`.as('upn'),
    )
    .where(
      references === 'all'
        ? sql<boolean>`1`
        : sql<boolean>`pupil.child_reference in (select value from json_each(${JSON.stringify(references)}))`,
    )
    .where(sql<boolean>`exists (select 1 from care_period k where k.pupil_number = pupil.number
      and k.first_day <= ${today} and (k.last_day is null or k.last_day >= ${today}))`)
    .where(followsPupil(scope, 'pupil.number'))
    .where(sql<boolean>`not exists (select 1 from pupil_guard g where g.pupil_number = pupil.number
      and g.kind = 'no_disclose')`)
    .orderBy('pupil.child_reference')
    .execute()
  const numbers = pupils.map(({ number }) => number)
  const [stated, results, attendance, sen, needs, meals, schools] = await Promise.all([
    factsOf(query, numbers, tables.stated),
    factsOf(query, numbers, tables.results),
    factsOf(query, numbers, tables.attendance),
    factsOf(query, numbers, tables.sen),
    factsOf(query, numbers, tables.needs),
    factsOf(query, numbers, tables.meals),
    factsOf(query, numbers, tables.schools),
  ])
  return pupils.map(({ number, ...pupil }) => ({
    ...pupil,
    number,
    stated: stated(number).map(([name = '', value = '']) => [name, value] as const),
    results: results(number),
    attendance: attendance(number),
    sen: sen(number),
    needs: needs(number),
    meals: meals(number),
    schools: schools(number),
  }))
}
