import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { attendanceMarks, parseMarks, readMarksCsv } from '../../connectors/attendance-marks/parse.ts'
import { attendanceTotals, parseTotals, readTotalsCsv } from '../../connectors/attendance-totals/parse.ts'
import { type CsvRecord, readCsv } from '../../connectors/format/csv.ts'
import { csvStreamLimits, readCsvStream } from '../../connectors/format/csv-stream.ts'
import { RefusedFile } from '../../connectors/format/refusal.ts'
import { rawWorkbook } from './hostile-files.ts'

async function* inPieces(bytes: Uint8Array, size = 65_536) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const period = null

type Outcome = { readonly code: string | null; readonly rows: number; readonly findings: readonly string[] }

/** What a reader makes of bytes in the end: the code of a refusal, or its rows with their findings. */
const outcomeOf = async (
  pieces: AsyncIterable<
    | {
        readonly outcome: 'read'
        readonly rows: readonly { readonly findings: readonly { readonly code: string }[] }[]
      }
    | { readonly outcome: 'refused'; readonly finding: { readonly code: string } }
  >,
): Promise<Outcome> => {
  let rows = 0
  const findings: string[] = []
  for await (const piece of pieces) {
    if (piece.outcome === 'refused') return { code: piece.finding.code, rows, findings }
    rows += piece.rows.length
    for (const row of piece.rows) findings.push(...row.findings.map(({ code }) => code))
  }
  return { code: null, rows, findings }
}

async function* once<Read>(read: Read) {
  yield read
}

const marks = (bytes: Uint8Array, size?: number) => outcomeOf(readMarksCsv(inPieces(bytes, size), null))
const totals = (bytes: Uint8Array, size?: number) =>
  outcomeOf(readTotalsCsv(inPieces(bytes, size), { mapping: null, period }))
const marksWhole = (bytes: Uint8Array) => outcomeOf(once(parseMarks({ name: 'x', bytes }, null)))
const totalsWhole = (bytes: Uint8Array) => outcomeOf(once(parseTotals({ name: 'x', bytes }, { mapping: null, period })))

const markHead = 'UPN,Surname,Date,Session,Mark'
const totalHead = 'UPN,Surname,From,To,Possible,Present'
const million = 'x'.repeat(1_000_000)

