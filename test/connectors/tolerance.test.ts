import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'
import { recogniseConnector } from '../../connectors/registry.ts'
import { everyColumn } from '../../connectors/termly-return/layout.ts'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { fillWorkbook, makeReturnSheet, makeUpn, seededRandom, withWrongCheckLetter } from '../make.ts'
import { rawWorkbook, textCell } from './hostile-files.ts'

const parse = (bytes: Uint8Array) => {
  const parsed = termlyReturn.parse({ name: 'x', bytes })
  if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
  return parsed
}
const csv = (...lines: readonly string[]) => new TextEncoder().encode(lines.join('\r\n'))
const upn = makeUpn(seededRandom(1))
const headOf = (code: string) => everyColumn.find((column) => column.code === code)?.head ?? ''
const rowXml = (number: number, cells: readonly string[]) =>
  `<row r="${number}">${cells.map((text, index) => textCell(`${'ABCDEFGH'[index]}${number}`, text)).join('')}</row>`

describe('a return as people send it', () => {
  it('is read with columns in any order, some missing, and blank rows between', () => {
    const { rows, findings } = parse(csv('status,upn', `M,${upn}`, '', ',', `S,${upn}`))
    expect(findings).toEqual([])
    expect(rows.map(({ number, at }) => [number, at])).toEqual([
      [2, { line: 2 }],
      [5, { line: 5 }],
    ])
    expect(rows.map(({ answers }) => answers[0]?.value)).toEqual(['M', 'S'])
    expect(rows[0]?.answers[0]?.at).toEqual({ line: 2, column: 'status' })
  })

  it('is read by its heads where the codes row was taken out', () => {
    const head = rowXml(1, [headOf('upn'), headOf('status').toUpperCase(), headOf('left_on')])
    const rules = rowXml(2, ['Locked; the council holds it', 'How things stood on the as-at date of the round.'])
    const { rows } = parse(rawWorkbook(head + rules + rowXml(3, [upn, 'm', '14 July 2025'])))
    expect(rows.at(-1)?.answers).toEqual([
      { item: 'status', raw: 'm', state: 'given', value: 'M', at: { sheet: 'Return', cell: 'B3', column: 'status' } },
      {
        item: 'left_on',
        raw: '14 July 2025',
        state: 'given',
        value: '2025-07-14',
        at: { sheet: 'Return', cell: 'C3', column: 'left_on' },
      },
    ])
    expect(rows.length).toBe(1)
  })

  it('takes semicolons, tabs, windows-1252 and UTF-16', () => {
    const text = `upn;status;left_destination\r\n${upn};M;Zoë’s school\r\n`
    const windows = Uint8Array.from([...text], (letter) => (letter === '’' ? 0x92 : letter.charCodeAt(0)))
    expect(parse(windows).rows[0]?.answers.at(-1)?.value).toBe('Zoë’s school')
    const tabs = text.replaceAll(';', '\t')
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...tabs].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
    ])
    expect(parse(utf16).rows[0]?.answers.at(-1)?.value).toBe('Zoë’s school')
  })

  it('takes days as days, text or numbers, in both date systems', () => {
    const head = rowXml(1, ['upn', 'left_on', 'entry_date', 'part_time_start'])
    const cells = `<row r="2">${textCell('A2', upn)}<c r="B2" s="1"><v>46217</v></c><c r="C2"><v>46217</v></c>${textCell('D2', ' 14\u00a0July 2026')}</row>`
    const values = (bytes: Uint8Array) => parse(bytes).rows[0]?.answers.map(({ value }) => value)
    expect(values(rawWorkbook(head + cells))).toEqual(['2026-07-14', '2026-07-14', '2026-07-14'])
    const from1904 = cells.replaceAll('46217', String(46217 - 1462))
    expect(values(rawWorkbook(head + from1904, { before: '<workbookPr date1904="1"/>' }))).toEqual([
      '2026-07-14',
      '2026-07-14',
      '2026-07-14',
    ])
  })

  it('says nothing where cells are blank, and keeps a row that has no answers', () => {
    const sheet = makeReturnSheet({ seed: 2, pupils: 3, known: 0 })
    const { rows } = parse(writeReturnCsv(sheet))
    expect(rows.length).toBe(3)
    expect(rows.every(({ answers, findings }) => answers.length === 0 && findings.length === 0)).toBe(true)
    expect(rows[0]?.council?.raw).toBe(`${sheet.rows[0]?.council.name} (${sheet.rows[0]?.council.code})`)
  })

  it('names a column it does not know by its head, never by what is in it', () => {
    const { findings, rows } = parse(
      csv('upn,status,Notes', `${upn},M,Lowri was away`, `${makeUpn(seededRandom(2))},M,`),
    )
    expect(findings).toEqual([
      {
        code: 'COLUMN_NOT_KNOWN',
        severity: 'warning',
        at: { line: 1, column: 'Notes' },
        parameters: { column: 'Notes' },
      },
    ])
    expect(rows.length).toBe(2)
  })

  it('finds each cell to mend, all at once, and keeps what was sent in the answer alone', () => {
    const { rows } = parse(
      csv(
        'row_reference,upn,status,left_on,hours_offered,sessions_possible,full_time',
        `abc,${withWrongCheckLetter(upn)},Lowri Ashdown,31/02/2026,lots,9999,tbc`,
        `abc,${upn.slice(0, -2)},M,not known,25.5,to follow,n/a`,
      ),
    )
    expect(rows[0]?.findings.map(({ code, severity, at }) => [code, severity, at.column])).toEqual([
      ['UPN_CHECK_LETTER', 'warning', 'upn'],
      ['CHOICE_NOT_LISTED', 'error', 'status'],
      ['NOT_A_DATE', 'error', 'left_on'],
      ['NOT_A_NUMBER', 'error', 'hours_offered'],
      ['OUT_OF_RANGE', 'error', 'sessions_possible'],
      ['CHOICE_NOT_LISTED', 'error', 'full_time'],
    ])
    expect(rows[0]?.answers[0]).toMatchObject({ raw: 'Lowri Ashdown', state: 'unread', value: null })
    expect(JSON.stringify(rows.map(({ findings }) => findings))).not.toMatch(/Lowri|9999|31\/02|9{3}\d{9}/)
    expect(rows[1]?.findings.map(({ code }) => code)).toEqual(['ROW_TWICE', 'UPN_SHAPE'])
    expect(rows[1]?.answers.map(({ state }) => state)).toEqual([
      'given',
      'not_known',
      'given',
      'to_follow',
      'not_applicable',
    ])
  })

  it('does not take a fault, a formula without its answer, a share or a stray day for an answer', () => {
    const head = rowXml(1, ['upn', 'status', 'hours_offered', 'left_destination', 'left_on', 'sessions_possible'])
    const cells = `<row r="2">${textCell('A2', upn)}<c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>1+1</f></c><c r="D2" s="1"><v>46217</v></c><c r="E2" t="str"><f>""</f><v></v></c><c r="F2" s="2"><v>0.85</v></c></row>`
    const { rows } = parse(rawWorkbook(head + cells))
    expect(rows[0]?.findings.map(({ code, at }) => [code, at.cell])).toEqual([
      ['CELL_FAULT', 'B2'],
      ['FORMULA_NOT_SAVED', 'C2'],
      ['CELL_BECAME_A_DAY', 'D2'],
      ['NOT_A_NUMBER', 'F2'],
    ])
    expect(rows[0]?.answers.map(({ item }) => item)).not.toContain('left_on')
    expect(rows[0]?.answers.at(-1)?.raw).toBe('85%')
  })

  it('leaves out sheets of the school’s own, and says so', async () => {
    const book = utils.book_new()
    const sheet = utils.aoa_to_sheet([
      ['row_reference', 'status'],
      ['abc', 'M'],
    ])
    utils.book_append_sheet(book, sheet, 'Summer')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Notes']]), 'Ours')
    const parsed = parse(new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' })))
    expect(parsed.findings).toMatchObject([{ code: 'SHEET_NOT_READ', at: { sheet: 'Ours' } }])
    utils.book_append_sheet(book, sheet, 'Copy')
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }))
    expect(termlyReturn.parse({ name: 'x', bytes })).toMatchObject({ finding: { code: 'SHEET_TWICE' } })
  })

  it('finds three wrong cells and one wrong UPN at their cells', async () => {
    const sheet = makeReturnSheet({ seed: 21, pupils: 5, known: 0.2, yearGroups: ['4', '8'] })
    const [one, two] = sheet.rows
    if (!one || !two) throw new Error('two rows were asked for')
    const filled = fillWorkbook(await writeReturnWorkbook(sheet), [
      { rowReference: one.reference, item: 'status', value: 'at home' },
      { rowReference: one.reference, item: 'hours_offered', value: 1000 },
      { rowReference: two.reference, item: 'full_time', value: 'perhaps' },
      { rowReference: two.reference, item: 'upn', value: withWrongCheckLetter(two.upn) },
    ])
    expect(recogniseConnector({ name: 'x', bytes: filled })).toEqual({ outcome: 'recognised', name: 'termly-return' })
    const findings = parse(filled).rows.flatMap((row) => row.findings)
    expect(findings.map(({ code, at }) => [code, at.column, at.cell?.replace(/[A-Z]+/, '')])).toEqual([
      ['CHOICE_NOT_LISTED', 'status', '8'],
      ['OUT_OF_RANGE', 'hours_offered', '8'],
      ['UPN_CHECK_LETTER', 'upn', '9'],
      ['CHOICE_NOT_LISTED', 'full_time', '9'],
    ])
  })
})
