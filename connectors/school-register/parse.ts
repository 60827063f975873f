import { parseTypedDate } from '../../src/domain/dates.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { isLaCode, isUrn } from '../../src/domain/identifiers.ts'
import { type CsvRecord, readCsvHead } from '../format/csv.ts'
import { readCsvStream } from '../format/csv-stream.ts'
import { type Refusal, RefusedFile, refuse } from '../format/refusal.ts'
import { tidyCell } from '../format/text.ts'
import { type RegisterShape, shapeOf } from './columns.ts'
import type { Establishment, EstablishmentLink, RegisterRow } from './rows.ts'

/** Raised whenever the same register would be read differently. */
export const registerEdition = '1'

/** Whether a file's first bytes are the header of a register. */
export const looksLikeRegister = (start: Uint8Array): boolean => shapeOf(readCsvHead(start)) !== undefined

/** What a register file holds. */
export type RegisterFile = {
  readonly outcome: 'read'
  readonly kind: RegisterShape['kind']
  /** Its rows as they come, some hundreds at a time; a refusal, and nothing after it, where it breaks off or is too long. */
  readonly pieces: AsyncGenerator<RegisterPiece>
}

type RegisterPiece = { readonly outcome: 'rows'; readonly rows: readonly RegisterRow[] } | Refusal

/**
 * Opens a register of schools: the establishments or links of "Get Information about Schools", or the Welsh list. Sent
 * by nobody: an operator downloads it. Columns are found by header name, since they drift from year to year.
 */
export const openRegister = async (chunks: AsyncIterable<Uint8Array>): Promise<RegisterFile | Refusal> => {
  const records = readCsvStream(chunks)
  try {
    const first = await records.next()
    const [head, ...rest] = first.done ? [] : first.value
    const found = head && shapeOf(head.cells)
    if (!found) return refuse('REGISTER_NOT_RECOGNISED')
    return { outcome: 'read', kind: found.shape.kind, pieces: readPieces(found, rest, records) }
  } catch (thrown) {
    if (thrown instanceof RefusedFile) return thrown.refusal
    throw thrown
  }
}

type Found = NonNullable<ReturnType<typeof shapeOf>>

async function* readPieces(
  found: Found,
  first: readonly CsvRecord[],
  records: AsyncGenerator<readonly CsvRecord[]>,
): AsyncGenerator<RegisterPiece> {
  const firstLines = new Map<string, number>()
  const own = ownWords()
  const read = (record: CsvRecord) => readRow(found, record, firstLines, own)
  if (first.length > 0) yield { outcome: 'rows', rows: first.map(read) }
  try {
    for await (const piece of records) yield { outcome: 'rows', rows: piece.map(read) }
  } catch (thrown) {
    if (!(thrown instanceof RefusedFile)) throw thrown
    yield thrown.refusal
  }
}

/**
 * Words as strings of their own, each kept once: a cell cut from a file's text would keep the whole text in memory for as
 * long as the row lives.
 */
const ownWords = () => {
  const kept = new Map<string, string>()
  return (text: string): string => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const copy = JSON.parse(JSON.stringify(text)) as string
    if (kept.size < 20_000) kept.set(copy, copy)
    return copy
  }
}

/** One record's cells by column, tidied and no longer than any column needs. */
type Cells = (column: string) => string

const readRow = (
  found: Found,
  { line, cells }: CsvRecord,
  firstLines: Map<string, number>,
  own: (text: string) => string,
): RegisterRow => {
  const findings: Finding[] = []
  const cell: Cells = (column) => own(tidyCell(cells[found.at.get(column) ?? -1] ?? '').slice(0, 200))
  const note = (code: string, column: string, parameters: Finding['parameters'] = {}) =>
    void findings.push({ code, severity: 'error', at: { line, column }, parameters: { column, ...parameters } })
  const record = makers[found.shape.kind](cell, note)
  const key = record && (record.kind === 'link' ? `${record.urn}/${record.linkUrn}/${record.linkType}` : record.key)
  const before = key === undefined || key === null ? undefined : firstLines.get(key)
  if (before !== undefined) note('ROW_TWICE', found.shape.kind === 'welsh' ? 'schoolNumber' : 'urn', { first: before })
  else if (key) firstLines.set(key, line)
  return { number: line, at: { line }, findings, record: findings.length > 0 ? null : record }
}

