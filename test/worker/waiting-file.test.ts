import { env } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { plusMinutes } from '../../src/domain/dates.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { askForWaitingFiles, letFileWait, readWaitingFile } from '../../src/intake/waiting-file.ts'
import application from '../../src/main.worker.ts'
import type { Runtime } from '../../src/runtime.ts'
import { fictionalUpn } from '../../src/seed/random.ts'
import { importsAsChanges } from '../../src/store/report.ts'
import { statement } from '../../src/store/statement.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { waitingFiles, waitingKey } from '../../src/store/waiting-files.ts'
import { marksStanding, marksWorld, pupils, workerRuntime, yearOf } from './marks-world.ts'

let runtime: Runtime
let virtualSchool = 0
let by = 0

beforeAll(async () => {
  ;({ runtime, virtualSchool } = await marksWorld())
  await runtime.db.commit([
    runtime.db.query.insertInto('person').values({ id: 'person', email: 'data@d1.example', disabled_at: null }),
  ])
  by = (await runtime.db.query.selectFrom('person').select('number').executeTakeFirstOrThrow()).number
})

const officer = () => scopeFor(by, { kind: 'council', virtualSchool, role: 'data_officer' }, runtime.now())
const sender = () => ({ from: { kind: 'council', virtualSchool }, by, via: 'page' }) as const
const waiting = () => waitingFiles(runtime.db.query, officer())

/** Lets a file wait where nobody reads it unasked; gives its id. */
const waits = async (bytes: Uint8Array): Promise<string> => {
  const held = { ...runtime, start: async () => ({ outcome: 'soon' }) } as unknown as Runtime
  await letFileWait(held, { name: 'year.csv', bytes }, sender(), null)
  return (await waiting())[0]?.id ?? ''
}

/** Puts the newest file in use, compares every mark with what was sent, and takes the file back. */
const standsAsSent = async (id: string, expected: ReadonlyMap<string, string>) => {
  const changes = (await importsAsChanges(runtime.db.query, id)).map((one) => ({ ...one, by, part: 'test' }))
  expect(await publishImports(runtime, changes)).toEqual({ outcome: 'published' })
  const found = await marksStanding(runtime)
  expect(found.size).toBe(expected.size)
  expect([...found].filter(([key, mark]) => expected.get(key) !== mark)).toEqual([])
  const { current } = await verifyStore(runtime.db.query)
  expect([...current.values()].every((wrong) => wrong === 0)).toBe(true)
  for (const change of changes) await withdrawImport(runtime, change)
}

const deliveries = async () => (await runtime.db.query.selectFrom('delivery').select('id').execute()).length

test('100,000 marks go through the queue, and stand as sent', { timeout: 120_000 }, async () => {
  const { bytes, lines, expected } = yearOf(pupils)
  expect([lines, bytes.length > 1_000_000]).toEqual([99_940, true])
  await letFileWait(workerRuntime(env.WAITING), { name: 'year.csv', bytes }, sender(), null)
  const [file] = await waiting()
  expect(file).toMatchObject({ fileName: 'year.csv', code: null })
  for (let asked = 0; asked < 600 && (await waiting()).length > 0; asked += 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await waiting()).toEqual([])
  expect(await runtime.files.get(waitingKey(file?.id ?? ''))).toBeUndefined()
  await standsAsSent(file?.id ?? '', expected)
})

test('a larger file is refused by the queue with how to split it, and leaves nothing', {
  timeout: 120_000,
}, async () => {
  const [before, kept] = [await deliveries(), await runtime.files.list()]
  const { bytes } = yearOf(pupils)
  const more = new TextEncoder().encode(
    Array.from({ length: 100 }, (_, at) => `\n${fictionalUpn('991', at + 1)},2026-11-02,AM,/`).join(''),
  )
  const id = await waits(new Uint8Array([...bytes, ...more]))
  expect(await readWaitingFile(runtime, id)).toBe('refused')
  expect(await waiting()).toEqual([
    expect.objectContaining({ id, code: 'FILE_TOO_MANY_MARKS', parameters: '{"most":100000}' }),
  ])
  expect([await deliveries(), await runtime.files.list()]).toEqual([before, kept])
  expect(await readWaitingFile(runtime, id)).toBe('gone')
})

test('a message that comes twice, at once or later, stages the file once', async () => {
  const before = await deliveries()
  const { bytes, expected } = yearOf(4)
  const id = await waits(bytes)
  const both = await Promise.all([readWaitingFile(runtime, id), readWaitingFile(runtime, id)])
  expect(both.sort()).toEqual(['elsewhere', 'staged'])
  expect(await readWaitingFile(runtime, id)).toBe('gone')
  expect(await deliveries()).toBe(before + 1)
  await standsAsSent(id, expected)
})

/** A store that stops taking writes after some, as where the reader is killed: nothing is cleared away. */
const killedAfter = (commits: number): Runtime => {
  let left = commits
  const commit: Runtime['db']['commit'] = async (statements) => {
    left -= 1
    if (left < 0) throw new Error('killed')
    await runtime.db.commit(statements)
  }
  return { ...runtime, db: { ...runtime.db, commit } }
}

test.each([
  1, 2, 3, 4, 5, 6,
])('a reader killed after %i of its writes is followed by one who reads the whole', async (commits) => {
  const before = await deliveries()
  const { bytes, expected } = yearOf(20)
  const id = await waits(bytes)
  await expect(readWaitingFile(killedAfter(commits), id)).rejects.toThrow('killed')
  expect(await readWaitingFile(runtime, id)).toBe('elsewhere')
  const later = { ...runtime, now: () => plusMinutes(runtime.now(), 16) }
  expect(await readWaitingFile(later, id)).toBe('staged')
  expect(await deliveries()).toBe(before + 1)
  await standsAsSent(id, expected)
})

