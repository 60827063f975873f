import type { Fault } from '../../src/domain/finding.ts'
import type { MarkWords } from './mark-words.ts'
import type { AddedStyles } from './workbook-styles.ts'
import { escapeXml } from './xml-walk.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const widths = [14, 12, 34, 52, 60] as const
const [plum, ink, blue] = ['55264F', '1F1A1F', '1C4F8C']

/** The row of the heads, counted from 1. */
const headRow = 4

/** The sheet that lists what is to mend: the cell as a link to it, what stands there, the rule and how to mend it. */
export const summarySheet = (faults: readonly Fault[], more: number, words: MarkWords, styles: AddedStyles): string => {
  const title = styles.own({ font: { size: 16, rgb: plum, bold: true } })
  const text = styles.own({ font: { size: 11, rgb: ink } })
  const head = styles.own({ font: { size: 11, rgb: 'FFFFFF', bold: true }, fill: plum })
  const link = styles.own({ font: { size: 11, rgb: blue, underline: true } })
  const lines: readonly Line[] = faults.map((fault, index) => ({
    row: headRow + 1 + index,
    place: placeOf(fault, words),
    target: targetOf(fault),
    texts: [words.severity[fault.severity], headed(fault), fault.rule, fault.mend],
  }))
  const rows = [
    rowXml(1, 26, [cellXml('A1', title, words.title)]),
    rowXml(2, 34, [cellXml('A2', text, words.lead)]),
    rowXml(
      headRow,
      20,
      words.heads.map((word, index) => cellXml(`${letters[index]}${headRow}`, head, word)),
    ),
    ...lines.map(({ row, place, target, texts }) =>
      rowXml(row, heightOf(texts), [
        cellXml(`A${row}`, target === undefined ? text : link, place),
        ...texts.map((word, index) => cellXml(`${letters[index + 1]}${row}`, text, word)),
      ]),
    ),
    ...(more > 0
      ? [rowXml(headRow + 1 + lines.length, 20, [cellXml(`A${headRow + 1 + lines.length}`, text, words.more(more))])]
      : []),
  ]
  const links = lines.flatMap(({ row, place, target }) =>
    target === undefined
      ? []
      : [`<hyperlink ref="A${row}" location="${escapeXml(target)}" display="${escapeXml(place)}"/>`],
  )
  return [
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${main}">`,
    '<sheetPr><tabColor rgb="FFA1221D"/></sheetPr>',
    `<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="${headRow}" topLeftCell="A${headRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<cols>${widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`,
    `<sheetData>${rows.join('')}</sheetData>`,
    `<mergeCells count="2"><mergeCell ref="A1:E1"/><mergeCell ref="A2:E2"/></mergeCells>`,
    links.length > 0 ? `<hyperlinks>${links.join('')}</hyperlinks>` : '',
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/><pageSetup paperSize="9" orientation="landscape"/>',
    '</worksheet>',
  ].join('')
}

type Line = {
  readonly row: number
  readonly place: string
  readonly target: string | undefined
  readonly texts: readonly string[]
}

const letters = ['A', 'B', 'C', 'D', 'E'] as const

const headed = ({ what, title }: Fault) =>
  what === '' ? title : `${what}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`

const placeOf = ({ at }: Fault, words: MarkWords): string => at.cell ?? at.sheet ?? words.wholeFile

const targetOf = ({ at }: Fault): string | undefined =>
  at.cell === undefined || at.sheet === undefined ? undefined : `'${at.sheet.replaceAll("'", "''")}'!${at.cell}`

/** A text cell: it is text whatever it begins with, and does not begin like a formula where it is saved as CSV. */
const cellXml = (cell: string, style: number, text: string) =>
  `<c r="${cell}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)}</t></is></c>`

const rowXml = (row: number, height: number, cells: readonly string[]) =>
  `<row r="${row}" ht="${height}" customHeight="1">${cells.join('')}</row>`

const heightOf = (texts: readonly string[]) => {
  const lines = texts.map((text, index) => Math.ceil((text.length * 1.1) / (widths[index + 1] ?? 20)))
  return Math.max(...lines, 1) * 15 + 4
}
