import { reasonsSaid } from '../../templates/words/en/comparable.ts'
import { reportCells, reportTables, reportWords as words } from '../../templates/words/en/report.ts'
import type { NotComparable } from '../domain/return/comparable.ts'
import type { RoundTable } from './round-tables.ts'

/** A report without names as one table: what is held back says so and is no number. */
export const reportTable = (
  title: string,
  report: {
    readonly children: number | null
    readonly answers: { readonly answered: number; readonly asked: number } | null
    readonly sessions: { readonly attended: number; readonly possible: number; readonly pupils: number } | null
    readonly tables: readonly {
      readonly key: string
      readonly base: number | null
      readonly cells: readonly { readonly key: string; readonly count: number | null }[]
      readonly reasons: readonly NotComparable[]
    }[]
  },
): RoundTable => ({
  title: words.sheet,
  columns: [words.file.table, words.file.children, words.file.number, words.file.base, words.file.against],
  rows: report.tables.flatMap(({ key, base, cells, reasons }) =>
    cells.map((cell) => [
      reportTables[key] ?? key,
      reportCells[cell.key] ?? cell.key,
      cell.count ?? words.held,
      base ?? words.held,
      reasonsSaid(reasons),
    ]),
  ),
  notes: [
    title,
    report.children === null ? words.few : words.children(report.children),
    ...(report.answers ? [words.complete(report.answers.answered, report.answers.asked)] : []),
    ...(report.sessions
      ? [words.sessions(report.sessions.attended, report.sessions.possible, report.sessions.pupils)]
      : []),
    ...(report.children === null ? [words.fewSays] : [words.rule]),
  ],
})
