import { type CellStyle, type ColumnDef, type DataValidation, type MergeRange, writeXlsx } from 'hucre/xlsx'

/** What a cell is written with: text is always text, whatever it begins with. */
export type WrittenCell = { readonly value: string | number | Date | null; readonly style?: CellStyle }

/** A rule on a column of cells; it warns, so that "not known" can stand in any cell. */
export type WrittenRule = DataValidation

/** A sheet to write: rows of cells, and how they stand. */
export type WrittenSheet = {
  readonly name: string
  readonly rows: readonly (readonly WrittenCell[])[]
  readonly widths: readonly number[]
  /** Heights in points by row counted from 0. */
  readonly heights?: ReadonlyMap<number, number>
  readonly hiddenRows?: ReadonlySet<number>
  readonly merges?: readonly MergeRange[]
  readonly rules?: readonly WrittenRule[]
  readonly freeze?: { readonly rows: number; readonly columns: number }
  readonly locked?: boolean
  readonly veryHidden?: boolean
  /** A sheet too wide for one page: its rows ('$1:$4') and columns ('$A:$C') that each page repeats. */
  readonly printTitles?: { readonly rows: string; readonly columns: string }
}

export type { CellStyle }

/** Writes a workbook that opens on its first sheet. Locked sheets have no password: the lock guides, it does not guard. */
export const writeWorkbook = (title: string, sheets: readonly WrittenSheet[]): Promise<Uint8Array> =>
  writeXlsx({
    sheets: sheets.map((sheet) => ({
      name: sheet.name,
      columns: sheet.widths.map((width): ColumnDef => ({ width })),
      rows: sheet.rows.map((row) => row.map(({ value }) => (typeof value === 'string' ? writable(value) : value))),
      cells: new Map(
        sheet.rows.flatMap((row, at) =>
          row.flatMap(({ style }, column) => (style ? [[`${at},${column}`, { style }] as const] : [])),
        ),
      ),
      rowDefs: rowDefs(sheet),
      merges: [...(sheet.merges ?? [])],
      dataValidations: [...(sheet.rules ?? [])],
      ...(sheet.freeze && { freezePane: { ...sheet.freeze } }),
      ...(sheet.veryHidden && { veryHidden: true }),
      ...(sheet.locked && { protection: { sheet: true, formatColumns: true, formatRows: true } }),
      view: { showGridLines: false },
      pageSetup: {
        paperSize: 'a4' as const,
        orientation: 'landscape' as const,
        margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.2, footer: 0.2 },
        ...(sheet.printTitles
          ? { scale: 60, printTitlesRow: sheet.printTitles.rows, printTitlesColumn: sheet.printTitles.columns }
          : { fitToPage: true, fitToWidth: 1, fitToHeight: 0 }),
      },
    })),
    properties: { title },
    activeSheet: 0,
  })

const rowDefs = ({ heights, hiddenRows }: WrittenSheet) =>
  new Map(
    [...new Set([...(heights?.keys() ?? []), ...(hiddenRows ?? [])])].map((row) => [
      row,
      {
        ...(heights?.has(row) && { height: heights.get(row) ?? 15 }),
        ...(hiddenRows?.has(row) && { hidden: true }),
      },
    ]),
  )

/** Control characters have no place in a workbook's XML, and a text like '#N/A' would be written as a fault. */
const writable = (text: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return /^#[A-Z0-9/_!?]+$/.test(clean) ? ` ${clean}` : clean
}
