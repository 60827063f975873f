import type { AbsenceBand } from '../../../src/domain/attendance/tally.ts'
import type { Session } from '../../../src/domain/attendance/week.ts'
import type { PlainDate } from '../../../src/domain/dates.ts'
import type { Term } from '../../../src/domain/return/item.ts'
import { count, countWords, figure, sentence } from './counts.ts'
import { academicYearWords, day, nearDay, termWords } from './dates.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** The halves of a school day. */
export const sessionWords: Readonly<Record<Session, string>> = { AM: 'morning', PM: 'afternoon' }

/** A share in tenths of a percent, as a figure: '92.6%'. A share of nothing has none. */
export const tenths = (share: number | undefined): string =>
  share === undefined ? 'No figure' : `${Math.floor(share / 10)}.${share % 10}%`

/** How much is missed, in words. */
export const bandWords: Readonly<Record<AbsenceBand, string>> = {
  severe: 'Severe: half or more missed',
  persistent: 'Persistent: a tenth or more missed',
  below: 'Less than a tenth missed',
}

/** Why a small base is said: what `fewSessions` means to a reader. */
export const fewWords = 'On fewer than 40 sessions, two days of illness alone make an absence persistent.'

/** Words of a child's year of attendance. */
export const yearWords = {
  title: 'Attendance',
  link: 'Attendance, session by session',
  back: (name: string) => `Back to ${name}`,
  heading: (name: string, attended: number, possible: number) =>
    possible === 0
      ? `No session of ${name} is held to count`
      : `${name} was at ${figure(attended)} of ${count(possible, 'session')}`,
  headingTotal: (name: string) => `Only totals are held of ${name}`,
  over: (year: number, until: PlainDate) => `${academicYearWords(year)}, up to ${day(until)}`,
  otherYear: (year: number) => academicYearWords(year),
  figures: {
    attendance: 'Attendance',
    absence: 'Absence',
    benchmark: 'Benchmark',
    trend: 'Lately',
    yearEnd: 'If it goes on so',
    late: 'Late',
  },
  ofSessions: (attended: number, possible: number) => `${figure(attended)} of ${count(possible, 'session')}`,
  absence: (authorised: number, unauthorised: number) =>
    `${figure(authorised)} authorised, ${figure(unauthorised)} not`,
  atOrAbove: (percent: number) => `At or above ${percent}%`,
  below: (percent: number) => `Below ${percent}%`,
  late: (times: number) => count(times, 'time'),
  lateBase: 'before the register closed; counted as present',
  benchmarkSays: (percent: number, since: PlainDate, source: string) =>
    `The benchmark is ${percent}% since ${day(since)}. ${source}.`,
  noBenchmark: 'The benchmark is for Reception to Year 11 only.',
  trend: { up: 'Better', down: 'Worse', level: 'Level' },
  noTrend: 'Too few to say',
  trendBase: (recent: string, before: string) => `${recent}, after ${before} before`,
  trendMethod:
    'Lately: all sessions of the last six weeks with any, added up, beside those of the weeks before. Within two percentage points it is level; with fewer than 40 sessions on either side nothing is said.',
  projectionBase: (attended: number, possible: number) =>
    `${figure(attended)} of ${figure(possible)} by the year’s end`,
  projectionMethod: (toCome: number, source: string) =>
    `If it goes on so: what was attended, and of the ${figure(toCome)} sessions usually still to come the share attended in the last six weeks. ${source}. A school’s own holidays are not known.`,
  methods: 'How these are worked out',
  codes: (source: string) => `What each code counts as: ${source}.`,
  picture: 'The year, session by session',
  pictureSays: 'Each square is half a day: morning above, afternoon below.',
  pattern: (times: number, of: number, weekday: number, session: Session, since: PlainDate) =>
    `${times === of ? `All ${figure(of)}` : `${figure(times)} of the ${figure(of)}`} absences that were not authorised are on ${
      weekdays[weekday]
    } ${sessionWords[session]}s, since ${day(since)}.`,
  toCome: 'Still to come',
  none: 'Nothing held',
  notPossible: 'Not a session for this pupil',
  termTotals: (term: Term, possible: number, authorised: number, unauthorised: number, notEntered: number) =>
    `${termWords[term]} term: ${count(possible, 'session')} possible, ${figure(authorised)} authorised absences, ${figure(
      unauthorised,
    )} not authorised, ${figure(notEntered)} not entered yet.`,
  term: (term: Term) => `${termWords[term]} term`,
  sameAsTable: 'The same as a table',
  table: {
    caption: 'Every week, as it stands',
    week: 'Week of',
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Weekend'],
    attended: 'Attended',
    from: 'Came in',
  },
  termTable: {
    caption: 'By term',
    term: 'Term',
    termOrSchool: 'Term or school',
    attended: 'Attended',
    authorised: 'Absent, authorised',
    unauthorised: 'Absent, not authorised',
    share: 'Attendance',
  },
  absences: 'Absences and codes to look at',
  absencesNone: 'No absence is held.',
  absenceColumns: { day: 'Session', code: 'Code', counts: 'Counts as', from: 'Came in' },
  session: (on: PlainDate, session: Session) => `${nearDay(on)}, ${sessionWords[session]}`,
  sessions: (number: number) => count(number, 'session'),
  to: (first: string, last: string) => `${first} to ${last}`,
  source: (file: string, line: number | null) => (line === null ? file : `${file}, line ${figure(line)}`),
  sourceLines: (file: string, first: number, last: number) =>
    first === last ? `${file}, line ${figure(first)}` : `${file}, lines ${figure(first)} to ${figure(last)}`,
  fileOfOthers: 'a file of the council',
  typed: 'typed on a page',
  differ: 'Where files say different things',
  differSays:
    'One mark stands for each session: an entered one before one that was not, then the school’s own before what was collected from it, then the later file.',
  differRow: (stands: string, others: string) => `${stands} stands; ${others}`,
  differOther: (code: string, from: string) => `${code} in ${from}`,
  outside: (marks: number) =>
    `${sentence(countWords(marks, 'mark'))} of days outside the confirmed places ${marks === 1 ? 'is' : 'are'} held and not counted.`,
  unknown: (marks: number) =>
    `${sentence(countWords(marks, 'mark'))} ${marks === 1 ? 'has a code' : 'have codes'} that the table of that day does not have: not counted until somebody knows what ${marks === 1 ? 'it means' : 'they mean'}.`,
  totals: 'Totals that are held',
  totalsSays: 'They came as totals, so no session of them is known. They are never added to the marks above.',
  fromMarks: 'The figures above are from session marks.',
  fromTotals: 'There are no session marks this year: what is known are these totals.',
  totalColumns: { from: 'From', days: 'Days', attended: 'Attended', absent: 'Absent', share: 'Attendance' },
  totalFrom: { file: 'Attendance file', transfer: 'Transfer file', return: 'The school’s return' },
  totalDays: (first: PlainDate | null, last: PlainDate | null) =>
    first && last ? `${day(first)} to ${day(last)}` : 'the year so far',
  totalAbsent: (authorised: string | null, unauthorised: string | null) =>
    authorised === null && unauthorised === null ? '' : `${authorised ?? '?'} authorised, ${unauthorised ?? '?'} not`,
  reported: (percentage: string, basis: string | null) => `${percentage}% as reported${basis ? `, of ${basis}` : ''}`,
  file: 'Every session as a file (CSV)',
  fileColumns: ['Day', 'Session', 'Code', 'Meaning', 'Counts as', 'School', 'File', 'Line'],
  few: fewWords,
} as const

