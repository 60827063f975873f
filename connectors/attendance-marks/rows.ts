import type { SessionMark } from '../../src/domain/attendance/week.ts'
import type { Finding } from '../../src/domain/finding.ts'
import type { Refusal } from '../format/refusal.ts'

/** Whom a line is about, as sent, without spaces around it; empty where the file does not say. */
export type MarkedChild = {
  readonly upn: string
  /** The virtual school's own reference. */
  readonly reference: string
  readonly surname: string
  readonly forename: string
  /** Date of birth. */
  readonly born: string
  /** The school as it is named: URN, DfE number or name. */
  readonly school: string
}

/** One line of whatever kind of file, before it is read: its cells as text. */
export type MarksLine = { readonly line: number; readonly cells: readonly string[]; readonly sheet?: string }

/** One data line of an attendance file: a session, a day or a week of a child's marks. */
export type MarksRow = MarkedChild & {
  /** The line of the CSV, the row of the sheet or the record's line in XML. */
  readonly number: number
  readonly marks: readonly SessionMark[]
  readonly findings: readonly Finding[]
  /** The line as it may be kept: the cells that were read in their columns, the others empty. */
  readonly kept: string
}

/** What one column of an attendance file is. `mon_am` to `fri_pm` are the ten marks of a week. */
export type MarksColumn =
  | keyof MarkedChild
  | 'day'
  | 'session'
  | 'mark'
  | 'am'
  | 'pm'
  | 'week'
  | `${'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'}_${'am' | 'pm'}`

/** What a file's columns are: headings by what they hold, as a person said or as they are well known. */
export type MarksMapping = {
  readonly columns: Readonly<Partial<Record<MarksColumn, string>>>
  /** What the file calls the two sessions, where it has a column for them and words of its own. */
  readonly sessions?: { readonly AM: readonly string[]; readonly PM: readonly string[] }
}

/** How many sessions a line holds. */
export type Grain = 'session' | 'day' | 'week'

/** Some rows of a file as it is read, or why it cannot be read after all. */
export type MarksRead =
  | {
      readonly outcome: 'read'
      readonly rows: readonly MarksRow[]
      /** How many sessions a line holds; known from the first rows on. */
      readonly grain: Grain
      /** Headings of columns that are not read. */
      readonly notRead: readonly string[]
    }
  | Refusal
