import { parsePlainDate } from '../../../src/domain/dates.ts'
import type { FindingParameters, FindingWord, FindingWords } from '../words.ts'
import { day } from './dates.ts'

const value = (parameters: FindingParameters, name: string): string => String(parameters[name] ?? '')

const always = (title: string, rule: string, mend: string): FindingWord => ({
  title: () => title,
  rule: () => rule,
  mend: () => mend,
})

const named: Readonly<Record<string, string>> = {
  child: 'the child (UPN or your own reference)',
  day: 'the day',
  week: 'the Monday of the week',
  session: 'the session (AM or PM)',
  marks: 'the marks',
  totals: 'sessions possible with those attended, or a percentage',
  first_day: 'the first day',
  last_day: 'the last day',
  la: 'the council',
  born: 'date of birth',
}

const list = (text: string): string =>
  text
    .split(', ')
    .map((one) => named[one] ?? one.replaceAll('_', ' '))
    .join(', ')

const count = (parameters: FindingParameters, one: string, several: string): string => {
  const number = Number(parameters['count'] ?? 0)
  return number === 1 ? `One ${one}` : `${number.toLocaleString('en-GB')} ${several}`
}

const dayOf = (text: string): string => {
  const date = parsePlainDate(text)
  return date ? day(date) : text
}

/** Why an attendance file or a line of it cannot be read. */
export const marksFindingWords: FindingWords = {
  MARKS_COLUMNS_UNKNOWN: {
    title: () => 'We cannot tell what the columns are',
    rule: (p) =>
      value(p, 'found') === ''
        ? 'None of the headings is one that we know.'
        : `We found ${list(value(p, 'found'))}. Missing: ${list(value(p, 'missing'))}.`,
    mend: () => 'Say once what each column is: the layout is kept for the next file.',
  },
  ATTENDANCE_SEVERAL_SHEETS: {
    title: () => 'More than one sheet of attendance',
    rule: (p) =>
      `One file is read from one sheet, and ${value(p, 'count')} of this workbook’s hold attendance. Nothing of it was kept.`,
    mend: () => 'Send each sheet as a file of its own, or put all lines into one sheet.',
  },
  MARKS_LAYOUT_FITS_NOT: {
    title: () => 'The saved layout does not fit this file',
    rule: (p) => `Missing under the headings that the layout names: ${list(value(p, 'missing'))}.`,
    mend: () => 'Send the file with its usual headings, or save a new version of the layout.',
  },
  MARKS_NO_CHILD: always(
    'No child on this line',
    'The line has neither a UPN nor a reference.',
    'Fill in one of them, or leave the line out.',
  ),
  MARK_DAY: always('The day cannot be read', 'A day is written 14/09/2026 or 2026-09-14.', 'Write it so.'),
  MARK_WEEK_MONDAY: always(
    'The week does not begin on a Monday',
    'The marks of a week stand under the Monday it begins with.',
    'Write the Monday of that week.',
  ),
  MARK_SESSION: always('The session cannot be read', 'A session is AM or PM.', 'Write AM or PM.'),
  MARK_TOO_LONG: {
    title: () => 'This is no attendance mark',
    rule: (p) => `A mark has at most ${value(p, 'longest')} characters.`,
    mend: () => 'Write the code of the register: / or C2, for example.',
  },
}

