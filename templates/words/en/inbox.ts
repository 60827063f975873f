import type { PlainDate } from '../../../src/domain/dates.ts'
import { countWords, figure, list, numberWords, sentence, yearGroupWords } from './counts.ts'
import { nearDay } from './dates.ts'

/** Words of the one list of everything that is due. */
export const inboxWords = {
  title: 'To do',
  headingLeft: (councils: number, pupils: number, minutes: number) =>
    sentence(
      `${countWords(councils, 'council')}, ${countWords(pupils, 'pupil')}, about ${countWords(minutes, 'minute')} left`,
    ),
  headingToSend: (councils: number) =>
    sentence(`${countWords(councils, 'council')}: every answer is in, ready to check and send`),
  headingSent: (councils: number) =>
    councils === 1 ? 'Your return is sent. Nothing is left to do.' : 'Every return is sent. Nothing is left to do.',
  headingNothing: 'Nothing is due',
  leadOne: 'Answer on screen, or in one file: it is the same return.',
  leadSeveral: (councils: number) =>
    `On screen or in one file, you answer ${councils === 2 ? 'both' : `all ${numberWords(councils)}`} at once. Each council gets its own pupils and nothing else.`,
  leadSent: 'You have a receipt for each. You can correct an answer at any time: what you sent before is kept.',
  leadNothing: 'We will e-mail you when a council opens a round.',
  onScreen: 'Answer on screen',
  carryOnScreen: 'Carry on on screen',
  workbook: 'Get the workbook, already filled in',
  workbookFor: (school: string) => `Get the workbook of ${school}, already filled in`,
  csv: 'The same as CSV',
  upload: 'Upload your workbook',
  byDate: 'By date due',
  daysLate: (days: number) => (days === 1 ? '1 day late' : `${days} days late`),
  inDays: (days: number) => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`),
  round: (term: string) => `${term} return`,
  pupils: (pupils: readonly { readonly shortName: string; readonly yearGroup: string | null }[]) =>
    list(pupils.map(({ shortName, yearGroup }) => `${shortName}, ${yearGroupWords(yearGroup)}`)),
  known: (known: number, answered: number, asked: number) =>
    answered === 0
      ? `${figure(known)} of ${figure(asked)} answers already known`
      : `${figure(known)} of ${figure(asked)} already known, ${figure(answered)} answered by you`,
  questions: (left: number) => (left === 1 ? 'question' : 'questions'),
  minutes: (minutes: number) => (minutes === 0 ? 'nothing left' : `about ${minutes} min`),
  action: { start: 'Start', carryOn: 'Carry on', send: 'Check and send', receipt: 'Receipt' },
  actionFor: (council: string) => `for ${council}`,
  why: 'Why these dates, and how we count minutes',
  whyMinutes:
    'We count a quarter of a minute for each question left: it is an estimate. Councils see your answers. They do not see how long you took, or who else asked you.',
  whyDates: (council: string, rule: string) => `${council}: ${rule}`,
  extended: (council: string, day: PlainDate, reason: string) =>
    `${council} gave you until ${nearDay(day)}: “${reason}”`,
  reopened: (council: string, day: PlainDate, reason: string) =>
    `${council} closed this round and has opened it for you until ${nearDay(day)}: “${reason}” What you send now counts as late.`,
  asserted: (council: string, children: number) =>
    children === 1
      ? `${council} believes you have one more child in its care`
      : `${council} believes you have ${countWords(children, 'more child', 'more children')} in its care`,
  assertedSays:
    'We cannot show you who until you tell us first. Enter the child’s unique pupil number (UPN), or their name and date of birth. If nobody fits, say so and an officer will look.',
  noMatch:
    'That is not the child we mean. Check the spelling and the numbers as your own register has them, or say that nobody fits.',
  confirmed: (council: string) =>
    `Thank you. The place is confirmed, and ${council}’s questions about this child are in your list.`,
  denied: (council: string) => `Thank you. ${council} is told that nobody fits, and an officer will look.`,
  tell: 'Tell us who it is',
  upn: 'Unique pupil number (UPN)',
  or: 'Or, where you have no UPN',
  forename: 'First name',
  surname: 'Last name',
  dateOfBirth: 'Date of birth',
  dateHint: 'For example, 14 7 2014',
  thisChild: 'It is this child',
  nobody: 'Nobody fits',
  money: (questions: number, toReport: number) => {
    const said = [
      questions === 0 ? '' : questions === 1 ? 'one question to answer' : `${questions} questions to answer`,
      toReport === 0 ? '' : toReport === 1 ? 'one use to report' : `${toReport} uses to report`,
    ].filter((text) => text !== '')
    return `About money: ${said.join(', ')}.`
  },
  moneyLink: 'Go to money',
  since: (from: PlainDate) => `Since ${nearDay(from)}`,
} as const
