import { applyD1Migrations, env } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import { configFor } from '../../src/config.ts'
import { openWorkerRuntime } from '../../src/runtime/worker/open.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openTogether, saveTogether, submitTogether } from '../histories/together.ts'

let runtime: Runtime
let two: Awaited<ReturnType<typeof openTogether>>

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  runtime = openWorkerRuntime({
    database: env.DB,
    bucket: env.FILES,
    config: configFor('http://127.0.0.1:8787', 'd1'),
    sendEmail: async () => undefined,
    waitUntil: () => undefined,
  })
  two = await openTogether(runtime)
})

test('on D1, 100 times two people submit at once: one wins, the other is told, nothing is lost', async () => {
  expect(await submitTogether(runtime, two, 100)).toEqual([])
})

test('on D1, 100 times two people save the same answer at once: one is kept, the other comes back', async () => {
  expect(await saveTogether(runtime, two, 100)).toEqual([])
})
