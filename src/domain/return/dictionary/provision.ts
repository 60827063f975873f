import type { Condition, Item } from '../item.ts'
import { allPhases, allTerms, anyDay, choice, notAssessments, text, yesNo } from './shared.ts'

const core = {
  section: 'provision',
  phases: allPhases,
  terms: allTerms,
  dataClass: 'C2',
  carries: true,
  inPlan: true,
} as const

const elsewhere: Condition = { item: 'other_provision', is: ['Y'] }

/** One place where part of the week is spent: the first is asked whenever there is any, a later one once it is named. */
const providerSlot = (slot: number): readonly Item[] => {
  const provider = `other_provision_${slot}_provider`
  const named: Condition = { item: provider, answered: true }
  const rest = { ...core, need: 'conditional', when: slot === 1 ? elsewhere : named } as const
  return [
    {
      ...core,
      code: provider,
      type: text(120),
      need: slot === 1 ? 'conditional' : 'optional',
      when: elsewhere,
      states: notAssessments,
    },
    {
      ...rest,
      code: `other_provision_${slot}_type`,
      type: choice('school', 'pru_ap', 'unregistered', 'fe_14_16', 'tuition', 'online', 'hospital', 'eotas'),
      dataClass: 'C3',
    },
    { ...rest, code: `other_provision_${slot}_registered`, type: yesNo },
    {
      ...rest,
      code: `other_provision_${slot}_hours`,
      type: { kind: 'decimal', from: 0, to: 60, places: 2 },
      states: notAssessments,
    },
    { ...rest, code: `other_provision_${slot}_start`, type: anyDay, states: notAssessments },
    { ...rest, code: `other_provision_${slot}_end`, type: anyDay, need: 'optional', states: notAssessments },
    { ...rest, code: `other_provision_${slot}_checked_by`, type: text(80), states: notAssessments },
  ]
}

/**
 * Learning away from the school that has the child on roll. One question opens it, so that a child who is full time
 * but spends a day a week elsewhere is not missed.
 */
export const provision: readonly Item[] = [
  { ...core, code: 'other_provision', type: yesNo, need: 'prefilled' },
  ...[1, 2].flatMap(providerSlot),
]
