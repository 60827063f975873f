import { csvCell, writeCsv } from '../format/csv.ts'
import { type CellStyle, type WrittenCell, writeWorkbook } from '../format/xlsx-write.ts'

/** A cell of a table that goes out: text is always text, a number a number, null nothing. */
export type TableCell = string | number | null

/** A table that goes out: what it is called, its columns and rows, and what a reader must know beside it. */
export type OutTable = {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly TableCell[])[]
  /** Lines below the rows: bases, what is left out, as at when. */
  readonly notes: readonly string[]
}

const asText = (cell: TableCell): string => (cell === null ? '' : String(cell))

/** A number is written as it is; only text can be taken for a formula. */
const written = (cell: TableCell): string => (typeof cell === 'number' ? String(cell) : csvCell(asText(cell)))

/** Rows as CSV for programs: no byte order mark, plain line breaks, and no text that a spreadsheet would run. */
export const plainCsv = (rows: readonly (readonly TableCell[])[]): string =>
  `${rows.map((row) => row.map(written).join(',')).join('\n')}\n`

/** A table as CSV that a spreadsheet opens, its notes below it. */
export const tableCsv = ({ columns, rows, notes }: OutTable): Uint8Array =>
  writeCsv([
    [...columns],
    ...rows.map((row) => row.map(asText)),
    ...(notes.length > 0 ? [[], ...notes.map((note) => [note])] : []),
  ])

const bold: CellStyle = { font: { bold: true } }
const head: CellStyle = { ...bold, alignment: { wrapText: true, vertical: 'top' } }

const widthOf = (table: OutTable, at: number): number =>
  Math.min(
    48,
    Math.max(
      9,
      ...[table.columns[at] ?? '', ...table.rows.map((row) => asText(row[at] ?? null))].map((text) =>
        Math.min(48, text.length + 2),
      ),
    ),
  )

/** Tables as a workbook, a sheet each: no formula in it, whatever a text begins with. */
export const tableWorkbook = (title: string, tables: readonly OutTable[]): Promise<Uint8Array> =>
  writeWorkbook(
    title,
    tables.map((table) => ({
      name: sheetName(table.title),
      widths: table.columns.map((_, at) => widthOf(table, at)),
      freeze: { rows: 1, columns: 1 },
      rows: [
        table.columns.map((value): WrittenCell => ({ value, style: head })),
        ...table.rows.map((row) => row.map((value): WrittenCell => ({ value }))),
        ...(table.notes.length > 0 ? [[{ value: null }], ...table.notes.map((value) => [{ value }])] : []),
      ],
    })),
  )

/** A sheet's name holds at most 31 characters, and none that a reference could take for its own. */
const sheetName = (title: string): string =>
  title
    .replace(/[[\]:*?/\\']/g, ' ')
    .slice(0, 31)
    .trim() || 'Table'
