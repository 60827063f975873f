import { applyD1Migrations, env } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import { readMarksCsv } from '../../connectors/attendance-marks/parse.ts'
import { readTotalsCsv } from '../../connectors/attendance-totals/parse.ts'
import { configFor } from '../../src/config.ts'
import { mondayOf } from '../../src/domain/attendance/week.ts'
import { plainDate, plusDays } from '../../src/domain/dates.ts'
import { attendanceExport } from '../../src/exports/attendance.ts'
import { inSteps } from '../../src/intake/in-steps.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { marksStep, receiveMarks } from '../../src/intake/receive-marks.ts'
import { receiveTotals } from '../../src/intake/receive-totals.ts'
import { openWorkerRuntime } from '../../src/runtime/worker/open.ts'
import type { Runtime } from '../../src/runtime.ts'
import { addVirtualSchools } from '../../src/seed/demo.ts'
import { csvFile, fictionalUpn } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { deliveryReport, importsAsChanges } from '../../src/store/report.ts'
import { virtualSchools } from '../../src/store/schools.ts'
import { verifyStore } from '../../src/store/verify.ts'

const pupils = 263
const days = 190
let runtime: Runtime
let virtualSchool = 0

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  runtime = openWorkerRuntime({
    database: env.DB,
    bucket: env.FILES,
    config: configFor('http://127.0.0.1:8787', 'd1'),
    sendEmail: async () => undefined,
    waitUntil: () => undefined,
  })
  await runtime.db.commit(addVirtualSchools([{ laCode: '991', name: 'Wendlemoor', mailbox: 'vs@d1.example' }]))
  virtualSchool = (await virtualSchools(runtime.db.query))[0]?.number ?? 0
  const bring = (name: string, rows: readonly (readonly (string | null)[])[]) =>
    bringInRoll(runtime, virtualSchool, csvFile(name, rows))
  await bring('schools.csv', [
    ['urn', 'school_name', 'phase', 'la_code', 'country'],
    ['900501', 'Aldermoor', 'all-through', '991', 'England'],
  ])
  const children = Array.from({ length: pupils }, (_, index) => index + 1)
  await bring('pupils.csv', [
    ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'care_first_day'],
    ...children.map((number) => [
      ...[`P-${number}`, fictionalUpn('991', number), 'Qx', 'Zed', '2012-02-01', '8'],
      '2020-01-01',
    ]),
  ])
  await bring('places.csv', [
    ['child_reference', 'urn', 'first_day', 'enrolment_status', 'confirmed_how'],
    ...children.map((number) => [`P-${number}`, '900501', '2023-09-01', 'C', 'call']),
  ])
})

const marks = ['/', '\\', 'L', 'I', 'N', 'C2', 'X01', 'B']

/** A year's marks day by day, and each as the export has it: child, day and session. */
const yearOf = (children: number) => {
  const lines = ['UPN,Date,Session,Mark']
  const expected = new Map<string, string>()
  for (let at = 0; at < days; at += 1) {
    const day = plusDays(mondayOf(2904 + Math.floor(at / 5)), at % 5)
    for (let child = 1; child <= children; child += 1)
      for (const session of ['AM', 'PM']) {
        const mark = marks[(child * 7 + at * 3 + (session === 'AM' ? 0 : 1)) % marks.length] ?? '/'
        lines.push(`${fictionalUpn('991', child)},${day},${session},${mark}`)
        expected.set(`P-${child} ${day} ${session}`, mark)
      }
  }
  return { bytes: new TextEncoder().encode(lines.join('\n')), lines: lines.length - 1, expected }
}

const receive = (bytes: Uint8Array, sha256: string) =>
  receiveMarks(
    runtime,
    { name: 'year.csv', sha256, bytes: bytes.length, layout: null, copied: true },
    readMarksCsv(inSteps([bytes], marksStep), null),
    { from: { kind: 'council', virtualSchool }, by: null, via: 'page' },
  )

