import type { CutOff } from '../../../src/domain/calendar.ts'
import { parsePlainDate } from '../../../src/domain/dates.ts'
import type { CrossCheckCode } from '../../../src/domain/return/cross-check.ts'
import type { Need } from '../../../src/domain/return/item.ts'
import type { ValueProblem } from '../../../src/domain/return/value.ts'
import type { FindingParameters, FindingWord } from '../words.ts'
import { day } from './dates.ts'

/** How an item is asked, as a help sheet says it. */
export const needWords: Readonly<Record<Need, string>> = {
  required: 'Asked',
  conditional: 'Asked if another answer calls for it',
  prefilled: 'Filled in where known: still true?',
  optional: 'If you like',
}

const dayText = (parameters: FindingParameters, name: string): string => {
  const date = parsePlainDate(String(parameters[name]))
  return date ? day(date) : ''
}

/** Why a round ends when it does, by the key of its rule. */
export const cutOffWords: Readonly<Record<CutOff['because'], (parameters: FindingParameters) => string>> = {
  weekdays_after_as_at: (p) => `${p.weekdays} weekdays after the as-at date, ${dayText(p, 'asAt')}.`,
  date_set_by_council: () => 'The day the council set for this round.',
}

const word = (title: string, rule: string, mend: string): FindingWord => ({
  title: () => title,
  rule: () => rule,
  mend: () => mend,
})

/** Words for a cell that could not be read, by what is to mend. */
export const valueWords: Readonly<Record<ValueProblem, FindingWord>> = {
  BLANK: word('Nothing in the cell', 'A blank says nothing.', 'Answer it, or leave it out.'),
  CHOICE_NOT_LISTED: word(
    'Not on the list',
    'This question has a list of answers.',
    'Choose one from the list in the cell, or say “not known”.',
  ),
  NOT_A_DATE: word(
    'Not a date that exists',
    'A real date, as day, month and year.',
    'Write it like 14/07/2026. Check that the month has that many days.',
  ),
  DATE_IN_FUTURE: word(
    'A day still to come',
    'This day is today or earlier.',
    'Check the year. If it has not happened yet, leave the cell blank.',
  ),
  NOT_A_NUMBER: word('Not a number', 'A number in figures.', 'Write figures only, such as 25, without words or units.'),
  OUT_OF_RANGE: {
    title: () => 'Outside what is possible',
    rule: (p) => `From ${p.from} to ${p.to}.`,
    mend: () => 'Check the figure for a slip. If it is right, ask the virtual school.',
  },
  TOO_LONG: {
    title: () => 'Longer than fits',
    rule: (p) => `Up to ${p.longest} characters; this has ${p.length}.`,
    mend: () => 'Shorten it to what matters most.',
  },
  TOO_MANY_PLACES: {
    title: (p) => (p.places === 0 ? 'Not a whole number' : 'Too many figures after the point'),
    rule: (p) => (p.places === 0 ? 'A whole number.' : `At most ${p.places} after the point.`),
    mend: () => 'Round it as your school would.',
  },
  STATE_NOT_ALLOWED: word(
    'This question needs an answer of its own',
    'Those words are not an answer to this question.',
    'Give the answer itself, or say “not known” or “to follow”.',
  ),
}

