import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import type { PlainDate } from '../../src/domain/dates.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { receiveRoll } from '../../src/intake/receive-roll.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { addVirtualSchools } from '../../src/seed/demo.ts'
import { csvFile } from '../../src/seed/random.ts'
import { partsOf, personByEmail } from '../../src/store/people.ts'
import { detailsOf, placesOf, pupilsOf } from '../../src/store/pupils.ts'
import { ownSchools, schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { makeUpn, seededRandom } from '../make.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

const random = seededRandom(7)
const [upn, otherUpn] = [makeUpn(random), makeUpn(random)]
const today = '2026-11-20' as PlainDate
let runtime: NodeRuntime
let council = 0
const dataDir = temporaryFolder()

type Cells = readonly (readonly (string | null)[])[]

const bring = async (name: string, rows: Cells) => {
  const received = await receiveRoll(runtime, csvFile(name, rows), { virtualSchool: council, by: null, via: 'command' })
  if (received.outcome === 'refused') return { refused: received.finding.code, codes: [], part: undefined }
  const part = await runtime.db.query
    .selectFrom('import')
    .select(['id', 'number'])
    .where('id', '=', received.imports[0] ?? '')
    .executeTakeFirstOrThrow()
  const codes = await runtime.db.query
    .selectFrom('finding')
    .select('code')
    .where('import_number', '=', part.number)
    .orderBy('row_number')
    .execute()
  const change = { ...part, virtualSchool: council, by: null, part: 'command' }
  await publishImports(runtime, [change])
  return { codes: codes.map(({ code }) => code), change }
}

const pupilColumns = [
  'child_reference',
  'upn',
  'surname',
  'forename',
  'date_of_birth',
  'year_group',
  'care_first_day',
  'care_last_day',
  'care_end_reason',
  'social_worker_name',
]
const placeColumns = ['child_reference', 'urn', 'first_day', 'last_day', 'enrolment_status', 'confirmed_how']
const schoolColumns = ['urn', 'previous_urn', 'urn_first_day', 'school_name', 'phase', 'la_code', 'country']
const staffColumns = ['email', 'name', 'role', 'urn', 'first_day', 'last_day']

const head = () => scopeFor(0, { kind: 'council', virtualSchool: council, role: 'head' }, runtime.now())
const lead = async () => {
  const person = await personByEmail(runtime.db.query, 'lead@first.example')
  return scopeFor(person?.number ?? 0, { kind: 'school' }, runtime.now())
}

beforeAll(async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({
    dataDir,
    config: testConfig,
    quiet: true,
    now: () => `${today}T10:00:00.000Z` as never,
  })
  await runtime.db.commit(
    addVirtualSchools([{ laCode: '995', name: 'Testborough', mailbox: 'vs@testborough.example' }]),
  )
  council = (await virtualSchools(runtime.db.query))[0]?.number ?? 0
  await bring('schools.csv', [
    schoolColumns,
    ['900101', null, null, 'First School', 'primary', '995', 'England'],
    ['900102', null, null, 'Second School', 'primary', '995', 'England'],
  ])
  await bring('staff.csv', [
    staffColumns,
    ['lead@first.example', 'Ada Lead', 'designated_teacher', '900101', null, null],
  ])
  await bring('pupils.csv', [
    pupilColumns,
    ['C1', upn, 'Ash', 'Robin', '2016-02-03', '5', '2024-01-10', null, null, 'Sol Worker'],
  ])
  await bring('places.csv', [placeColumns, ['C1', '900101', '2024-09-02', null, 'C', 'call']])
}, 60_000)
afterAll(async () => runtime.close())

