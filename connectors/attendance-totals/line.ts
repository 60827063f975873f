import { classOf } from '../../src/domain/attendance/codes.ts'
import type { PlainDate } from '../../src/domain/dates.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { withoutFormulaGuard } from '../format/csv.ts'
import { readDay } from '../format/day.ts'
import type { FoundTotals } from './columns.ts'
import type { TotalPeriod, TotalsColumn, TotalsReading, TotalsRow } from './rows.ts'

/** The most sessions that a total may be of: some more than two a day of a year. */
const mostSessions = 800

/** The longest period of one total, in days. */
const longestPeriod = 370

/** Columns that tell whom a line is about only to a person who has to find out: never in the copy that is kept. */
const neverKept: ReadonlySet<TotalsColumn> = new Set(['surname', 'forename', 'born'])

const dayMilliseconds = 86_400_000
const daysBetween = (first: PlainDate, last: PlainDate) =>
  (Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / dayMilliseconds

type Sums = { readonly attended: number; readonly authorised: number; readonly unauthorised: number }

/** Makes the reader of one file's lines. A blank cell is 0 in a census, which says so of itself, and nothing elsewhere. */
export const totalsReader = (found: FoundTotals, { mapping, period }: TotalsReading) => {
  const { places, reasons, kind } = found
  const kept = [
    ...[...places].filter(([column]) => !neverKept.has(column)).map(([, index]) => index),
    ...reasons.map(({ index }) => index),
  ]
  const keptUpTo = Math.max(...kept) + 1
  const countsPresent = reasons.some(({ code }) => code === '/' || code === '\\')

  return (number: number, cells: readonly string[], sheet?: string): TotalsRow => {
    const findings: Finding[] = []
    const say = (
      code: string,
      column: string,
      parameters: Finding['parameters'] = {},
      severity: Finding['severity'] = 'error',
    ) => {
      const at = sheet === undefined ? { line: number, column } : { line: number, sheet, column }
      findings.push({ code, severity, at, parameters })
    }
    const cellAt = (index: number) => withoutFormulaGuard((cells[index] ?? '').trim()).trim()
    const cell = (column: TotalsColumn) => (places.has(column) ? cellAt(places.get(column) ?? -1) : '')
    const counted = (text: string, column: string): number | null => {
      if (text === '') return kind === 'census' ? 0 : null
      if (/^\d{1,4}(\.0+)?$/.test(text) && Number(text) <= mostSessions) return Number(text)
      say('TOTAL_NUMBER', column, { most: mostSessions })
      return null
    }
    const said = (column: TotalsColumn) => (places.has(column) ? counted(cell(column), column) : null)

    const upn = cell('upn').toUpperCase()
    const reference = cell('reference')
    if (upn === '' && reference === '') say('MARKS_NO_CHILD', places.has('upn') ? 'upn' : 'reference')
    const own = periodOf(cell('first_day'), cell('last_day'), places, period)
    if (own === 'unreadable') say('TOTAL_DAY', 'last_day')
    if (own === 'too-long') say('TOTAL_PERIOD', 'last_day')
    const ofDays = typeof own === 'string' ? null : own

    const byCode = reasons.map(({ code, index }) => ({ code, count: counted(cellAt(index), code) ?? 0 }))
    const sums = ofDays && kind === 'census' && reasons.length > 0 ? sumsOf(byCode, ofDays) : null
    const possible = said('possible')
    // A blank stated total leaves the word to what the reasons add up to.
    const stated = (column: 'authorised' | 'unauthorised') =>
      sums && cell(column) === '' ? sums[column] : said(column)
    const [authorised, unauthorised] = [stated('authorised'), stated('unauthorised')]
    const attended =
      kind !== 'census'
        ? said('attended')
        : sums && countsPresent
          ? sums.attended
          : possible === null || authorised === null || unauthorised === null
            ? null
            : possible - authorised - unauthorised
    const { percentage, wrong } = percentageOf(cell('percentage'))
    if (wrong) say('TOTAL_PERCENTAGE', 'percentage')

    if (possible !== null) {
      const absent = (authorised ?? 0) + (unauthorised ?? 0)
      if ((attended ?? 0) > possible || absent > possible) say('TOTAL_MORE_THAN_POSSIBLE', 'possible', { possible })
      else if (attended !== null && authorised !== null && unauthorised !== null && attended + absent !== possible)
        say('TOTAL_NOT_SUM', 'possible', { possible, sum: attended + absent }, 'warning')
      if (sums)
        for (const [column, stands] of [
          ['authorised', authorised],
          ['unauthorised', unauthorised],
        ] as const)
          if (stands !== null && stands !== sums[column])
            say('TOTAL_REASONS_DIFFER', column, { stated: stands, reasons: sums[column] }, 'warning')
      // A tenth of a percent either way is rounding.
      if (percentage !== null && attended !== null && possible > 0) {
        const counted = (attended * 100) / possible
        if (Math.abs(Number(percentage) - counted) >= 1)
          say('TOTAL_PERCENTAGE_DIFFERS', 'percentage', { reported: percentage, attended, possible }, 'warning')
      }
    }
    return {
      number,
      upn,
      reference,
      surname: cell('surname'),
      forename: cell('forename'),
      born: cell('born'),
      school: schoolOf(cell('school'), cell('la')),
      period: ofDays,
      possible,
      attended,
      authorised,
      unauthorised,
      reasons:
        reasons.length === 0
          ? null
          : Object.fromEntries(byCode.filter(({ count }) => count > 0).map(({ code, count }) => [code, count])),
      percentage,
      basis: percentage === null ? null : cell('basis') || mapping?.basis || found.percentageHead || null,
      findings,
      kept: Array.from({ length: keptUpTo }, (_, index) =>
        kept.includes(index) ? quoted((cells[index] ?? '').trim()) : '',
      ).join(','),
    }
  }
}

/** An establishment's four digits with its council's three before them, where the file has both. */
const schoolOf = (school: string, la: string): string =>
  /^\d{4}$/.test(school) && /^\d{3}$/.test(la) ? la + school : school

const periodOf = (
  first: string,
  last: string,
  places: FoundTotals['places'],
  said: TotalPeriod | null,
): TotalPeriod | 'unreadable' | 'too-long' => {
  const columns = places.has('first_day') && places.has('last_day')
  const read = columns ? { firstDay: readDay(first), lastDay: readDay(last) } : said
  if (read?.firstDay === undefined || read.lastDay === undefined) return 'unreadable'
  const days = daysBetween(read.firstDay, read.lastDay)
  return days < 0 || days > longestPeriod ? 'too-long' : { firstDay: read.firstDay, lastDay: read.lastDay }
}

const sumsOf = (
  byCode: readonly { readonly code: string; readonly count: number }[],
  { lastDay }: TotalPeriod,
): Sums => {
  // A census's days begin in the holiday before a term: its sessions are those of the table it ends under.
  const sum = (...classes: readonly string[]) =>
    byCode
      .filter(({ code }) => classes.includes(classOf('England', lastDay, code)))
      .reduce((total, { count }) => total + count, 0)
  return {
    attended: sum('present', 'educated_elsewhere'),
    authorised: sum('authorised'),
    unauthorised: sum('unauthorised'),
  }
}

/** A percentage as it was written, without its sign: 92.5. */
const percentageOf = (text: string): { readonly percentage: string | null; readonly wrong: boolean } => {
  const written = text.replace(/\s*%$/, '')
  if (written === '') return { percentage: null, wrong: false }
  const right = /^\d{1,3}(\.\d{1,6})?$/.test(written) && Number(written) <= 100
  return right ? { percentage: written, wrong: false } : { percentage: null, wrong: true }
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
