/** What a column of a school's own file is in the return: a cell that says whose row it is, or an item's code. */
export type Target = string

/** Columns that say whose row it is. Names and birthdays only help a person to see who is meant: they match nothing. */
export const identityTargets = ['row_reference', 'upn', 'council', 'surname', 'forename', 'date_of_birth'] as const
export type IdentityTarget = (typeof identityTargets)[number]

/** A column by its heading; `nth` tells those of one heading apart, counted from 1. */
export type MappedColumn = { readonly head: string; readonly nth: number; readonly target: Target }

/** What a word of a choice column is: an option or a state of the item, or nothing at all (''). */
export type ValueWords = Readonly<Record<string, string>>

/**
 * How one school's own layout is read. It holds the headings and words a person has given a meaning, and of every other
 * heading only a mark to know it again by.
 */
export type Mapping = {
  /** The sheet's name; null in a CSV file. */
  readonly sheet: string | null
  readonly columns: readonly MappedColumn[]
  /** By item, then by the word as it is compared. */
  readonly values: Readonly<Record<string, ValueWords>>
  /** Headings a person said are not needed, as marks. */
  readonly ignored: readonly string[]
  /**
   * Whether every row is about a looked-after pupil. In a whole school's export a row that fits none is left out and
   * nothing of it is kept.
   */
  readonly rows: 'looked_after' | 'whole_school'
}

/** One column of a file as a person is shown it: its heading, its cells in the first rows, and its words. */
export type LookedColumn = {
  readonly index: number
  readonly letters: string
  readonly head: string
  readonly nth: number
  readonly samples: readonly string[]
  readonly filled: number
  /** Its distinct words with how many cells hold each; empty where there are more than anyone would map. */
  readonly words: readonly { readonly word: string; readonly count: number }[]
}

/** How a file stands to a layout that is known already. */
export type Fit = {
  /** Which of the known mappings. */
  readonly index: number
  /** Headings that the mapping reads and the file lacks. */
  readonly missing: readonly string[]
  /** Columns of the file that nobody has spoken of yet, by index. */
  readonly added: readonly number[]
}

/** Which sheet and row of headings a person chose; guessed where they have not. */
export type Chosen = { readonly sheet?: string | undefined; readonly headRow?: number | undefined }

/** The copy that may be kept of a school's own file. */
export type KeptCopy = { readonly outcome: 'kept'; readonly bytes: Uint8Array }

/** A file of unknown columns, looked at. */
export type LookedAt = {
  readonly outcome: 'read'
  readonly sheets: readonly string[]
  readonly sheet: string | null
  readonly headRow: number
  /** Rows that could hold the headings, each by its number and its first cells. */
  readonly headRows: readonly { readonly number: number; readonly text: string }[]
  readonly rows: number
  readonly columns: readonly LookedColumn[]
  /** Columns that hold something and have no heading: they cannot be read. */
  readonly unheaded: readonly { readonly letters: string; readonly nth: number }[]
  readonly fit: Fit | null
}
