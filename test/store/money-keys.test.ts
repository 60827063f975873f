import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { projectRoot } from '../../src/runtime/node/places.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'
import { describeMoneyKeys } from './money-keys.ts'

const dataDir = temporaryFolder()
let runtime: NodeRuntime | undefined
afterAll(() => runtime?.close())

describeMoneyKeys('better-sqlite3 with its writer thread', async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  return runtime.db
})

// SQLite fires no delete trigger for a row that it replaces: such a statement would change a movement or an event.
test('nothing that is written replaces rows', () => {
  const folders = ['src', 'migrations'].map((name) => join(projectRoot, name))
  const replacing = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|sql)$/.test(name))
      .filter((name) =>
        /\b(or\s+replace\b|replace\s+into\b|\.replaceInto\()/i.test(readFileSync(join(folder, name), 'utf8')),
      ),
  )
  expect(replacing).toEqual([])
})
