import { integer, maybeInteger, maybeMoment, moment, number, text } from './column.ts'

/** How a school's own export and its own scale are read. */
export const layoutTables = {
  layout: {
    number: number('C1'),
    id: text('C1'),
    school_number: integer('C1'),
    name: text('C1'),
    retired_at: maybeMoment('C1'),
    retired_by: maybeInteger('C1'),
  },
  layout_version: {
    number: number('C1'),
    layout_number: integer('C1'),
    version: integer('C1'),
    mapping: text('C1'),
    made_by: maybeInteger('C1'),
    made_at: moment('C1'),
  },
  grade_scale: {
    number: number('C1'),
    id: text('C1'),
    school_number: integer('C1'),
    code: text('C1'),
    name: text('C1'),
    retired_at: maybeMoment('C1'),
    retired_by: maybeInteger('C1'),
  },
  grade_scale_version: {
    number: number('C1'),
    scale_number: integer('C1'),
    version: integer('C1'),
    words: text('C1'),
    made_by: maybeInteger('C1'),
    made_at: moment('C1'),
  },
} as const
