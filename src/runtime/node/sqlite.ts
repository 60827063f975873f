import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** The file of a deployment's store inside its data directory. */
export const storeFile = (dataDir: string) => join(dataDir, 'store.sqlite')

/** Before 3.51.3, two connections that write and checkpoint at one instant could damage the file (SQLite, "WAL-reset bug"). */
const oldestVersion = [3, 51, 3] as const

/** Stops the start-up on an SQLite that could damage the store. */
export const refuseOldSqlite = (version: string) => {
  const parts = version.split('.').map(Number)
  for (const [index, oldest] of oldestVersion.entries()) {
    const part = parts[index] ?? 0
    if (part > oldest) return
    if (!(part >= oldest)) {
      throw new Error(`SQLite ${version} is too old: ${oldestVersion.join('.')} or newer is needed to keep data safe`)
    }
  }
}

const refuseOld = (connection: Database.Database) => {
  refuseOldSqlite(String(connection.prepare('select sqlite_version()').pluck().get()))
}

/** Opens the store for writing, making it where there is none. Only the writer thread and a migration may hold one. */
export const openForWriting = (dataDir: string): Database.Database => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const connection = new Database(storeFile(dataDir), { timeout: 30_000 })
  refuseOld(connection)
  // SQLite gives its log files the mode of the store itself.
  chmodSync(storeFile(dataDir), 0o600)
  connection.pragma('journal_mode = wal')
  connection.pragma('synchronous = full')
  connection.pragma('foreign_keys = on')
  connection.pragma('trusted_schema = off')
  connection.pragma('secure_delete = on')
  connection.pragma('mmap_size = 0')
  // A large file touches more pages than the usual 2 MB hold: each would be written to the log and read again.
  connection.pragma('cache_size = -32000')
  connection.pragma('wal_autocheckpoint = 4000')
  return connection
}

/** Opens the store for reading only: in WAL a reader never waits for the writer. */
export const openForReading = (dataDir: string): Database.Database => {
  const connection = new Database(storeFile(dataDir), { readonly: true, fileMustExist: true, timeout: 30_000 })
  refuseOld(connection)
  connection.pragma('trusted_schema = off')
  connection.pragma('query_only = on')
  connection.pragma('mmap_size = 0')
  return connection
}

/** Prepares each SQL text once; the texts are few, because values are bound. */
export const preparedOn = (connection: Database.Database) => {
  const prepared = new Map<string, Database.Statement<unknown[]>>()
  return (sql: string) => {
    const known = prepared.get(sql)
    if (known) return known
    if (prepared.size >= 500) prepared.clear()
    const statement = connection.prepare<unknown[]>(sql)
    prepared.set(sql, statement)
    return statement
  }
}
