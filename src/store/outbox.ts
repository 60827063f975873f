import type { Instant } from '../domain/dates.ts'
import type { Query, Statement } from './db.ts'

/** An e-mail that goes out once the commit it belongs to has happened. Its words name no child. */
export type Outgoing = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly at: Instant
}

/** Puts an e-mail into the outbox; belongs into the commit of what it tells of. */
export const addToOutbox = (query: Query, mail: Outgoing): Statement =>
  query.insertInto('outbox').values({
    id: mail.id,
    to_address: mail.to,
    subject: mail.subject,
    text: mail.text,
    created_at: mail.at,
    sent_at: null,
  })

/** What the outbox holds, newest first: the demo's outbox page. A store that is no demo never asks. */
export const outboxMail = async (query: Query, most: number) =>
  query
    .selectFrom('outbox')
    .select(['id', 'to_address as to', 'subject', 'text', 'created_at as createdAt'])
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute()
