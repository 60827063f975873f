import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { openForReading, openForWriting, refuseOldSqlite, storeFile } from '../../src/runtime/node/sqlite.ts'
import { temporaryFolder } from './temporary.ts'

const twoFiles = () => {
  const folder = temporaryFolder()
  const migrations = join(folder, 'migrations')
  mkdirSync(migrations)
  writeFileSync(
    join(migrations, '0002_second.sql'),
    'alter table a add column note text; insert into a (id) values (2);',
  )
  writeFileSync(
    join(migrations, '0001_first.sql'),
    'create table a (id integer primary key) strict; create trigger t after insert on a begin select 1; end; insert into a (id) values (1);',
  )
  return { dataDir: join(folder, 'data'), migrations }
}

const rowsOf = (dataDir: string, sql: string) => {
  const connection = openForReading(dataDir)
  try {
    return connection.prepare(sql).all()
  } finally {
    connection.close()
  }
}

describe('bringing a store to head', () => {
  test('applies each file once, in order, and says which', () => {
    const { dataDir, migrations } = twoFiles()
    expect(migrateStore(dataDir, migrations)).toEqual(['0001_first.sql', '0002_second.sql'])
    expect(migrateStore(dataDir, migrations)).toEqual([])
    expect(rowsOf(dataDir, 'select id from a')).toEqual([{ id: 1 }, { id: 2 }])
    expect(rowsOf(dataDir, 'select id, name from d1_migrations')).toEqual([
      { id: 1, name: '0001_first.sql' },
      { id: 2, name: '0002_second.sql' },
    ])
  })

  test("the product's own migrations apply, and leave an intact store", () => {
    const dataDir = temporaryFolder()
    expect(migrateStore(dataDir).length).toBeGreaterThan(0)
    expect(rowsOf(dataDir, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(
      rowsOf(
        dataDir,
        "select name from pragma_table_list where type = 'table' and schema = 'main' and strict = 0 and name not like 'sqlite_%' and name <> 'd1_migrations'",
      ),
    ).toEqual([])
  })

  test('a file that was changed after it was applied stops it', () => {
    const { dataDir, migrations } = twoFiles()
    migrateStore(dataDir, migrations)
    writeFileSync(join(migrations, '0001_first.sql'), 'create table other (id integer) strict;')
    expect(() => migrateStore(dataDir, migrations)).toThrow('0001_first.sql was changed')
  })

  test('a store of a later version stops it', () => {
    const { dataDir, migrations } = twoFiles()
    migrateStore(dataDir, migrations)
    rmSync(join(migrations, '0002_second.sql'))
    expect(() => migrateStore(dataDir, migrations)).toThrow('later version')
  })

  test('a file that cannot be applied leaves nothing of itself', () => {
    const { dataDir, migrations } = twoFiles()
    writeFileSync(
      join(migrations, '0003_third.sql'),
      'create table half (id integer) strict; insert into nowhere values (1);',
    )
    expect(() => migrateStore(dataDir, migrations)).toThrow('nowhere')
    expect(rowsOf(dataDir, "select name from sqlite_schema where name = 'half'")).toEqual([])
    expect(rowsOf(dataDir, 'select count(*) as applied from d1_migrations')).toEqual([{ applied: 2 }])
    writeFileSync(join(migrations, '0003_third.sql'), 'create table whole (id integer) strict;')
    expect(migrateStore(dataDir, migrations)).toEqual(['0003_third.sql'])
  })

  test('a store that wrangler brought to head is known as such', () => {
    const { dataDir, migrations } = twoFiles()
    const connection = openForWriting(dataDir)
    connection.exec(
      "create table d1_migrations (id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null); insert into d1_migrations (name) values ('0001_first.sql'); create table a (id integer primary key) strict",
    )
    connection.close()
    expect(migrateStore(dataDir, migrations)).toEqual(['0002_second.sql'])
  })
})

describe('several at once', () => {
  const program = join(import.meta.dirname, '..', '..', 'build', 'test', `migrate-${process.pid}.mjs`)
  beforeAll(async () => {
    const contents = `import { migrateStore } from './src/runtime/node/migrate.ts'
      console.log(JSON.stringify(migrateStore(process.argv[2], process.argv[3])))`
    const stdin = { contents, resolveDir: join(import.meta.dirname, '..', '..') }
    await build({
      stdin,
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
      external: ['better-sqlite3'],
    })
    return () => rmSync(program)
  })

  const run = (...args: readonly string[]) =>
    new Promise<{ readonly code: number | null; readonly out: string; readonly complaint: string }>((resolve) => {
      const child = spawn(process.execPath, [program, ...args])
      const [out, complaint]: [string[], string[]] = [[], []]
      child.stdout.on('data', (piece) => out.push(String(piece)))
      child.stderr.on('data', (piece) => complaint.push(String(piece)))
      child.on('close', (code) => resolve({ code, out: out.join(''), complaint: complaint.join('') }))
    })

  test('four programs that start on an empty folder at one moment apply each file once between them', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { dataDir, migrations } = twoFiles()
      const ended = await Promise.all(Array.from({ length: 4 }, () => run(dataDir, migrations)))
      expect(ended.map(({ code, complaint }) => ({ code, complaint }))).toEqual(
        Array(4).fill({ code: 0, complaint: '' }),
      )
      expect(ended.flatMap(({ out }) => JSON.parse(out) as string[]).sort()).toEqual([
        '0001_first.sql',
        '0002_second.sql',
      ])
    }
  })
})

describe('opening a store', () => {
  test('refuses an SQLite that could damage it', () => {
    for (const version of ['3.40.1', '3.51.2', '3.51', '2.99.99', '', 'none']) {
      expect(() => refuseOldSqlite(version), version).toThrow('too old')
    }
    for (const version of ['3.51.3', '3.53.2', '3.52.0', '4.0.0']) expect(() => refuseOldSqlite(version)).not.toThrow()
  })

  test('the writing side is durable and keeps foreign keys', () => {
    const connection = openForWriting(temporaryFolder())
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'trusted_schema', 'secure_delete']
    const held = settings.map((name) => connection.pragma(name, { simple: true }))
    connection.close()
    expect(held).toEqual(['wal', 2, 1, 30_000, 0, 1])
  })

  test('nobody else on the machine may read it', () => {
    const dataDir = join(temporaryFolder(), 'data')
    migrateStore(dataDir)
    const modes = [dataDir, storeFile(dataDir)].map((path) => statSync(path).mode & 0o777)
    expect(modes).toEqual([0o700, 0o600])
  })

  test('the reading side cannot write', () => {
    const { dataDir, migrations } = twoFiles()
    migrateStore(dataDir, migrations)
    const connection = openForReading(dataDir)
    expect(() => connection.prepare('insert into a (id) values (9)').run()).toThrow(/readonly/)
    connection.close()
    expect(storeFile(dataDir)).toContain(dataDir)
  })
})
