import { expect, test } from 'vitest'
import { read } from 'xlsx'
import { withoutBlankCells } from '../../connectors/format/sheet-cells.ts'
import { storeZip } from '../../connectors/format/zip.ts'
import { seededRandom } from '../make.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (some: Uint8Array) => new TextDecoder().decode(some)

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const parts = {
  '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relation}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

/** What the workbook parser makes of a sheet's data. */
const parsed = (data: string) => {
  const sheet = `<worksheet xmlns="${main}">${data}</worksheet>`
  const zip = new Map(
    [...Object.entries(parts), ['xl/worksheets/sheet1.xml', sheet]].map(([n, p]) => [n ?? '', bytes(p ?? '')]),
  )
  return read(storeZip(zip), { type: 'array', dense: true, cellFormula: false, cellText: false }).Sheets['One']?.[
    '!data'
  ]
}

const most = { rows: 1000, cells: 100_000 }

test('a blank cell goes, whatever holds or could hold something stays', () => {
  const left = (data: string) => text(withoutBlankCells(bytes(data), '', most).cells)
  expect(left('<row r="1"><c r="A1" s="3"/><c r="B1"/><c r="C1" s="1"><v>7</v></c><c r="D1" s="2"/></row>')).toBe(
    '<row r="1"><c r="C1" s="1"><v>7</v></c></row>',
  )
  for (const kept of [
    '<c r="A1" s="3" t="b"/>',
    '<c t="str" r="A1"/>',
    '<c s="3" r="A1"/>',
    '<c r="A1" s="3"></c>',
    '<c r="A1" s="3"><f>B1</f></c>',
    '<c s="3"/>',
    '<c r="1" s="3"/>',
    '<c r="A" s="3"/>',
    '<c r="A1" s="x"/>',
    '<c r="A1" s="3"/',
    '<c r="A1" s="3"/><c s="4"><v>7</v></c>',
    '<c r="A1" s="3"/> <c><v>7</v></c>',
    '<c r="A1" s="3"/><!-- a remark -->',
    '<c r="A1" s="3"/><cell/>',
  ])
    expect(left(`<row>${kept}</row>`)).toBe(`<row>${kept}</row>`)
})

test('rows and cells are counted before any is left out, under any prefix', () => {
  const data = '<row r="1"><c r="A1" s="3"/><c r="B1"><v>1</v></c></row><row/><row\n><c/></row><rows/><cells/><colour/>'
  expect(withoutBlankCells(bytes(data), '', most)).toMatchObject({ rowCount: 3, cellCount: 3 })
  const prefixed = data.replace(/<(\/?)/g, '<$1x:')
  const counted = withoutBlankCells(bytes(prefixed), 'x:', most)
  expect(counted).toMatchObject({ rowCount: 3, cellCount: 3 })
  expect(text(counted.cells)).toBe(prefixed)
})

test('counting stops one beyond what is wanted', () => {
  const data = bytes('<row><c/><c/></row>'.repeat(50))
  expect(withoutBlankCells(data, '', { rows: 10, cells: 1000 }).rowCount).toBe(11)
  expect(withoutBlankCells(data, '', { rows: 1000, cells: 10 }).cellCount).toBe(11)
})

test('what was given is not changed in place', () => {
  const data = bytes('<row r="1"><c r="A1"/><c r="B1"><v>1</v></c></row>')
  const before = text(data)
  withoutBlankCells(data, '', most)
  expect(text(data)).toBe(before)
})

test('the parser makes the same of a sheet with and without its blank cells', () => {
  const random = seededRandom(11)
  for (let round = 0; round < 400; round += 1) {
    const rows = Array.from({ length: 1 + random.number(4) }, (_, row) => {
      const cells = Array.from({ length: random.number(9) }, (_, column) => {
        const name = `${String.fromCharCode(65 + column)}${row + 1}`
        const at = random.pick([
          ` r="${name}"`,
          ` r="${name}"`,
          ` r="${name}" s="0"`,
          ` r="${name}" s="0"`,
          '',
          ' s="0"',
        ])
        return random.pick([
          `<c${at}/>`,
          `<c${at}/>`,
          `<c${at}></c>`,
          `<c${at} t="b"/>`,
          `<c${at}><v>${column}</v></c>`,
          `<c${at} t="str"><v>a&lt;c r="Z9"/&gt;</v></c>`,
          `<c${at} t="inlineStr"><is><t>text</t></is></c>`,
          `<c${at}><f>1+1</f><v>2</v></c>\n`,
        ])
      })
      return `<row${random.pick([` r="${row + 1}"`, ` r="${row + 1}"`, ''])}>${cells.join('')}</row>`
    })
    const data = `<sheetData>${rows.join('')}</sheetData>`
    expect(parsed(text(withoutBlankCells(bytes(data), '', most).cells)), data).toEqual(parsed(data))
  }
})
