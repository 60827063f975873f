import fc from 'fast-check'
import { openXlsx, saveXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { read } from 'xlsx'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import type { ReturnRow, ReturnSheet } from '../../connectors/termly-return/rows.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import type { Answer } from '../../src/domain/return/item.ts'
import { writeValue } from '../../src/domain/return/value.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { type CellEdit, cellOf, fillWorkbook, makeAnswer, makeReturnSheet, seededRandom } from '../make.ts'

const rowsOf = (bytes: Uint8Array): readonly ReturnRow[] => {
  const parsed = termlyReturn.parse({ name: 'return', bytes })
  if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
  expect(parsed.findings).toEqual([])
  return parsed.rows
}

const answersOf = (rows: readonly ReturnRow[]) =>
  new Map(
    rows.map((row) => [
      row.reference?.raw ?? '',
      Object.fromEntries(row.answers.map(({ item, state, value }) => [item, { state, value }])),
    ]),
  )

const expectedOf = (sheet: ReturnSheet) =>
  new Map(sheet.rows.map((row) => [row.reference, Object.fromEntries(row.known)]))

/** What a person would type in the cell, or what a spreadsheet would hold. */
const typed = (code: string, answer: Answer): CellEdit['value'] => {
  const item = itemOf(code)
  if (!item) throw new Error(code)
  if (answer.state === 'given' && item.type.kind === 'date') return new Date(`${answer.value}T00:00:00Z`)
  if (answer.state === 'given' && (item.type.kind === 'integer' || item.type.kind === 'decimal'))
    return Number(answer.value)
  return writeValue(item.type, answer.state, answer.value, { options: itemWords[code]?.options, states: stateWords })
}

const wishes = fc.record({ seed: fc.integer({ min: 1, max: 1_000_000 }), pupils: fc.integer({ min: 1, max: 6 }) })

describe('a return that is written and read again', () => {
  it('has the same answers as a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, async (wish) => {
        const sheet = makeReturnSheet({ ...wish, known: 0.4 })
        const rows = rowsOf(await writeReturnWorkbook(sheet))
        expect(rows.map(({ reference }) => reference?.raw)).toEqual(sheet.rows.map(({ reference }) => reference))
        expect(rows.flatMap(({ findings }) => findings)).toEqual([])
        expect(answersOf(rows)).toEqual(expectedOf(sheet))
      }),
      { numRuns: 25 },
    )
  })

  it('has the same answers as CSV', () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        const sheet = makeReturnSheet({ ...wish, known: 0.4 })
        const rows = rowsOf(writeReturnCsv(sheet))
        expect(rows.flatMap(({ findings }) => findings)).toEqual([])
        expect(answersOf(rows)).toEqual(expectedOf(sheet))
        expect(rows.map(({ upn }) => upn?.raw ?? '')).toEqual(sheet.rows.map(({ upn }) => upn))
      }),
      { numRuns: 50 },
    )
  })

  it('has the answers that a program filled in, each at its cell', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, async (wish) => {
        const sheet = makeReturnSheet({ ...wish, known: 0 })
        const random = seededRandom(wish.seed)
        const filled = sheet.rows.map((row) => ({
          ...row,
          known: new Map(
            [...row.asked.keys()].flatMap((code) => {
              const item = itemOf(code)
              return item && random.chance(0.5) ? [[code, makeAnswer(random, item)] as const] : []
            }),
          ),
        }))
        const edits = filled.flatMap((row) =>
          [...row.known].map(([item, answer]) => ({ rowReference: row.reference, item, value: typed(item, answer) })),
        )
        const blank = await writeReturnWorkbook(sheet)
        const rows = rowsOf(fillWorkbook(blank, edits))
        expect(answersOf(rows)).toEqual(expectedOf({ ...sheet, rows: filled }))
        const answer = rows[0]?.answers[0]
        if (answer) expect(answer.at.cell).toBe(cellOf(blank, rows[0]?.reference?.raw ?? '', answer.item))
      }),
      { numRuns: 15 },
    )
  })

  it('has the answers of a program that keeps the looks of the workbook', async () => {
    const sheet = makeReturnSheet({ seed: 5, pupils: 4, known: 0.2 })
    const bytes = await writeReturnWorkbook(sheet)
    const reference = sheet.rows[1]?.reference ?? ''
    const [column, row] = [8 - 1, 8]
    const opened = await openXlsx(bytes, { readStyles: true })
    const returnSheet = opened.sheets.find(({ name }) => name === 'Return')
    const cells = returnSheet?.rows[row]
    if (!cells || !returnSheet) throw new Error('the workbook has no such row')
    cells[column] = itemWords['status']?.options?.['M'] ?? ''
    returnSheet.cells?.delete(`${row},${column}`)
    const answers = answersOf(rowsOf(await saveXlsx(opened))).get(reference)
    expect(answers?.['status']).toEqual({ state: 'given', value: 'M' })
  })
})

