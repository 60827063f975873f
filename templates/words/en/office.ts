import type { PlainDate } from '../../../src/domain/dates.ts'
import { count, countWords, figure, numberWords, sentence } from './counts.ts'
import { day, nearDay } from './dates.ts'

/** Words of rounds: the list, opening one, and what it asks. */
export const roundsWords = {
  title: 'Rounds',
  heading: (open: number) => (open === 0 ? 'No round is open' : sentence(`${countWords(open, 'round')} open`)),
  nothing: 'Open a round to ask schools for their termly return. Each school is told by e-mail; no child is named.',
  open: 'Open a round',
  columns: { round: 'Round', asAt: 'As at', due: 'Due', answers: 'Answers in', schools: 'Schools in', state: 'State' },
  isOpen: 'Open',
  isClosed: (date: PlainDate) => `Closed ${day(date)}`,
  openTitle: 'Open a round',
  openLead: 'Schools are told by e-mail as soon as it is open. The e-mail names no child.',
  back: 'All rounds',
  term: 'Term',
  year: 'Academic year',
  asAt: 'As-at date',
  asAtHint: 'The day the answers speak of. For example, 19 6 2026',
  cutOff: 'Due',
  cutOffWeekdays: 'A number of weekdays after the as-at date',
  cutOffDate: 'On a day you set',
  weekdays: 'How many weekdays',
  weekdaysHint: 'Monday to Friday, bank holidays too. Schools see this rule beside the date.',
  due: 'The day it is due',
  dueHint: 'For example, 3 7 2026',
  button: 'Open the round and tell schools',
  overlayTitle: (term: string) => `Questions we ask in the ${term.toLowerCase()} term`,
  overlayLead:
    'Choose what your council asks. What you save holds for the rounds you open from now on; a round that is open keeps its questions.',
  overlayTerms: 'Another term',
  overlayPart: (section: string, questions: number, changed: number) =>
    `${section}: ${count(questions, 'question')}, ${changed === 0 ? 'as usual' : `${figure(changed)} changed`}`,
  overlayColumns: { question: 'Question', usual: 'Usually', here: 'We ask it' },
  choice: { usual: 'As usual', required: 'Required', optional: 'Optional', off: 'Not asked' },
  save: 'Save the questions',
} as const

/** Words of rows that no pupil was found for. */
export const unmatchedWords = {
  title: 'Unmatched rows',
  heading: (rows: number) =>
    rows === 0 ? 'Every row found its pupil' : sentence(`${countWords(rows, 'row')} we could not match`),
  nothing: 'A row with neither a reference of ours nor a known UPN comes here. Nothing is guessed.',
  lead: 'Look the pupil up in your own records. We do not suggest anyone, so that no child is found by chance.',
  columns: { row: 'Row', file: 'File', school: 'From', when: 'Sent', why: 'Why', next: 'Next' },
  rowOf: (row: number) => `Row ${row}`,
  open: 'Open',
  back: 'Unmatched rows',
  rowHeading: (row: number, file: string) => `Row ${row} of ${file}`,
  asSent: 'As sent',
  sentBy: (who: string, school: string, when: string) => `Sent by ${who}, ${school}, ${when}`,
  column: 'Column',
  cell: 'Cell',
  value: 'As sent',
  why: 'Why it was not matched',
  match: 'It is a pupil of ours',
  matchSays:
    'Type the pupil’s UPN or your own reference. The row’s answers then go to this pupil, with your name beside them.',
  key: 'UPN or your own reference',
  matchButton: 'Match the row to this pupil',
  aside: 'It is not for us',
  asideSays: 'The row stays kept and is not used. The school sees your reason.',
  reason: 'Why it is set aside',
  asideButton: 'Set aside',
  upn: 'UPN',
  surname: 'Last name',
  forename: 'First name',
  born: 'Date of birth',
  line: (line: number) => `line ${line}`,
  fitsNobody: 'That fits no pupil of yours with a place at this school. Check the number as your own records have it.',
  fitsNobodyInCare:
    'That fits no pupil of yours who is looked after today, or the file has a row about this pupil already. Check the number as your own records have it.',
  copyGone:
    'The copy kept of this file is gone, so nothing can be read from the row any more. Ask for the file again, or set the row aside.',
  reasonNeeded: 'Say why the row is set aside.',
} as const