test('a file that cannot be read is begun three times, and then its sender is told', async () => {
  const id = await waits(yearOf(2).bytes)
  const broken: Runtime = { ...runtime, files: { ...runtime.files, get: () => Promise.reject(new Error('away')) } }
  for (const _ of [1, 2]) await expect(readWaitingFile(broken, id)).rejects.toThrow('away')
  expect(await readWaitingFile(broken, id)).toBe('refused')
  expect(await waiting()).toContainEqual(expect.objectContaining({ id, code: 'FILE_NOT_READ_JUST_NOW' }))
})

test('the clock asks again for what nobody reads, and refuses what has waited for a day', async () => {
  const { bytes, expected } = yearOf(3)
  const id = await waits(bytes)
  const after = (minutes: number): Runtime => ({ ...runtime, now: () => plusMinutes(runtime.now(), minutes) })
  await askForWaitingFiles(after(14))
  expect((await waiting()).map((one) => one.id)).toContain(id)
  await askForWaitingFiles(after(16))
  expect((await waiting()).map((one) => one.id)).not.toContain(id)
  await standsAsSent(id, expected)
  const late = await waits(bytes)
  await askForWaitingFiles(after(24 * 60 + 1))
  expect(await waiting()).toContainEqual(expect.objectContaining({ id: late, code: 'FILE_NOT_READ_JUST_NOW' }))
  expect(await runtime.files.get(waitingKey(late))).toBeUndefined()
})

const noBytesLeft = async (id: string) => (await runtime.files.list()).filter((key) => key.endsWith(id))

test('bytes that could not be taken away the first time are taken away the next', async () => {
  const { bytes, expected } = yearOf(2)
  const id = await waits(bytes)
  let refused = 0
  const remove: Runtime['files']['remove'] = async (key) => {
    if (key === waitingKey(id) && refused === 0) {
      refused += 1
      throw new Error('away')
    }
    await runtime.files.remove(key)
  }
  await expect(readWaitingFile({ ...runtime, files: { ...runtime.files, remove } }, id)).rejects.toThrow('away')
  expect(await readWaitingFile(runtime, id)).toBe('staged')
  expect(await noBytesLeft(id)).toEqual([`delivery/${id}`])
  await standsAsSent(id, expected)
})

test('a file whose place on the list could not be written leaves no bytes', async () => {
  const before = await runtime.files.list()
  const commit = () => Promise.reject(new Error('away'))
  const broken = { ...runtime, db: { ...runtime.db, commit } } as Runtime
  await expect(letFileWait(broken, { name: 'year.csv', bytes: yearOf(1).bytes }, sender(), null)).rejects.toThrow(
    'away',
  )
  expect(await runtime.files.list()).toEqual(before)
})

test('a file that stops whoever reads it is given up after three of them, with all that they left', async () => {
  const before = await deliveries()
  const id = await waits(yearOf(20).bytes)
  for (const minutes of [0, 16, 32]) {
    const stopped = { ...killedAfter(4), now: () => plusMinutes(runtime.now(), minutes) }
    await expect(readWaitingFile(stopped, id)).rejects.toThrow('killed')
  }
  const later = { ...runtime, now: () => plusMinutes(runtime.now(), 48) }
  expect(await readWaitingFile(later, id)).toBe('refused')
  expect(await waiting()).toContainEqual(expect.objectContaining({ id, code: 'FILE_NOT_READ_JUST_NOW' }))
  expect([await deliveries(), await noBytesLeft(id)]).toEqual([before, []])
})

test('the clock looks after files that wait also where mail cannot be sent', async () => {
  const id = await waits(yearOf(1).bytes)
  await runtime.db.commit([
    statement("update waiting_file set sent_at = '2020-01-01T00:00:00.000Z' where id = ?", [id]),
    statement('insert into outbox (id, to_address, subject, text, created_at) values (?, ?, ?, ?, ?)', [
      ...['m1', 'dt@school.example', 'A return is due', 'Please look.', runtime.now()],
    ]),
  ])
  const bindings = { DB: env.DB, FILES: env.FILES, WAITING: env.WAITING, VSX_ORIGIN: 'http://127.0.0.1:8787' }
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} }
  await expect(application.scheduled(undefined, bindings as never, context as never)).rejects.toThrow('no mail service')
  expect(await waiting()).toContainEqual(expect.objectContaining({ id, code: 'FILE_NOT_READ_JUST_NOW' }))
})

test('a file waits sealed: what lies in the bucket holds none of it, and one that was changed is not read', async () => {
  const { bytes } = yearOf(2)
  const id = await waits(bytes)
  const lies = await runtime.files.get(waitingKey(id))
  const text = new TextDecoder('latin1').decode(lies)
  expect(text).not.toContain(fictionalUpn('991', 1))
  expect(text).not.toContain('UPN')
  expect(lies?.byteLength).toBe(bytes.byteLength + 28)
  const changed = new Uint8Array(lies ?? [])
  changed[40] = (changed[40] ?? 0) ^ 1
  await runtime.files.put(waitingKey(id), changed)
  for (const _ of [1, 2]) await expect(readWaitingFile(runtime, id)).rejects.toThrow()
  expect(await readWaitingFile(runtime, id)).toBe('refused')
  const { opens_with: key } = await runtime.db.query
    .selectFrom('waiting_file')
    .select('opens_with')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(key).toBe('')
})
