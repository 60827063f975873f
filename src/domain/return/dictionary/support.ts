import type { Item } from '../item.ts'
import { allPhases, allTerms, choice, noneIsAnAnswer, noneIsZero, notAssessments } from './shared.ts'

const core = { section: 'support', phases: allPhases, terms: allTerms, inPlan: true } as const

/**
 * Special educational needs, English and suspensions. England's codes and those of Wales share one list, since a
 * council's children learn in both. English proficiency: the five-point scale of the school census until 2018.
 */
export const support: readonly Item[] = [
  {
    ...core,
    code: 'sen',
    type: choice('N', 'K', 'E', 'no_aln', 'school_idp', 'la_idp'),
    need: 'prefilled',
    carries: true,
    dataClass: 'C3',
    states: noneIsAnAnswer,
  },
  {
    ...core,
    code: 'english_proficiency',
    type: choice('A', 'B', 'C', 'D', 'E', 'N'),
    need: 'conditional',
    when: { fact: 'newly_arrived', holds: true },
    carries: false,
    dataClass: 'C2',
  },
  {
    ...core,
    code: 'suspensions',
    type: { kind: 'integer', from: 0, to: 90, noneIsZero: true },
    need: 'prefilled',
    carries: false,
    dataClass: 'C2',
    states: noneIsZero,
  },
  {
    ...core,
    code: 'suspension_days',
    // At most 45 school days in an academic year: School Discipline (Pupil Exclusions and Reviews) (England)
    // Regulations 2012.
    type: { kind: 'decimal', from: 0.5, to: 45, places: 1 },
    need: 'conditional',
    when: { item: 'suspensions', isNot: ['0'] },
    carries: false,
    dataClass: 'C2',
    states: notAssessments,
  },
]
