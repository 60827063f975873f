import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { createApp } from '../../src/web/app.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'
import { answerCanary, buildWorld, children, cookieFor, type PersonName, people } from './world.ts'

let runtime: NodeRuntime
const dataDir = temporaryFolder()
const cookies = new Map<PersonName, string>()
const names = people.map(([name]) => name)
let ids: Readonly<Record<string, readonly string[]>> = {}
const app = createApp(() => runtime)

beforeAll(async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  await buildWorld(runtime)
  for (const name of names) cookies.set(name, await cookieFor(runtime, name))
  const { query } = runtime.db
  const all = async (table: 'pupil' | 'round' | 'import' | 'delivery' | 'school' | 'person') =>
    (await query.selectFrom(table).select('id').execute()).map(({ id }) => id)
  const receipts = (await query.selectFrom('submission').select('receipt').execute()).map(({ receipt }) => receipt)
  ids = {
    pupil: await all('pupil'),
    round: await all('round'),
    import: await all('import'),
    upload: await all('delivery'),
    school: await all('school'),
    person: await all('person'),
    receipt: receipts,
  }
}, 120_000)
afterAll(async () => runtime.close())

/** Hand-written: whose names and answers each kind of person may read today. */
const mayRead: Readonly<Record<PersonName, readonly string[]>> = {
  lead1: ['Qxonroll', 'Qxsecondcouncil', 'Qxyesterday'],
  deputy1: ['Qxonroll', 'Qxyesterday'],
  colleague1: ['Qxonroll', 'Qxyesterday'],
  lead2: ['Qxnever', 'Qxhidden', 'Qxotherplace'],
  lead3: ['Qxthirdcouncil'],
  head: ['Qxonroll', 'Qxtomorrow', 'Qxyesterday', 'Qxlongago', 'Qxnever', 'Qxasserted', 'Qxcareended', 'Qxhidden'],
  officer: ['Qxonroll', 'Qxtomorrow', 'Qxyesterday', 'Qxlongago', 'Qxnever', 'Qxasserted', 'Qxcareended'],
  handler: ['Qxonroll', 'Qxtomorrow', 'Qxyesterday', 'Qxlongago', 'Qxnever', 'Qxasserted', 'Qxcareended', 'Qxhidden'],
  data: ['Qxonroll', 'Qxtomorrow', 'Qxyesterday', 'Qxlongago', 'Qxnever', 'Qxasserted', 'Qxcareended'],
  panel: [],
  finance: [],
  auditor: ['Qxonroll', 'Qxtomorrow', 'Qxyesterday', 'Qxlongago', 'Qxnever', 'Qxasserted', 'Qxcareended'],
  admin: [],
  worker: ['Qxonroll'],
  head2: ['Qxsecondcouncil', 'Qxotherplace'],
  data3: ['Qxthirdcouncil'],
}

/** Of a child who has left, a school reads back what it sent; the rest of the record is closed to it. */
const onlyFollowed: Partial<Readonly<Record<PersonName, readonly string[]>>> = {
  lead1: ['Qxyesterday'],
  deputy1: ['Qxyesterday'],
  colleague1: ['Qxyesterday'],
}

const canariesOf = (canary: string) => ({
  name: [canary, `Sur${canary}`],
  record: [`Ref${canary}`, `Target${canary}`, `Worker${canary}`],
  answers: [answerCanary({ canary } as never)],
})

const allowedFor = (name: PersonName): ReadonlySet<string> =>
  new Set(
    mayRead[name].flatMap((canary) => {
      const { name: own, record, answers } = canariesOf(canary)
      return onlyFollowed[name]?.includes(canary) ? [...own, ...answers] : [...own, ...record, ...answers]
    }),
  )

const everyCanary = children.flatMap(({ canary }) => Object.values(canariesOf(canary)).flat())

const wordsIn = (text: string) => new Set(text.match(/[A-Za-z]+/g) ?? [])

const textOf = async (answer: Response): Promise<string> => {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return new TextDecoder().decode(bytes)
  return Object.values(unzipSync(bytes))
    .map((part) => new TextDecoder().decode(part))
    .join('\n')
}

/** Leads to the pages that anybody may read. */
const open = [
  '/livez',
  '/readyz',
  '/help',
  '/what-we-never-ask',
  '/privacy',
  '/accessibility',
  '/sign-in',
  '/sign-in/code',
  '/signed-out',
  '/demo/outbox',
]

