import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Config } from '../../src/config.ts'

/** A data directory that is gone after the tests of the file. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vsx-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What an operator would set for a portal on this machine. */
export const testConfig: Config = { origin: 'http://127.0.0.1:3000', uploadBytes: 10_000_000, publishRows: 100_000 }
