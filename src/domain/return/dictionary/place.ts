import type { Condition, Item } from '../item.ts'
import {
  allPhases,
  allTerms,
  anyDay,
  choice,
  notAssessments,
  pastDay,
  schoolYears,
  text,
  yearGroups,
  yesNo,
} from './shared.ts'

const core = { section: 'place', phases: allPhases, terms: allTerms, dataClass: 'C2' } as const

/** The statuses that say the child's place here has ended. */
export const leftStatuses = ['left_destination_known', 'left_destination_unknown'] as const

const left: Condition = { item: 'status', is: leftStatuses }
const notFullTime: Condition = { item: 'full_time', is: ['N'] }

const reducedTimetable = {
  ...core,
  yearGroups: schoolYears,
  need: 'conditional',
  when: notFullTime,
  carries: true,
  inPlan: true,
} as const

/** Where the child is on roll and for how much of the week. Codes C to O: DfE common basic data set, enrolment status. */
export const place: readonly Item[] = [
  {
    ...core,
    code: 'status',
    type: choice('C', 'M', 'S', 'G', 'F', 'O', ...leftStatuses, 'never_ours'),
    need: 'required',
    carries: false,
    affirmed: true,
    inPlan: false,
  },
  {
    ...core,
    code: 'left_on',
    type: pastDay,
    need: 'conditional',
    when: left,
    carries: false,
    inPlan: false,
    states: notAssessments,
  },
  {
    ...core,
    code: 'left_destination',
    type: text(120),
    need: 'conditional',
    when: { item: 'status', is: ['left_destination_known'] },
    carries: false,
    inPlan: false,
    states: notAssessments,
  },
  {
    ...core,
    code: 'year_group',
    type: { kind: 'choice', options: yearGroups },
    need: 'prefilled',
    carries: true,
    inPlan: true,
  },
  {
    ...core,
    code: 'entry_date',
    type: pastDay,
    need: 'prefilled',
    carries: true,
    inPlan: false,
    states: notAssessments,
  },
  {
    ...core,
    code: 'hours_offered',
    type: { kind: 'decimal', from: 0, to: 60, places: 2 },
    yearGroups: schoolYears,
    need: 'required',
    carries: true,
    inPlan: true,
    states: notAssessments,
  },
  {
    ...core,
    code: 'full_time',
    type: yesNo,
    yearGroups: schoolYears,
    need: 'required',
    carries: true,
    inPlan: true,
  },
  {
    ...reducedTimetable,
    code: 'part_time_reason',
    type: choice('phased', 'reintegration', 'medical', 'awaiting_place', 'other'),
    dataClass: 'C3',
  },
  { ...reducedTimetable, code: 'part_time_start', type: anyDay, states: notAssessments },
  { ...reducedTimetable, code: 'part_time_review', type: anyDay, states: notAssessments },
  { ...reducedTimetable, code: 'part_time_end', type: anyDay, states: notAssessments },
  { ...reducedTimetable, code: 'part_time_agreed', type: yesNo },
]
