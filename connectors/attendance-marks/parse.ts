import type { SentFile } from '../connector.ts'
import { fileKind } from '../format/bytes.ts'
import { csvTop, readCsvStream } from '../format/csv-stream.ts'
import { type Refusal, RefusedFile, refuse } from '../format/refusal.ts'
import { readXlsx } from '../format/xlsx.ts'
import { type FoundColumns, findColumns } from './columns.ts'
import { lineReader } from './line.ts'
import type { MarksLine, MarksMapping, MarksRead, MarksRow } from './rows.ts'
import { isSimsReport, readSimsReport } from './sims-report.ts'

/** Raised whenever the same bytes would be read differently. */
export const marksEdition = '1'

/** How many lines from the top the headings may stand in. */
const headingsWithin = 20

const isWhole = ({ missing }: FoundColumns) => missing.length === 0

/** Why a file's headings cannot be read: what was found, and what is missing. */
const unknownColumns = (lines: readonly MarksLine[], mapping: MarksMapping | null): Refusal => {
  const best = lines
    .slice(0, headingsWithin)
    .map((line) => ({ line, found: findColumns(line.cells, mapping) }))
    .sort((one, other) => other.found.places.size - one.found.places.size)[0]
  if (!best) return refuse('FILE_EMPTY')
  return refuse(
    mapping ? 'MARKS_LAYOUT_FITS_NOT' : 'MARKS_COLUMNS_UNKNOWN',
    { found: [...best.found.places.keys()].join(', '), missing: best.found.missing.join(', ') },
    { line: best.line.line },
  )
}

/** Reads lines as they come, once their headings have been found. */
const markLines = (mapping: MarksMapping | null) => {
  let reader: ReturnType<typeof lineReader> | undefined
  let found: FoundColumns | undefined
  let waiting: MarksLine[] = []
  const rowsOf = (lines: readonly MarksLine[]): readonly MarksRow[] =>
    reader ? lines.map(({ line, cells, sheet }) => (reader as NonNullable<typeof reader>)(line, cells, sheet)) : []
  const read = (lines: readonly MarksLine[]): MarksRead => ({
    outcome: 'read',
    rows: rowsOf(lines),
    grain: found?.grain ?? 'session',
    notRead: found?.notRead ?? [],
  })
  return {
    take: (lines: readonly MarksLine[]): MarksRead | undefined => {
      if (reader) return read(lines)
      waiting.push(...lines)
      const at = waiting.slice(0, headingsWithin).findIndex(({ cells }) => isWhole(findColumns(cells, mapping)))
      if (at < 0) {
        if (waiting.length < headingsWithin) return undefined
        throw new RefusedFile(unknownColumns(waiting, mapping))
      }
      found = findColumns(waiting[at]?.cells ?? [], mapping)
      reader = lineReader(found, mapping)
      const after = waiting.slice(at + 1)
      waiting = []
      return read(after)
    },
    end: (): Refusal | undefined => (reader ? undefined : unknownColumns(waiting, mapping)),
  }
}

/** Reads a CSV file of any length as its bytes come; memory does not grow with it. */
export async function* readMarksCsv(
  chunks: AsyncIterable<Uint8Array>,
  mapping: MarksMapping | null,
): AsyncGenerator<MarksRead, void> {
  const lines = markLines(mapping)
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

/** Reads a workbook or a SIMS report, which have to be whole first. */
export const parseMarks = ({ bytes }: SentFile, mapping: MarksMapping | null): MarksRead => {
  if (isSimsReport(bytes)) {
    const report = readSimsReport(bytes)
    return report.outcome === 'refused' ? report : readWhole(report.lines, mapping)
  }
  const workbook = readXlsx(bytes)
  if (workbook.outcome === 'refused') return workbook
  const sheets = workbook.sheets
    .filter(({ visibility, rows }) => visibility === 'visible' && rows.length > 0)
    .map(({ name, rows }) =>
      rows.map(
        ({ number, cells }): MarksLine => ({
          line: number,
          sheet: name,
          cells: Array.from(cells, (cell) => cell?.text ?? ''),
        }),
      ),
    )
  const [first] = sheets
  if (!first) return refuse('FILE_EMPTY')
  const fits = (lines: readonly MarksLine[]) =>
    lines.slice(0, headingsWithin).some(({ cells }) => isWhole(findColumns(cells, mapping)))
  const fitting = sheets.filter(fits)
  if (fitting.length > 1) return refuse('ATTENDANCE_SEVERAL_SHEETS', { count: fitting.length })
  return readWhole(fitting[0] ?? first, mapping)
}

const readWhole = (all: readonly MarksLine[], mapping: MarksMapping | null): MarksRead => {
  const lines = markLines(mapping)
  try {
    return lines.take(all) ?? lines.end() ?? refuse('FILE_EMPTY')
  } catch (thrown) {
    if (!(thrown instanceof RefusedFile)) throw thrown
    return thrown.refusal
  }
}

/** Session marks by session, day or week: CSV, workbooks and the reports of SIMS. */
export const attendanceMarks = {
  name: 'attendance-marks',
  edition: marksEdition,
  keeps: 'allowed',
  coverage: 'changes',
  /** Whether the content is attendance, looked at only enough to tell: by well-known headings, or by those of a layout. */
  recognises: ({ bytes }: SentFile, mapping: MarksMapping | null = null): boolean => {
    const kind = fileKind(bytes)
    const fits = (cells: readonly string[]) => isWhole(findColumns(cells, mapping))
    if (kind === 'xml') return isSimsReport(bytes) && (mapping === null || reportFits(bytes, fits))
    if (kind === 'other') return csvTop(bytes, headingsWithin).some(fits)
    if (kind !== 'zip') return false
    const workbook = readXlsx(bytes)
    return (
      workbook.outcome === 'read' &&
      workbook.sheets.some(({ rows }) =>
        rows.slice(0, headingsWithin).some(({ cells }) => fits(Array.from(cells, (cell) => cell?.text ?? ''))),
      )
    )
  },
} as const

const reportFits = (bytes: Uint8Array, fits: (cells: readonly string[]) => boolean) => {
  const report = readSimsReport(bytes)
  return report.outcome === 'read' && report.lines.slice(0, 1).some(({ cells }) => fits(cells))
}
