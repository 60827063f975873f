import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { termlyReturn } from '../../connectors/registry.ts'
import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { readValue, statesOf } from '../../src/domain/return/value.ts'
import type { Scope } from '../../src/domain/scope.ts'
import { asChange, confirmReturn } from '../../src/intake/confirm-return.ts'
import { mendImport, setRowAside } from '../../src/intake/mend.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import { receiveReturn } from '../../src/intake/receive-return.ts'
import { boardOf } from '../../src/returns/board.ts'
import { returnSheet } from '../../src/returns/sheet.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { answerHistory } from '../../src/store/answer-history.ts'
import { answersInRounds } from '../../src/store/answers.ts'
import { findingsOf, rowsOfImport, unmatchedRows } from '../../src/store/import-rows.ts'
import { importsOf, importsOfDelivery } from '../../src/store/imports.ts'
import { contactsAt, personByEmail, vouchedFor } from '../../src/store/people.ts'
import { openRounds, roundsOfCouncil, submissionsOf } from '../../src/store/rounds.ts'
import { ownSchools, virtualSchools } from '../../src/store/schools.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { type CellEdit, fillWorkbook } from '../make.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

let runtime: NodeRuntime
const dataDir = temporaryFolder()

beforeAll(async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  await seedDemo(runtime)
}, 120_000)
afterAll(async () => runtime.close())

const personNumber = async (email: string) => {
  const person = await personByEmail(runtime.db.query, email)
  if (!person) throw new Error('no such person in the demo')
  return person.number
}

const lead = async () => {
  const person = await personNumber('d.okoro@ellerwick.example')
  return { person, scope: scopeFor(person, { kind: 'school' }, runtime.now()) }
}

const councilScope = async (laCode: string, email: string): Promise<Scope> => {
  const council = (await virtualSchools(runtime.db.query)).find((one) => one.laCode === laCode)
  return scopeFor(
    await personNumber(email),
    { kind: 'council', virtualSchool: council?.number ?? 0, role: 'data_officer' },
    runtime.now(),
  )
}

const wendlemoor = () => councilScope('991', 'h.marsh@wendlemoor.example')

const workbook = async () => {
  const { person, scope } = await lead()
  const school = (await ownSchools(runtime.db.query, scope))[0]
  if (!school) throw new Error('no school')
  const made = await returnSheet(
    runtime,
    scope,
    school,
    await contactsAt(runtime.db.query, scope, school.number, person),
    person,
  )
  if (!made) throw new Error('nothing due')
  const bytes = await writeReturnWorkbook(made.sheet)
  return {
    bytes,
    school,
    sheet: made.sheet,
    rowOf: (surname: string) => made.sheet.rows.find((row) => row.surname === surname)?.reference ?? '',
  }
}