/** Words of a school's week: typed in or confirmed. */
export const weekWords = {
  title: 'A week of marks',
  link: 'Marks of a week',
  linkOf: (school: string) => `Marks of a week at ${school}`,
  heading: (monday: PlainDate, pupils: number, missing: number) =>
    pupils === 0
      ? `Nobody looked after was on roll in the week of ${day(monday)}`
      : `Week of ${day(monday)}: ${
          missing === 0 ? 'every session is entered' : `${countWords(missing, 'session')} not entered`
        }`,
  lead: 'The marks of your own register, for the looked-after pupils whose place is confirmed. What is held already is filled in: change what is not right, and send the week.',
  leadCouncil: 'Marks that the school said on the telephone. What is held already is filled in.',
  blank: 'A blank says nothing and changes nothing.',
  before: 'The week before',
  after: 'The week after',
  columns: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].flatMap((name) => [`${name} am`, `${name} pm`]),
  pupil: 'Pupil',
  cell: (pupil: string, weekday: number, session: Session) => `${pupil}, ${weekdays[weekday]} ${sessionWords[session]}`,
  toCome: 'to come',
  notHere: 'not on roll',
  send: 'Send this week',
  sendSays:
    'It goes to the councils that look after these pupils, as your school’s own marks. You can send a week again.',
  sendSaysCouncil: 'Where the school’s own register says otherwise, that stands. You can send a week again.',
  sent: (marks: number, pupils: number) =>
    `Sent: ${count(marks, 'mark')} of ${count(pupils, 'pupil')}. They are in use now.`,
  sentCouncil: (marks: number, pupils: number) =>
    `Sent: ${count(marks, 'mark')} of ${count(pupils, 'pupil')}. They are in use, but for sessions of which the school’s own register says otherwise: below is what stands.`,
  codes: 'Which codes there are',
  codesOn: (source: string) => `The codes of these days: ${source}.`,
  codeColumns: { code: 'Code', meaning: 'Meaning', counts: 'Counts as', sure: 'How sure we are' },
  toMend: {
    unknown: (code: string, where: string) => `${where}: “${code}” is no code of that day. Choose one from the list.`,
    meanwhile: (code: string, stands: string, where: string) =>
      `${where}: ${stands === '' ? 'the mark was taken back' : `“${stands}” was entered`} since you opened this page. Your “${code}” stands here: send again to enter it all the same.`,
    nothing: 'Enter at least one mark that is new.',
    refused: 'The week could not be taken as it is. Nothing was changed.',
  },
} as const

