import { strFromU8, unzipSync } from 'fflate'
import { openXlsx, type Sheet } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { read } from 'xlsx'
import { parseCellName } from '../../connectors/format/cell.ts'
import { markFaults, mostMarked } from '../../connectors/format/mark-faults.ts'
import { markReturn } from '../../connectors/termly-return/mark.ts'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import type { Fault } from '../../src/domain/finding.ts'
import { markWords } from '../../templates/words/en/marked.ts'
import { makeReturnSheet } from '../make.ts'
import { foreignWorkbooks, packed } from './foreign-workbooks.ts'

const faultAt = (sheet: string, cell: string, more: Partial<Fault> = {}): Fault => ({
  severity: 'error',
  at: { sheet, cell },
  what: 'Hours a week',
  title: 'Not a number',
  rule: 'A number from 0 to 60 goes here & “not known” < too.',
  mend: 'Type the hours as digits.',
  ...more,
})

const marked = (bytes: Uint8Array, faults: readonly Fault[]): Uint8Array => {
  const file = markFaults(bytes, faults, markWords)
  if ('outcome' in file) throw new Error(file.finding.code)
  return file
}

const partsOf = (bytes: Uint8Array) =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))

/** A sheet's XML without what marking may change of it: the style of its coloured cells, and the name of the drawing. */
const withoutMarks = (xml: string, cells: readonly string[]): string =>
  cells
    .reduce((text, cell) => {
      const blank = new RegExp(`<(\\w+:)?c r="${cell}" s="\\d+"/>`)
      return text
        .replace(blank, '')
        .replace(new RegExp(`(<[^<>]*\\sr=["']${cell}["'][^<>]*>)`), (tag) => tag.replace(/\ss="\d+"/, ''))
    }, xml)
    .replace(/<(\w+:)?legacyDrawing xmlns:r[^<>]*>/, '')
    .replace(/<(\w+:)?row r="\d+"><\/\1?row>/g, '')
    .replace(/(<row[^<>]*)><\/row>/g, '$1/>')
    .replace(/ spans="[12]:7"/g, '')
    // Cells that have no address are known by their order alone: here every one in the second row is marked.
    .replace(/<x:c s="\d+">/g, '<x:c>')

const formatsOf = (styles: string) =>
  [
    ...(/<(?:x:)?cellXfs[^>]*>([\s\S]*)<\/(?:x:)?cellXfs>/.exec(styles)?.[1] ?? '').matchAll(
      /<(?:x:)?xf[^>]*?(?:\/>|>[\s\S]*?<\/(?:x:)?xf>)/g,
    ),
  ].map(([xf]) => xf)

