import type { CellObject, WorkBook } from 'xlsx'
import { fileKind, indexOfText, joined, lastIndexOfText } from './bytes.ts'
import { type Cell, parseCellName, readCell, type SheetContent, type SheetRow } from './cell.ts'
import { type Refusal, RefusedFile, refuse, refusing } from './refusal.ts'
import { withoutBlankCells } from './sheet-cells.ts'
import { parseParts } from './xlsx-archive.ts'
import { readZip, type ZipFile, type ZipLimits } from './zip.ts'

/** A workbook's sheets in their order, hidden ones too. */
export type WorkbookContent = { readonly outcome: 'read'; readonly sheets: readonly SheetContent[] }

/** The most a workbook may hold, as sent and unpacked. */
export const xlsxLimits = {
  bytes: 20_000_000,
  rows: 10_000,
  columns: 300,
  cells: 1_200_000,
  zip: { entries: 200, entryBytes: 40 * 1_048_576, totalBytes: 64 * 1_048_576 } satisfies ZipLimits,
} as const

/** Whether a workbook holds one of some texts: enough to tell whose it is, without reading its cells. */
export const workbookHolds = (bytes: Uint8Array, texts: readonly string[]): boolean => {
  const opened = openWorkbook(bytes)
  if (opened.outcome === 'refused') return false
  const parts = [...opened.parts].filter(([name]) => /sharedstrings|worksheets/i.test(name))
  return parts.some(([, part]) => texts.some((text) => indexOfText(part, text) >= 0))
}

/**
 * Reads an .xlsx workbook within bounds: its cells by sheet, days as days in either date system. Everything that is
 * not cells (pictures, comments, links, macros) is left packed. Several connectors ask for the same file to tell whether
 * it is theirs: it is read once.
 */
export const readXlsx = (bytes: Uint8Array): WorkbookContent | Refusal => {
  const before = readBefore.get(bytes)
  if (before) return before
  const content = readOnce(bytes)
  readBefore.set(bytes, content)
  return content
}

const readBefore = new WeakMap<Uint8Array, WorkbookContent | Refusal>()

const readOnce = (bytes: Uint8Array): WorkbookContent | Refusal => {
  const opened = openWorkbook(bytes)
  if (opened.outcome === 'refused') return opened
  return refusing(() => {
    const parts = cellParts(opened.parts)
    const workbook = parseParts(parts, {
      dense: true,
      cellDates: true,
      UTC: true,
      cellNF: true,
      cellFormula: false,
      cellHTML: false,
      cellText: false,
    })
    return { outcome: 'read', sheets: sheetsOf(workbook, parts) }
  }, refuse('FILE_DAMAGED'))
}

/** Why a file is no workbook that we read, by its outside and its list of parts; undefined where it may be one. */
export const whyNoWorkbook = (bytes: Uint8Array): Refusal | undefined => {
  const opened = openWorkbook(bytes)
  return opened.outcome === 'refused' ? opened : undefined
}

/** Opens a file as far as the parts that hold cells, or says in one finding why it is no workbook that we read. */
const openWorkbook = (bytes: Uint8Array): ZipFile | Refusal => {
  if (bytes.length > xlsxLimits.bytes) return refuse('FILE_TOO_LARGE', { megabytes: xlsxLimits.bytes / 1_000_000 })
  const kind = fileKind(bytes)
  if (kind === 'empty') return refuse('FILE_EMPTY')
  if (kind === 'old-office') return isEncryptedOffice(bytes) ? refuse('FILE_ENCRYPTED') : refuse('FILE_OLD_EXCEL')
  if (kind !== 'zip') return refuse('FILE_NOT_RECOGNISED', { kind })
  const opened = readZip(bytes, isCellPart, xlsxLimits.zip)
  if (opened.outcome === 'refused') return opened
  const names = new Set(opened.names.map((name) => name.toLowerCase()))
  if (names.has('xl/vbaproject.bin')) return refuse('FILE_HAS_MACROS')
  if (names.has('xl/workbook.bin')) return refuse('FILE_OLD_EXCEL')
  if (!names.has('xl/workbook.xml')) return refuse('FILE_NOT_A_WORKBOOK', { kind: archiveKind(names) })
  return opened
}