/** Words of a council's attendance tables. */
export const tableWords = {
  title: 'Attendance',
  heading: (pupils: number, share: string) =>
    pupils === 0 ? 'No attendance is held this year' : `${share} of sessions attended, by ${count(pupils, 'pupil')}`,
  lead: (year: number, until: PlainDate) =>
    `${academicYearWords(year)} up to ${day(until)}: the pupils in care today, from session marks, each only while on the roll of the school that made them; where no marks are held, from totals that were reported.`,
  someByTotals: (pupils: number) => `${figure(pupils)} by totals`,
  noMarks: (pupils: number) =>
    `${sentence(countWords(pupils, 'pupil'))} ${pupils === 1 ? 'has' : 'have'} no session to count.`,
  byTotals: (pupils: number) =>
    `${sentence(countWords(pupils, 'pupil'))} ${pupils === 1 ? 'is' : 'are'} counted by totals that were reported: no marks of ${pupils === 1 ? 'that pupil' : 'those pupils'} are held.`,
  figures: {
    attendance: 'Attendance',
    persistent: 'Persistent absence',
    severe: 'Severe absence',
    below: 'Below the benchmark',
  },
  ofPupils: (part: number, whole: number) => `${figure(part)} of ${count(whole, 'pupil')}`,
  benchmark: (percent: number, since: PlainDate) =>
    `The benchmark is ${percent}% since ${day(since)}, for Reception to Year 11.`,
  changeBenchmark: 'Set your own benchmark',
  routes: 'How each school’s attendance comes',
  byYear: 'By year group',
  bySchool: 'By school',
  columns: {
    year: 'Year group',
    school: 'School',
    pupils: 'Pupils',
    sessions: 'Sessions',
    share: 'Attendance',
    persistent: 'Persistent',
    severe: 'Severe',
    below: 'Below benchmark',
    newest: 'Newest mark',
  },
  sessions: (attended: number, possible: number) => `${figure(attended)} of ${figure(possible)}`,
  of: (part: number, whole: number) => `${figure(part)} of ${figure(whole)}`,
  few: (pupils: number) => `${figure(pupils)} on few sessions`,
  sort: 'In order of',
  sorts: { share: 'lowest attendance first', persistent: 'most persistent absence first', name: 'name' },
  sortButton: 'Sort',
  bases:
    'Figures add up sessions and never percentages. A pupil at two schools is once in all and in the year group, and at each school with the sessions there. Persistent is a tenth or more missed and severe a half or more, which is in persistent too; both of pupils with any session to count.',
  files: { xlsx: 'As a workbook', csv: 'As CSV', members: 'For members and governors, small numbers held back (CSV)' },
  membersTitle: 'Attendance for members and governors',
  membersColumns: ['Group', 'Pupils', 'Absence', 'Count'],
  membersNote: 'Counts under six are held back, with one more where the rest would give them away.',
  held: 'held back',
  none: 'Less than a tenth missed',
  persistentOnly: 'A tenth to under a half missed',
  severe: 'Half or more missed',
  all: 'All',
} as const

