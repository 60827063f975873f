import type { PlainDate } from '../../src/domain/dates.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'

/** One payment that finance says it has made; what cannot be read is null. */
export type PaidLine = {
  readonly line: number
  /** The remittance reference, without spaces and in capitals. */
  readonly reference: string
  readonly amount: Pence | null
  readonly paidOn: PlainDate | null
}
