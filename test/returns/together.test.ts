import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { openTogether, saveTogether, submitTogether } from '../histories/together.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

let runtime: NodeRuntime
let two: Awaited<ReturnType<typeof openTogether>>

beforeAll(async () => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  two = await openTogether(runtime)
})
afterAll(async () => runtime.close())

test('100 times two people submit at once: one wins, the other is told, nothing is lost', async () => {
  expect(await submitTogether(runtime, two, 100)).toEqual([])
})

test('100 times two people save the same answer at once: one is kept, the other comes back with both wordings', async () => {
  expect(await saveTogether(runtime, two, 100)).toEqual([])
})
