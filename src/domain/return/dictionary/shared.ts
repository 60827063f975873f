import type { AnswerState, ItemType, Phase, Term, YearGroup } from '../item.ts'

export const allPhases: readonly Phase[] = [
  'early_years',
  'key_stage_1',
  'key_stage_2',
  'key_stage_3',
  'key_stage_4',
  'post_16',
]

/** The phases whose schools mark two sessions a day under the school attendance regulations. */
export const schoolPhases: readonly Phase[] = ['key_stage_1', 'key_stage_2', 'key_stage_3', 'key_stage_4']

export const allTerms: readonly Term[] = ['autumn', 'spring', 'summer']

/** Every year group as the common basic data set codes it. */
export const yearGroups: readonly YearGroup[] = [
  ...['E1', 'E2', 'N1', 'N2', 'R'],
  ...Array.from({ length: 14 }, (_, index) => String(index + 1)),
  'X',
]

/** Reception to year 11: the years in which full time means the whole of a school's week. */
export const schoolYears: readonly YearGroup[] = yearGroups.slice(yearGroups.indexOf('R'), yearGroups.indexOf('12'))

/** The states of an item that nobody assesses: a count, a day, a name. */
export const notAssessments: readonly AnswerState[] = [
  'not_known',
  'not_applicable',
  'declined',
  'to_follow',
  'cleared',
]

/** Every state where the word "none" would be read as an answer of its own: it is asked about, never taken to clear. */
export const noneIsAnAnswer: readonly AnswerState[] = [
  'not_known',
  'not_assessed',
  'not_applicable',
  'declined',
  'to_follow',
]

/** The same for a count: "none" is 0. */
export const noneIsZero: readonly AnswerState[] = ['not_known', 'not_applicable', 'declined', 'to_follow']

export const yesNo: ItemType = { kind: 'choice', options: ['Y', 'N'] }
export const choice = (...options: readonly string[]): ItemType => ({ kind: 'choice', options })
export const text = (longest: number): ItemType => ({ kind: 'text', longest })
/** 254 is the longest e-mail address that can be sent to: RFC 5321. */
export const email: ItemType = text(254)
export const anyDay: ItemType = { kind: 'date' }
export const pastDay: ItemType = { kind: 'date', latest: 'today' }

/** Codes of a mark out of a fixed number, as one list: '0' to the highest. */
export const marksUpTo = (highest: number): readonly string[] =>
  Array.from({ length: highest + 1 }, (_, mark) => String(mark))
