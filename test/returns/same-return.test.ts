import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReturnSheet } from '../../connectors/termly-return/rows.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import type { Scope } from '../../src/domain/scope.ts'
import { asChange, confirmReturn } from '../../src/intake/confirm-return.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import { receiveForm } from '../../src/intake/receive-form.ts'
import { type ReceivedReturn, receiveReturn } from '../../src/intake/receive-return.ts'
import { inWords } from '../../src/returns/drafts.ts'
import { pupilReturns, withReferences } from '../../src/returns/due.ts'
import { rowsOfForm, saveTyped, wordingOf } from '../../src/returns/form.ts'
import { returnSheet } from '../../src/returns/sheet.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { type Random, randomFrom } from '../../src/seed/random.ts'
import { filledSheetOf } from '../../src/seed/returns.ts'
import { importsOfDelivery } from '../../src/store/imports.ts'
import { contactsAt, personByEmail, vouchedFor } from '../../src/store/people.ts'
import { openRounds } from '../../src/store/rounds.ts'
import { ownSchools, type School } from '../../src/store/schools.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

let runtime: NodeRuntime
let person: number
let scope: Scope
let school: School
let councils: readonly number[]

beforeAll(async () => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  await seedDemo(runtime)
  person = (await personByEmail(runtime.db.query, 'd.okoro@ellerwick.example'))?.number ?? 0
  scope = scopeFor(person, { kind: 'school' }, runtime.now())
  const own = (await ownSchools(runtime.db.query, scope))[0]
  if (!own) throw new Error('no school')
  school = own
  councils = await vouchedFor(runtime.db.query, scope, school.number)
}, 120_000)
afterAll(async () => runtime.close())

const contacts = () => contactsAt(runtime.db.query, scope, school.number, person)

const returns = async () =>
  withReferences(runtime.db, scope, await pupilReturns(runtime.db.query, scope, await openRounds(runtime.db.query)))

const published = async () => {
  const rows = await runtime.db.query
    .selectFrom('answer')
    .select(['round_number', 'pupil_number', 'school_number', 'item', 'state', 'value'])
    .where('school_number', '=', school.number)
    .where(
      'round_number',
      'in',
      (await openRounds(runtime.db.query)).map(({ number }) => number),
    )
    .execute()
  return rows.map((row) => Object.values(row).join('|')).sort()
}

/** Confirms every council's part, says what is then published, and takes it back. */
const publishedBy = async (received: ReceivedReturn) => {
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const parts = await importsOfDelivery(runtime.db.query, scope, received.delivery)
  for (const part of parts) {
    const { outcome } = await confirmReturn(runtime, scope, part, {
      by: person,
      part: 'school',
      warningsAccepted: true,
    })
    if (outcome !== 'submitted') throw new Error(outcome)
  }
  const said = await published()
  for (const part of parts) await withdrawImport(runtime, { ...asChange(part, { by: person, part: 'school' }) })
  return said
}

const sendFile = (name: string, bytes: Uint8Array) =>
  receiveReturn(runtime, { name, bytes }, { school: school.number, virtualSchools: councils, by: person, via: 'page' })

/** Types every answer of a sheet at its question on screen, and brings it to the check. */
const typeOnScreen = async (sheet: ReturnSheet) => {
  for (const row of sheet.rows) {
    const read = async () => (await returns()).find(({ reference }) => reference === row.reference)
    const one = await read()
    if (!one) throw new Error('not due')
    const offered = await contacts()
    const said = [...row.known].flatMap(([code, answer]) => {
      const item = itemOf(code)
      if (!item) return []
      const { shown, version } = wordingOf(one, item, offered)
      return [{ item: code, raw: inWords(item, answer), base: version, shown }]
    })
    const saved = await saveTyped(runtime, scope, read, offered, { typed: said, affirm: true })
    if (saved.outcome !== 'saved' || saved.clashes.length > 0) throw new Error('not saved')
  }
  return receiveForm(runtime, scope, school.number, rowsOfForm(await returns()))
}

