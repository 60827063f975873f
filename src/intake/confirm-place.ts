import { parseTypedDate, plusMinutes } from '../domain/dates.ts'
import { newPublicId, parseUpn } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { audit } from '../store/audit.ts'
import { assertedToCompare, blindTriesSince, confirmPlace } from '../store/pupils.ts'
import { statement } from '../store/statement.ts'

/** What a school keys without being shown anything: a UPN, or a name and date of birth. */
export type KeyedChild = {
  readonly upn: string
  readonly forename: string
  readonly surname: string
  readonly dateOfBirth: string
}

type Asserted = { readonly schoolNumber: number; readonly virtualSchool: number }

/** How often a school may try in an hour: enough for slips, too few to guess a birthday. */
const triesAnHour = 10

const letters = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')

/**
 * Confirms an asserted place where what the school keyed is exactly the child meant. Every try is counted and noted;
 * whatever does not match says the same.
 */
export const confirmBlindly = async (
  runtime: Runtime,
  scope: Scope,
  asserted: Asserted,
  keyed: KeyedChild,
): Promise<'confirmed' | 'no-match' | 'too-many'> => {
  const { db } = runtime
  const now = runtime.now()
  const tries = await blindTriesSince(db.query, scope, asserted.schoolNumber, plusMinutes(now, -60))
  if (tries >= triesAnHour) return 'too-many'
  await db.commit([
    db.query.insertInto('blind_try').values({
      school_number: asserted.schoolNumber,
      at: now,
      ordinal: newPublicId(),
      by_person: scope.person,
    }),
  ])
  const upn = parseUpn(keyed.upn)
  const born = parseTypedDate(keyed.dateOfBirth)
  const candidates = await assertedToCompare(db.query, scope, asserted.schoolNumber, asserted.virtualSchool)
  const found = candidates.filter((child) => {
    if (keyed.upn !== '') return upn !== undefined && child.upn === upn
    return (
      born !== undefined &&
      child.born === born &&
      letters(keyed.surname) !== '' &&
      letters(child.surname) === letters(keyed.surname) &&
      letters(child.forename) === letters(keyed.forename)
    )
  })
  const child = found[0]
  if (!child || found.length > 1) return 'no-match'
  await db.commit([
    confirmPlace(
      child.pupil,
      asserted.schoolNumber,
      child.firstDay,
      keyed.upn === '' ? 'keyed_name' : 'keyed_upn',
      now,
      scope.person,
    ),
    audit(db.query, {
      at: now,
      person: scope.person,
      part: 'school',
      action: 'place confirmed',
      pupil: child.pupil,
      virtualSchool: asserted.virtualSchool,
    }),
  ])
  return 'confirmed'
}

/** Notes that a school says none of its children is the one a council believes it has; an officer will look. */
export const denyPlace = async (runtime: Runtime, scope: Scope, asserted: Asserted): Promise<void> => {
  const { db } = runtime
  const now = runtime.now()
  await db.commit([
    statement(
      'insert or ignore into place_denial (school_number, virtual_school_number, at, by_person) values (?, ?, ?, ?)',
      [asserted.schoolNumber, asserted.virtualSchool, now, scope.person],
    ),
    audit(db.query, {
      at: now,
      person: scope.person,
      part: 'school',
      action: 'place denied',
      virtualSchool: asserted.virtualSchool,
    }),
  ])
}
