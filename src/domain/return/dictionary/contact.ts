import type { Item } from '../item.ts'
import { allPhases, allTerms, choice, email, notAssessments, text } from './shared.ts'

const core = {
  section: 'contact',
  phases: allPhases,
  terms: allTerms,
  dataClass: 'C2',
  inPlan: false,
  states: notAssessments,
} as const

/**
 * Who answers at the school. Who answered counts; the lead and the deputy are offered as known and never counted, since
 * the council holds them for the school and most often one of them answers.
 */
export const contact: readonly Item[] = [
  { ...core, code: 'answered_by_name', type: text(80), need: 'prefilled', carries: true },
  { ...core, code: 'answered_by_email', type: email, need: 'prefilled', carries: true },
  { ...core, code: 'lead_name', type: text(80), need: 'optional', carries: true, inPlan: true },
  { ...core, code: 'lead_email', type: email, need: 'optional', carries: true, inPlan: true },
  { ...core, code: 'deputy_name', type: text(80), need: 'optional', carries: true },
  { ...core, code: 'deputy_email', type: email, need: 'optional', carries: true },
  { ...core, code: 'please_call', type: choice('Y'), need: 'optional', carries: false },
  {
    ...core,
    code: 'please_call_reason',
    type: text(300),
    need: 'optional',
    when: { item: 'please_call', is: ['Y'] },
    carries: false,
    dataClass: 'C3',
    restricted: true,
  },
]
