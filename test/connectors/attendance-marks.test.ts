import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'
import { attendanceMarks, parseMarks, readMarksCsv } from '../../connectors/attendance-marks/parse.ts'
import type { MarksMapping, MarksRead } from '../../connectors/attendance-marks/rows.ts'
import { readCsvStream } from '../../connectors/format/csv-stream.ts'
import { mondayOf } from '../../src/domain/attendance/week.ts'
import { plusDays } from '../../src/domain/dates.ts'
import { makeUpn, seededRandom } from '../make.ts'

const random = seededRandom(19)
const [one, two] = [makeUpn(random), makeUpn(random)]

const text = (...lines: readonly string[]) => new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)

const utf16 = (content: string, bigEnd: boolean) => {
  const bytes = new Uint8Array(2 + content.length * 2)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xfeff, !bigEnd)
  for (let at = 0; at < content.length; at += 1) view.setUint16(2 + at * 2, content.charCodeAt(at), !bigEnd)
  return bytes
}

const workbook = (rows: readonly (readonly (string | number | Date)[])[]) => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Printed for the office']]), 'Cover')
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Marks')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }))
}

const sims = (...records: readonly string[]) =>
  new TextEncoder().encode(
    `<?xml version="1.0" encoding="utf-8"?>\n<SuperStarReport>\n${records.map((record) => `<Record>${record}</Record>`).join('\n')}\n</SuperStarReport>`,
  )

const bromcomById: MarksMapping = {
  columns: {
    reference: 'StudentId',
    week: 'WeekStart',
    mon_am: 'MonAM',
    mon_pm: 'MonPM',
    tue_am: 'TueAM',
    fri_pm: 'FriPM',
  },
}
const simsPartner: MarksMapping = {
  columns: { reference: 'Student ID', day: 'Date', session: 'Session Name', mark: 'Mark' },
  sessions: { AM: ['AM Registration'], PM: ['PM Registration'] },
}

const head = 'UPN,Surname,Date,Session,Mark'
const session = (upn: string, day: string, half: string, mark: string) => `${upn},Qx,${day},${half},${mark}`

