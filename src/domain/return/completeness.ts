import type { Answers, Need } from './item.ts'

/** How many of the answers that count are there. Integers only: a percentage is made from sums, on the page. */
export type Count = {
  /** Answers that count: required and prefilled items, without those that do not apply. */
  readonly base: number
  /** Of the base, those answered, with a value or otherwise. */
  readonly answered: number
  /** Of the answered, those that are not known, not assessed, declined or to follow. */
  readonly givenOtherwise: number
}

/** The count of one pupil's row, and the items of the base that have no answer yet. */
export type Completeness = Count & { readonly missing: readonly string[] }

/** One pupil's row: what is asked, and what is answered. */
export type CountedRow = { readonly asked: ReadonlyMap<string, Need>; readonly answers: Answers }

const nothing: Count = { base: 0, answered: 0, givenOtherwise: 0 }

const add = (left: Count, right: Count): Count => ({
  base: left.base + right.base,
  answered: left.answered + right.answered,
  givenOtherwise: left.givenOtherwise + right.givenOtherwise,
})

const countOf = (code: string, need: Need, answers: Answers): Count => {
  if (need !== 'required' && need !== 'prefilled') return nothing
  const state = answers.get(code)?.state
  if (state === 'not_applicable') return nothing
  if (state === undefined || state === 'cleared') return { ...nothing, base: 1 }
  return { base: 1, answered: 1, givenOtherwise: state === 'given' ? 0 : 1 }
}

/** How complete one pupil's row is, and what is missing, in the order of the return. Optional items never count. */
export const completenessOf = (asked: ReadonlyMap<string, Need>, answers: Answers): Completeness => {
  const missing: string[] = []
  let count = nothing
  for (const [code, need] of asked) {
    const one = countOf(code, need, answers)
    if (one.base > one.answered) missing.push(code)
    count = add(count, one)
  }
  return { ...count, missing }
}

/** The count of many rows together: the sum of each part. */
export const total = (counts: readonly Count[]): Count => counts.reduce(add, nothing)

/** The count of each item over many rows, by item code; items that count for none of them are left out. */
export const byItem = (rows: readonly CountedRow[]): ReadonlyMap<string, Count> => {
  const counts = new Map<string, Count>()
  for (const { asked, answers } of rows) {
    for (const [code, need] of asked) {
      const one = countOf(code, need, answers)
      if (one.base > 0) counts.set(code, add(counts.get(code) ?? nothing, one))
    }
  }
  return counts
}

/** About how long some questions take, in whole minutes: a quarter of a minute for each, an estimate. */
export const minutesFor = (questions: number): number => Math.ceil(questions / 4)
