import type { PlainDate } from '../../src/domain/dates.ts'
import type { Finding, FindingPlace } from '../../src/domain/finding.ts'
import type { Term } from '../../src/domain/return/item.ts'

type Sent = { readonly number: number; readonly at: FindingPlace; readonly findings: readonly Finding[] }

/** A school as a virtual school knows it: schools.csv. */
export type SchoolRecord = {
  readonly kind: 'school'
  readonly urn: string
  /** Where the school had another number before: the continuing place it belongs to. */
  readonly previousUrn: string | null
  readonly urnFirstDay: PlainDate | null
  readonly name: string
  readonly phase: string
  readonly laCode: string
  readonly country: 'England' | 'Wales'
}

/** A person at a school, or of the virtual school itself (no URN): staff.csv. */
export type StaffRecord = {
  readonly kind: 'staff'
  readonly email: string
  readonly name: string
  readonly role: string
  readonly urn: string | null
  readonly firstDay: PlainDate | null
  readonly lastDay: PlainDate | null
}

/** A looked-after pupil: pupils.csv. Null says nothing and changes nothing. */
export type PupilRecord = {
  readonly kind: 'pupil'
  /** The council's own reference for the child: unique within the virtual school, the key of the row. */
  readonly childReference: string
  readonly upn: string | null
  readonly upnFirstDay: PlainDate | null
  readonly surname: string | null
  readonly forename: string | null
  readonly dateOfBirth: PlainDate | null
  readonly yearGroup: string | null
  readonly sen: string | null
  readonly careFirstDay: PlainDate | null
  readonly careLastDay: PlainDate | null
  readonly careEndReason: string | null
  /** Null where the cell is blank or the column is not there: it never lowers a guard. */
  readonly noDisclose: boolean | null
  /** The officer who alone handles a no-disclose child: an e-mail address. */
  readonly handledBy: string | null
  readonly socialWorkerName: string | null
  readonly socialWorkerEmail: string | null
  readonly socialWorkerSince: PlainDate | null
  readonly planHeldOn: PlainDate | null
  readonly planNextBy: PlainDate | null
  readonly targets: readonly string[]
}

/** A pupil's place at a school: places.csv. Asserted until the school, an officer's call or a second source confirms it. */
export type PlaceRecord = {
  readonly kind: 'place'
  readonly childReference: string
  readonly urn: string
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate | null
  readonly enrolmentStatus: string
  /** 'call' where an officer confirmed it by telephone; null while it is only asserted. */
  readonly confirmedHow: 'call' | null
}

/** Where a child's plan (PEP) stands in one term: plans.csv. Null says nothing; an empty text clears what was said. */
export type PlanRecord = {
  readonly kind: 'plan'
  readonly childReference: string
  readonly academicYear: number
  readonly term: Term
  readonly dueOn: string | null
  readonly heldOn: string | null
  readonly submittedOn: string | null
  /** In the words of the council's own scale. */
  readonly rating: string | null
  readonly ratedOn: string | null
  readonly ratedBy: string | null
}

/** One line of a local-roll file; `record` is null where the line could not be read (its findings say why). */
export type LocalRollRow = Sent & {
  readonly record: SchoolRecord | StaffRecord | PupilRecord | PlaceRecord | PlanRecord | null
}
