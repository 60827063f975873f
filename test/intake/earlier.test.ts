import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReturnSheet } from '../../connectors/termly-return/rows.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import { readValue, statesOf } from '../../src/domain/return/value.ts'
import { mendImport } from '../../src/intake/mend.ts'
import { abandonImport } from '../../src/intake/publish.ts'
import { receiveForm } from '../../src/intake/receive-form.ts'
import type { ReceivedReturn } from '../../src/intake/receive-return.ts'
import { inWords } from '../../src/returns/drafts.ts'
import { pupilReturns, withReferences } from '../../src/returns/due.ts'
import { findingsForReader } from '../../src/returns/expected-pupils.ts'
import { rowsOfForm, saveTyped, wordingOf } from '../../src/returns/form.ts'
import { findingsOf } from '../../src/store/import-rows.ts'
import { openRounds } from '../../src/store/rounds.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { smallWorld } from '../small-world.ts'

const sessions = (possible: string, attended: string) => ({
  ...{ sessions_possible: possible, sessions_attended: attended },
})

let world: Awaited<ReturnType<typeof smallWorld>>
beforeAll(async () => {
  world = await smallWorld([
    { surname: 'Ash', year: '5', born: '2016-10-01' },
    { surname: 'Beech', year: '5', born: '2016-11-02', planBy: '2026-11-01' },
    { surname: 'Cedar', year: 'N2', born: '2023-02-03', planBy: '2027-03-31' },
    { surname: 'Dogwood', year: '5', born: '2016-12-04' },
    { surname: 'Elder', year: '5', born: '2016-12-05' },
  ])
  await world.open('2026-09-20', 2026, 'autumn', '2026-09-18')
  await world.confirm(
    await world.send(
      'first.xlsx',
      await writeReturnWorkbook(
        await world.sheet({
          Ash: { reading_band: 'above', mathematics_band: 'above', ...sessions('24', '22') },
          Beech: { reading_band: 'at', ...sessions('24', '22') },
          Cedar: { early_physical_band: 'above', early_hours_offered: '30', early_hours_attended: '28' },
          Dogwood: { reading_band: 'above' },
          Elder: { status: 'left_destination_unknown', left_on: '2026-09-10' },
        }),
      ),
    ),
  )
  await world.open('2027-01-25', 2026, 'spring', '2027-01-22')
}, 120_000)
afterAll(async () => world.runtime.close())

/** Two totals lower and two judgements two steps lower; one pupil of the earlier return is in no row. */
const lower = () =>
  world.sheet({
    Ash: { reading_band: 'below', mathematics_band: 'at', ...sessions('24', '21') },
    Beech: { reading_band: 'below', ...sessions('25', '24') },
    Cedar: { early_physical_band: 'below', early_hours_offered: '29.5', early_hours_attended: '28' },
  })

const schoolScope = () => scopeFor(world.by, { kind: 'school' }, world.runtime.now())

const typeOnScreen = async (sheet: ReturnSheet): Promise<ReceivedReturn> => {
  const { runtime } = world
  const { query } = runtime.db
  const returns = async () =>
    withReferences(runtime.db, schoolScope(), await pupilReturns(query, schoolScope(), await openRounds(query)))
  for (const row of sheet.rows) {
    const read = async () => (await returns()).find(({ reference }) => reference === row.reference)
    const one = await read()
    if (!one) throw new Error('not due')
    const typed = [...row.known].flatMap(([code, answer]) => {
      const item = itemOf(code)
      if (!item) return []
      const { shown, version } = wordingOf(one, item, new Map())
      return [{ item: code, raw: inWords(item, answer), base: version, shown }]
    })
    await saveTyped(runtime, schoolScope(), read, new Map(), { typed, affirm: true })
  }
  return receiveForm(runtime, schoolScope(), world.school.number, rowsOfForm(await returns()))
}

const foundIn = async (received: ReceivedReturn) => {
  const part = await world.partOf(received)
  const findings = await findingsOf(world.runtime.db.query, world.scope(), part.number)
  return { part, findings }
}

const said = async (received: ReceivedReturn) =>
  (await foundIn(received)).findings
    .map(({ rowNumber, severity, code, item, parameters }) => {
      const { rule } = wordsOfFinding({ code, parameters: JSON.parse(parameters) })
      return `${severity} ${code} ${item ?? (rowNumber === 0 ? 'file' : 'row')}: ${rule}`.replaceAll('\u00a0', ' ')
    })
    .sort()

const giveUp = async (received: ReceivedReturn) => {
  const { id, number, virtualSchool } = await world.partOf(received)
  await abandonImport(world.runtime, { id, number, virtualSchool, by: world.by, part: 'school' })
}

