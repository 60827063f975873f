import { type Cell, cellName, type SheetRow } from './cell.ts'
import { storeZip } from './zip.ts'

/** Text as XML; control characters have no place in it. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const cellXml = (cell: Cell, at: string): string =>
  cell.kind === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(cell.text)
    ? `<c r="${at}"><v>${cell.text}</v></c>`
    : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.text)}</t></is></c>`

const rowXml = ({ number, cells }: SheetRow): string => {
  const inside = Array.from(cells, (cell, index) => (cell ? cellXml(cell, cellName(index, number)) : '')).join('')
  return `<row r="${number}">${inside}</row>`
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const [main, office] = [
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
]
const packageNames = 'http://schemas.openxmlformats.org/package/2006'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Writes a workbook of one sheet with cells at their places and nothing else: no styles, no properties. */
export const writePlainWorkbook = (name: string, rows: readonly SheetRow[]): Uint8Array => {
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `<Types xmlns="${packageNames}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packageNames}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageNames}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows.map(rowXml).join('')}</sheetData></worksheet>`,
  }
  const encoder = new TextEncoder()
  return storeZip(new Map(Object.entries(parts).map(([path, xml]) => [path, encoder.encode(`${head}${xml}`)])))
}
