import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTotalsCsv } from '../../connectors/attendance-totals/parse.ts'
import type { TotalPeriod } from '../../connectors/attendance-totals/rows.ts'
import { censusNamed } from '../../src/domain/attendance/census.ts'
import type { MarksSender } from '../../src/intake/marks-sender.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { sha256 } from '../../src/intake/receive-return.ts'
import { receiveTotals } from '../../src/intake/receive-totals.ts'
import { matchRowTo } from '../../src/intake/resolve-row.ts'
import { deliveryReport, importsAsChanges } from '../../src/store/report.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { smallWorld } from '../small-world.ts'

let world: Awaited<ReturnType<typeof smallWorld>>
let upns: readonly string[] = []

beforeAll(async () => {
  world = await smallWorld([
    { surname: 'Qxone', year: '8', born: '2013-05-04' },
    { surname: 'Qxtwo', year: '9', born: '2012-05-04' },
  ])
  const rows = await world.runtime.db.query
    .selectFrom('pupil_identifier')
    .select('value')
    .where('kind', '=', 'upn')
    .orderBy('pupil_number')
    .execute()
  upns = rows.map(({ value }) => value)
})
afterAll(async () => world.runtime.close())

const contractor = (): MarksSender => ({
  from: { kind: 'council', virtualSchool: world.council },
  by: null,
  via: 'command',
})
const ownSchool = (): MarksSender => ({
  from: { kind: 'school', school: world.school.number, virtualSchools: [world.council] },
  by: null,
  via: 'command',
})

async function* whole(bytes: Uint8Array) {
  yield bytes
}

const bring = async (lines: readonly string[], sender: MarksSender, period: TotalPeriod | null = null) => {
  const bytes = new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)
  const received = await receiveTotals(
    world.runtime,
    { name: 'totals.csv', sha256: await sha256(bytes), bytes: bytes.length, layout: null, period },
    readTotalsCsv(whole(bytes), { mapping: null, period }),
    sender,
  )
  if (received.outcome === 'refused') return received
  const report = await deliveryReport(world.runtime.db.query, received.delivery)
  const changes = (await importsAsChanges(world.runtime.db.query, received.delivery)).map((one) => ({
    ...one,
    by: null,
    part: 'command',
  }))
  return { ...received, report, changes }
}

const publish = async (...given: Parameters<typeof bring>) => {
  const brought = await bring(...given)
  if (brought.outcome === 'refused') throw new Error(brought.finding.code)
  await publishImports(world.runtime, brought.changes)
  return brought
}

const withdraw = async (brought: Awaited<ReturnType<typeof publish>>) => {
  for (const change of brought.changes) await withdrawImport(world.runtime, change)
}

const standing = async () => {
  const rows = await world.runtime.db.query
    .selectFrom('attendance_total')
    .selectAll()
    .orderBy('pupil_number')
    .orderBy('kind')
    .orderBy('first_day')
    .execute()
  return rows.map((one) =>
    [
      ...[one.pupil_number, one.school_number === world.school.number ? 'own' : one.school_number, one.kind],
      ...[one.first_day, one.last_day, one.possible, one.attended, one.authorised, one.unauthorised],
      ...[one.reasons, one.percentage, one.basis],
    ].join(' '),
  )
}

const clean = async () =>
  [...(await verifyStore(world.runtime.db.query)).current.values()].every((wrong) => wrong === 0)
const marksInStore = async () => world.runtime.db.query.selectFrom('mark_week_fact').selectAll().execute()

const head = 'UPN,Surname,School URN,From,To,Possible,Present,Authorised,Unauthorised'
const line = (child: number, numbers: string, at = '900070') =>
  `${upns[child]},Qx,${at},01/09/2026,06/11/2026,${numbers}`

