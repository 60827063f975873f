import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commonTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { transferExport } from '../../src/exports/transfer-file.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { receiveRoll } from '../../src/intake/receive-roll.ts'
import {
  receiveTransfer,
  type TransferSender,
  transferPieces,
  transferPrecedence,
} from '../../src/intake/receive-transfer.ts'
import { matchRowTo } from '../../src/intake/resolve-row.ts'
import { transferFactsOfRow } from '../../src/intake/transfer-row.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { addVirtualSchools } from '../../src/seed/demo.ts'
import { csvFile } from '../../src/seed/random.ts'
import { unmatchedRows } from '../../src/store/import-rows.ts'
import { namedSchoolsOf, settleNamedSchool } from '../../src/store/named-schools.ts'
import { addPeople, personByEmail } from '../../src/store/people.ts'
import { deliveryReport, importsAsChanges } from '../../src/store/report.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { transferFamilies } from '../../src/store/transfer-families.ts'
import { transferRecordOf } from '../../src/store/transfer-record.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { makeUpn, seededRandom } from '../make.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'
import { everything, secret, transferFile, transferPupil, transferVariants } from '../transfer-files.ts'

const random = seededRandom(11)
const upns = Array.from({ length: 4 }, () => makeUpn(random))
const [upn = '', hidden = '', elsewhere = '', sealed = ''] = upns
const dataDir = temporaryFolder()
let runtime: NodeRuntime
let council = 0
let officer = 0
let [school, pupil] = [0, 0]

const roll = async (name: string, rows: readonly (readonly (string | null)[])[]) => {
  const received = await receiveRoll(runtime, csvFile(name, rows), { virtualSchool: council, by: null, via: 'command' })
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  await publish(received.delivery)
}

const publish = async (delivery: string) => {
  const changes = (await importsAsChanges(runtime.db.query, delivery)).map((one) => ({
    ...one,
    by: null,
    part: 'command',
  }))
  await publishImports(runtime, changes)
  return changes
}

async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700)
}

const bring = (text: string | Uint8Array, from: TransferSender['from'], name = 'x.xml') => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const file = { name, sha256: `${bytes.length}`, bytes: bytes.length }
  return receiveTransfer(runtime, file, transferPieces(inPieces(bytes)), { from, by: null, via: 'command' })
}

const ofCouncil = () => ({ kind: 'council' as const, virtualSchool: council })
const ofSchool = () => ({ kind: 'school' as const, school, virtualSchools: [council] })
const head = () => scopeFor(0, { kind: 'council', virtualSchool: council, role: 'head' }, runtime.now())

const mostRows = async () => {
  let count = 0
  for (const table of [...transferFamilies.map(({ current }) => `${current}_fact`), 'import_row', 'delivery']) {
    const row = await runtime.db.query
      .selectFrom(table as 'delivery')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    count += row.count
  }
  return count
}

beforeAll(async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  await runtime.db.commit([
    ...addVirtualSchools([{ laCode: '999', name: 'Wendlemoor', mailbox: 'vs@wendlemoor.example' }]),
  ])
  council = (await virtualSchools(runtime.db.query))[0]?.number ?? 0
  await runtime.db.commit(addPeople([{ id: newPublicId(), email: 'o@x.example' }]))
  officer = (await personByEmail(runtime.db.query, 'o@x.example'))?.number ?? 0
  await roll('schools.csv', [
    ['urn', 'school_name', 'phase', 'la_code', 'country'],
    ['990101', 'Tillbrook Academy', 'Secondary', '999', 'England'],
    ['990404', 'Other School', 'Secondary', '999', 'England'],
  ])
  await roll('pupils.csv', [
    [
      'child_reference',
      'upn',
      'surname',
      'forename',
      'date_of_birth',
      'year_group',
      'care_first_day',
      'care_last_day',
      'care_end_reason',
      'no_disclose',
    ],
    ['W-1', upn, 'Ashdown', 'Lowri', '2013-05-02', '8', '2022-11-14', null, null, null],
    ['W-2', hidden, 'Corran', 'Bram', '2013-05-02', '8', '2022-11-14', null, null, 'Y'],
    ['W-3', sealed, 'Ellery', 'Dov', '2013-05-02', '8', '2022-11-14', '2024-01-01', 'adopted', null],
  ])
  await roll('places.csv', [
    ['child_reference', 'urn', 'first_day', 'enrolment_status', 'confirmed_how'],
    ['W-1', '990101', '2024-09-03', 'C', 'call'],
  ])
  school = (await schoolByUrn(runtime.db.query, '2026-11-20', '990101'))?.number ?? 0
  pupil =
    (
      await runtime.db.query
        .selectFrom('pupil')
        .select('number')
        .where('child_reference', '=', 'W-1')
        .executeTakeFirst()
    )?.number ?? 0
}, 60_000)

afterAll(() => runtime.close())

