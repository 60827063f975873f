import { sql } from 'kysely'
import type { Query } from './db.ts'
import { currentOf, families } from './derive.ts'
import { markWeeksDerived } from './mark-weeks.ts'

/** What a check of the store found: counts of what is wrong, by kind. All zero is clean. */
export type Verified = {
  readonly foreignKeys: number
  /** By current table: rows that the facts do not give, and rows they give that are not there. */
  readonly current: ReadonlyMap<string, number>
}

/** Checks that every reference leads somewhere and that every current table is exactly what the facts published say. */
export const verifyStore = async (
  query: Query,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<Verified> => {
  const broken = await query
    .selectFrom(sql<{ table: string }>`pragma_foreign_key_check`.as('broken'))
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirst()
  const current = new Map<string, number>()
  for (const [done, family] of families.entries()) {
    progress(done, families.length)
    const columns = [...family.key, ...family.values, 'import_number', 'row_number'].join(', ')
    const derived = currentOf(family, '')
    const row = await query
      .selectFrom(
        sql<{ wrong: number }>`(select
          (select count(*) from (select ${sql.raw(columns)} from (${sql.raw(derived)}) except select ${sql.raw(columns)} from ${sql.raw(family.current)})) +
          (select count(*) from (select ${sql.raw(columns)} from ${sql.raw(family.current)} except select ${sql.raw(columns)} from (${sql.raw(derived)}))) as wrong)`.as(
          'compared',
        ),
      )
      .select('wrong')
      .executeTakeFirst()
    current.set(family.current, row?.wrong ?? 0)
  }
  const weeks = 'pupil_number, week, import_number, row_number, ordinal, school_number, marks'
  const marks = await query
    .selectFrom(
      sql<{ wrong: number }>`${sql.raw(`(select
        (select count(*) from (${markWeeksDerived} except select ${weeks} from mark_week)) +
        (select count(*) from (select ${weeks} from mark_week except select * from (${markWeeksDerived}))) as wrong)`)}`.as(
        'compared',
      ),
    )
    .select('wrong')
    .executeTakeFirst()
  current.set('mark_week', marks?.wrong ?? 0)
  const waiting = await query
    .selectFrom('import')
    .select((select) => select.fn.countAll<number>().as('wrong'))
    .where(
      sql<boolean>`unmatched <> (select count(*) from import_row r
        where r.import_number = import.number and r.state = 'unmatched')`,
    )
    .executeTakeFirst()
  current.set('import.unmatched', waiting?.wrong ?? 0)
  current.set('pot_balance', await wrongBalances(query))
  return { foreignKeys: broken?.count ?? 0, current }
}

const balances = 'virtual_school_number, fund, year, pot, sum(amount) as amount'
const moved = `select ${balances} from (
    select virtual_school_number, fund, year, to_pot as pot, amount from movement
    union all select virtual_school_number, fund, year, from_pot, -amount from movement)
  group by virtual_school_number, fund, year, pot`
const kept = 'select virtual_school_number, fund, year, pot, amount from pot_balance'

/** How many pots do not hold what the movements of money come to. */
const wrongBalances = async (query: Query): Promise<number> => {
  const row = await query
    .selectFrom(
      sql<{ wrong: number }>`${sql.raw(`(select (select count(*) from (${moved} except ${kept}))
        + (select count(*) from (${kept} except ${moved})) as wrong)`)}`.as('compared'),
    )
    .select('wrong')
    .executeTakeFirst()
  return row?.wrong ?? 0
}

/** The files that deliveries keep, and those added as evidence: key and the hash their bytes must have. */
export const keptFiles = async (query: Query) =>
  query
    .selectFrom('delivery')
    .select(['file_key as key', 'kept_sha256 as sha256'])
    .where('file_key', 'is not', null)
    .$narrowType<{ key: string }>()
    .unionAll(query.selectFrom('evidence').select(['file_key as key', sql<string | null>`sha256`.as('sha256')]))
    .execute()
