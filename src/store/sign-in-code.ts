import type { Instant } from '../domain/dates.ts'
import type { PublicId } from '../domain/identifiers.ts'
import type { Query, Statement } from './db.ts'

export type NewCode = {
  readonly id: PublicId
  readonly person: number | null
  readonly emailHash: string
  readonly browserHash: string
  readonly codeHash: string
  readonly at: Instant
  readonly expiresAt: Instant
}

/** Keeps a code that was asked for; with no person where the address is not known, so that both look alike. */
export const addCode = (query: Query, code: NewCode): Statement =>
  query.insertInto('sign_in_code').values({
    id: code.id,
    person_number: code.person,
    email_hash: code.emailHash,
    browser_hash: code.browserHash,
    code_hash: code.codeHash,
    created_at: code.at,
    expires_at: code.expiresAt,
    used_at: null,
  })

/** The code a browser asked for, if it still runs, with how often it was tried. */
export const codeById = async (query: Query, id: string, browserHash: string, now: Instant) =>
  query
    .selectFrom('sign_in_code')
    .select(['id', 'person_number as person', 'code_hash as codeHash', 'created_at as createdAt'])
    .select((expression) =>
      expression
        .selectFrom('sign_in_try')
        .whereRef('sign_in_try.code_id', '=', 'sign_in_code.id')
        .select(expression.fn.countAll<number>().as('tries'))
        .as('tries'),
    )
    .where('id', '=', id)
    .where('browser_hash', '=', browserHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()

/** How many codes were asked for with an address since a moment. */
export const codesSince = async (query: Query, emailHash: string, since: Instant): Promise<number> => {
  const row = await query
    .selectFrom('sign_in_code')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('email_hash', '=', emailHash)
    .where('created_at', '>', since)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Counts one try; the sixth, or two at the same moment, is a Conflict. */
export const addTry = (query: Query, code: string, ordinal: number, at: Instant): Statement =>
  query.insertInto('sign_in_try').values({ code_id: code, ordinal, at })

/** Spends a code. */
export const spendCode = (query: Query, id: string, at: Instant): Statement =>
  query.updateTable('sign_in_code').set({ used_at: at }).where('id', '=', id)
