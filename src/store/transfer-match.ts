import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { families } from './derive.ts'
import { followsPupil, isSealed } from './scope.ts'
import { statement } from './statement.ts'

/** A UPN in use, and whose it is. */
export type UpnInUse = { readonly upn: string; readonly pupil: number; readonly virtualSchool: number }

const inUse = (query: Query, today: PlainDate) =>
  query
    .selectFrom('pupil_identifier')
    .innerJoin('pupil', 'pupil.number', 'pupil_identifier.pupil_number')
    .select(['pupil_identifier.value as upn', 'pupil.number as pupil', 'pupil.virtual_school_number as virtualSchool'])
    .where('pupil_identifier.kind', '=', 'upn')
    .where(sql<boolean>`(pupil_identifier.first_day is null or pupil_identifier.first_day <= ${today})
      and (pupil_identifier.last_day is null or pupil_identifier.last_day >= ${today})`)
    .where(sql<boolean>`exists (select 1 from care_period k where k.pupil_number = pupil.number
      and k.first_day <= ${today} and (k.last_day is null or k.last_day >= ${today}))`)

/** The UPNs of a virtual school's looked-after pupils: what a file that its own officer brings is matched with. */
export const upnsOfCouncil = async (
  query: Query,
  virtualSchool: number,
  today: PlainDate,
): Promise<readonly UpnInUse[]> =>
  inUse(query, today)
    .where('pupil.virtual_school_number', '=', virtualSchool)
    .where((where) => where.not(isSealed('pupil.number')))
    .execute()

/** The UPNs of the pupils that a school may speak of: what a file that it sends itself is matched with. */
export const upnsFollowed = async (query: Query, scope: Scope): Promise<readonly UpnInUse[]> =>
  inUse(query, scope.today).where(followsPupil(scope, 'pupil.number')).execute()

/** Takes away everything of a delivery that never came to be staged: a file refused half way leaves nothing. */
export const forgetDelivery = (id: string): readonly Statement[] => {
  const imports = `(select i.number from import i join delivery d on d.number = i.delivery_number
    where d.id = ? and i.state = 'staging')`
  const tables = [...families.map(({ current }) => `${current}_fact`), 'mark_week_fact', 'finding', 'import_row']
  return [
    ...tables.map((table) => statement(`delete from ${table} where import_number in ${imports}`, [id])),
    statement(`delete from import where number in ${imports}`, [id]),
    statement(
      `delete from delivery where id = ? and not exists (select 1 from import i where i.delivery_number = delivery.number)`,
      [id],
    ),
  ]
}
