import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Finding, FindingPlace } from '../../src/domain/finding.ts'
import type { Uln, Upn } from '../../src/domain/identifiers.ts'

/** A school as a file names it: by number within its authority, by URN, by name, each as far as it is given. */
export type NamedSchool = {
  /** Three digits, or what stands there instead: 'XXX' unknown, 'MMM' outside the maintained sector. */
  readonly la: string
  readonly establishment: string
  /** As sent: six digits, or 'XXXXXX' where it is not known; empty where nothing stands. */
  readonly urn: string
  readonly name: string
}

/** What a file says of itself. */
export type TransferHeader = {
  readonly document: string
  readonly version: string
  readonly madeAt: string
  readonly qualifier: string
  readonly dataQualifier: string
  readonly supplier: string
  readonly source: NamedSchool | null
  readonly destination: NamedSchool | null
  /** The academic year by its first year. */
  readonly academicYear: number | null
}

/** A value as sent and where: the code is kept whether we know it or not. */
export type SentValue = { readonly text: string; readonly at: FindingPlace }

/** A period of free school meals. */
export type FreeMeals = {
  readonly from: PlainDate
  readonly to: PlainDate | null
  readonly country: string
}

/** A period of one kind of special educational provision. */
export type SenPeriod = { readonly from: PlainDate; readonly to: PlainDate | null; readonly provision: string }

/** One special educational need; rank 1 is the primary one. */
export type SenNeed = {
  readonly rank: string
  readonly type: string
  readonly from: PlainDate | null
  readonly to: PlainDate | null
}

/** A year's attendance at one school as totals, never as marks; what marks were sent stand raw beside it. */
export type AttendanceYear = {
  /** The academic year by its first year. */
  readonly academicYear: number
  readonly school: NamedSchool
  readonly possible: number | null
  readonly attended: number | null
  readonly authorised: number | null
  readonly unauthorised: number | null
  /** The first day of the marks and the marks as one text: which code each letter means is not settled. */
  readonly marksFrom: PlainDate | null
  readonly marks: string
}

/** One result of an assessment, in the codes it was sent in. */
export type StageResult = {
  /** The academic year by its first year: the file names the calendar year of the result. */
  readonly academicYear: number
  readonly stage: string
  readonly locale: string
  readonly subject: string
  readonly method: string
  readonly component: string
  readonly status: string
  readonly qualifier: string
  readonly result: string
  readonly on: PlainDate | null
}

/** A school the pupil went to. */
export type PastSchool = {
  readonly school: NamedSchool
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly reason: string
  readonly grounds: string
  readonly last: string
}

/** What a file says once of a pupil, in the names of `statedNames`; what it does not say is not here. */
export type Stated = { readonly name: StatedName; readonly value: string; readonly at: FindingPlace }

/** Everything that a file says once of a pupil. */
export const statedNames = [
  'former_upn',
  'uln',
  'uci',
  'sex',
  'date_of_birth',
  'year_group',
  'enrolment_status',
  'service_child',
  'languages',
  'fsm_review',
  'in_care',
  'care_authority',
  'sen',
  'speak_welsh',
  'home_welsh',
  'welsh_source',
  'eal_acquisition',
  'language_source',
  'sen_curriculum',
  'sen_grouping',
  'sen_resources',
  'sen_advice',
] as const
export type StatedName = (typeof statedNames)[number]

/** One pupil of a transfer file, as it came. An absent section says nothing: never "no", never "none". */
export type TransferPupil = {
  /** The pupil's place in the file, from 1. */
  readonly number: number
  readonly at: FindingPlace
  readonly upn: Upn | null
  readonly upnSent: SentValue | null
  readonly uln: Uln | null
  readonly surname: string
  readonly forename: string
  readonly born: PlainDate | null
  readonly stated: readonly Stated[]
  readonly freeMeals: readonly FreeMeals[]
  readonly sen: readonly SenPeriod[]
  readonly needs: readonly SenNeed[]
  readonly attendance: readonly AttendanceYear[]
  readonly results: readonly StageResult[]
  readonly schools: readonly PastSchool[]
  readonly findings: readonly Finding[]
}

/** A pupil to write: the same records that reading gives, without where they stood. */
export type PupilToWrite = Pick<
  TransferPupil,
  'upn' | 'uln' | 'surname' | 'forename' | 'born' | 'freeMeals' | 'sen' | 'needs' | 'attendance' | 'results' | 'schools'
> & { readonly stated: ReadonlyMap<StatedName, string> }

/** Where a file goes: a school by its number, an authority, a school not known, or one outside the maintained sector. */
export type Destination =
  | { readonly kind: 'school'; readonly la: string; readonly establishment: string; readonly urn: string | null }
  | { readonly kind: 'authority'; readonly la: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'outside' }

/** What a file is made from. A virtual school is an authority: the leaving school owes the full file. */
export type FileToWrite = {
  /** The academic year of the version by its first year: 2025 is version 25.0. */
  readonly edition: number
  readonly full: boolean
  readonly madeAt: Instant
  readonly source: { readonly la: string; readonly name: string }
  readonly destination: Destination
  readonly academicYear: number
  readonly pupils: readonly PupilToWrite[]
}
