import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { scopedRead } from './read.ts'
import { seesFund } from './scope.ts'
import { jsonChunks, statement } from './statement.ts'

/** What became of a line of finance's file. */
export type PaidResult = 'matched' | 'paid_before' | 'differs' | 'unknown' | 'not_read' | 'not_sent'

/** A line of a file of what was paid, with what became of it. */
export type ReconciledLine = {
  readonly line: number
  readonly reference: string
  readonly amount: Pence | null
  readonly day: PlainDate | null
  readonly result: PaidResult
}

/** A file of what was paid. */
export type PaidFile = {
  readonly id: string
  readonly fileName: string
  readonly at: Instant
  readonly by: string
}

/** The files of what was paid that finance has sent to the viewer's council, newest first. */
export const paidFilesOf = async (query: Query, scope: Scope): Promise<readonly PaidFile[]> =>
  readPaidFiles(query, scope, {})

const readPaidFiles = scopedRead((query, scope) =>
  query
    .selectFrom('paid_file')
    .select([
      'paid_file.id',
      'paid_file.file_name as fileName',
      'paid_file.at',
      nameOfPerson('paid_file.by_person').as('by'),
    ])
    .where(seesFund(scope, 'paid_file.virtual_school_number'))
    .orderBy('paid_file.number', 'desc')
    .limit(200),
)

/** The lines of one of these files. */
export const paidLinesOf = async (query: Query, scope: Scope, id: string): Promise<readonly ReconciledLine[]> =>
  readPaidLines(query, scope, { id })

const readPaidLines = scopedRead((query, scope, { id }: { id: string }) =>
  query
    .selectFrom('paid_file_line')
    .innerJoin('paid_file', 'paid_file.number', 'paid_file_line.paid_file_number')
    .select([
      'paid_file_line.line',
      'paid_file_line.reference',
      'paid_file_line.amount',
      'paid_file_line.day',
      'paid_file_line.result',
    ])
    .where('paid_file.id', '=', id)
    .where(seesFund(scope, 'paid_file.virtual_school_number'))
    .orderBy('paid_file_line.line'),
)

/** Keeps a file of what was paid, line by line; the same bytes a second time undo the commit. */
export const keepPaidFile = (
  virtualSchool: number,
  file: { readonly id: string; readonly fileName: string; readonly sha256: string },
  lines: readonly ReconciledLine[],
  at: Instant,
  by: number,
): readonly Statement[] => [
  statement(
    'insert into paid_file (id, virtual_school_number, file_name, sha256, at, by_person) values (?, ?, ?, ?, ?, ?)',
    [file.id, virtualSchool, file.fileName, file.sha256, at, by],
  ),
  ...jsonChunks(lines.map((line) => [line.line, line.reference, line.amount, line.day, line.result])).map((json) =>
    statement(
      `insert into paid_file_line (paid_file_number, line, reference, amount, day, result)
       select f.number, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
       from paid_file f, json_each(?) where f.id = ?`,
      [json, file.id],
    ),
  ),
]

/** A quarter of a fund and year that a person has closed, with what stood in its pots. */
export type FundClose = {
  readonly fund: FundCode
  readonly year: FinancialYear
  readonly quarter: number
  readonly sequence: number
  readonly balances: string
  readonly said: string
  readonly at: Instant
  readonly by: string
}

/** The quarters that the viewer's council has closed, newest first. */
export const closesOf = async (query: Query, scope: Scope): Promise<readonly FundClose[]> =>
  readCloses(query, scope, {})

const readCloses = scopedRead((query, scope) =>
  query
    .selectFrom('funding_close')
    .select([
      'funding_close.fund',
      'funding_close.year',
      'funding_close.quarter',
      'funding_close.sequence',
      'funding_close.balances',
      'funding_close.said',
      'funding_close.at',
      nameOfPerson('funding_close.by_person').as('by'),
    ])
    .where(seesFund(scope, 'funding_close.virtual_school_number'))
    .orderBy('funding_close.at', 'desc'),
)

/** Closes a quarter with what stands in its pots now; a later close of the same quarter stands beside it. */
export const closeQuarter = (virtualSchool: number, close: Omit<FundClose, 'by'>, by: number): Statement =>
  statement(
    `insert into funding_close (virtual_school_number, fund, year, quarter, sequence, balances, said, at, by_person)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[virtualSchool, close.fund, close.year, close.quarter, close.sequence, close.balances, close.said],
      ...[close.at, by],
    ],
  )
