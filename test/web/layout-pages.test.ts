import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeCsv } from '../../connectors/format/csv.ts'
import { plusMinutes } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { personByEmail, startSession } from '../../src/store/people.ts'
import { createApp } from '../../src/web/app.ts'
import { hashOf, newSecret } from '../../src/web/secrets.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

let runtime: NodeRuntime
let cookie = ''

beforeAll(async () => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  await seedDemo(runtime)
  const person = await personByEmail(runtime.db.query, 'd.okoro@ellerwick.example')
  const [token, now] = [newSecret(), runtime.now()]
  await runtime.db.commit([
    startSession(runtime.db.query, {
      tokenHash: await hashOf(token),
      id: newPublicId(),
      person: person?.number ?? 0,
      part: 'school',
      trusted: true,
      at: now,
      expiresAt: plusMinutes(now, 600),
    }),
  ])
  cookie = `vsx-session=${token}`
}, 120_000)
afterAll(async () => runtime.close())

const ask = (path: string, form?: FormData) =>
  createApp(() => runtime).request(`${testConfig.origin}${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { cookie, ...(form ? { 'sec-fetch-site': 'same-origin' } : {}) },
    ...(form ? { body: form } : {}),
  })

const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

/** What a browser without a script would send of the page's form, with one of its buttons. */
const formOf = (html: string, step: string, typed: Readonly<Record<string, string>> = {}): FormData => {
  const form = new FormData()
  const part = html.slice(html.indexOf('action="/return/layout"'))
  const own = part.slice(0, part.indexOf('</form>'))
  for (const [tag] of own.matchAll(/<input\b[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1]
    if (name && (!/type="radio"/.test(tag) || /\schecked/.test(tag)))
      form.set(name, unescaped(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? ''))
  }
  for (const [, name, options] of own.matchAll(/<select\b[^>]*\sname="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    form.set(name ?? '', unescaped(/<option value="([^"]*)" selected/.exec(options ?? '')?.[1] ?? ''))
  for (const [name, value] of Object.entries(typed)) form.set(name, value)
  form.set('step', step)
  return form
}

const upload = (rows: readonly (readonly string[])[]) => {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(writeCsv(rows))], 'export.csv'))
  return ask('/return/upload', form)
}

test('an export of the school’s own: columns, words, tried, saved, and the next one goes straight to the check', async () => {
  const upns = await runtime.db.query
    .selectFrom('pupil_identifier')
    .innerJoin('place', 'place.pupil_number', 'pupil_identifier.pupil_number')
    .innerJoin('school_detail', 'school_detail.school_number', 'place.school_number')
    .select('pupil_identifier.value')
    .where('school_detail.name', 'like', 'Ellerwick%')
    .where('pupil_identifier.kind', '=', 'upn')
    .execute()
  const rows = (hours: string) => [
    ['UPN', 'Legal Surname', 'SEN Status', 'Weekly hours', 'Medical'],
    ...upns.map(({ value }) => [value, 'Ash', 'sen support', hours, 'Zqmedicalzq']),
  ]
  const columns = await upload(rows('25'))
  expect(columns.status).toBe(200)
  const columnsPage = await columns.text()
  expect(columnsPage).toContain('What is in each column?')
  const words = await ask('/return/layout', formOf(columnsPage, 'columns'))
  expect(words.status).toBe(200)
  const wordsPage = await words.text()
  expect(wordsPage).toContain('What do your words mean?')
  const tried = await ask('/return/layout', formOf(wordsPage, 'words', { 'w-sen-0': 'K' }))
  expect(tried.status).toBe(200)
  const triedPage = await tried.text()
  expect(triedPage).toMatch(/rows? would match/)
  const unnamed = await ask('/return/layout', formOf(triedPage, 'save'))
  expect(unnamed.status).toBe(422)
  const saved = await ask('/return/layout', formOf(triedPage, 'save', { name: 'SIMS list' }))
  expect(saved.status).toBe(303)
  expect(saved.headers.get('location')).toMatch(/^\/return\/uploads\//)
  const check = await (await ask(saved.headers.get('location') ?? '')).text()
  expect(check).toContain('Read with your layout “SIMS list”, version 1.')
  const again = await upload(rows('24'))
  expect(again.status).toBe(303)
  const drifted = await upload(rows('24').map((row, index) => [...row, index === 0 ? 'House' : 'Red']))
  expect(await drifted.text()).toContain('Some headings of “SIMS list” have changed')
  expect(await (await ask('/return/layouts')).text()).toContain('SIMS list')
}, 60_000)
