import type { TotalKind, TotalsRow } from '../../connectors/attendance-totals/rows.ts'
import type { StagedFacts } from './stage.ts'

const columns = [
  ...['row_number', 'pupil_number', 'school_number', 'kind', 'first_day', 'last_day'],
  ...['possible', 'attended', 'authorised', 'unauthorised', 'reasons', 'percentage', 'basis'],
]

type Fact = readonly (string | number | null)[]

/** What is not said is empty, not absent, so that a total stands whole: never half of one file and half of another. */
const written = (value: number | string | null): string => (value === null ? '' : String(value))

/** A line's total as a fact; undefined where the line says nothing. */
export const totalFact = (
  row: TotalsRow,
  kind: TotalKind,
  of: { readonly pupil: number | null; readonly school: number },
): Fact | undefined => {
  const { period, percentage } = row
  if (!period || (row.possible === null && row.attended === null && percentage === null)) return undefined
  return [
    ...[row.number, of.pupil, of.school, kind, period.firstDay, period.lastDay],
    ...[written(row.possible), written(row.attended), written(row.authorised), written(row.unauthorised)],
    ...[row.reasons ? JSON.stringify(row.reasons) : '', written(percentage), written(row.basis)],
  ]
}

/** Facts of totals as they are staged. */
export const totalFacts = (rows: readonly Fact[]): StagedFacts => ({ family: 'attendance_total', columns, rows })
