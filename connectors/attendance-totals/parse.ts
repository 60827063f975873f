import type { SentFile } from '../connector.ts'
import { fileKind } from '../format/bytes.ts'
import { csvTop, readCsvStream } from '../format/csv-stream.ts'
import { type Refusal, RefusedFile, refuse } from '../format/refusal.ts'
import { readXlsx } from '../format/xlsx.ts'
import { findTotals } from './columns.ts'
import { totalsReader } from './line.ts'
import type { TotalsMapping, TotalsRead, TotalsReading } from './rows.ts'

/** Raised whenever the same bytes would be read differently. */
const totalsEdition = '1'

/** How many lines from the top the headings may stand in. */
const headingsWithin = 20

type Line = { readonly line: number; readonly cells: readonly string[]; readonly sheet?: string }

const isWhole = (cells: readonly string[], reading: TotalsReading) =>
  findTotals(cells, reading.mapping).missing.length === 0

const whyNot = (lines: readonly Line[], reading: TotalsReading): Refusal => {
  const best = lines
    .slice(0, headingsWithin)
    .map((line) => ({ line, found: findTotals(line.cells, reading.mapping) }))
    .sort((one, other) => other.found.places.size - one.found.places.size)[0]
  if (!best) return refuse('FILE_EMPTY')
  return refuse(
    reading.mapping ? 'TOTALS_LAYOUT_FITS_NOT' : 'TOTALS_COLUMNS_UNKNOWN',
    { found: [...best.found.places.keys()].join(', '), missing: best.found.missing.join(', ') },
    { line: best.line.line },
  )
}

/** Reads lines as they come, once their headings have been found. */
const totalsLines = (reading: TotalsReading) => {
  let reader: ReturnType<typeof totalsReader> | undefined
  let found: ReturnType<typeof findTotals> | undefined
  let waiting: Line[] = []
  const read = (lines: readonly Line[], using: NonNullable<typeof reader>): TotalsRead => ({
    outcome: 'read',
    rows: lines.map(({ line, cells, sheet }) => using(line, cells, sheet)),
    kind: found?.kind ?? 'cumulative',
    notRead: found?.notRead ?? [],
  })
  return {
    take: (lines: readonly Line[]): TotalsRead | undefined => {
      if (reader) return read(lines, reader)
      waiting.push(...lines)
      const at = waiting.slice(0, headingsWithin).findIndex(({ cells }) => isWhole(cells, reading))
      const head = waiting[at]
      if (!head) {
        if (waiting.length < headingsWithin) return undefined
        throw new RefusedFile(whyNot(waiting, reading))
      }
      found = findTotals(head.cells, reading.mapping)
      const dated = found.places.has('first_day') && found.places.has('last_day')
      if (!dated && !reading.period)
        throw new RefusedFile(refuse('TOTALS_PERIOD_UNKNOWN', { kind: found.kind }, { line: head.line }))
      reader = totalsReader(found, reading)
      const after = waiting.slice(at + 1)
      waiting = []
      return read(after, reader)
    },
    end: (): Refusal | undefined => (reader ? undefined : whyNot(waiting, reading)),
  }
}

/** Reads a CSV file of any length as its bytes come; memory does not grow with it. */
export async function* readTotalsCsv(
  chunks: AsyncIterable<Uint8Array>,
  reading: TotalsReading,
): AsyncGenerator<TotalsRead, void> {
  const lines = totalsLines(reading)
  try {
    for await (const records of readCsvStream(chunks)) {
      const read = lines.take(records)
      if (read) yield read
    }
    const refused = lines.end()
    if (refused) yield refused
  } catch (thrown) {
    if (!(thrown instanceof RefusedFile)) throw thrown
    yield thrown.refusal
  }
}

const sheetsOf = (bytes: Uint8Array): Refusal | { readonly outcome: 'read'; readonly sheets: readonly Line[][] } => {
  const workbook = readXlsx(bytes)
  if (workbook.outcome === 'refused') return workbook
  return {
    outcome: 'read',
    sheets: workbook.sheets
      .filter(({ visibility, rows }) => visibility === 'visible' && rows.length > 0)
      .map(({ name, rows }) =>
        rows.map(({ number, cells }) => ({
          line: number,
          sheet: name,
          cells: Array.from(cells, (cell) => cell?.text ?? ''),
        })),
      ),
  }
}

/** Reads a workbook, which has to be whole first. */
export const parseTotals = ({ bytes }: SentFile, reading: TotalsReading): TotalsRead => {
  const workbook = sheetsOf(bytes)
  if (workbook.outcome === 'refused') return workbook
  const fits = (lines: readonly Line[]) => lines.slice(0, headingsWithin).some(({ cells }) => isWhole(cells, reading))
  const fitting = workbook.sheets.filter(fits)
  if (fitting.length > 1) return refuse('ATTENDANCE_SEVERAL_SHEETS', { count: fitting.length })
  const all = fitting[0] ?? workbook.sheets[0]
  if (!all) return refuse('FILE_EMPTY')
  const lines = totalsLines(reading)
  try {
    return lines.take(all) ?? lines.end() ?? refuse('FILE_EMPTY')
  } catch (thrown) {
    if (!(thrown instanceof RefusedFile)) throw thrown
    return thrown.refusal
  }
}

/**
 * Whether headings are those of counted totals, or of a layout. A percentage alone stands in many a file that is
 * something else.
 */
const areTotals = (mapping: TotalsMapping | null) => (cells: readonly string[]) => {
  const { kind, missing } = findTotals(cells, mapping)
  return missing.length === 0 && (mapping !== null || kind !== 'percentage')
}

/** Totals of sessions that came as totals: a census's, a collector's, or a percentage that a college reports. */
export const attendanceTotals = {
  name: 'attendance-totals',
  edition: totalsEdition,
  keeps: 'allowed',
  coverage: 'changes',
  /** Whether the content is totals, looked at only enough to tell: by well-known headings, or by those of a layout. */
  recognises: ({ bytes }: SentFile, mapping: TotalsMapping | null = null): boolean => {
    const kind = fileKind(bytes)
    const fits = areTotals(mapping)
    if (kind === 'other') return csvTop(bytes, headingsWithin).some(fits)
    if (kind !== 'zip') return false
    const workbook = sheetsOf(bytes)
    return (
      workbook.outcome === 'read' &&
      workbook.sheets.some((lines) => lines.slice(0, headingsWithin).some(({ cells }) => fits(cells)))
    )
  },
} as const