describe('a transfer file on its way in', () => {
  test('is matched by UPN within the virtual school, published with its source, and taken back without a trace', async () => {
    const text = transferFile({
      pupils: [transferPupil(1, everything, { UPN: upn }), transferPupil(2, everything, { UPN: elsewhere })],
    })
    const received = await bring(text, ofCouncil(), '9994001_CTF_9984102_001.xml')
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    expect(await transferRecordOf(runtime.db.query, head(), pupil)).toEqual([])
    const changes = await publish(received.delivery)
    const report = await deliveryReport(runtime.db.query, received.delivery)
    expect(report.rows).toMatchObject({ read: 2, accepted: 2, rejected: 0, matched: 1, unmatched: 1 })
    expect(report.records).toMatchObject({ pupil: 1, assessment: 6, 'attendance-total': 1 })
    expect(report.notRead).toContain('Contacts')
    const record = await transferRecordOf(runtime.db.query, head(), pupil)
    expect(record.filter(({ kind }) => kind === 'result').map(({ says }) => says.join(' '))).toContain(
      '2023 KS2 MAT TT MTC MT 21',
    )
    expect(record.find(({ kind }) => kind === 'attendance')).toMatchObject({
      says: ['2025', 'Tillbrook Academy', '380', '350', '20', '10'],
      fileName: '9994001_CTF_9984102_001.xml',
      school,
    })
    const [change] = changes
    if (!change) throw new Error('nothing was published')
    await withdrawImport(runtime, change)
    expect(await transferRecordOf(runtime.db.query, head(), pupil)).toEqual([])
    const { current } = await verifyStore(runtime.db.query)
    expect([...current.values()].every((wrong) => wrong === 0)).toBe(true)
  })

  test('sent by a school, speaks of its own pupils; of others nothing is kept but their count', async () => {
    const text = transferFile({
      pupils: [
        transferPupil(2, everything, { UPN: elsewhere, Surname: 'Nobodyhere' }),
        transferPupil(1, everything, { UPN: upn }),
      ],
    })
    const received = await bring(text, ofSchool())
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    await publish(received.delivery)
    const rows = await runtime.db.query
      .selectFrom('import_row')
      .selectAll()
      .where('import_number', 'in', (part) =>
        part
          .selectFrom('import')
          .select('number')
          .where('id', 'in', [...received.imports]),
      )
      .orderBy('row_number')
      .execute()
    expect(rows.map(({ row_number, state, kind }) => `${row_number} ${state} ${kind}`)).toEqual(['2 ready pupil'])
    const report = await deliveryReport(runtime.db.query, received.delivery)
    expect(report.rows).toMatchObject({ read: 2, accepted: 1, rejected: 1, leftOut: 1 })
    const { file_key: key } = await runtime.db.query
      .selectFrom('delivery')
      .select('file_key')
      .where('id', '=', received.delivery)
      .executeTakeFirstOrThrow()
    const kept = new TextDecoder().decode((await runtime.files.get(key ?? '')) ?? undefined)
    expect(kept).toContain(upn)
    for (const text of [kept, JSON.stringify(rows)]) expect(text).not.toMatch(new RegExp(`Nobodyhere|${elsewhere}`))
    expect(kept.split('\n').length).toBe(text.split('\n').length)
    expect((await transferRecordOf(runtime.db.query, head(), pupil)).length).toBeGreaterThan(10)
  })

  test('a row that fitted nobody brings its facts to the pupil whom an officer names', async () => {
    const text = transferFile({
      pupils: [transferPupil(3, '', { UPN: '-' }), transferPupil(1, everything, { UPN: '-' })],
    })
    const received = await bring(text, ofCouncil(), 'no-upn.xml')
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    await publish(received.delivery)
    const row = (await unmatchedRows(runtime.db.query, head())).find(
      ({ fileName, rowNumber }) => fileName === 'no-upn.xml' && rowNumber === 2,
    )
    if (!row) throw new Error('no row waits')
    const facts = await transferFactsOfRow(runtime, row.fileKey, row.rowNumber, pupil)
    if (!facts) throw new Error('the copy is gone')
    const outcome = await matchRowTo(
      runtime,
      head(),
      { ...row, virtualSchool: council, brings: { precedence: transferPrecedence, facts } },
      pupil,
      { by: officer, part: 'head' },
    )
    expect(outcome).toBe('matched')
    const record = await transferRecordOf(runtime.db.query, head(), pupil)
    expect(record.filter(({ fileName }) => fileName === 'no-upn.xml').length).toBeGreaterThan(10)
    const { current } = await verifyStore(runtime.db.query)
    expect([...current.values()].every((wrong) => wrong === 0)).toBe(true)
  })

  test('never reaches a sealed child', async () => {
    const received = await bring(transferFile({ pupils: [transferPupil(1, everything, { UPN: sealed })] }), ofCouncil())
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    expect((await deliveryReport(runtime.db.query, received.delivery)).rows).toMatchObject({ matched: 0, unmatched: 1 })
  })

  test('refused half way leaves nothing, kept copy and all', async () => {
    const before = await mostRows()
    const files = (await runtime.files.list()).length
    const text = transferFile({
      pupils: [1, 2, 3].map((seed) => transferPupil(seed, everything, seed === 1 ? { UPN: upn } : {})),
    })
    const cut = await bring(text.slice(0, -200), ofCouncil())
    expect(cut).toMatchObject({ outcome: 'refused', finding: { code: 'XML_NOT_WELL_FORMED' } })
    expect(await mostRows()).toBe(before)
    expect((await runtime.files.list()).length).toBe(files)
  })

  test('refused while some of it is still being written, leaves none of that to the file that comes next', async () => {
    const slow: NodeRuntime = {
      ...runtime,
      db: {
        ...runtime.db,
        commit: async (list) => {
          if (list.some((one) => one.compile().sql.includes('into import_row'))) await setTimeout(60)
          await runtime.db.commit(list)
        },
      },
    }
    const pupils = Array.from({ length: 250 }, (_, index) => transferPupil(index + 1, '', { UPN: '-' }))
    const cut = new TextEncoder().encode(transferFile({ pupils }).slice(0, -200))
    const pieces = transferPieces(inPieces(cut))
    const file = { name: 'cut.xml', sha256: 'cut', bytes: cut.length }
    const refused = await receiveTransfer(slow, file, pieces, { from: ofCouncil(), by: null, via: 'command' })
    expect(refused).toMatchObject({ outcome: 'refused' })
    const next = await bring(transferFile({ pupils: [transferPupil(1, '', { UPN: upn })] }), ofCouncil())
    if (next.outcome === 'refused') throw new Error(next.finding.code)
    await setTimeout(200)
    const { rows } = await deliveryReport(runtime.db.query, next.delivery)
    expect(rows).toMatchObject({ read: 1, matched: 1, unmatched: 0 })
  })

  test('lets not one byte of what is never read into the store or the kept copies', async () => {
    for (const make of Object.values(transferVariants)) {
      const bytes = make()
      if (bytes[0] === 0x1f || bytes[0] === 0x50) continue
      await bring(bytes, ofCouncil(), `${secret.slice(0, 2)}.xml`)
    }
    for (const name of readdirSync(dataDir, { recursive: true, encoding: 'utf8' }))
      if (/sqlite|delivery/.test(name) && !/delivery$/.test(name))
        expect(readFileSync(join(dataDir, name)).includes(secret), name).toBe(false)
  }, 120_000)

  test('names a school that no confirmed place has: a question for an officer, until somebody answers', async () => {
    const header = transferFile()
      .replace('<URN>990101</URN>', '<URN>990404</URN>')
      .replace('<Estab>4001', '<Estab>4044')
    const text = header.replace(/<Pupil>[\s\S]*<\/Pupil>/, transferPupil(1, '', { UPN: upn }))
    const received = await bring(text, ofCouncil())
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    await publish(received.delivery)
    const [question, ...more] = await namedSchoolsOf(runtime.db.query, head(), pupil)
    expect(more).toEqual([])
    expect(question).toMatchObject({ urn: '990404' })
    if (!question) return
    await runtime.db.commit([settleNamedSchool(pupil, question, officer, runtime.now())])
    expect(await namedSchoolsOf(runtime.db.query, head(), pupil)).toEqual([])
  })
})