/** Hand-written: who may open each page at all; what is theirs in it is the canaries' to say. */
const schools: readonly PersonName[] = ['lead1', 'deputy1', 'colleague1', 'lead2', 'lead3']
const returnsTeam: readonly PersonName[] = ['head', 'officer', 'handler', 'data', 'head2', 'data3']
const recordsTeam: readonly PersonName[] = ['head', 'data', 'admin', 'head2', 'data3']
const roundsTeam: readonly PersonName[] = ['head', 'data', 'head2', 'data3']
const everybody: readonly PersonName[] = names
const readers: readonly PersonName[] = [...schools, ...returnsTeam, 'auditor', 'worker']
const matrix: Readonly<Record<string, readonly PersonName[]>> = {
  '/': everybody,
  '/capacity': everybody,
  '/inbox': schools,
  '/return/workbook.xlsx': schools,
  '/return/return.csv': schools,
  '/return/upload': schools,
  '/return/uploads/:upload': schools,
  '/return/uploads/:upload/file': schools,
  '/receipts': schools,
  '/receipts/:receipt': schools,
  '/your-school': schools,
  '/your-school/add': ['lead1', 'lead2', 'lead3', 'deputy1'],
  '/your-school/:person/end': ['lead1', 'lead2', 'lead3', 'deputy1'],
  '/pupils': readers,
  '/pupils/:pupil': readers,
  '/pupils/add': returnsTeam,
  '/pupils/:pupil/care-end': returnsTeam,
  '/pupils/:pupil/places/add': returnsTeam,
  '/pupils/:pupil/places/:place/end': returnsTeam,
  '/pupils/:pupil/guards': returnsTeam,
  '/rounds': returnsTeam,
  '/rounds/open': roundsTeam,
  '/rounds/questions/:term': roundsTeam,
  '/rounds/:round': returnsTeam,
  '/rounds/:round/schools/:school': returnsTeam,
  '/unmatched': returnsTeam,
  '/unmatched/:row': returnsTeam,
  '/places': returnsTeam,
  '/places/:place/call': returnsTeam,
  '/imports': returnsTeam,
  '/imports/:import': returnsTeam,
  '/imports/:import/file': returnsTeam,
  '/imports/:import/withdraw': roundsTeam,
  '/roll': roundsTeam,
  '/schools': recordsTeam,
  '/schools/add': recordsTeam,
  '/schools/:school': recordsTeam,
  '/people': recordsTeam,
  '/people/add': recordsTeam,
  '/people/:person/end': recordsTeam,
}

const pages = [
  ...new Set(app.routes.filter(({ method, path }) => method === 'GET' && !path.includes('*')).map(({ path }) => path)),
]

const missing = 'zzzzzzzzzzzzzzzzzzzzzzzzzz'

/** Every address of a page: with each id of the world in its place, and with one that is nobody's. */
const addressesOf = (path: string): readonly string[] => {
  const parts = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  let made = [path]
  for (const part of parts) {
    const values = part === 'term' ? ['autumn'] : (ids[part] ?? [missing])
    made = made.flatMap((address) => values.map((value) => address.replace(`:${part}`, value)))
  }
  return made.slice(0, 400)
}

const get = (path: string, name?: PersonName) =>
  app.request(`http://127.0.0.1:3000${path}`, { headers: name ? { cookie: cookies.get(name) ?? '' } : {} })

describe('isolation', () => {
  test('every page of the application has its row in the hand-written table', () => {
    expect(pages.filter((path) => !open.includes(path)).sort()).toEqual(Object.keys(matrix).sort())
  })

  test('nobody who is not signed in gets anything but the same way to sign in', async () => {
    const answers = new Set<string>()
    for (const path of pages.filter((one) => !open.includes(one))) {
      const answer = await get(addressesOf(path)[0] ?? path)
      answers.add(`${answer.status} ${answer.headers.get('location')} ${await answer.text()}`)
    }
    expect([...answers]).toEqual(['303 /sign-in '])
  })

  test.each(
    names,
  )('%s reads nobody but whom the table allows, and what is denied is as if it were not there', async (name) => {
    const allowed = allowedFor(name)
    const seen = new Set<string>()
    let checked = 0
    for (const path of pages) {
      if (open.includes(path)) continue
      const none = await get(path.replace(':term', 'autumn').replaceAll(/:\w+/g, missing), name)
      const noneText = await none.text()
      for (const address of addressesOf(path)) {
        const answer = await get(address, name)
        const text = await textOf(answer)
        checked += 1
        expect([200, 303, 404], `${name} ${path}`).toContain(answer.status)
        if (!matrix[path]?.includes(name)) expect(answer.status, `${name} ${path}`).toBe(404)
        if (answer.status === 404 && path.includes(':')) {
          expect(text, `${name} ${path}: denied is not as missing`).toBe(noneText)
          expect([...answer.headers], `${name} ${path}: headers`).toEqual([...none.headers])
        }
        const words = wordsIn(`${text} ${answer.headers.get('location') ?? ''}`)
        for (const canary of everyCanary) {
          if (!words.has(canary)) continue
          seen.add(canary)
          if (!allowed.has(canary)) expect.fail(`${name} reads ${canary} at ${path}`)
        }
      }
    }
    expect(checked).toBeGreaterThan(100)
    // The alarm is heard only where there is something to hear: each may-read child is really read.
    const due = mayRead[name].filter((canary) => name !== 'admin' && canary !== 'Qxlongago')
    for (const canary of due)
      expect(seen.has(canary) || seen.has(`Answer${canary}`), `${name} never sees ${canary}`).toBe(true)
  })

  test('a change from another site, or from nowhere, is refused on every address that changes something', async () => {
    const posts = app.routes
      .filter(({ method, path }) => method === 'POST' && !path.includes('*'))
      .map(({ path }) => path)
    for (const path of new Set(posts)) {
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
        {},
      ]) {
        const answer = await app.request(`http://127.0.0.1:3000${path.replaceAll(/:\w+/g, missing)}`, {
          method: 'POST',
          headers: {
            ...headers,
            cookie: cookies.get('head') ?? '',
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: 'answer=nobody',
        })
        expect(answer.status, path).toBe(403)
      }
    }
  })

  test('a session that was ended, a part that was ended, is refused on the next request', async () => {
    expect((await get('/inbox', 'lead2')).status).toBe(200)
    await runtime.db.commit([
      runtime.db.query
        .updateTable('person')
        .set({ disabled_at: runtime.now() })
        .where('email', '=', 'lead2@people.example'),
    ])
    expect((await get('/inbox', 'lead2')).status).toBe(303)
  })
})
