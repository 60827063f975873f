import { deflateSync, strToU8, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { utils, write } from 'xlsx'
import { joined } from '../../connectors/format/bytes.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { makeReturnSheet } from '../make.ts'

/** A file that is not to be read, the reason in one code, and who is to say so. */
export type HostileFile = {
  readonly name: string
  readonly code: string
  readonly make: () => Promise<Uint8Array> | Uint8Array
  readonly line?: number
}

type RawEntry = {
  readonly name: string
  readonly content: Uint8Array
  readonly declared?: number
  readonly crc?: number
  readonly flags?: number
  readonly method?: number
  readonly offset?: number
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaging = 'http://schemas.openxmlformats.org/package/2006'

/** The parts of a workbook of one sheet, from the XML of its cells: what a program can send that no person would. */
export const workbookParts = (
  cells: string,
  more: { readonly after?: string; readonly strings?: string; readonly before?: string; readonly state?: string } = {},
): Record<string, Uint8Array> => ({
  '[Content_Types].xml': strToU8(
    `${declaration}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  ),
  '_rels/.rels': strToU8(
    `${declaration}<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ),
  'xl/workbook.xml': strToU8(
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}">${more.before ?? ''}<sheets><sheet name="Return" sheetId="1" state="${more.state ?? 'visible'}" r:id="rId1"/></sheets></workbook>`,
  ),
  'xl/_rels/workbook.xml.rels': strToU8(
    `${declaration}<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  ),
  'xl/styles.xml': strToU8(
    `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/><numFmt numFmtId="166" formatCode="0.0%"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="166" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  ),
  'xl/sharedStrings.xml': strToU8(`${declaration}${more.strings ?? `<sst xmlns="${main}"/>`}`),
  'xl/worksheets/sheet1.xml': strToU8(
    `${declaration}<worksheet xmlns="${main}"><dimension ref="A1:XFD1048576"/><sheetData>${cells}</sheetData>${more.after ?? ''}</worksheet>`,
  ),
})

/** A workbook of one sheet from the XML of its cells. */
export const rawWorkbook = (cells: string, more: Parameters<typeof workbookParts>[1] = {}): Uint8Array =>
  zipSync(workbookParts(cells, more))

/** A text cell as XML. */
export const textCell = (name: string, text: string): string =>
  `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`

const crcOf = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** A zip archive written by hand, whose directory may say what is not so. */
export const rawZip = (entries: readonly RawEntry[]): Uint8Array => {
  const pieces: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const entry of entries) {
    const name = strToU8(entry.name)
    const packed = entry.method === 0 ? entry.content : deflateSync(entry.content, { level: 9 })
    const head = new DataView(new ArrayBuffer(46))
    head.setUint32(0, 0x02014b50, true)
    head.setUint16(8, entry.flags ?? 0, true)
    head.setUint16(10, entry.method ?? 8, true)
    head.setUint32(16, entry.crc ?? crcOf(entry.content), true)
    head.setUint32(20, packed.length, true)
    head.setUint32(24, entry.declared ?? entry.content.length, true)
    head.setUint16(28, name.length, true)
    head.setUint32(42, entry.offset ?? at, true)
    directory.push(new Uint8Array(head.buffer), name)
    const local = new DataView(new ArrayBuffer(30))
    local.setUint32(0, 0x04034b50, true)
    local.setUint16(26, name.length, true)
    pieces.push(new Uint8Array(local.buffer), name, packed)
    at += 30 + name.length + packed.length
  }
  const directorySize = directory.reduce((sum, piece) => sum + piece.length, 0)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, entries.length, true)
  end.setUint16(10, entries.length, true)
  end.setUint32(12, directorySize, true)
  end.setUint32(16, at, true)
  return joined([...pieces, ...directory, new Uint8Array(end.buffer)])
}

