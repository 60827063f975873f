import type { Finding } from '../../src/domain/finding.ts'
import { hasUpnCheckLetter, parseUpn } from '../../src/domain/identifiers.ts'
import type { Connector } from '../connector.ts'
import { fileKind } from '../format/bytes.ts'
import type { SheetRow } from '../format/cell.ts'
import { readCsvHead } from '../format/csv.ts'
import { asColumnCode, tidyCell } from '../format/text.ts'
import { workbookHolds } from '../format/xlsx.ts'
import { columnByCode, type IdentityCode, template } from './layout.ts'
import { readAnswer } from './read-cell.ts'
import type { IdentityCell, ReturnRow, SentAnswer } from './rows.ts'
import { readTable, type SentTable } from './table.ts'

const edition = String(template.version)

/** The termly return of a designated teacher, as our own workbook or our own CSV. */
export const termlyReturn: Connector<ReturnRow> = {
  name: 'termly-return',
  edition,
  keeps: 'whole',
  coverage: 'changes',
  recognises: ({ bytes }) => {
    const kind = fileKind(bytes)
    if (kind === 'zip') return workbookHolds(bytes, [template.name, 'row_reference'])
    return isReturnCsv(bytes)
  },
  parse: ({ bytes }) => {
    const table = readTable(bytes)
    if (table.outcome === 'refused') return table
    return { outcome: 'read', edition, rows: readRows(table), findings: table.findings }
  },
}

/** A row reference marks a return; a child reference without one marks our own roll, which has a UPN too. */
const isReturnCsv = (bytes: Uint8Array): boolean => {
  const cells = readCsvHead(bytes)
  const columns = cells.map(columnByCode)
  const codes = columns.map((column) => column?.code)
  if (!columns.some((column) => column?.item)) return false
  if (codes.includes('row_reference')) return true
  return codes.includes('upn') && !cells.map(asColumnCode).includes('child_reference')
}

const readRows = (table: SentTable): readonly ReturnRow[] => {
  const firstRows = new Map<string, number>()
  return table.rows.map((row) => {
    const read = readRow(table, row)
    const reference = read.reference?.raw
    const first = reference === undefined ? undefined : firstRows.get(reference)
    if (reference !== undefined && first === undefined) firstRows.set(reference, row.number)
    if (first === undefined || !read.reference) return read
    const at = read.reference.at
    return {
      ...read,
      findings: [{ code: 'ROW_TWICE', severity: 'error', at, parameters: { first } }, ...read.findings],
    }
  })
}

const readRow = (table: SentTable, row: SheetRow): ReturnRow => {
  const findings: Finding[] = []
  const answers: SentAnswer[] = []
  const identities = new Map<IdentityCode, IdentityCell>()
  for (const column of table.columns) {
    const cell = row.cells[column.index]
    if (!cell || (tidyCell(cell.text) === '' && cell.kind !== 'formula-without-value')) continue
    const at = table.place(row.number, column)
    if (!column.item) {
      identities.set(column.code as IdentityCode, { raw: tidyCell(cell.text).slice(0, 200), at })
      continue
    }
    const { answer, finding } = readAnswer(column.item, cell, at)
    answers.push(answer)
    if (finding) findings.push(finding)
  }
  const { width } = table
  if (width !== undefined && row.cells.slice(width).some((cell) => cell && tidyCell(cell.text) !== '')) {
    findings.push({
      code: 'ROW_TOO_LONG',
      severity: 'error',
      at: table.place(row.number),
      parameters: { columns: width },
    })
  }
  const upn = identities.get('upn') ?? null
  return {
    number: row.number,
    at: table.place(row.number),
    reference: identities.get('row_reference') ?? null,
    upn,
    council: identities.get('council') ?? null,
    surname: identities.get('surname') ?? null,
    forename: identities.get('forename') ?? null,
    dateOfBirth: identities.get('date_of_birth') ?? null,
    answers,
    findings: [...checkUpn(upn), ...findings],
  }
}

/** The shape of a UPN is checked only where one was sent: a child may have none yet. */
const checkUpn = (cell: IdentityCell | null): readonly Finding[] => {
  if (!cell) return []
  const upn = parseUpn(cell.raw)
  if (!upn) return [{ code: 'UPN_SHAPE', severity: 'error', at: cell.at, parameters: {} }]
  return hasUpnCheckLetter(upn) ? [] : [{ code: 'UPN_CHECK_LETTER', severity: 'warning', at: cell.at, parameters: {} }]
}
