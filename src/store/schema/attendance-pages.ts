import type { RouteRhythm, RouteWay } from '../../domain/attendance/route.ts'
import { choice, counted, day, integer, maybeDay, maybeInteger, moment, text } from './column.ts'

/** How attendance comes, a council's own benchmark, and the figures of its tables while they are kept. */
export const attendancePageTables = {
  attendance_route: {
    virtual_school_number: integer('C1'),
    school_number: integer('C1'),
    sequence: integer('C1'),
    how: choice<RouteWay>('C1'),
    since: day('C1'),
    every: choice<RouteRhythm>('C1'),
    usual_delay: integer('C1'),
    reason: text('C1'),
    at: moment('C1'),
    by_person: maybeInteger('C1'),
  },
  attendance_benchmark: {
    virtual_school_number: integer('C1'),
    valid_from: day('C1'),
    percent: integer('C1'),
    source: text('C1'),
    at: moment('C1'),
    by_person: maybeInteger('C1'),
  },
  attendance_board: {
    virtual_school_number: integer('C1'),
    academic_year: integer('C1'),
    day: text('C1'),
    changes: integer('C1'),
    counted: integer('C1'),
  },
  attendance_board_group: {
    virtual_school_number: integer('C1'),
    academic_year: integer('C1'),
    kind: choice<'all' | 'year' | 'school'>('C1'),
    key: text('C2'),
    children: integer('C2'),
    based: integer('C2'),
    benchmarked: integer('C2'),
    persistent: integer('C2'),
    severe: integer('C2'),
    below: integer('C2'),
    few: integer('C2'),
    tally: text('C2'),
    newest: maybeDay('C2'),
    by_totals: counted('C2'),
  },
}