/** Words for what does not fit within one pupil's own answers, by rule. */
export const crossCheckWords: Readonly<Record<CrossCheckCode, FindingWord>> = {
  ATTENDED_ABOVE_POSSIBLE: {
    title: () => 'More sessions attended than possible',
    rule: (p) => `Attended is at most possible. You sent ${p.attended} of ${p.possible}.`,
    mend: () => 'Check both figures. They may have changed places.',
  },
  ABSENT_ABOVE_POSSIBLE: {
    title: () => 'More sessions absent than possible',
    rule: (p) => `Absent is at most possible. You sent ${p.absent} of ${p.possible}.`,
    mend: () => 'Check both figures against your register.',
  },
  SESSIONS_DO_NOT_ADD_UP: {
    title: () => 'Sessions do not add up',
    rule: (p) => `Attended and absent come to ${p.sum}, and ${p.possible} were possible.`,
    mend: () => 'Check the four figures. If sessions have no mark yet, say that it is right.',
  },
  SESSIONS_PERIOD_BACKWARDS: word(
    'Sessions end before they begin',
    'The first day counted comes before the last.',
    'Check both days. They may have changed places.',
  ),
  SESSIONS_BEFORE_JOINING: word(
    'Sessions from before the child joined',
    'Sessions are those at your school only.',
    'Count from the day the child joined, or say that it is right.',
  ),
  LEFT_BEFORE_JOINING: word(
    'Left before joining',
    'The day a child left comes after the day the child joined.',
    'Check both days, and the year of each.',
  ),
  LEFT_AFTER_AS_AT: {
    title: () => 'Left after the as-at date',
    rule: (p) => `The answer is for ${dayText(p, 'asAt')}, when the child was still with you.`,
    mend: () => 'Choose how things stood that day, or say that it is right.',
  },
  LEFT_BUT_ON_ROLL: word(
    'Left, and on your roll',
    'A leaving day goes with a child that has left.',
    'Clear the leaving day, or choose that the child has left.',
  ),
  PART_TIME_ENDS_BEFORE_START: word(
    'Shorter timetable ends before it starts',
    'Its first day comes before its last.',
    'Check both days, and the year of each.',
  ),
  PART_TIME_REVIEW_BEFORE_START: word(
    'Shorter timetable reviewed before it starts',
    'The next review comes after the first day.',
    'Give the next review, or say that it is right.',
  ),
  OTHER_PLACE_ENDS_BEFORE_START: word(
    'Other place ends before it starts',
    'Its first day comes before its last.',
    'Check both days, and the year of each.',
  ),
  HOURS_ABOVE_USUAL: {
    title: () => 'More hours than usual',
    rule: (p) => `More than ${p.usual} hours a week is worth a second look. It can be right.`,
    mend: () => 'Give hours for one week, or say that it is right.',
  },
  FULL_TIME_FEW_HOURS: {
    title: () => 'Full time with few hours',
    rule: (p) => `Full time with fewer than ${p.few} hours a week is worth a second look. It can be right.`,
    mend: () => 'Check the hours and whether they are full time, or say that it is right.',
  },
  OTHER_HOURS_ABOVE_OFFERED: {
    title: () => 'More hours elsewhere than in all',
    rule: (p) => `Hours a week count all places together. You sent ${p.elsewhere} elsewhere and ${p.offered} in all.`,
    mend: () => 'Add the hours elsewhere to the week, or say that it is right.',
  },
  SUSPENSION_DAYS_WITHOUT_SUSPENSION: word(
    'Days suspended without a suspension',
    'Days go with at least one suspension.',
    'Give how many suspensions there were, or clear the days.',
  ),
  SUSPENSION_DAYS_TOO_FEW: {
    title: () => 'Few days for so many suspensions',
    rule: (p) => `A suspension is at least half a day. You sent ${p.days} days for ${p.count} suspensions.`,
    mend: () => 'Check both figures, or say that it is right.',
  },
  FUNDED_TAKEN_ABOVE_ENTITLED: {
    title: () => 'More funded hours taken than the child may have',
    rule: (p) => `Taken is at most what the funding allows. You sent ${p.less} of ${p.most}.`,
    mend: () => 'Leave out the hours that are paid for otherwise, or say that it is right.',
  },
  EARLY_HOURS_PERIOD_BACKWARDS: word(
    'Hours end before they begin',
    'The first day counted comes before the last.',
    'Check both days. They may have changed places.',
  ),
  EARLY_HOURS_ABOVE_OFFERED: {
    title: () => 'More hours attended than offered',
    rule: (p) => `Attended is at most offered. You sent ${p.less} of ${p.most}.`,
    mend: () => 'Check both figures. They may have changed places.',
  },
  GOOD_LEVEL_DOES_NOT_FIT: {
    title: () => 'Good level of development does not fit the goals',
    rule: (p) =>
      p.below === 0
        ? 'Every goal it rests on is expected, and you sent No.'
        : `It rests on twelve goals, all expected. You sent Yes with ${p.below} that are not.`,
    mend: () => 'Check it against the profile, or say that it is right.',
  },
  PROGRAMME_ENDS_BEFORE_START: word(
    'Programme ends before it starts',
    'Its first day comes before its planned end.',
    'Check both days, and the year of each.',
  ),
  PROVIDER_NUMBER_SHAPE: word(
    'Not a UKPRN or URN',
    'A UKPRN has eight digits and begins with 1; a URN has six digits.',
    'Look it up in the register of providers, or write “not known”.',
  ),
  POST_16_ATTENDANCE_BACKWARDS: word(
    'Attendance ends before it begins',
    'The first day counted comes before the last.',
    'Check both days. They may have changed places.',
  ),
  CHILD_WORDS_BUT_NOT_ASKED: word(
    'The child’s words, though not asked',
    'Words come from a child who was asked.',
    'Choose that the child was asked, or say that it is right.',
  ),
  EMAIL_SHAPE: word(
    'Not an e-mail address',
    'An address has a name, an @ and a place with a dot.',
    'Write the work address in full, such as name@school.example.',
  ),
}
