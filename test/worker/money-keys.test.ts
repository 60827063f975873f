import { applyD1Migrations, env } from 'cloudflare:test'
import { batchDb } from '../../src/runtime/worker/database.ts'
import { describeMoneyKeys } from '../store/money-keys.ts'

describeMoneyKeys('D1 in workerd', async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  return batchDb(env.DB)
})
