import type { Fault, Severity } from '../../src/domain/finding.ts'
import { cellName, parseCellName } from './cell.ts'
import type { MarkWords } from './mark-words.ts'
import type { Refusal } from './refusal.ts'
import { summarySheet } from './summary-sheet.ts'
import { commentedBy, writeComments } from './workbook-comments.ts'
import { addPart, changedWorkbook, only, relate, relations, type WorkbookParts } from './workbook-parts.ts'
import { type AddedStyles, addStyles, type Tint } from './workbook-styles.ts'
import {
  appended,
  type ClosedElement,
  elementsAt,
  escapeXml,
  type Splice,
  spliced,
  tagWith,
  walkXml,
  type XmlElement,
} from './xml-walk.ts'

/** The most faults that are marked and listed: more than a person mends before sending the file again. */
export const mostMarked = 2000

const tints: Readonly<Record<Severity, Tint>> = { error: 'F9D4CF', warning: 'FFF0C2' }

/**
 * A workbook with its faulty cells coloured, a comment at each that says how to mend it, and a sheet that lists them.
 * Only the style of those cells changes, and only in its background: every other part of the file goes back byte for
 * byte, every other cell as it stands. What an earlier marking left is taken back.
 */
export const markFaults = (bytes: Uint8Array, faults: readonly Fault[], words: MarkWords): Uint8Array | Refusal =>
  changedWorkbook(bytes, (parts) => {
    const marked = faults.slice(0, mostMarked)
    const sheets = sheetsOf(parts)
    addStyles(parts, (styles) => {
      for (const sheet of sheets) {
        const here = marked.filter(({ at }) => at.sheet === sheet.name && at.cell !== undefined)
        if (here.length > 0) markSheet(parts, sheet.part, here, styles, words)
      }
      addSummary(parts, sheets, summarySheet(marked, faults.length - marked.length, words, styles), words)
    })
  })

type Sheet = { readonly name: string; readonly part: string }

const workbookPart = 'xl/workbook.xml'

const sheetsOf = (parts: WorkbookParts): readonly Sheet[] => {
  const related = new Map(relations(parts, workbookPart).map(({ id, target }) => [id, target]))
  return elementsAt(parts.text(workbookPart), ['workbook/sheets/sheet']).flatMap(({ attributes }) => {
    const part = related.get(relationId(attributes))
    return part !== undefined && parts.has(part) ? [{ name: attributes['name'] ?? '', part }] : []
  })
}

/** A relation's id, whatever prefix its namespace has. */
const relationId = (attributes: XmlElement['attributes']): string =>
  Object.entries(attributes).find(([name]) => /:id$/.test(name))?.[1] ?? ''

/** The sheet of an earlier marking, known by its name and its first line. */
const isSummary = (parts: WorkbookParts, { name, part }: Sheet, words: MarkWords): boolean =>
  name.replace(/ \d+$/, '') === words.sheet &&
  (parts.text(part).includes(escapeXml(words.title)) || hasShared(parts, words))

/** A program that saved the marked file may have moved its texts to the shared ones. */
const hasShared = (parts: WorkbookParts, words: MarkWords): boolean =>
  parts.has('xl/sharedStrings.xml') && parts.text('xl/sharedStrings.xml').includes(escapeXml(words.title))

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'

