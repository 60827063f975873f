import { sql } from 'kysely'
import type { Finding } from '../domain/finding.ts'
import type { Query } from './db.ts'
import { families } from './derive.ts'
import { countedMarks, replacedMarkWeeks } from './mark-weeks.ts'

/** What one file brought, in the numbers a sender would count: the same for a page and a program. */
export type Report = {
  readonly delivery: string
  readonly connector: string
  readonly edition: string
  readonly imports: readonly string[]
  readonly rows: {
    readonly read: number
    readonly accepted: number
    readonly rejected: number
    readonly matched: number
    readonly unmatched: number
    /** Of those rejected, the rows of a whole school's export about nobody asked about. */
    readonly leftOut: number
  }
  readonly records: Readonly<Record<string, number>>
  readonly findings: readonly Finding[]
  /** What the file held and nobody read, by name; null where the whole of it is read. */
  readonly notRead: readonly string[] | null
}

const inDelivery = (column: string, delivery: string) =>
  sql<boolean>`${sql.ref(column)} in (select i.number from import i join delivery d on d.number = i.delivery_number
    where d.id = ${delivery})`

/** Whether a file was received under a public id. */
export const deliveryExists = async (query: Query, id: string): Promise<boolean> =>
  (await query.selectFrom('delivery').select('number').where('id', '=', id).executeTakeFirst()) !== undefined

/** Reports on one delivery, for whoever brought it in: every row is accounted for, or it is a fault. */
export const deliveryReport = async (query: Query, delivery: string): Promise<Report> => {
  const file = await query
    .selectFrom('delivery')
    .select(['connector', 'file_edition as edition', 'rows_read as read', 'rows_unchanged as unchanged'])
    .select('rows_left_out as leftOut')
    .select('not_read as notRead')
    .where('id', '=', delivery)
    .executeTakeFirstOrThrow()
  const imports = await importsAsChanges(query, delivery)
  const states = await query
    .selectFrom('import_row')
    .select(['state', 'kind'])
    .select((select) => select.fn.sum<number>('lines').as('count'))
    .where(inDelivery('import_number', delivery))
    // A row that a person has matched stands a second time, in an import of its own: that one counts.
    .where(
      sql<boolean>`not (import_row.state = 'set_aside' and exists (select 1 from import one
        join import other on other.delivery_number = one.delivery_number
        join import_row m on m.import_number = other.number and m.row_number = import_row.row_number
        where one.number = import_row.import_number and m.kind = 'matched'))`,
    )
    .groupBy(['state', 'kind'])
    .execute()
  const count = (...wanted: readonly string[]) =>
    states.filter(({ state }) => wanted.includes(state)).reduce((sum, row) => sum + row.count, 0)
  const rows = {
    read: file.read,
    accepted: file.unchanged + count('ready', 'unmatched'),
    rejected: count('held', 'not_asked', 'set_aside') + file.leftOut,
    matched: file.unchanged + count('ready'),
    unmatched: count('unmatched'),
    leftOut: file.leftOut,
  }
  if (rows.accepted + rows.rejected !== rows.read) throw new Error(`${delivery}: not every row is accounted for`)
  const answers = await query
    .selectFrom('answer_fact')
    .innerJoin('import_row', (join) =>
      join
        .onRef('import_row.import_number', '=', 'answer_fact.import_number')
        .onRef('import_row.row_number', '=', 'answer_fact.row_number'),
    )
    .select((select) => select.fn.countAll<number>().as('count'))
    .where(inDelivery('answer_fact.import_number', delivery))
    .where('import_row.state', '=', 'ready')
    .where('answer_fact.state', '<>', 'unread')
    .executeTakeFirst()
  const facts = async (table: 'attendance_year_fact' | 'stage_result_fact' | 'attendance_total_fact') => {
    const row = await query
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('count'))
      .where(inDelivery(`${table}.import_number`, delivery))
      .where('pupil_number', 'is not', null)
      .executeTakeFirst()
    return row?.count ?? 0
  }
  const found = await query
    .selectFrom('finding')
    .select(['code', 'severity', 'item', 'sheet', 'cell', 'line', 'path', 'parameters'])
    .where(inDelivery('import_number', delivery))
    .orderBy('import_number')
    .orderBy('row_number')
    .orderBy('ordinal')
    .execute()
  const ready = (kind: string) =>
    states.filter((row) => row.state === 'ready' && row.kind === kind).reduce((sum, row) => sum + row.count, 0)
  const marks = await query
    .selectFrom('mark_week_fact')
    .select(sql<number>`coalesce(sum(${sql.raw(countedMarks)}), 0)`.as('count'))
    .where(inDelivery('import_number', delivery))
    .where('pupil_number', 'is not', null)
    .executeTakeFirst()
  return {
    delivery,
    connector: file.connector,
    edition: file.edition,
    imports: imports.map(({ id }) => id),
    rows,
    records: {
      'return-answer': answers?.count ?? 0,
      pupil: file.connector === 'termly-return' ? 0 : ready('pupil'),
      'attendance-mark': marks?.count ?? 0,
      'attendance-total': (await facts('attendance_year_fact')) + (await facts('attendance_total_fact')),
      assessment: await facts('stage_result_fact'),
      place: file.connector === 'local-roll' ? ready('place') : 0,
      plan: file.connector === 'local-roll' ? ready('plan') : 0,
    },
    findings: found.map((row) => ({
      code: row.code,
      severity: row.severity,
      at: {
        ...(row.line === null ? {} : { line: row.line }),
        ...(row.path === null ? {} : { path: row.path }),
        ...(row.sheet === null ? {} : { sheet: row.sheet }),
        ...(row.cell === null ? {} : { cell: row.cell }),
        ...(row.item === null ? {} : { column: row.item }),
      },
      parameters: JSON.parse(row.parameters) as Finding['parameters'],
    })),
    notRead: file.notRead === null ? null : (JSON.parse(file.notRead) as readonly string[]),
  }
}

