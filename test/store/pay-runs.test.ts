import { afterAll } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'
import { describePayRuns } from './pay-runs.ts'

const dataDir = temporaryFolder()
let runtime: NodeRuntime | undefined
afterAll(() => runtime?.close())

describePayRuns('better-sqlite3 with its writer thread', async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  return runtime.db
})
