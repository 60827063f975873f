import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { followsPupil } from './scope.ts'
import { statement } from './statement.ts'

/** A school that a transfer file says a pupil is or was at. */
export type NamedSchoolQuestion = {
  readonly laCode: string
  readonly establishment: string
  readonly urn: string
  readonly name: string
}

const questions = (query: Query, scope: Scope) =>
  query
    .selectFrom('named_school as f')
    .select(['f.la_code as laCode', 'f.establishment', 'f.urn', sql<string>`coalesce(f.school_name, '')`.as('name')])
    .where(followsPupil(scope, 'f.pupil_number'))
    .where(sql<boolean>`not exists (select 1 from place p join place_confirmation c on c.pupil_number = p.pupil_number
      and c.school_number = p.school_number and c.first_day = p.first_day
      where p.pupil_number = f.pupil_number and (p.school_number = f.school_number or exists (select 1 from school_urn u
        where u.school_number = p.school_number and u.urn = f.urn)))`)
    .where(sql<boolean>`not exists (select 1 from named_school_settled s where s.pupil_number = f.pupil_number
      and s.la_code = f.la_code and s.establishment = f.establishment and s.urn = f.urn)`)
    .groupBy(['f.pupil_number', 'f.la_code', 'f.establishment', 'f.urn'])
    .orderBy('f.la_code')
    .orderBy('f.establishment')

/**
 * Schools that transfer files name and where the pupil has no confirmed place, as long as nobody has said that ours is
 * right. Who reads a pupil's whole record may be asked; a school never is.
 */
export const namedSchoolsOf = async (
  query: Query,
  scope: Scope,
  pupil: number,
): Promise<readonly NamedSchoolQuestion[]> =>
  scope.part.kind !== 'council' ? [] : questions(query, scope).where('f.pupil_number', '=', pupil).execute()

/** The same questions about all pupils of a virtual school, by pupil. */
export const namedSchoolsToSettle = async (query: Query, scope: Scope) =>
  scope.part.kind !== 'council'
    ? []
    : questions(query, scope)
        .innerJoin('pupil', 'pupil.number', 'f.pupil_number')
        .select(['f.pupil_number as pupil', 'pupil.id as pupilId'])
        .where('pupil.virtual_school_number', '=', scope.part.virtualSchool)
        .execute()

/** Keeps a person's word that the places we hold are right, whatever a file names. */
export const settleNamedSchool = (
  pupil: number,
  { laCode, establishment, urn }: Omit<NamedSchoolQuestion, 'name'>,
  by: number,
  at: Instant,
): Statement =>
  statement(
    `insert or ignore into named_school_settled (pupil_number, school_number, la_code, establishment, urn, at, by_person)
     values (?, 0, ?, ?, ?, ?, ?)`,
    [pupil, laCode, establishment, urn, at, by],
  )