describe('the workbook that a school downloads', () => {
  const sheet = makeReturnSheet({ seed: 11, pupils: 8, known: 0.3 })
  const open = async () =>
    read(await writeReturnWorkbook(sheet), { type: 'array', cellStyles: true, cellFormula: true })

  it('holds the return and its help, with lists and template hidden deep', async () => {
    const workbook = await open()
    expect(workbook.SheetNames).toEqual(['Return', 'Help', 'Lists', 'About'])
    expect(workbook.Workbook?.Sheets?.map(({ Hidden }) => Hidden)).toEqual([0, 0, 2, 2])
    expect(workbook.Sheets['About']?.['B1']?.v).toBe('vsx-termly-return')
    expect(workbook.Sheets['About']?.['B3']?.v).toBe(sheet.school.urn)
  })

  it('runs no formula, whatever a text begins with', async () => {
    const bytes = await writeReturnWorkbook(makeReturnSheet({ seed: 12, pupils: 12, known: 1 }))
    const workbook = read(bytes, { type: 'array', cellFormula: true })
    const cells = Object.values(workbook.Sheets).flatMap((one) => Object.entries(one))
    expect(cells.filter(([name]) => !name.startsWith('!')).some(([, cell]) => 'f' in cell)).toBe(false)
    expect(cells.some(([, cell]) => cell.v === '=1+1')).toBe(true)
  })

  it('has a list of answers for each coded column, with the states in it', async () => {
    const opened = await openXlsx(await writeReturnWorkbook(sheet), { readStyles: true })
    const [returnSheet] = opened.sheets
    const coded = new Set(
      sheet.rows.flatMap((row) => [...row.asked.keys()].filter((code) => itemOf(code)?.type.kind === 'choice')),
    )
    const lists = returnSheet?.dataValidations?.filter(({ type }) => type === 'list') ?? []
    expect(lists.length).toBe(coded.size)
    expect(lists.every(({ formula1, errorStyle }) => formula1?.startsWith('Lists!$') && errorStyle === 'warning')).toBe(
      true,
    )
    const texts = opened.sheets.find(({ name }) => name === 'Lists')?.rows.flat() ?? []
    expect(texts).toContain(stateWords.not_known)
  })

  it('locks whose row it is and what is not asked, and nothing else', async () => {
    const opened = await openXlsx(await writeReturnWorkbook(sheet), { readStyles: true })
    const cells = opened.sheets[0]?.cells
    const codes = opened.sheets[0]?.rows[6] ?? []
    sheet.rows.forEach((row, index) => {
      codes.forEach((code, column) => {
        const locked = cells?.get(`${7 + index},${column}`)?.style?.protection?.locked
        expect(locked === false, `${String(code)} of row ${index}`).toBe(row.asked.has(String(code)))
      })
    })
    expect(opened.sheets[0]?.protection?.sheet).toBe(true)
    expect(opened.sheets[0]?.freezePane).toEqual({ rows: 4, columns: 7 })
  })

  it('asks only what is asked of somebody in it', async () => {
    const codes = (await openXlsx(await writeReturnWorkbook(sheet))).sheets[0]?.rows[6]?.slice(7)
    const asked = new Set(sheet.rows.flatMap((row) => [...row.asked.keys()]))
    expect(new Set(codes)).toEqual(asked)
  })
})
