import type { Finding, FindingPlace } from '../../src/domain/finding.ts'

/** Why a file cannot be read at all: one finding, whose words are one plain sentence and how to mend it. */
export type Refusal = { readonly outcome: 'refused'; readonly finding: Finding }

/** Refuses a whole file for one reason. */
export const refuse = (
  code: string,
  parameters: Readonly<Record<string, string | number>> = {},
  at: FindingPlace = {},
): Refusal => ({ outcome: 'refused', finding: { code, severity: 'error', at, parameters } })

/** A reason to refuse that is met deep inside a reader; never leaves connectors/format. */
export class RefusedFile extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.finding.code)
    this.refusal = refusal
  }
}

/** Runs a reader; what it refuses comes back as a value, and a parser that gives up as `otherwise`. */
export const refusing = <Result>(read: () => Result, otherwise: Refusal): Result | Refusal => {
  try {
    return read()
  } catch (thrown) {
    return thrown instanceof RefusedFile ? thrown.refusal : otherwise
  }
}
