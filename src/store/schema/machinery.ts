import { integer, maybeInteger, moment, number, text } from './column.ts'

/** What keeps the store itself: assertions, its mark, and who looked. */
export const machineryTables = {
  must: { ok: integer('C1') },
  store_mark: { name: text('C1'), value: text('C1') },
  audit: {
    number: number('C1'),
    at: moment('C1'),
    person_number: maybeInteger('C1'),
    part: text('C1'),
    action: text('C1'),
    pupil_number: maybeInteger('C3'),
    virtual_school_number: maybeInteger('C1'),
    subject: text('C1'),
    purpose: text('C2'),
  },
} as const
