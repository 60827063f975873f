import type { NotComparable } from '../../../src/domain/return/comparable.ts'

const reasonWords: Readonly<Record<NotComparable, string>> = {
  nothing: '',
  questions_differ: 'Its answers are to different questions.',
  own_judgement: 'Schools’ own judgement: not to be held against national results.',
  translated: 'Some answers were worked out from a school’s own scale, as the school said its words mean.',
  scales_differ: 'They rest on more than one scale.',
}

/** Why a figure is not to be held against national results, in a line; empty where it may be. */
export const reasonsSaid = (reasons: readonly NotComparable[]): string =>
  reasons
    .map((reason) => reasonWords[reason])
    .filter((text) => text !== '')
    .join(' ')
