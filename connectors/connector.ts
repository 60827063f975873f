import type { Finding } from '../src/domain/finding.ts'

/** A file as it came, in memory. The name is only a hint: the content decides. */
export type SentFile = { readonly name: string; readonly bytes: Uint8Array }

/** What a connector made of a file: its rows, or one plain reason why it cannot be read. */
export type Parsed<Row> =
  | {
      readonly outcome: 'read'
      /** The template's or format's own version, for the record of the import. */
      readonly edition: string
      /** Every row of the file in its order, those with findings too. */
      readonly rows: readonly Row[]
      /** Findings that belong to the file and to no row. */
      readonly findings: readonly Finding[]
    }
  | { readonly outcome: 'refused'; readonly finding: Finding }

/** A sent file with what is to mend marked in it, as a workbook; or one plain reason why it cannot be marked. */
export type MarkedFile =
  | { readonly outcome: 'marked'; readonly bytes: Uint8Array }
  | { readonly outcome: 'refused'; readonly finding: Finding }

/**
 * Reads one format: bytes in, records and findings out. Pure: no database, clock or network. `keeps` says whether the
 * original may be kept whole; `coverage` whether an absent row means anything (DESIGN 4 and 5).
 */
export type Connector<Row> = {
  readonly name: string
  /** Raised whenever the same bytes would be read differently. */
  readonly edition: string
  readonly keeps: 'whole' | 'allowed'
  readonly coverage: 'changes' | 'snapshot'
  /** Whether the content is this connector's; looked at only enough to tell. */
  readonly recognises: (file: SentFile) => boolean
  readonly parse: (file: SentFile) => Parsed<Row>
}
