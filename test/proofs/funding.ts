import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { openNodeRuntime } from '../../src/runtime/node/open.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { playFunding } from '../histories/funding.ts'

/** Histories in a whole run, on each of the two engines. */
export const count = 1000

/**
 * Random histories of a council's money against a plain model: decide, pay, withdraw, give back, move, care ends, by
 * several people who may have seen it as it was. First on better-sqlite3 through the writer thread, then on D1 in workerd.
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
  const dataDir = mkdtempSync(join(tmpdir(), 'vsx-funding-'))
  migrateStore(dataDir)
  const config = { origin: 'http://127.0.0.1', uploadBytes: 1, publishRows: 1_000_000 }
  const runtime = await openNodeRuntime({ dataDir, config, quiet: true })
  let failed = 0
  try {
    for (let index = 0; index < count; index += 1) {
      const differences = await playFunding(runtime.db, seed + index, index)
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
  } finally {
    await runtime.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.worker.config.ts', 'test/worker/funding.test.ts'],
    { encoding: 'utf8', env: { ...process.env, VSX_HISTORIES: String(count), VSX_FIRST_HISTORY: String(seed) } },
  )
  if (status !== 0) print(`on D1: ${stdout.slice(-3000)}${stderr.slice(-1000)}`)
  return { checked: 2 * count, failed: failed + (status === 0 ? 0 : 1) }
}
