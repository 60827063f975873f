import type { BirthdayToCompare } from '../../templates/components/birthdays.tsx'
import type { BirthdaySent } from '../store/birthdays.ts'
import { shortName } from './seen.ts'

/** A date of birth that differs, as a page tells it. */
export const toCompare = (one: BirthdaySent): BirthdayToCompare => ({
  pupil: { id: one.pupilId, shortName: shortName(one.forename, one.surname) },
  school: one.schoolName,
  sentAt: one.sentAt,
  sent: one.sent,
  held: one.held,
})
