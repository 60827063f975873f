import { parseTypedDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import { type BirthdaySent, birthdaysSent } from '../store/birthdays.ts'
import type { Query } from '../store/db.ts'

/**
 * Dates of birth that are not the one the council holds: of each pupil and school only the newest that was sent. A cell
 * that is no day at all counts as different; an officer reads what it says.
 */
export const birthdaysThatDiffer = async (
  query: Query,
  scope: Scope,
  of: { readonly importNumber: number } | { readonly pupil: number },
): Promise<readonly BirthdaySent[]> => {
  const newest = new Map<string, BirthdaySent>()
  for (const row of await birthdaysSent(query, scope, of)) {
    const key = `${row.pupil}/${row.school}`
    if (!newest.has(key)) newest.set(key, row)
  }
  return [...newest.values()].filter(({ sent, held }) => parseTypedDate(sent) !== held)
}
