import { applyD1Migrations, env } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import { configFor } from '../../src/config.ts'
import { openWorkerRuntime } from '../../src/runtime/worker/open.ts'
import type { Runtime } from '../../src/runtime.ts'
import { closeTogether, type Owing, openOwing, remindTogether, setTogether } from '../histories/chasing.ts'

let runtime: Runtime
let owing: Owing

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  runtime = openWorkerRuntime({
    database: env.DB,
    bucket: env.FILES,
    config: configFor('http://127.0.0.1:8787', 'd1'),
    sendEmail: async () => undefined,
    waitUntil: () => undefined,
  })
  owing = await openOwing(runtime)
})

test('on D1, a school is never reminded more often than its cap, however many press at once', async () => {
  expect(await remindTogether(runtime, owing, 5)).toEqual([])
})

test('on D1, of two who set a date, or say that the same thing is done, one is told', async () => {
  expect(await setTogether(runtime, owing)).toEqual([1, 1])
})

test('on D1, a round closes while the school sends: it is in or it waits, and goes in once open again', async () => {
  expect(await closeTogether(runtime, owing, 5)).toEqual([])
})
