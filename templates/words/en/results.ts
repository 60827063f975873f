import type { Phase } from '../../../src/domain/return/item.ts'
import { count, figure, percent } from './counts.ts'
import { phaseWords } from './states.ts'

/** A part of a round's pupils. */
export const groupWords: Readonly<Record<'all' | 'here' | 'elsewhere' | Phase, string>> = {
  all: 'All',
  here: 'Schools here',
  elsewhere: 'Schools elsewhere',
  ...phaseWords,
}

/** Words of what came of a round's questions. */
export const resultWords = {
  title: 'Results',
  heading: (round: string) => `Results, ${round}`,
  lead: 'Each figure stands beside how complete it is. A missing answer is shown as missing: it is no nought.',
  backToBoard: 'Back to the board',
  backToResults: 'All questions',
  complete: (answered: number, base: number) => {
    const share = percent(answered, base)
    return share === undefined ? 'Nothing is asked' : `${share}% complete`
  },
  base: (answered: number, base: number, excluded: number) =>
    `${figure(answered)} of ${count(base, 'pupil')} have an answer; for ${figure(excluded)} more it does not apply and they are in no figure.`,
  columns: {
    group: 'Pupils',
    complete: 'Answered',
    notAssessed: 'Not assessed',
    notKnown: 'Not known',
    notIn: 'Not in yet',
    base: 'Base',
    excluded: 'Does not apply',
    against: 'How to read it',
    total: 'Added up',
    attendance: 'Attendance',
    pupils: 'Pupils held',
    notHeld: 'Sums not held',
    question: 'Question',
    school: 'School',
  },
  attendanceOf: (attended: number, possible: number) => `${figure(attended)} of ${figure(possible)} sessions`,
  attendanceHead: 'Attendance, from sums of sessions',
  attendanceNote: 'Sessions attended of sessions possible, added up over the pupils of whom both are held.',
  bySchool: 'Who answered it',
  questions: 'Every question that can be counted',
  noneAsked: 'No question that can be counted is asked in this round.',
  nobodyAsked: 'Nobody in this round is asked it.',
  textOnly: 'Its answers are words: how many came is shown, not what they say.',
  asXlsx: 'Results as a workbook',
  asCsv: 'as CSV',
  report: 'The report for members, without names',
  returns: 'Every answer, pupil by pupil',
  returnsSays: 'One line a pupil, by your own reference. Each download is noted for each pupil in it.',
  returnsXlsx: 'Answers as a workbook',
  withNames: 'The same with names',
  exportNote: (round: string, asAt: string) => `${round}, as at ${asAt}. Of the pupils you may see.`,
  missingNote: 'Not assessed, not known and not in yet count in the base; what does not apply is in no figure.',
  files: { board: 'Board', results: 'Results', returns: 'Answers' },
  returnColumns: {
    reference: 'Your reference',
    forename: 'First name',
    surname: 'Last name',
    school: 'School',
    year: 'Year group',
    answered: 'Answered',
    asked: 'Asked',
    byScale: 'Worked out from the school’s scale',
  },
  boardColumns: {
    school: 'School',
    urn: 'URN',
    area: 'Authority',
    state: 'State',
    pupils: 'Pupils',
    answered: 'Answered',
    asked: 'Asked',
    share: 'Per cent',
    otherwise: 'Answered, not known or not assessed',
    due: 'Due',
  },
} as const
