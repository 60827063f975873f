import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    cloudflareTest({
      main: './test/worker/queue-worker.ts',
      miniflare: {
        compatibilityDate: '2026-04-20',
        compatibilityFlags: ['nodejs_compat'],
        d1Databases: ['DB', 'CONTRACT'],
        r2Buckets: ['FILES'],
        queueProducers: { WAITING: 'waiting' },
        queueConsumers: { waiting: { maxBatchSize: 1, maxBatchTimeout: 0.05 } },
        bindings: {
          VSX_ORIGIN: 'http://127.0.0.1:8787',
          HISTORIES: process.env['VSX_HISTORIES'] ?? '20',
          FIRST_HISTORY: process.env['VSX_FIRST_HISTORY'] ?? '1',
          MIGRATIONS: await readD1Migrations('migrations'),
          CONTRACT_MIGRATIONS: await readD1Migrations('test/store/contract-migrations'),
        },
      },
    }),
  ],
  test: {
    name: 'worker',
    include: ['test/worker/**/*.test.ts', 'test/worker/**/*.test.tsx'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
