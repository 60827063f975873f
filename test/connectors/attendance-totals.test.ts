import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'
import { attendanceTotals, parseTotals, readTotalsCsv } from '../../connectors/attendance-totals/parse.ts'
import type { TotalsRead, TotalsReading } from '../../connectors/attendance-totals/rows.ts'
import { recogniseConnector } from '../../connectors/registry.ts'
import { censusNamed } from '../../src/domain/attendance/census.ts'
import { makeUpn, seededRandom } from '../make.ts'

const random = seededRandom(23)
const [one, two] = [makeUpn(random), makeUpn(random)]
const text = (...lines: readonly string[]) => new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)

const workbook = (rows: readonly (readonly (string | number)[])[]) => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Printed for the office']]), 'Cover')
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Totals')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }))
}

const person = 'Estab,UPN,Surname,Forename,Middlenames,PreferredSurname,FormerSurname,Gender,DoB,EnrolStatus,EntryDate'
const who = (upn: string) => `4001,${upn},Qxname,Qxfore,,,,M,2008-03-04,C,2014-09-04 00:00:00,7`
const old = `${person},NCyearActual,TermlySessionsPossible,TermlySessionsAuthorised,TermlySessionsUnauthorised,${[...'IMRSTHFECGUON'].map((code) => `T_Reason_${code}`).join(',')}`
const codes = '/,\\,B,J,L,P,V,W,C,E,H,I,M,R,S,T,G,N,O,U,D,X,Y'
const recent = `${person},NCyearActual,TermlySessionsPossible,${codes}`

const census = (name: string): TotalsReading => ({ mapping: null, period: censusNamed(name) ?? null })
const byColumns: TotalsReading = { mapping: null, period: null }
const cumulative = 'Child ref,School URN,From,To,Possible,Present,Authorised,Unauthorised'

/** Each shape and each edge that a file of totals may have; what it is read as is kept beside (VSX_GOLDEN=write). */
const files: readonly (readonly [string, Uint8Array, TotalsReading])[] = [
  [
    'census-2014',
    text(
      old,
      `${who(one)},140,6,2,4,2,,,,,,,,,,,2`,
      `${who(two)},140,1,,4,2,,,,,,,,,,,3`,
      `${who(two)},140,,,4,2,,,,,,,,,,,3`,
    ),
    census('spring-2016'),
  ],
  [
    'census-2021',
    text(recent, `${who(one)},125,50,52,2,,1,,,,3,,,4,,,,,,,6,2,5,1,1`, `${who(two)},,,,,,,,,,,,,,,,,,,,,,,,`),
    census('spring-2022'),
  ],
  [
    'census-codes-by-date',
    text(`${recent}`, `${who(one)},20,8,8,,2,,,,,,,,,,,,,,,,,2,,`),
    {
      mapping: null,
      period: { firstDay: '2025-08-01', lastDay: '2025-12-31' } as NonNullable<TotalsReading['period']>,
    },
  ],
  ['census-not-said', text(recent, `${who(one)},120,60,60`), byColumns],
  [
    'cumulative',
    text(
      cumulative,
      'W-1,900070,01/09/2026,20/11/2026,110,100,6,4',
      'W-2,900070,01/09/2026,20/11/2026,110,100,,',
      'W-3,900070,01/09/2026,20/11/2026,110,100,6,5',
      'W-4,900070,01/09/2026,20/11/2026,110,111,0,0',
      'W-5,900070,20/11/2026,01/09/2026,110,100,6,4',
      'W-6,900070,someday,20/11/2026,110,100,6,4',
      'W-7,900070,01/09/2026,20/11/2026,110,many,6,4',
      'W-8,900070,01/09/2026,20/11/2026,,,,',
      ',900070,01/09/2026,20/11/2026,110,100,6,4',
    ),
    byColumns,
  ],
  [
    'cumulative-with-percentage',
    text(
      'UPN,From,To,Possible sessions,Sessions attended,Authorised absences,Unauthorised absences,Attendance %',
      `${one},2026-09-01,2026-11-20,110.0,100,6,4,90.9%`,
      `${two},2026-09-01,2026-11-20,110,100,6,4,96`,
    ),
    byColumns,
  ],
  [
    'college-percentage',
    text(
      'UPN,From,To,Attendance %,Basis',
      `${one},01/09/2026,20/11/2026,87.5,timetabled hours`,
      `${two},01/09/2026,20/11/2026,104,`,
    ),
    byColumns,
  ],
  [
    'percentage-by-layout',
    text('Learner,% present of registers', 'W-1,"91,5"', 'W-2,91.5 %'),
    {
      mapping: { columns: { reference: 'Learner', percentage: '% present of registers' }, basis: 'registers' },
      period: { firstDay: '2026-09-01', lastDay: '2026-11-20' } as NonNullable<TotalsReading['period']>,
    },
  ],
  [
    'workbook',
    workbook([['Totals of'], cumulative.split(','), ['W-1', '900070', '01/09/2026', 46346, 110, 100, 6, 4]]),
    byColumns,
  ],
  ['no-headings', text('A,B', '1,2'), byColumns],
  ['prototype-headings', text('__proto__,constructor,toString,UPN', 'a,b,c,d'), byColumns],
  ['layout-fits-not', text('A,B,C', '1,2,3'), { mapping: { columns: { upn: 'UPN', percentage: 'P' } }, period: null }],
  [
    'semicolons-and-line-break',
    text(
      `"Note";${cumulative.replaceAll(',', ';')}`,
      '"Qx;\nMill";W-1;900070;01/09/2026;20/11/2026;110;100;6;4',
      'x;W-2;900070;never;20/11/2026;1;1;0;0',
    ),
    byColumns,
  ],
]

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const isWorkbook = (bytes: Uint8Array) => bytes[0] === 0x50

