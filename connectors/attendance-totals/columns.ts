import { codeTables } from '../../src/domain/attendance/codes.ts'
import { asColumnCode } from '../format/text.ts'
import type { TotalKind, TotalsColumn, TotalsMapping } from './rows.ts'

/** The heading that only a census's file has. */
const ofCensus = 'termlysessionspossible'

const ways = (...words: readonly string[]): readonly string[] =>
  words.flatMap((word) => [`sessions_${word}`, `sessions${word}`, `${word}_sessions`, word])

const absences = (word: string): readonly string[] => [
  `termlysessions${word}`,
  ...ways(word),
  ...[`${word}_absences`, `${word}_absence`, `${word}absences`],
]

/** Headings that say what a column is, the surest first. Those of the census and of SIF's summary are documented. */
const known: readonly (readonly [TotalsColumn, readonly string[]])[] = [
  ['upn', ['upn', 'unique_pupil_number', 'pupil_upn']],
  ['reference', ['child_reference', 'child_ref', 'childid', 'child_id', 'la_child_id', 'lachildid', 'social_care_id']],
  ['surname', ['surname', 'legal_surname', 'last_name', 'family_name']],
  ['forename', ['forename', 'legal_forename', 'first_name', 'given_name']],
  ['born', ['date_of_birth', 'dob', 'birth_date', 'dateofbirth']],
  ['school', ['school_urn', 'urn', 'laestab', 'dfe_number', 'estab', 'school_name', 'school', 'establishment', 'base']],
  ['la', ['lea', 'la', 'la_code', 'lea_code']],
  [
    'first_day',
    ['from', 'first_day', 'date_from', 'period_start', 'start_date', 'startdate', 'sessions_from', 'attendance_from'],
  ],
  [
    'last_day',
    ['to', 'last_day', 'date_to', 'period_end', 'end_date', 'enddate', 'sessions_to', 'attendance_to', 'as_at'],
  ],
  ['possible', [ofCensus, ...ways('possible'), 'possible_marks', 'total_possible']],
  ['attended', [...ways('attended', 'present'), 'sessionsattendedtotal', 'attendances']],
  ['authorised', absences('authorised')],
  ['unauthorised', absences('unauthorised')],
  [
    'percentage',
    ['attendance_percentage', 'percentage_attendance', 'percent_attendance', 'attendance_percent', 'attendance'],
  ],
  ['basis', ['basis', 'attendance_basis', 'percentage_basis', 'percentage_of', 'measured_in']],
]

/** Every column that a file of totals may have, as a saved layout names it. */
export const totalsColumns: readonly TotalsColumn[] = known.map(([column]) => column)

const registerCodes: ReadonlySet<string> = new Set(codeTables.flatMap(({ codes }) => codes.map(({ code }) => code)))

/** The code whose sessions a census column counts: 'T_Reason_I' in one generation of headers, 'I', '/' or '\' in the other. */
const reasonOf = (heading: string): string | undefined => {
  const code = heading
    .trim()
    .replace(/^T_Reason_/i, '')
    .toUpperCase()
  return registerCodes.has(code) ? code : undefined
}

/** What a file of totals cannot do without. */
type MissingColumn = 'child' | 'totals'

/** Where each column stands in a row of headings, and what cannot be told. */
export type FoundTotals = {
  readonly places: ReadonlyMap<TotalsColumn, number>
  /** Columns that count the sessions of one code. */
  readonly reasons: readonly { readonly code: string; readonly index: number }[]
  readonly kind: TotalKind
  readonly missing: readonly MissingColumn[]
  readonly notRead: readonly string[]
  /** The heading of the percentage, which says what it is of where nothing else does. */
  readonly percentageHead: string
}

/** Finds the columns of a row of headings: by a saved layout, or by headings that are well known. */
export const findTotals = (headings: readonly string[], mapping: TotalsMapping | null): FoundTotals => {
  const codes = headings.map((heading) => asColumnCode(heading))
  const places = new Map<TotalsColumn, number>()
  for (const [column, names] of known) {
    const said = mapping?.columns[column]
    const wanted = mapping ? (said === undefined ? [] : [asColumnCode(said)]) : names
    const name = wanted.find((one) => one !== '' && codes.includes(one))
    if (name !== undefined) places.set(column, codes.indexOf(name))
  }
  const census = codes.includes(ofCensus) && places.get('possible') === codes.indexOf(ofCensus)
  const taken = new Set(places.values())
  const reasons = census
    ? headings.flatMap((heading, index) => {
        const code = taken.has(index) ? undefined : reasonOf(heading)
        return code === undefined ? [] : [{ code, index }]
      })
    : []
  const has = (column: TotalsColumn) => places.has(column)
  const counts = has('possible') && (census || has('attended') || (has('authorised') && has('unauthorised')))
  const read = new Set([...taken, ...reasons.map(({ index }) => index)])
  return {
    places,
    reasons,
    kind: census ? 'census' : counts ? 'cumulative' : 'percentage',
    missing: [
      ...(has('upn') || has('reference') ? [] : ['child' as const]),
      ...(counts || has('percentage') ? [] : ['totals' as const]),
    ],
    notRead: headings.flatMap((heading, at) =>
      read.has(at) || heading.trim() === '' ? [] : [heading.trim().slice(0, 60)],
    ),
    percentageHead: (headings[places.get('percentage') ?? -1] ?? '').trim().slice(0, 60),
  }
}
