import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { followsPupil, isSealed } from './scope.ts'

/** A pupil whom an attendance file may be about, with every way the file may name them and their places. */
export type MarkedPupil = {
  readonly pupil: number
  readonly id: string
  readonly virtualSchool: number
  readonly reference: string
  readonly upns: readonly string[]
  readonly places: readonly MarkedPlace[]
}

/** A place of a pupil at a school; null is no end that is known. */
export type MarkedPlace = {
  readonly school: number
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate | null
}

/** A school as an attendance file may name it. */
export type NamedSchool = {
  readonly number: number
  readonly name: string
  readonly country: string
  readonly urns: readonly string[]
  /** Council and establishment number together, seven digits, as the register has them. */
  readonly dfeNumbers: readonly string[]
}

const marked = (query: Query, today: PlainDate) =>
  query
    .selectFrom('pupil')
    .select([
      'pupil.number as pupil',
      'pupil.id',
      'pupil.virtual_school_number as virtualSchool',
      'pupil.child_reference as reference',
      sql<string>`(select json_group_array(n.value) from pupil_identifier n
        where n.pupil_number = pupil.number and n.kind = 'upn'
        and (n.first_day is null or n.first_day <= ${today}) and (n.last_day is null or n.last_day >= ${today}))`.as(
        'upns',
      ),
      sql<string>`(select json_group_array(json_array(p.school_number, p.first_day, p.last_day)) from place p
        where p.pupil_number = pupil.number)`.as('places'),
    ])
    .where(sql<boolean>`exists (select 1 from care_period k where k.pupil_number = pupil.number
      and k.first_day <= ${today} and (k.last_day is null or k.last_day >= ${today}))`)

const asMarked = (
  rows: readonly (Omit<MarkedPupil, 'upns' | 'places'> & { readonly upns: string; readonly places: string })[],
): readonly MarkedPupil[] =>
  rows.map(({ upns, places, ...row }) => ({
    ...row,
    upns: JSON.parse(upns) as string[],
    places: (JSON.parse(places) as [number, PlainDate, PlainDate | null][]).map(([school, firstDay, lastDay]) => ({
      school,
      firstDay,
      lastDay,
    })),
  }))

/** A virtual school's looked-after pupils: whom a file that its own officer or contractor brings is matched with. */
export const pupilsToMark = async (
  query: Query,
  virtualSchool: number,
  today: PlainDate,
): Promise<readonly MarkedPupil[]> =>
  asMarked(
    await marked(query, today)
      .where('pupil.virtual_school_number', '=', virtualSchool)
      .where((where) => where.not(isSealed('pupil.number')))
      .execute(),
  )

/** The pupils of whom a school may speak: whom a file that it sends itself is matched with. */
export const pupilsFollowedToMark = async (query: Query, scope: Scope): Promise<readonly MarkedPupil[]> =>
  asMarked(await marked(query, scope.today).where(followsPupil(scope, 'pupil.number')).execute())

/** Schools by number, with what a file may call them: a register of organisations, with nobody's name in it. */
export const schoolsToMark = async (
  query: Query,
  numbers: readonly number[] | 'all',
): Promise<readonly NamedSchool[]> => {
  const rows = await query
    .selectFrom('school')
    .leftJoin('school_detail', 'school_detail.school_number', 'school.number')
    .select([
      'school.number',
      sql<string>`coalesce(school_detail.name, '')`.as('name'),
      sql<string>`coalesce(school_detail.country, 'England')`.as('country'),
      sql<string>`(select json_group_array(urn) from (select school.first_urn as urn union
        select u.urn from school_urn u where u.school_number = school.number))`.as('urns'),
      sql<string>`(select json_group_array(e.la_code || e.establishment_number) from register_establishment e
        where e.urn in (select school.first_urn union
          select u.urn from school_urn u where u.school_number = school.number)
        and e.establishment_number is not null)`.as('dfeNumbers'),
    ])
    .$if(numbers !== 'all', (all) =>
      all.where(sql<boolean>`school.number in (select value from json_each(${JSON.stringify(numbers)}))`),
    )
    .execute()
  return rows.map(({ urns, dfeNumbers, ...row }) => ({
    ...row,
    urns: JSON.parse(urns) as string[],
    dfeNumbers: JSON.parse(dfeNumbers) as string[],
  }))
}