/** The imports of one delivery, in order, as changes to their state need them. */
export const importsAsChanges = async (query: Query, delivery: string) =>
  query
    .selectFrom('import')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .select(['import.id', 'import.number', 'import.virtual_school_number as virtualSchool', 'import.state'])
    .where('delivery.id', '=', delivery)
    .orderBy('import.number')
    .execute()

/** The imports that an identifier names, of one import or of a whole delivery. */
export const importsNamed = async (query: Query, id: string) => {
  const delivery = await query
    .selectFrom('delivery')
    .innerJoin('import', 'import.delivery_number', 'delivery.number')
    .select('delivery.id')
    .where((where) => where.or([where('delivery.id', '=', id), where('import.id', '=', id)]))
    .executeTakeFirst()
  if (!delivery) return []
  const all = await importsAsChanges(query, delivery.id)
  return all.filter((one) => one.id === id || delivery.id === id)
}

/**
 * The delivery of the very same bytes for the same target that still stands whole: published, not withdrawn, and
 * nothing it said since replaced. `layout` is the version of the school's own layout it is read with. Bringing it in again would change nothing.
 */
export const standingSame = async (
  query: Query,
  sha256: string,
  connectorEdition: string,
  target: {
    readonly school: number | null
    readonly virtualSchools: readonly number[] | 'all'
    /** The saved layout that an attendance file is read with. */
    readonly attendanceLayout?: number | null
  },
  layout: number | null = null,
): Promise<string | undefined> => {
  const deliveries = await query
    .selectFrom('delivery')
    .select('id')
    .where('sha256', '=', sha256)
    .where('connector_edition', '=', connectorEdition)
    .where((where) =>
      layout === null ? where('layout_version_number', 'is', null) : where('layout_version_number', '=', layout),
    )
    .where('attendance_layout_number', 'is', target.attendanceLayout ?? null)
    .where((where) =>
      target.school === null ? where('school_number', 'is', null) : where('school_number', '=', target.school),
    )
    .orderBy('number', 'desc')
    .execute()
  for (const { id } of deliveries) {
    const parts = await importsAsChanges(query, id)
    const { virtualSchools } = target
    const sameTarget =
      virtualSchools === 'all' || parts.every(({ virtualSchool }) => virtualSchools.includes(virtualSchool))
    if (!sameTarget || parts.length === 0 || parts.some(({ state }) => state !== 'published')) continue
    const replaced = await Promise.all(parts.map(({ number }) => replacedFacts(query, number)))
    if (replaced.every((count) => count === 0)) return id
  }
  return undefined
}

/** How many of an import's facts something later has replaced. */
const replacedFacts = async (query: Query, importNumber: number): Promise<number> => {
  let count = 0
  for (const { current, key } of families) {
    const on = key.map((column) => `c.${column} = f.${column}`).join(' and ')
    const row = await query
      .selectFrom(
        sql<{ count: number }>`(select count(*) as count from ${sql.raw(`${current}_fact`)} f
          join import_row r on r.import_number = f.import_number and r.row_number = f.row_number and r.state = 'ready'
          left join ${sql.raw(current)} c on ${sql.raw(on)}
          where f.import_number = ${importNumber} ${sql.raw(current === 'answer' ? "and f.state <> 'unread'" : '')}
          and (c.import_number is null or c.import_number <> f.import_number))`.as('replaced'),
      )
      .select('count')
      .executeTakeFirst()
    count += row?.count ?? 0
  }
  return count + (await replacedMarkWeeks(query, importNumber))
}