describe('a roll in our own columns', () => {
  test('brings in schools, people, pupils and places, and computes who sees whom', async () => {
    expect((await pupilsOf(runtime.db.query, await lead())).map(({ surname }) => surname)).toEqual(['Ash'])
    expect((await pupilsOf(runtime.db.query, head())).map(({ childReference }) => childReference)).toEqual(['C1'])
  })

  test('a blank cell changes nothing, and the newest statement of each column stands', async () => {
    await bring('pupils.csv', [pupilColumns, ['C1', null, null, 'Robyn', null, null, null, null, null, null]])
    const pupil = (await pupilsOf(runtime.db.query, head()))[0]
    expect([pupil?.forename, pupil?.surname, pupil?.upn]).toEqual(['Robyn', 'Ash', upn])
    const details = await detailsOf(runtime.db.query, head(), pupil?.number ?? 0)
    expect(details.get('social_worker_name')?.value).toBe('Sol Worker')
  })

  test('withdrawing a file brings back what it replaced', async () => {
    const { change } = await bring('pupils.csv', [
      pupilColumns,
      ['C1', null, null, 'Rob', null, '6', null, null, null, null],
    ])
    expect((await pupilsOf(runtime.db.query, head()))[0]).toMatchObject({ forename: 'Rob', yearGroup: '6' })
    if (change) await withdrawImport(runtime, { ...change, reason: 'wrong file' })
    expect((await pupilsOf(runtime.db.query, head()))[0]).toMatchObject({ forename: 'Robyn', yearGroup: '5' })
  })

  test('a school that becomes an academy stays the same place: its people, its pupils and its history', async () => {
    const before = await schoolByUrn(runtime.db.query, today, '900101')
    await bring('schools.csv', [
      schoolColumns,
      ['900201', '900101', '2026-09-01', 'First Academy', 'primary', '995', 'England'],
    ])
    const after = await schoolByUrn(runtime.db.query, today, '900201')
    expect(after?.id).toBe(before?.id)
    expect(after).toMatchObject({ name: 'First Academy', urn: '900201' })
    expect((await schoolByUrn(runtime.db.query, today, '900101'))?.id).toBe(before?.id)
    expect((await ownSchools(runtime.db.query, await lead())).map(({ urn }) => urn)).toEqual(['900201'])
    expect(await pupilsOf(runtime.db.query, await lead())).toHaveLength(1)
  })

  test('what names somebody or somewhere that is not known is held back, all at once', async () => {
    const places = await bring('places.csv', [
      placeColumns,
      ['C9', '900101', '2026-09-01', null, 'C', null],
      ['C1', '999999', '2026-09-01', null, 'C', null],
    ])
    expect(places.codes).toEqual(['CHILD_NOT_KNOWN', 'SCHOOL_NOT_KNOWN'])
    const staff = await bring('staff.csv', [
      staffColumns,
      ['a@x.example', 'A', 'designated_teacher', null, null, null],
      ['b@x.example', 'B', 'head', '900101', null, null],
    ])
    expect(staff.codes).toEqual(['ROLE_NEEDS_SCHOOL', 'ROLE_NOT_OF_SCHOOL'])
    expect(
      (await placesOf(runtime.db.query, head(), (await pupilsOf(runtime.db.query, head()))[0]?.number ?? 0)).length,
    ).toBe(1)
  })

  test('a UPN that another child of the council holds is held back', async () => {
    const { codes } = await bring('pupils.csv', [
      pupilColumns,
      ['C2', upn, 'Birch', 'Kim', '2015-05-05', '6', '2025-01-01', null, null, null],
    ])
    expect(codes).toEqual(['UPN_TAKEN'])
    expect(
      (
        await bring('pupils.csv', [
          pupilColumns,
          ['C2', otherUpn, 'Birch', 'Kim', '2015-05-05', '6', '2025-01-01', null, null, null],
        ])
      ).codes,
    ).toEqual([])
  })

  test('an appointment begins and ends on its days', async () => {
    await bring('staff.csv', [
      staffColumns,
      ['ended@first.example', 'Eve Ended', 'deputy', '900201', '2026-01-01', '2026-11-19'],
      ['soon@first.example', 'Sue Soon', 'deputy', '900201', '2026-11-21', null],
    ])
    for (const email of ['ended@first.example', 'soon@first.example']) {
      const person = await personByEmail(runtime.db.query, email)
      expect(await partsOf(runtime.db.query, person?.number ?? 0, today)).toEqual([])
    }
  })

  test('adoption seals the record: no file reaches it, nobody lists it, and taking the file back does not open it', async () => {
    const { change } = await bring('pupils.csv', [
      pupilColumns,
      ['C2', null, null, null, null, null, null, '2026-11-01', 'adopted', null],
    ])
    expect((await pupilsOf(runtime.db.query, head())).map(({ childReference }) => childReference)).toEqual(['C1'])
    expect(
      (await bring('pupils.csv', [pupilColumns, ['C2', null, 'Newname', null, null, null, null, null, null, null]]))
        .codes,
    ).toEqual(['RECORD_CLOSED'])
    if (change) await withdrawImport(runtime, { ...change, reason: 'mistake' })
    expect((await pupilsOf(runtime.db.query, head())).map(({ childReference }) => childReference)).toEqual(['C1'])
    const again = await bring('pupils.csv', [
      pupilColumns,
      ['C7', otherUpn, 'Willow', 'Kim', '2015-05-05', '6', '2026-11-10', null, null, null],
    ])
    expect(again.codes).toEqual([])
    expect((await pupilsOf(runtime.db.query, head())).map(({ childReference }) => childReference)).toEqual(['C1', 'C7'])
  })

  test('a file with a column for what is never held is refused whole', async () => {
    expect(
      (
        await bring('pupils.csv', [
          [...pupilColumns, 'home_address'],
          ['C1', ...Array(10).fill(null)],
        ])
      ).refused,
    ).toBe('COLUMN_NEVER_HELD')
  })
})