/** Why a file of totals or a line of it cannot be read, and what in it does not fit together. */
export const totalsFindingWords: FindingWords = {
  TOTALS_COLUMNS_UNKNOWN: {
    title: () => 'We cannot tell what the columns are',
    rule: (p) =>
      value(p, 'found') === ''
        ? 'None of the headings is one that we know.'
        : `We found ${list(value(p, 'found'))}. Missing: ${list(value(p, 'missing'))}.`,
    mend: () => 'Say once what each column is: the layout is kept for the next file.',
  },
  TOTALS_LAYOUT_FITS_NOT: {
    title: () => 'The saved layout does not fit this file',
    rule: (p) => `Missing under the headings that the layout names: ${list(value(p, 'missing'))}.`,
    mend: () => 'Send the file with its usual headings, or save a new version of the layout.',
  },
  TOTALS_PERIOD_UNKNOWN: {
    title: () => 'We cannot tell which days the totals are of',
    rule: (p) =>
      value(p, 'kind') === 'census'
        ? 'A census file does not say which census it is, and its days follow from that.'
        : 'No column says the first and the last day, and totals without their days cannot be compared.',
    mend: (p) =>
      value(p, 'kind') === 'census'
        ? 'Say which census it is, and send it again.'
        : 'Add a column “From” and one “To”, or say the days when you send it.',
  },
  TOTAL_NUMBER: {
    title: () => 'Not a number of sessions',
    rule: (p) => `Sessions are whole numbers up to ${value(p, 'most')}.`,
    mend: () => 'Write the number alone.',
  },
  TOTAL_DAY: always(
    'The days cannot be read',
    'A total needs its first and its last day, written 14/09/2026 or 2026-09-14.',
    'Write both so.',
  ),
  TOTAL_PERIOD: always(
    'The days do not make a period',
    'The last day comes before the first, or more than a year after it.',
    'Correct the days.',
  ),
  TOTAL_MORE_THAN_POSSIBLE: {
    title: () => 'More sessions than were possible',
    rule: (p) => `${value(p, 'possible')} sessions were possible, and more are counted as attended or missed.`,
    mend: () => 'Correct the number that is wrong.',
  },
  TOTAL_NOT_SUM: {
    title: () => 'The sessions do not add up',
    rule: (p) =>
      `Attended and missed sessions are ${value(p, 'sum')} together, of ${value(p, 'possible')} possible. Each is kept as sent.`,
    mend: () => 'Check the three numbers.',
  },
  TOTAL_REASONS_DIFFER: {
    title: () => 'The reasons add up to another total',
    rule: (p) => `The total says ${value(p, 'stated')}, its reasons ${value(p, 'reasons')}. Both are kept as sent.`,
    mend: () => 'Check the school’s own figures: totals of a census have been too low before.',
  },
  TOTAL_PERCENTAGE: always('Not a percentage', 'A percentage is a number from 0 to 100.', 'Write the number alone.'),
  TOTAL_PERCENTAGE_DIFFERS: {
    title: () => 'The percentage is not that of the sessions',
    rule: (p) =>
      `${value(p, 'reported')}% is reported, ${value(p, 'attended')} of ${value(p, 'possible')} sessions are counted. Both are kept as sent.`,
    mend: () => 'Ask what the percentage is of.',
  },
}

/** What is to be said of a file of totals against what is held. */
export const totalsIntakeWords: FindingWords = {
  FILE_TOO_MANY_TOTALS: {
    title: () => 'Too many totals for one file',
    rule: (p) => `One file may bring ${Number(p['most'] ?? 0).toLocaleString('en-GB')} totals here.`,
    mend: () => 'Split it: one file a school, for example. Nothing of this file was kept.',
  },
  TOTALS_SCHOOL_UNKNOWN: always(
    'The school is not known',
    'It is named by no URN or number of the register, nor by the name of a place of the child. The total is taken without a school.',
    'Name it by its URN.',
  ),
  TOTALS_NO_PLACE_THERE: always(
    'The child has no place at this school',
    'The roll knows of no place of this child there. The total is taken, and shown beside the school’s own.',
    'Add the place to the roll, or correct the school.',
  ),
  TOTAL_TO_COME: always('Days that have not come', 'The last day of the total is still to come.', 'Correct the days.'),
  TOTAL_SAYS_NOTHING: always(
    'The line says nothing',
    'It names a child and has neither sessions nor a percentage. Nothing is changed by it.',
    'Fill it in, or leave it out.',
  ),
  TOTAL_TWICE: {
    title: () => 'Two totals of the same days',
    rule: (p) => `Line ${value(p, 'first')} has a total of the same child, school and days. The later line is taken.`,
    mend: () => 'Take the wrong line out and send the file again, if the later one is wrong.',
  },
  TOTALS_CHANGE_HISTORY: {
    title: () => 'Totals that stood are changed',
    rule: (p) => `${count(p, 'total differs', 'totals differ')} from what is held of the same days.`,
    mend: () => 'Accept it if the figures were corrected; otherwise take the file back.',
  },
}

