import { join } from 'node:path'
import { afterAll } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'
import { describeDb } from './contract.ts'

const dataDir = temporaryFolder()
let runtime: NodeRuntime | undefined
afterAll(() => runtime?.close())

describeDb('better-sqlite3 with its writer thread', async () => {
  migrateStore(dataDir, join(import.meta.dirname, 'contract-migrations'))
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  return runtime.db
})