test('100,000 marks go into D1 whole, stand as sent, and go again', { timeout: 120_000 }, async () => {
  const { bytes, lines, expected } = yearOf(pupils)
  expect(lines).toBe(99_940)
  const received = await receive(bytes, 'one')
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const { query } = runtime.db
  expect((await deliveryReport(query, received.delivery)).rows).toMatchObject({ read: lines, matched: lines })
  const changes = (await importsAsChanges(query, received.delivery)).map((one) => ({ ...one, by: null, part: 'test' }))
  expect(await publishImports(runtime, changes)).toEqual({ outcome: 'published' })

  const [head = [], ...rows] = await attendanceExport(query)
  const found = new Map<string, string>()
  for (const row of rows)
    for (let slot = 0; slot < 14; slot += 1) {
      const mark = row[4 + slot]
      const day = plusDays(row[2] as ReturnType<typeof plusDays>, Math.floor(slot / 2))
      if (mark) found.set(`${row[1]} ${day} ${slot % 2 === 0 ? 'AM' : 'PM'}`, mark)
    }
  expect(head.slice(0, 6)).toEqual(['la_code', 'child_reference', 'week_beginning', 'school_urn', 'MonAM', 'MonPM'])
  expect(found.size).toBe(expected.size)
  expect([...found].filter(([key, mark]) => expected.get(key) !== mark)).toEqual([])
  const { current } = await verifyStore(query)
  expect([...current.values()].every((wrong) => wrong === 0)).toBe(true)

  for (const change of changes) await withdrawImport(runtime, change)
  expect(await attendanceExport(query)).toHaveLength(1)
})

test('a larger file is refused with how to split it, and leaves nothing', { timeout: 120_000 }, async () => {
  const before = await runtime.files.list()
  const { bytes } = yearOf(pupils)
  const more = new TextEncoder().encode(
    Array.from({ length: 100 }, (_, at) => `\n${fictionalUpn('991', at + 1)},2026-11-02,AM,/`).join(''),
  )
  expect(await receive(new Uint8Array([...bytes, ...more]), 'two')).toMatchObject({
    outcome: 'refused',
    finding: { code: 'FILE_TOO_MANY_MARKS', parameters: { most: 100_000 } },
  })
  expect(await runtime.files.list()).toEqual(before)
  const left = await runtime.db.query
    .selectFrom('import')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', 'staging')
    .executeTakeFirst()
  expect(left?.count).toBe(0)
})

test('a census of 20,000 pupils leaves D1 the totals of those who are looked after, and nothing of the others', {
  timeout: 120_000,
}, async () => {
  const read = 20_000
  const upn = (at: number) => (at < pupils ? fictionalUpn('991', at + 1) : `Z9910${String(at).padStart(8, '0')}`)
  const lines = Array.from({ length: read }, (_, at) => `${upn(at)},Qx,120,50,60,10`)
  const bytes = new TextEncoder().encode(['UPN,Surname,TermlySessionsPossible,/,\\,I', ...lines].join('\n'))
  const period = { firstDay: plainDate('2025-08-01'), lastDay: plainDate('2025-12-31') }
  const received = await receiveTotals(
    runtime,
    { name: 'census.csv', sha256: 'three', bytes: bytes.length, layout: null, period },
    readTotalsCsv(inSteps([bytes]), { mapping: null, period }),
    { from: { kind: 'council', virtualSchool }, by: null, via: 'page' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const { query } = runtime.db
  expect((await deliveryReport(query, received.delivery)).rows).toMatchObject({
    ...{ read, matched: pupils, leftOut: read - pupils, unmatched: 0 },
  })
  const changes = (await importsAsChanges(query, received.delivery)).map((one) => ({ ...one, by: null, part: 'test' }))
  expect(await publishImports(runtime, changes)).toEqual({ outcome: 'published' })
  const standing = await query.selectFrom('attendance_total').select(['attended', 'reasons']).execute()
  expect(standing).toHaveLength(pupils)
  expect(new Set(standing.map(({ attended, reasons }) => `${attended} ${reasons}`))).toEqual(
    new Set(['110 {"/":50,"\\\\":60,"I":10}']),
  )
  const { current } = await verifyStore(query)
  expect([...current.values()].every((wrong) => wrong === 0)).toBe(true)
  for (const change of changes) await withdrawImport(runtime, change)
  expect(await query.selectFrom('attendance_total').select('kind').execute()).toEqual([])
})
