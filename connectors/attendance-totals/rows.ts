import type { PlainDate } from '../../src/domain/dates.ts'
import type { Finding } from '../../src/domain/finding.ts'
import type { Refusal } from '../format/refusal.ts'

/** What kind of total a file holds: a census's, a collector's since a day, or a percentage as a college reports it. */
export type TotalKind = 'census' | 'cumulative' | 'percentage'

/** Days that a total is of. */
export type TotalPeriod = { readonly firstDay: PlainDate; readonly lastDay: PlainDate }

/** What one column of a file of totals is. */
export type TotalsColumn =
  | 'upn'
  | 'reference'
  | 'surname'
  | 'forename'
  | 'born'
  | 'school'
  | 'la'
  | 'first_day'
  | 'last_day'
  | 'possible'
  | 'attended'
  | 'authorised'
  | 'unauthorised'
  | 'percentage'
  | 'basis'

/** What a file's columns are, as a person said: headings by what they hold. */
export type TotalsMapping = {
  readonly columns: Readonly<Partial<Record<TotalsColumn, string>>>
  /** What a reported percentage is a percentage of, where no column says it. */
  readonly basis?: string
}

/** How a file of totals is read. `period` is what a person said it is of, where no column does. */
export type TotalsReading = { readonly mapping: TotalsMapping | null; readonly period: TotalPeriod | null }

/** One data line of a file of totals, of one child; a value is null where the file does not say it. */
export type TotalsRow = {
  /** The line of the CSV or the row of the sheet. */
  readonly number: number
  readonly upn: string
  readonly reference: string
  readonly surname: string
  readonly forename: string
  readonly born: string
  /** The school as it is named: URN, number or name. */
  readonly school: string
  readonly period: TotalPeriod | null
  readonly possible: number | null
  readonly attended: number | null
  readonly authorised: number | null
  readonly unauthorised: number | null
  /** Sessions by code of the register, where the file counts them so; those that are 0 left out. */
  readonly reasons: Readonly<Record<string, number>> | null
  /** As reported: never worked out here. */
  readonly percentage: string | null
  readonly basis: string | null
  readonly findings: readonly Finding[]
  /** The line as it may be kept: the cells that were read, without names, in their columns. */
  readonly kept: string
}

/** Some rows of a file as it is read, or why it cannot be read after all. */
export type TotalsRead =
  | {
      readonly outcome: 'read'
      readonly rows: readonly TotalsRow[]
      readonly kind: TotalKind
      /** Headings of columns that are not read. */
      readonly notRead: readonly string[]
    }
  | Refusal
