import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../runtime/temporary.ts'
import { endings, sealedStaysShut } from './actions.ts'
import { childNames, emailOf, people, shutOut, viewerNamed, viewerNames } from './described.ts'
import { canariesIn } from './known.ts'
import { canariesOf, relationOf, wordsIn } from './oracle.ts'
import { routesOf, sweep, sweepSearch, sweepShutOut, unlisted } from './pages.ts'
import { makeWorld, openPortal, type Portal } from './portal.ts'
import { askReads, scopedReads } from './reads.ts'
import { askUnscoped } from './reads-unscoped.ts'
import { relations } from './relations.ts'

let portal: Portal
const dataDir = temporaryFolder()
const written: string[] = []

beforeAll(async () => {
  for (const name of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, name).mockImplementation((...said) => void written.push(said.map(String).join(' ')))
  await makeWorld(dataDir)
  portal = await openPortal(dataDir)
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await portal.runtime.close()
})

const figures = (line: string) => void process.stdout.write(`${line}\n`)

/**
 * Everything the store holds but what every page writes: who saw what, sessions in use, what was noted as opened, and the
 * counts of boards, which are counted again when a board is looked at.
 */
const changedBy = [
  ...['audit', 'session', 'row_reference', 'return_opened', 'sqlite_sequence'],
  ...['board', 'board_school', 'board_stale', 'attendance_board', 'attendance_board_group'],
]
const hashOfStore = (): string => {
  const db = new Database(join(dataDir, readdirSync(dataDir).find((name) => /\.(db|sqlite)$/.test(name)) ?? ''), {
    readonly: true,
  })
  const hash = createHash('sha256')
  const tables = db
    .prepare("select name from sqlite_master where type = 'table' order by name")
    .pluck()
    .all() as readonly string[]
  for (const table of tables.filter((name) => !changedBy.includes(name)))
    for (const row of db.prepare(`select * from "${table}"`).raw().all() as readonly unknown[])
      hash.update(JSON.stringify(row))
  db.close()
  return hash.digest('hex')
}

const failures = (wrong: readonly string[]) => expect(wrong.slice(0, 20)).toEqual([])

