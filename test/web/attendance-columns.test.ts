import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attendanceLayoutsOf } from '../../src/store/attendance-layouts.ts'
import { smallPeople, smallWorld } from '../small-world.ts'
import { type Browser, browserFor } from './browser.ts'

let world: Awaited<ReturnType<typeof smallWorld>>
let lead: Browser
let data: Browser
let upn = ''

beforeAll(async () => {
  world = await smallWorld(['Alder', 'Birch'].map((surname) => ({ surname, year: '8', born: '2014-01-05' })))
  lead = await browserFor(world.runtime, smallPeople.lead)
  data = await browserFor(world.runtime, smallPeople.data)
  const { query } = world.runtime.db
  const row = await query.selectFrom('pupil_identifier').select('value').where('kind', '=', 'upn').executeTakeFirst()
  upn = row?.value ?? ''
}, 60_000)
afterAll(async () => world.runtime.close())

const csv = (...lines: readonly string[]) => new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)

/** The hidden fields of the page's form, as a browser sends them back. */
const carried = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="(file|fileName|school)" value="([^"]*)"/g)].map(([, name, value]) => [
      name ?? '',
      value ?? '',
    ]),
  )
const indexOf = (page: string, head: string) =>
  new RegExp(`for="c-(\\d+)">What column \\w+, ${head}, is<`).exec(page)?.[1] ?? '?'
const marksNow = () => world.runtime.db.query.selectFrom('mark_week').select('marks').execute()
const deliveries = () => world.runtime.db.query.selectFrom('delivery').select('number').execute()

const unknown = (day: string) =>
  csv('Child no,When,Half,Told,Note', `S-0,${day},First,/,Qxnote`, `S-1,${day},Second,N,`)

describe('an attendance file whose columns nobody knows', () => {
  test('is asked about, tried, and saved; nothing is stored before; the next one is read by itself', async () => {
    const before = await deliveries()
    const asked = await data.upload('contractor.csv', unknown('02/11/2026'), '/attendance-files')
    expect(asked.status).toBe(200)
    const page = await asked.text()
    expect(page).toContain('Say what the columns are')
    expect(page).toContain('Second')
    const said = {
      ...carried(page),
      [`c-${indexOf(page, 'Child no')}`]: 'reference',
      [`c-${indexOf(page, 'When')}`]: 'day',
      [`c-${indexOf(page, 'Half')}`]: 'session',
      [`c-${indexOf(page, 'Told')}`]: 'mark',
    }
    const tried = await (await data.post('/attendance-columns', { ...said, step: 'try' })).text()
    expect(tried).toContain('2 lines read, 2 with something to mend.')
    expect(tried).toContain('The session cannot be read')
    const words = { ...said, am_words: 'First', pm_words: 'Second, Last' }
    const better = await (await data.post('/attendance-columns', { ...words, step: 'try' })).text()
    expect(better).toContain('2 lines read, none with something to mend.')
    expect(better).toContain('2 November 2026, AM, /')
    expect(await deliveries()).toEqual(before)
    const nameless = await data.post('/attendance-columns', { ...words, step: 'save' })
    expect(nameless.status).toBe(422)
    expect(await nameless.text()).toContain('Give the layout a name.')
    const saved = await data.post('/attendance-columns', { ...words, step: 'save', name: 'Contractor' })
    expect(saved.headers.get('location')).toBe('/attendance-files')
    const files = await (await data.get('/attendance-files')).text()
    expect(files).toContain('contractor.csv')
    expect(files).toContain('Note')
    expect(files).not.toContain('Qxnote')
    const next = await data.upload('next.csv', unknown('03/11/2026'), '/attendance-files')
    expect(next.headers.get('location')).toBe('/attendance-files')
    expect(await (await data.get('/attendance-files')).text()).toContain('next.csv')
    expect(await marksNow()).toEqual([])
    const own = await attendanceLayoutsOf(world.runtime.db.query, { kind: 'council', virtualSchool: world.council })
    expect(own.map(({ name, version }) => `${name} ${version}`)).toEqual(['Contractor 1'])
    const ofSchool = { kind: 'school', school: world.school.number } as const
    expect(await attendanceLayoutsOf(world.runtime.db.query, ofSchool)).toEqual([])
  })

  test('says what does not go together', async () => {
    const page = await (await lead.upload('own.csv', csv('A,B,C', '1,2,3'), '/return/attendance-files')).text()
    const post = async (fields: Readonly<Record<string, string>>) => {
      const answer = await lead.post('/return/attendance-columns', { ...carried(page), ...fields, step: 'save' })
      return `${answer.status} ${await answer.text()}`
    }
    expect(await post({})).toMatch(/^422 [\s\S]*Say what the columns are first/)
    expect(await post({ 'c-0': 'upn', 'c-1': 'upn' })).toMatch(/^422 [\s\S]*Two columns are said to be “UPN”/)
    expect(await post({ 'c-0': 'mark', 'c-1': 'possible' })).toMatch(/^422 [\s\S]*A file is one or the other/)
    expect(await post({ 'c-0': 'upn', 'c-1': 'percentage' })).toMatch(/^200 [\s\S]*which days the totals are of/)
    expect(await post({ 'c-0': 'upn', 'c-1': 'percentage', from: 'soon' })).toMatch(
      /^422 [\s\S]*Say either which census/,
    )
    expect(await post({ 'c-0': '__proto__', 'c-1': 'constructor' })).toMatch(
      /^422 [\s\S]*Say what the columns are first/,
    )
    expect((await lead.post('/return/attendance-columns', { file: 'no file' })).status).toBe(303)
    expect((await lead.post('/attendance-columns', carried(page))).status).toBe(404)
  })

  test('a college’s percentage and a census come in as totals, and a file is given up', async () => {
    const college = csv('UPN,Attendance %', `${upn},87.5`)
    const page = await (await data.upload('college.csv', college, '/attendance-files')).text()
    expect(page).toContain('<option value="percentage" selected="">')
    const said = { ...carried(page), 'c-0': 'upn', 'c-1': 'percentage', basis: 'timetabled hours' }
    const days = { from: '01/09/2026', to: '06/11/2026' }
    const saved = await data.post('/attendance-columns', { ...said, ...days, step: 'save', name: 'College' })
    expect(saved.status).toBe(303)
    const { query } = world.runtime.db
    const kept = () => query.selectFrom('attendance_total_fact').select(['kind', 'percentage', 'basis']).execute()
    expect(await kept()).toEqual([{ kind: 'percentage', percentage: '87.5', basis: 'timetabled hours' }])
    const id = /action="(\/attendance-files\/\w+)"/.exec(await (await data.get('/attendance-files')).text())?.[1] ?? ''
    expect((await data.post(id, { give_up: '1' })).status).toBe(303)
    expect(await (await data.get('/attendance-files')).text()).not.toContain('college.csv')
    expect((await data.post(id, { accept: '1' })).status).toBe(404)
    expect(await query.selectFrom('attendance_total').selectAll().execute()).toEqual([])

    const census = csv('UPN,TermlySessionsPossible,/,\\', `${upn},120,60,60`)
    const refused = await data.upload('census.csv', census, '/attendance-files')
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('Say which census it is')
  })
})