describe('hostile attendance files', () => {
  it('a cell of nearly a megabyte is a cell like another, and a longer record is refused', async () => {
    const cell = 'x'.repeat(900_000)
    const line = (surname: string) => `${markHead}\nA1,${surname},04/11/2026,AM,/\n`
    expect(await marks(utf8(line(cell)))).toEqual({ code: null, rows: 1, findings: [] })
    expect(await marks(utf8(line(`"${cell}\n"`)))).toEqual({ code: null, rows: 1, findings: [] })
    const total = (upn: string) => `${totalHead}\n${upn},Qx,01/09/2026,06/11/2026,10,9\n`
    expect(await totals(utf8(total(cell)))).toEqual({ code: null, rows: 1, findings: [] })
    for (const read of [marks, totals])
      expect((await read(utf8(`${markHead}\n"${million}${million}`))).code).toBe('CSV_QUOTE_NOT_CLOSED')
  })

  it('a mark, a day and a number of a megabyte are findings, not figures', async () => {
    expect((await marks(utf8(`${markHead}\nA1,Qx,${million.slice(9)},AM,/\n`))).findings).toEqual(['MARK_DAY'])
    expect((await marks(utf8(`${markHead}\nA1,Qx,04/11/2026,AM,${million.slice(9)}\n`))).findings).toEqual([
      'MARK_TOO_LONG',
    ])
    const digits = '9'.repeat(900_000)
    expect((await totals(utf8(`${totalHead}\nA1,Qx,01/09/2026,06/11/2026,${digits},9\n`))).findings).toEqual([
      'TOTAL_NUMBER',
    ])
  })

  it('as many columns as there may be are read, one more is refused', async () => {
    const filler = (count: number) => Array.from({ length: count }, (_, index) => `N${index}`).join()
    for (const [read, head, line] of [
      [marks, markHead, 'A1,Qx,04/11/2026,AM,/'],
      [totals, totalHead, 'A1,Qx,01/09/2026,06/11/2026,10,9'],
    ] as const) {
      const own = head.split(',').length
      const file = (columns: number) => utf8(`${head},${filler(columns - own)}\n${line}\n`)
      expect(await read(file(csvStreamLimits.columns))).toEqual({ code: null, rows: 1, findings: [] })
      expect((await read(file(csvStreamLimits.columns + 1))).code).toBe('FILE_TOO_MANY_COLUMNS')
    }
  })

  it('bytes that are no text are refused', async () => {
    for (const read of [marks, totals]) {
      expect((await read(utf8(`${markHead}\nA1,Q\u0000x,04/11/2026,AM,/\n`))).code).toBe('FILE_NOT_RECOGNISED')
      expect((await read(new Uint8Array(5000))).code).toBe('FILE_NOT_RECOGNISED')
      expect((await read(new Uint8Array())).code).toBe('FILE_EMPTY')
      expect((await read(utf8('\n\n \n'))).code).toBe('FILE_EMPTY')
    }
  })

  it('a workbook that claims 300 MB, is cut off or is something else is refused', async () => {
    const bomb = zipSync({
      '[Content_Types].xml': strToU8('<a/>'),
      'xl/workbook.xml': strToU8('<a/>'),
      'xl/worksheets/sheet1.xml': new Uint8Array(300_000_000),
    })
    const cut = rawWorkbook('<row r="1"/>').subarray(0, 400)
    for (const read of [marksWhole, totalsWhole]) {
      expect((await read(bomb)).code).toBe('FILE_TOO_LARGE_UNPACKED')
      expect((await read(cut)).code).toBe('FILE_TRUNCATED')
      expect((await read(zipSync({ 'word/document.xml': strToU8('<a/>') }))).code).not.toBeNull()
    }
    for (const { recognises } of [attendanceMarks, attendanceTotals])
      for (const bytes of [bomb, cut]) expect(recognises({ name: 'x', bytes })).toBe(false)
  })

  it('a report with definitions, without an end or far too deep is refused', async () => {
    const report = (inside: string, before = '') => utf8(`<?xml version="1.0"?>${before}<SuperStarReport>${inside}`)
    const end = '</SuperStarReport>'
    expect((await marksWhole(report(end, '<!DOCTYPE r [<!ENTITY a "b">]>'))).code).toBe('XML_DOCTYPE')
    for (const bytes of [
      report('<Record><UPN>A1</UPN></Record>'),
      report(`${'<a>'.repeat(50_000)}`),
      report(`<Record>${'<UPN>A</UPN>'.repeat(5000)}</Record>${end}`),
      report(`<Record><UPN>${'A'.repeat(100_000)}</UPN></Record>${end}`),
    ])
      expect((await marksWhole(bytes)).code).not.toBeNull()
    const names = '__proto__ constructor toString'.split(' ').map((name) => `<${name}>x</${name}>`)
    expect((await marksWhole(report(`<Record>${names.join('')}</Record>${end}`))).code).toBe('XML_NAME')
  })

  it('any bytes after headings are rows or a refusal, and the same in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: fc.constantFrom(...',"\n\r;\t /\\A1x') })),
        fc.integer({ min: 1, max: 40 }),
        async (noise, size) => {
          for (const [read, head] of [
            [marks, markHead],
            [totals, totalHead],
          ] as const) {
            const bytes = utf8(`${head}\n${noise}`)
            expect(await read(bytes, size)).toEqual(await read(bytes))
          }
        },
      ),
      {
        numRuns: 150,
        examples: [
          [';","', 1],
          ['x"\n",', 1],
          ['"a"b\n"', 3],
        ],
      },
    )
  })
})

const written = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join()

describe('a CSV file with quotes in pieces', () => {
  it('is read as the library reads it whole, each record at its line', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'ab,";\n /\\'), maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 60 }),
        async (lines, size) => {
          const text = `a,b\n${lines.map(written).join('\n')}\n`
          const reference: { readonly line: number; readonly cells: readonly string[] }[] = []
          let line = 1
          for (const cells of parse(text, { relax_column_count: true }) as string[][]) {
            if (cells.some((one) => one.trim() !== '')) reference.push({ line, cells })
            line += cells.join('').split('\n').length
          }
          const read: unknown[] = []
          for await (const some of readCsvStream(inPieces(utf8(text), size))) read.push(...some)
          expect(read).toEqual(reference)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is what the reader of whole files makes of it, wherever quotes stand, or refused at the same line', async () => {
    const whole = (bytes: Uint8Array) => {
      const read = readCsv(bytes)
      return read.outcome === 'read' ? read.records : read.finding
    }
    const pieces = async (bytes: Uint8Array, size: number) => {
      const records: CsvRecord[] = []
      try {
        for await (const some of readCsvStream(inPieces(bytes, size))) records.push(...some)
      } catch (thrown) {
        if (!(thrown instanceof RefusedFile)) throw thrown
        return thrown.refusal.finding
      }
      return records
    }
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...'""",,\n\n\r;\t x'), maxLength: 60 }),
        fc.constantFrom('', 'a,b\n', '\n\na;b\n'),
        fc.integer({ min: 1, max: 20 }),
        async (rest, head, size) => {
          fc.pre(rest.trim() !== '')
          const bytes = utf8(head + rest)
          expect(await pieces(bytes, size)).toEqual(whole(bytes))
        },
      ),
      { numRuns: 1000 },
    )
  })
})
