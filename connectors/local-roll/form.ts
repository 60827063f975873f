import type { Finding } from '../../src/domain/finding.ts'
import { writeCsv } from '../format/csv.ts'
import { localRoll } from './parse.ts'
import type { LocalRollRow } from './rows.ts'

/** Reads what a form says, by column, as one line of a roll file would be read: the same rules, the same findings. */
export const readRollForm = (cells: Readonly<Record<string, string>>): LocalRollRow | Finding => {
  const columns = Object.keys(cells)
  const bytes = writeCsv([columns, columns.map((column) => cells[column] ?? '')])
  const parsed = localRoll.parse({ name: 'form.csv', bytes })
  if (parsed.outcome === 'refused') return parsed.finding
  return parsed.rows[0] ?? { code: 'SHEET_EMPTY', severity: 'error', at: {}, parameters: {} }
}
