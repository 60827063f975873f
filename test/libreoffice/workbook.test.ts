import { strFromU8, unzipSync } from 'fflate'
import { openXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { read } from 'xlsx'
import { everyColumn } from '../../connectors/termly-return/layout.ts'
import { markReturn } from '../../connectors/termly-return/mark.ts'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { markWords } from '../../templates/words/en/marked.ts'
import { rawWorkbook, textCell } from '../connectors/hostile-files.ts'
import { makeReturnSheet, makeUpn, seededRandom } from '../make.ts'
import { savedByOffice } from './office.ts'

const sheet = makeReturnSheet({ seed: 41, pupils: 6, known: 0.5 })
const upn = makeUpn(seededRandom(1))
const headOf = (code: string) => everyColumn.find((column) => column.code === code)?.head ?? ''
const rowXml = (number: number, cells: readonly string[]) =>
  `<row r="${number}">${cells.map((text, index) => textCell(`${'ABCDEFGH'[index]}${number}`, text)).join('')}</row>`
const codes = (...columns: readonly string[]) => rowXml(1, columns)

/** A school's own ways with a sheet, each a workbook whose answers we know. */
const ways: Readonly<Record<string, Uint8Array>> = {
  from1904: rawWorkbook(
    `${codes('upn', 'status', 'left_on')}<row r="2">${textCell('A2', upn)}${textCell('B2', 'M')}<c r="C2" s="1"><v>${46217 - 1462}</v></c></row>`,
    { before: '<workbookPr date1904="1"/>' },
  ),
  zeros: rawWorkbook(
    `${codes('upn', 'council', 'status')}<row r="2"><c r="A2"><v>12345678901</v></c><c r="B2"><v>91</v></c>${textCell('C2', 'M')}</row>`,
  ),
  dates: rawWorkbook(
    `${codes('upn', 'left_on', 'entry_date')}${rowXml(2, [upn, '14/07/2026', '14 July 2026'])}${rowXml(3, [makeUpn(seededRandom(2)), '2026-07-14', '14.7.26?'])}`,
  ),
  merged: rawWorkbook(
    `${rowXml(1, ['Whose', '', 'What'])}${rowXml(2, [headOf('upn'), headOf('status'), headOf('left_on')])}${rowXml(3, [upn, 'M', '14/07/2026'])}`,
    {
      after: '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C1:D1"/></mergeCells>',
    },
  ),
  extra: rawWorkbook(`${codes('upn', 'Notes', 'status')}${rowXml(2, [upn, 'of our own', 'M'])}`),
  moved: rawWorkbook(`${codes('status', 'left_on', 'upn')}${rowXml(2, ['M', '14/07/2026', upn])}`),
  trailing: rawWorkbook(
    `${codes('upn', 'status')}${rowXml(2, [upn, 'M'])}${Array.from({ length: 40 }, (_, index) => `<row r="${index + 3}"><c r="A${index + 3}" s="1"/>${textCell(`B${index + 3}`, ' ')}</row>`).join('')}`,
  ),
  formulas: rawWorkbook(
    `${codes('upn', 'status', 'hours_offered', 'left_on')}<row r="2">${textCell('A2', upn)}<c r="B2" t="str"><f>"M"</f><v>M</v></c><c r="C2"><f>12.5*2</f><v>25</v></c><c r="D2"><f>1+1</f></c></row>`,
  ),
}

const read_ = (bytes: Uint8Array | undefined) => {
  const parsed = termlyReturn.parse({ name: 'x', bytes: bytes ?? new Uint8Array() })
  if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
  return {
    answers: parsed.rows.map((row) =>
      Object.fromEntries(row.answers.map(({ item, value, state }) => [item, value ?? state])),
    ),
    findings: [...parsed.findings, ...parsed.rows.flatMap(({ findings }) => findings)].map(
      ({ code, at }) => `${code} ${at.cell ?? at.line ?? ''}`,
    ),
  }
}

let ours: Uint8Array
let marked: Uint8Array
let hiddenFirst: Uint8Array
let saved: ReadonlyMap<string, Uint8Array>

beforeAll(async () => {
  ours = await writeReturnWorkbook(sheet)
  const back = await markReturn(ours, [
    {
      severity: 'error',
      at: { sheet: 'Return', cell: 'H8' },
      what: 'Enrolment',
      title: 'Not one of the answers',
      rule: 'A rule.',
      mend: 'A way.',
    },
  ])
  if (back.outcome === 'refused') throw new Error(back.finding.code)
  marked = back.bytes
  hiddenFirst = await hiddenSheetFirst()
  saved = savedByOffice(
    new Map([['ours', ours], ['marked', marked], ['hidden', hiddenFirst], ...Object.entries(ways)]),
    'xlsx',
  )
}, 200_000)

const hiddenSheetFirst = async (): Promise<Uint8Array> => {
  const { writeXlsx } = await import('hucre/xlsx')
  return writeXlsx({
    activeSheet: 1,
    sheets: [
      {
        name: 'Ours',
        hidden: true,
        rows: [
          ['upn', 'status'],
          [upn, 'S'],
        ],
      },
      {
        name: 'Return',
        rows: [
          ['upn', 'status'],
          [upn, 'M'],
        ],
      },
    ],
  })
}

const answersOf = (bytes: Uint8Array | undefined) => read_(bytes).answers

describe('our workbook in LibreOffice', () => {
  test('is saved as a workbook that goes in with nothing to mend, answer for answer', () => {
    expect(read_(saved.get('ours')).findings).toEqual([])
    expect(answersOf(saved.get('ours'))).toEqual(answersOf(ours))
  })

  test('is saved as CSV that goes in with nothing to mend, answer for answer', () => {
    const csv = savedByOffice(new Map([['ours', ours]]), 'csv').get('ours')
    expect(read_(csv).findings).toEqual([])
    expect(answersOf(csv)).toEqual(answersOf(ours))
  }, 200_000)

  test('keeps its drop-downs, formats, locks, widths and merges', async () => {
    const xml = (bytes: Uint8Array | undefined) =>
      strFromU8(unzipSync(bytes ?? new Uint8Array())['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    const rules = (text: string) =>
      [...text.matchAll(/<dataValidation [^>]*>/g)]
        .map(([tag]) => [/sqref="([^"]*)"/.exec(tag)?.[1], /\stype="([^"]*)"/.exec(tag)?.[1]].join(' '))
        .sort()
    expect(rules(xml(saved.get('ours')))).toEqual(rules(xml(ours)))
    expect(rules(xml(ours)).filter((rule) => rule.endsWith(' list')).length).toBeGreaterThan(10)
    expect(xml(saved.get('ours'))).toMatch(/<sheetProtection [^>]*sheet="(1|true)"/)
    const [was, is] = await Promise.all(
      [ours, saved.get('ours') ?? ours].map((bytes) => openXlsx(bytes, { readStyles: true })),
    )
    const formats = (book: typeof was) =>
      [...(book?.sheets[0]?.cells ?? [])]
        .filter(([at]) => Number(at.split(',')[0]) >= 7)
        .map(
          ([at, { style }]) =>
            `${at} ${(style?.numFmt ?? 'General')
              .replaceAll('\\', '')
              .replaceAll('"', '')
              .replace(/\[\$£-809\]/, '£')
              .toLowerCase()} ${style?.protection?.locked !== false}`,
        )
        .sort()
    expect(formats(is)).toEqual(formats(was))
    expect(is?.sheets[0]?.merges?.length).toBe(was?.sheets[0]?.merges?.length)
    const widths = (book: typeof was) =>
      book?.sheets[0]?.columns?.slice(0, 20).map(({ width }) => Math.round(width ?? 0))
    expect(widths(is)).toEqual(widths(was))
  })

  test('with cells marked keeps the marks, and goes in like the file that was sent', () => {
    const book = read(saved.get('marked') ?? new Uint8Array(), { type: 'array' })
    expect(book.Sheets['Return']?.['H8']?.c?.[0]?.t).toContain('Not one of the answers')
    expect(book.SheetNames.at(-1)).toBe(markWords.sheet)
    expect(read_(saved.get('marked'))).toEqual(read_(ours))
  })
})

const expected: Readonly<
  Record<string, { readonly answers: readonly object[]; readonly findings: readonly string[] }>
> = {
  from1904: { answers: [{ status: 'M', left_on: '2026-07-14' }], findings: [] },
  zeros: { answers: [{ status: 'M' }], findings: ['UPN_SHAPE A2'] },
  dates: {
    answers: [
      { left_on: '2026-07-14', entry_date: '2026-07-14' },
      { left_on: '2026-07-14', entry_date: 'unread' },
    ],
    findings: ['NOT_A_DATE C3'],
  },
  merged: { answers: [{ status: 'M', left_on: '2026-07-14' }], findings: [] },
  extra: { answers: [{ status: 'M' }], findings: ['COLUMN_NOT_KNOWN B1'] },
  moved: { answers: [{ status: 'M', left_on: '2026-07-14' }], findings: [] },
  trailing: { answers: [{ status: 'M' }], findings: [] },
  hidden: { answers: [{ status: 'M' }], findings: [] },
}

describe('a school’s own ways with a sheet', () => {
  for (const [way, ends] of Object.entries(expected))
    test(`${way}: ends right or in a finding at its cell, as sent and as LibreOffice saves it`, () => {
      const sent = way === 'hidden' ? hiddenFirst : ways[way]
      expect(read_(sent)).toEqual(ends)
      expect(read_(saved.get(way))).toEqual(ends)
    })

  test('a formula is its saved value, and a finding at its cell where none was saved; LibreOffice saves one', () => {
    expect(read_(ways['formulas'])).toEqual({
      answers: [{ status: 'M', hours_offered: '25', left_on: 'unread' }],
      findings: ['FORMULA_NOT_SAVED D2'],
    })
    expect(read_(saved.get('formulas'))).toMatchObject({
      answers: [{ status: 'M', hours_offered: '25', left_on: 'unread' }],
      findings: ['NOT_A_DATE D2'],
    })
  })
})
