import { applyD1Migrations, env } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import { configFor } from '../../src/config.ts'
import { openWorkerRuntime } from '../../src/runtime/worker/open.ts'
import type { Email, Runtime } from '../../src/runtime.ts'
import { statement } from '../../src/store/statement.ts'

const sent: Email[] = []
const kept: Promise<unknown>[] = []
let runtime: Runtime

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  runtime = openWorkerRuntime({
    database: env.DB,
    bucket: env.FILES,
    config: configFor('http://127.0.0.1:8787', 'd1'),
    sendEmail: async (email) => {
      sent.push(email)
    },
    waitUntil: (promise) => {
      kept.push(promise)
    },
  })
})

describe('the runtime in workerd', () => {
  test("the product's own migrations apply to D1", async () => {
    expect(await runtime.db.query.selectFrom('pupil').selectAll().execute()).toEqual([])
  })

  test('reads a sent file in the isolate, and keeps the isolate until it is read', async () => {
    const file = { name: 'nothing.csv', bytes: new TextEncoder().encode('no,such,columns\n1,2,3\n') }
    const parsed = await runtime.start({ name: 'parse-local-roll', file })
    expect(parsed.outcome).toBe('refused')
    expect(kept).toHaveLength(1)
    await Promise.all(kept)
  })

  test('sends what waits in the outbox, once', async () => {
    const add = statement('insert into outbox (id, to_address, subject, text, created_at) values (?, ?, ?, ?, ?)', [
      'm1',
      'dt@school.example',
      'A return is due',
      'Please look.',
      runtime.now(),
    ])
    await runtime.db.commit([add])
    const first = await runtime.start({ name: 'send-mail' })
    const second = await runtime.start({ name: 'send-mail' })
    expect([first, second]).toEqual([
      { sent: 1, waiting: 0 },
      { sent: 0, waiting: 0 },
    ])
    expect(sent).toEqual([
      { to: 'dt@school.example', subject: 'A return is due', text: 'Please look.', reference: 'm1' },
    ])
  })
})