describe('a transfer file on its way out', () => {
  test('is partial, named as it must be, and never has a sealed or no-disclose child', async () => {
    const target = (await virtualSchools(runtime.db.query)).find(({ number }) => number === council)
    if (!target) throw new Error('no virtual school')
    const plain = { full: false, schoolHistory: false, lookedAfter: false, previousVersion: false }
    const made = await transferExport(
      runtime.db.query,
      head(),
      target,
      'all',
      { ...plain, destination: { kind: 'outside' } },
      runtime.now(),
    )
    expect(made.name).toBe(`${target.laCode}LLLL_CTF_MMMMMMM_001.xml`)
    const text = new TextDecoder().decode(made.bytes)
    for (const absent of [hidden, sealed, 'LookedAfter', 'SchoolHistory']) expect(text).not.toContain(absent)
    const read = commonTransferFile.parse({ name: 'x', bytes: made.bytes })
    if (!('rows' in read)) throw new Error(read.finding.code)
    expect(read.head?.qualifier).toBe('partial')
    expect(read.rows.map(({ upn }) => upn)).toEqual([upn])
    expect(read.rows[0]?.results.length).toBe(6)
    const more = await transferExport(
      runtime.db.query,
      head(),
      target,
      ['W-1', 'W-2'],
      { ...plain, schoolHistory: true, lookedAfter: true, previousVersion: true, destination: { kind: 'unknown' } },
      runtime.now(),
    )
    expect(more).toMatchObject({ pupils: [pupil], left: ['W-2'] })
    expect(new TextDecoder().decode(more.bytes)).toMatch(/<InCare>true<\/InCare>[\s\S]*<CareAuthority>/)
  })
})
