import { CsvError, parse } from 'csv-parse/sync'
import { type CsvRecord, delimiterOf, readCsv } from './csv.ts'
import { decodeText } from './encoding.ts'
import { RefusedFile, refuse } from './refusal.ts'

/** The most a CSV file read in pieces may hold; a piece alone may be no longer than one record and a chunk. */
export const csvStreamLimits = { bytes: 400_000_000, columns: 400, recordBytes: 1_000_000 } as const

const lineFeed = 0x0a
const carriageReturn = 0x0d
const quote = 0x22

/**
 * Where the last record that is whole ends: after the last line break that stands outside quotes; 0 where none is. As
 * csv-parse has it with `relax_quotes`, a quote opens only at the start of a cell and is text anywhere else.
 */
const wholeUpTo = (bytes: Uint8Array, delimiter: string): number => {
  if (!bytes.includes(quote)) return bytes.lastIndexOf(lineFeed) + 1
  const between = delimiter.charCodeAt(0)
  let standing: 'at the start' | 'in text' | 'in quotes' = 'at the start'
  let end = 0
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  for (let at = hasMark ? 3 : 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (standing === 'in quotes') {
      if (byte !== quote) continue
      if (bytes[at + 1] === quote) at += 1
      else standing = 'in text'
    } else if (byte === quote && standing === 'at the start') standing = 'in quotes'
    else if (byte === between || byte === carriageReturn) standing = 'at the start'
    else if (byte === lineFeed) {
      standing = 'at the start'
      end = at + 1
    } else standing = 'in text'
  }
  return end
}

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array => {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** UTF-16 as UTF-8, so that it can be read in pieces; anything else as it is. Two bytes tell. */
async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let decoder: TextDecoder | undefined
  let start: Uint8Array | undefined = new Uint8Array(0)
  const piece = (bytes: Uint8Array) =>
    decoder ? new TextEncoder().encode(decoder.decode(bytes, { stream: true })) : bytes
  for await (const chunk of chunks) {
    if (!start) {
      yield piece(chunk)
      continue
    }
    start = Uint8Array.from([...start, ...chunk.subarray(0, 2)])
    if (start.length < 2) continue
    if (start[0] === 0xff && start[1] === 0xfe) decoder = new TextDecoder('utf-16le')
    if (start[0] === 0xfe && start[1] === 0xff) decoder = new TextDecoder('utf-16be')
    yield piece(start)
    start = undefined
    yield piece(chunk.subarray(2))
  }
  if (start) yield start
}

/**
 * Reads a CSV file (comma, semicolon or tab) of any length a piece at a time, so that memory does not grow with it: UTF-16, or
 * UTF-8 or windows-1252, told piece by piece. Blank lines are left out. Throws `RefusedFile` where a quote is left open, or a
 * record or the file passes the limits.
 */
export async function* readCsvStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly CsvRecord[]> {
  let left: Uint8Array = new Uint8Array(0)
  let [line, bytes] = [1, 0]
  let delimiter: string | undefined
  const tooMany = (at: number) =>
    new RefusedFile(refuse('FILE_TOO_MANY_COLUMNS', { limit: csvStreamLimits.columns }, { line: at }))
  const openQuote = (at: number) => new RefusedFile(refuse('CSV_QUOTE_NOT_CLOSED', { line: at }, { line: at }))
  const quotedRecords = (text: string): readonly CsvRecord[] => {
    const records: CsvRecord[] = []
    let before = 0
    try {
      parse(text, {
        delimiter: delimiter ?? ',',
        record_delimiter: '\n',
        relax_column_count: true,
        relax_quotes: true,
        on_record: (record: unknown, info: { readonly lines: number }) => {
          const cells = record as readonly string[]
          const at = line + before
          before = info.lines
          if (cells.length > csvStreamLimits.columns) throw tooMany(at)
          if (cells.some((cell) => cell.trim() !== '')) records.push({ line: at, cells })
          return null
        },
      })
    } catch (thrown) {
      throw thrown instanceof CsvError && thrown.code === 'CSV_QUOTE_NOT_CLOSED' ? openQuote(line + before) : thrown
    }
    line += before
    return records
  }
  /** Where nothing is quoted a record is a line, and a cell is what stands between two delimiters. */
  const plainRecords = (text: string): readonly CsvRecord[] => {
    const records: CsvRecord[] = []
    const lines = text.split('\n')
    if (lines.at(-1) === '') lines.pop()
    for (const one of lines) {
      if (one.trim() !== '') {
        const cells = one.split(delimiter ?? ',')
        if (cells.length > csvStreamLimits.columns) throw tooMany(line)
        if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells })
      }
      line += 1
    }
    return records
  }
  const textOf = (piece: Uint8Array): string => {
    const decoded = decodeText(piece)
    if (!decoded) throw new RefusedFile(refuse('FILE_NOT_RECOGNISED', { kind: 'other' }, { line }))
    return decoded.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  }
  /** Told by the first line that holds anything, once it is whole: before it there is no record to read. */
  const learnDelimiter = (piece: Uint8Array) => {
    const text = textOf(piece.subarray(0, piece.lastIndexOf(lineFeed) + 1))
    if (text.trim() !== '') delimiter = delimiterOf(text)
  }
  const recordsOf = (piece: Uint8Array): readonly CsvRecord[] => {
    const text = textOf(piece)
    delimiter ??= delimiterOf(text)
    return text.includes('"') ? quotedRecords(text) : plainRecords(text)
  }
  for await (const chunk of asUtf8(chunks)) {
    bytes += chunk.length
    if (bytes > csvStreamLimits.bytes)
      throw new RefusedFile(refuse('FILE_TOO_LARGE', { megabytes: csvStreamLimits.bytes / 1_000_000 }))
    const piece = joined(left, chunk)
    if (delimiter === undefined) learnDelimiter(piece)
    const end = delimiter === undefined ? 0 : wholeUpTo(piece, delimiter)
    if (end > 0) yield recordsOf(piece.subarray(0, end))
    left = piece.slice(end)
    if (left.length > csvStreamLimits.recordBytes + chunk.length) throw openQuote(line)
  }
  if (left.length > 0) yield recordsOf(left)
}

/** The first lines of a CSV file: enough to tell what its columns are. */
export const csvTop = (bytes: Uint8Array, lines: number): readonly (readonly string[])[] => {
  // An even number of bytes, since a file may be in UTF-16.
  const text = decodeText(bytes.subarray(0, 40_000))?.text ?? ''
  const first = text.split(/\r\n?|\n/).slice(0, lines)
  const top = readCsv(new TextEncoder().encode(first.join('\n')))
  return top.outcome === 'read' ? top.records.map(({ cells }) => cells) : []
}
