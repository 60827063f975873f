import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { openNodeRuntime } from '../../src/runtime/node/open.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { playHistory } from '../histories/histories.ts'

/** Histories in a whole run. */
export const count = 1000

/**
 * Random histories of publish and withdraw on better-sqlite3, through the writer thread: after each the store equals one
 * that only ever published what remains.
 */
export const prove = async ({
  count,
  seed,
  print,
}: {
  readonly count: number
  readonly seed: number
  readonly print: (line: string) => void
}): Promise<{ readonly checked: number; readonly failed: number }> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'vsx-histories-'))
  migrateStore(dataDir)
  const config = { origin: 'http://127.0.0.1', uploadBytes: 1, publishRows: 1_000_000 }
  const runtime = await openNodeRuntime({ dataDir, config, quiet: true })
  let failed = 0
  try {
    for (let index = 0; index < count; index += 1) {
      const differences = await playHistory(runtime.db, seed + index, index)
      if (differences.length === 0) continue
      failed += 1
      print(`history ${seed + index}: ${differences.slice(0, 5).join('; ')}`)
    }
    const { foreignKeys, current } = await verifyStore(runtime.db.query)
    const wrong = foreignKeys + [...current.values()].reduce((sum, one) => sum + one, 0)
    if (wrong > 0) {
      failed += 1
      print(`after all of them the store does not verify: ${wrong} rows`)
    }
    return { checked: count, failed }
  } finally {
    await runtime.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
