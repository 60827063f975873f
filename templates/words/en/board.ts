import type { PlainDate } from '../../../src/domain/dates.ts'
import { count, figure, sentence } from './counts.ts'
import { nearDay, shortDay } from './dates.ts'

/** Words of a round's board and of one school within it. */
export const boardWords = {
  backToRounds: 'All rounds',
  questions: 'Questions we ask',
  calls: 'Calls and reminders',
  close: 'Close this round',
  closedOn: (day: PlainDate) => `Closed ${nearDay(day)}`,
  extendedCell: 'extended',
  reopenedCell: (day: PlainDate) => `open again to ${shortDay(day)}`,
  dates: 'The date',
  dueSays: (due: PlainDate) => `Due ${nearDay(due)}.`,
  extendedSays: (day: PlainDate, by: string, reason: string) =>
    `Extended to ${nearDay(day)}${by === '' ? '' : ` by ${by}`}: “${reason}”`,
  reopenedSays: (day: PlainDate, by: string, reason: string) =>
    `Open again for this school until ${nearDay(day)}${by === '' ? '' : `, by ${by}`}: “${reason}”`,
  extend: 'Give this school a later date',
  reopen: 'Open the round again for this school',
  schoolCalls: 'Calls, reminders and contacts',
  sentLate: 'late',
  asAt: (asAt: PlainDate, due: PlainDate) => `As at ${nearDay(asAt)}, due ${nearDay(due)}`,
  complete: ' complete',
  completeHidden: 'How complete it is',
  base: (answered: number, asked: number, pupils: number, schools: number) =>
    `${figure(answered)} of ${figure(asked)} answers asked for, about ${count(pupils, 'pupil')} in ${count(schools, 'school')}.`,
  nothingAsked: 'Nothing is asked yet',
  nothingAskedSays: 'No pupil has a confirmed place at a school on the as-at date.',
  here: (council: string) => `Schools in ${council}`,
  elsewhere: 'Schools elsewhere',
  schools: (schools: number) => count(schools, 'school'),
  split: (here: number, elsewhere: number) =>
    here === 0 && elsewhere === 0
      ? ''
      : elsewhere === 0
        ? `${here} here`
        : here === 0
          ? `${elsewhere} elsewhere`
          : `${here} here, ${elsewhere} elsewhere`,
  waiting: 'Waiting for one of us',
  waitingUnmatched: (rows: number) => `${count(rows, 'row')} we could not match`,
  waitingPlaces: (places: number) => `${count(places, 'place')} not confirmed`,
  waitingNoLead: (schools: number) => `${count(schools, 'school')} with no lead named`,
  waitingNone: 'Nothing waits for one of us.',
  list: 'Schools, most overdue first',
  area: 'Authority the school is in',
  authorities: 'One authority',
  areaCode: (code: string) => `authority ${code}`,
  phase: 'Phase',
  question: 'Question',
  allQuestions: 'Every question',
  itsResults: 'What came of this question',
  results: 'Results, each with its base',
  asXlsx: 'This list as a workbook',
  asCsv: 'as CSV',
  inArea: (area: string) =>
    area === 'Here' || area === 'Elsewhere' ? `schools ${area.toLowerCase()}` : `schools in ${area}`,
  filterSays: (parts: readonly string[], schools: number, pupils: number) =>
    `${parts.length === 0 ? 'Everything' : sentence(parts.join('; '))}: ${count(schools, 'school')} listed, ${count(pupils, 'pupil')} counted in every figure here.`,
  state: 'State',
  all: 'All',
  hereShort: 'Here',
  elsewhereShort: 'Elsewhere',
  filter: 'Filter',
  open: 'Not in yet',
  columns: { school: 'School', state: 'State', pupils: 'Pupils', answers: 'Answers in', due: 'Due', next: 'Next' },
  hereCell: 'here',
  openLink: 'Open',
  noLead: 'Name a lead',
  noneFits: 'No school fits. Choose “All” to see every school in the round.',
  noSchools: 'No school is in this round yet.',
  shown: (shown: number, of: number) => `Showing ${shown} of ${of}.`,
  next: (schools: number) => `Next ${schools}`,
  previous: 'Previous',
  byQuestion: 'By section of the return',
  notAskedOfAny: 'not asked',
  bases:
    'Bases differ: a question that does not apply to a pupil is left out. Not known and not assessed count as answered.',
  everything: 'Every question',
  questionsLeft: (left: number) => `${left} questions`,
  ofPupil: (pupil: string) => `of ${pupil}`,
  schoolTitle: (school: string, round: string) => `${school}, ${round}`,
  backToBoard: 'Back to the board',
  answersIn: 'Answers in',
  pupils: 'Pupils',
  pupilsIn: 'Pupils in this round',
  pupilColumns: { pupil: 'Pupil', year: 'Year', answers: 'Answers in', state: 'Row', left: 'Still to answer' },
  allIn: 'nothing',
  receipts: 'Receipts',
  noReceipts: 'No receipt yet.',
  receiptRow: (reference: string, pupils: number, who: string, when: string) =>
    `${reference}: ${count(pupils, 'pupil')}, sent by ${who}, ${when}`,
  replaced: 'replaced',
  withdrawn: 'withdrawn',
  people: 'Who answers',
  noPeople: 'No lead is named. Name one so that the school can sign in.',
  addPerson: 'Name a lead',
  due: 'Due',
  setAside: 'Set aside by the school',
  setAsideRow: (pupil: string, reason: string) => `${pupil}: ${reason}`,
} as const
