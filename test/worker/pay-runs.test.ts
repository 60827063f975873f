import { applyD1Migrations, env } from 'cloudflare:test'
import { batchDb } from '../../src/runtime/worker/database.ts'
import { describePayRuns } from '../store/pay-runs.ts'

describePayRuns('D1 in workerd', async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  return batchDb(env.DB)
})
