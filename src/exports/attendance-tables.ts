import { tableWords as words } from '../../templates/words/en/attendance.ts'
import { yearGroupWords } from '../../templates/words/en/counts.ts'
import { academicYearWords, day } from '../../templates/words/en/dates.ts'
import { attendedOf, perThousand, possibleOf, type Tally } from '../domain/attendance/tally.ts'
import type { PlainDate } from '../domain/dates.ts'
import { shownTables } from '../domain/suppression.ts'
import type { RoundTable } from './round-tables.ts'

/** One line of an attendance table as it goes out. */
export type AttendanceLine = {
  readonly name: string
  readonly children: number
  readonly based: number
  readonly benchmarked: number
  readonly persistent: number
  readonly severe: number
  readonly below: number
  readonly few: number
  readonly tally: Tally
  readonly newest: PlainDate | null
  readonly byTotals: number
}

const noteOf = (academicYear: number, until: PlainDate) => `${academicYearWords(academicYear)}, up to ${day(until)}`

/** A council's attendance by year group or school, for its own team: sums with their bases, and no child. */
export const attendanceTable = (
  title: string,
  head: string,
  lines: readonly AttendanceLine[],
  academicYear: number,
  until: PlainDate,
): RoundTable => ({
  title,
  columns: [
    ...[head, words.columns.pupils, 'Attended', 'Possible', 'Attendance in tenths of a percent'],
    ...['Authorised', 'Unauthorised', 'Not possible', 'Not entered', 'Late', 'Pupils with sessions'],
    ...[
      words.columns.persistent,
      words.columns.severe,
      words.columns.below,
      'Held to the benchmark',
      'On few sessions',
      'Counted by totals',
      words.columns.newest,
    ],
  ],
  rows: lines.map((line) => [
    ...[line.name, line.children, attendedOf(line.tally), possibleOf(line.tally)],
    ...[perThousand(attendedOf(line.tally), possibleOf(line.tally)) ?? null],
    ...[line.tally.authorised, line.tally.unauthorised, line.tally.not_possible, line.tally.not_entered],
    ...[line.tally.late, line.based, line.persistent, line.severe, line.below, line.benchmarked, line.few],
    ...[line.byTotals, line.newest],
  ]),
  notes: [noteOf(academicYear, until), words.bases],
})

/** The same for readers outside the team: children by how much they miss, small numbers held back. */
export const membersTable = (
  all: AttendanceLine | undefined,
  years: readonly (AttendanceLine & { readonly key: string })[],
  academicYear: number,
  until: PlainDate,
): RoundTable => {
  const cells = (line: AttendanceLine) => [
    { key: words.none, count: line.based - line.persistent },
    { key: words.persistentOnly, count: line.persistent - line.severe },
    { key: words.severe, count: line.severe },
  ]
  const groups = all ? [{ ...all, key: '' }, ...years] : []
  const shown = shownTables(
    all?.children ?? 0,
    groups.map((line) => ({ key: line.key, cells: cells(line) })),
  )
  return {
    title: words.membersTitle,
    columns: words.membersColumns,
    rows: shown.flatMap(({ key, base, cells: own }) =>
      own.map((cell) => [
        key === '' ? words.all : yearGroupWords(key),
        base ?? words.held,
        cell.key,
        cell.count ?? words.held,
      ]),
    ),
    notes: [noteOf(academicYear, until), words.membersNote],
  }
}
