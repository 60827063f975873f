import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Finding, FindingPlace } from '../../src/domain/finding.ts'
import type { AnswerState, Need, Term } from '../../src/domain/return/item.ts'

/** One filled cell of a return. `unread` keeps what was sent where it could not be read; its finding says why. */
export type SentAnswer = {
  readonly item: string
  /** The cell's text as the sender saw it, at most 2,000 characters. */
  readonly raw: string
  readonly state: AnswerState | 'unread'
  /** The value as the dictionary types it (a code, a day, digits); null unless the state is 'given'. */
  readonly value: string | null
  readonly at: FindingPlace
}

/** A cell that identifies the row and answers nothing: as sent, and where. */
export type IdentityCell = { readonly raw: string; readonly at: FindingPlace }

/** One pupil's row of a termly return, as it came. Blank cells are left out: a blank says nothing. */
export type ReturnRow = {
  /** The sheet's row, or the CSV file's line. */
  readonly number: number
  readonly at: FindingPlace
  readonly reference: IdentityCell | null
  readonly upn: IdentityCell | null
  /** The council as the row names it: a local authority's code, or its name. */
  readonly council: IdentityCell | null
  readonly surname: IdentityCell | null
  readonly forename: IdentityCell | null
  readonly dateOfBirth: IdentityCell | null
  readonly answers: readonly SentAnswer[]
  readonly findings: readonly Finding[]
}

/** What one row of a workbook is made from: who, for which council, what is asked, and what is known already. */
export type ReturnSheetRow = {
  readonly reference: string
  readonly council: { readonly code: string; readonly name: string }
  readonly due: PlainDate
  readonly asAt: PlainDate
  readonly surname: string
  readonly forename: string
  readonly dateOfBirth: PlainDate | null
  /** Empty where the pupil has none yet. */
  readonly upn: string
  /** Items asked of this pupil in this round, by code; an item that is not here is greyed and locked. */
  readonly asked: ReadonlyMap<string, Need>
  /** Sessions that the school's register has told, in words: they are not asked. */
  readonly told?: string
  /** Answers already known, by item code. */
  readonly known: ReadonlyMap<string, { readonly state: AnswerState; readonly value: string | null }>
}

/** A school's return for all its open rounds: what the workbook and the CSV are written from. */
export type ReturnSheet = {
  readonly school: { readonly name: string; readonly urn: string }
  readonly madeAt: Instant
  readonly term: Term
  readonly academicYear: number
  /** By due date, then council, then surname. */
  readonly rows: readonly ReturnSheetRow[]
}
