import type { Finding, FindingPlace } from '../../src/domain/finding.ts'
import type { Connector, Parsed } from '../connector.ts'
import { type CsvRecord, readCsv, readCsvHead, withoutFormulaGuard } from '../format/csv.ts'
import { type Refusal, refuse } from '../format/refusal.ts'
import { asColumnCode, tidyCell } from '../format/text.ts'
import { isNeverHeld, type RollColumn, type RollShape, rollShapes } from './columns.ts'
import { makeRecord } from './records.ts'
import type { LocalRollRow } from './rows.ts'

const edition = '1'

/** The local roll in our own CSV files: schools, staff, pupils, places and plans. */
export const localRoll: Connector<LocalRollRow> = {
  name: 'local-roll',
  edition,
  keeps: 'whole',
  coverage: 'changes',
  recognises: ({ bytes }) => shapeOf(readCsvHead(bytes).map(asColumnCode)) !== undefined,
  parse: ({ bytes }) => {
    const file = readCsv(bytes)
    return file.outcome === 'refused' ? file : readRoll(file.records)
  },
}

/** The file that a header row belongs to; a row reference marks a return, which is no roll. */
const shapeOf = (codes: readonly string[]): RollShape | undefined =>
  codes.includes('row_reference')
    ? undefined
    : rollShapes.find((shape) => shape.tells.every((code) => codes.includes(code)))

type PlacedColumn = { readonly rule: RollColumn; readonly index: number }

const readRoll = (records: readonly CsvRecord[]): Parsed<LocalRollRow> => {
  const [head, ...lines] = records
  if (!head) return refuse('FILE_EMPTY')
  const codes = head.cells.map(asColumnCode)
  const shape = shapeOf(codes)
  if (!shape) return refuse('ROLL_NOT_RECOGNISED', { files: rollShapes.map(({ file }) => file).join(', ') })
  const refusal = checkHead(shape, head, codes)
  if (refusal) return refusal
  if (lines.length === 0) return refuse('SHEET_EMPTY')
  const columns = shape.columns.flatMap((rule) => {
    const index = codes.indexOf(rule.code)
    return index < 0 ? [] : [{ rule, index }]
  })
  const firstLines = new Map<string, number>()
  const rows = lines.map((line) => readLine(shape, columns, codes.length, line, firstLines))
  return { outcome: 'read', edition, rows, findings: [] }
}

/** What stops the whole file: a column we never hold, one we do not know, one twice, or one that is missing. */
const checkHead = (shape: RollShape, head: CsvRecord, codes: readonly string[]): Refusal | undefined => {
  const at = (index: number): FindingPlace => ({
    line: head.line,
    column: tidyCell(head.cells[index] ?? '').slice(0, 60),
  })
  const problem = (code: string, index: number, more: Readonly<Record<string, string | number>> = {}) =>
    refuse(code, { column: at(index).column ?? '', ...more }, at(index))
  const known = new Set(shape.columns.map(({ code }) => code))
  const never = codes.findIndex((code) => !known.has(code) && isNeverHeld(code))
  if (never >= 0) return problem('COLUMN_NEVER_HELD', never)
  const extra = codes.findIndex((code) => code !== '' && !known.has(code))
  if (extra >= 0) return problem('ROLL_COLUMN_NOT_KNOWN', extra, { file: shape.file })
  const twice = codes.findIndex((code, index) => code !== '' && codes.indexOf(code) < index)
  if (twice >= 0) {
    const code = codes[twice] ?? ''
    return problem('COLUMN_TWICE', twice, { first: `column ${codes.indexOf(code) + 1}`, second: `column ${twice + 1}` })
  }
  const missing = shape.columns.find(({ code, filled }) => filled && !codes.includes(code))
  return missing && refuse('COLUMN_MISSING', { column: missing.code, file: shape.file }, { line: head.line })
}

const readLine = (
  shape: RollShape,
  columns: readonly PlacedColumn[],
  width: number,
  { line, cells }: CsvRecord,
  firstLines: Map<string, number>,
): LocalRollRow => {
  const findings: Finding[] = []
  const note = (code: string, severity: Finding['severity'], parameters: Finding['parameters'], column?: string) =>
    findings.push({ code, severity, parameters, at: column === undefined ? { line } : { line, column } })
  const values = new Map<string, string>()
  for (const { rule, index } of columns) {
    const cell = tidyCell(withoutFormulaGuard(cells[index] ?? ''))
    if (cell === '') {
      if (rule.filled) note('CELL_TO_FILL', 'error', { column: rule.code }, rule.code)
      continue
    }
    const reading = rule.read(cell)
    if ('code' in reading) {
      note(reading.code, 'error', { column: rule.code, ...reading.parameters }, rule.code)
      continue
    }
    if (reading.warning !== undefined) note(reading.warning, 'warning', { column: rule.code }, rule.code)
    values.set(rule.code, reading.value)
  }
  if (cells.slice(width).some((cell) => tidyCell(cell) !== '')) note('ROW_TOO_LONG', 'error', { columns: width })
  const key = shape.key === undefined ? undefined : values.get(shape.key)
  const first = key === undefined ? undefined : firstLines.get(key)
  if (first !== undefined) note('ROW_TWICE', 'error', { first }, shape.key)
  if (key !== undefined && first === undefined) firstLines.set(key, line)
  noteOrder(values, note)
  const held = findings.some(({ severity }) => severity === 'error')
  return { number: line, at: { line }, findings, record: held ? null : makeRecord(shape.kind, values) }
}

/** Periods whose last day stands before their first. */
const noteOrder = (
  values: ReadonlyMap<string, string>,
  note: (code: string, severity: 'error', parameters: Finding['parameters'], column: string) => void,
) => {
  for (const [first, last] of [
    ['first_day', 'last_day'],
    ['care_first_day', 'care_last_day'],
  ] as const) {
    const [from, to] = [values.get(first), values.get(last)]
    if (from !== undefined && to !== undefined && to < from) note('DAYS_OUT_OF_ORDER', 'error', { first, last }, last)
  }
}
