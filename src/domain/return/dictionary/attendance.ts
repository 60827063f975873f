import type { Item } from '../item.ts'
import { allTerms, noneIsZero, notAssessments, pastDay, schoolPhases } from './shared.ts'

const sessions = {
  section: 'attendance',
  phases: schoolPhases,
  terms: allTerms,
  need: 'conditional',
  when: { fact: 'attendance_feed', holds: false },
  carries: false,
  dataClass: 'C2',
  inPlan: true,
} as const

// 190 days of two sessions is the usual year; the room above it is for schools with longer ones.
const most = 420

/** Sessions for the year to date at this school, with the days they run from and to. Not asked where a register feeds us. */
export const attendance: readonly Item[] = [
  { ...sessions, code: 'sessions_from', type: pastDay, states: notAssessments },
  { ...sessions, code: 'sessions_to', type: pastDay, states: notAssessments },
  { ...sessions, code: 'sessions_possible', type: { kind: 'integer', from: 0, to: most }, states: notAssessments },
  { ...sessions, code: 'sessions_attended', type: { kind: 'integer', from: 0, to: most }, states: notAssessments },
  {
    ...sessions,
    code: 'sessions_authorised',
    type: { kind: 'integer', from: 0, to: most, noneIsZero: true },
    states: noneIsZero,
  },
  {
    ...sessions,
    code: 'sessions_unauthorised',
    type: { kind: 'integer', from: 0, to: most, noneIsZero: true },
    states: noneIsZero,
  },
]
