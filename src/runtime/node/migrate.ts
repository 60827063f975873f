import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { migrationsFolder } from './places.ts'
import { openForWriting, storeFile } from './sqlite.ts'

type Migration = { readonly name: string; readonly sql: string; readonly sha256: string }

const migrationsIn = (folder: string): readonly Migration[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })

/** d1_migrations is wrangler's own table, column for column: a store reads the same wherever it was brought to head. */
const bookkeeping = `
  create table if not exists d1_migrations (
    id         integer primary key autoincrement,
    name       text unique,
    applied_at timestamp default current_timestamp not null
  );
  create table if not exists migration_checksum (name text primary key, sha256 text not null) strict;`

const appliedOn = (connection: Database.Database) =>
  new Map(
    connection
      .prepare<[], { name: string; sha256: string | null }>(
        'select m.name, c.sha256 from d1_migrations m left join migration_checksum c on c.name = m.name',
      )
      .all()
      .map(({ name, sha256 }) => [name, sha256]),
  )

/**
 * Brings a store to head: each file once, in one transaction of its own. A file that was changed after it was applied,
 * or a store that knows a later one, stops it. Two at once wait for each other. Gives the names it applied.
 */
export const migrate = (connection: Database.Database, folder: string): readonly string[] => {
  connection.exec(bookkeeping)
  const migrations = migrationsIn(folder)
  const known = new Set(migrations.map(({ name }) => name))
  for (const name of appliedOn(connection).keys()) {
    if (!known.has(name)) throw new Error(`the store was made by a later version: it has migration ${name}`)
  }
  const apply = connection.transaction(({ name, sql, sha256 }: Migration) => {
    const applied = appliedOn(connection)
    if (applied.has(name)) {
      // A store that wrangler brought to head has no checksum yet.
      const before = applied.get(name)
      if (before && before !== sha256) throw new Error(`migration ${name} was changed after it was applied`)
      return false
    }
    connection.exec(sql)
    connection.prepare('insert into d1_migrations (name) values (?)').run(name)
    connection.prepare('insert into migration_checksum (name, sha256) values (?, ?)').run(name, sha256)
    return true
  })
  return migrations.filter((migration) => apply.immediate(migration)).map(({ name }) => name)
}

/** Brings the store of a data directory to head, making it where there is none. */
export const migrateStore = (dataDir: string, folder = migrationsFolder): readonly string[] => {
  const connection = openForWriting(dataDir)
  try {
    return migrate(connection, folder)
  } finally {
    connection.close()
  }
}

/** Whether a data directory holds a store. */
export const hasStore = (dataDir: string): boolean => existsSync(storeFile(dataDir))