const addSummary = (parts: WorkbookParts, sheets: readonly Sheet[], xml: string, words: MarkWords) => {
  const before = sheets.find((sheet) => isSummary(parts, sheet, words))
  if (before) {
    parts.set(before.part, xml)
    return
  }
  const part = parts.free('xl/worksheets/vsx', '.xml')
  addPart(parts, part, sheetType, xml)
  const id = relate(parts, workbookPart, 'worksheet', part)
  const text = parts.text(workbookPart)
  const list = only(text, 'workbook/sheets')
  const numbers = elementsAt(text, ['workbook/sheets/sheet']).map(({ attributes }) => Number(attributes['sheetId']))
  const taken = new Set(sheets.map(({ name }) => name.toLowerCase()))
  let name = words.sheet
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${words.sheet} ${number}`
  // Last of all, so that names and ranges that count sheets from the first stay true.
  const entry = `<${list.prefix}sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="${escapeXml(name)}" sheetId="${Math.max(0, ...numbers) + 1}" r:id="${id}"/>`
  parts.set(workbookPart, spliced(text, [appended(text, list, entry)]))
}

const markSheet = (
  parts: WorkbookParts,
  part: string,
  faults: readonly Fault[],
  styles: AddedStyles,
  words: MarkWords,
) => {
  const byCell = new Map<string, Fault[]>()
  for (const fault of faults) byCell.set(fault.at.cell ?? '', [...(byCell.get(fault.at.cell ?? '') ?? []), fault])
  const by = { author: words.author, begin: Object.values(words.severity) }
  const before = commentedBy(parts, part, by).filter((cell) => !byCell.has(cell))
  const wanted = new Map<string, Tint>([
    ...before.map((cell) => [cell, 'none'] as const),
    ...[...byCell].map(
      ([cell, all]) => [cell, tints[all.some(({ severity }) => severity === 'error') ? 'error' : 'warning']] as const,
    ),
  ])
  const text = parts.text(part)
  const seen = lookOver(text, wanted, styles)
  const comments = [...byCell].flatMap(([cell, all]) => {
    const at = parseCellName(cell)
    return at ? [{ ...at, text: all.map((fault) => commentText(fault, words)).join('\n\n') }] : []
  })
  const drawing = writeComments(parts, part, by, comments, seen.measures)
  const named = seen.namesDrawing
    ? []
    : [
        nameDrawing(
          seen.drawingAt,
          seen.prefix,
          relations(parts, part).find(({ target }) => target === drawing)?.id ?? '',
        ),
      ]
  parts.set(part, spliced(text, [...seen.splices, ...named]))
}

/** A comment begins with a word of ours, never with a sign that a spreadsheet could take for a formula. */
const commentText = ({ severity, title, rule, mend }: Fault, words: MarkWords) =>
  `${words.severity[severity]}: ${title}.\n${[rule, mend].filter((text) => text !== '').join('\n')}`

const nameDrawing = (at: number, prefix: string, id: string): Splice => ({
  from: at,
  to: at,
  text: `<${prefix}legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="${escapeXml(id)}"/>`,
})

/** What of a sheet stands after the drawing of its comments. */
const afterDrawing = new Set([
  'legacyDrawingHF',
  'drawingHF',
  'picture',
  'oleObjects',
  'controls',
  'webPublishItems',
  'tableParts',
  'extLst',
  'AlternateContent',
])

/** One pass over a sheet: the changes that colour its cells, and what boxes for comments must know. */
const lookOver = (text: string, wanted: ReadonlyMap<string, Tint>, styles: AddedStyles) => {
  const splices: Splice[] = []
  const left = rowsOf(wanted)
  const columns: { readonly from: number; readonly to: number; readonly style: number; readonly width: number }[] = []
  const heights = new Map<number, number>()
  let [row, column] = [0, -1]
  let cells: { readonly column: number; readonly start: number }[] = []
  let drawingAt: number | undefined
  let namesDrawing = false
  let root: XmlElement | undefined
  const styleOf = (at: number, rowElement?: XmlElement) =>
    rowElement?.attributes['customFormat'] === '1' || rowElement?.attributes['customFormat'] === 'true'
      ? Number(rowElement.attributes['s'] ?? 0)
      : (columns.find(({ from, to }) => at >= from && at <= to)?.style ?? 0)
  const blank = (prefix: string, at: number, number: number, tint: Tint, rowElement?: XmlElement) =>
    `<${prefix}c r="${cellName(at, number)}" s="${styles.tinted(styleOf(at, rowElement), tint)}"/>`
  const order = [...left.keys()].sort((one, other) => one - other)
  let next = 0
  const newRows = (below: number, prefix: string) => {
    const rows: string[] = []
    for (; (order[next] ?? below) < below; next += 1) {
      const number = order[next] ?? 0
      const blanks = inOrder(left.get(number)).map(([at, tint]) => blank(prefix, at, number, tint))
      if (left.delete(number)) rows.push(`<${prefix}row r="${number}">${blanks.join('')}</${prefix}row>`)
    }
    return rows.join('')
  }
  const openedAt = (element: XmlElement) => {
    const { attributes } = element
    if (element.path === 'worksheet') root = element
    else if (element.path === 'worksheet/cols/col') {
      columns.push({
        from: Number(attributes['min'] ?? 1) - 1,
        to: Number(attributes['max'] ?? 1) - 1,
        style: Number(attributes['style'] ?? 0),
        width: attributes['hidden'] === '1' ? 0 : Number(attributes['width'] ?? 9),
      })
    } else if (element.path === rowPath) {
      row = Number(attributes['r'] ?? row + 1)
      column = -1
      cells = []
      if (attributes['hidden'] === '1') heights.set(row, 0)
      else if (attributes['ht'] !== undefined) heights.set(row, Number(attributes['ht']) * 1.34)
      const rows = newRows(row, element.prefix)
      if (rows !== '') splices.push({ from: element.start, to: element.start, text: rows })
    } else if (element.path === cellPath) {
      column = parseCellName(attributes['r'] ?? '')?.column ?? column + 1
      cells.push({ column, start: element.start })
      const tint = left.get(row)?.get(column)
      if (tint === undefined) return
      left.get(row)?.delete(column)
      const style = String(styles.tinted(Number(attributes['s'] ?? 0), tint))
      splices.push({ from: element.start, to: element.inside, text: tagWith(text, element, { s: style }) })
    } else if (element.path === 'worksheet/legacyDrawing') namesDrawing = true
    else if (element.path === `worksheet/${element.name}` && afterDrawing.has(element.name)) drawingAt ??= element.start
  }
  const closedAt = (element: ClosedElement) => {
    if (element.path === rowPath) {
      splices.push(
        ...missingCells(text, element, cells, inOrder(left.get(row)), (at, tint) =>
          blank(element.prefix, at, row, tint, element),
        ),
      )
      left.delete(row)
    } else if (element.path === 'worksheet/sheetData') {
      const rows = newRows(Number.POSITIVE_INFINITY, element.prefix)
      if (rows !== '') splices.push(appended(text, element, rows))
    } else if (element.path === 'worksheet') drawingAt ??= element.insideEnd
  }
  walkXml(text, openedAt, closedAt)
  return {
    splices,
    namesDrawing,
    drawingAt: drawingAt ?? text.length,
    prefix: root?.prefix ?? '',
    measures: {
      widthOf: (at: number) => (columns.find(({ from, to }) => at >= from && at <= to)?.width ?? 9) * 7 + 5,
      heightOf: (at: number) => heights.get(at) ?? 20,
    },
  }
}

const rowPath = 'worksheet/sheetData/row'
const cellPath = 'worksheet/sheetData/row/c'

const rowsOf = (wanted: ReadonlyMap<string, Tint>): Map<number, Map<number, Tint>> => {
  const rows = new Map<number, Map<number, Tint>>()
  for (const [cell, tint] of wanted) {
    const at = parseCellName(cell)
    if (!at) continue
    const row = rows.get(at.row) ?? new Map<number, Tint>()
    rows.set(at.row, row.set(at.column, tint))
  }
  return rows
}

const inOrder = (row: ReadonlyMap<number, Tint> | undefined) => [...(row ?? [])].sort(([one], [other]) => one - other)

/** Cells to colour that the row does not hold: a blank one is put in its place among the others. */
const missingCells = (
  text: string,
  row: ClosedElement,
  cells: readonly { readonly column: number; readonly start: number }[],
  missing: readonly (readonly [number, Tint])[],
  blank: (column: number, tint: Tint) => string,
): readonly Splice[] => {
  if (missing.length === 0) return []
  if (row.empty) return [appended(text, row, missing.map(([column, tint]) => blank(column, tint)).join(''))]
  const [from, to] = (row.attributes['spans'] ?? '').split(':').map(Number)
  const columns = missing.map(([column]) => column + 1)
  const wider =
    from && to
      ? { from: row.start, to: row.inside, text: tagWith(text, row, { spans: spanOf([from, to, ...columns]) }) }
      : undefined
  return [
    ...(wider ? [wider] : []),
    ...missing.map(([column, tint]): Splice => {
      const at = cells.find((cell) => cell.column > column)?.start ?? row.insideEnd
      return { from: at, to: at, text: blank(column, tint) }
    }),
  ]
}

const spanOf = (columns: readonly number[]) => `${Math.min(...columns)}:${Math.max(...columns)}`