/** Fictional answers to nearly everything: what is known from before is in every form of the return, or in none. */
const withGaps = async (random: Random): Promise<ReturnSheet> => {
  const sheet = await filledSheetOf(runtime, school, councils, person, random)
  if (!sheet) throw new Error('nothing is asked')
  const [due, offered] = [await returns(), await contacts()]
  return {
    ...sheet,
    rows: sheet.rows.map((row) => {
      const one = due.find(({ reference }) => reference === row.reference)
      const before = (code: string) => one?.known.has(code) || one?.asBefore.has(code) || offered.has(code)
      return { ...row, known: new Map([...row.known].filter(([code]) => before(code) || random() < 0.9)) }
    }),
  }
}

test('the same answers on screen, in the workbook and as CSV publish the same records', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
      const sheet = await withGaps(randomFrom(seed))
      const byWorkbook = await publishedBy(await sendFile('return.xlsx', await writeReturnWorkbook(sheet)))
      const byCsv = await publishedBy(await sendFile('return.csv', writeReturnCsv(sheet)))
      const onScreen = await publishedBy(await typeOnScreen(sheet))
      await runtime.db.commit([runtime.db.query.deleteFrom('draft_answer')])
      expect(byWorkbook.length).toBeGreaterThan(50)
      expect(byCsv).toEqual(byWorkbook)
      expect(onScreen).toEqual(byWorkbook)
    }),
    { numRuns: 12, seed: 20261123 },
  )
}, 120_000)

test('begun on screen and finished in the workbook: what was typed is in it, and goes with it', async () => {
  const [one] = await returns()
  const item = itemOf('hours_offered')
  if (!one || !item) throw new Error('not due')
  const { shown, version } = wordingOf(one, item, new Map())
  const typed = [{ item: item.code, raw: '17.5', base: version, shown }]
  const read = async () => (await returns()).find(({ reference }) => reference === one.reference)
  await saveTyped(runtime, scope, read, new Map(), { typed, affirm: false })
  const made = await returnSheet(runtime, scope, school, await contacts(), person)
  const row = made?.sheet.rows.find(({ reference }) => reference === one.reference)
  expect(row?.known.get('hours_offered')).toEqual({ state: 'given', value: '17.5' })
  if (!made) return
  const received = await sendFile('return.xlsx', await writeReturnWorkbook(made.sheet))
  expect(received.outcome).toBe('staged')
  if (received.outcome !== 'staged') return
  for (const part of await importsOfDelivery(runtime.db.query, scope, received.delivery))
    await confirmReturn(runtime, scope, part, { by: person, part: 'school', warningsAccepted: true })
  const after = await read()
  expect(after?.answers.get('hours_offered')?.value).toBe('17.5')
  expect(after?.drafts.size).toBe(0)
})

test('begun in the workbook and finished on screen: the questions show what was sent, and a withdrawal gives the words back', async () => {
  const [one] = await returns()
  const item = itemOf('hours_offered')
  if (!one || !item) throw new Error('not due')
  expect(wordingOf(one, item, new Map()).shown).toBe('17.5')
  const read = async () => (await returns()).find(({ reference }) => reference === one.reference)
  const { shown, version } = wordingOf(one, item, new Map())
  const typed = [{ item: item.code, raw: '20', base: version, shown }]
  await saveTyped(runtime, scope, read, new Map(), { typed, affirm: false })
  const received = await receiveForm(runtime, scope, school.number, rowsOfForm(await returns()))
  if (received.outcome !== 'staged') throw new Error('refused')
  const [part] = await importsOfDelivery(runtime.db.query, scope, received.delivery)
  if (!part) throw new Error('nothing staged')
  await confirmReturn(runtime, scope, part, { by: person, part: 'school', warningsAccepted: true })
  expect((await read())?.answers.get('hours_offered')?.value).toBe('20')
  expect((await read())?.drafts.size).toBe(0)
  await withdrawImport(runtime, { ...asChange(part, { by: person, part: 'school' }) })
  const after = await read()
  expect(after?.answers.get('hours_offered')?.value).toBe('17.5')
  expect(after?.drafts.get('hours_offered')?.draft.raw).toBe('20')
})
