declare module 'cloudflare:test' {
  import type { D1Database, Queue, R2Bucket } from '@cloudflare/workers-types'

  type Migrations = readonly { readonly name: string; readonly queries: readonly string[] }[]

  /** What vitest.worker.config.ts binds. */
  export const env: {
    readonly DB: D1Database
    readonly CONTRACT: D1Database
    readonly FILES: R2Bucket
    readonly WAITING: Queue<{ readonly name: 'read-waiting-file'; readonly id: string }>
    readonly HISTORIES: string
    readonly FIRST_HISTORY: string
    readonly MIGRATIONS: Migrations
    readonly CONTRACT_MIGRATIONS: Migrations
  }

  export const applyD1Migrations: (database: D1Database, migrations: Migrations) => Promise<void>
}
