import { itemOf } from './dictionary.ts'
import type { TalliedRow } from './tally.ts'

/** One judgement of attainment, and how it came to be. */
export type Judgement = {
  readonly item: string
  /** The version of the school's own scale it was worked out with; null where the school stated it. */
  readonly scale: number | null
}

/** Why judgements are no one figure, or none to hold against national results. */
export type NotComparable = 'nothing' | 'questions_differ' | 'own_judgement' | 'translated' | 'scales_differ'

export type Comparison =
  | { readonly comparable: true }
  | { readonly comparable: false; readonly reasons: readonly NotComparable[] }

const sections: readonly string[] = ['attainment', 'key_stage_4', 'national_results']

/** Whether a question is about attainment: its figures say what they may be held against. */
export const isAttainment = (item: string): boolean => sections.includes(itemOf(item)?.section ?? '')

const isNational = (item: string) => itemOf(item)?.section === 'national_results'

/**
 * Whether some judgements may be summed into one figure, or stand beside national results. Only answers to one question
 * are summed, and a school's own judgement never with a national result or beside one; the more so where a portal
 * worked it out from a scale, and where several scales are in it.
 */
export const comparable = (judgements: readonly Judgement[], as: 'one figure' | 'beside national'): Comparison => {
  const reasons: NotComparable[] = []
  const own = judgements.filter(({ item }) => !isNational(item))
  const mixed = own.length > 0 && own.length < judgements.length
  if (judgements.length === 0) reasons.push('nothing')
  if (new Set(judgements.map(({ item }) => item)).size > 1) reasons.push('questions_differ')
  if (mixed || (as === 'beside national' && own.length > 0)) reasons.push('own_judgement')
  if (as === 'beside national') {
    const scales = new Set(own.map(({ scale }) => scale))
    if (own.some(({ scale }) => scale !== null)) reasons.push('translated')
    if (scales.size > 1) reasons.push('scales_differ')
  }
  return reasons.length === 0 ? { comparable: true } : { comparable: false, reasons }
}

/** By item, the version of the school's scale that an answer was worked out with. */
export type Scales = ReadonlyMap<string, number>

/** The judgements that a figure about one question is made of. */
export const judgementsOf = (
  item: string,
  rows: readonly (TalliedRow & { readonly scales: Scales })[],
): readonly Judgement[] =>
  rows.flatMap(({ asked, answers, scales }) =>
    asked.has(item) && answers.get(item)?.state === 'given' ? [{ item, scale: scales.get(item) ?? null }] : [],
  )

/** Why a figure about some judgements may not be held against national results; nothing where it may. */
export const reasonsAgainst = (judgements: readonly Judgement[]): readonly NotComparable[] => {
  const comparison = comparable(judgements, 'beside national')
  return comparison.comparable ? [] : comparison.reasons
}