type Note = (code: string, column: string, parameters?: Finding['parameters']) => void

const day = (cell: Cells, column: string, note: Note) => {
  const text = cell(column)
  if (text === '') return null
  const read = parseTypedDate(text)
  if (!read) note('DAY_NOT_READ', column)
  return read ?? null
}

const statuses = new Map<string, Establishment['status']>([
  ['open', 'open'],
  ['open, but proposed to close', 'closing'],
  ['closed', 'closed'],
  ['proposed to open', 'proposed'],
])

const establishment = (cell: Cells, note: Note): Establishment | null => {
  const [urn, name, laCode] = [cell('urn'), cell('name'), cell('laCode').padStart(3, '0')]
  if (!isUrn(urn)) note('URN_SHAPE', 'urn')
  if (name === '') note('CELL_TO_FILL', 'name')
  if (!isLaCode(laCode)) note('LA_CODE_SHAPE', 'laCode')
  const status = statuses.get(cell('status').toLowerCase())
  if (!status) note('CODE_NOT_ALLOWED', 'status', { allowed: [...statuses.keys()].join('; ') })
  const number = cell('establishmentNumber')
  const ukprn = cell('ukprn')
  return {
    kind: 'establishment',
    key: urn,
    name,
    laCode,
    laName: cell('laName'),
    establishmentNumber: /^\d{1,4}$/.test(number) ? number.padStart(4, '0') : '',
    type: cell('type'),
    phase: cell('phase'),
    status: status ?? 'open',
    opened: day(cell, 'opened', note),
    closed: day(cell, 'closed', note),
    town: cell('town'),
    ukprn: /^\d{8}$/.test(ukprn) ? ukprn : '',
    // Type 30 of the register is "Welsh establishment".
    country: cell('typeCode') === '30' || /^welsh establishment$/i.test(cell('type')) ? 'Wales' : 'England',
  }
}

const welsh = (cell: Cells, note: Note): Establishment | null => {
  const laCode = cell('laCode')
  const digits = cell('schoolNumber').replace(/\D/g, '')
  const number = digits.length <= 4 && digits !== '' ? `${laCode}${digits.padStart(4, '0')}` : digits
  if (!/^6[678]\d{5}$/.test(number)) note('WELSH_NUMBER_SHAPE', 'schoolNumber')
  if (cell('name') === '') note('CELL_TO_FILL', 'name')
  if (!isLaCode(laCode)) note('LA_CODE_SHAPE', 'laCode')
  return {
    kind: 'establishment',
    key: `W${number}`,
    name: cell('name'),
    laCode,
    laName: cell('laName'),
    establishmentNumber: number.slice(3),
    type: cell('type'),
    phase: cell('phase'),
    status: 'open',
    opened: null,
    closed: null,
    town: cell('town'),
    ukprn: '',
    country: 'Wales',
  }
}

const link = (cell: Cells, note: Note): EstablishmentLink | null => {
  const [urn, linkUrn, linkType] = [cell('urn'), cell('linkUrn'), cell('linkType')]
  if (!isUrn(urn)) note('URN_SHAPE', 'urn')
  if (!isUrn(linkUrn)) note('URN_SHAPE', 'linkUrn')
  if (linkType === '') note('CELL_TO_FILL', 'linkType')
  return { kind: 'link', urn, linkUrn, linkType, established: day(cell, 'established', note) }
}

const makers = { establishments: establishment, links: link, welsh } as const
