import { beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { todayInLondon } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import { publishRegister, receiveRegister } from '../../src/intake/receive-register.ts'
import { pupilReturns } from '../../src/returns/due.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { draftsInRounds, saveDrafts } from '../../src/store/drafts.ts'
import { personByEmail } from '../../src/store/people.ts'
import { findEstablishments, openQuestions, takeUp } from '../../src/store/register.ts'
import { deliveryReport, importsAsChanges } from '../../src/store/report.ts'
import { openRounds, submissionsOf } from '../../src/store/rounds.ts'
import { ownSchools, schoolByUrn } from '../../src/store/schools.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { establishmentsFile, inPieces, linksFile } from '../connectors/register.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

const dataDir = temporaryFolder()
let runtime: NodeRuntime
let council = 0

const bring = async (bytes: Uint8Array) => {
  const received = await receiveRegister(
    runtime,
    {
      name: 'register.csv',
      chunks: inPieces(bytes, 65_536),
      sha256: newPublicId(),
      bytes: bytes.length,
    },
    { virtualSchool: council, by: null },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const published = await publishRegister(runtime, received.delivery, { by: null, part: 'command' })
  return { ...received, ...published, report: await deliveryReport(runtime.db.query, received.delivery) }
}

const today = () => todayInLondon(runtime.now())
const school = (urn: string) => schoolByUrn(runtime.db.query, today(), urn)
const questions = async () =>
  (await openQuestions(runtime.db.query)).map(({ kind, urn, linkUrn }) => [kind, urn, linkUrn].join(' ').trim()).sort()

const lead = async () => {
  const person = await personByEmail(runtime.db.query, 'd.okoro@ellerwick.example')
  return scopeFor(person?.number ?? 0, { kind: 'school' }, runtime.now())
}

const closed = (day: string) => ({ 'EstablishmentStatus (name)': 'Closed', CloseDate: day })
const before = [
  { URN: '900001', EstablishmentName: 'Ellerwick School' },
  ...['900002', '900003', '900004', '900005'].map((URN) => ({ URN, EstablishmentName: `School ${URN}` })),
  { URN: '100200', EstablishmentName: 'Nobody here yet', Town: 'Farby' },
]

beforeAll(async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  await seedDemo(runtime, 1)
  council = (
    await runtime.db.query.selectFrom('virtual_school').select('number').orderBy('la_code').executeTakeFirstOrThrow()
  ).number
}, 120_000)

describe('a register of schools brought in', () => {
  test('makes no school of its own; a second reading of the same lines writes nothing', async () => {
    const schools = async () => (await runtime.db.query.selectFrom('school').select('number').execute()).length
    const count = await schools()
    const first = await bring(establishmentsFile(2019, before))
    expect(first.report.rows).toEqual({ read: 6, accepted: 6, rejected: 0, matched: 6, unmatched: 0, leftOut: 0 })
    expect(await schools()).toBe(count)
    const second = await bring(establishmentsFile(2025, before))
    expect([second.changed, second.unchanged]).toEqual([0, 6])
    expect(second.report.rows).toEqual({ read: 6, accepted: 6, rejected: 0, matched: 6, unmatched: 0, leftOut: 0 })
    expect(await questions()).toEqual([])
  })

  test('is searched by words of name, town and authority, and by URN; an establishment found becomes a school', async () => {
    const { query } = runtime.db
    expect((await findEstablishments(query, 'nobody farby', 10)).map(({ urn }) => urn)).toEqual(['100200'])
    expect((await findEstablishments(query, '100200', 10)).map(({ urn }) => urn)).toEqual(['100200'])
    expect(await findEstablishments(query, 'nobody elsewhere', 10)).toEqual([])
    await runtime.db.commit([...takeUp([{ id: newPublicId(), urn: '100200' }])])
    expect(await school('100200')).toMatchObject({ name: 'Nobody here yet', urn: '100200', laCode: '901' })
    await runtime.db.commit([...takeUp([{ id: newPublicId(), urn: '100200' }])])
    expect((await verifyStore(query)).foreignKeys).toBe(0)
  })

  test('a conversion in mid-round keeps the school, its people, drafts and history, and ends with a withdrawal', async () => {
    const scope = await lead()
    const [mine] = await ownSchools(runtime.db.query, scope)
    const urn = mine?.urn ?? ''
    const rounds = await openRounds(runtime.db.query)
    const returns = (await pupilReturns(runtime.db.query, scope, rounds)).filter(
      ({ due }) => due.school === mine?.number,
    )
    const first = returns[0]
    expect(first).toBeDefined()
    if (!first || !mine) return
    await runtime.db.commit([
      ...saveDrafts(
        [
          {
            round: first.due.round,
            pupil: first.due.pupil,
            school: mine.number,
            item: 'support_note',
            version: 1,
            raw: 'Half typed',
          },
        ],
        runtime.now(),
        scope.person,
      ),
    ])
    const seen = async () => ({
      schools: (await ownSchools(runtime.db.query, scope)).map(({ number }) => number),
      returns: (await pupilReturns(runtime.db.query, scope, rounds))
        .map(({ due }) => `${due.round}/${due.pupil}`)
        .sort(),
      drafts: (
        await draftsInRounds(
          runtime.db.query,
          scope,
          rounds.map(({ number }) => number),
          [first.due.pupil],
        )
      ).length,
      receipts: (await submissionsOf(runtime.db.query, scope)).length,
    })
    const known = await seen()
    expect(known.drafts).toBeGreaterThan(0)
    const day = today().split('-').reverse().join('-')
    // The number that closed stands below its successor, as in a file sorted by anything but age.
    const converted = [
      { URN: '149001', EstablishmentName: 'Ellerwick Academy', OpenDate: day, 'PhaseOfEducation (name)': 'Secondary' },
      ...before.filter(({ URN }) => URN !== urn),
      { URN: urn, EstablishmentName: mine.name, ...closed(day) },
    ]
    await bring(establishmentsFile(2025, converted))
    const links = await bring(
      linksFile([
        [urn, '149001', 'Successor', day],
        ['149001', urn, 'Predecessor', day],
      ]),
    )
    expect(links.questions).toBe(0)
    expect(await school('149001')).toMatchObject({ number: mine.number, urn: '149001', name: 'Ellerwick Academy' })
    expect((await school(urn))?.number).toBe(mine.number)
    expect(await seen()).toEqual(known)
    const [part] = await importsAsChanges(runtime.db.query, links.delivery)
    if (!part) throw new Error('no import')
    await withdrawImport(runtime, { ...part, by: null, part: 'command' })
    expect(await school(urn)).toMatchObject({ number: mine.number, urn })
    expect(await school('149001')).toBeUndefined()
    expect(await seen()).toEqual(known)
    await bring(
      linksFile([
        [urn, '149001', 'Successor', day],
        ['149001', urn, 'Predecessor', day],
      ]),
    )
    expect((await school('149001'))?.number).toBe(mine.number)
    expect([...(await verifyStore(runtime.db.query)).current.values()].every((wrong) => wrong === 0)).toBe(true)
  })

  test('a merger, a split, a closure and a successor that is here already are left to a person, once', async () => {
    const shut = closed('31-08-2026')
    const more = [
      ...before.slice(0, 1),
      { URN: '149001', EstablishmentName: 'Ellerwick Academy' },
      { URN: '149100', EstablishmentName: 'Merged Primary' },
      { URN: '149200', EstablishmentName: 'Split Infants' },
      { URN: '149201', EstablishmentName: 'Split Juniors' },
      ...['900006', '900007', '900008', '900009'].map((URN) => ({ URN, EstablishmentName: `School ${URN}`, ...shut })),
      { URN: '900010', EstablishmentName: 'School 900010', ...shut },
      { URN: '900011', EstablishmentName: 'School 900011' },
    ]
    await bring(establishmentsFile(2025, more))
    const files = linksFile([
      ['900006', '149100', 'Successor - merged', '01-09-2026'],
      ['900007', '149100', 'Successor - merged', '01-09-2026'],
      ['900008', '149200', 'Successor - Split School', '01-09-2026'],
      ['900008', '149201', 'Successor - Split School', '01-09-2026'],
      ['900010', '900011', 'Successor', '01-09-2026'],
    ])
    const open = [
      'closure 900009',
      'merger 900006 149100',
      'merger 900007 149100',
      'split 900008 149200',
      'split 900008 149201',
      'two_places 900010 900011',
    ]
    expect((await bring(files)).questions).toBe(open.length)
    expect(await questions()).toEqual(open)
    expect((await school('900006'))?.urn).toBe('900006')
    expect((await bring(files)).questions).toBe(open.length)
  })
})
