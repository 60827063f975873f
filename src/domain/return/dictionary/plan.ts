import type { Item } from '../item.ts'
import { allPhases, allTerms, choice, notAssessments, text } from './shared.ts'

const core = {
  section: 'plan',
  phases: allPhases,
  terms: allTerms,
  need: 'conditional',
  carries: false,
  dataClass: 'C2',
  inPlan: true,
} as const

const paid = { fact: 'pupil_premium_plus_paid', holds: true } as const

/** Progress on the plan's targets, where the council holds a plan, and what Pupil Premium Plus did, where it was paid. */
export const plan: readonly Item[] = [
  ...([1, 2, 3] as const).map(
    (slot): Item => ({
      ...core,
      code: `target_${slot}_progress`,
      type: choice('not_started', 'partly', 'met', 'exceeded', 'no_longer_right'),
      when: { fact: `target_${slot}_held`, holds: true },
    }),
  ),
  { ...core, code: 'pupil_premium_plus_delivered', type: choice('yes', 'partly', 'not_yet'), when: paid },
  {
    ...core,
    code: 'pupil_premium_plus_spent',
    type: { kind: 'pence', to: 2_000_000 },
    when: paid,
    states: notAssessments,
  },
  {
    ...core,
    code: 'pupil_premium_plus_effect',
    type: text(300),
    when: { allOf: [paid, { item: 'pupil_premium_plus_delivered', isNot: ['not_yet'] }] },
    restricted: true,
  },
]