/** Words of the register of how attendance comes. */
export const routeWords = {
  title: 'How attendance comes',
  heading: (silent: number, due: number) =>
    silent > 0
      ? sentence(`${countWords(silent, 'school')} ${silent === 1 ? 'is' : 'are'} silent`)
      : due > 0
        ? sentence(`${countWords(due, 'school')} ${due === 1 ? 'is' : 'are'} due`)
        : 'No school is late with its marks',
  lead: 'Each school with how its marks reach you, how far they go and when the next are due. Usual school weeks are counted; a school’s own holidays are not known.',
  back: 'Back to attendance',
  ways: { feed: 'Feed', file: 'File', form: 'Typed in', phone: 'Telephone' },
  waysLong: {
    feed: 'A feed from the school’s system or a collection contractor',
    file: 'A file that the school or a contractor sends',
    form: 'The school types its week in',
    phone: 'We call and type it in',
  },
  rhythms: { daily: 'every day', weekly: 'every week', termly: 'every term' },
  states: { up_to_date: 'Up to date', not_due_yet: 'Not due yet', due: 'Due', silent: 'Silent' },
  unsaid: 'Not said yet',
  columns: { school: 'School', how: 'How', state: 'State', newest: 'Newest mark', due: 'Next due', change: 'Change' },
  pupils: (pupils: number) => count(pupils, 'pupil'),
  how: (way: string, rhythm: string) => `${way}, ${rhythm}`,
  since: (on: PlainDate, by: string) => `since ${day(on)}${by === '' ? '' : `, said by ${by}`}`,
  delay: (days: number) => (days === 0 ? 'usually the same day' : `usually ${count(days, 'day')} later`),
  none: 'none yet',
  change: 'Change',
  week: 'Type a week in',
  collect: 'List for a collection contractor (CSV)',
  collectSays:
    'The list for a contractor holds the pupil’s reference, UPN, name, date of birth, year group, school and who to ask there, and nothing of carers or where a child lives. Children whose place must not be disclosed are not on it. That you took it is noted.',
  collectColumns: [
    'reference',
    'upn',
    'surname',
    'forename',
    'date_of_birth',
    'year_group',
    'school_urn',
    'school_name',
    'school_contact_name',
    'school_contact_email',
  ],
  changeHeading: (school: string) => `How attendance comes from ${school}`,
  fields: {
    how: 'How it comes',
    every: 'How often',
    since: 'Since',
    sinceHint: 'The first day it came or comes in this way, for example 1 September 2026.',
    delay: 'How many days later it usually is here',
    delayHint: 'Days after the end of the day, week or term, for example 1.',
    reason: 'Why it changes',
    reasonHint: 'A sentence for whoever looks later. No child’s name.',
  },
  save: 'Save',
  leave: 'Leave it as it is',
  history: 'What was said before',
  historyLine: (way: string, rhythm: string, since: PlainDate, reason: string, by: string) =>
    `${way}, ${rhythm}, since ${day(since)}: ${reason}${by === '' ? '' : ` (${by})`}`,
  toMend: {
    how: 'Choose how it comes.',
    every: 'Choose how often it comes.',
    since: 'Give a day that exists, such as 1 September 2026, at most a year from now.',
    delay: 'Give a number of days from 0 to 90.',
    reason: 'Say why, in a sentence.',
    upn: 'Leave the UPN out: everybody in the team reads this.',
  },
} as const

/** Words of a virtual school's own benchmark. */
export const benchmarkWords = {
  title: 'Attendance benchmark',
  heading: 'Your own attendance benchmark',
  lead: 'The attendance that plans are held to, in whole percent of the sessions that were possible. It counts from a day on; earlier days keep the one they had.',
  back: 'Back to attendance',
  own: 'What you have set',
  usual: 'Where you have set none',
  columns: { from: 'From', percent: 'Benchmark', source: 'Source' },
  percent: 'Percent',
  validFrom: 'From',
  validFromHint: 'For example 1 September 2026.',
  source: 'Where it comes from',
  sourceHint: 'For example: agreed by the governing board, 14 July 2026.',
  save: 'Set it',
  toMend: {
    percent: 'Give a whole number from 1 to 100.',
    validFrom: 'Give a day that exists, such as 1 September 2026.',
    source: 'Say where it comes from.',
    upn: 'Leave the UPN out: everybody in the team reads this.',
  },
} as const

/** Words of sessions that a return need not ask, since the school's register has told them. */
export const registerWords = {
  told: (pupils: number) => `Sessions of ${countWords(pupils, 'pupil')} are already known from your register`,
  line: (sums: {
    readonly attended: number
    readonly possible: number
    readonly authorised: number
    readonly unauthorised: number
    readonly from: PlainDate
    readonly to: PlainDate
  }) =>
    `Already known from your register, ${day(sums.from)} to ${day(sums.to)}: ${figure(sums.attended)} of ${count(
      sums.possible,
      'session',
    )} attended, ${figure(sums.authorised)} absent authorised, ${figure(sums.unauthorised)} not. You do not type sessions.`,
} as const
