import type { Instant } from '../domain/dates.ts'
import type { Query, Statement } from './db.ts'
import { insertMany } from './statement.ts'

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

/** Adds a line for each of some pupils, all saying the same. */
export const auditOfMany = (pupils: readonly number[], entry: Omit<AuditEntry, 'pupil'>): readonly Statement[] =>
  insertMany(
    'audit',
    ['at', 'person_number', 'part', 'action', 'pupil_number', 'virtual_school_number', 'subject', 'purpose'],
    pupils.map((pupil) => [
      entry.at,
      entry.person,
      entry.part,
      entry.action,
      pupil,
      entry.virtualSchool ?? null,
      entry.subject ?? '',
      entry.purpose ?? '',
    ]),
  )
