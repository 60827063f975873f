import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { openForReading, storeFile } from '../../src/runtime/node/sqlite.ts'
import type { Db } from '../../src/store/db.ts'
import { statement } from '../../src/store/statement.ts'
import { temporaryFolder, testConfig } from './temporary.ts'

const opened: NodeRuntime[] = []
afterEach(async () => {
  for (const runtime of opened.splice(0)) await runtime.close()
})

const openStore = async (dataDir: string) => {
  const runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  opened.push(runtime)
  return runtime
}

const newStore = async () => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  return { dataDir, runtime: await openStore(dataDir) }
}

const mark = (name: string) => statement('insert into store_mark (name, value) values (?, ?)', [name, 'x'])
const marks = async ({ query }: Db) =>
  (await query.selectFrom('store_mark').select('name').orderBy('name').execute()).map(({ name }) => name)

/** Another program on the same store that takes the write lock, says so, and keeps it for a while. */
const holdLock = async (dataDir: string, milliseconds: number) => {
  const program = `const Database = require('better-sqlite3'); const d = new Database(process.argv[1]);
    d.exec("begin immediate; insert into store_mark values ('other', 'x')"); console.log('held');
    setTimeout(() => { d.exec('commit'); d.close() }, ${milliseconds})`
  const child = spawn(process.execPath, ['-e', program, storeFile(dataDir)], {
    cwd: join(import.meta.dirname, '..', '..'),
  })
  await once(child.stdout, 'data')
  return { released: once(child, 'exit') }
}

describe('one store, several programs', () => {
  test('a write waits while another program holds the lock, and no read waits with it', async () => {
    const { dataDir, runtime } = await newStore()
    await runtime.db.commit([mark('before')])
    const { released } = await holdLock(dataDir, 1500)
    let done = false
    const writing = runtime.db.commit([mark('waited')]).then(() => {
      done = true
    })
    let longestRead = 0
    let reads = 0
    while (!done && reads < 200) {
      const start = performance.now()
      await marks(runtime.db)
      longestRead = Math.max(longestRead, performance.now() - start)
      reads += 1
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await writing
    await released
    expect(reads).toBeGreaterThan(10)
    expect(longestRead).toBeLessThan(1000)
    expect(await marks(runtime.db)).toEqual(['before', 'other', 'waited'])
  })

  test('two runtimes on one store see what the other wrote', async () => {
    const { dataDir, runtime } = await newStore()
    const beside = await openStore(dataDir)
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => runtime.db.commit([mark(`a${index}`)])),
      ...Array.from({ length: 10 }, (_, index) => beside.db.commit([mark(`b${index}`)])),
    ])
    expect(await marks(runtime.db)).toHaveLength(20)
    expect(await marks(beside.db)).toEqual(await marks(runtime.db))
  })
})

describe('closing', () => {
  test('keeps every commit, in one file', async () => {
    const { dataDir, runtime } = await newStore()
    const writing = Array.from({ length: 50 }, (_, index) => runtime.db.commit([mark(`m${index}`)]))
    opened.length = 0
    await runtime.close()
    await Promise.all(writing)
    const connection = openForReading(dataDir)
    expect(connection.prepare('select count(*) from store_mark').pluck().get()).toBe(50)
    connection.close()
    await expect(runtime.db.commit([mark('late')])).rejects.toThrow('stopped')
  })

  test('a program that forgets to close still ends, and keeps what it committed', async () => {
    const { dataDir, runtime } = await newStore()
    await runtime.db.commit([mark('kept')])
    expect(await marks((await openStore(dataDir)).db)).toEqual(['kept'])
  })
})

describe('mail to a folder', () => {
  test('is a file named by its reference, and sending twice leaves one', async () => {
    const { dataDir, runtime } = await newStore()
    const email = { to: 'dt@school.example', subject: 'Your code\r\nBcc: x', text: '123456', reference: 'abc/../d' }
    await runtime.sendEmail(email)
    await runtime.sendEmail(email)
    const [name = '', ...others] = readdirSync(join(dataDir, 'mail'))
    expect(others).toEqual([])
    const lines = readFileSync(join(dataDir, 'mail', name), 'utf8').split('\n')
    expect(lines).toContain('To: dt@school.example')
    expect(lines).toContain('Subject: Your code Bcc: x')
    expect(lines).toContain('123456')
  })

  test('is shown on the terminal unless asked to be quiet', async () => {
    const { dataDir, runtime } = await newStore()
    const shown = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const email = { to: 'dt@school.example', subject: 'Your code', text: '123456', reference: 'r' }
    await runtime.sendEmail(email)
    expect(shown).not.toHaveBeenCalled()
    const loud = await openNodeRuntime({ dataDir, config: testConfig })
    opened.push(loud)
    await loud.sendEmail(email)
    expect(shown.mock.calls.flat().join('')).toMatch(/Mail to dt@school\.example: Your code\n {2}123456/)
    shown.mockRestore()
  })
})
