import type { Scales } from '../domain/return/comparable.ts'
import { bandItems } from '../domain/return/scale.ts'
import type { Scope } from '../domain/scope.ts'
import { bandSources } from '../store/answers.ts'
import type { Query } from '../store/db.ts'
import type { PupilReturn } from './due.ts'

/** Reads which answers of some returns were worked out from a school's scale; gives those of one return. */
export const scalesBehind = async (
  query: Query,
  scope: Scope,
  returns: readonly Pick<PupilReturn, 'due'>[],
): Promise<(one: Pick<PupilReturn, 'due'>) => Scales> => {
  const [rounds, pupils] = [new Set(returns.map(({ due }) => due.round)), new Set(returns.map(({ due }) => due.pupil))]
  const byRow = new Map<string, Map<string, number>>()
  for (const { round, pupil, school, item, scale } of await bandSources(
    query,
    scope,
    [...rounds],
    [...pupils],
    bandItems,
  )) {
    if (scale === null) continue
    const key = `${round}/${pupil}/${school}`
    byRow.set(key, (byRow.get(key) ?? new Map<string, number>()).set(item, scale))
  }
  return ({ due }) => byRow.get(`${due.round}/${due.pupil}/${due.school}`) ?? new Map()
}