const readAs = async (bytes: Uint8Array, reading: TotalsReading, size = 4096) => {
  const pieces: TotalsRead[] = []
  if (isWorkbook(bytes)) pieces.push(parseTotals({ name: 'totals', bytes }, reading))
  else for await (const piece of readTotalsCsv(inPieces(bytes, size), reading)) pieces.push(piece)
  const refused = pieces.find((piece) => piece.outcome === 'refused')
  if (refused) return refused
  const read = pieces.flatMap((piece) => (piece.outcome === 'read' ? [piece] : []))
  return { outcome: 'read', kind: read[0]?.kind, notRead: read[0]?.notRead, rows: read.flatMap(({ rows }) => rows) }
}

describe('attendance totals, file by file', () => {
  it.each(files)('%s', async (name, bytes, reading) => {
    const read = `${JSON.stringify(await readAs(bytes, reading), null, 2)}\n`
    const golden = `test/connectors/golden/attendance-totals/${name}.json`
    if (process.env['VSX_GOLDEN'] === 'write') writeFileSync(golden, read)
    expect(JSON.parse(read)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  })

  it.each(files.filter(([, bytes]) => !isWorkbook(bytes)))('%s, cut anywhere', async (_name, bytes, reading) => {
    const whole = await readAs(bytes, reading)
    for (const size of [1, 2, 7, 64]) expect(await readAs(bytes, reading, size)).toEqual(whole)
  })

  it('is told by its content where sessions are counted; a percentage alone has to be said', () => {
    const known = files.filter(([, bytes]) => attendanceTotals.recognises({ name: 'x', bytes }))
    expect(known.map(([name]) => name)).toEqual(
      files.map(([name]) => name).filter((name) => /^census|^cumulative|^workbook|^semicolons/.test(name)),
    )
    for (const [, bytes] of known)
      expect(recogniseConnector({ name: 'x', bytes })).toEqual({ outcome: 'recognised', name: 'attendance-totals' })
  })

  it('gives no name of a child in a finding or in the copy that is kept', async () => {
    for (const [, bytes, reading] of files) {
      const read = await readAs(bytes, reading)
      const rows = 'rows' in read ? read.rows : []
      expect(JSON.stringify(rows.map(({ findings, kept }) => [findings, kept]))).not.toMatch(/Qx|Mill|2008/)
    }
  })

  it('written and read again, sessions are the same', async () => {
    const count = fc.integer({ min: 0, max: 200 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(count, count, count), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 300 }),
        async (lines, size) => {
          const bytes = text(
            cumulative,
            ...lines.map(
              ([attended, authorised, unauthorised], index) =>
                `W-${index},900070,01/09/2026,20/11/2026,${attended + authorised + unauthorised},${attended},${authorised},${unauthorised}`,
            ),
          )
          const read = await readAs(bytes, byColumns, size)
          expect(
            'rows' in read &&
              read.rows.map(({ attended, authorised, unauthorised }) => [attended, authorised, unauthorised]),
          ).toEqual(lines)
          expect('rows' in read && read.rows.every(({ findings }) => findings.length === 0)).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('the periods of a census', () => {
  it.each([
    ['spring-2026', '2025-08-01', '2025-12-31'],
    ['summer-2026', '2026-01-01', '2026-04-05'],
    ['autumn-2026', '2026-04-06', '2026-05-24'],
    ['autumn-second-2026', '2026-05-25', '2026-07-31'],
    // A jubilee moved the bank holiday to a Thursday.
    ['autumn-2022', '2022-04-18', '2022-05-29'],
    ['autumn-second-2022', '2022-06-02', '2022-07-31'],
  ])('%s', (name, firstDay, lastDay) => {
    expect(censusNamed(name)).toMatchObject({ firstDay, lastDay })
  })
  it.each(['spring', 'winter-2026', 'spring-2013', 'spring-26', '-2026'])('%s is none that is known', (name) => {
    expect(censusNamed(name)).toBeUndefined()
  })
})

describe('a census of the autumn of 2024', () => {
  it('counts its codes as the registers of that term did, though its days begin before the table that they follow', async () => {
    const bytes = text('UPN,TermlySessionsPossible,/,\\,K,D,J1,I', `${one},100,40,40,10,6,4,6`)
    const rows = []
    for await (const read of readTotalsCsv([bytes] as never, census('spring-2025')))
      if (read.outcome === 'read') rows.push(...read.rows)
    expect(rows.map(({ attended, authorised, findings }) => ({ attended, authorised, findings }))).toEqual([
      { attended: 90, authorised: 10, findings: [] },
    ])
  })
})

describe('a workbook with several sheets of totals', () => {
  it('is refused: none of them is left out unsaid', () => {
    const book = utils.book_new()
    for (const name of ['Autumn', 'Spring'])
      utils.book_append_sheet(book, utils.aoa_to_sheet([cumulative.split(','), ['W-1', '900070']]), name)
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }))
    expect(parseTotals({ name: 'two.xlsx', bytes }, byColumns)).toMatchObject({
      outcome: 'refused',
      finding: { code: 'ATTENDANCE_SEVERAL_SHEETS', parameters: { count: 2 } },
    })
  })
})
