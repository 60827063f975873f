import type { Severity } from '../../src/domain/finding.ts'

/** The words around the faults in a marked workbook. */
export type MarkWords = {
  /** The name of the summary sheet. */
  readonly sheet: string
  /** Its first line, by which it is known again when the file comes back. */
  readonly title: string
  readonly lead: string
  readonly heads: readonly [string, string, string, string, string]
  readonly severity: Readonly<Record<Severity, string>>
  /** Who the comments are by. */
  readonly author: string
  readonly wholeFile: string
  readonly more: (count: number) => string
}
