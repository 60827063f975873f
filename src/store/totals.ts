import { sql } from 'kysely'
import type { Query } from './db.ts'

const values = ['possible', 'attended', 'authorised', 'unauthorised', 'reasons', 'percentage', 'basis']

/** How many totals that stand a staged import says otherwise of. */
export const replacedTotals = async (query: Query, importId: string): Promise<number> => {
  const differs = values.map((column) => `nullif(f.${column}, '') is not t.${column}`).join(' or ')
  const row = await query
    .selectFrom(
      sql<{ count: number }>`(select count(*) as count from attendance_total_fact f
        join import_row r on r.import_number = f.import_number and r.row_number = f.row_number and r.state = 'ready'
        join attendance_total t on t.pupil_number = f.pupil_number and t.school_number = f.school_number
          and t.kind = f.kind and t.first_day = f.first_day and t.last_day = f.last_day
        where f.import_number = (select number from import where id = ${importId}) and (${sql.raw(differs)}))`.as(
        'changed',
      ),
    )
    .select('count')
    .executeTakeFirst()
  return row?.count ?? 0
}
