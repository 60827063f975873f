import { csvRows } from '../format/csv.ts'
import { type Refusal, refuse } from '../format/refusal.ts'
import { writePlainWorkbook } from '../format/xlsx-plain.ts'
import type { KeptCopy, Mapping } from './rows.ts'
import { locate, readSheets } from './sheets.ts'

/**
 * The copy of a school's own file that may be kept: its headings and rows as sent in the columns the mapping reads, and
 * nothing in any other cell, column, sheet or row. Every kept cell stands where it stood.
 */
export const keptCopy = (bytes: Uint8Array, mapping: Mapping, rows: readonly number[]): KeptCopy | Refusal => {
  const read = readSheets(bytes)
  if (read.outcome === 'refused') return read
  const found = locate(read.sheets, mapping)
  if (!found) return refuse('LAYOUT_DIFFERS', { columns: '' })
  const { sheet, headRow } = found
  const keptRows = new Set([headRow.number, ...rows])
  const keptColumns = new Set(found.columns.map(({ index }) => index))
  if (sheet.name === null)
    return { outcome: 'kept', bytes: csvRows(bytes, (line, column) => keptRows.has(line) && keptColumns.has(column)) }
  return {
    outcome: 'kept',
    bytes: writePlainWorkbook(
      sheet.name,
      sheet.rows
        .filter(({ number }) => keptRows.has(number))
        .map(({ number, cells }) => ({
          number,
          cells: Array.from(cells, (cell, index) => (keptColumns.has(index) ? cell : undefined)),
        })),
    ),
  }
}