/** Each shape and each edge that a file may have; what it is read as is kept beside (VSX_GOLDEN=write). */
const files: readonly (readonly [string, Uint8Array, MarksMapping?])[] = [
  ['sessions', text(head, session(one, '04/11/2026', 'AM', '/'), session(one, '04/11/2026', 'PM', '\\'))],
  [
    'days',
    text('UPN,Attendance date,AM,PM,School URN', `${one},2026-11-04,L,C2,900070`, `${two},2026-11-04,N,,900070`),
  ],
  ['weeks-with-upn', text('UPN,Week commencing,MonAM,MonPM,TueAM,FriPM', `${one},02/11/2026,/ ,\\ ,I   ,X01`)],
  ['weeks-by-own-number', text('StudentId,WeekStart,MonAM,MonPM,TueAM,FriPM', '4711,02/11/2026,/,\\,,Y3'), bromcomById],
  [
    'basic-attendance',
    text(
      'UPN,CalendarStartDate,Mark,PeriodDisplayName,AttendanceComment',
      `${one},2026-11-04T00:00:00,/ ,AM,Qxcomment`,
    ),
  ],
  [
    'partner-session-record',
    text(
      'Date,ID,Mark,Session Name,Student ID',
      '04/11/2026,1,/,AM Registration,88',
      '04/11/2026,2,N,PM Registration,88',
    ),
    simsPartner,
  ],
  ['workbook-sessions', workbook([head.split(','), [one, 'Qx', new Date('2026-11-04T00:00:00Z'), 'AM', '/']])],
  [
    'workbook-days',
    workbook([
      ['UPN', 'Date', 'AM', 'PM'],
      [one, '04/11/2026', '/', '\\'],
      [two, 46330, 'C1', 'J1'],
    ]),
  ],
  [
    'workbook-weeks',
    workbook([['Register of'], ['UPN', 'Week beginning', 'MonAM', 'MonPM'], [one, '02/11/2026', '/', '\\']]),
  ],
  [
    'sims-report',
    sims(
      `<UPN>${one}</UPN><Legal_x0020_Surname>Qx</Legal_x0020_Surname><Date>04/11/2026</Date><Session>AM</Session><Mark>/</Mark>`,
      `<UPN>${one}</UPN><Date>2026-11-04</Date><Mark>\\</Mark><Session>PM</Session>`,
    ),
  ],
  ['backslash-heading', text('UPN,Date,AM,PM,\\', `${one},04/11/2026,\\,\\,\\`)],
  ['blank-dash-star', text(head, ...['', '-', '*', '  '].map((mark) => session(one, '04/11/2026', 'AM', mark)))],
  [
    'two-and-three-characters',
    text(head, ...['C2', 'J1', 'Y3', 'X01', 'c1'].map((mark) => session(one, '04/11/2026', 'AM', mark))),
  ],
  ['too-long-a-mark', text(head, session(one, '04/11/2026', 'AM', 'Late'))],
  ['kept-from-formulas', text(head, session(one, '04/11/2026', 'AM', "'-"), session(one, '04/11/2026', 'PM', "'/"))],
  ['first-of-april', text(head, session(one, '01/04/2025', 'AM', '/'))],
  ['american-day', text(head, session(one, '04/31/2025', 'AM', '/'))],
  ['serial-day', text(head, session(one, '45748', 'AM', '/'))],
  ['census-day', text(head, session(one, '2019-09-04 00:00:00', 'AM', '/'))],
  ['nobody', text(head, session('', '04/11/2026', 'AM', '/'))],
  [
    'unknown-upns',
    text(head, session('UN2', '04/11/2026', 'AM', '/'), session(`${one.slice(0, 12)}A`, '04/11/2026', 'AM', '/')),
  ],
  ['twice', text(head, session(one, '04/11/2026', 'AM', '/'), session(one, '04/11/2026', 'AM', 'N'))],
  ['morning-only', text('UPN,Date,AM', `${one},04/11/2026,/`)],
  ['week-on-a-tuesday', text('UPN,Week beginning,MonAM', `${one},03/11/2026,/`)],
  ['byte-order-mark', new Uint8Array([0xef, 0xbb, 0xbf, ...text(head, session(one, '04/11/2026', 'AM', '/'))])],
  ['utf-16-little', utf16(`${head}\r\n${session(one, '04/11/2026', 'AM', '/')}\r\n`, false)],
  ['utf-16-big', utf16(`${head}\r\n${session(one, '04/11/2026', 'AM', '/')}\r\n`, true)],
  ['semicolons', text(head.replaceAll(',', ';'), session(one, '04/11/2026', 'AM', '/').replaceAll(',', ';'))],
  ['tabs', text(head.replaceAll(',', '\t'), session(one, '04/11/2026', 'AM', '/').replaceAll(',', '\t'))],
  [
    'quoted-line-break',
    text(
      head,
      `${one},"Qx, of\nMill",04/11/2026,AM,/`,
      session(one, 'someday', 'AM', '/'),
      session(one, '04/11/2026', 'noon', '/'),
    ),
  ],
  ['title-above', text('Attendance of one council', '', head, session(one, '04/11/2026', 'AM', '/'))],
  ['headings-not-known', text('Name,When,Code', 'Qx,04/11/2026,/')],
  ['prototype-headings', text('__proto__,constructor,toString', 'a,b,c')],
  ['layout-fits-not', text('A,B,C', '1,2,3'), simsPartner],
]

type Case = readonly [name: string, bytes: Uint8Array, mapping: MarksMapping | null]
const cases: readonly Case[] = files.map(([name, bytes, mapping]) => [name, bytes, mapping ?? null])

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const isWhole = (bytes: Uint8Array) => bytes[0] === 0x50 || new TextDecoder().decode(bytes.subarray(0, 5)) === '<?xml'

const readAs = async (bytes: Uint8Array, mapping: MarksMapping | null, size = 4096) => {
  const pieces: MarksRead[] = []
  if (isWhole(bytes)) pieces.push(parseMarks({ name: 'marks', bytes }, mapping))
  else for await (const piece of readMarksCsv(inPieces(bytes, size), mapping)) pieces.push(piece)
  const refused = pieces.find((piece) => piece.outcome === 'refused')
  if (refused) return refused
  const read = pieces.flatMap((piece) => (piece.outcome === 'read' ? [piece] : []))
  return { outcome: 'read', grain: read[0]?.grain, notRead: read[0]?.notRead, rows: read.flatMap(({ rows }) => rows) }
}

