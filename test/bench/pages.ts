import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { storeFile } from '../../src/runtime/node/sqlite.ts'
import { createApp } from '../../src/web/app.ts'
import { reply } from '../../src/web/reply.tsx'
import type { Benchmark, Row } from './bench.ts'
import { makeStores, type Opened, openStore, origin, type Pages } from './pages-stores.ts'
import { rowsReadBy } from './rows-read.ts'

const warmUp = 200
const requests = Number(process.env['VSX_BENCH_REQUESTS'] ?? 2000)
/** How many requests are under way at once where requests a second are counted. */
const atOnce = 8

const pagesIn = (store: string): Pages => JSON.parse(readFileSync(join(store, 'pages.json'), 'utf8'))

const askAs =
  ({ path, cookie }: Opened) =>
  async (app: ReturnType<typeof createApp>) =>
    app.request(`${origin}${path}`, { headers: { cookie } })

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0

type Counted = Awaited<ReturnType<typeof rowsReadBy>>
type Ask = () => Promise<Response>

const measured = async (ask: Ask, count: number) => {
  const one = async () => {
    const started = performance.now()
    const answer = await ask()
    const body = await answer.text()
    if (answer.status !== 200 || !body.endsWith('</html>')) throw new Error(`${answer.status}`)
    return performance.now() - started
  }
  for (let done = 0; done < Math.min(warmUp, count); done += 1) await one()
  const times: number[] = []
  for (let done = 0; done < count; done += 1) times.push(await one())
  times.sort((first, second) => first - second)
  const started = performance.now()
  let left = count
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1
        await one()
      }
    }),
  )
  const aSecond = count / ((performance.now() - started) / 1000)
  return {
    ms: percentile(times, 0.95),
    more: { median: percentile(times, 0.5), p99: percentile(times, 0.99), aSecond },
  }
}

const storeOf = (page: string, size: string) => (page === 'check-200' ? 'round' : size === 'bare' ? 'demo' : size)

const runSide = async (side: string, folder: string) => {
  const [page = '', size = ''] = side.split('@')
  const store = join(folder, storeOf(page, size))
  const opened = pagesIn(store)[page]
  if (!opened) throw new Error(`no page ${side}`)
  const runtime = await openStore(store)
  const app = createApp(() => runtime)
  const ask = () => askAs(opened)(app)
  // A page of many rows takes longer: fewer requests tell as much.
  const count = page === 'check-200' ? Math.ceil(requests / 10) : requests
  try {
    if (size !== 'bare') {
      const rows = JSON.parse(readFileSync(join(store, 'rows.json'), 'utf8')) as Counted
      const { ms, more } = await measured(ask, count)
      return { ms, more: { ...more, ...rows[page], storeMB: statSync(storeFile(store)).size / 1e6 } }
    }
    const element = await elementOf(ask)
    const bare = new Hono().get('/', (context) => context.html(`${element}`))
    return await measured(async () => bare.request(`${origin}/`), count)
  } finally {
    await runtime.close()
  }
}

/** The page with its values as the real handler hands it over, to be drawn again from these constants. */
const elementOf = async (ask: Ask): Promise<unknown> => {
  let element: unknown
  const replies = reply as { page: typeof reply.page }
  const usual = replies.page
  replies.page = (context, page, status) => {
    element = page
    return usual(context, page, status)
  }
  await ask()
  replies.page = usual
  return element
}

const beside = (page: string, ours: string, baseline: string, size: string, words: string, atMost: number): Row => ({
  name: `pages: ${page}`,
  size,
  ours,
  baseline,
  beside: words,
  atMost,
})

const names = ['inbox', 'pupil', 'board', 'check']
const bareWords = 'the same components from constants in a Hono handler'

/** What is drawn of a nation's store beside the same page in a region's. */
const ofNation = ['child-year', 'week', 'tables', 'pupil', 'board']
/** Pages of a council of 537 children that only a nation has, as long as those of the demo's council in a region. */
const ofOneCouncil = ['child-year', 'board']

/**
 * Inbox, pupil, board and check page: at region size beside demo size, and beside the same components drawn bare. Those
 * and the pages of attendance at nation size beside region size.
 */
export const benchmark: Benchmark = {
  runs: 5,
  rows: [
    ...names.map((page) =>
      beside(page, `${page}@region`, `${page}@demo`, '12,000 pupils', 'same page at demo size', 1.3),
    ),
    beside('board', 'board-1194@region', 'board@demo', '1,194 pupils of 12,000', 'same page at demo size', 1.3),
    ...ofNation.map((page) =>
      beside(page, `${page}@nation`, `${page}@region`, '80,000 pupils', 'same page at region size', 1.3),
    ),
    ...ofOneCouncil.map((page) =>
      beside(page, `${page}-own@nation`, `${page}@region`, '537 pupils of 80,000', 'demo’s at region size', 1.3),
    ),
    ...names.map((page) => ({
      ...beside(page, `${page}@demo`, `${page}@bare`, '60 pupils', bareWords, 2.5),
      by: 'aSecond' as const,
    })),
    {
      ...beside('check', 'check-200@round', 'check-200@bare', '200 rows', bareWords, 2.5),
      by: 'aSecond' as const,
    },
  ],
  prepare: async (folder) => {
    await makeStores(folder)
    for (const store of ['demo', 'region', 'nation', 'round']) {
      const at = join(folder, store)
      const asked = Object.entries(pagesIn(at)).map(([name, opened]) => [name, askAs(opened)] as const)
      const counted = await rowsReadBy(await openStore(at), at, join(folder, `d1-${store}`), new Map(asked))
      writeFileSync(join(at, 'rows.json'), JSON.stringify(counted))
    }
  },
  run: runSide,
}
