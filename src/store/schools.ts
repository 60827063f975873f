import { sql } from 'kysely'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { asList, isAmong, openRead, scopedRead } from './read.ts'
import { amongOwnSchools, worksAt } from './scope.ts'

/** A school as it is known today. */
export type School = {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly phase: string
  readonly laCode: string
  readonly country: string
  /** The URN in use on the viewer's day. */
  readonly urn: string
}

const schools = (query: Query, day: string) =>
  query
    .selectFrom('school')
    .innerJoin('school_detail', 'school_detail.school_number', 'school.number')
    .select([
      'school.number',
      'school.id',
      sql<string>`coalesce(school_detail.name, '')`.as('name'),
      sql<string>`coalesce(school_detail.phase, '')`.as('phase'),
      sql<string>`coalesce(school_detail.la_code, '')`.as('laCode'),
      sql<string>`coalesce(school_detail.country, 'England')`.as('country'),
      sql<string>`coalesce((select u.urn from school_urn u where u.school_number = school.number
        and (u.first_day is null or u.first_day <= ${day}) and (u.last_day is null or u.last_day >= ${day})
        order by coalesce(u.first_day, '') desc, u.urn desc limit 1), '')`.as('urn'),
    ])

/** The schools the viewer works at today, by name. */
export const ownSchools = async (query: Query, scope: Scope): Promise<readonly School[]> =>
  readOwnSchools(query, scope, {})

const readOwnSchools = scopedRead((query, scope) =>
  schools(query, scope.today).where(worksAt(scope, 'school.number')).orderBy('name'),
)

/** A school by its public id, as it is known on a day: an organisation, with nobody's name in it. */
export const schoolById = async (query: Query, day: string, id: string): Promise<School | undefined> =>
  (await readSchoolById(query, { day, id }))[0]

const readSchoolById = openRead((query, { day, id }: { day: string; id: string }) =>
  schools(query, day).where('school.id', '=', id),
)

/** Some schools by number, as they are known on a day: organisations, with nobody's name in them. */
export const schoolsByNumber = async (
  query: Query,
  day: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, School>> => {
  const rows = await readSchoolsByNumber(query, { day, numbers: asList(numbers) })
  return new Map(rows.map((school) => [school.number, school]))
}

const readSchoolsByNumber = openRead((query, { day, numbers }: { day: string; numbers: string }) =>
  schools(query, day).where(isAmong('school.number', numbers)),
)

/** The schools that a virtual school has to do with, by name: those it brought in, and those whose people it appointed. */
export const schoolsOfCouncil = async (query: Query, scope: Scope): Promise<readonly School[]> =>
  readSchoolsOfCouncil(query, scope, {})

const readSchoolsOfCouncil = scopedRead((query, scope) =>
  schools(query, scope.today).where(amongOwnSchools(scope, 'school.number')).orderBy('name').orderBy('school.number'),
)

/** A school as a list names it. */
export type SchoolName = Pick<School, 'number' | 'id' | 'name' | 'laCode'>

/** Schools by number, as a list names them: a register of organisations, with nobody's name in it. */
export const schoolNames = async (
  query: Query,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, SchoolName>> => {
  const [row] = await readSchoolNames(query, { numbers: asList(numbers) })
  const schools = JSON.parse(row?.schools ?? '[]') as readonly (readonly [number, string, string, string])[]
  return new Map(schools.map(([number, id, name, laCode]) => [number, { number, id, name, laCode }]))
}

const readSchoolNames = openRead((query, { numbers }: { numbers: string }) =>
  query
    .selectFrom('school')
    .innerJoin('school_detail', 'school_detail.school_number', 'school.number')
    .select(
      sql<string>`json_group_array(json_array(school.number, school.id, coalesce(school_detail.name, ''),
        coalesce(school_detail.la_code, '')))`.as('schools'),
    )
    .where(isAmong('school.number', numbers)),
)

/** The continuing school that a URN belongs or belonged to. */
export const schoolByUrn = async (query: Query, day: string, urn: string): Promise<School | undefined> =>
  schools(query, day)
    .where(
      sql<boolean>`(school.first_urn = ${urn} or exists (select 1 from school_urn q
        where q.school_number = school.number and q.urn = ${urn}))`,
    )
    .orderBy('school.number')
    .executeTakeFirst()

/** Where each URN in a list leads: the number of its continuing school. */
export const schoolNumbersByUrn = async (
  query: Query,
  urns: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await query
    .selectFrom('school')
    .leftJoin('school_urn_fact', 'school_urn_fact.school_number', 'school.number')
    .select(['school.number', 'school.first_urn as first', 'school_urn_fact.urn'])
    .where(
      sql<boolean>`(school.first_urn in (select value from json_each(${JSON.stringify(urns)}))
        or school_urn_fact.urn in (select value from json_each(${JSON.stringify(urns)})))`,
    )
    .orderBy('school.number', 'desc')
    .execute()
  return new Map(
    rows.flatMap((row) => [[row.first, row.number] as const, ...(row.urn ? [[row.urn, row.number] as const] : [])]),
  )
}

export type VirtualSchool = {
  readonly number: number
  readonly id: string
  readonly laCode: string
  readonly name: string
  readonly mailbox: string
}

/** The virtual schools of this store. */
export const virtualSchools = async (query: Query): Promise<readonly VirtualSchool[]> => readVirtualSchools(query, {})

const readVirtualSchools = openRead((query) =>
  query
    .selectFrom('virtual_school')
    .select(['number', 'id', 'la_code as laCode', 'name', 'mailbox'])
    .orderBy('la_code'),
)

/** The names of some virtual schools by their authority's code. */
export const councilNames = async (query: Query, laCodes: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await readCouncilNames(query, { laCodes: asList(laCodes) })
  return new Map(rows.map(({ laCode, name }) => [laCode, name]))
}

const readCouncilNames = openRead((query, { laCodes }: { laCodes: string }) =>
  query.selectFrom('virtual_school').select(['la_code as laCode', 'name']).where(isAmong('la_code', laCodes)),
)

/** The URNs of a continuing school with the day each began, latest first. */
export const urnsOf = async (query: Query, school: number) =>
  query
    .selectFrom('school_urn')
    .select(['urn', 'first_day as firstDay'])
    .where('school_number', '=', school)
    .orderBy('first_day', 'desc')
    .orderBy('urn', 'desc')
    .execute()
