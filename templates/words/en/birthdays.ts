import type { Instant } from '../../../src/domain/dates.ts'
import { dayOf } from './dates.ts'

/** Words for a date of birth that a school sent and that is not the one we hold: read by the officer and the head only. */
export const birthdayWords = {
  heading: 'Date of birth to look into',
  lead: 'What the school sent is not what we hold. The school is not told, and nothing is changed by it.',
  who: (pupil: string, school: string, at: Instant) => `${pupil}, ${school}, ${dayOf(at)}`,
  whoSent: (school: string, at: Instant) => `Sent by ${school} on ${dayOf(at)}`,
  values: (sent: string, held: string) => `Sent: ${sent}. We hold: ${held === '' ? 'none' : held}.`,
  open: 'Open the full name and date of birth to compare them.',
} as const