/** What is to be said of an attendance file that was read: of a child's lines, or of the whole. */
export const marksIntakeWords: FindingWords = {
  MARKS_UPN_DIFFERS: always(
    'The UPN is not the one on your list',
    'The reference fits a child on your list whose UPN is another. What is said here was taken as that child’s.',
    'Check that it is the same child, and whose UPN is right.',
  ),
  MARKS_OF_STRANGERS: {
    title: () => 'Too many children who fit nobody',
    rule: (p) =>
      `More than ${Number(p['most'] ?? 0).toLocaleString('en-GB')} children in it are not on your list. It looks like a file of everybody; nothing of it was kept.`,
    mend: () => 'Send only the children whom you look after. If they are, bring your list up to date first.',
  },
  FILE_NOT_READ_JUST_NOW: always(
    'We could not read this file',
    'Something on our side stopped its reading more than once. Nothing of it is in use.',
    'Send it again. If it happens again, send it in two parts and tell who runs this service.',
  ),
  ATTENDANCE_IS_RETURN: always(
    'This is a termly return',
    'It holds more than attendance, and here the rest of it would be lost.',
    'Send it on the page of the return.',
  ),
  MARKS_FOR_NOBODY: always(
    'Nobody to take it for',
    'No virtual school has a child at this school whose place is confirmed.',
    'Ask the virtual school to confirm the place first.',
  ),
  FILE_TOO_MANY_MARKS: {
    title: () => 'Too many marks for one file',
    rule: (p) => `One file may bring ${Number(p['most'] ?? 0).toLocaleString('en-GB')} marks here.`,
    mend: () => 'Split it: one file a half term, or one a school. Nothing of this file was kept.',
  },
  MARK_DAY_TOO_OLD: always('The day is long past', 'It is more than fifteen years ago.', 'Check the year.'),
  MARKS_OF_TWO_CHILDREN: always(
    'The line could be about two children',
    'Its UPN belongs to two pupils on the roll, or its UPN and its reference to different ones. Nothing of these lines was taken.',
    'Correct the line or the roll; your own reference of the child says who is meant.',
  ),
  MARKS_OF_OTHER_SCHOOL: always(
    'Another school’s line',
    'The line names a school that is not the one sending it.',
    'Let that school send its own register.',
  ),
  MARKS_SCHOOL_UNKNOWN: always(
    'The school is not known',
    'It is named by no URN or number of the register, nor by the name of a place of the child. The marks are taken without a school.',
    'Name it by its URN.',
  ),
  MARKS_NO_PLACE_THERE: always(
    'The child has no place at this school',
    'The roll knows of no place of this child there. The marks are taken, and count for no school until there is one.',
    'Add the place to the roll, or correct the school.',
  ),
  MARK_TWICE: {
    title: () => 'Two marks for one session',
    rule: (p) => `The file has both ${value(p, 'first')} and ${value(p, 'second')}. The later line is taken.`,
    mend: () => 'Take the wrong line out and send the file again, if the later one is wrong.',
  },
  MARK_UNKNOWN: {
    title: (p) => `Not a code of the register: ${value(p, 'mark')}`,
    rule: (p) => `${count(p, 'mark has it; it is', 'marks have it; they are')} kept as sent, and counted as nothing.`,
    mend: () => 'Check how your system writes it.',
  },
  MARKS_TO_COME: {
    title: () => 'Marks of days to come',
    rule: (p) => `${count(p, 'mark is of a day that has', 'marks are of days that have')} not come yet, and left out.`,
    mend: () => 'Nothing to do: they come with a later file.',
  },
  MARKS_CHANGE_HISTORY: {
    title: () => 'Marks that stood are changed',
    rule: (p) =>
      `${count(p, 'mark differs', 'marks differ')} from what is held, from the week of ${dayOf(value(p, 'since'))} on. What was held before stays in the history.`,
    mend: () => 'Accept it if the register was corrected; otherwise take the file back.',
  },
  MARKS_MORE_OF_A_KIND: {
    title: () => 'More of the same',
    rule: (p) => `${count(p, 'more line is', 'more lines are')} like one above (${value(p, 'like')}).`,
    mend: () => 'Mend those that are shown; the others are often the same.',
  },
}
