import type { Finding, FindingPlace } from '../../src/domain/finding.ts'
import { markWords } from '../../templates/words/en/marked.ts'
import { workbookWords } from '../../templates/words/en/workbook.ts'
import { fileKind } from '../format/bytes.ts'
import { type Cell, cellName, columnLetters, type SheetContent, type SheetRow } from '../format/cell.ts'
import { type CsvRecord, readCsv, withoutFormulaGuard } from '../format/csv.ts'
import { type Refusal, refuse } from '../format/refusal.ts'
import { comparable, tidyCell } from '../format/text.ts'
import { readXlsx } from '../format/xlsx.ts'
import { columnByCode, columnByWords, type ReturnColumn, template } from './layout.ts'

/** Where one column of a return stands in what was sent. */
export type PlacedColumn = ReturnColumn & { readonly index: number }

/** The rows of a return, found in a workbook or a CSV file, before any cell is read. */
export type SentTable = {
  readonly outcome: 'read'
  readonly columns: readonly PlacedColumn[]
  readonly rows: readonly SheetRow[]
  readonly findings: readonly Finding[]
  /** How many columns the head row names; only a CSV row can be longer. */
  readonly width?: number
  /** A place in what was sent: of a cell, or of a row where no column is given. */
  readonly place: (row: number, column?: PlacedColumn) => FindingPlace
}

/** The most rows above a return's first pupil. */
const headRows = 20

/** Finds the return in a file, by its codes row or else by its heads. */
export const readTable = (bytes: Uint8Array): SentTable | Refusal => {
  const kind = fileKind(bytes)
  if (kind === 'zip' || kind === 'old-office') return readWorkbookTable(bytes)
  const file = readCsv(bytes)
  return file.outcome === 'refused' ? file : csvTable(file.records)
}

const csvTable = (records: readonly CsvRecord[]): SentTable | Refusal => {
  const rows = records.map(
    ({ line, cells }): SheetRow => ({
      number: line,
      cells: cells.map((cell): Cell => ({ text: withoutFormulaGuard(cell), kind: 'text' })),
    }),
  )
  const head = findHead(rows)
  if (!head) return refuse('TEMPLATE_UNKNOWN')
  return tableUnder(rows, head, {
    width: head.row.cells.length,
    place: (row, column) => (column ? { line: row, column: column.code } : { line: row }),
    headPlace: (index) => ({ line: head.row.number, column: headText(head.row, index).slice(0, 60) }),
    cellWords: (_row, index) => `column ${index + 1}`,
  })
}

const readWorkbookTable = (bytes: Uint8Array): SentTable | Refusal => {
  const workbook = readXlsx(bytes)
  if (workbook.outcome === 'refused') return workbook
  if (workbook.sheets.every((sheet) => sheet.rows.length === 0)) return refuse('SHEET_EMPTY')
  if (!isOurs(workbook.sheets)) return refuse('TEMPLATE_UNKNOWN')
  const visible = workbook.sheets.filter((sheet) => sheet.visibility === 'visible' && !isSummarySheet(sheet))
  const found = visible.flatMap((sheet) => {
    const head = findHead(sheet.rows)
    return head ? [{ sheet, head }] : []
  })
  const [first, second] = found
  if (!first) return refuse('TEMPLATE_UNKNOWN')
  if (second) return refuse('SHEET_TWICE', { first: first.sheet.name, second: second.sheet.name })
  const { sheet, head } = first
  const unread = visible.filter(
    (other) => other !== sheet && other.name !== workbookWords.helpSheet && other.rows.length > 0,
  )
  const table = tableUnder(sheet.rows, head, {
    place: (row, column) => ({
      sheet: sheet.name,
      cell: cellName(column?.index ?? 0, row),
      ...(column && { column: column.code }),
    }),
    headPlace: (index) => ({ sheet: sheet.name, cell: cellName(index, head.row.number) }),
    cellWords: (row, index) => cellName(index, row),
  })
  if (table.outcome === 'refused') return table
  const notes = unread.map(
    ({ name }): Finding => ({
      code: 'SHEET_NOT_READ',
      severity: 'warning',
      at: { sheet: name },
      parameters: { sheet: name },
    }),
  )
  return { ...table, findings: [...table.findings, ...notes] }
}

