import type { PlainDate } from '../../../src/domain/dates.ts'
import { countWords, sentence } from './counts.ts'
import { nearDay } from './dates.ts'

/** Words of closing a round, and of a date for one school. */
export const datesWords = {
  backToBoard: 'Back to the board',
  backToSchool: 'Back to the school',
  closeTitle: 'Close this round',
  closeHeading: (owing: number) =>
    owing === 0
      ? 'Every return is in. Close the round?'
      : sentence(`${countWords(owing, 'school still owes', 'schools still owe')} a return. Close the round?`),
  closedHeading: (day: PlainDate) => `This round is closed since ${nearDay(day)}`,
  early: (due: PlainDate) => `It is due ${nearDay(due)}: schools expect to have until then.`,
  closeSays:
    'From then on nothing new is taken. Nothing is lost: what a school saved or uploaded and did not send stays, and goes in if you open the round again for that school.',
  closeOpen: 'The round itself is not opened again for everybody.',
  owed: 'What is still owed',
  columns: { school: 'School', state: 'State', questions: 'Questions', minutes: 'About', due: 'Due' },
  minutes: (minutes: number) => `${minutes} min`,
  button: 'Close the round',
  leave: 'Leave it open',
  extendTitle: 'A later date for one school',
  reopenTitle: 'Open the round again for one school',
  extendHeading: (school: string) => `How long does ${school} have?`,
  reopenHeading: (school: string) => `Until when is the round open for ${school}?`,
  extendSays: (due: PlainDate) => `It is due ${nearDay(due)}. The new date counts for this school alone.`,
  reopenSays: (closedOn: PlainDate) =>
    `You closed it on ${nearDay(closedOn)}. It opens for this school alone and closes by itself after the last day. What comes is taken, and marked late.`,
  day: 'New date',
  lastDay: 'Last day',
  dayHint: 'For example, 10 7 2026',
  reason: 'Reason',
  reasonHint: 'The school reads this beside the date. Name no child.',
  extendButton: 'Give the later date',
  reopenButton: 'Open it for this school',
  told: 'Its lead and deputy are told by e-mail, without the reason.',
  leaveDate: 'Leave it as it is',
  toMend: {
    day: 'Give a day that exists, such as 10 7 2026.',
    past: 'Give today or a later day.',
    notLater: (due: PlainDate) => `Give a day after ${nearDay(due)}, when it is due now.`,
    reason: 'Give the reason: the school reads it.',
  },
} as const