describe('isolation', () => {
  test('the hand-written table of who reads whom is what the days, places and parts of the world come to', () => {
    for (const name of viewerNames) {
      const of = (relation: string) =>
        childNames.filter((child) => relationOf(viewerNamed(name), child) === relation).sort()
      expect(of('open'), name).toEqual([...relations[name].open].sort())
      expect(of('left'), name).toEqual([...relations[name].left].sort())
    }
  })

  test('every route of the application has its row in the hand-written table, and every row its route', () => {
    expect(unlisted(portal)).toEqual([])
  })

  test('every read of the store that takes a scope is asked', () => {
    const folder = join(import.meta.dirname, '../../src/store')
    const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
    const found = names.flatMap((name) =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(
          /export const (\w+) = async \(\s*query: Query,\s*scope: Scope/g,
        ),
      ].map(([, read]) => read ?? ''),
    )
    expect(Object.keys(scopedReads).sort()).toEqual(found.sort())
  })

  test('every read, asked for everything by everybody, gives only what the oracle allows', async () => {
    const scoped = await askReads(portal.runtime, portal.known, false)
    const unscoped = await askUnscoped(portal.runtime, portal.known)
    figures(`${scoped.asked + unscoped.asked} reads checked, ${scoped.wrong.length + unscoped.wrong.length} failed`)
    failures([...scoped.wrong, ...unscoped.wrong])
  })

  test('every page, asked about everything by everybody, says only what the oracle allows, and refuses as if it were not there', async () => {
    const before = hashOfStore()
    const { cells, responses, wrong, met } = await sweep(portal, { methods: ['GET'], stopAtFirst: false })
    figures(
      `${routesOf(portal).length} routes, ${viewerNames.length + shutOut.length + 1} kinds of person, ${childNames.length} relations, ${canariesIn(portal.known).length} canaries`,
    )
    figures(`${cells} cells of pages checked, ${wrong.length} failed; ${responses} responses read`)
    failures(wrong)
    expect(hashOfStore(), 'reading changed something').toBe(before)
    // An alarm is heard only where there is something to hear: each child that may be read is met on some page.
    for (const name of viewerNames)
      for (const child of [...relations[name].open, ...relations[name].left])
        if (viewerNamed(name).part === 'school' || name === 'worker')
          expect(met.get(name)?.has(`Qx${child}`), `${name} meets ${child}`).toBe(true)
    for (const name of ['head', 'handler'] as const)
      for (const child of relations[name].open.filter((one) => one !== 'nowhere'))
        expect(
          canariesOf(child).some((canary) => met.get(name)?.has(canary)),
          `${name} meets ${child}`,
        ).toBe(true)
  }, 180_000)

  test('every change asked about what is not one’s own is refused as if it were not there, and changes nothing', async () => {
    const before = hashOfStore()
    const { cells, responses, wrong } = await sweep(portal, { methods: ['POST'], stopAtFirst: false })
    figures(`${cells} cells of changes checked, ${wrong.length} failed; ${responses} responses read`)
    failures(wrong)
    expect(hashOfStore()).toBe(before)
  }, 180_000)

  test('nobody, and whoever has no part today, is always sent to sign in with the same bytes', async () => {
    const { cells, wrong } = await sweepShutOut(portal)
    figures(`${cells} cells of people shut out checked, ${wrong.length} failed`)
    failures(wrong)
  }, 60_000)

  test('a child that is not one’s own is found by its numbers as little as a number that nobody has', async () => {
    const { cells, wrong } = await sweepSearch(portal)
    figures(`${cells} look-ups checked, ${wrong.length} failed`)
    failures(wrong)
  }, 60_000)

  test('a form that names what is somebody else’s changes nothing', async () => {
    const { known } = portal
    const before = hashOfStore()
    const councilId = known.councils.get('993')?.id ?? ''
    const draft = known.imports.find(({ file }) => file === 'Filedraft')?.delivery.id ?? ''
    const hostile: readonly (readonly [Parameters<Portal['ask']>[0], string, Readonly<Record<string, string>>])[] = [
      ['lead1', `/return/uploads/${draft}/confirm`, { council: councilId }],
      ['deputy1', `/return/uploads/${draft}/confirm`, { council: known.councils.get('992')?.id ?? '' }],
      ['lead1', '/capacity', { capacity: 'head Council991' }],
      ['officer', '/capacity', { capacity: 'head Council991' }],
      ['officer', '/capacity', { capacity: `council:${known.councils.get('991')?.number}:head` }],
      ['lead1', '/capacity', { capacity: 'intake' }],
      [
        'lead1',
        '/your-school/add',
        { name: 'A', email: 'a@people.example', role: 'colleague', school: known.schools.get('B')?.id ?? '' },
      ],
      ['lead1', '/your-school/scales/new', { name: 'A', code: 'own', school: known.schools.get('B')?.id ?? '' }],
    ]
    for (const [name, path, fields] of hostile) {
      const form = new FormData()
      for (const [field, value] of Object.entries(fields)) form.set(field, value)
      expect((await portal.ask(name, 'POST', path, form)).status, path).toBe(404)
    }
    expect(hashOfStore()).toBe(before)
  })

  test('a change from another site, or from nowhere, is refused on every address that changes something', async () => {
    const posts = routesOf(portal).filter((route) => route.startsWith('POST '))
    for (const route of posts)
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
        {},
      ]) {
        const path = route.replace('POST ', '').replaceAll(/:\w+/g, 'zzzzzzzzzzzzzzzzzzzzzzzzzz')
        const answer = await portal.app.request(`http://127.0.0.1:3000${path}`, {
          method: 'POST',
          headers: { ...headers, cookie: portal.cookies.get('head') ?? '' },
          body: new FormData(),
        })
        expect(answer.status, route).toBe(403)
      }
  })

  test('one file that a school fills and sends from its pages ends with its own council, and no e-mail names a child', async () => {
    const workbook = await portal.ask('lead3', 'GET', '/return/workbook.xlsx')
    const form = new FormData()
    form.set('file', new File([await workbook.arrayBuffer()], 'again.xlsx'))
    const checked = (await portal.ask('lead3', 'POST', '/return/upload', form)).headers.get('location') ?? ''
    const confirm = new FormData()
    confirm.set('council', portal.known.councils.get('993')?.id ?? '')
    for (const [, id] of (await (await portal.ask('lead3', 'GET', checked)).text()).matchAll(
      /name="accept" value="([^"]+)"/g,
    ))
      confirm.append('accept', id ?? '')
    const sent = await portal.ask('lead3', 'POST', `${checked}/confirm`, confirm)
    expect(sent.headers.get('location')).toMatch(/^\/receipts\/993-/)
    for (const name of [...Object.keys(people), 'stranger']) {
      const asked = new FormData()
      asked.set('email', emailOf(name))
      expect((await portal.ask(null, 'POST', '/sign-in', asked)).headers.get('location')).toBe('/sign-in/code')
    }
    const mails = await portal.runtime.db.query
      .selectFrom('outbox')
      .select(['to_address as to', 'subject', 'text'])
      .execute()
    const children = childNames.flatMap(canariesOf)
    figures(`${mails.length} e-mails checked`)
    expect(mails.length).toBeGreaterThan(15)
    for (const { to, subject, text } of mails) {
      const words = wordsIn(`${subject}\n${text}`)
      expect(
        children.filter((canary) => words.has(canary)),
        to,
      ).toEqual([])
    }
    expect(mails.filter(({ to }) => to === emailOf('disabled') || to === emailOf('expired'))).toEqual([])
  })

  test('a sealed record stays shut, and a new record for the same child begins with no link', async () => {
    failures(await sealedStaysShut(portal))
  })

  test('what ended is refused on the very next request', async () => {
    const { played, wrong } = await endings(portal)
    figures(`${played} endings checked, ${wrong.length} failed`)
    failures(wrong)
  })

  test('a person with two parts turns to the other one, and reads as that one alone', async () => {
    const turn = new FormData()
    turn.set('capacity', 'officer Council993')
    expect((await portal.ask('both', 'GET', '/rounds')).status).toBe(404)
    expect((await portal.ask('both', 'POST', '/capacity', turn)).status).toBe(303)
    expect((await portal.ask('both', 'GET', '/rounds')).status).toBe(200)
    expect((await portal.ask('both', 'GET', '/inbox')).status).toBe(404)
  })

  test('nothing that any of this wrote to the terminal holds a canary', () => {
    const words = wordsIn(written.join('\n'))
    expect(canariesIn(portal.known).filter((canary) => words.has(canary))).toEqual([])
  })
})