/** Whether the About sheet, where there is one, names this template in a version that we know. */
const isOurs = (sheets: readonly SheetContent[]): boolean => {
  const about = new Map(
    sheets
      .filter(({ name, visibility }) => name === 'About' && visibility !== 'visible')
      .flatMap(({ rows }) => rows.map(({ cells }) => [cells[0]?.text, cells[1]?.text] as const)),
  )
  const name = about.get('template')
  return name === undefined || (name === template.name && Number(about.get('version')) <= template.version)
}

/** The list of what was to mend, from an earlier time that this file was sent: it is ours and answers nothing. */
const isSummarySheet = ({ name, rows }: SheetContent): boolean =>
  name.replace(/ \d+$/, '') === markWords.sheet && rows[0]?.cells[0]?.text === markWords.title

type Head = {
  readonly row: SheetRow
  readonly columns: readonly (ReturnColumn | undefined)[]
  readonly byWords: boolean
}

const headText = (row: SheetRow, index: number) => tidyCell(row.cells[index]?.text ?? '')

/** A head row names whose row it is (by reference or UPN) and at least one item. */
const findHead = (rows: readonly SheetRow[]): Head | undefined => {
  const top = rows.filter(({ number }) => number <= headRows || number === rows[0]?.number)
  for (const byWords of [false, true]) {
    const find = byWords ? columnByWords : columnByCode
    for (const row of top) {
      const columns = Array.from(row.cells, (cell) => (cell ? find(cell.text) : undefined))
      const named = columns.some((column) => column?.code === 'row_reference' || column?.code === 'upn')
      if (named && columns.some((column) => column?.item)) return { row, columns, byWords }
    }
  }
  return undefined
}

type Placing = {
  readonly width?: number
  readonly place: SentTable['place']
  readonly headPlace: (index: number) => FindingPlace
  readonly cellWords: (row: number, index: number) => string
}

const tableUnder = (rows: readonly SheetRow[], head: Head, placing: Placing): SentTable | Refusal => {
  const columns = head.columns.flatMap((column, index) => (column ? [{ ...column, index }] : []))
  for (const column of columns) {
    const first = columns.find(({ code }) => code === column.code)
    if (first && first.index !== column.index) {
      const words = (index: number) => placing.cellWords(head.row.number, index)
      const parameters = { column: column.head, first: words(first.index), second: words(column.index) }
      return refuse('COLUMN_TWICE', parameters, placing.headPlace(column.index))
    }
  }
  const below = rows.filter(({ number }) => number > head.row.number).filter((row) => !isRuleRow(row, columns))
  if (below.length === 0) return refuse('SHEET_EMPTY')
  return {
    outcome: 'read',
    columns,
    rows: below,
    findings: columnsNotKnown(head, below, columns, placing),
    ...(placing.width !== undefined && { width: placing.width }),
    place: placing.place,
  }
}

/** The rows of rules between heads and pupils, met where the hidden codes row was taken out. */
const isRuleRow = (row: SheetRow, columns: readonly PlacedColumn[]): boolean => {
  let filled = 0
  for (const { index, help, when, code } of columns) {
    const text = headText(row, index)
    if (text === '') continue
    if (![help, when, code].map(comparable).includes(comparable(text))) return false
    filled += 1
  }
  return filled > 0
}

/** Columns that hold something and that we do not read: named by their head, never by what is in them. */
const columnsNotKnown = (
  head: Head,
  rows: readonly SheetRow[],
  columns: readonly PlacedColumn[],
  placing: Placing,
): readonly Finding[] => {
  const known = new Set(columns.map(({ index }) => index))
  const filled = new Set<number>()
  for (const row of [head.row, ...rows]) {
    row.cells.forEach((cell, index) => {
      if (cell && !known.has(index) && tidyCell(cell.text) !== '') filled.add(index)
    })
  }
  return [...filled]
    .filter((index) => placing.width === undefined || index < placing.width)
    .map((index) => ({
      code: 'COLUMN_NOT_KNOWN',
      severity: 'warning',
      at: placing.headPlace(index),
      parameters: { column: headText(head.row, index).slice(0, 60) || columnLetters(index) },
    }))
}
