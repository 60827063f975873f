import { fromRow, integer, maybeDay, maybeText, number, text } from './column.ts'

/** Organisations, and what they are called over time. */
export const organisationTables = {
  virtual_school: { number: number('C1'), id: text('C1'), la_code: text('C1'), name: text('C1'), mailbox: text('C1') },
  school: { number: number('C1'), id: text('C1'), first_urn: text('C1') },
  school_detail_fact: {
    ...fromRow,
    school_number: integer('C1'),
    name: maybeText('C1'),
    phase: maybeText('C1'),
    la_code: maybeText('C1'),
    country: maybeText('C1'),
  },
  school_detail: {
    school_number: integer('C1'),
    name: maybeText('C1'),
    phase: maybeText('C1'),
    la_code: maybeText('C1'),
    country: maybeText('C1'),
    ...fromRow,
  },
  school_urn_fact: {
    ...fromRow,
    school_number: integer('C1'),
    urn: text('C1'),
    first_day: maybeDay('C1'),
    last_day: maybeDay('C1'),
  },
  school_urn: {
    school_number: integer('C1'),
    urn: text('C1'),
    first_day: maybeDay('C1'),
    last_day: maybeDay('C1'),
    ...fromRow,
  },
} as const
