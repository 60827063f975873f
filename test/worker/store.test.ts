import { applyD1Migrations, env } from 'cloudflare:test'
import { batchDb } from '../../src/runtime/worker/database.ts'
import { describeDb } from '../store/contract.ts'

describeDb('D1 inside workerd', async () => {
  await applyD1Migrations(env.CONTRACT, env.CONTRACT_MIGRATIONS)
  return batchDb(env.CONTRACT)
})
