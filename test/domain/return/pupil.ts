import type { AskedFor } from '../../../src/domain/return/ask.ts'
import type { Answer, Answers } from '../../../src/domain/return/item.ts'

/** Answers from codes and values; a value of the form 'state:to_follow' is a state. */
export const answers = (given: Readonly<Record<string, string>>): Answers =>
  new Map(
    Object.entries(given).map(([code, value]): [string, Answer] => [
      code,
      value.startsWith('state:')
        ? { state: value.slice('state:'.length) as Answer['state'], value: null }
        : { state: 'given', value },
    ]),
  )

/** A pupil of year 8 in the autumn term of whom nothing is known, with what a test says is different. */
export const pupil = (different: Partial<AskedFor> = {}): AskedFor => ({
  term: 'autumn',
  yearGroup: '8',
  overlay: new Map(),
  facts: new Set(),
  answers: new Map(),
  ...different,
})
