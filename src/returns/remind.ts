import { reminderEmail } from '../../templates/emails/emails.ts'
import { scopeFor } from '../access/scope.ts'
import { daysBetween, type Instant, todayInLondon } from '../domain/dates.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { audit } from '../store/audit.ts'
import { Conflict } from '../store/db.ts'
import { addToOutbox } from '../store/outbox.ts'
import { councilsThatSet, noteReminder } from '../store/reminders.ts'
import { type OwingSchool, type Queue, queueOf } from './queue.ts'

/** Who sends a reminder: a person in a council's part, or the machine. */
export type Reminding = { readonly virtualSchool: number; readonly by: number | null; readonly part: string }

/**
 * Reminds one school of what it owes longest, under the place in the week that its sender saw free: one mail to each of
 * its lead and deputies, noted in the same commit. `meanwhile` where somebody else was first or nothing is left.
 */
export const remindSchool = async (
  runtime: Runtime,
  { rule, week }: Pick<Queue, 'rule' | 'week'>,
  owing: OwingSchool,
  ordinal: number,
  { virtualSchool, by, part }: Reminding,
): Promise<'sent' | 'meanwhile'> => {
  const { db } = runtime
  const at = runtime.now()
  const first = owing.owed[0]
  if (!first || owing.reminder !== 'goes') return 'meanwhile'
  const { round, dates } = first
  const mail = reminderEmail({
    council: round.council,
    term: round.term,
    academicYear: round.academicYear,
    due: dates.due,
    today: todayInLondon(at),
    address: `${runtime.config.origin}/inbox`,
  })
  const to = [...new Set(owing.answering.map(({ email }) => email))]
  const school = owing.school.number
  try {
    await db.commit([
      ...noteReminder(db.query, {
        ...{ virtualSchool, school, week, ordinal, most: rule.aWeek },
        ...{ recipients: to.length, at, by },
      }),
      ...to.map((address) => addToOutbox(db.query, { id: newPublicId(), to: address, ...mail, at })),
      audit(db.query, { at, person: by, part, action: 'school reminded', virtualSchool, subject: owing.school.id }),
    ])
    return 'sent'
  } catch (problem) {
    if (problem instanceof Conflict) return 'meanwhile'
    throw problem
  }
}

/** A council as the machine reads it: what its head reads, and nobody in person. */
const machineScope = (virtualSchool: number, now: Instant): Scope =>
  scopeFor(0, { kind: 'council', virtualSchool, role: 'head' }, now)

/**
 * Reminds the schools of each council that has asked for it: once a round, so many days before the date due. Off until
 * a council sets it, and never beyond what the council allows itself in a week.
 */
export const remindBeforeDue = async (runtime: Runtime): Promise<{ readonly sent: number }> => {
  const now = runtime.now()
  const today = todayInLondon(now)
  let sent = 0
  for (const virtualSchool of await councilsThatSet(runtime.db.query)) {
    const queue = await queueOf(runtime, machineScope(virtualSchool, now))
    if (queue.rule.daysBefore === 0) continue
    for (const owing of queue.schools) {
      const due = owing.owed[0]?.dates.due
      const left = due ? daysBetween(today, due) : -1
      if (!due || left < 0 || left > queue.rule.daysBefore) continue
      const last = owing.remindedAt
      if (last !== null && daysBetween(todayInLondon(last), due) <= queue.rule.daysBefore) continue
      const ordinal = owing.remindedInWeek + 1
      if ((await remindSchool(runtime, queue, owing, ordinal, { virtualSchool, by: null, part: 'system' })) === 'sent')
        sent += 1
    }
  }
  return { sent }
}
