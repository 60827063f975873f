import type { Fault } from '../../src/domain/finding.ts'
import { markWords } from '../../templates/words/en/marked.ts'
import { workbookWords } from '../../templates/words/en/workbook.ts'
import type { MarkedFile } from '../connector.ts'
import { fileKind } from '../format/bytes.ts'
import { cellName } from '../format/cell.ts'
import { readCsv } from '../format/csv.ts'
import { workbookOfCsv } from '../format/csv-workbook.ts'
import { markFaults } from '../format/mark-faults.ts'
import type { Refusal } from '../format/refusal.ts'
import { tidyCell } from '../format/text.ts'
import { columnByCode, columnByWords } from './layout.ts'

/**
 * Marks what is to mend in a return as it was sent. A CSV file has no colours and no comments, so that its rows come back
 * as a workbook, which can be sent in its place.
 */
export const markReturn = async (bytes: Uint8Array, faults: readonly Fault[]): Promise<MarkedFile> => {
  const kind = fileKind(bytes)
  const marked =
    kind === 'zip' || kind === 'old-office' ? markFaults(bytes, faults, markWords) : await markCsv(bytes, faults)
  return 'outcome' in marked ? marked : { outcome: 'marked', bytes: marked }
}

const markCsv = async (bytes: Uint8Array, faults: readonly Fault[]): Promise<Uint8Array | Refusal> => {
  const sheet = workbookWords.returnSheet
  const [file, workbook] = [readCsv(bytes), await workbookOfCsv(bytes, sheet)]
  if (file.outcome === 'refused') return file
  if ('outcome' in workbook) return workbook
  const heads = file.records.find(({ cells }) => cells.some((cell) => columnNamed(cell) !== undefined))?.cells ?? []
  const columnOf = (column: string | undefined) =>
    Math.max(
      0,
      heads.findIndex((head) => columnNamed(head) === column || tidyCell(head) === column),
    )
  const inCells = faults.map(
    (fault): Fault =>
      fault.at.line === undefined
        ? fault
        : { ...fault, at: { ...fault.at, sheet, cell: cellName(columnOf(fault.at.column), fault.at.line) } },
  )
  return markFaults(workbook, inCells, markWords)
}

const columnNamed = (head: string) => (columnByCode(head) ?? columnByWords(head))?.code
