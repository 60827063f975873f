import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { hasStore } from '../runtime/node/migrate.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { openForReading, storeFile } from '../runtime/node/sqlite.ts'
import { type Call, Stop, withStore } from './settings.ts'

/** Does a command's work on a copy of the store that is thrown away afterwards: a dry run that cannot change a thing. */
export const onCopy = async <Result>(call: Call, work: (runtime: NodeRuntime) => Promise<Result>): Promise<Result> => {
  if (!hasStore(call.dataDir)) throw new Stop(2, words.noStore(call.dataDir))
  const folder = mkdtempSync(join(tmpdir(), 'vsx-dry-run-'))
  try {
    const reader = openForReading(call.dataDir)
    await reader.backup(storeFile(folder))
    reader.close()
    return await withStore(call, work, { folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