const isCellPart = (name: string) =>
  /^(\[content_types\]\.xml|_rels\/\.rels|xl\/(workbook|sharedstrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels)$/i.test(
    name,
  ) || isSheet(name)

const isSheet = (name: string) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name)

const archiveKind = (names: ReadonlySet<string>): string => {
  if (names.has('word/document.xml')) return 'word'
  if (names.has('ppt/presentation.xml')) return 'slides'
  if (names.has('content.xml') && names.has('mimetype')) return 'open-document'
  return 'archive'
}

/** An encrypted .xlsx is an old-style container whose directory names the stream 'EncryptedPackage' in UTF-16. */
const isEncryptedOffice = (bytes: Uint8Array) => indexOfText(bytes, [...'EncryptedPackage'].join('\u0000')) >= 0

const cellParts = (opened: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> => {
  const names = new Set([...opened.keys()].map((name) => name.toLowerCase()))
  return new Map(
    [...opened].map(([name, part]) => {
      if (/^\[content_types\]\.xml$/i.test(name)) return [name, typesOf(part, names)]
      return [name, isSheet(name) ? cellsOnly(part) : part]
    }),
  )
}

/** The list of parts without those that stay packed: the parser looks for each part that it names. */
const typesOf = (types: Uint8Array, names: ReadonlySet<string>): Uint8Array =>
  new TextEncoder().encode(
    new TextDecoder().decode(types).replace(/<Override\s[^<>]*>/g, (tag) => {
      const name = /\sPartName="\/?([^"]{1,300})"/.exec(tag)?.[1]
      return name !== undefined && names.has(name.toLowerCase()) ? tag : ''
    }),
  )

/**
 * A sheet's cells and nothing else of it. What stands around them (links, merges, validations) may name ranges of
 * 17,000,000,000 cells, which the parser would walk one by one. Refuses a sheet with more rows or cells than the
 * limits before the parser sees it.
 */
const cellsOnly = (sheet: Uint8Array): Uint8Array => {
  const root = new TextDecoder().decode(sheet.subarray(0, 65_536)).match(/<(?:(\w+):)?worksheet\b[^<>]*>/)
  const prefix = root?.[1] === undefined ? '' : `${root[1]}:`
  const end = `</${prefix}sheetData>`
  const from = indexOfText(sheet, `<${prefix}sheetData`)
  const to = lastIndexOfText(sheet, end)
  const data = root && from >= 0 && to > from ? sheet.subarray(from, to + end.length) : new Uint8Array()
  const most = { rows: 2 * xlsxLimits.rows, cells: xlsxLimits.cells }
  const { cells, rowCount, cellCount } = withoutBlankCells(data, prefix, most)
  if (rowCount > most.rows) throw tooMany('FILE_TOO_MANY_ROWS', xlsxLimits.rows)
  if (cellCount > most.cells) throw tooMany('FILE_TOO_MANY_CELLS', most.cells)
  const encoder = new TextEncoder()
  return joined([encoder.encode(root?.[0] ?? '<worksheet>'), cells, encoder.encode(`</${prefix}worksheet>`)])
}

/**
 * Cells that hold a formula without its saved result: the parser leaves them out, which would read as a blank.
 */
const unsavedIn = (part: Uint8Array): ReadonlySet<string> => {
  const text = new TextDecoder().decode(part)
  const unsaved = new Set<string>()
  const formula = /<(?:\w{1,20}:)?f[\s/>]/g
  const cellEnd = /<\/(?:\w{1,20}:)?c>/g
  for (let match = formula.exec(text); match; match = formula.exec(text)) {
    cellEnd.lastIndex = match.index
    const end = cellEnd.exec(text)
    if (!end) break
    formula.lastIndex = end.index
    if (/<(?:\w{1,20}:)?v[\s/>]/.test(text.slice(match.index, end.index))) continue
    const opening = text.slice(Math.max(0, match.index - 200), match.index)
    const name = opening.slice(opening.lastIndexOf('<')).match(/\sr="([A-Z]{1,3}\d{1,7})"/)?.[1]
    if (name !== undefined) unsaved.add(name)
  }
  return unsaved
}