const partsWith = (name: string, change: Partial<RawEntry> = {}): readonly RawEntry[] => [
  ...Object.entries(workbookParts('')).map(([part, content]) => ({ name: part, content })),
  { name, content: strToU8('x'), ...change },
]

const sheet = makeReturnSheet({ seed: 7, pupils: 3 })
const workbook = () => writeReturnWorkbook(sheet)
const csvText = () => new TextDecoder().decode(writeReturnCsv(sheet))
const asCsv = (text: string) => new TextEncoder().encode(text)
const megabyte = 1_048_576
const rowsOf = (count: number, row: (number: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index + 1)).join('')
const officeBook = (bookType: 'xls' | 'xlsb') => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['row_reference', 'upn', 'status']]), 'Return')
  return new Uint8Array(write(book, { type: 'array', bookType }))
}
const manyDefinitions = Array.from(
  { length: 12 },
  (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`,
)
const entityBomb = `<!DOCTYPE sst [<!ENTITY e0 "lol">${manyDefinitions.join('')}]><sst xmlns="${main}"><si><t>&e12;</t></si></sst>`

/** Files that are damaged, mistaken or made to do harm. */
export const hostileFiles: readonly HostileFile[] = [
  { name: 'nothing', code: 'FILE_EMPTY', make: () => new Uint8Array() },
  { name: 'blank lines only', code: 'FILE_EMPTY', make: () => asCsv(' \r\n\r\n\t\n') },
  { name: 'workbook cut in half', code: 'FILE_TRUNCATED', make: async () => half(await workbook()) },
  {
    name: 'workbook without its last bytes',
    code: 'FILE_TRUNCATED',
    make: async () => (await workbook()).slice(0, -30),
  },
  {
    name: 'document renamed .xlsx',
    code: 'FILE_NOT_A_WORKBOOK',
    make: () => zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<w:document/>') }),
  },
  {
    name: 'slides renamed .xlsx',
    code: 'FILE_NOT_A_WORKBOOK',
    make: () => zipSync({ 'ppt/presentation.xml': strToU8('<p/>') }),
  },
  {
    name: 'open document sheet',
    code: 'FILE_NOT_A_WORKBOOK',
    make: () => zipSync({ mimetype: strToU8('application/x'), 'content.xml': strToU8('<x/>') }),
  },
  {
    name: 'workbook inside an archive',
    code: 'FILE_NOT_A_WORKBOOK',
    make: async () => zipSync({ 'return.xlsx': await workbook() }),
  },
  {
    name: 'encrypted by Excel',
    code: 'FILE_ENCRYPTED',
    make: () =>
      writeXlsx({
        sheets: [{ name: 'Return', rows: [['row_reference']] }],
        encryption: { password: 'secret', spinCount: 1000 },
      }),
  },
  {
    name: 'encrypted archive',
    code: 'FILE_ENCRYPTED',
    make: () => rawZip(partsWith('xl/theme/theme1.xml', { flags: 1 })),
  },
  { name: 'old .xls', code: 'FILE_OLD_EXCEL', make: () => officeBook('xls') },
  { name: 'binary .xlsb', code: 'FILE_OLD_EXCEL', make: () => officeBook('xlsb') },
  { name: 'macros', code: 'FILE_HAS_MACROS', make: () => rawZip(partsWith('xl/vbaProject.bin')) },
  {
    name: '300 MB when unpacked',
    code: 'FILE_TOO_LARGE_UNPACKED',
    make: () => rawZip(partsWith('xl/worksheets/sheet2.xml', { content: new Uint8Array(300 * megabyte), crc: 1 })),
  },
  {
    name: '100 MB that the directory calls 1,000 bytes',
    code: 'FILE_DAMAGED',
    make: () =>
      rawZip(
        partsWith('xl/worksheets/sheet2.xml', { content: new Uint8Array(100 * megabyte), declared: 1000, crc: 1 }),
      ),
  },
  {
    name: 'ten thousand parts',
    code: 'FILE_TOO_LARGE_UNPACKED',
    make: () =>
      rawZip(Array.from({ length: 10_000 }, (_, index) => ({ name: `xl/${index}.xml`, content: strToU8('x') }))),
  },
  {
    name: 'parts that overlap',
    code: 'FILE_DAMAGED',
    make: () => rawZip(partsWith('xl/worksheets/sheet2.xml', { offset: 10 })),
  },
  {
    name: 'zip64 sizes',
    code: 'FILE_DAMAGED',
    make: () => rawZip(partsWith('xl/worksheets/sheet2.xml', { declared: 0xffffffff })),
  },
  {
    name: 'checksum that does not hold',
    code: 'FILE_DAMAGED',
    make: () => rawZip(partsWith('xl/worksheets/sheet2.xml', { crc: 42 })),
  },
  {
    name: 'unknown packing',
    code: 'FILE_DAMAGED',
    make: () => rawZip(partsWith('xl/worksheets/sheet2.xml', { method: 14 })),
  },
  { name: 'part above its folder', code: 'FILE_DAMAGED', make: () => rawZip(partsWith('xl/../../etc/x.xml')) },
  { name: 'part at the root', code: 'FILE_DAMAGED', make: () => rawZip(partsWith('/etc/x.xml')) },
  { name: 'part with a NUL in its name', code: 'FILE_DAMAGED', make: () => rawZip(partsWith('xl/a\u0000.xml')) },
  { name: 'part with 300 letters', code: 'FILE_DAMAGED', make: () => rawZip(partsWith('x'.repeat(300))) },
  { name: 'the same part twice', code: 'FILE_DAMAGED', make: () => rawZip(partsWith('xl/workbook.xml')) },
  {
    name: '1,048,576 rows',
    code: 'FILE_TOO_MANY_ROWS',
    make: () => rawWorkbook(rowsOf(1_048_576, (number) => `<row r="${number}"/>`)),
  },
  {
    name: 'last cell of the last row',
    code: 'FILE_TOO_MANY_ROWS',
    make: () => rawWorkbook(`<row r="1048576">${textCell('XFD1048576', 'x')}</row>`),
  },
  {
    name: '400 columns',
    code: 'FILE_TOO_MANY_COLUMNS',
    make: () => rawWorkbook(`<row r="1">${textCell('A1', 'x')}${textCell('OJ1', 'x')}</row>`),
  },
  {
    name: '1,300,000 cells',
    code: 'FILE_TOO_MANY_CELLS',
    make: () => rawWorkbook(rowsOf(5000, (number) => `<row r="${number}">${'<c r="A1"/>'.repeat(260)}</row>`)),
  },
  {
    name: 'links, merges and rules over every cell',
    code: 'SHEET_EMPTY',
    make: () =>
      rawWorkbook('', {
        after: `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(50)}</mergeCells><hyperlinks>${'<hyperlink ref="A1:XFD1048576" display="x"/>'.repeat(50)}</hyperlinks>`,
      }),
  },
  {
    name: 'text that is not in the list of texts',
    code: 'FILE_DAMAGED',
    make: () => rawWorkbook('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
  },
  {
    name: 'entities that multiply',
    code: 'TEMPLATE_UNKNOWN',
    make: () => rawWorkbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', { strings: entityBomb }),
  },
  {
    name: 'cells that never close',
    code: 'FILE_TOO_MANY_CELLS',
    make: () => rawWorkbook(`<row r="1">${'<c r="A1"'.repeat(1_300_000)}`),
  },
  {
    name: 'web page renamed .xls',
    code: 'FILE_NOT_RECOGNISED',
    make: () => asCsv('<html><table><tr><td>1</td></tr></table>'),
  },
  { name: 'PDF', code: 'FILE_NOT_RECOGNISED', make: () => asCsv('%PDF-1.7\n1 0 obj') },
  {
    name: 'picture',
    code: 'FILE_NOT_RECOGNISED',
    make: () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
  },
  {
    name: 'XML with outside entities',
    code: 'FILE_NOT_RECOGNISED',
    make: () => asCsv('<!DOCTYPE x SYSTEM "file:///x"><x/>'),
  },
  { name: 'packed once', code: 'FILE_NOT_RECOGNISED', make: () => Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]) },
  {
    name: 'bytes that are no text',
    code: 'FILE_NOT_RECOGNISED',
    make: () => Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251),
  },
  {
    name: 'quotation mark left open',
    code: 'CSV_QUOTE_NOT_CLOSED',
    line: 3,
    make: () => {
      const [head, first] = csvText().split('\r\n')
      return asCsv(`${head}\n${first?.replaceAll('"', '')}\n"abc,1\n2,3\n4,5\n`)
    },
  },
  {
    name: 'CSV of six million lines',
    code: 'FILE_TOO_MANY_ROWS',
    make: () => asCsv(`row_reference,status\n${'a,b\n'.repeat(4_900_000)}`),
  },
  {
    name: 'CSV of 30 MB',
    code: 'FILE_TOO_LARGE',
    make: () => asCsv(`row_reference,status\n${'x'.repeat(30_000_000)}`),
  },
  {
    name: 'CSV with one endless cell',
    code: 'CSV_QUOTE_NOT_CLOSED',
    make: () => asCsv(`row_reference,status\n"${'x'.repeat(5_000_000)}`),
  },
  {
    name: 'CSV of 400 columns',
    code: 'FILE_TOO_MANY_COLUMNS',
    make: () => asCsv(`row_reference,status${',x'.repeat(400)}\n1,2\n`),
  },
  { name: 'CSV of something else', code: 'TEMPLATE_UNKNOWN', make: () => asCsv('date,amount\n2026-01-01,5\n') },
  {
    name: 'heads named after what every object has',
    code: 'TEMPLATE_UNKNOWN',
    make: () => asCsv('__proto__,constructor,toString\n1,2,3\n'),
  },
  { name: 'our CSV without a pupil', code: 'SHEET_EMPTY', make: () => asCsv(`${csvText().split('\r\n')[0]}\r\n`) },
  {
    name: 'somebody’s own workbook',
    code: 'TEMPLATE_UNKNOWN',
    make: () => rawWorkbook(`<row r="1">${textCell('A1', 'Name')}</row>`),
  },
  { name: 'workbook with nothing in it', code: 'SHEET_EMPTY', make: () => rawWorkbook('') },
  {
    name: 'our workbook without a pupil',
    code: 'SHEET_EMPTY',
    make: () => rawWorkbook(`<row r="1">${textCell('A1', 'row_reference')}${textCell('B1', 'status')}</row>`),
  },
  {
    name: 'our columns on a hidden sheet',
    code: 'TEMPLATE_UNKNOWN',
    make: () =>
      rawWorkbook(
        `<row r="1">${textCell('A1', 'row_reference')}${textCell('B1', 'status')}</row><row r="2">${textCell('A2', 'x')}</row>`,
        { state: 'hidden' },
      ),
  },
  {
    name: 'a template newer than we know',
    code: 'TEMPLATE_UNKNOWN',
    make: () =>
      writeXlsx({
        sheets: [
          {
            name: 'Return',
            rows: [
              ['row_reference', 'status'],
              ['abc', 'M'],
            ],
          },
          {
            name: 'About',
            rows: [
              ['template', 'vsx-termly-return'],
              ['version', '99'],
            ],
            veryHidden: true,
          },
        ],
      }),
  },
  {
    name: 'a column twice',
    code: 'COLUMN_TWICE',
    make: () => asCsv('row_reference,status,upn,status\nabc,M,,S\n'),
  },
]

const half = (bytes: Uint8Array) => bytes.slice(0, Math.floor(bytes.length / 2))
