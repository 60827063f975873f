import type { Finding } from '../../src/domain/finding.ts'
import { hasUpnCheckLetter, parseUpn } from '../../src/domain/identifiers.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import type { AnswerState } from '../../src/domain/return/item.ts'
import { everyState } from '../../src/domain/return/value.ts'
import type { Connector } from '../connector.ts'
import { type Cell, columnLetters, type SheetRow } from '../format/cell.ts'
import { refuse } from '../format/refusal.ts'
import { comparable, tidyCell } from '../format/text.ts'
import { type CellAnswer, readAnswer } from '../termly-return/read-cell.ts'
import type { IdentityCell, ReturnRow, SentAnswer } from '../termly-return/rows.ts'
import type { IdentityTarget, Mapping } from './rows.ts'
import { type Located, locate, markOf, placeIn, readSheets, unheaded } from './sheets.ts'

/** Raised whenever the same file would be read differently through the same mapping. */
const layoutEdition = '1'

/** A school's own export as a termly return, read through a mapping of its columns and words. */
export const schoolLayout = (mapping: Mapping): Connector<ReturnRow> => ({
  name: 'school-layout',
  edition: layoutEdition,
  keeps: 'allowed',
  coverage: 'changes',
  recognises: ({ bytes }) => {
    const read = readSheets(bytes)
    const found = read.outcome === 'read' ? locate(read.sheets, mapping) : undefined
    return found !== undefined && found.missing.length === 0
  },
  parse: ({ bytes }) => {
    const read = readSheets(bytes)
    if (read.outcome === 'refused') return read
    const found = locate(read.sheets, mapping)
    if (!found || found.missing.length > 0) {
      const missing = (found?.missing ?? mapping.columns).map(({ head }) => `“${head}”`).join(', ')
      return refuse('LAYOUT_DIFFERS', { columns: missing.slice(0, 300) })
    }
    const rows = rowsUnder(found)
    if (rows.length === 0) return refuse('SHEET_EMPTY')
    return {
      outcome: 'read',
      edition: layoutEdition,
      rows: rows.map((row) => readRow(row, found, mapping)),
      findings: [...addedColumns(found), ...withoutHeading(found, mapping)],
    }
  },
})

const isFilled = (cell: Cell | undefined): cell is Cell =>
  cell !== undefined && (tidyCell(cell.text) !== '' || cell.kind === 'formula-without-value')

/** The rows below the headings that hold anything in a column that is read. */
export const rowsUnder = ({ sheet, headRow, columns }: Located): readonly SheetRow[] =>
  sheet.rows.filter(
    ({ number, cells }) => number > headRow.number && columns.some(({ index }) => isFilled(cells[index])),
  )

/** Columns that came since the mapping was made: named by where they stand, for what they hold is nobody's to repeat. */
const addedColumns = ({ sheet, headRow, added }: Located): readonly Finding[] =>
  added.map((index) => ({
    code: 'COLUMN_NOT_KNOWN',
    severity: 'warning',
    at: placeIn(sheet, headRow.number, index),
    parameters: { column: columnLetters(index) },
  }))

/** Columns without a heading that nobody was told of when the mapping was made. */
const withoutHeading = ({ sheet, headRow }: Located, { ignored }: Mapping): readonly Finding[] => {
  const told = new Set(ignored)
  return unheaded(sheet, headRow)
    .filter((head) => !told.has(markOf(head)))
    .map(({ index }) => ({
      code: 'COLUMN_NO_HEADING',
      severity: 'warning',
      at: placeIn(sheet, headRow.number, index),
      parameters: { column: columnLetters(index) },
    }))
}

const readRow = (row: SheetRow, { sheet, columns }: Located, mapping: Mapping): ReturnRow => {
  const answers: SentAnswer[] = []
  const findings: Finding[] = []
  const identities = new Map<string, IdentityCell>()
  for (const { index, target } of columns) {
    const cell = row.cells[index]
    if (!isFilled(cell)) continue
    const at = placeIn(sheet, row.number, index, target)
    const item = itemOf(target)
    if (!item) {
      identities.set(target, { raw: tidyCell(cell.text).slice(0, 200), at })
      continue
    }
    const meant = mapping.values[target]?.[comparable(cell.text)]
    if (meant === '') continue
    const read =
      meant === undefined ? readAnswer(item, tidied(cell, item.type.kind), at) : meansItem(target, meant, cell, at)
    answers.push({ ...read.answer, raw: cell.text.slice(0, 2000) })
    if (read.finding) findings.push(read.finding)
  }
  const said = (target: IdentityTarget) => identities.get(target) ?? null
  const upn = said('upn')
  return {
    number: row.number,
    at: sheet.name === null ? { line: row.number } : { sheet: sheet.name },
    reference: said('row_reference'),
    upn,
    council: said('council'),
    surname: said('surname'),
    forename: said('forename'),
    dateOfBirth: said('date_of_birth'),
    answers,
    findings: [...checkUpn(upn), ...findings],
  }
}

/** An export writes a day with its midnight. */
const tidied = (cell: Cell, kind: string): Cell =>
  kind === 'date' && cell.asDay === undefined ? { ...cell, text: cell.text.replace(/[ T]00:00(:00)?$/, '') } : cell

const meansItem = (item: string, meant: string, cell: Cell, at: SentAnswer['at']): CellAnswer => {
  const state = everyState.find((one) => one === meant)
  const answer: { readonly state: AnswerState; readonly value: string | null } = state
    ? { state, value: null }
    : { state: 'given', value: meant }
  return { answer: { item, raw: cell.text, ...answer, at } }
}

/** The shape of a UPN is checked only where one was sent: a child may have none yet. */
const checkUpn = (cell: IdentityCell | null): readonly Finding[] => {
  if (!cell) return []
  const upn = parseUpn(cell.raw)
  if (!upn) return [{ code: 'UPN_SHAPE', severity: 'error', at: cell.at, parameters: {} }]
  return hasUpnCheckLetter(upn) ? [] : [{ code: 'UPN_CHECK_LETTER', severity: 'warning', at: cell.at, parameters: {} }]
}
