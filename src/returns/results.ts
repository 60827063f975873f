import { phaseOf } from '../domain/return/ask.ts'
import {
  isAttainment,
  judgementsOf,
  type NotComparable,
  reasonsAgainst,
  type Scales,
} from '../domain/return/comparable.ts'
import { itemOf, items } from '../domain/return/dictionary.ts'
import type { Item, Phase } from '../domain/return/item.ts'
import { type Sessions, sessionsOf, type Tally, tallyOf } from '../domain/return/tally.ts'
import type { Board } from './board.ts'
import type { PupilReturn } from './due.ts'

/** The phases in the order of a child's years. */
export const phases: readonly Phase[] = [
  ...(['early_years', 'key_stage_1', 'key_stage_2', 'key_stage_3', 'key_stage_4', 'post_16'] as const),
]

/** A part of a round's pupils that results are given for. */
export type GroupKey = 'all' | 'here' | 'elsewhere' | Phase

/** What came of one question in one part of the round. */
export type GroupResult = {
  readonly group: GroupKey
  readonly tally: Tally
  readonly sessions: Sessions
  /** Why its figures are not to be held against national results; none where they may, or are not about attainment. */
  readonly reasons: readonly NotComparable[]
}

/** One question over a round: all of it, schools here and elsewhere, and each phase that is asked. */
export type Result = { readonly item: Item; readonly groups: readonly GroupResult[] }

const groupsOf = (board: Board): readonly (readonly [GroupKey, readonly PupilReturn[]])[] => {
  const all = board.schools.flatMap(({ returns }) => returns)
  const at = (here: boolean) => board.schools.filter((one) => one.here === here).flatMap(({ returns }) => returns)
  return [
    ['all', all],
    ['here', at(true)],
    ['elsewhere', at(false)],
    ...phases.map((phase) => [phase, all.filter(({ due }) => phaseOf(due.yearGroup) === phase)] as const),
  ]
}

/** Whether a question's answers can be counted: a choice, or a whole number. */
export const isCounted = (item: Item): boolean => item.type.kind === 'choice' || item.type.kind === 'integer'

/** Which answers of a return were worked out from the school's scale. */
type ScalesOf = (one: PupilReturn) => Scales

/** What came of one question in a round; undefined where the return has no such question. */
export const resultOf = (board: Board, code: string, scalesOf: ScalesOf): Result | undefined => {
  const item = itemOf(code)
  if (!item) return undefined
  const groups = groupsOf(board)
    .map(([group, rows]) => ({
      ...{ group, tally: tallyOf(code, rows), sessions: sessionsOf(rows) },
      reasons: isAttainment(code)
        ? reasonsAgainst(
            judgementsOf(
              code,
              rows.map((one) => ({ ...one, scales: scalesOf(one) })),
            ),
          )
        : [],
    }))
    .filter(({ tally }) => tally.base + tally.excluded > 0)
  return { item, groups }
}

/** The results of every question that can be counted and was asked, in the order of the return. */
export const resultsOf = (board: Board, scalesOf: ScalesOf): readonly Result[] =>
  items.filter(isCounted).flatMap((item) => {
    const result = resultOf(board, item.code, scalesOf)
    return result && result.groups.length > 0 ? [result] : []
  })
