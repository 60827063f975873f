import { parsePounds } from '../../src/domain/funding/pence.ts'
import type { SentFile } from '../connector.ts'
import { fileKind } from '../format/bytes.ts'
import { readCsv, withoutFormulaGuard } from '../format/csv.ts'
import { readDay } from '../format/day.ts'
import { type Refusal, refuse } from '../format/refusal.ts'
import { asColumnCode, tidyCell } from '../format/text.ts'
import { readXlsx } from '../format/xlsx.ts'
import type { PaidLine } from './rows.ts'

/** The headings a column may have, as codes. */
const headings = {
  reference: [
    'reference',
    'remittance_reference',
    'remittance',
    'payment_reference',
    'our_reference',
    'invoice_number',
  ],
  amount: ['amount', 'amount_in_pounds', 'amount_paid', 'paid', 'value', 'net_amount', 'gross_amount'],
  paidOn: ['paid_on', 'payment_date', 'date_paid', 'date', 'bacs_date', 'posting_date'],
} as const
type Wanted = keyof typeof headings

/** How many lines from the top the headings may stand in. */
const headingsWithin = 20

type Line = { readonly line: number; readonly cells: readonly string[] }

const linesOf = (file: SentFile): readonly Line[] | Refusal => {
  if (fileKind(file.bytes) === 'zip') {
    const book = readXlsx(file.bytes)
    if (book.outcome === 'refused') return book
    const sheet = book.sheets.find(({ visibility, rows }) => visibility === 'visible' && rows.length > 0)
    return (sheet?.rows ?? []).map(({ number, cells }) => ({
      line: number,
      cells: Array.from(cells, (cell) => cell?.text ?? ''),
    }))
  }
  const read = readCsv(file.bytes)
  return read.outcome === 'refused' ? read : read.records
}

const placesIn = ({ cells }: Line): ReadonlyMap<Wanted, number> => {
  const codes = cells.map(asColumnCode)
  return new Map(
    (Object.keys(headings) as readonly Wanted[]).flatMap((name) => {
      const at = codes.findIndex((code) => (headings[name] as readonly string[]).includes(code))
      return at < 0 ? [] : [[name, at] as const]
    }),
  )
}

/**
 * Reads finance's file of what was paid: CSV or a workbook with a column each for the remittance reference, the amount in
 * pounds and the day, in any order, below a title if there is one. Refused where a column is missing; a line whose amount
 * or day cannot be read is kept with null in its place, so that a person can see it.
 */
export const readPaidFile = (
  file: SentFile,
): { readonly outcome: 'read'; readonly lines: readonly PaidLine[] } | Refusal => {
  const lines = linesOf(file)
  if (!('length' in lines)) return lines
  if (lines.length === 0) return refuse('FILE_EMPTY')
  const tops = lines.slice(0, headingsWithin).map((line) => ({ line, places: placesIn(line) }))
  const head = tops.find(({ places }) => places.size === 3)
  if (!head) {
    const best = tops.toSorted((one, other) => other.places.size - one.places.size)[0]
    const missing = (Object.keys(headings) as readonly Wanted[]).filter((name) => !best?.places.has(name))
    return refuse('PAID_FILE_COLUMNS', { missing: missing.join(', ') }, { line: best?.line.line ?? 1 })
  }
  const cellOf = (line: Line, name: Wanted) =>
    tidyCell(withoutFormulaGuard(line.cells[head.places.get(name) ?? -1] ?? ''))
  const rows = lines
    .filter(({ line }) => line > head.line.line)
    .map(
      (line): PaidLine => ({
        line: line.line,
        reference: cellOf(line, 'reference').replace(/\s+/g, '').toUpperCase().slice(0, 40),
        amount: parsePounds(cellOf(line, 'amount')) ?? null,
        paidOn: readDay(cellOf(line, 'paidOn')) ?? null,
      }),
    )
    .filter(({ reference, amount, paidOn }) => reference !== '' || amount !== null || paidOn !== null)
  return rows.length === 0 ? refuse('SHEET_EMPTY') : { outcome: 'read', lines: rows }
}
