import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { followsPupilAt } from './scope.ts'

/** A fact from a transfer file, with the file it came in. */
export type RecordedFact = {
  readonly kind: 'stated' | 'result' | 'attendance' | 'sen' | 'need' | 'meals' | 'school'
  /** What is said, in the order of the table's columns; empty where nothing is. */
  readonly says: readonly string[]
  readonly school: number
  readonly schoolName: string
  readonly fileName: string
  readonly sentBy: string
  readonly sentAt: Instant
}

const tables = {
  stated: ['pupil_stated', ['attribute', 'value']],
  result: ['stage_result', ['academic_year', 'stage', 'subject', 'method', 'component', 'qualifier', 'result']],
  attendance: [
    'attendance_year',
    ['academic_year', 'school_name', 'possible', 'attended', 'authorised', 'unauthorised'],
  ],
  sen: ['sen_period', ['first_day', 'last_day', 'provision']],
  need: ['sen_need', ['need_rank', 'need_type', 'first_day']],
  meals: ['free_meals', ['first_day', 'last_day', 'country']],
  school: ['past_school', ['entry_day', 'leaving_day', 'school_name', 'leaving_reason']],
} as const

type Table = (typeof tables)[keyof typeof tables][0]

const isKind = (kind: string): kind is RecordedFact['kind'] => Object.hasOwn(tables, kind)

/** The columns as one JSON list, so that tables of every shape are read alike. */
const listOf = (columns: readonly string[]): RawBuilder<string> =>
  sql<string>`json_array(${sql.join(columns.map((column) => sql`coalesce(${sql.ref(`f.${column}`)}, '')`))})`

const factsFrom = (query: Query, scope: Scope, table: Table, columns: readonly string[], pupils: readonly number[]) =>
  query
    .selectFrom(
      sql<{ pupil_number: number; school_number: number; import_number: number }>`${sql.table(table)}`.as('f'),
    )
    .innerJoin('import', 'import.number', 'f.import_number')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'f.school_number')
    .select([
      'f.pupil_number as pupil',
      'f.school_number as school',
      listOf(columns).as('says'),
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'delivery.file_name as fileName',
      nameOfPerson('delivery.sent_by').as('sentBy'),
      'delivery.sent_at as sentAt',
    ])
    .where(sql<boolean>`f.pupil_number in (select value from json_each(${JSON.stringify(pupils)}))`)
    .where(followsPupilAt(scope, 'f.pupil_number', 'f.school_number'))
    .orderBy(sql`2, 3`)
    .execute()

/**
 * What transfer files say of one pupil, each with its file: a council reads all of its own pupils', a school what is
 * its own record.
 */
export const transferRecordOf = async (query: Query, scope: Scope, pupil: number): Promise<readonly RecordedFact[]> => {
  const kinds = Object.keys(tables).filter(isKind)
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const [table, columns] = tables[kind]
      const rows = await factsFrom(query, scope, table, columns, [pupil])
      return rows.map((row): RecordedFact => ({ kind, ...row, says: JSON.parse(row.says) as readonly string[] }))
    }),
  )
  return found.flat()
}

/** What transfer files of a school say of its own pupils that a return asks too: by pupil, school and name. */
export const statedForReturns = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<
  readonly { readonly pupil: number; readonly school: number; readonly name: string; readonly value: string }[]
> =>
  (await factsFrom(query, scope, 'pupil_stated', ['attribute', 'value'], pupils)).map(({ pupil, school, says }) => {
    const [name = '', value = ''] = JSON.parse(says) as readonly string[]
    return { pupil, school, name, value }
  })

/** Results that a school's own transfer files brought, for the questions of a return on prior attainment. */
export const resultsForReturns = async (query: Query, scope: Scope, pupils: readonly number[]) =>
  (
    await factsFrom(
      query,
      scope,
      'stage_result',
      ['academic_year', 'stage', 'subject', 'method', 'component', 'qualifier', 'result'],
      pupils,
    )
  ).map(({ pupil, school, says }) => {
    const [academicYear = '', stage = '', subject = '', method = '', component = '', qualifier = '', result = ''] =
      JSON.parse(says) as readonly string[]
    return { pupil, school, academicYear, stage, subject, method, component, qualifier, result }
  })
