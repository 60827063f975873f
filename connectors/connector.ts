import type { Finding } from '../src/domain/finding.ts'
import type { KeptPart } from './format/xml.ts'

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

/** What a stream has made of the bytes so far: rows that are whole, and the parts of the copy that may be kept. */
export type Piece<Row, Head> = {
  readonly outcome: 'read'
  readonly rows: readonly Row[]
  readonly kept: readonly KeptPart[]
  /** What the file says of itself, once it has been read. */
  readonly head: Head
}

/** What is known once a stream has been read to its end. */
export type Ending<Row, Head> = Piece<Row, Head> & {
  readonly edition: string
  /** Findings that belong to the file and to no row. */
  readonly findings: readonly Finding[]
  /** What the file holds and the connector never reads, by name. */
  readonly notRead: readonly string[]
}

type Refused = { readonly outcome: 'refused'; readonly finding: Finding }

/** One file being read: bytes are pushed in as they come, in pieces of any size. After a refusal it is not used again. */
export type RowStream<Row, Head> = {
  readonly push: (bytes: Uint8Array) => Piece<Row, Head> | Refused
  readonly end: () => Ending<Row, Head> | Refused
}

/** A whole file read as a stream: the same as `Parsed`, with the copy that may be kept and what was not read. */
export type ParsedStream<Row, Head> = Refused | Ending<Row, Head>

/**
 * A connector that reads row by row, so that memory does not grow with the file, and writes the copy that may be kept
 * while it reads: what is not read is blanked in it, line breaks and places stay.
 */
export type StreamingConnector<Row, Head> = Omit<Connector<Row>, 'parse' | 'keeps'> & {
  readonly keeps: 'allowed'
  readonly open: () => RowStream<Row, Head>
  /** The whole of a file at once. */
  readonly parse: (file: SentFile) => ParsedStream<Row, Head>
}