const withoutFill = (xf: string | undefined) => (xf ?? '').replace(/\s(fillId|applyFill)=["']\d+["']/g, '')

/** Every cell of a sheet as an independent reader has it, without the background of the marked ones. */
const readCells = (sheet: Sheet, cells: readonly string[]) => {
  const places = new Set(cells.map((cell) => `${(parseCellName(cell)?.row ?? 0) - 1},${parseCellName(cell)?.column}`))
  return {
    rows: sheet.rows,
    merges: sheet.merges,
    columns: sheet.columns,
    rules: sheet.dataValidations,
    protection: sheet.protection,
    conditional: sheet.conditionalRules,
    heights: [...(sheet.rowDefs ?? [])],
    cells: [...(sheet.cells ?? [])].flatMap(([at, { style, formula }]) => {
      const { fill, ...others } = style ?? {}
      const looks = places.has(at) ? others : { ...others, fill }
      const plain = Object.values(looks).every((one) => one === undefined)
      return plain && formula === undefined ? [] : [[at, formula, looks]]
    }),
  }
}

const commentsOf = (bytes: Uint8Array) =>
  Object.fromEntries(
    Object.entries(read(bytes, { type: 'array' }).Sheets).map(([name, sheet]) => [
      name,
      Object.fromEntries(
        Object.entries(sheet)
          .filter(([cell]) => !cell.startsWith('!'))
          .flatMap(([cell, { c }]) => (c ? [[cell, c.map(({ t }: { t: string }) => t).join('')]] : [])),
      ),
    ]),
  )

describe('a file that goes back with what is to mend', () => {
  for (const { name, parts, sheet, part, cells } of foreignWorkbooks) {
    it(`keeps every part and cell of ${name} as they were`, () => {
      const before = new Map(Object.entries(parts))
      const after = partsOf(
        marked(
          packed(parts),
          cells.map((cell) => faultAt(sheet, cell)),
        ),
      )
      const touched = [part, 'xl/styles.xml', 'xl/workbook.xml', '[Content_Types].xml', 'xl/_rels/workbook.xml.rels']
      const ofSheet = `xl/worksheets/_rels/${part.split('/').at(-1)}.rels`
      const comments = ['xl/comments1.xml', 'xl/drawings/vmlDrawing1.vml']
      for (const [part_, text] of before)
        if (![...touched, ofSheet, ...comments].includes(part_)) expect(after.get(part_), part_).toBe(text)
      expect(withoutMarks(after.get(part) ?? '', cells)).toBe(withoutMarks(before.get(part) ?? '', cells))
      const styles = after.get('xl/styles.xml') ?? ''
      const formats = formatsOf(styles)
      const first = formatsOf(before.get('xl/styles.xml') ?? '')
      if (first.length > 0) expect(formats.slice(0, first.length)).toEqual(first)
      expect(Number(/cellXfs count="(\d+)"/.exec(styles)?.[1])).toBe(formats.length)
      for (const removed of ['fills', 'fonts', 'cellXfs']) {
        const text = before.get('xl/styles.xml') ?? ''
        const inside = new RegExp(`${removed}[^>]*>([\\s\\S]*)</(?:x:)?${removed}>`).exec(text)?.[1] ?? ''
        expect(styles).toContain(inside)
      }
    })
  }

  it('gives a coloured cell its own format, lock, border and alignment, with another background', () => {
    const [tracker] = foreignWorkbooks
    const after = partsOf(
      marked(
        packed(tracker.parts),
        tracker.cells.map((cell) => faultAt(tracker.sheet, cell)),
      ),
    )
    const formats = formatsOf(after.get('xl/styles.xml') ?? '')
    const xml = after.get(tracker.part) ?? ''
    const styleOf = (cell: string) =>
      formats[Number(/\ss="(\d+)"/.exec(new RegExp(`<c[^>]*\\sr=["']${cell}["'][^>]*>`).exec(xml)?.[0] ?? '')?.[1])]
    // Its own style; its row's where the row has one; its column's; none.
    for (const [cell, own] of [
      ['C3', 1],
      ['D3', 4],
      ['A4', 3],
      ['D6', 4],
      ['E9', 1],
      ['B5', 0],
      ['A3', 0],
    ] as const) {
      expect(withoutFill(styleOf(cell)), cell).toBe(withoutFill(formats[own]))
      expect(styleOf(cell), cell).toMatch(
        /fillId="3" applyFill="1"|applyFill="1" fillId="3"|fillId="3"[^>]*applyFill="1"/,
      )
    }
    expect([...xml.matchAll(/<row r="(\d+)"/g)].map(([, row]) => row)).toEqual(['1', '2', '3', '4', '5', '6', '9'])
    expect(xml).toContain('<row r="3" spans="1:7">')
    expect(xml).toContain('<!-- <c r="A3"/> -->')
  })

  it('is read by another program with the same values, formulas, looks, locks, lists, widths and merges', async () => {
    const sheet = makeReturnSheet({ seed: 31, pupils: 6, known: 0.3 })
    const ours = await writeReturnWorkbook(sheet)
    const [tracker, withComments] = foreignWorkbooks
    const files = [
      { bytes: ours, sheet: 'Return', cells: ['H8', 'J9', 'K10', 'A11', 'G8'] },
      { bytes: packed(tracker.parts), sheet: tracker.sheet, cells: tracker.cells },
      { bytes: packed(withComments.parts), sheet: withComments.sheet, cells: withComments.cells },
    ]
    for (const file of files) {
      const back = marked(
        file.bytes,
        file.cells.map((cell) => faultAt(file.sheet, cell)),
      )
      const [before, after] = await Promise.all(
        [file.bytes, back].map((bytes) => openXlsx(bytes, { readStyles: true })),
      )
      if (!before || !after) throw new Error('both are read')
      expect(after.sheets.map(({ name }) => name)).toEqual([...before.sheets.map(({ name }) => name), markWords.sheet])
      for (const [index, one] of before.sheets.entries()) {
        const other = after.sheets[index]
        if (!other) throw new Error('every sheet is there')
        const cells = one.name === file.sheet ? file.cells : []
        const [was, is] = [readCells(one, cells), readCells(other, cells)]
        const held = new Set(was.cells.map(([at]) => at))
        const added = is.cells.filter(([at]) => !held.has(at))
        expect(is.cells.filter(([at]) => held.has(at))).toEqual(was.cells)
        expect(added.every(([, formula]) => formula === undefined) && added.length <= cells.length).toBe(true)
        expect({ ...is, cells: [], rows: [] }).toEqual({ ...was, cells: [], rows: [] })
        for (const [row, values] of was.rows.entries()) expect(is.rows[row]?.slice(0, values.length)).toEqual(values)
      }
      for (const cell of file.cells) {
        const at = parseCellName(cell)
        const style = after.sheets
          .find(({ name }) => name === file.sheet)
          ?.cells?.get(`${(at?.row ?? 0) - 1},${at?.column}`)?.style
        expect(style?.fill, cell).toMatchObject({ type: 'pattern', pattern: 'solid' })
      }
    }
  })

  it('has a comment at each cell in words, beside the comments that were there', () => {
    const [tracker, withComments] = foreignWorkbooks
    const fault = faultAt(tracker.sheet, 'C3')
    const words =
      'To mend: Not a number.\nA number from 0 to 60 goes here & “not known” < too.\nType the hours as digits.'
    expect(
      commentsOf(
        marked(packed(tracker.parts), [fault, faultAt(tracker.sheet, 'E9', { severity: 'warning', rule: '' })]),
      )[tracker.sheet],
    ).toEqual({
      C3: words,
      E9: 'To check: Not a number.\nType the hours as digits.',
    })
    const both = marked(
      packed(withComments.parts),
      withComments.cells.map((cell) => faultAt('Return', cell)),
    )
    expect(commentsOf(both)['Return']).toEqual({ A2: `Ask Ms Lee\n\n${words}`, B2: words, D2: words, C7: 'Keep' })
    const drawing = partsOf(both).get('xl/drawings/vmlDrawing1.vml') ?? ''
    expect([...drawing.matchAll(/_x0000_s(\d+)"/g)].map(([, id]) => id)).toEqual(['1027', '1030', '1031', '1032'])
  })

  it('lists each in the summary, the cell as a link, and runs no formula', () => {
    const [tracker] = foreignWorkbooks
    const bytes = marked(packed(tracker.parts), [
      faultAt(tracker.sheet, 'C3'),
      faultAt(tracker.sheet, 'D3', { what: '=cmd()', severity: 'warning' }),
      faultAt('Nowhere', 'Z9'),
      faultAt('', '', { at: {}, what: '' }),
    ])
    const sheet = read(bytes, { type: 'array', cellFormula: true }).Sheets[markWords.sheet] ?? {}
    const text = (cell: string) => sheet[cell]?.v
    expect([text('A1'), text('A5'), text('B5'), text('C5'), text('E5')]).toEqual([
      markWords.title,
      'C3',
      'To mend',
      'Hours a week: not a number',
      'Type the hours as digits.',
    ])
    expect(sheet['A5']?.l?.Target).toBe(`#'${tracker.sheet}'!C3`)
    expect(text('C6')).toBe("'=cmd(): not a number")
    expect([text('A7'), text('A8')]).toEqual(['Z9', markWords.wholeFile])
    expect(Object.values(sheet).some((cell) => cell && typeof cell === 'object' && 'f' in cell)).toBe(false)
  })

  it('takes back what an earlier marking left, and is the same where it is marked the same again', async () => {
    const bytes = await writeReturnWorkbook(makeReturnSheet({ seed: 32, pupils: 3, known: 0.3 }))
    const once = marked(bytes, [faultAt('Return', 'H8'), faultAt('Return', 'J9')])
    const again = marked(once, [faultAt('Return', 'J9', { rule: 'Another rule.' })])
    expect(Object.keys(commentsOf(again)['Return'] ?? {})).toEqual(['J9'])
    expect(commentsOf(again)['Return']?.['J9']).toContain('Another rule.')
    const parts = partsOf(again)
    expect([...parts.keys()].filter((name) => /comments|vml|vsx/.test(name))).toHaveLength(3)
    expect(parts.get('xl/drawings/vmlDrawing1.vml')?.match(/<v:shape /g)).toHaveLength(1)
    const opened = await openXlsx(again, { readStyles: true })
    expect(opened.sheets.filter(({ name }) => name.startsWith(markWords.sheet))).toHaveLength(1)
    const fillOf = (at: string) => opened.sheets[0]?.cells?.get(at)?.style?.fill
    expect(fillOf('7,7')).not.toEqual(fillOf('8,9'))
    // A program may have saved the comments without who they are by.
    const nameless = packed(
      Object.fromEntries(
        [...partsOf(once)].map(([name, text]) => [
          name,
          text.replace(`<author>${markWords.author}</author>`, '<author> </author>'),
        ]),
      ),
    )
    expect(commentsOf(marked(nameless, [faultAt('Return', 'J9', { rule: 'Another rule.' })]))).toEqual(
      commentsOf(again),
    )
    expect(marked(bytes, [faultAt('Return', 'H8')])).toEqual(marked(bytes, [faultAt('Return', 'H8')]))
  })

  it('goes in again like the file that was sent, and its summary is no sheet of the school’s', async () => {
    const bytes = await writeReturnWorkbook(makeReturnSheet({ seed: 33, pupils: 4, known: 0.4 }))
    const back = marked(bytes, [faultAt('Return', 'H8'), faultAt('Return', 'A9'), faultAt('Return', 'AA200')])
    expect(termlyReturn.recognises({ name: 'x', bytes: back })).toBe(true)
    expect(termlyReturn.parse({ name: 'x', bytes: back })).toEqual(termlyReturn.parse({ name: 'x', bytes }))
  })

  it('gives the rows of a CSV file back as a workbook, marked the same', async () => {
    const bytes = writeReturnCsv(makeReturnSheet({ seed: 34, pupils: 4, known: 0.6 }))
    const lines = termlyReturn.parse({ name: 'x', bytes })
    if (lines.outcome === 'refused') throw new Error('it is read')
    const answer = lines.rows[1]?.answers[0]
    if (!answer) throw new Error('something is known')
    const back = await markReturn(bytes, [{ ...faultAt('', ''), at: answer.at }])
    if (back.outcome === 'refused') throw new Error(back.finding.code)
    const again = termlyReturn.parse({ name: 'x', bytes: back.bytes })
    if (again.outcome === 'refused') throw new Error(again.finding.code)
    const told = (rows: typeof lines.rows) =>
      rows.map((row) => row.answers.map(({ item, state, value }) => [item, state, value]))
    expect(told(again.rows)).toEqual(told(lines.rows))
    expect(again.findings).toEqual([])
    expect(Object.keys(commentsOf(back.bytes)['Return'] ?? {})).toEqual([again.rows[1]?.answers[0]?.at.cell])
  })

  it('marks the first of very many and says how many more there are', async () => {
    const bytes = await writeReturnWorkbook(makeReturnSheet({ seed: 35, pupils: 2 }))
    const faults = Array.from({ length: mostMarked + 5 }, (_, index) => faultAt('Return', `H${index + 8}`))
    const sheet = read(marked(bytes, faults), { type: 'array' }).Sheets[markWords.sheet] ?? {}
    expect(sheet[`A${mostMarked + 5}`]?.v).toBe(markWords.more(5))
  })

  it('leaves alone what it cannot take apart', () => {
    const [tracker] = foreignWorkbooks
    const broken = packed({ ...tracker.parts, [tracker.part]: `${tracker.parts[tracker.part]}<!DOCTYPE a>` })
    expect(markFaults(broken, [faultAt(tracker.sheet, 'C3')], markWords)).toMatchObject({
      finding: { code: 'FILE_NOT_MARKED' },
    })
    const deep = packed({ ...tracker.parts, [tracker.part]: `<worksheet>${'<a>'.repeat(100_000)}` })
    expect(markFaults(deep, [faultAt(tracker.sheet, 'C3')], markWords)).toMatchObject({
      finding: { code: 'FILE_NOT_MARKED' },
    })
    expect(markFaults(new Uint8Array(), [], markWords)).toMatchObject({ finding: { code: 'FILE_EMPTY' } })
  })
})
