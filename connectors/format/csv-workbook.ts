import { readCsv, withoutFormulaGuard } from './csv.ts'
import type { Refusal } from './refusal.ts'
import { writeWorkbook } from './xlsx-write.ts'

/**
 * A CSV file's rows as a workbook of one sheet, for what a CSV cannot carry: colours and comments. Each line is the row
 * of its number, and each cell is the text it was.
 */
export const workbookOfCsv = async (bytes: Uint8Array, sheet: string): Promise<Uint8Array | Refusal> => {
  const file = readCsv(bytes)
  if (file.outcome === 'refused') return file
  const rows: { readonly value: string; readonly style: typeof asText }[][] = []
  for (const { line, cells } of file.records) {
    while (rows.length < line - 1) rows.push([])
    rows.push(cells.map((cell) => ({ value: withoutFormulaGuard(cell), style: asText })))
  }
  const columns = Math.max(...rows.map((row) => row.length))
  return writeWorkbook(sheet, [{ name: sheet, rows, widths: Array.from({ length: columns }, () => 18) }])
}

const asText = { numFmt: '@' } as const
