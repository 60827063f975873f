/** Where in what was sent a finding stands; only what applies is given. */
export type FindingPlace = {
  readonly line?: number
  readonly path?: string
  readonly sheet?: string
  /** A spreadsheet cell, 'D14'. */
  readonly cell?: string
  /** The column as its header names it, or its item code. */
  readonly column?: string
}

/** An error withholds the row (or refuses the file); a warning is accepted by a named person. */
export type Severity = 'error' | 'warning'

/**
 * One thing to mend or to check, as data: a code, a place and parameters. Its words are in templates/words, looked up
 * by code. Parameters never hold a name, a date of birth or a whole UPN.
 */
export type Finding = {
  readonly code: string
  readonly severity: Severity
  readonly at: FindingPlace
  readonly parameters: Readonly<Record<string, string | number>>
}

/** One thing to mend or to check in a file that goes back to who sent it: where it stands, and the words for it. */
export type Fault = {
  readonly severity: Severity
  /** A sheet and a cell are marked; any other place is in the summary only. */
  readonly at: FindingPlace
  /** What stands there: 'Hours a week'. */
  readonly what: string
  readonly title: string
  readonly rule: string
  readonly mend: string
}
