import type { Item } from '../item.ts'
import { allTerms, anyDay, choice, noneIsAnAnswer, notAssessments, pastDay, text, yesNo } from './shared.ts'

const core = { section: 'next_steps', carries: false, dataClass: 'C2', inPlan: true } as const
const yearSix = { ...core, phases: ['key_stage_2'], yearGroups: ['6'], terms: ['summer'] } as const
const yearEleven = { ...core, phases: ['key_stage_4'], yearGroups: ['11'], terms: allTerms } as const

/** Where the child goes next: the school after year 6, the course or work after year 11. */
export const nextSteps: readonly Item[] = [
  { ...yearSix, code: 'transfer_school', type: text(120), need: 'required', states: notAssessments },
  {
    ...yearSix,
    code: 'transfer_date',
    type: anyDay,
    need: 'conditional',
    when: { item: 'transfer_school', answered: true },
    states: notAssessments,
  },
  {
    ...yearEleven,
    code: 'intended_destination',
    type: choice('sixth_form', 'fe_college', 'apprenticeship', 'other', 'none'),
    need: 'required',
    states: noneIsAnAnswer,
  },
  {
    ...yearEleven,
    code: 'destination_offer',
    type: yesNo,
    need: 'conditional',
    when: { item: 'intended_destination', isNot: ['none'] },
  },
  {
    ...yearEleven,
    code: 'destination_offer_seen',
    type: pastDay,
    need: 'conditional',
    when: { item: 'destination_offer', is: ['Y'] },
    states: notAssessments,
  },
  {
    ...core,
    code: 'careers_interview',
    type: pastDay,
    phases: ['key_stage_4'],
    terms: allTerms,
    need: 'optional',
    states: notAssessments,
  },
]
