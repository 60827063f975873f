import { hasTextAt } from './bytes.ts'

/** What a sheet holds, counted before anything is made of it. */
export type SheetCells = {
  /** The cells without those that hold a style and nothing else. */
  readonly cells: Uint8Array
  readonly rowCount: number
  readonly cellCount: number
}

const [less, greater, slash, quote, space] = [0x3c, 0x3e, 0x2f, 0x22, 0x20]

/**
 * Counts the rows and cells of a sheet's data and leaves out its blank cells: two in three of a workbook of ours, which
 * the parser would take apart one by one to give nothing for them. A blank cell goes only where what follows names its
 * own place or ends the row, for a cell without a name stands beside the one before it. It stops one beyond the most rows
 * or cells that are wanted.
 */
export const withoutBlankCells = (
  sheetData: Uint8Array,
  prefix: string,
  most: { readonly rows: number; readonly cells: number },
): SheetCells => {
  const [row, cell] = [`${prefix}row`, `${prefix}c`]
  const data = sheetData.slice()
  let [rowCount, cellCount, length, from] = [0, 0, 0, 0]
  const keep = (to: number) => {
    if (to > from) data.copyWithin(length, from, to)
    length += to - from
  }
  for (let at = 0; at < data.length && rowCount <= most.rows && cellCount <= most.cells; at += 1) {
    if (data[at] !== less) continue
    if (isTag(data, row, at + 1)) rowCount += 1
    if (!isTag(data, cell, at + 1)) continue
    cellCount += 1
    const end = endOfBlankCell(data, at)
    if (end < 0 || !(hasTextAt(data, '<c r="', end) || hasTextAt(data, '</row>', end))) continue
    keep(at)
    from = end
    at = end - 1
  }
  keep(data.length)
  return { cells: data.subarray(0, length), rowCount, cellCount }
}

const isTag = (data: Uint8Array, name: string, at: number): boolean => {
  if (!hasTextAt(data, name, at)) return false
  const next = data[at + name.length] ?? 0
  return next <= space || next === greater || next === slash
}

/** Where a cell of the form `<c r="B2" s="5"/>` ends; -1 where it is of any other form. */
const endOfBlankCell = (data: Uint8Array, at: number): number => {
  if (!hasTextAt(data, '<c r="', at)) return -1
  const letters = at + 6
  const digits = after(data, letters, 0x41, 0x5a)
  let end = after(data, digits, 0x30, 0x39)
  if (digits === letters || end === digits || data[end] !== quote) return -1
  end += 1
  if (hasTextAt(data, ' s="', end)) {
    const style = end + 4
    end = after(data, style, 0x30, 0x39)
    if (end === style || data[end] !== quote) return -1
    end += 1
  }
  return hasTextAt(data, '/>', end) ? end + 2 : -1
}

/** The first position whose byte is out of a range. */
const after = (data: Uint8Array, from: number, first: number, last: number): number => {
  let at = from
  for (let byte = data[at] ?? 0; byte >= first && byte <= last; byte = data[at] ?? 0) at += 1
  return at
}
