import { plusMinutes } from '../domain/dates.ts'
import type { Runtime } from '../runtime.ts'
import { Conflict } from '../store/db.ts'

/** Sends what waits in the outbox, each message claimed first so that two senders never take the same one. */
export const sendMail = async (runtime: Runtime): Promise<{ readonly sent: number; readonly waiting: number }> => {
  const { db } = runtime
  const waiting = await db.query
    .selectFrom('outbox')
    .where('sent_at', 'is', null)
    .select((row) => [
      'id',
      'to_address',
      'subject',
      'text',
      row
        .selectFrom('outbox_attempt')
        .whereRef('outbox_attempt.outbox_id', '=', 'outbox.id')
        .select(({ fn }) => fn.countAll<number>().as('attempts'))
        .as('attempts'),
      row
        .selectFrom('outbox_attempt')
        .whereRef('outbox_attempt.outbox_id', '=', 'outbox.id')
        .select(({ fn }) => fn.max('at').as('last'))
        .as('last'),
    ])
    .orderBy('created_at')
    .orderBy('id')
    .limit(100)
    .execute()
  let sent = 0
  for (const { id, to_address, subject, text, attempts, last } of waiting) {
    // An attempt that has not been answered for ten minutes was cut off: it is tried again.
    if (last !== null && last > plusMinutes(runtime.now(), -10)) continue
    try {
      await db.commit([
        db.query
          .insertInto('outbox_attempt')
          .values({ outbox_id: id, attempt: (attempts ?? 0) + 1, at: runtime.now() }),
      ])
    } catch (error) {
      if (error instanceof Conflict) continue
      throw error
    }
    await runtime.sendEmail({ to: to_address, subject, text, reference: id })
    await db.commit([db.query.updateTable('outbox').set({ sent_at: runtime.now() }).where('id', '=', id)])
    sent += 1
  }
  return { sent, waiting: waiting.length - sent }
}
