import { applyD1Migrations, env } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { batchDb } from '../../src/runtime/worker/database.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { playFunding } from '../histories/funding.ts'

/** `npm run prove -- funding` asks for more. */
const histories = Number(env.HISTORIES)
const first = Number(env.FIRST_HISTORY)

test(`${histories} histories of money on D1: every pot, application and payment is as a plain model has it`, {
  timeout: 3_000_000,
}, async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const db = batchDb(env.DB)
  for (let index = 0; index < histories; index += 1)
    expect(await playFunding(db, first + index, index), `history ${first + index}`).toEqual([])
  const { foreignKeys, current } = await verifyStore(db.query)
  expect({ foreignKeys, wrong: [...current].filter(([, count]) => count > 0) }).toEqual({ foreignKeys: 0, wrong: [] })
})
