import { asColumnCode } from '../format/text.ts'
import type { Grain, MarksColumn, MarksMapping } from './rows.ts'

const weekdays = [
  ['mon', 'monday'],
  ['tue', 'tuesday'],
  ['wed', 'wednesday'],
  ['thu', 'thursday'],
  ['fri', 'friday'],
  ['sat', 'saturday'],
  ['sun', 'sunday'],
] as const

/** The columns that hold the marks of a week, from Monday morning on. */
export const weekColumns: readonly MarksColumn[] = weekdays.flatMap(([day]) => [
  `${day}_am` as const,
  `${day}_pm` as const,
])

const ofWeek: readonly (readonly [MarksColumn, readonly string[]])[] = weekdays.flatMap(([day, whole]) =>
  (['am', 'pm'] as const).map(
    (half) => [`${day}_${half}`, [`${day}_${half}`, `${day}${half}`, `${whole}_${half}`, `${whole}${half}`]] as const,
  ),
)

/**
 * Headings that say what a column is, the surest first. Bromcom's weekly and basic attendance, the session record that
 * SIMS gives partners and the census's own names are documented; the others are plain words.
 */
const known: readonly (readonly [MarksColumn, readonly string[]])[] = [
  ['upn', ['upn', 'unique_pupil_number', 'pupil_upn']],
  ['reference', ['child_reference', 'child_ref', 'childid', 'child_id', 'la_child_id', 'lachildid', 'social_care_id']],
  ['surname', ['surname', 'legal_surname', 'last_name', 'family_name', 'pupil_surname']],
  ['forename', ['forename', 'legal_forename', 'first_name', 'given_name', 'pupil_forename']],
  ['born', ['date_of_birth', 'dob', 'birth_date', 'dateofbirth']],
  ['school', ['school_urn', 'urn', 'laestab', 'dfe_number', 'school_name', 'school', 'establishment', 'base']],
  [
    'day',
    ['date', 'attendance_date', 'session_date', 'mark_date', 'recorddate', 'calendarstartdate', 'attendancedate'],
  ],
  ['session', ['session', 'session_name', 'am_pm', 'ampm', 'perioddisplayname', 'sessionname']],
  ['mark', ['mark', 'attendance_mark', 'attendance_code', 'attendancemark', 'attendancecode', 'session_mark', 'code']],
  ['am', ['am', 'am_mark', 'am_code', 'ammark', 'am_session', 'morning']],
  ['pm', ['pm', 'pm_mark', 'pm_code', 'pmmark', 'pm_session', 'afternoon']],
  ['week', ['week_beginning', 'week_commencing', 'week_starting', 'week_start', 'w_c', 'wc', 'week_date']],
  ...ofWeek,
]

/** Every column that an attendance file may have, as a saved layout names it. */
export const marksColumns: readonly MarksColumn[] = known.map(([column]) => column)

/** Where each column stands in a row of headings, and what cannot be told. */
export type FoundColumns = {
  readonly places: ReadonlyMap<MarksColumn, number>
  readonly grain: Grain | undefined
  /** What is missing, as it is named in words. */
  readonly missing: readonly MissingColumn[]
  readonly notRead: readonly string[]
}

/** What an attendance file cannot do without. */
export type MissingColumn = 'child' | 'day' | 'week' | 'session' | 'marks'

/** Finds the columns of a row of headings: by a saved layout, or by headings that are well known. */
export const findColumns = (headings: readonly string[], mapping: MarksMapping | null): FoundColumns => {
  const codes = headings.map((heading) => asColumnCode(heading))
  const places = new Map<MarksColumn, number>()
  if (mapping) {
    for (const [column, heading] of Object.entries(mapping.columns) as [MarksColumn, string][]) {
      const at = codes.indexOf(asColumnCode(heading))
      if (at >= 0) places.set(column, at)
    }
  } else {
    for (const [column, names] of known) {
      const name = names.find((one) => codes.includes(one))
      if (name !== undefined) places.set(column, codes.indexOf(name))
    }
  }
  const has = (column: MarksColumn) => places.has(column)
  const grain = weekColumns.some(has) ? 'week' : has('am') || has('pm') ? 'day' : has('mark') ? 'session' : undefined
  const read = new Set(places.values())
  return {
    places,
    grain,
    missing: [
      ...(has('upn') || has('reference') ? [] : ['child' as const]),
      ...(grain === 'week' ? (has('week') ? [] : ['week' as const]) : has('day') ? [] : ['day' as const]),
      ...(grain === 'session' && !has('session') ? ['session' as const] : []),
      ...(grain === undefined ? ['marks' as const] : []),
    ],
    notRead: headings.flatMap((heading, at) =>
      read.has(at) || heading.trim() === '' ? [] : [heading.trim().slice(0, 60)],
    ),
  }
}
