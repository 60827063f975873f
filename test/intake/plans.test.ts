import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Instant } from '../../src/domain/dates.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { addVirtualSchools } from '../../src/seed/demo.ts'
import { csvFile } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { virtualSchools } from '../../src/store/schools.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { temporaryFolder } from '../runtime/temporary.ts'

let runtime: NodeRuntime
let council = 0

beforeAll(async () => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  const config = { origin: 'http://127.0.0.1', uploadBytes: 1_000_000, publishRows: 1000 }
  runtime = await openNodeRuntime({ dataDir, config, quiet: true })
  await runtime.db.commit(addVirtualSchools([{ laCode: '991', name: 'Wendlemoor', mailbox: 'v@w.example' }]))
  council = (await virtualSchools(runtime.db.query))[0]?.number ?? 0
  await bringInRoll(
    runtime,
    council,
    csvFile('pupils.csv', [
      ['child_reference', 'surname', 'forename', 'care_first_day'],
      ['W-1', 'Ash', 'Ada', '2025-01-01'],
    ]),
  )
}, 60_000)
afterAll(() => runtime.close())

const bring = (cells: Readonly<Record<string, string>>) => {
  const row = { child_reference: 'W-1', academic_year: '2026', term: 'autumn', ...cells }
  return bringInRoll(runtime, council, csvFile('plans.csv', [Object.keys(row), Object.values(row)]))
}
const now = () => runtime.db.query.selectFrom('plan_status').selectAll().execute()

describe('a plan’s status that came in', () => {
  it('adds up over files, is cleared by "none", and goes back when its file is taken back', async () => {
    await bring({ due_on: '2026-11-27', held_on: '18/11/2026' })
    await bring({ submitted_on: '2026-11-20', rating: 'green', rated_by: 'Carys Bowen' })
    expect(await now()).toMatchObject([
      { due_on: '2026-11-27', held_on: '2026-11-18', submitted_on: '2026-11-20', rating: 'green' },
    ])
    await bring({ held_on: 'None' })
    expect(await now()).toMatchObject([{ due_on: '2026-11-27', held_on: null, rating: 'green' }])
    const last = await runtime.db.query
      .selectFrom('import')
      .select(['id', 'number', 'virtual_school_number as virtualSchool'])
      .orderBy('publish_order', 'desc')
      .executeTakeFirstOrThrow()
    await withdrawImport(
      { ...runtime, now: () => '2026-11-25T10:00:00.000Z' as Instant },
      { ...last, by: null, part: 'command' },
    )
    expect(await now()).toMatchObject([{ held_on: '2026-11-18', rating: 'green' }])
    const { current } = await verifyStore(runtime.db.query)
    expect([...current.values()].every((wrong) => wrong === 0)).toBe(true)
  })
})
