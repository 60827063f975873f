import type { ReturnSheet } from '../../connectors/termly-return/rows.ts'
import { registerWords } from '../../templates/words/en/attendance.ts'
import type { Answer } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { noteReturnOpened } from '../store/rounds.ts'
import type { School } from '../store/schools.ts'
import { openReturns, withReferences } from './due.ts'
import { placeAsked, registerShown, registerSums } from './register-sums.ts'
import { scalesBehind } from './translated.ts'

/** What is known of the people at the school, to offer in every row. */
export type KnownContacts = ReadonlyMap<string, string>

/**
 * What one school's workbook or CSV is written from: a row a pupil for every open round, prefilled. Makes the row
 * references, and notes that the school has opened the return.
 */
export const returnSheet = async (
  runtime: Runtime,
  scope: Scope,
  school: School,
  contacts: KnownContacts,
  by: number | null,
): Promise<{ readonly sheet: ReturnSheet; readonly pupils: readonly number[] } | undefined> => {
  const returns = (await openReturns(runtime.db.query, scope)).filter(({ due }) => due.school === school.number)
  const first = returns[0]
  if (!first) return undefined
  const referenced = await withReferences(runtime.db, scope, returns)
  const scalesOf = await scalesBehind(runtime.db.query, scope, returns)
  const fed = returns.filter(({ basis }) => basis.facts.has('attendance_feed'))
  const sumsOf = await registerSums(runtime.db.query, scope, fed.map(placeAsked))
  const now = runtime.now()
  await runtime.db.commit(
    [...new Set(returns.map(({ due }) => due.round))].map((round) => noteReturnOpened(round, school.number, now, by)),
  )
  const sheet: ReturnSheet = {
    school: { name: school.name, urn: school.urn },
    madeAt: now,
    term: first.round.term,
    academicYear: first.round.academicYear,
    rows: referenced.map((one) => {
      const { due, round, dates, askedAtMost, filled: said, known, reference } = one
      const byScale = scalesOf(one)
      const sums = one.basis.facts.has('attendance_feed') ? sumsOf(placeAsked(one)) : undefined
      const filled = new Map<string, Answer>()
      for (const [item, value] of contacts) if (askedAtMost.has(item)) filled.set(item, { state: 'given', value })
      for (const [item, answer] of known) filled.set(item, answer)
      // An answer the school's scale gave is left to it: sent back as it stands it would count as stated.
      for (const [item, answer] of said) if (!byScale.has(item) || one.drafts.has(item)) filled.set(item, answer)
      return {
        reference,
        council: { code: round.laCode, name: round.council },
        due: dates.due,
        asAt: round.asAt,
        surname: due.surname,
        forename: due.forename,
        dateOfBirth: due.born,
        upn: due.upn,
        asked: askedAtMost,
        ...(sums ? { told: registerWords.line(registerShown(sums)) } : {}),
        known: filled,
      }
    }),
  }
  return { sheet, pupils: returns.map(({ due }) => due.pupil) }
}
