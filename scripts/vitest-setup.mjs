import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt, threads } from './build.mjs'

/**
 * Builds before any test runs: a runtime's threads are started from the build, also when the rest runs from source. The
 * journeys of one run share the stores they begin with, each in a copy of its own.
 */
export const setup = async () => {
  await ensureBuilt({ only: threads })
  const stores = mkdtempSync(join(tmpdir(), 'vsx-journey-stores-'))
  process.env.VSX_JOURNEY_STORES = stores
  return () => rmSync(stores, { recursive: true, force: true })
}
