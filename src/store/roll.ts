import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import type { Query } from './db.ts'
import { isSealed } from './scope.ts'

/** A child of one virtual school as its own roll is resolved against: an identity, and whether it is closed to files. */
export type KnownChild = {
  readonly number: number
  readonly reference: string
  readonly sealed: boolean
  /** The first day of the care period that runs, or ran last; null where none is known. */
  readonly careSince: PlainDate | null
}

/**
 * The children of one virtual school by its own references, and who there holds which UPN. A sealed child is given
 * only as closed, and its UPN not at all, so that a new record for the same child is linked to nothing.
 */
export const knownChildren = async (
  query: Query,
  virtualSchool: number,
  day: PlainDate,
  references: readonly string[],
): Promise<{ readonly rows: readonly KnownChild[]; readonly upns: ReadonlyMap<string, string> }> => {
  const rows = await query
    .selectFrom('pupil')
    .select([
      'pupil.number',
      'pupil.child_reference as reference',
      sql<number>`${isSealed('pupil.number')}`.as('sealed'),
      sql<PlainDate | null>`(select max(k.first_day) from care_period k where k.pupil_number = pupil.number)`.as(
        'careSince',
      ),
    ])
    .where('pupil.virtual_school_number', '=', virtualSchool)
    .where(sql<boolean>`pupil.child_reference in (select value from json_each(${JSON.stringify(references)}))`)
    .execute()
  const upns = await query
    .selectFrom('pupil_identifier')
    .innerJoin('pupil', 'pupil.number', 'pupil_identifier.pupil_number')
    .select(['pupil_identifier.value', 'pupil.child_reference as reference'])
    .where('pupil.virtual_school_number', '=', virtualSchool)
    .where('pupil_identifier.kind', '=', 'upn')
    .where((where) =>
      where.or([where('pupil_identifier.last_day', 'is', null), where('pupil_identifier.last_day', '>=', day)]),
    )
    .where((where) => where.not(isSealed('pupil.number')))
    .execute()
  return {
    rows: rows.map((row) => ({ ...row, sealed: row.sealed === 1 })),
    upns: new Map(upns.map((row) => [row.value, row.reference])),
  }
}

/** The people with some e-mail addresses, by address in small letters. */
export const peopleByEmail = async (query: Query, emails: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const rows = await query
    .selectFrom('person')
    .select(['number', 'email'])
    .where(sql<boolean>`email in (select value from json_each(${JSON.stringify(emails)}))`)
    .execute()
  return new Map(rows.map((row) => [row.email, row.number]))
}
