import { choice, day, fromRow, integer, maybeInteger, maybeText, moment, number, text } from './column.ts'

const marksOfWeek = {
  pupil_number: integer('C3'),
  week: integer('C2'),
  import_number: integer('C1'),
  row_number: integer('C1'),
  ordinal: integer('C1'),
  school_number: integer('C3'),
  marks: text('C2'),
}

const total = {
  pupil_number: integer('C3'),
  school_number: integer('C3'),
  kind: text('C1'),
  first_day: day('C2'),
  last_day: day('C2'),
  possible: maybeText('C2'),
  attended: maybeText('C2'),
  authorised: maybeText('C2'),
  unauthorised: maybeText('C2'),
  reasons: maybeText('C2'),
  percentage: maybeText('C2'),
  basis: maybeText('C2'),
  ...fromRow,
}

/** Session marks by week, totals that came as totals, and how a file's columns are read. */
export const attendanceTables = {
  mark_week_fact: { ...marksOfWeek, pupil_number: maybeInteger('C3'), said: integer('C2'), lines: text('C1') },
  mark_week: marksOfWeek,
  attendance_total_fact: { ...total, pupil_number: maybeInteger('C3') },
  attendance_total: total,
  attendance_layout: {
    number: number('C1'),
    id: text('C1'),
    virtual_school_number: maybeInteger('C1'),
    school_number: maybeInteger('C1'),
    connector: choice<'attendance-marks' | 'attendance-totals'>('C1'),
    name: text('C1'),
    version: integer('C1'),
    mapping: text('C1'),
    made_by: maybeInteger('C1'),
    made_at: moment('C1'),
  },
}
