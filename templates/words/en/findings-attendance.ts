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

/** What is to be said of an attendance file that was read: of a child's lines, or of the whole. */
export const marksIntakeWords: FindingWords = {
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
    'The UPN and the reference name two children',
    'They belong to different pupils on the roll.',
    'Correct one of them; nothing of these lines was taken.',
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
