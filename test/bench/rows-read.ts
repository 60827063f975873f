import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { openForReading, openForWriting, preparedOn, storeFile } from '../../src/runtime/node/sqlite.ts'
import { readingQuery } from '../../src/runtime/read-dialect.ts'
import type { CheckedStatement } from '../../src/store/limits.ts'
import { createApp } from '../../src/web/app.ts'

/** Everything a page reads from the store, and the page itself. */
const readsOf = async (
  runtime: NodeRuntime,
  dataDir: string,
  ask: (app: ReturnType<typeof createApp>) => Promise<Response>,
) => {
  const reader = openForReading(dataDir)
  const prepare = preparedOn(reader)
  const reads: CheckedStatement[] = []
  const query = readingQuery(async (statement) => {
    reads.push(statement)
    return prepare(statement.sql).all(...statement.parameters)
  })
  const app = createApp(() => ({ ...runtime, db: { ...runtime.db, query } }))
  // The first makes what later ones find made.
  await ask(app)
  reads.length = 0
  const page = await (await ask(app)).text()
  reader.close()
  return { reads, page }
}

/** Sessions of which there is a mark, drawn as squares in the picture of a year. */
const squaresOf = (main: string): number =>
  [...main.matchAll(/<path class="[peaum]" d="([^"]*)"/g)].reduce(
    (sum, [, drawn = '']) => sum + drawn.split('M').length - 1,
    0,
  )

/**
 * Table rows, list entries, pairs of a term and what it says, and the sessions of a picture, each of which is a mark:
 * what a reader would count as rows of the page.
 */
const rowsShown = (page: string): number => {
  const main = page.slice(page.indexOf('<main'), page.indexOf('</main>'))
  return (main.match(/<(tr|li|dt)[\s>]/g)?.length ?? 0) + squaresOf(main)
}

/** Opens a copy of a store as a D1 in workerd, whose answers say how many rows each statement read. */
const asD1 = async (dataDir: string, folder: string): Promise<{ d1: D1Database; close: () => Promise<void> }> => {
  mkdirSync(folder, { recursive: true })
  const settings = join(folder, 'wrangler.toml')
  writeFileSync(
    settings,
    'name = "rows-read"\ncompatibility_date = "2026-04-20"\n[[d1_databases]]\nbinding = "DB"\ndatabase_name = "rows"\ndatabase_id = "00000000-0000-0000-0000-000000000000"\n',
  )
  // Not bundled: wrangler is a tool, found beside the build.
  const tool: string = 'wrangler'
  const { getPlatformProxy } = (await import(tool)) as typeof import('wrangler')
  const open = () =>
    getPlatformProxy<{ DB: D1Database }>({ configPath: settings, persist: { path: join(folder, 'd1') } })
  const first = await open()
  await first.env.DB.prepare('select 1').all()
  await first.dispose()
  const objects = join(folder, 'd1', 'd1', 'miniflare-D1DatabaseObject')
  const name = readdirSync(objects).find((one) => one.endsWith('.sqlite') && one !== 'metadata.sqlite')
  if (!name) throw new Error('the local D1 keeps its file elsewhere')
  for (const rest of readdirSync(objects)) if (rest.startsWith(name) && rest !== name) rmSync(join(objects, rest))
  const writer = openForWriting(dataDir)
  writer.pragma('wal_checkpoint(truncate)')
  writer.close()
  copyFileSync(storeFile(dataDir), join(objects, name))
  const second = await open()
  return { d1: second.env.DB, close: () => second.dispose() }
}

/** How many rows each page shows, and how many its reads go through, as D1 counts them: every row of every table and index. */
export const rowsReadBy = async (
  runtime: NodeRuntime,
  dataDir: string,
  folder: string,
  pages: ReadonlyMap<string, (app: ReturnType<typeof createApp>) => Promise<Response>>,
): Promise<Readonly<Record<string, { readonly rowsRead: number; readonly rowsShown: number }>>> => {
  const taken = []
  for (const [name, ask] of pages) taken.push({ name, ...(await readsOf(runtime, dataDir, ask)) })
  await runtime.close()
  const { d1, close } = await asD1(dataDir, folder)
  const counted: Record<string, { rowsRead: number; rowsShown: number }> = {}
  for (const { name, reads, page } of taken) {
    let rowsRead = 0
    for (const { sql, parameters } of reads) {
      const { meta } = await d1
        .prepare(sql)
        .bind(...parameters)
        .all()
      rowsRead += meta.rows_read
    }
    counted[name] = { rowsRead, rowsShown: rowsShown(page) }
  }
  await close()
  return counted
}