const send = async (bytes: Uint8Array, edits: readonly CellEdit[], name = 'return.xlsx') => {
  const { person, scope } = await lead()
  const school = (await ownSchools(runtime.db.query, scope))[0]
  const received = await receiveReturn(
    runtime,
    { name, bytes: fillWorkbook(bytes, edits) },
    {
      school: school?.number ?? 0,
      virtualSchools: await vouchedFor(runtime.db.query, scope, school?.number ?? 0),
      by: person,
      via: 'page',
    },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const parts = await importsOfDelivery(runtime.db.query, scope, received.delivery)
  const partFor = (council: string) => {
    const part = parts.find((one) => one.council === council)
    if (!part) throw new Error(`nothing for ${council}`)
    return part
  }
  return { scope, person, parts, partFor, delivery: received.delivery }
}

const confirm = async (sent: Awaited<ReturnType<typeof send>>, council: string) => {
  const fresh = (await importsOfDelivery(runtime.db.query, sent.scope, sent.delivery)).find(
    (one) => one.council === council,
  )
  if (!fresh) throw new Error('gone')
  return confirmReturn(runtime, sent.scope, fresh, { by: sent.person, part: 'school', warningsAccepted: true })
}

const currentOf = async (surname: string, item: string) => {
  const { scope } = await lead()
  const rounds = await openRounds(runtime.db.query)
  const pupil = await runtime.db.query
    .selectFrom('pupil_detail')
    .select('pupil_number')
    .where('attribute', '=', 'surname')
    .where('value', '=', surname)
    .executeTakeFirstOrThrow()
  const answers = await answersInRounds(
    runtime.db.query,
    scope,
    rounds.map(({ number }) => number),
    [pupil.pupil_number],
  )
  const found = answers.find((one) => one.pupil === pupil.pupil_number && one.item === item)
  return found && (found.state === 'given' ? found.value : found.state)
}

describe('a return for three councils in one file', () => {
  test('is split by council; a draft is the school’s own, and each council sees only its part once it is confirmed', async () => {
    const { bytes, rowOf } = await workbook()
    const sent = await send(bytes, [{ rowReference: rowOf('Denby'), item: 'hours_offered', value: '24' }])
    expect(sent.parts.map(({ council, ready }) => [council, ready])).toEqual([
      ['Kestrelham', 2],
      ['North Ashdale', 1],
      ['Wendlemoor', 2],
    ])
    const officer = await wendlemoor()
    const draft = sent.partFor('Wendlemoor')
    expect((await importsOf(runtime.db.query, officer)).map(({ id }) => id)).not.toContain(draft.id)
    expect(await rowsOfImport(runtime.db.query, officer, draft.number)).toEqual([])
    expect((await confirm(sent, 'Wendlemoor')).outcome).toBe('submitted')
    const seen = (await importsOf(runtime.db.query, officer)).filter(({ deliveryId }) => deliveryId === sent.delivery)
    expect(seen.map(({ id }) => id)).toEqual([draft.id])
    expect(await rowsOfImport(runtime.db.query, officer, draft.number)).toHaveLength(2)
    expect(await rowsOfImport(runtime.db.query, officer, sent.partFor('Kestrelham').number)).toEqual([])
    expect(await currentOf('Denby', 'hours_offered')).toBe('24')
  })

  test('the board of its council follows: the school is submitted, and the answers count', async () => {
    const officer = await wendlemoor()
    const round = (await roundsOfCouncil(runtime.db.query, officer))[0]
    if (!round) throw new Error('no round')
    const ellerwick = (await boardOf(runtime, officer, round)).schools.find(
      ({ school }) => school.name === 'Ellerwick Academy',
    )
    expect(ellerwick?.standing).toBe('submitted')
    expect(ellerwick?.count.answered).toBeGreaterThan(0)
  })

  test('correcting later keeps history, and withdrawing brings back what was replaced', async () => {
    const { bytes, rowOf } = await workbook()
    const later = await send(
      bytes,
      [{ rowReference: rowOf('Denby'), item: 'hours_offered', value: '20' }],
      'corrected.xlsx',
    )
    expect((await confirm(later, 'Wendlemoor')).outcome).toBe('submitted')
    expect(await currentOf('Denby', 'hours_offered')).toBe('20')
    const pupil = await runtime.db.query
      .selectFrom('pupil_detail')
      .select('pupil_number')
      .where('attribute', '=', 'surname')
      .where('value', '=', 'Denby')
      .executeTakeFirstOrThrow()
    const history = (await answerHistory(runtime.db.query, later.scope, pupil.pupil_number)).filter(
      ({ item, term }) => item === 'hours_offered' && term !== 'summer',
    )
    expect(history.map(({ value, fileName, current }) => [value, fileName, current])).toEqual([
      ['20', 'corrected.xlsx', true],
      ['24', 'return.xlsx', false],
    ])
    const part = later.partFor('Wendlemoor')
    await withdrawImport(runtime, { ...asChange(part, { by: later.person, part: 'school' }), reason: 'wrong child' })
    expect(await currentOf('Denby', 'hours_offered')).toBe('24')
    const receipts = (await submissionsOf(runtime.db.query, later.scope)).filter(({ importId }) => importId === part.id)
    expect(receipts.map(({ state }) => state)).toEqual(['withdrawn'])
    await expect(withdrawImport(runtime, { ...asChange(part, { by: later.person, part: 'school' }) })).resolves.toEqual(
      { outcome: 'changed-meanwhile' },
    )
  })

  test('a blank cell says nothing, and "none" clears', async () => {
    const { bytes, rowOf } = await workbook()
    const row = rowOf('Denby')
    const blank = await send(bytes, [{ rowReference: row, item: 'hours_offered', value: '' }])
    await confirm(blank, 'Wendlemoor')
    expect(await currentOf('Denby', 'hours_offered')).toBe('24')
    const cleared = await send(bytes, [{ rowReference: row, item: 'answered_by_name', value: 'none' }])
    await confirm(cleared, 'Wendlemoor')
    expect(await currentOf('Denby', 'answered_by_name')).toBeUndefined()
  })
})

describe('rows that need a person', () => {
  test('a row without reference or known UPN waits for the council it names, and is matched to nobody', async () => {
    const { bytes, rowOf } = await workbook()
    const row = rowOf('Sallis')
    const sent = await send(bytes, [
      { rowReference: row, item: 'upn', value: 'Z99912345678' },
      { rowReference: row, item: 'row_reference', value: '' },
    ])
    const part = sent.partFor('Kestrelham')
    expect(part.unmatched).toBe(1)
    const officer = await councilScope('992', 'y.brandt@kestrelham.example')
    expect(await unmatchedRows(runtime.db.query, officer)).toEqual([])
    expect((await confirm(sent, 'Kestrelham')).outcome).toBe('submitted')
    expect((await unmatchedRows(runtime.db.query, officer)).map(({ pupil, rowNumber }) => [pupil, rowNumber])).toEqual([
      [null, 11],
    ])
    expect(await unmatchedRows(runtime.db.query, await wendlemoor())).toEqual([])
  })

  test('the UPN of a child the school is not asked about matches nobody, exactly like one that does not exist', async () => {
    const elsewhere = await runtime.db.query
      .selectFrom('pupil_identifier')
      .innerJoin('pupil_detail', 'pupil_detail.pupil_number', 'pupil_identifier.pupil_number')
      .select('pupil_identifier.value')
      .where('pupil_detail.value', '=', 'Farrow')
      .executeTakeFirstOrThrow()
    const { bytes, rowOf } = await workbook()
    const row = rowOf('Thorne')
    const sent = await send(bytes, [
      { rowReference: row, item: 'upn', value: elsewhere.value },
      { rowReference: row, item: 'row_reference', value: '' },
    ])
    const rows = await rowsOfImport(runtime.db.query, sent.scope, sent.partFor('Wendlemoor').number)
    expect(rows.map(({ state, pupil }) => [state, pupil === null])).toContainEqual(['unmatched', true])
  })

  test('a row that names no council we know is held, and no council ever reads it', async () => {
    const { bytes, rowOf } = await workbook()
    const row = rowOf('Thorne')
    const sent = await send(bytes, [
      { rowReference: row, item: 'upn', value: '' },
      { rowReference: row, item: 'council', value: 'Atlantis' },
      { rowReference: row, item: 'row_reference', value: '' },
    ])
    const findings = (
      await Promise.all(sent.parts.map((part) => findingsOf(runtime.db.query, sent.scope, part.number)))
    ).flat()
    expect(findings.map(({ code }) => code)).toContain('COUNCIL_NOT_KNOWN')
  })
})

describe('mending', () => {
  const read = (item: Parameters<Parameters<typeof mendImport>[4]>[0], raw: string) =>
    readValue(item.type, statesOf(item), raw, runtimeToday(), itemWords[item.code]?.options, stateWords)
  const runtimeToday = () => scopeFor(0, { kind: 'school' }, runtime.now()).today

  test('a cell mended on screen frees its row, keeps what was sent, and says who mended it', async () => {
    const { bytes, rowOf } = await workbook()
    const sent = await send(bytes, [{ rowReference: rowOf('Thorne'), item: 'status', value: 'on role' }])
    const part = sent.partFor('Wendlemoor')
    expect([part.held, part.ready]).toEqual([1, 1])
    expect((await confirm(sent, 'Wendlemoor')).outcome).toBe('held')
    const still = await mendImport(runtime, sent.scope, part, [{ row: 9, item: 'status', typed: 'on rolle' }], read)
    expect(still.map(({ code }) => code)).toEqual(['CHOICE_NOT_LISTED'])
    expect(
      await mendImport(runtime, sent.scope, part, [{ row: 9, item: 'status', typed: 'On roll here only' }], read),
    ).toEqual([])
    expect((await confirm(sent, 'Wendlemoor')).outcome).toBe('submitted')
    expect(await currentOf('Thorne', 'status')).toBe('C')
    const kept = await runtime.db.query
      .selectFrom('answer_fact')
      .select(['mended_from', 'mended_by', 'cell'])
      .where('import_number', '=', part.number)
      .where('item', '=', 'status')
      .where('row_number', '=', 9)
      .executeTakeFirstOrThrow()
    expect(kept).toEqual({ mended_from: 'on role', mended_by: sent.person, cell: 'H9' })
  })

  test('a held row set aside with a reason lets the rest go', async () => {
    const { bytes, rowOf } = await workbook()
    const sent = await send(bytes, [{ rowReference: rowOf('Thorne'), item: 'hours_offered', value: '999' }])
    const part = sent.partFor('Wendlemoor')
    await setRowAside(runtime, sent.scope, part, 9, 'He starts with us on Monday')
    expect((await confirm(sent, 'Wendlemoor')).outcome).toBe('submitted')
    const rows = await rowsOfImport(runtime.db.query, sent.scope, part.number)
    expect(rows.map(({ rowNumber, state, reason }) => [rowNumber, state, reason])).toEqual([
      [8, 'ready', null],
      [9, 'set_aside', 'He starts with us on Monday'],
    ])
  })

  test('a warning must be accepted by a named person', async () => {
    const { bytes, rowOf } = await workbook()
    const sent = await send(bytes, [{ rowReference: rowOf('Denby'), item: 'hours_offered', value: '45' }])
    const part = sent.partFor('Wendlemoor')
    const unsaid = await confirmReturn(runtime, sent.scope, part, {
      by: sent.person,
      part: 'school',
      warningsAccepted: false,
    })
    expect(unsaid.outcome).toBe('warnings')
    expect((await confirm(sent, 'Wendlemoor')).outcome).toBe('submitted')
    const findings = await findingsOf(runtime.db.query, sent.scope, part.number)
    expect(findings.map(({ code, acceptedBy }) => [code, acceptedBy])).toEqual([['HOURS_ABOVE_USUAL', sent.person]])
  })
})

test('every finding a demo return makes has a reader: parse and match agree on the same cells', async () => {
  const { bytes } = await workbook()
  const parsed = termlyReturn.parse({ name: 'return.xlsx', bytes })
  expect(parsed.outcome === 'read' && parsed.rows.map(({ findings }) => findings.length)).toEqual([0, 0, 0, 0, 0])
})
