import type { PlainDate } from '../../../src/domain/dates.ts'
import { count } from './counts.ts'
import { day } from './dates.ts'

/** Words of the print for a plan (PEP) meeting. */
export const meetingWords = {
  title: (pupil: string) => `For the plan (PEP) meeting: ${pupil}`,
  link: 'Print for the plan (PEP) meeting',
  back: 'Back to the pupil',
  madeAt: (when: string, by: string) => `Made ${when} by ${by}. Printing was noted.`,
  says: 'From what is held, each with its term and who answered. Nothing here was typed for this sheet.',
  print: 'Print this page from your browser: one or two sheets of A4.',
  people: 'People',
  council: 'Looked after by',
  school: 'School',
  lead: 'Answered by',
  worker: 'Social worker',
  plan: 'Plan (PEP)',
  planSays: (held: PlainDate | null, due: PlainDate | null) =>
    `${held ? `last held ${day(held)}` : 'no meeting known'}; ${due ? `next by ${day(due)}` : 'next day not known'}`,
  targets: 'Targets of the plan',
  noTargets: 'No targets are held. Bring them to the meeting.',
  target: (number: number) => `Target ${number}`,
  progress: (said: string | null, of: string) => (said === null ? 'progress not answered' : `${said} (${of})`),
  gaps: 'What is not held',
  noGaps: 'Every answer asked for this term is in.',
  gapsThisTerm: (items: number) => `${count(items, 'answer')} asked for this term and not in:`,
  gapsKnown: 'Said to be not known, not assessed or to follow:',
  nothing: 'Nothing is held from the school yet.',
  attendance: 'Attendance',
  attendanceSays: (attended: string, possible: string, share: number, of: string) =>
    `${share}%: ${attended} of ${possible} sessions (${of})`,
  notes: 'Agreed at the meeting',
  foot: 'First name and initial only. Keep this sheet with the plan, and shred what is left over.',
} as const
