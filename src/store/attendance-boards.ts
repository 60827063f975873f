import type { Tally } from '../domain/attendance/tally.ts'
import type { PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { scopedRead } from './read.ts'
import { ofOwnCouncil } from './scope.ts'
import { assertOne, insertMany, statement } from './statement.ts'

/** The figures of one group of children. */
export type GroupFigures = {
  readonly kind: 'all' | 'year' | 'school'
  /** A year group or the number of a school; empty for all. */
  readonly key: string
  readonly children: number
  /** Children of whom any session was possible: the base of the counts below. */
  readonly based: number
  /** Of those, children who are held to the benchmark. */
  readonly benchmarked: number
  readonly persistent: number
  readonly severe: number
  /** Below the benchmark, of those who are held to it. */
  readonly below: number
  /** On so few sessions that their own figure says little. */
  readonly few: number
  readonly tally: Tally
  readonly newest: PlainDate | null
  /** Of the children, those of whom no marks are held and totals that were reported are counted. */
  readonly byTotals: number
}

/** When a council's tables were last counted, and how often something they may depend on has changed. */
export type KeptTables = { readonly day: string; readonly changes: number; readonly counted: number }

/** Makes room for a council's tables, so that changes are noticed from now on. */
export const openTables = (virtualSchool: number, academicYear: number): Statement =>
  statement(
    `insert or ignore into attendance_board (virtual_school_number, academic_year, day, changes, counted)
     values (?, ?, '', 0, -1)`,
    [virtualSchool, academicYear],
  )

/** How a council's own tables of a year are kept; undefined where nobody has looked yet. */
export const keptTables = async (query: Query, scope: Scope, academicYear: number): Promise<KeptTables | undefined> =>
  (await readTables(query, scope, { academicYear }))[0]

const readTables = scopedRead((query, scope, given: { academicYear: number }) =>
  query
    .selectFrom('attendance_board')
    .select(['day', 'changes', 'counted'])
    .where('academic_year', '=', given.academicYear)
    .where(ofOwnCouncil(scope, 'attendance_board.virtual_school_number')),
)

/** The kept figures of a council's own tables of a year. */
export const keptFigures = async (query: Query, scope: Scope, academicYear: number): Promise<readonly GroupFigures[]> =>
  (await readFigures(query, scope, { academicYear })).map(({ tally, ...row }) => ({
    ...row,
    tally: JSON.parse(tally) as Tally,
  }))

const readFigures = scopedRead((query, scope, given: { academicYear: number }) =>
  query
    .selectFrom('attendance_board_group')
    .select([
      'kind',
      'key',
      'children',
      'based',
      'benchmarked',
      'persistent',
      'severe',
      'below',
      'few',
      'tally',
      'newest',
      'by_totals as byTotals',
    ])
    .where('academic_year', '=', given.academicYear)
    .where(ofOwnCouncil(scope, 'attendance_board_group.virtual_school_number')),
)

/** Keeps figures that were counted after `changes` changes; does nothing to the store if there have been more since. */
export const keepFigures = (
  virtualSchool: number,
  academicYear: number,
  day: PlainDate,
  changes: number,
  figures: readonly GroupFigures[],
): readonly Statement[] => [
  assertOne(
    'select count(*) from attendance_board where virtual_school_number = ? and academic_year = ? and changes = ?',
    [virtualSchool, academicYear, changes],
  ),
  statement('delete from attendance_board_group where virtual_school_number = ? and academic_year = ?', [
    virtualSchool,
    academicYear,
  ]),
  ...insertMany(
    'attendance_board_group',
    [
      'kind',
      'key',
      'children',
      'based',
      'benchmarked',
      'persistent',
      'severe',
      'below',
      'few',
      'tally',
      'newest',
      'by_totals',
    ],
    figures.map((one) => [
      ...[one.kind, one.key, one.children, one.based, one.benchmarked, one.persistent, one.severe, one.below, one.few],
      ...[JSON.stringify(one.tally), one.newest, one.byTotals],
    ]),
    { shared: { virtual_school_number: virtualSchool, academic_year: academicYear } },
  ),
  statement('update attendance_board set day = ?, counted = ? where virtual_school_number = ? and academic_year = ?', [
    day,
    changes,
    virtualSchool,
    academicYear,
  ]),
]
