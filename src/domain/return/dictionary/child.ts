import type { Item } from '../item.ts'
import { allPhases, allTerms, choice, notAssessments, text, yesNo } from './shared.ts'

const core = {
  section: 'child',
  phases: allPhases,
  terms: allTerms,
  need: 'optional',
  carries: false,
  dataClass: 'C3',
  inPlan: true,
} as const

const asked = { when: { item: 'child_view_asked', is: ['Y'] } } as const

/** What the child says, in their own words, who asked and with whom it may be shared. Never in the completeness base. */
export const child: readonly Item[] = [
  { ...core, code: 'child_view_asked', type: yesNo },
  { ...core, ...asked, code: 'child_view_words', type: text(500), restricted: true, states: notAssessments },
  { ...core, ...asked, code: 'child_view_asked_by', type: text(80), states: notAssessments },
  {
    ...core,
    ...asked,
    code: 'child_view_share_with',
    type: choice('virtual_school', 'social_worker', 'plan_meeting', 'nobody_else'),
  },
  {
    ...core,
    code: 'child_view_not_asked_because',
    type: choice('not_the_right_time', 'asked_elsewhere', 'chose_not_to', 'needs_support_to_say', 'not_seen', 'other'),
    when: { item: 'child_view_asked', is: ['N'] },
  },
]
