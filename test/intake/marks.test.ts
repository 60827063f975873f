import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMarksCsv } from '../../connectors/attendance-marks/parse.ts'
import { mondayOf, unpackWeek } from '../../src/domain/attendance/week.ts'
import type { MarksSender } from '../../src/intake/marks-sender.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { receiveMarks } from '../../src/intake/receive-marks.ts'
import { sha256 } from '../../src/intake/receive-return.ts'
import { matchRowTo } from '../../src/intake/resolve-row.ts'
import { csvFile } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { deliveryReport, importsAsChanges } from '../../src/store/report.ts'
import { schoolByUrn } from '../../src/store/schools.ts'
import { statement } from '../../src/store/statement.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { smallWorld } from '../small-world.ts'

let world: Awaited<ReturnType<typeof smallWorld>>
let [council, school] = [0, 0]
let upns: readonly string[] = []

beforeAll(async () => {
  world = await smallWorld([
    { surname: 'Qxone', year: '8', born: '2013-05-04' },
    { surname: 'Qxtwo', year: '9', born: '2012-05-04' },
  ])
  const { query } = world.runtime.db
  council = (await query.selectFrom('virtual_school').select('number').executeTakeFirstOrThrow()).number
  school = (await schoolByUrn(query, '2026-11-20', '900070'))?.number ?? 0
  const rows = await query
    .selectFrom('pupil_identifier')
    .select('value')
    .where('kind', '=', 'upn')
    .orderBy('pupil_number')
    .execute()
  upns = rows.map(({ value }) => value)
})
afterAll(async () => world.runtime.close())

const contractor = (): MarksSender => ({ from: { kind: 'council', virtualSchool: council }, by: null, via: 'command' })
const ownSchool = (): MarksSender => ({
  from: { kind: 'school', school, virtualSchools: [council] },
  by: null,
  via: 'command',
})

async function* whole(text: string) {
  yield new TextEncoder().encode(text)
}

