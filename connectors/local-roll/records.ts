import type { PlainDate } from '../../src/domain/dates.ts'
import type { Term } from '../../src/domain/return/item.ts'
import type { RollShape } from './columns.ts'
import type { LocalRollRow, PlaceRecord, PlanRecord, PupilRecord, SchoolRecord, StaffRecord } from './rows.ts'

type Values = ReadonlyMap<string, string>

const textOf = (values: Values, code: string): string => values.get(code) ?? ''
const maybe = (values: Values, code: string): string | null => values.get(code) ?? null
/** The column's reader has made sure that it is a day. */
const maybeDay = (values: Values, code: string): PlainDate | null => (values.get(code) ?? null) as PlainDate | null

const school = (values: Values): SchoolRecord => ({
  kind: 'school',
  urn: textOf(values, 'urn'),
  previousUrn: maybe(values, 'previous_urn'),
  urnFirstDay: maybeDay(values, 'urn_first_day'),
  name: textOf(values, 'school_name'),
  phase: textOf(values, 'phase'),
  laCode: textOf(values, 'la_code'),
  country: textOf(values, 'country') === 'Wales' ? 'Wales' : 'England',
})

const staff = (values: Values): StaffRecord => ({
  kind: 'staff',
  email: textOf(values, 'email'),
  name: textOf(values, 'name'),
  role: textOf(values, 'role'),
  urn: maybe(values, 'urn'),
  firstDay: maybeDay(values, 'first_day'),
  lastDay: maybeDay(values, 'last_day'),
})

const pupil = (values: Values): PupilRecord => ({
  kind: 'pupil',
  childReference: textOf(values, 'child_reference'),
  upn: maybe(values, 'upn'),
  upnFirstDay: maybeDay(values, 'upn_first_day'),
  surname: maybe(values, 'surname'),
  forename: maybe(values, 'forename'),
  dateOfBirth: maybeDay(values, 'date_of_birth'),
  yearGroup: maybe(values, 'year_group'),
  sen: maybe(values, 'sen'),
  careFirstDay: maybeDay(values, 'care_first_day'),
  careLastDay: maybeDay(values, 'care_last_day'),
  careEndReason: maybe(values, 'care_end_reason'),
  noDisclose: values.has('no_disclose') ? values.get('no_disclose') === 'Y' : null,
  handledBy: maybe(values, 'handled_by'),
  socialWorkerName: maybe(values, 'social_worker_name'),
  socialWorkerEmail: maybe(values, 'social_worker_email'),
  socialWorkerSince: maybeDay(values, 'social_worker_since'),
  planHeldOn: maybeDay(values, 'plan_held_on'),
  planNextBy: maybeDay(values, 'plan_next_by'),
  targets: ['target_1', 'target_2', 'target_3'].flatMap((code) => values.get(code) ?? []),
})

const place = (values: Values): PlaceRecord => ({
  kind: 'place',
  childReference: textOf(values, 'child_reference'),
  urn: textOf(values, 'urn'),
  firstDay: textOf(values, 'first_day') as PlainDate,
  lastDay: maybeDay(values, 'last_day'),
  enrolmentStatus: textOf(values, 'enrolment_status'),
  confirmedHow: values.get('confirmed_how') === 'call' ? 'call' : null,
})

const plan = (values: Values): PlanRecord => ({
  kind: 'plan',
  childReference: textOf(values, 'child_reference'),
  academicYear: Number(textOf(values, 'academic_year')),
  term: textOf(values, 'term') as Term,
  dueOn: maybe(values, 'due_on'),
  heldOn: maybe(values, 'held_on'),
  submittedOn: maybe(values, 'submitted_on'),
  rating: maybe(values, 'rating'),
  ratedOn: maybe(values, 'rated_on'),
  ratedBy: maybe(values, 'rated_by'),
})

const makers = { school, staff, pupil, place, plan } as const

/** The record that one line of a roll stands for, from cells that have all been read. */
export const makeRecord = (kind: RollShape['kind'], values: Values): NonNullable<LocalRollRow['record']> =>
  makers[kind](values)
