import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { writeReturnCsv } from '../../connectors/termly-return/write.ts'
import { configFor } from '../../src/config.ts'
import { plusMinutes } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { receiveReturn } from '../../src/intake/receive-return.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { randomFrom } from '../../src/seed/random.ts'
import { seedRegion } from '../../src/seed/region.ts'
import { filledSheetOf } from '../../src/seed/returns.ts'
import { seedRound } from '../../src/seed/round.ts'
import { partsOf, personByEmail, startSession, writePart } from '../../src/store/people.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { createApp } from '../../src/web/app.ts'
import { reply } from '../../src/web/reply.tsx'
import { hashOf, newSecret } from '../../src/web/secrets.ts'
import { paths } from '../../templates/components/paths.ts'
import type { Benchmark, Row } from './bench.ts'
import { rowsReadBy } from './rows-read.ts'

const origin = 'http://127.0.0.1'
const warmUp = 200
const requests = Number(process.env['VSX_BENCH_REQUESTS'] ?? 2000)
/** How many requests are under way at once where requests a second are counted. */
const atOnce = 8

const lead = 'd.okoro@ellerwick.example'
const officer = 'h.marsh@wendlemoor.example'
const regionOfficer = 'data.981@council.example'

/** One page as somebody opens it: its address, and a cookie. */
type Opened = { readonly path: string; readonly cookie: string }
type Pages = Readonly<Record<string, Opened>>

const openStore = (folder: string): Promise<NodeRuntime> =>
  openNodeRuntime({ dataDir: folder, config: configFor(origin, 'machine'), quiet: true })

const signIn = async ({ db, now }: NodeRuntime, email: string): Promise<string> => {
  const person = await personByEmail(db.query, email)
  const [first] = person ? await partsOf(db.query, person.number, now().slice(0, 10) as never) : []
  if (!person || !first) throw new Error(`${email} is not in the store`)
  const token = newSecret()
  await db.commit([
    startSession(db.query, {
      tokenHash: await hashOf(token),
      id: newPublicId(),
      person: person.number,
      part: writePart(first.part),
      trusted: true,
      at: now(),
      expiresAt: plusMinutes(now(), 600),
    }),
  ])
  return `vsx-session=${token}`
}

/** A return of the lead's school that waits to be mended: one cell in every third row cannot be read. */
const upload = async (runtime: NodeRuntime, councils: readonly string[]): Promise<string> => {
  const { query } = runtime.db
  const today = runtime.now().slice(0, 10)
  const school = await schoolByUrn(query, today, '900001')
  const person = await personByEmail(query, lead)
  if (!school || !person) throw new Error('the school is not there')
  const own = (await virtualSchools(query)).filter(({ laCode }) => councils.includes(laCode)).map((one) => one.number)
  const sheet = await filledSheetOf(runtime, school, own, person.number, randomFrom(7))
  if (!sheet) throw new Error('nothing is due')
  const faulty = {
    ...sheet,
    rows: sheet.rows.map((row, index) =>
      index % 3 === 0
        ? { ...row, known: new Map([...row.known, ['hours_offered', { state: 'given', value: 'lots' } as const]]) }
        : row,
    ),
  }
  const received = await receiveReturn(
    runtime,
    { name: 'return.csv', bytes: writeReturnCsv(faulty) },
    { school: school.number, virtualSchools: own, by: person.number, via: 'page' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  return received.delivery
}

const boardOfLatest = async (runtime: NodeRuntime, laCode: string): Promise<string> => {
  const { id } = await runtime.db.query
    .selectFrom('round')
    .innerJoin('virtual_school', 'virtual_school.number', 'round.virtual_school_number')
    .select('round.id')
    .where('virtual_school.la_code', '=', laCode)
    .orderBy('round.as_at', 'desc')
    .executeTakeFirstOrThrow()
  return paths.board(id)
}

/** The pupil of the lead's school of whom the most is told. */
const fullestPupil = async (runtime: NodeRuntime): Promise<string> => {
  const school = await schoolByUrn(runtime.db.query, runtime.now().slice(0, 10), '900001')
  const { id } = await runtime.db.query
    .selectFrom('pupil')
    .innerJoin('answer', 'answer.pupil_number', 'pupil.number')
    .select('pupil.id')
    .where('answer.school_number', '=', school?.number ?? 0)
    .groupBy('pupil.number')
    .orderBy((order) => order.fn.countAll(), 'desc')
    .orderBy('pupil.number')
    .executeTakeFirstOrThrow()
  return paths.pupil(id)
}

const demoCouncils = ['991', '992', '993', '994']

const makeStore = async (folder: string, seed: (runtime: NodeRuntime) => Promise<unknown>): Promise<NodeRuntime> => {
  mkdirSync(folder, { recursive: true })
  migrateStore(folder)
  const runtime = await openStore(folder)
  await seed(runtime)
  return runtime
}

const keep = (folder: string, pages: Pages) => writeFileSync(join(folder, 'pages.json'), JSON.stringify(pages))

const pagesOf = async (runtime: NodeRuntime): Promise<Pages> => {
  const [school, council] = [await signIn(runtime, lead), await signIn(runtime, officer)]
  return {
    inbox: { path: paths.inbox, cookie: school },
    pupil: { path: await fullestPupil(runtime), cookie: school },
    board: { path: await boardOfLatest(runtime, '991'), cookie: council },
    check: { path: paths.check(await upload(runtime, demoCouncils)), cookie: school },
  }
}

const makeStores = async (folder: string): Promise<void> => {
  const demo = await makeStore(join(folder, 'demo'), (runtime) => seedDemo(runtime))
  keep(join(folder, 'demo'), await pagesOf(demo))
  await demo.close()
  // A region takes minutes to make; VSX_BENCH_REGION names the data folder of one made before.
  const made = process.env['VSX_BENCH_REGION']
  if (made) cpSync(made, join(folder, 'region'), { recursive: true })
  const region = await makeStore(join(folder, 'region'), async (runtime) => (made ? undefined : seedRegion(runtime)))
  keep(join(folder, 'region'), {
    ...(await pagesOf(region)),
    'board-1194': { path: await boardOfLatest(region, '981'), cookie: await signIn(region, regionOfficer) },
  })
  await region.close()
  const round = await makeStore(join(folder, 'round'), (runtime) => seedRound(runtime, { pupils: 200, seed: 1 }))
  keep(join(folder, 'round'), {
    'check-200': { path: paths.check(await upload(round, ['991'])), cookie: await signIn(round, lead) },
  })
  await round.close()
}

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
      return { ms, more: { ...more, ...rows[page] } }
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

/** Inbox, pupil, board and check page: at region size beside demo size, and beside the same components drawn bare. */
export const benchmark: Benchmark = {
  runs: 5,
  rows: [
    ...names.map((page) =>
      beside(page, `${page}@region`, `${page}@demo`, '12,000 pupils', 'same page at demo size', 1.3),
    ),
    beside('board', 'board-1194@region', 'board@demo', '1,194 pupils of 12,000', 'same page at demo size', 1.3),
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
    for (const store of ['demo', 'region', 'round']) {
      const at = join(folder, store)
      const asked = Object.entries(pagesIn(at)).map(([name, opened]) => [name, askAs(opened)] as const)
      const counted = await rowsReadBy(await openStore(at), at, join(folder, `d1-${store}`), new Map(asked))
      writeFileSync(join(at, 'rows.json'), JSON.stringify(counted))
    }
  },
  run: runSide,
}
