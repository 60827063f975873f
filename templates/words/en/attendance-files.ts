import type { PlainDate } from '../../../src/domain/dates.ts'
import { count, figure, list, sentence } from './counts.ts'
import { day } from './dates.ts'

/** Words of the page where files of session marks are sent in. */
export const attendanceFileWords = {
  title: 'Send attendance',
  lead: 'Session marks out of your own system, or as a collection service sends them: a line a session, a day or a week. Totals of a census, a collector or a college are kept as totals. One file or several.',
  file: 'Attendance files',
  fileHint: (size: string) => `.csv, .xlsx or a SIMS report (.xml), up to ${size} in all`,
  noFile: 'Choose at least one file.',
  send: 'Read the files',
  neverTitle: 'What is never kept',
  never:
    'Only who, where, when and the mark or the total are read. Every other column is skipped, and names stay out of the copy that is kept. In a school’s own file, children who are not looked after leave neither name nor number.',
  refusedTitle: 'Not read',
  taken: 'Children on your list',
  others: 'Lines about other pupils, of whom nothing is used',
  unmatched: 'Fitted nobody on your list',
  lookUp: (children: number) => `${figure(children)}: say who, under Unmatched rows`,
  lookUpLater: (children: number) => `${figure(children)}: say who, once the file is in use`,
  held: 'Lines held back',
  notRead: 'Columns not read on purpose',
  elements: (names: readonly string[]) => sentence(list([...names])),
  nothingNotRead: 'None: every column was read',
  none: 'No attendance file has been sent yet. What one says is used only after you have looked at it here.',
  toCheck: 'To check',
  use: 'Use what was read',
  giveUp: 'Give this file up',
  accept: 'I have looked at what is to check',
  acceptFirst: 'Say that you have looked at what is to check.',
  state: { staged: 'Waiting for you', published: 'In use', withdrawn: 'Taken back' } as Readonly<
    Record<string, string>
  >,
  wholeFile: 'the whole file',
  line: (line: number) => `line ${figure(line)}`,
  lineOfSheet: (line: number, sheet: string) => `sheet “${sheet}”, row ${figure(line)}`,
}

/** Words of a large file that is read after its page has answered. */
export const waitingWords = {
  beingRead: 'Being read',
  lookAgainSays:
    'It is large, and is read in the background: usually within a minute. You can go on with other things.',
  lookAgain: 'Look again',
  removeFromList: 'Take it off this list',
}

/** Words of the days that totals are of, where their file does not say them. */
export const totalDayWords = {
  summary: 'Totals that do not say which days they are of',
  census: 'Which census',
  noCensus: 'No census',
  censuses: { spring: 'Spring', summer: 'Summer', autumn: 'Autumn', 'autumn-second': 'Autumn, second period' },
  censusIs: (name: string, year: number, first: PlainDate, last: PlainDate) =>
    `${name} ${year}: ${day(first)} to ${day(last)}`,
  from: 'Or the first day',
  to: 'and the last day',
  dayHint: 'For example 01/09/2026',
  toMend: 'Say either which census it is, or both the first and the last day.',
}

/** Words of the page on which somebody says what the columns of an attendance file are. */
export const attendanceColumnWords = {
  title: 'Say what the columns are',
  lead: 'Its headings are not ones that we know. Say it once: it is kept under a name, and the next file like it is read by itself.',
  back: 'Back to attendance files',
  notStored: 'Nothing of the file is stored until you save.',
  columns: { column: 'Column', rows: 'First rows', is: 'What it is' },
  isCalled: (letters: string, head: string) => `What column ${letters}, ${head}, is`,
  notNeeded: 'Not needed',
  groups: { child: 'The child and the school', marks: 'Session marks', week: 'Marks of a week', totals: 'Totals' },
  targets: {
    ...{ upn: 'UPN', reference: 'Your own reference of the child', surname: 'Surname', forename: 'Forename' },
    ...{ born: 'Date of birth', school: 'School', la: 'Council’s three digits, before the school’s four' },
    ...{ day: 'Day', session: 'Session: AM or PM', mark: 'Mark', am: 'Morning’s mark', pm: 'Afternoon’s mark' },
    ...{ week: 'Monday of the week' },
    ...{ first_day: 'First day of a total', last_day: 'Last day of a total', possible: 'Sessions possible' },
    ...{ attended: 'Sessions attended', authorised: 'Authorised absences', unauthorised: 'Unauthorised absences' },
    ...{ percentage: 'Percentage as reported', basis: 'What the percentage is of' },
  } as Readonly<Record<string, string>>,
  weekdays: {
    ...{ mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday' },
    ...{ sun: 'Sunday' },
  } as Readonly<Record<string, string>>,
  amWords: 'What the file calls mornings',
  pmWords: 'What the file calls afternoons',
  wordsHint: 'Only where it is not AM and PM, a.m. and p.m., morning and afternoon. With commas between several.',
  basis: 'What a percentage is of',
  basisHint: 'Only for a percentage, where no column says it: timetabled hours, for example.',
  more: 'Words of the file’s own',
  tryIt: 'Try it on the file',
  tried: 'What it makes of the file',
  lines: (read: number, wrong: number) =>
    `${count(read, 'line')} read, ${wrong === 0 ? 'none' : figure(wrong)} with something to mend.`,
  mark: (line: number, on: PlainDate, session: string, code: string) =>
    `Line ${figure(line)}: ${day(on)}, ${session}, ${code}`,
  total: (line: number, what: string) => `Line ${figure(line)}: ${what}`,
  sessions: (attended: number | null, possible: number | null) =>
    `${attended === null ? 'not said' : figure(attended)} of ${possible === null ? 'not said' : figure(possible)} sessions attended`,
  reported: (percentage: string, basis: string | null) => `${percentage}%${basis === null ? '' : ` of ${basis}`}`,
  name: 'Name of this layout',
  nameHint: 'For example “Contractor, daily file”. An earlier layout of the same name is replaced for new files.',
  save: 'Save, and read the file',
  toMend: {
    name: 'Give the layout a name.',
    twice: (what: string) => `Two columns are said to be “${what}”. Choose one.`,
    both: 'Some columns are marks and some are totals. A file is one or the other: choose what it is.',
    nothing: 'Say what the columns are first.',
  },
}
