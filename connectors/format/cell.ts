import type { CellObject } from 'xlsx'

/** What a cell of a workbook holds, as its reader found it. */
export type Cell = {
  /** The content as the sender saw it: text as typed, days as dd/mm/yyyy, percentages with their sign. */
  readonly text: string
  readonly kind: 'text' | 'number' | 'date' | 'truth' | 'fault' | 'formula-without-value'
  /** A number that could be a day, read in the workbook's own date system: 'YYYY-MM-DD'. */
  readonly asDay?: string
}

/** One row that holds something; cells by column from 0. */
export type SheetRow = { readonly number: number; readonly cells: readonly (Cell | undefined)[] }

/** A sheet's rows that hold something, in their order. */
export type SheetContent = {
  readonly name: string
  readonly visibility: 'visible' | 'hidden' | 'very-hidden'
  readonly rows: readonly SheetRow[]
}

/** The letters of a column counted from 0: 0 is A, 26 is AA. */
export const columnLetters = (column: number): string => {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last
}

/** A cell's name: column counted from 0, row from 1. */
export const cellName = (column: number, row: number): string => `${columnLetters(column)}${row}`

/** Column (from 0) and row (from 1) of a cell's name; undefined where it is no such name. */
export const parseCellName = (name: string): { readonly column: number; readonly row: number } | undefined => {
  const match = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(name)
  if (!match) return undefined
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { column, row: Number(match[2]) }
}

const faults: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

/** Reads what the workbook parser made of one cell; undefined where it holds nothing. */
export const readCell = (content: CellObject, from1904: boolean): Cell | undefined => {
  const { t: type, v: value } = content
  if (type === 'e') return { text: faults[Number(value)] ?? '#N/A', kind: 'fault' }
  if (value instanceof Date) return readDay(value)
  if (typeof value === 'string') return { text: value, kind: 'text' }
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE', kind: 'truth' }
  return typeof value === 'number' ? readNumber(value, String(content.z ?? ''), from1904) : undefined
}

const readDay = (value: Date): Cell => {
  if (Number.isNaN(value.getTime())) return { text: '#NUM!', kind: 'fault' }
  const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
  const [year, month, day] = text.slice(0, 10).split('-')
  const time = text.slice(11, 16)
  return {
    text: `${day}/${month}/${year}${time === '00:00' ? '' : ` ${time}`}`,
    kind: 'date',
    asDay: text.slice(0, 10),
  }
}

/** Days from 1980 to 2118 as a spreadsheet counts them: a number outside is no day that a return could mean. */
const daySerials = { from: 29_221, to: 80_000 } as const

const readNumber = (value: number, format: string, from1904: boolean): Cell => {
  if (/%/.test(format)) return { text: `${plain(value * 100)}%`, kind: 'number' }
  const serial = from1904 ? value + 1462 : value
  const isDay = Number.isInteger(value) && serial >= daySerials.from && serial <= daySerials.to
  const text = plain(value)
  if (!isDay) return { text, kind: 'number' }
  return { text, kind: 'number', asDay: new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10) }
}

/** A number as a person would write it: fifteen digits, as a spreadsheet shows, and no exponent. */
const plain = (value: number): string => {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value === 0 ? 0 : value)
  const rounded = Number(value.toPrecision(15))
  return Math.abs(rounded) < 1e21 && Math.abs(rounded) >= 1e-6
    ? String(rounded)
    : rounded === 0
      ? '0'
      : value.toString()
}
