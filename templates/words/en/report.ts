import type { PlainDate } from '../../../src/domain/dates.ts'
import { count, figure, percent } from './counts.ts'
import { day } from './dates.ts'

/** Headings of the tables of a report without names. */
export const reportTables: Readonly<Record<string, string>> = {
  plans: 'Plans (PEPs)',
  attendance: 'Attendance',
  reading_band: 'Reading, against what is expected for age',
  writing_band: 'Writing, against what is expected for age',
  english_band: 'English, against what is expected for age',
  mathematics_band: 'Mathematics, against what is expected for age',
  science_band: 'Science, against what is expected for age',
  full_time: 'Full-time education',
  suspensions: 'Suspensions in the return’s term',
  pupil_premium_plus_delivered: 'Pupil Premium Plus: what was agreed is delivered',
  child_view_asked: 'The child’s view was asked',
}

/** What the counts of those tables are of. */
export const reportCells: Readonly<Record<string, string>> = {
  in_date: 'In date',
  overdue: 'Overdue',
  not_held: 'Not known, or not in yet',
  not_assessed: 'Not assessed',
  over: 'More than 90% of sessions',
  persistent: '90% of sessions or fewer',
  below: 'Below',
  at: 'At',
  above: 'Above',
  none: 'None',
  some: 'One or more',
  yes: 'Yes',
  partly: 'In part',
  not_yet: 'Not yet',
  Y: 'Yes',
  N: 'No',
}

/** Words of the reports for a school's governors and a council's members: no child is named, and none can be picked out. */
export const reportWords = {
  schoolTitle: (school: string) => `Looked-after children at ${school}: report to the governors`,
  councilTitle: (council: string, round: string) => `${council}, ${round}: report to members`,
  back: 'Back',
  few: 'Between one and five looked-after children are at this school',
  fewCouncil: 'Between one and five children are in this round',
  none: 'No looked-after child is confirmed at this school',
  noneCouncil: 'No child is in this round',
  children: (children: number) => count(children, 'looked-after child', 'looked-after children'),
  asAtDay: (date: PlainDate) => `As at ${day(date)}.`,
  asAt: {
    school: (date: PlainDate) =>
      `As at ${day(date)}. Of each child it counts the newest return the school has sent, and nothing older.`,
    council: (date: PlainDate) => `As at ${day(date)}, from what schools have sent in this round.`,
  },
  fewSays:
    'With so few children every figure would point to one of them, so none is given: not attainment, not attendance, not suspensions, not money. This is what the school does for them instead.',
  complete: (answered: number, asked: number) =>
    `${percent(answered, asked) ?? 0}% of the answers asked for are held: ${figure(answered)} of ${figure(asked)}.`,
  sessions: (attended: number, possible: number, pupils: number) =>
    `${percent(attended, possible) ?? 0}% attendance: ${figure(attended)} of ${figure(possible)} sessions of ${count(pupils, 'child', 'children')}, from sums.`,
  columns: { of: 'Children', number: 'Number', share: 'Of the base' },
  base: (base: number) => `Base: ${count(base, 'child', 'children')}`,
  held: 'held back',
  heldTable: 'Held back: the count of children it is about, or its distance from another count here, is five or fewer.',
  rule: 'Counts of five or fewer are held back, and so are others where a difference would give one away. “Held back” may stand for nought. What is missing is shown as missing.',
  does: 'What the school does',
  doesLead: (lead: string | null, deputy: boolean) =>
    lead === null
      ? 'Nobody is named here who leads for looked-after children.'
      : `${lead} leads for looked-after children${deputy ? ', with a deputy named' : '; no deputy is named'}.`,
  doesReturns: (sent: number, due: number) =>
    due === 0
      ? 'No council asks for a return now.'
      : sent === due
        ? 'Every return that councils ask for this term is sent.'
        : 'Not every return that councils ask for this term is sent yet.',
  doesPlans:
    'Each child’s plan (PEP) is kept with the council that looks after the child; the school’s section goes in with its return.',
  doesMoney: 'Pupil Premium Plus is managed by the virtual school of the council that looks after the child.',
  add: 'To be added by whoever leads, since it is not held here: training of staff, how the premium was used across the school, admissions and support in the year, previously looked-after children.',
  print: 'Print this page, or take it away:',
  asXlsx: 'as a workbook',
  asCsv: 'as CSV',
  link: 'Report to the governors, without names',
  linkOf: (school: string) => `Report to the governors of ${school}, without names`,
  file: { table: 'Table', children: 'Children', number: 'Number', base: 'Base', against: 'How to read it' },
  sheet: 'Report',
} as const