const bring = async (text: string, sender: MarksSender) => {
  const bytes = new TextEncoder().encode(text)
  const received = await receiveMarks(
    world.runtime,
    { name: 'marks.csv', sha256: await sha256(bytes), bytes: bytes.length, layout: null, copied: true },
    readMarksCsv(whole(text), null),
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

const publish = async (text: string, sender: MarksSender) => {
  const brought = await bring(text, sender)
  if (brought.outcome === 'refused') throw new Error(brought.finding.code)
  await publishImports(world.runtime, brought.changes)
  return brought
}

/** What stands: 'day session code @school', in order. */
const standing = async () => {
  const rows = await world.runtime.db.query
    .selectFrom('mark_week')
    .select(['pupil_number as pupil', 'week', 'marks', 'school_number as school'])
    .orderBy('pupil_number')
    .orderBy('week')
    .execute()
  return rows
    .flatMap(({ pupil, week, marks, school: at }) =>
      unpackWeek(week, marks).map(
        ({ day, session, code }) => `${pupil} ${day} ${session} ${code} @${at === school ? 'own' : at}`,
      ),
    )
    .sort()
}

const clean = async () => {
  const { current } = await verifyStore(world.runtime.db.query)
  return [...current.values()].every((wrong) => wrong === 0)
}

const withdraw = async (brought: Awaited<ReturnType<typeof publish>>) => {
  for (const change of brought.changes) await withdrawImport(world.runtime, change)
}

const head = 'UPN,Surname,Date,Session,Mark,School'
const line = (child: number, day: string, session: string, mark: string, at = '900070') =>
  `${upns[child]},Qx,${day},${session},${mark},${at}`
const csv = (...lines: readonly string[]) => `${[head, ...lines].join('\r\n')}\r\n`

describe('attendance marks', () => {
  test('a reference stands where the UPN beside it is one nobody knows, and the officer is told once', async () => {
    const lines = [
      'Z800000000001,S-0,02/11/2026,AM,/',
      'Z800000000001,S-0,02/11/2026,PM,N',
      `${upns[1]},S-1,02/11/2026,AM,/`,
    ]
    const brought = await publish(['UPN,Child ref,Date,Session,Mark', ...lines].join('\n'), contractor())
    expect(brought.report.rows).toMatchObject({ read: 3, matched: 3, unmatched: 0 })
    expect(brought.report.findings).toMatchObject([{ code: 'MARKS_UPN_DIFFERS', severity: 'warning', at: { line: 2 } }])
    await withdraw(brought)
  })

  test('a file of everybody leaves the names of nobody', async () => {
    const strangers = (count: number) =>
      csv(...Array.from({ length: count }, (_, at) => `Z9${String(at).padStart(11, '0')},Qx,02/11/2026,AM,/,900070`))
    const before = await world.runtime.files.list()
    expect(await bring(strangers(2_001), contractor())).toMatchObject({
      outcome: 'refused',
      finding: { code: 'MARKS_OF_STRANGERS', parameters: { most: 2000 } },
    })
    expect(await world.runtime.files.list()).toEqual(before)
    const left = await world.runtime.db.query.selectFrom('import_row').select('upn_sent').execute()
    expect(left.filter(({ upn_sent }) => upn_sent?.startsWith('Z9'))).toEqual([])
    expect(await bring(strangers(2_001), ownSchool())).toMatchObject({ report: { rows: { leftOut: 2_001 } } })
  })

  test('a contractor’s file: one mark a session, its days as dd/mm/yyyy, every line accounted for', async () => {
    const file = csv(
      line(0, '02/11/2026', 'AM', '/'),
      line(0, '02/11/2026', 'PM', '\\'),
      line(1, '02/11/2026', 'AM', 'N'),
      line(0, '31/02/2026', 'AM', '/'),
      line(0, '03/11/2026', 'evening', '/'),
      line(0, '30/12/2026', 'AM', '/'),
      line(0, '04/11/2026', 'AM', 'ZZ9'),
      `Z999999999999,Qxother,02/11/2026,AM,/,900070`,
    )
    const brought = await publish(file, contractor())
    expect(brought.report.rows).toEqual({ read: 8, accepted: 6, rejected: 2, matched: 5, unmatched: 1, leftOut: 0 })
    expect(brought.report.records['attendance-mark']).toBe(4)
    expect(brought.report.findings.map(({ code, at }) => `${code} ${at.line ?? ''}`).sort()).toEqual([
      'MARKS_TO_COME 7',
      'MARK_DAY 5',
      'MARK_SESSION 6',
      'MARK_UNKNOWN 8',
    ])
    expect(await standing()).toEqual([
      '1 2026-11-02 AM / @own',
      '1 2026-11-02 PM \\ @own',
      '1 2026-11-04 AM ZZ9 @own',
      '2 2026-11-02 AM N @own',
    ])
    const { file_key: key } = await world.runtime.db.query
      .selectFrom('delivery')
      .select('file_key')
      .where('id', '=', brought.delivery)
      .executeTakeFirstOrThrow()
    const kept = new TextDecoder().decode(await world.runtime.files.get(key ?? ''))
    expect(kept).toContain('31/02/2026')
    expect(kept).not.toContain('Qx')
    expect(await clean()).toBe(true)
    await withdraw(brought)
    expect(await standing()).toEqual([])
  })

  test('the school’s own register stands above a contractor’s, and withdrawing it brings the other back', async () => {
    const other = await publish(csv(line(0, '02/11/2026', 'AM', 'N'), line(0, '02/11/2026', 'PM', '/')), contractor())
    const own = await publish(csv(line(0, '02/11/2026', 'AM', 'I')), ownSchool())
    expect(own.report.findings.map(({ code }) => code)).toEqual(['MARKS_CHANGE_HISTORY'])
    expect(await standing()).toEqual(['1 2026-11-02 AM I @own', '1 2026-11-02 PM / @own'])
    const again = await publish(csv(line(0, '02/11/2026', 'AM', 'O')), contractor())
    expect(again.report.findings).toEqual([])
    expect(await standing()).toEqual(['1 2026-11-02 AM I @own', '1 2026-11-02 PM / @own'])
    expect(await clean()).toBe(true)
    await withdraw(own)
    expect(await standing()).toEqual(['1 2026-11-02 AM O @own', '1 2026-11-02 PM / @own'])
    await withdraw(again)
    expect(await standing()).toEqual(['1 2026-11-02 AM N @own', '1 2026-11-02 PM / @own'])
    await withdraw(other)
    expect(await clean()).toBe(true)
  })

  test('registered at two schools: D at the one yields to the mark at the other, whatever came later', async () => {
    const at = await publish(csv(line(0, '02/11/2026', 'AM', '/', '111111')), contractor())
    const main = await publish(csv(line(0, '02/11/2026', 'AM', 'D'), line(0, '02/11/2026', 'PM', 'D')), ownSchool())
    expect(await standing()).toEqual(['1 2026-11-02 AM / @0', '1 2026-11-02 PM D @own'])
    expect(await clean()).toBe(true)
    const corrected = await publish(csv(line(0, '02/11/2026', 'AM', '-')), ownSchool())
    expect(await standing()).toEqual(['1 2026-11-02 AM / @0', '1 2026-11-02 PM D @own'])
    for (const one of [at, main, corrected]) await withdraw(one)
    expect(await standing()).toEqual([])
  })

  test('of a school’s own file nothing is kept of a child nobody asks about but the count', async () => {
    const brought = await publish(
      csv(line(1, '02/11/2026', 'AM', '/'), 'Z999999999999,Qxother,02/11/2026,AM,/,900070'),
      ownSchool(),
    )
    expect(brought.report.rows).toEqual({ read: 2, accepted: 1, rejected: 1, matched: 1, unmatched: 0, leftOut: 1 })
    await withdraw(brought)
  })

  test('a week, a day and a session a line say the same', async () => {
    const monday = mondayOf(2965)
    const session = csv(line(0, monday, 'AM', '/'), line(0, monday, 'PM', 'C2'))
    const ofDay = `UPN,Date,AM,PM\r\n${upns[0]},${monday},/,C2\r\n`
    const ofWeek = `UPN,Week beginning,MonAM,MonPM,TueAM\r\n${upns[0]},${monday},/ ,C2,\r\n`
    const seen: unknown[] = []
    for (const file of [session, ofDay, ofWeek]) {
      const brought = await publish(file, contractor())
      seen.push(await standing())
      await withdraw(brought)
    }
    expect(seen[0]).toEqual([`1 ${monday} AM / @own`, `1 ${monday} PM C2 @own`])
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
  })

  test('lines that fitted nobody wait with their marks until a person says whose they are', async () => {
    const brought = await publish(
      csv(
        'Z999999999999,Qxone,02/11/2026,AM,/,',
        'Z999999999999,Qxone,02/11/2026,PM,N,',
        'Z999999999999,Qxone,09/11/2026,AM,/,900070',
      ),
      contractor(),
    )
    expect(brought.report.rows).toMatchObject({ matched: 0, unmatched: 3 })
    const rows = await world.runtime.db.query
      .selectFrom('import_row')
      .select(['row_number as number', 'lines'])
      .where('import_number', '=', brought.changes[0]?.number ?? 0)
      .execute()
    expect(rows).toEqual([
      { number: 2, lines: 2 },
      { number: 4, lines: 1 },
    ])
    const scope = world.scope()
    for (const { number } of rows) {
      const row = {
        ...{ importNumber: brought.changes[0]?.number ?? 0, importId: brought.imports[0] ?? '' },
        ...{ rowNumber: number, virtualSchool: council, ofAttendance: true },
      }
      expect(await matchRowTo(world.runtime, scope, row, 1, { by: world.by, part: 'officer' })).toBe('matched')
    }
    expect(await standing()).toEqual(['1 2026-11-02 AM / @own', '1 2026-11-02 PM N @own', '1 2026-11-09 AM / @own'])
    expect(await clean()).toBe(true)
    const report = await deliveryReport(world.runtime.db.query, brought.delivery)
    expect(report.rows).toMatchObject({ read: 3, matched: 3, unmatched: 0, rejected: 0 })
    expect(report.records['attendance-mark']).toBe(3)
    for (const change of await importsAsChanges(world.runtime.db.query, brought.delivery))
      await withdrawImport(world.runtime, { ...change, by: null, part: 'command' })
    expect(await standing()).toEqual([])
  })

  test('two files of one day fill it together; the same mark again changes nothing; a correction wins and is said', async () => {
    const morning = await publish(csv(line(0, '02/11/2026', 'AM', '/ ')), contractor())
    const afternoon = await publish(csv(line(0, '02/11/2026', 'PM', 'N')), contractor())
    expect(afternoon.report.findings).toEqual([])
    expect(await standing()).toEqual(['1 2026-11-02 AM / @own', '1 2026-11-02 PM N @own'])
    const again = await publish(csv(line(0, '02/11/2026', 'AM', '/')), contractor())
    expect(again.report.findings).toEqual([])
    const corrected = await publish(
      csv(line(0, '02/11/2026', 'PM', 'I'), line(0, '02/11/2026', 'PM', 'M')),
      contractor(),
    )
    expect(corrected.report.findings.map(({ code }) => code).sort()).toEqual(['MARKS_CHANGE_HISTORY', 'MARK_TWICE'])
    expect(await standing()).toEqual(['1 2026-11-02 AM / @own', '1 2026-11-02 PM M @own'])
    expect(await clean()).toBe(true)
    for (const one of [morning, afternoon, again, corrected]) await withdraw(one)
  })

  test('a blank says nothing, a dash says not entered, and neither takes a mark away', async () => {
    const told = await publish(csv(line(0, '02/11/2026', 'AM', '/'), line(0, '02/11/2026', 'PM', '-')), contractor())
    const empty = await publish(csv(line(0, '02/11/2026', 'AM', ''), line(0, '02/11/2026', 'PM', '*')), contractor())
    expect(empty.report.rows).toMatchObject({ read: 2, matched: 2 })
    const dashed = await publish(csv(line(0, '02/11/2026', 'AM', '-')), contractor())
    expect(await standing()).toEqual(['1 2026-11-02 AM / @own', '1 2026-11-02 PM * @own'])
    for (const one of [told, empty, dashed]) await withdraw(one)
  })

  test('K takes no mark away before August 2024, when it stood for none; since then it is a mark', async () => {
    const day = (on: string, mark: string) => line(0, on, 'AM', mark)
    const told = await publish(csv(day('17/06/2024', '/'), day('16/09/2024', '/')), contractor())
    const later = await publish(csv(day('17/06/2024', 'K'), day('16/09/2024', 'K')), contractor())
    expect(await standing()).toEqual(['1 2024-06-17 AM / @own', '1 2024-09-16 AM K @own'])
    expect(await clean()).toBe(true)
    for (const one of [told, later]) await withdraw(one)
  })

  test('a child without a UPN, one with a temporary UPN and one named twice are matched by what is theirs alone', async () => {
    const brought = await publish(
      [
        'UPN,Child ref,Surname,Date,Session,Mark',
        'UN2,S-0,Qxone,02/11/2026,AM,/',
        'UN2,,Qxnobody,02/11/2026,AM,/',
        'UN2,,Qxnobody,02/11/2026,PM,/',
        'A99100000001A,,Qxtemporary,02/11/2026,AM,/',
        `${upns[1]},S-0,Qxmixed,02/11/2026,AM,/`,
        `${upns[1]},S-1,Qxtwo,02/11/2026,AM,\\`,
        `${upns[1]},,Qxtwo,02/11/2026,PM,\\`,
      ].join('\n'),
      contractor(),
    )
    expect(brought.report.rows).toEqual({ read: 7, accepted: 6, rejected: 1, matched: 3, unmatched: 3, leftOut: 0 })
    expect(brought.report.findings.map(({ code }) => code)).toEqual(['MARKS_OF_TWO_CHILDREN'])
    expect(await standing()).toEqual(['1 2026-11-02 AM / @own', '2 2026-11-02 AM \\ @own', '2 2026-11-02 PM \\ @own'])
    await withdraw(brought)
  })

  test('two children without a UPN are two rows, each with its own marks', async () => {
    const brought = await publish(
      [
        'UPN,Surname,Forename,Date,Session,Mark',
        'UN2,Qxnobody,Qxann,02/11/2026,AM,/',
        'UN2,Qxother,Qxbob,02/11/2026,AM,O',
        'UN2,Qxnobody,Qxann,02/11/2026,PM,/',
      ].join('\n'),
      contractor(),
    )
    expect(brought.report.findings).toEqual([])
    const rows = await world.runtime.db.query
      .selectFrom('import_row')
      .select(['surname_sent as surname', 'lines'])
      .where('import_number', '=', brought.changes[0]?.number ?? 0)
      .orderBy('row_number')
      .execute()
    expect(rows).toEqual([
      { surname: 'Qxnobody', lines: 2 },
      { surname: 'Qxother', lines: 1 },
    ])
    await withdraw(brought)
  })

  test('a UPN that two children on the roll share gives its marks to neither, until the line names one of them', async () => {
    const share = (upn: string) =>
      world.runtime.db.commit([
        statement("update pupil_identifier set value = ? where kind = 'upn' and pupil_number = 2", [upn]),
      ])
    await share(upns[0] ?? '')
    const rows = ['UPN,Child ref,Date,Session,Mark', `${upns[0]},,02/11/2026,AM,/`, `${upns[0]},S-0,02/11/2026,AM,L`]
    const fromCouncil = await publish(rows.join('\n'), contractor())
    expect(fromCouncil.report.rows).toMatchObject({ read: 2, rejected: 1, matched: 1, unmatched: 0 })
    expect(fromCouncil.report.findings.map(({ code }) => code)).toEqual(['MARKS_OF_TWO_CHILDREN'])
    expect(await standing()).toEqual(['1 2026-11-02 AM L @own'])
    const fromSchool = await publish(csv(line(0, '02/11/2026', 'AM', '/')), ownSchool())
    expect(fromSchool.report.rows).toMatchObject({ read: 1, rejected: 1, matched: 0, leftOut: 0 })
    for (const one of [fromCouncil, fromSchool]) await withdraw(one)
    await share(upns[1] ?? '')
  })

  test('a school’s own number of seven digits is its own where the register of schools is not here to ask', async () => {
    const own = await publish(csv(line(0, '02/11/2026', 'AM', '/', '9914001')), ownSchool())
    expect(own.report.rows).toMatchObject({ read: 1, matched: 1 })
    const other = await publish(csv(line(0, '02/11/2026', 'AM', '/', '900999')), ownSchool())
    expect(other.report.findings.map(({ code }) => code)).toEqual(['MARKS_OF_OTHER_SCHOOL'])
    for (const one of [own, other]) await withdraw(one)
  })

  test('a school that became an academy is one school, under its old URN and its new one', async () => {
    await bringInRoll(
      world.runtime,
      council,
      csvFile('schools.csv', [
        ['urn', 'previous_urn', 'urn_first_day', 'school_name', 'phase', 'la_code', 'country'],
        ['900071', '900070', '2026-11-01', 'Small Bridge Academy', 'all-through', '991', 'England'],
      ]),
    )
    const brought = await publish(
      csv(line(0, '26/10/2026', 'AM', '/', '900070'), line(0, '02/11/2026', 'AM', '/', '900071')),
      contractor(),
    )
    expect(brought.report.findings).toEqual([])
    expect(await standing()).toEqual(['1 2026-10-26 AM / @own', '1 2026-11-02 AM / @own'])
    const own = await publish(csv(line(1, '26/10/2026', 'AM', '/', '900070')), ownSchool())
    expect(own.report.rows).toMatchObject({ read: 1, matched: 1 })
    for (const one of [brought, own]) await withdraw(one)
  })

  test('a school that goes on marking a child who has left takes nothing from the school that the child is at', async () => {
    const places = (...rows: readonly (readonly (string | null)[])[]) =>
      bringInRoll(
        world.runtime,
        council,
        csvFile('places.csv', [
          ['child_reference', 'urn', 'first_day', 'last_day', 'enrolment_status', 'confirmed_how'],
          ...rows,
        ]),
      )
    await bringInRoll(
      world.runtime,
      council,
      csvFile('schools.csv', [
        ['urn', 'school_name', 'phase', 'la_code', 'country'],
        ['900081', 'Small Ford School', 'all-through', '991', 'England'],
      ]),
    )
    const ford = (await schoolByUrn(world.runtime.db.query, '2026-11-20', '900081'))?.number ?? 0
    const now = await publish(
      csv(line(0, '02/11/2026', 'AM', '/', '900081'), line(0, '02/11/2026', 'PM', 'I', '900081')),
      contractor(),
    )
    const left = await publish(
      csv(line(0, '02/11/2026', 'AM', 'O', '900070'), line(0, '02/11/2026', 'PM', 'O', '900070')),
      contractor(),
    )
    // As long as the roll says that the child is at the one school alone, what that school says counts.
    expect(await standing()).toEqual(['1 2026-11-02 AM O @own', '1 2026-11-02 PM O @own'])
    await places(
      ['S-0', '900070', '2024-09-03', '2026-10-31', 'C', 'call'],
      ['S-0', '900081', '2026-11-01', null, 'C', 'call'],
    )
    expect(await standing()).toEqual([`1 2026-11-02 AM / @${ford}`, `1 2026-11-02 PM I @${ford}`])
    expect(await clean()).toBe(true)
    const late = await publish(csv(line(0, '02/11/2026', 'PM', 'N', '900070')), contractor())
    expect(await standing()).toEqual([`1 2026-11-02 AM / @${ford}`, `1 2026-11-02 PM I @${ford}`])
    const { id, number } = await world.runtime.db.query
      .selectFrom('import')
      .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
      .select(['import.id', 'import.number'])
      .where('delivery.connector', '=', 'local-roll')
      .orderBy('import.number', 'desc')
      .executeTakeFirstOrThrow()
    await withdrawImport(world.runtime, { id, number, virtualSchool: council, by: null, part: 'test' })
    expect(await standing()).toEqual(['1 2026-11-02 AM O @own', '1 2026-11-02 PM N @own'])
    expect(await clean()).toBe(true)
    for (const one of [late, now, left]) await withdraw(one)
    expect(await standing()).toEqual([])
  })

  test('a file whose columns nobody knows is refused, says what is missing, and leaves nothing', async () => {
    const before = await world.runtime.files.list()
    const refused = await bring('Name,When,Code\r\nx,02/11/2026,/\r\n', contractor())
    expect(refused).toMatchObject({
      outcome: 'refused',
      finding: { code: 'MARKS_COLUMNS_UNKNOWN', parameters: { missing: 'child, day, session' } },
    })
    expect(await world.runtime.files.list()).toEqual(before)
    const left = await world.runtime.db.query
      .selectFrom('mark_week_fact as f')
      .innerJoin('import', 'import.number', 'f.import_number')
      .select('f.week')
      .where('import.state', '=', 'staging')
      .execute()
    expect(left).toEqual([])
  })
})