/** Words of places that no school has confirmed. */
export const placesWords = {
  title: 'Places not confirmed',
  heading: (places: number) =>
    places === 0 ? 'Every place is confirmed' : sentence(`${countWords(places, 'place')} not confirmed`),
  nothing: 'When the roll names a school that has not confirmed the child, the place is listed here.',
  lead: 'The school sees only how many. It confirms by typing the child’s UPN, or name and date of birth. You can also ring it and log the call here.',
  columns: { pupil: 'Pupil', school: 'School', since: 'From', waiting: 'Waiting', answer: 'School says', next: 'Next' },
  days: (days: number) => count(days, 'day'),
  noAnswer: 'nothing yet',
  nobody: (date: PlainDate) => `nobody fits, ${day(date)}`,
  tried: (times: number) => `${count(times, 'try', 'tries')} did not fit`,
  logCall: 'Log a call',
  namedTitle: 'Schools that transfer files name',
  namedSays:
    'A file says that the child is at a school where we hold no confirmed place. Open the pupil to change the place, or to say that ours is right.',
  namedSchool: 'School in the file',
  callTitle: 'Log a call to the school',
  callSays:
    'Ring the number on the school’s own website. Ask for the lead for looked-after children, and let the school say the child’s date of birth or UPN first.',
  spokeTo: 'Who you spoke to',
  spokeToHint: 'Name and role',
  outcome: 'What the school said',
  outcomes: {
    confirmed: 'The child is on its roll',
    not_here: 'The child is not there',
    later: 'It will look and answer',
  },
  note: 'Note',
  noteHint: 'Up to 300 characters. No health, family or offence detail.',
  button: 'Save the call',
  spokeToNeeded: 'Say who you spoke to.',
  outcomeNeeded: 'Say what the school said.',
  back: 'Places not confirmed',
} as const

