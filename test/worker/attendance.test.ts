import { beforeAll, expect, test } from 'vitest'
import { readMarksCsv } from '../../connectors/attendance-marks/parse.ts'
import { readTotalsCsv } from '../../connectors/attendance-totals/parse.ts'
import { plainDate } from '../../src/domain/dates.ts'
import { attendanceExport } from '../../src/exports/attendance.ts'
import { inSteps } from '../../src/intake/in-steps.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { marksStep, receiveMarks } from '../../src/intake/receive-marks.ts'
import { receiveTotals } from '../../src/intake/receive-totals.ts'
import type { Runtime } from '../../src/runtime.ts'
import { fictionalUpn } from '../../src/seed/random.ts'
import { deliveryReport, importsAsChanges } from '../../src/store/report.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { marksStanding, marksWorld, pupils, yearOf } from './marks-world.ts'

let runtime: Runtime
let virtualSchool = 0

beforeAll(async () => {
  ;({ runtime, virtualSchool } = await marksWorld())
})

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

  const [head = []] = await attendanceExport(query)
  expect(head.slice(0, 6)).toEqual(['la_code', 'child_reference', 'week_beginning', 'school_urn', 'MonAM', 'MonPM'])
  const found = await marksStanding(runtime)
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