describe('attendance totals', () => {
  test('a collector’s totals: every line accounted for, kept as totals, no name in the copy, nothing made a mark', async () => {
    const brought = await publish(
      [
        head,
        line(0, '90,80,6,4'),
        line(1, '90,91,0,0'),
        line(1, '90,85,5,0', '123456'),
        'Z999999999999,Qxother,900070,01/09/2026,06/11/2026,90,80,6,4',
      ],
      contractor(),
    )
    expect(brought.report.rows).toEqual({ read: 4, accepted: 3, rejected: 1, matched: 2, unmatched: 1, leftOut: 0 })
    expect(brought.report.records['attendance-total']).toBe(2)
    expect(brought.report.findings.map(({ code, at }) => `${code} ${at.line}`)).toEqual([
      'TOTAL_MORE_THAN_POSSIBLE 3',
      'TOTALS_SCHOOL_UNKNOWN 4',
    ])
    expect(await standing()).toEqual([
      '1 own cumulative 2026-09-01 2026-11-06 90 80 6 4   ',
      '2 0 cumulative 2026-09-01 2026-11-06 90 85 5 0   ',
    ])
    const copy = await world.runtime.files.get(`delivery/${brought.delivery}`)
    expect(new TextDecoder().decode(copy)).toContain(`${upns[0]},,900070`)
    expect(new TextDecoder().decode(copy)).not.toContain('Qx')
    expect(await marksInStore()).toEqual([])
    expect(await clean()).toBe(true)
    await withdraw(brought)
    expect(await standing()).toEqual([])
  })

  test('a total is taken whole from one line, the school’s own above a collector’s; withdrawing brings the other back', async () => {
    const other = await publish([head, line(0, '90,80,6,4')], contractor())
    const own = await publish([head, line(0, '90,,,')], ownSchool())
    expect(own.report.findings.map(({ code }) => code)).toEqual(['TOTALS_CHANGE_HISTORY'])
    expect(await standing()).toEqual(['1 own cumulative 2026-09-01 2026-11-06 90      '])
    const later = await publish([head, line(0, '92,82,6,4'), line(0, '92,81,7,4')], contractor())
    expect(later.report.findings.map(({ code }) => code).sort()).toEqual(['TOTALS_CHANGE_HISTORY', 'TOTAL_TWICE'])
    expect(await standing()).toEqual(['1 own cumulative 2026-09-01 2026-11-06 90      '])
    await withdraw(own)
    expect(await standing()).toEqual(['1 own cumulative 2026-09-01 2026-11-06 92 81 7 4   '])
    await withdraw(later)
    expect(await standing()).toEqual(['1 own cumulative 2026-09-01 2026-11-06 90 80 6 4   '])
    await withdraw(other)
    expect(await clean()).toBe(true)
  })

  test('a census: its days from its name, its reasons by code, and nothing of the pupils who are not looked after', async () => {
    const period = censusNamed('spring-2026') ?? null
    const lines = [
      'Estab,UPN,Surname,TermlySessionsPossible,/,\\,I,O,D',
      `4001,${upns[0]},Qx,120,50,52,10,8,2`,
      '4001,Z999999999999,Qxother,120,60,60,,,',
    ]
    expect(await bring(lines, contractor())).toMatchObject({ finding: { code: 'TOTALS_PERIOD_UNKNOWN' } })
    const brought = await publish(lines, contractor(), period)
    expect(brought.report.rows).toEqual({ read: 2, accepted: 1, rejected: 1, matched: 1, unmatched: 0, leftOut: 1 })
    expect(await standing()).toEqual([
      '1 0 census 2025-08-01 2025-12-31 120 102 10 8 {"/":50,"\\\\":52,"I":10,"O":8,"D":2}  ',
    ])
    const rows = await world.runtime.db.query.selectFrom('import_row').select('surname_sent as name').execute()
    expect(rows.some(({ name }) => name === 'Qxother')).toBe(true)
    const own = await world.runtime.db.query
      .selectFrom('import_row')
      .innerJoin('import', 'import.number', 'import_row.import_number')
      .select('surname_sent as name')
      .where('import.id', 'in', brought.imports)
      .execute()
    expect(own).toEqual([{ name: null }])
    await withdraw(brought)
  })

  test('a college’s percentage stays as reported, with what it is of', async () => {
    const brought = await publish(
      ['Child ref,From,To,Attendance %,Basis', 'S-1,01/09/2026,06/11/2026,87.50,timetabled hours'],
      contractor(),
    )
    expect(await standing()).toEqual(['2 own percentage 2026-09-01 2026-11-06      87.50 timetabled hours'])
    await withdraw(brought)
  })

  test('of a school’s own file nothing is kept of a child nobody asks about but the count', async () => {
    const brought = await publish(
      [
        head,
        line(1, '90,80,6,4'),
        'Z999999999999,Qxother,900070,01/09/2026,06/11/2026,90,80,6,4',
        line(1, '90,80,6,4', '111111'),
      ],
      ownSchool(),
    )
    expect(brought.report.rows).toEqual({ read: 3, accepted: 1, rejected: 2, matched: 1, unmatched: 0, leftOut: 1 })
    expect(brought.report.findings.map(({ code }) => code)).toEqual(['MARKS_OF_OTHER_SCHOOL'])
    await withdraw(brought)
  })

  test('days to come are withheld; a file that cannot be read leaves nothing', async () => {
    const files = await world.runtime.files.list()
    const refused = await bring(['A,B', '1,2'], contractor())
    expect(refused).toMatchObject({ outcome: 'refused', finding: { code: 'TOTALS_COLUMNS_UNKNOWN' } })
    expect(await world.runtime.files.list()).toEqual(files)
    const brought = await publish([head, `${upns[0]},Qx,900070,01/09/2026,31/12/2026,90,80,6,4`], contractor())
    expect(brought.report.findings.map(({ code }) => code)).toEqual(['TOTAL_TO_COME'])
    expect(await standing()).toEqual([])
    await withdraw(brought)
  })

  test('a line that fitted nobody waits with its total until a person says whose it is', async () => {
    const brought = await publish([head, 'Z999999999999,Qxone,,01/09/2026,06/11/2026,90,80,6,4'], contractor())
    expect(await standing()).toEqual([])
    const [part] = brought.changes
    const scope = { ...world.scope(), person: world.by }
    const row = {
      importNumber: part?.number ?? 0,
      importId: part?.id ?? '',
      rowNumber: 2,
      virtualSchool: world.council,
    }
    const said = { by: world.by, part: 'officer' }
    expect(await matchRowTo(world.runtime, scope, { ...row, ofAttendance: true }, 1, said)).toBe('matched')
    expect(await standing()).toEqual(['1 own cumulative 2026-09-01 2026-11-06 90 80 6 4   '])
    expect(await clean()).toBe(true)
    const report = await deliveryReport(world.runtime.db.query, brought.delivery)
    expect(report.rows).toEqual({ read: 1, accepted: 1, rejected: 0, matched: 1, unmatched: 0, leftOut: 0 })
    expect(await matchRowTo(world.runtime, scope, { ...row, ofAttendance: true }, 2, said)).toBe('changed-meanwhile')
  })
})
