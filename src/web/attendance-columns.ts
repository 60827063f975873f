import type { MarksMapping } from '../../connectors/attendance-marks/rows.ts'
import type { TotalPeriod, TotalsMapping } from '../../connectors/attendance-totals/rows.ts'
import type { SentFile } from '../../connectors/connector.ts'
import { findColumns, findTotals, marksColumns, totalsColumns } from '../../connectors/registry.ts'
import type { LookedColumn } from '../../connectors/school-layout/rows.ts'
import { attendanceColumnWords as words } from '../../templates/words/en/attendance-files.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import type { Finding } from '../domain/finding.ts'
import type { Runtime } from '../runtime.ts'
import { type AttendanceReading, marksIn, totalsIn } from './attendance-read.ts'
import type { WebContext } from './context.ts'
import { field } from './form-field.ts'

const ofMarks: ReadonlySet<string> = new Set(marksColumns)
const ofTotals: ReadonlySet<string> = new Set(totalsColumns)

/** The columns that tell marks from totals: those that only one of them has. */
const onlyMarks = marksColumns.filter((column) => !ofTotals.has(column))
const onlyTotals = totalsColumns.filter((column) => !ofMarks.has(column))

/** A column of an attendance file in words: 'Monday, PM' for `mon_pm`. */
export const columnWords = (column: string): string => {
  const [day = '', half = ''] = column.split('_')
  return words.targets[column] ?? `${words.weekdays[day] ?? day}, ${half.toUpperCase()}`
}

const groupOf = (column: string): string => {
  if (/_(am|pm)$/.test(column)) return words.groups.week
  if (ofMarks.has(column)) return ofTotals.has(column) ? words.groups.child : words.groups.marks
  return column === 'la' ? words.groups.child : words.groups.totals
}

/** What a column may be said to be. */
export const columnChoices = [...new Set<string>([...marksColumns, ...totalsColumns])].map((value) => ({
  value,
  text: columnWords(value),
  group: groupOf(value),
}))

/** What headings say by themselves, to begin with. */
export const guessedColumns = (columns: readonly LookedColumn[]): ReadonlyMap<number, string> => {
  const heads = columns.map(({ head }) => head)
  const [marks, totals] = [findColumns(heads, null), findTotals(heads, null)]
  const better = totals.missing.length < marks.missing.length ? totals.places : marks.places
  return new Map([...better].map(([column, at]) => [columns[at]?.index ?? -1, column]))
}

/** What a form says of each column. */
export const saidColumns = (context: WebContext, columns: readonly LookedColumn[]): ReadonlyMap<number, string> =>
  new Map(
    columns.flatMap(({ index }) => {
      const column = field(context, `c-${index}`)
      return ofMarks.has(column) || ofTotals.has(column) ? [[index, column] as const] : []
    }),
  )

const several = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim().slice(0, 40))
    .filter((word) => word !== '')
    .slice(0, 20)

/** What was said as a reading, or what is to mend in it. */
export const readingSaid = (
  context: WebContext,
  columns: readonly LookedColumn[],
  said: ReadonlyMap<number, string>,
): Exclude<AttendanceReading, { readonly mapping: null }> | { readonly toMend: string; readonly field: string } => {
  const heads = new Map(columns.map(({ index, head }) => [index, head]))
  const first = `c-${columns[0]?.index ?? 0}`
  const named: Record<string, string> = {}
  for (const [index, column] of said) {
    if (Object.hasOwn(named, column)) return { toMend: words.toMend.twice(columnWords(column)), field: `c-${index}` }
    named[column] = heads.get(index) ?? ''
  }
  const has = (some: readonly string[]) => some.some((column) => Object.hasOwn(named, column))
  if (said.size === 0) return { toMend: words.toMend.nothing, field: first }
  if (has(onlyMarks) && has(onlyTotals)) return { toMend: words.toMend.both, field: first }
  if (has(onlyTotals)) {
    const basis = field(context, 'basis').slice(0, 60)
    const mapping: TotalsMapping = { columns: named, ...(basis === '' ? {} : { basis }) }
    return { layout: null, connector: 'attendance-totals', mapping }
  }
  const sessions = { AM: several(field(context, 'am_words')), PM: several(field(context, 'pm_words')) }
  const mapping: MarksMapping = {
    columns: named,
    ...(sessions.AM.length + sessions.PM.length > 0 ? { sessions } : {}),
  }
  return { layout: null, connector: 'attendance-marks', mapping }
}

/** What a reading makes of a file, before anything is saved: how many lines, the first of them, and what is to mend. */
export type TriedColumns = {
  readonly refused: { readonly title: string; readonly rule: string; readonly mend: string } | null
  readonly lines: number
  readonly wrong: number
  readonly first: readonly string[]
  readonly found: readonly { readonly line: number | null; readonly title: string; readonly rule: string }[]
  /** What the form has to be asked beside the columns: the days of totals, or the file's words for the two sessions. */
  readonly needs: 'period' | 'session-words' | null
}

const shownLines = 6
const shownFindings = 6

/** Tries a reading on a file. Nobody is matched and nothing is kept. */
export const tryReading = async (
  runtime: Runtime,
  file: SentFile,
  reading: AttendanceReading,
  period: TotalPeriod | null,
): Promise<TriedColumns> => {
  let [lines, wrong] = [0, 0]
  const first: string[] = []
  const found: Finding[] = []
  const say = (text: string) => {
    if (first.length < shownLines) first.push(text)
  }
  const note = ({ findings }: { readonly findings: readonly Finding[] }) => {
    lines += 1
    if (findings.some(({ severity }) => severity === 'error')) wrong += 1
    if (found.length < shownFindings) found.push(...findings)
  }
  const ended = (refusal: Finding | null): TriedColumns => ({
    refused: refusal && wordsOfFinding(refusal),
    needs:
      refusal?.code === 'TOTALS_PERIOD_UNKNOWN'
        ? 'period'
        : found.some(({ code }) => code === 'MARK_SESSION')
          ? 'session-words'
          : null,
    lines,
    wrong,
    first,
    found: found.slice(0, shownFindings).map((one) => {
      const { title, rule } = wordsOfFinding(one)
      return { line: one.at.line ?? null, title, rule }
    }),
  })
  if (reading.connector === 'attendance-marks') {
    for await (const piece of marksIn(runtime, file, reading.mapping)) {
      if (piece.outcome === 'refused') return ended(piece.finding)
      for (const row of piece.rows) {
        note(row)
        for (const { day, session, code } of row.marks) say(words.mark(row.number, day, session, code))
      }
    }
    return ended(null)
  }
  for await (const piece of totalsIn(runtime, file, { mapping: reading.mapping, period })) {
    if (piece.outcome === 'refused') return ended(piece.finding)
    for (const row of piece.rows) {
      note(row)
      if (row.percentage !== null && row.possible === null)
        say(words.total(row.number, words.reported(row.percentage, row.basis)))
      else if (row.possible !== null) say(words.total(row.number, words.sessions(row.attended, row.possible)))
    }
  }
  return ended(null)
}