/** The parts that hold the workbook's sheets, in the workbook's order. */
const sheetPaths = (parts: ReadonlyMap<string, Uint8Array>): readonly string[] => {
  const text = (wanted: string) => {
    const name = [...parts.keys()].find((key) => key.toLowerCase() === wanted)
    return name === undefined ? '' : new TextDecoder().decode(parts.get(name))
  }
  const targets = new Map<string, string>()
  for (const [tag] of text('xl/_rels/workbook.xml.rels').matchAll(/<[^<>]{0,20}Relationship\s[^<>]{1,2000}>/g)) {
    const id = /\sId="([^"]{1,200})"/.exec(tag)?.[1]
    const target = /\sTarget="([^"]{1,300})"/.exec(tag)?.[1]
    if (id !== undefined && target !== undefined) targets.set(id, target.replace(/^\/?(xl\/)?/, 'xl/'))
  }
  const sheets = [...text('xl/workbook.xml').matchAll(/<(?:\w{1,20}:)?sheet\s[^<>]{1,2000}>/g)]
  return sheets.map(([tag]) => targets.get(/:id="([^"]{1,200})"/.exec(tag)?.[1] ?? '') ?? '')
}

const visibilities = ['visible', 'hidden', 'very-hidden'] as const

/** A worksheet that the parser could not read is missing without a word: that refuses the file. */
const sheetsOf = (workbook: WorkBook, parts: ReadonlyMap<string, Uint8Array>): readonly SheetContent[] => {
  const paths = sheetPaths(parts)
  if (workbook.SheetNames.length === 0) throw new RefusedFile(refuse('FILE_DAMAGED'))
  return workbook.SheetNames.map((name, index) => {
    const part = parts.get(paths[index] ?? '')
    const data = workbook.Sheets[name]?.['!data']
    if (part && !data) throw new RefusedFile(refuse('FILE_DAMAGED'))
    const hasFormulas = part && (indexOfText(part, '<f') >= 0 || indexOfText(part, ':f') >= 0)
    return {
      name,
      visibility: visibilities[workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0] ?? 'visible',
      rows: rowsOf(
        data ?? [],
        hasFormulas ? unsavedIn(part) : new Set(),
        workbook.Workbook?.WBProps?.date1904 === true,
      ),
    }
  })
}

const rowsOf = (
  data: readonly (readonly (CellObject | undefined)[])[],
  unsaved: ReadonlySet<string>,
  from1904: boolean,
): readonly SheetRow[] => {
  const rows = new Map<number, (Cell | undefined)[]>()
  const put = (cells: (Cell | undefined)[], row: number, column: number, cell: Cell) => {
    if (row > xlsxLimits.rows + roomAbove) throw tooMany('FILE_TOO_MANY_ROWS', xlsxLimits.rows)
    if (column >= xlsxLimits.columns) throw tooMany('FILE_TOO_MANY_COLUMNS', xlsxLimits.columns)
    while (cells.length < column) cells.push(undefined)
    cells[column] = cell
  }
  // forEach skips the holes of a sparse sheet, whose last row may be the 1,048,576th.
  data.forEach((contents, index) => {
    const cells: (Cell | undefined)[] = []
    contents?.forEach((content, column) => {
      const cell = content && readCell(content, from1904)
      if (cell && cell.text.trim() !== '') put(cells, index + 1, column, cell)
    })
    if (cells.length > 0) rows.set(index + 1, cells)
  })
  for (const name of unsaved) {
    const at = parseCellName(name)
    if (!at) continue
    const cells = rows.get(at.row) ?? []
    put(cells, at.row, at.column, { text: '', kind: 'formula-without-value' })
    rows.set(at.row, cells)
  }
  return [...rows].sort(([one], [other]) => one - other).map(([number, cells]) => ({ number, cells }))
}

/** Title, instructions and heads stand above the rows that are counted. */
const roomAbove = 20

const tooMany = (code: string, limit: number) => new RefusedFile(refuse(code, { limit }))
