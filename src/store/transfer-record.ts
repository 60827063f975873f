import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
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

const isKind = (kind: string): kind is RecordedFact['kind'] => Object.hasOwn(tables, kind)

/** The columns as one JSON list, so that tables of every shape are read alike. */
const listOf = (columns: readonly string[]): RawBuilder<string> =>
  sql<string>`json_array(${sql.join(columns.map((column) => sql`coalesce(${sql.ref(`f.${column}`)}, '')`))})`

const factsFrom = (query: Query, scope: Scope, kind: RecordedFact['kind'], pupils: string) => {
  const [table, columns] = tables[kind]
  return query
    .selectFrom(
      sql<{ pupil_number: number; school_number: number; import_number: number }>`${sql.table(table)}`.as('f'),
    )
    .innerJoin('import', 'import.number', 'f.import_number')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'f.school_number')
    .select([
      sql<RecordedFact['kind']>`${sql.lit(kind)}`.as('kind'),
      'f.pupil_number as pupil',
      'f.school_number as school',
      listOf(columns).as('says'),
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'delivery.file_name as fileName',
      nameOfPerson('delivery.sent_by').as('sentBy'),
      'delivery.sent_at as sentAt',
    ])
    .where(isAmong('f.pupil_number', pupils))
    .where(followsPupilAt(scope, 'f.pupil_number', 'f.school_number'))
}

const kinds = Object.keys(tables).filter(isKind)

// In two halves: D1 joins no more than five at one level.
const readRecord = scopedRead((query, scope, { pupils }: { pupils: string }) => {
  const of = (kind: RecordedFact['kind']) => factsFrom(query, scope, kind, pupils)
  return query
    .selectFrom(of('stated').unionAll(of('result')).unionAll(of('attendance')).unionAll(of('sen')).as('first'))
    .selectAll()
    .unionAll(query.selectFrom(of('need').unionAll(of('meals')).unionAll(of('school')).as('rest')).selectAll())
    .orderBy('school')
    .orderBy('says')
})

const readForReturns = scopedRead((query, scope, { pupils }: { pupils: string }) =>
  factsFrom(query, scope, 'stated', pupils)
    .unionAll(factsFrom(query, scope, 'result', pupils))
    .orderBy('school')
    .orderBy('says'),
)

/**
 * What transfer files say of one pupil, each with its file: a council reads all of its own pupils', a school what is
 * its own record.
 */
export const transferRecordOf = async (query: Query, scope: Scope, pupil: number): Promise<readonly RecordedFact[]> => {
  const rows = await readRecord(query, scope, { pupils: asList([pupil]) })
  return kinds.flatMap((kind) =>
    rows
      .filter((row) => row.kind === kind)
      .map((row): RecordedFact => ({ ...row, says: JSON.parse(row.says) as readonly string[] })),
  )
}

/** What a school's own transfer files say that a return asks too, by pupil and school. */
export type ForReturns = { readonly pupil: number; readonly school: number } & (
  | { readonly kind: 'stated'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'result'
      readonly stage: string
      readonly subject: string
      readonly method: string
      readonly component: string
      readonly qualifier: string
      readonly result: string
    }
)

/** What transfer files of a school say of its own pupils that a return asks too: facts of a pupil, and results. */
export const recordForReturns = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<readonly ForReturns[]> =>
  (await readForReturns(query, scope, { pupils: asList(pupils) })).map(({ kind, pupil, school, says }): ForReturns => {
    const said = JSON.parse(says) as readonly string[]
    if (kind === 'stated') {
      const [name = '', value = ''] = said
      return { kind, pupil, school, name, value }
    }
    const [, stage = '', subject = '', method = '', component = '', qualifier = '', result = ''] = said
    return { kind: 'result', pupil, school, stage, subject, method, component, qualifier, result }
  })