/** Words of imports: what came in, what rests on it, and taking it back. */
export const importsWords = {
  line: (line: number) => `line ${line}`,
  acceptFirst: 'Say that the warnings are right first.',
  reasonNeeded: 'Say why it is withdrawn.',
  restedReceipt: (receipt: string) => `Receipt ${receipt}`,
  restedConfirmations: (confirmations: number) =>
    `${count(confirmations, 'place')} that somebody confirmed: the confirmations stay, the places go`,
  title: 'Imports',
  heading: (imports: number, waiting: number) => {
    if (imports === 0) return 'Nothing has come in yet'
    const came = `${countWords(imports, 'file')} ${imports === 1 ? 'has' : 'have'} come in`
    return waiting === 0
      ? sentence(`${came}, none waits for you`)
      : sentence(`${countWords(waiting, 'file')} ${waiting === 1 ? 'waits' : 'wait'} for you`)
  },
  importHeading: (kind: string, withdrawn: boolean, used: number, read: number) => {
    if (withdrawn) return `${kind}, withdrawn: none of its ${count(read, 'row')} is used`
    if (used === read && read > 0) return `${kind}: ${read === 1 ? 'its one row' : `all ${count(read, 'row')}`} used`
    return `${kind}: ${used} of ${count(read, 'row')} used`
  },
  nothing: 'Files from schools and your own roll are listed here as they come in.',
  roll: 'Bring in your roll',
  columns: { file: 'File', kind: 'Kind', rows: 'Rows used', by: 'Sent by', when: 'When', state: 'State' },
  rowsOf: (used: number, read: number) => `${used} of ${read}`,
  kinds: {
    'termly-return': 'Termly return',
    'local-roll': 'Local roll',
    'common-transfer-file': 'Common Transfer File',
    'school-register': 'Register of schools',
    'attendance-marks': 'Attendance marks',
    'attendance-totals': 'Attendance totals',
  } as Readonly<Record<string, string>>,
  back: 'Imports',
  read: 'Rows read',
  used: 'Rows used',
  matched: 'Matched',
  unmatched: 'Not matched',
  heldBack: 'Held back',
  ofRead: (read: number) => `of ${read}`,
  sentBy: 'Sent by',
  when: 'When',
  kind: 'Kind',
  edition: 'Edition',
  fingerprint: 'Fingerprint (SHA-256)',
  kept: 'The file is kept until',
  school: 'From',
  download: 'Get the file',
  notWhole: 'The file also holds rows of another council, so it cannot be opened here. Each figure names its cell.',
  findings: 'What we found',
  noFindings: 'Nothing to mend or to check.',
  findingColumns: { place: 'Where', what: 'What', mend: 'How to mend', state: 'State' },
  moreFindings: (more: number) => `And ${count(more, 'more', 'more')}. Mend these first, then bring the file in again.`,
  rows: 'Rows',
  publishSays: (rows: number) =>
    `${count(rows, 'row')} will be used from now. Rows held back are not. What the file does not mention stays as it is.`,
  acceptWarnings: (warnings: number) =>
    `I have looked at ${warnings === 1 ? 'the one thing to check' : `the ${warnings} things to check`}`,
  publish: (rows: number) => `Use ${count(rows, 'row')}`,
  nothingToUse: 'No row of this file can be used as it is. Mend it and bring it in again.',
  withdraw: 'Withdraw this import',
  withdrawTitle: 'Withdraw this import?',
  withdrawLead:
    'What it said goes back to what was known without it. Receipts, decisions and payments are not undone: those that rested on it are listed for you.',
  rested: 'What rests on it',
  restedNothing: 'Nothing rests on it.',
  restedFacts: (facts: number, pupils: number) => `${count(facts, 'fact')} about ${count(pupils, 'pupil')}`,
  reason: 'Why it is withdrawn',
  withdrawButton: 'Withdraw',
  keep: 'Keep it',
  withdrawnBy: 'Withdrawn',
  rollHeading: (mend: number, check: number, usable: number) =>
    mend + check === 0
      ? `${count(usable, 'row')} ready to use`
      : `${count(usable, 'row')} ready${mend > 0 ? `, ${mend} to mend` : ''}${check > 0 ? `, ${check} to check` : ''}`,
} as const

/** Words of schools and people as a virtual school keeps them. */
export const keepingWords = {
  schoolsTitle: 'Schools',
  schoolsHeading: (schools: number, withoutLead: number) => {
    if (schools === 0) return 'No schools yet'
    const lead = withoutLead === 0 ? '' : `, ${numberWords(withoutLead)} with no lead named`
    return sentence(`${countWords(schools, 'school')}${lead}`)
  },
  schoolsNothing: 'Add a school, or bring in schools.csv with your roll.',
  schoolColumns: { name: 'School', urn: 'URN', area: 'Area', pupils: 'Pupils', lead: 'Lead' },
  addSchool: 'Add a school',
  findSchool: 'Find a school to add',
  toSettle: (questions: number) => `${count(questions, 'school')} to settle`,
  noLead: 'no lead named',
  here: 'here',
  backToSchools: 'Schools',
  urn: 'URN',
  urnFrom: (date: PlainDate) => `from ${day(date)}`,
  phase: 'Phase',
  area: 'Area',
  schoolPeople: 'People there',
  schoolNoPeople: 'No lead is named. Name one so that the school can sign in and name its own deputies.',
  addLead: 'Name a lead',
  peopleTitle: 'People',
  peopleHeading: (people: number) => sentence(`${countWords(people, 'person', 'people')} can sign in`),
  peopleLead: 'People of the virtual school and of schools. A change works on their next press of a button.',
  peopleColumns: { name: 'Name', role: 'Role', place: 'Where', dates: 'From', next: 'Next' },
  addPerson: 'Add a person',
  ends: 'End access',
  endedOn: (date: PlainDate) => `ended ${nearDay(date)}`,
} as const
