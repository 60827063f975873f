import { applyD1Migrations, env } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { batchDb } from '../../src/runtime/worker/database.ts'
import { playHistory } from '../histories/histories.ts'

/** `npm run prove -- withdrawal-d1` asks for more. */
const histories = Number(env.HISTORIES)
const first = Number(env.FIRST_HISTORY)

test(`${histories} histories of publish and withdraw on D1: the store equals one that only published what remains`, {
  timeout: 3_000_000,
}, async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const db = batchDb(env.DB)
  for (let index = 0; index < histories; index += 1)
    expect(await playHistory(db, first + index, index), `history ${first + index}`).toEqual([])
})
