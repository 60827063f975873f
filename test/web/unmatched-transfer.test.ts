import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plusDays, todayInLondon } from '../../src/domain/dates.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { csvFile } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { seedRound } from '../../src/seed/round.ts'
import { virtualSchools } from '../../src/store/schools.ts'
import { unmatchedWords } from '../../templates/words/en/office.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'
import { assessments, transferFile, transferPupil } from '../transfer-files.ts'
import { type Browser, browserFor } from './browser.ts'

let runtime: NodeRuntime
let officer: Browser
let upnOf: (child: number) => string

beforeAll(async () => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  await seedRound(runtime, { pupils: 4, seed: 3 })
  officer = await browserFor(runtime, 'h.marsh@wendlemoor.example')
  const rows = await runtime.db.query
    .selectFrom('pupil_identifier')
    .innerJoin('pupil', 'pupil.number', 'pupil_identifier.pupil_number')
    .select(['pupil.child_reference as reference', 'pupil_identifier.value'])
    .execute()
  upnOf = (child) => rows.find(({ reference }) => reference === `991-${child}`)?.value ?? ''
}, 60_000)
afterAll(async () => runtime.close())

const nobody = (seed: number) => transferPupil(seed, assessments, { UPN: '-' })

const send = async (name: string, pupils: readonly string[]) => {
  const sent = await officer.upload(name, new TextEncoder().encode(transferFile({ pupils })), '/transfer-files')
  expect(sent.status).toBe(303)
}

const useNewest = async () => {
  const page = await (await officer.get('/transfer-files')).text()
  const action = /action="(\/transfer-files\/[^"]+)"/.exec(page)?.[1] ?? ''
  expect((await officer.post(action, { accept: '1' })).status).toBe(303)
}

const waiting = async (): Promise<readonly string[]> => {
  const page = await (await officer.get('/unmatched')).text()
  return [...new Set([...page.matchAll(/href="(\/unmatched\/[^"/]+)"/g)].map((found) => found[1] ?? ''))]
}

const match = (row: string | undefined, key: string) => officer.post(`${row}/match`, { key })

const resultsOf = async (child: number) =>
  (
    await runtime.db.query
      .selectFrom('stage_result')
      .innerJoin('pupil', 'pupil.number', 'stage_result.pupil_number')
      .select('subject')
      .where('pupil.child_reference', '=', `991-${child}`)
      .execute()
  ).length

describe('a row of a transfer file that fitted nobody', () => {
  test('waits until the file itself is in use: what it says is used only after somebody looked at the file', async () => {
    await send('first.xml', [nobody(1)])
    expect(await waiting()).toEqual([])
    await useNewest()
    const [row, ...more] = await waiting()
    expect(more).toEqual([])
    expect((await match(row, '991-1')).status).toBe(303)
    expect(await resultsOf(1)).toBe(6)
    expect((await match(row, '991-1')).status).toBe(404)
  })

  test('is nobody’s whose care has ended: when care ends new data ends', async () => {
    const today = todayInLondon(runtime.now())
    const [council] = await virtualSchools(runtime.db.query)
    const began = await runtime.db.query
      .selectFrom('care_period')
      .innerJoin('pupil', 'pupil.number', 'care_period.pupil_number')
      .select('care_period.first_day as day')
      .where('pupil.child_reference', '=', '991-2')
      .executeTakeFirstOrThrow()
    await bringInRoll(
      runtime,
      council?.number ?? 0,
      csvFile('pupils.csv', [
        ['child_reference', 'care_first_day', 'care_last_day', 'care_end_reason'],
        ['991-2', began.day, plusDays(today, -1), 'other'],
      ]),
    )
    await send('second.xml', [nobody(2)])
    await useNewest()
    const [row] = await waiting()
    const refused = await match(row, '991-2')
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(unmatchedWords.fitsNobodyInCare)
    expect(await resultsOf(2)).toBe(0)
    expect((await match(row, '991-4')).status).toBe(303)
  })

  test('is nobody’s of whom the file has a row already, nor two rows one pupil’s at one moment', async () => {
    await send('third.xml', [transferPupil(3, '', { UPN: upnOf(3) }), nobody(4), nobody(5)])
    await useNewest()
    const [one, other] = await waiting()
    expect((await match(one, '991-3')).status).toBe(422)
    const both = await Promise.all([match(one, '991-1'), match(other, '991-1')])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422])
    const [left] = await waiting()
    await officer.post(`${left}/set-aside`, { reason: 'not ours' })
    expect(await waiting()).toEqual([])
  })

  test('is not decided as if it had said nothing when its copy is gone', async () => {
    await send('fourth.xml', [nobody(6)])
    await useNewest()
    const newest = await runtime.db.query
      .selectFrom('delivery')
      .select('file_key')
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
    await runtime.files.remove(newest.file_key ?? '')
    const [row] = await waiting()
    const refused = await match(row, '991-1')
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('The copy kept of this file is gone')
    expect(await waiting()).toEqual([row])
  })
})
