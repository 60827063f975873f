import type { FindingPlace } from '../../src/domain/finding.ts'
import { fileKind } from '../format/bytes.ts'
import { type Cell, cellName, type SheetRow } from '../format/cell.ts'
import { readCsv, withoutFormulaGuard } from '../format/csv.ts'
import { type Refusal, refuse } from '../format/refusal.ts'
import { comparable, tidyCell } from '../format/text.ts'
import { readXlsx } from '../format/xlsx.ts'
import type { MappedColumn, Mapping } from './rows.ts'

/** One sheet of a sent file; a CSV file is one sheet without a name. */
export type Sheet = { readonly name: string | null; readonly rows: readonly SheetRow[] }

/** Reads any workbook or CSV file as sheets of rows, the visible ones alone. */
export const readSheets = (
  bytes: Uint8Array,
): { readonly outcome: 'read'; readonly sheets: readonly Sheet[] } | Refusal => {
  const kind = fileKind(bytes)
  if (kind === 'zip' || kind === 'old-office') {
    const workbook = readXlsx(bytes)
    if (workbook.outcome === 'refused') return workbook
    const sheets = workbook.sheets
      .filter(({ visibility, rows }) => visibility === 'visible' && rows.length > 0)
      .map(({ name, rows }) => ({ name, rows }))
    return sheets.length === 0 ? refuse('SHEET_EMPTY') : { outcome: 'read', sheets }
  }
  const file = readCsv(bytes)
  if (file.outcome === 'refused') return file
  const rows = file.records.map(
    ({ line, cells }): SheetRow => ({
      number: line,
      cells: cells.map((cell): Cell => ({ text: withoutFormulaGuard(cell), kind: 'text' })),
    }),
  )
  return { outcome: 'read', sheets: [{ name: null, rows }] }
}

/** The most rows above a file's headings. */
const headRows = 30

/** The rows in which the headings may stand. */
export const topRows = (sheet: Sheet): readonly SheetRow[] => sheet.rows.slice(0, headRows)

export const textAt = (row: SheetRow, index: number): string => tidyCell(row.cells[index]?.text ?? '')

/** A heading with which of its namesakes it is: how a column is known again, wherever it has moved. */
export type Head = { readonly index: number; readonly head: string; readonly nth: number }

/** The headings of a row, in its order; cells without one are left out. */
export const headsOf = (row: SheetRow): readonly Head[] => {
  const seen = new Map<string, number>()
  return Array.from(row.cells, (_, index) => textAt(row, index)).flatMap((head, index) => {
    if (head === '') return []
    const key = comparable(head)
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return [{ index, head: head.slice(0, 80), nth }]
  })
}

/**
 * Columns that hold something under the headings and have none themselves, in order: nobody can say what they are. `nth`
 * counts them, so that one a person has been told of is known again.
 */
export const unheaded = (sheet: Sheet, headRow: SheetRow): readonly Head[] => {
  const headed = new Set(headsOf(headRow).map(({ index }) => index))
  const filled = new Set<number>()
  for (const row of sheet.rows)
    if (row.number > headRow.number)
      row.cells.forEach((cell, index) => {
        if (cell && !headed.has(index) && tidyCell(cell.text) !== '') filled.add(index)
      })
  return [...filled].sort((one, other) => one - other).map((index, at) => ({ index, head: '', nth: at + 1 }))
}

const isSame = (one: Head, other: MappedColumn) =>
  one.nth === other.nth && comparable(one.head) === comparable(other.head)

/**
 * The mark of a heading: enough to know it again, and not the heading. 53 bits by cyrb53 (bryc, public domain).
 */
export const markOf = ({ head, nth }: Pick<Head, 'head' | 'nth'>): string => {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (const character of `${comparable(head)}#${nth}`) {
    const code = character.codePointAt(0) ?? 0
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0')
}

/** Where a mapping's columns stand in a file. */
export type Located = {
  readonly sheet: Sheet
  readonly headRow: SheetRow
  readonly columns: readonly (MappedColumn & { readonly index: number })[]
  readonly missing: readonly MappedColumn[]
  /** Columns with a heading that nobody has spoken of. */
  readonly added: readonly number[]
}

/** Finds the sheet and the row where most of a mapping's headings stand; undefined where none does. */
export const locate = (sheets: readonly Sheet[], mapping: Mapping): Located | undefined => {
  let best: Located | undefined
  const named = sheets.filter(({ name }) => name === mapping.sheet)
  for (const sheet of [...named, ...sheets.filter((one) => !named.includes(one))])
    for (const headRow of topRows(sheet)) {
      const found = standsIn(sheet, headRow, mapping)
      if (found.columns.length > (best?.columns.length ?? 0)) best = found
    }
  return best
}

const standsIn = (sheet: Sheet, headRow: SheetRow, mapping: Mapping): Located => {
  const heads = headsOf(headRow)
  const place = (column: MappedColumn) => heads.find((head) => isSame(head, column))
  const columns = mapping.columns.flatMap((column) => {
    const head = place(column)
    return head ? [{ ...column, index: head.index }] : []
  })
  const ignored = new Set(mapping.ignored)
  return {
    sheet,
    headRow,
    columns,
    missing: mapping.columns.filter((column) => !place(column)),
    added: heads
      .filter((head) => !mapping.columns.some((column) => isSame(head, column)) && !ignored.has(markOf(head)))
      .map(({ index }) => index),
  }
}

/** Where a cell stands, as a finding tells it: by sheet and cell, or by the line of a CSV file. */
export const placeIn = (sheet: Sheet, row: number, index: number, column?: string): FindingPlace => ({
  ...(sheet.name === null ? { line: row } : { sheet: sheet.name, cell: cellName(index, row) }),
  ...(column === undefined ? {} : { column }),
})
