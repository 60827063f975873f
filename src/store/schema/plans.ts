import { choice, day, fromRow, integer, maybeDay, maybeInteger, maybeText, moment, text } from './column.ts'

const said = {
  pupil_number: integer('C3'),
  academic_year: integer('C1'),
  term: choice<'autumn' | 'spring' | 'summer'>('C1'),
  due_on: maybeDay('C2'),
  held_on: maybeDay('C2'),
  submitted_on: maybeDay('C2'),
  rating: maybeText('C2'),
  rated_on: maybeDay('C2'),
  rated_by: maybeText('C2'),
}

/** Plans (PEPs): where each child's stands, when they are due, and which returns are their school's section. */
export const planTables = {
  plan_status_fact: { ...fromRow, ...said },
  plan_status: { ...said, ...fromRow },
  plan_rule: {
    virtual_school_number: integer('C1'),
    after: choice<'care_began' | 'plan_held'>('C1'),
    valid_from: day('C1'),
    count: integer('C1'),
    unit: choice<'weekdays' | 'days' | 'term_ends'>('C1'),
    source: text('C1'),
    at: moment('C1'),
    by_person: maybeInteger('C1'),
  },
  plan_round: { round_number: integer('C1'), at: moment('C1'), by_person: maybeInteger('C1') },
} as const
