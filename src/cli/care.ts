import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { tablesWrong } from '../attendance/tables.ts'
import { plusMinutes } from '../domain/dates.ts'
import { sha256 } from '../intake/receive-return.ts'
import { plansOf } from '../plans/plans.ts'
import { boardsWrong } from '../returns/counts.ts'
import { hasStore, migrateStore } from '../runtime/node/migrate.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { openForReading, storeFile } from '../runtime/node/sqlite.ts'
import { statement } from '../store/statement.ts'
import { keptFiles, verifyStore } from '../store/verify.ts'
import { type Progress, progressOf } from './progress.ts'
import { type Call, print, Stop, withStore } from './settings.ts'

/** Brings the store to the newest shape. */
export const migrate = (call: Call): number => {
  mkdirSync(call.dataDir, { recursive: true })
  print(words.migrated(migrateStore(call.dataDir).length))
  return 0
}

const filesAgainstRows = async (runtime: NodeRuntime, progress: Progress['at'] = () => undefined) => {
  const rows = await keptFiles(runtime.db.query)
  const keys = new Set(rows.map(({ key }) => key))
  let wrong = 0
  for (const [done, { key, sha256: hash }] of rows.entries()) {
    progress(done + 1, rows.length)
    const bytes = await runtime.files.get(key)
    if (!bytes || (await sha256(bytes)) !== hash) wrong += 1
  }
  return { wrong, orphans: (await runtime.files.list()).filter((key) => !keys.has(key)) }
}

/** Checks the store from end to end; code 1 where anything is wrong. */
export const verify = (call: Call): Promise<number> =>
  withStore(call, async (runtime) => {
    const reader = openForReading(call.dataDir)
    const integrity = String(reader.pragma('integrity_check', { simple: true }))
    reader.close()
    const tables = progressOf(words.counted.tables)
    const { foreignKeys, current } = await verifyStore(runtime.db.query, tables.at)
    tables.end()
    const boards = (await boardsWrong(runtime, plansOf)) + (await tablesWrong(runtime))
    const kept = progressOf(words.counted.files)
    const files = await filesAgainstRows(runtime, kept.at)
    kept.end()
    const said = words.verify
    const wrong = [...current].filter(([, count]) => count > 0)
    print(said.integrity(integrity))
    print(said.foreignKeys(foreignKeys))
    for (const [table, count] of wrong) print(said.current(table, count))
    if (boards > 0) print(said.boards(boards))
    print(said.missing(files.wrong))
    if (files.orphans.length > 0) print(said.orphans(files.orphans.length))
    const good = integrity === 'ok' && foreignKeys === 0 && wrong.length === 0 && boards === 0 && files.wrong === 0
    if (good) print(said.good)
    return good ? 0 : 1
  })

/** Sends what waits, and clears what imports that never finished left behind. */
export const jobs = (call: Call): Promise<number> => {
  if (call.rest[0] !== 'run') throw new Stop(64, words.needs('run'))
  return withStore(call, async (runtime) => {
    const reminded = await runtime.start({ name: 'remind' })
    print(words.reminded(reminded.sent))
    const { sent, waiting } = await runtime.start({ name: 'send-mail' })
    print(words.sent(sent, waiting))
    const { orphans } = await filesAgainstRows(runtime)
    for (const key of orphans) await runtime.files.remove(key)
    const { db } = runtime
    const before = plusMinutes(runtime.now(), -60)
    const stale = await db.query
      .selectFrom('import')
      .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
      .select('import.number')
      .where('import.state', '=', 'staging')
      .where('delivery.sent_at', '<', before)
      .execute()
    await db.commit(
      stale.map(({ number }) =>
        statement("update import set state = 'abandoned' where number = ? and state = 'staging'", [number]),
      ),
    )
    print(words.swept(orphans.length, stale.length))
    return 0
  })
}

/** Copies the store and its kept files into one file, while the server goes on. */
export const backup = (call: Call): Promise<number> => {
  const target = call.rest[0]
  if (target === undefined) throw new Stop(64, words.needs('a file to write'))
  const path = resolve(target)
  return withStore(call, async (runtime) => {
    const incoming = `${path}.incoming`
    rmSync(incoming, { force: true })
    const reader = openForReading(call.dataDir)
    const pages = progressOf(words.counted.pages)
    await reader.backup(incoming, {
      progress: ({ totalPages, remainingPages }) => {
        pages.at(totalPages - remainingPages, totalPages)
        return 2000
      },
    })
    pages.end()
    reader.close()
    const copy = new Database(incoming)
    copy.pragma('journal_mode = delete')
    copy.exec('create table backup_file (key text primary key, bytes blob not null) strict')
    const insert = copy.prepare('insert into backup_file (key, bytes) values (?, ?)')
    for (const { key } of await keptFiles(runtime.db.query)) {
      const bytes = await runtime.files.get(key)
      if (bytes) insert.run(key, bytes)
    }
    copy.close()
    await copyFile(incoming, path)
    rmSync(incoming)
    print(words.backedUp(path))
    return 0
  })
}

/** Puts a copy into an empty data folder. */
export const restore = async (call: Call): Promise<number> => {
  const source = call.rest[0]
  if (source === undefined || !existsSync(source)) throw new Stop(64, words.needs('a copy made by vsx backup'))
  if (hasStore(call.dataDir)) throw new Stop(2, words.folderNotEmpty)
  mkdirSync(call.dataDir, { recursive: true })
  const path = storeFile(call.dataDir)
  await copyFile(source, path)
  const store = new Database(path)
  try {
    const files = store.prepare('select key, bytes from backup_file').all() as { key: string; bytes: Buffer }[]
    store.exec('drop table backup_file')
    store.exec('vacuum')
    store.close()
    await withStore(call, async (runtime) => {
      for (const { key, bytes } of files) await runtime.files.put(key, new Uint8Array(bytes))
    })
  } catch (problem) {
    if (store.open) store.close()
    rmSync(path, { force: true })
    if (problem instanceof Database.SqliteError) throw new Stop(2, words.notABackup)
    throw problem
  }
  print(words.restored)
  return 0
}