describe('a return beside the one before it', () => {
  test('workbook, CSV and form say the same: what fell, what went down, who is missing, whose plan is past its date', async () => {
    const sheet = await lower()
    const ways = [
      await world.send('again.xlsx', await writeReturnWorkbook(sheet)),
      await world.send('again.csv', writeReturnCsv(sheet)),
      await typeOnScreen(sheet),
    ]
    const [workbook, csv, form] = [
      await said(ways[0] as ReceivedReturn),
      await said(ways[1] as ReceivedReturn),
      await said(ways[2] as ReceivedReturn),
    ]
    expect(workbook.map((line) => line.replace(/expected: .*/, 'expected'))).toEqual([
      'warning ATTAINMENT_FELL early_physical_band: In Autumn 2026 you sent “Above”, and now “Below”.',
      'warning ATTAINMENT_FELL reading_band: In Autumn 2026 you sent “Above”, and now “Below”.',
      'warning PLAN_DATE_PAST row: The next plan was due by 1 November 2026, and today is 25 January 2027.',
      'warning PUPILS_NOT_IN_FILE file: You answered about this pupil before, and the council still asks. Row references we expected',
      'warning TOTAL_WENT_DOWN early_hours_offered: A total for the year to date only grows. In Autumn 2026 you sent 30, and now 29.5.',
      'warning TOTAL_WENT_DOWN sessions_attended: A total for the year to date only grows. In Autumn 2026 you sent 22, and now 21.',
    ])
    expect(csv).toEqual(workbook)
    expect(form).toEqual(workbook)
    for (const way of ways) await giveUp(way)
  })

  test('who is missing is told by row reference alone, and by name to who may follow the pupil', async () => {
    const received = await world.send('again.csv', writeReturnCsv(await lower()))
    const { findings } = await foundIn(received)
    const [missing] = findings.filter(({ code }) => code === 'PUPILS_NOT_IN_FILE')
    expect(missing?.parameters).not.toMatch(/Dogwood|Elder/)
    const { query } = world.runtime.db
    const atSchool = await findingsForReader(query, schoolScope(), findings)
    expect(atSchool.expected.map(({ surname }) => surname)).toEqual(['Dogwood'])
    expect(atSchool.findings).toEqual(findings)
    const stranger = await findingsForReader(
      query,
      scopeFor(world.by, { kind: 'council', virtualSchool: 999, role: 'head' }, world.runtime.now()),
      findings,
    )
    expect(stranger.expected).toEqual([])
    expect(stranger.findings.map(({ code }) => code)).not.toContain('PUPILS_NOT_IN_FILE')
    await giveUp(received)
  })

  test('mending the cell on screen takes its warning away, and leaves that of the plan', async () => {
    const received = await world.send('again.xlsx', await writeReturnWorkbook(await lower()))
    const { part, findings } = await foundIn(received)
    const row = findings.find(({ item }) => item === 'sessions_attended')?.rowNumber ?? 0
    const planRow = findings.find(({ code }) => code === 'PLAN_DATE_PAST')?.rowNumber ?? 0
    const today = schoolScope().today
    const mendings = [
      { row, item: 'sessions_attended', typed: '23' },
      { row: planRow, item: 'sessions_attended', typed: '25' },
    ]
    const left = await mendImport(world.runtime, schoolScope(), part, mendings, (item, raw) =>
      readValue(item.type, statesOf(item), raw, today, itemWords[item.code]?.options, stateWords),
    )
    expect(left).toEqual([])
    const after = (await findingsOf(world.runtime.db.query, world.scope(), part.number)).map(
      ({ rowNumber, code, item }) =>
        `${rowNumber === row ? 'first' : rowNumber === planRow ? 'plan' : ''} ${code} ${item}`,
    )
    expect(after).toContain('first ATTAINMENT_FELL reading_band')
    expect(after.filter((line) => line.includes('sessions_attended'))).toEqual([])
    expect(after.filter((line) => line.startsWith('plan'))).toEqual(['plan PLAN_DATE_PAST null'])
    await giveUp(received)
  })

  test('nothing is said where everybody is there, nothing fell, and the plan is still to come', async () => {
    const whole = await world.sheet({
      Ash: { reading_band: 'at', ...sessions('40', '38') },
      Cedar: { early_physical_band: 'at', early_hours_offered: '60' },
      Dogwood: { reading_band: 'above' },
      Beech: { reading_band: 'at', ...sessions('40', '38') },
    })
    const received = await world.send('whole.csv', writeReturnCsv(whole))
    expect((await said(received)).map((line) => line.split(' ')[1])).toEqual(['PLAN_DATE_PAST'])
    await world.confirm(received)
  })

  test('once everybody is answered a correction about one pupil misses nobody, and the same round is not compared', async () => {
    const received = await world.send(
      'correction.csv',
      writeReturnCsv(await world.sheet({ Dogwood: { reading_band: 'at' }, Ash: sessions('39', '38') })),
    )
    expect(await said(received)).toEqual([])
    await giveUp(received)
  })

  test('a new academic year begins its totals again', async () => {
    await world.open('2027-09-20', 2027, 'autumn', '2027-09-17')
    const received = await world.send(
      'new-year.csv',
      writeReturnCsv(await world.sheet({ Ash: sessions('20', '19'), Dogwood: {}, Cedar: {}, Beech: {} })),
    )
    expect((await said(received)).filter((line) => line.includes('TOTAL'))).toEqual([])
    await giveUp(received)
  })
})