describe('attendance marks, file by file', () => {
  it.each(cases)('%s', async (name, bytes, mapping) => {
    const read = `${JSON.stringify(await readAs(bytes, mapping), null, 2)}\n`
    const golden = `test/connectors/golden/attendance/${name}.json`
    if (process.env['VSX_GOLDEN'] === 'write') writeFileSync(golden, read)
    expect(JSON.parse(read)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  })

  it.each(cases.filter(([, bytes]) => !isWhole(bytes)))('%s, cut anywhere', async (_name, bytes, mapping) => {
    const whole = await readAs(bytes, mapping)
    for (const size of [1, 2, 7, 64]) expect(await readAs(bytes, mapping, size)).toEqual(whole)
  })

  it('is told by its content, and by nothing else', () => {
    const known = cases.filter(([name, bytes]) => attendanceMarks.recognises({ name: `${name}.txt`, bytes }))
    expect(known.map(([name]) => name)).toEqual(
      cases.map(([name]) => name).filter((name) => !/own-number|partner|not-known|prototype|fits-not/.test(name)),
    )
  })

  it('refuses definitions in a report', async () => {
    const bytes = new TextEncoder().encode(
      '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><SuperStarReport><Record><UPN>&a;</UPN></Record></SuperStarReport>',
    )
    expect(await readAs(bytes, null)).toMatchObject({ outcome: 'refused', finding: { code: 'XML_DOCTYPE' } })
  })

  it('gives no name of a child in a finding or in the copy that is kept', async () => {
    for (const [, bytes, mapping] of cases) {
      const read = await readAs(bytes, mapping)
      const rows = 'rows' in read ? read.rows : []
      expect(JSON.stringify(rows.map(({ findings, kept }) => [findings, kept]))).not.toMatch(/Qx|Mill/)
    }
  })
})

const cell = fc.stringMatching(/^[ A-Za-z0-9/\\'#-]{0,6}$/)
const records = async (bytes: Uint8Array, size: number) => {
  const all: unknown[] = []
  for await (const some of readCsvStream(inPieces(bytes, size))) all.push(...some)
  return all
}

describe('marks written and read again', () => {
  const code = fc.constantFrom(...'/ \\ L C C1 C2 I J1 N X01 Y3 # - *'.split(' '))
  const mondays = fc.integer({ min: 2800, max: 2960 }).map((week) => mondayOf(week))

  it('are the same, a session, a day or a week to a line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(one, two), mondays, fc.array(code, { minLength: 10, maxLength: 10 })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 400 }),
        async (weeks, size) => {
          const expected = weeks.map(([upn, monday, codes]) => ({
            upn,
            marks: codes.map((mark, slot) => ({
              day: plusDays(monday, Math.floor(slot / 2)),
              session: slot % 2 === 0 ? 'AM' : 'PM',
              code: mark,
            })),
          }))
          const sessions = expected.flatMap(({ upn, marks }) =>
            marks.map(({ day, session: half, code: mark }) => [upn, day, half, mark].join(',')),
          )
          const days = expected.flatMap(({ upn, marks }) =>
            marks.flatMap(({ day, code: mark }, at) =>
              at % 2 === 0 ? [[upn, day, mark, marks[at + 1]?.code].join(',')] : [],
            ),
          )
          const wholeWeeks = weeks.map(([upn, monday, codes]) => [upn, monday, ...codes].join(','))
          const ten = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].flatMap((day) => [`${day}AM`, `${day}PM`])
          for (const file of [
            text('UPN,Date,Session,Mark', ...sessions),
            text('UPN,Date,AM,PM', ...days),
            text(`UPN,Week beginning,${ten.join()}`, ...wholeWeeks),
          ]) {
            const read = await readAs(file, null, size)
            const rows = 'rows' in read ? read.rows : []
            expect(rows.flatMap(({ upn, marks }) => marks.map((mark) => ({ upn, ...mark })))).toEqual(
              expected.flatMap(({ upn, marks }) => marks.map((mark) => ({ upn, ...mark }))),
            )
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('a CSV file in pieces', () => {
  it('without quotes is read as the library reads it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 200 }),
        async (lines, size) => {
          const written = `a,b\n${lines.map((line) => line.join(',')).join('\n')}\n`
          const reference = (parse(written, { relax_column_count: true, relax_quotes: true }) as string[][])
            .map((cells, index) => ({ line: index + 1, cells }))
            .filter(({ cells }) => cells.some((one) => one.trim() !== ''))
          expect(await records(new TextEncoder().encode(written), size)).toEqual(reference)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a workbook with a sheet a month', () => {
  it('is refused: no month is left out unsaid', () => {
    const book = utils.book_new()
    for (const name of ['September', 'October'])
      utils.book_append_sheet(
        book,
        utils.aoa_to_sheet([
          ['UPN', 'Date', 'AM', 'PM'],
          ['Z', '2025-09-10', '/', '/'],
        ]),
        name,
      )
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }))
    expect(parseMarks({ name: 'year.xlsx', bytes }, null)).toMatchObject({
      outcome: 'refused',
      finding: { code: 'ATTENDANCE_SEVERAL_SHEETS', parameters: { count: 2 } },
    })
  })
})
