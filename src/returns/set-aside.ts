import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import { rowsOfImport } from '../store/import-rows.ts'
import { importById } from '../store/imports.ts'
import type { PupilStanding } from './due.ts'

/** A submission of one school for one round, as far as it is asked here. */
type Submitted = {
  readonly round: number
  readonly school: number
  readonly importId: string
  readonly state: string
}

/**
 * The pupils without an answer whose rows the school set aside in a submission that stands, by `round/pupil/school`,
 * each with the school's reason: that is its answer about them for now.
 */
export const setAsideAmong = async (
  query: Query,
  scope: Scope,
  returns: readonly PupilStanding[],
  submissions: readonly Submitted[],
): Promise<ReadonlyMap<string, string>> => {
  const lacking = returns.filter(({ answers }) => answers.size === 0).map(({ due }) => due)
  const standing = submissions.filter(
    ({ state, round, school }) =>
      state === 'published' && lacking.some((due) => due.round === round && due.school === school),
  )
  const reasons = new Map<string, string>()
  for (const { importId, round, school } of standing) {
    const part = await importById(query, scope, importId)
    if (!part || part.setAside === 0) continue
    for (const row of await rowsOfImport(query, scope, part.number)) {
      const key = `${round}/${row.pupil}/${school}`
      // Newest first: a later reason stands.
      if (row.state === 'set_aside' && row.pupil !== null && !reasons.has(key)) reasons.set(key, row.reason ?? '')
    }
  }
  return reasons
}

/** How one pupil's return is named among those set aside. */
export const setAsideKey = ({ due }: PupilStanding): string => `${due.round}/${due.pupil}/${due.school}`
