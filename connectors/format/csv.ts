import { CsvError, type Info, parse } from 'csv-parse/sync'
import { fileKind } from './bytes.ts'
import { decodeText } from './encoding.ts'
import { type Refusal, RefusedFile, refuse, refusing } from './refusal.ts'

/** One record of a CSV file; `line` is where it begins, for a quoted cell may run over several. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] }

/** A CSV file's records in their order, blank lines left out. */
export type CsvFile = { readonly outcome: 'read'; readonly delimiter: string; readonly records: readonly CsvRecord[] }

/** The most a CSV file may hold: the same rows and columns as a workbook, read whole in memory. */
export const csvLimits = { bytes: 20_000_000, rows: 10_000, columns: 300, characters: 200_000 } as const

/**
 * Reads a CSV file: comma, semicolon or tab, quoted cells, any line break, UTF-8, UTF-16 or windows-1252. Refuses what
 * is no such file, with the line where a quote is left open.
 */
export const readCsv = (bytes: Uint8Array): CsvFile | Refusal => {
  if (bytes.length > csvLimits.bytes) return refuse('FILE_TOO_LARGE', { megabytes: csvLimits.bytes / 1_000_000 })
  const kind = fileKind(bytes)
  if (kind === 'empty') return refuse('FILE_EMPTY')
  if (kind !== 'other') return refuse('FILE_NOT_RECOGNISED', { kind })
  const text = decodeText(bytes)?.text
  if (text === undefined) return refuse('FILE_NOT_RECOGNISED', { kind })
  if (text.trim() === '') return refuse('FILE_EMPTY')
  return refusing(() => readRecords(text.replace(/\r\n?/g, '\n')), refuse('FILE_NOT_RECOGNISED', { kind }))
}

const readRecords = (text: string): CsvFile => {
  const delimiter = delimiterOf(text)
  const records: CsvRecord[] = []
  let lastLine = 0
  const keep = (cells: string[], info: Info) => {
    const line = lastLine + 1
    lastLine = info.lines
    if (cells.every((cell) => cell.trim() === '')) return null
    if (cells.length > csvLimits.columns) throw refused('FILE_TOO_MANY_COLUMNS', csvLimits.columns, line)
    if (records.length > csvLimits.rows) throw refused('FILE_TOO_MANY_ROWS', csvLimits.rows, line)
    records.push({ line, cells })
    return null
  }
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: csvLimits.characters,
      on_record: (record, info) => keep(record as unknown as string[], info as unknown as Info),
    })
  } catch (thrown) {
    throw thrown instanceof CsvError ? new RefusedFile(asRefusal(thrown, lastLine + 1)) : thrown
  }
  return { outcome: 'read', delimiter, records }
}

const refused = (code: string, limit: number, line: number) => new RefusedFile(refuse(code, { limit }, { line }))

/** An open quote swallows the rest of the file, so it may also show as a record that is too long. */
const asRefusal = (error: CsvError, line: number): Refusal =>
  error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
    ? refuse('CSV_QUOTE_NOT_CLOSED', { line }, { line })
    : refuse('FILE_NOT_RECOGNISED', { kind: 'other' }, { line })

/** The delimiter that stands most often outside quotes in the first line that holds anything. */
export const delimiterOf = (text: string): string => {
  const first = firstLine(text.slice(0, 100_000))
  const bare = first.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => bare.split(delimiter).length
  return [';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best), ',')
}

const firstLine = (text: string): string => text.split('\n').find((line) => line.trim() !== '') ?? ''

/** The cells of a CSV file's first line that holds anything: enough to tell whose it is. */
export const readCsvHead = (bytes: Uint8Array): readonly string[] => {
  if (fileKind(bytes) !== 'other') return []
  const start = decodeText(bytes.subarray(0, 40_000))?.text.replace(/\r\n?/g, '\n') ?? ''
  const head = readCsv(new TextEncoder().encode(firstLine(start)))
  return head.outcome === 'read' ? (head.records[0]?.cells ?? []) : []
}

/** What a spreadsheet may take for the beginning of a formula, wide forms of the signs included. */
const formulaLead = '=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20'
const needsGuard = new RegExp(`^['${formulaLead}]`)
const hasGuard = new RegExp(`^'['${formulaLead}]`)

/** A cell as CSV text: quoted where it must be, and never something that a spreadsheet would run as a formula. */
export const csvCell = (text: string): string => {
  const safe = needsGuard.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Takes back the apostrophe that `csvCell` puts before text that begins like a formula. */
export const withoutFormulaGuard = (cell: string): string => (hasGuard.test(cell) ? cell.slice(1) : cell)

/** Rows as a CSV file that Excel opens as UTF-8 (with a byte order mark and CRLF line breaks). */
export const writeCsv = (rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(`\uFEFF${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`)

/**
 * A CSV file's text with only some cells left in it. Every cell, line break and quoted line break stands where it did,
 * so that a line and a column still name what they named.
 */
export const csvRows = (bytes: Uint8Array, keeps: (line: number, column: number) => boolean): Uint8Array => {
  const file = readCsv(bytes)
  if (file.outcome === 'refused') return new Uint8Array()
  let [text, line] = ['', 1]
  for (const record of file.records) {
    text += '\n'.repeat(Math.max(0, record.line - line))
    const cells = record.cells.map((cell, column) => (keeps(record.line, column) ? cell : cell.replace(/[^\n]/g, '')))
    text += cells.map(quoted(file.delimiter)).join(file.delimiter)
    line = record.line + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
  }
  return new TextEncoder().encode(`${text}\n`)
}

const quoted = (delimiter: string) => (cell: string) =>
  /["\n]/.test(cell) || cell.includes(delimiter) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell
