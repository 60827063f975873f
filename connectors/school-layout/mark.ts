import type { Fault } from '../../src/domain/finding.ts'
import { markWords } from '../../templates/words/en/marked.ts'
import { workbookWords } from '../../templates/words/en/workbook.ts'
import type { MarkedFile } from '../connector.ts'
import { cellName } from '../format/cell.ts'
import { workbookOfCsv } from '../format/csv-workbook.ts'
import { markFaults } from '../format/mark-faults.ts'
import type { Refusal } from '../format/refusal.ts'
import type { Mapping } from './rows.ts'
import { locate, readSheets } from './sheets.ts'

/**
 * Marks what is to mend in a school's own file as it was sent, read through a mapping; a CSV file comes back as a
 * workbook.
 */
export const markLayout = async (
  bytes: Uint8Array,
  faults: readonly Fault[],
  mapping: Mapping,
): Promise<MarkedFile> => {
  const read = readSheets(bytes)
  if (read.outcome === 'refused') return read
  const isCsv = read.sheets.some(({ name }) => name === null)
  const marked = isCsv ? await markCsv(bytes, faults, mapping) : markFaults(bytes, faults, markWords)
  return 'outcome' in marked ? marked : { outcome: 'marked', bytes: marked }
}

const markCsv = async (
  bytes: Uint8Array,
  faults: readonly Fault[],
  mapping: Mapping,
): Promise<Uint8Array | Refusal> => {
  const sheet = workbookWords.returnSheet
  const [read, workbook] = [readSheets(bytes), await workbookOfCsv(bytes, sheet)]
  if (read.outcome === 'refused') return read
  if ('outcome' in workbook) return workbook
  const columns = locate(read.sheets, mapping)?.columns ?? []
  const columnOf = (target: string | undefined) => columns.find((column) => column.target === target)?.index ?? 0
  const inCells = faults.map(
    (fault): Fault =>
      fault.at.line === undefined
        ? fault
        : { ...fault, at: { ...fault.at, sheet, cell: cellName(columnOf(fault.at.column), fault.at.line) } },
  )
  return markFaults(workbook, inCells, markWords)
}
