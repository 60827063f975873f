import type { Instant } from '../domain/dates.ts'
import type { Query, Statement } from './db.ts'

/** One line of the append-only record of who did or saw what, about which pupil, why and when. */
export type AuditEntry = {
  readonly at: Instant
  /** Null for the machine itself. */
  readonly person: number | null
  /** 'school', a council role, 'command' or 'system'. */
  readonly part: string
  readonly action: string
  readonly pupil?: number | null
  readonly virtualSchool?: number | null
  /** A public identifier of what it was about, or a word; never a name. */
  readonly subject?: string
  readonly purpose?: string
}

/** Adds one line to the audit; goes into the commit of what it tells of. */
export const audit = (query: Query, entry: AuditEntry): Statement =>
  query.insertInto('audit').values({
    at: entry.at,
    person_number: entry.person,
    part: entry.part,
    action: entry.action,
    pupil_number: entry.pupil ?? null,
    virtual_school_number: entry.virtualSchool ?? null,
    subject: entry.subject ?? '',
    purpose: entry.purpose ?? '',
  })
