import type { PlainDate } from '../../src/domain/dates.ts'
import type { Finding, FindingPlace } from '../../src/domain/finding.ts'

/** An establishment as a national register lists it. No head teacher, telephone, address or governor is read. */
export type Establishment = {
  readonly kind: 'establishment'
  /** The URN, or 'W' and seven digits for a school that only the Welsh list knows. */
  readonly key: string
  readonly name: string
  /** Three digits. */
  readonly laCode: string
  readonly laName: string
  /** Four digits within its authority, or empty. The DfE number is the authority's code followed by it. */
  readonly establishmentNumber: string
  readonly type: string
  readonly phase: string
  readonly status: 'open' | 'closing' | 'closed' | 'proposed'
  readonly opened: PlainDate | null
  readonly closed: PlainDate | null
  readonly town: string
  readonly ukprn: string
  readonly country: 'England' | 'Wales'
}

/** One establishment's tie to another: as the register words it, 'Successor', 'Predecessor', 'Merged' and others. */
export type EstablishmentLink = {
  readonly kind: 'link'
  readonly urn: string
  readonly linkUrn: string
  readonly linkType: string
  readonly established: PlainDate | null
}

/** One line of a register file; `record` is null where the line could not be read (its findings say why). */
export type RegisterRow = {
  readonly number: number
  readonly at: FindingPlace
  readonly findings: readonly Finding[]
  readonly record: Establishment | EstablishmentLink | null
}
