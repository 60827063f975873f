import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { pupilYear } from '../../src/attendance/pupil-year.ts'
import { attendanceTables, tablesWrong } from '../../src/attendance/tables.ts'
import { attendedOf, possibleOf } from '../../src/domain/attendance/tally.ts'
import { openReturns } from '../../src/returns/due.ts'
import { placeAsked, registerSums } from '../../src/returns/register-sums.ts'
import { statement } from '../../src/store/statement.ts'
import { type SmallPupil, smallPeople, smallWorld } from '../small-world.ts'
import { type Browser, browserFor } from './browser.ts'

const pupils: readonly SmallPupil[] = ['Alder', 'Birch'].map((surname) => ({ surname, year: '8', born: '2014-01-05' }))

let world: Awaited<ReturnType<typeof smallWorld>>
let lead: Browser
let data: Browser
const ids = new Map<string, string>()

beforeAll(async () => {
  world = await smallWorld(pupils)
  await world.open('2026-11-20', 2026, 'autumn', '2026-11-13')
  lead = await browserFor(world.runtime, smallPeople.lead)
  data = await browserFor(world.runtime, smallPeople.data)
  const rows = await world.runtime.db.query
    .selectFrom('pupil')
    .innerJoin('pupil_detail', 'pupil_detail.pupil_number', 'pupil.number')
    .select(['pupil.id', 'pupil_detail.value'])
    .where('attribute', '=', 'surname')
    .execute()
  for (const { id, value } of rows) ids.set(value, id)
}, 60_000)
afterAll(async () => world.runtime.close())

const weekAt = (monday: string) => `/attendance/schools/${world.school.id}/week?from=${monday}`

/** Ten codes of a pupil's week as its form sends them. */
const typed = (surname: string, codes: string) =>
  Object.fromEntries(codes.split(' ').map((code, slot) => [`m-${ids.get(surname)}-${slot}`, code === '.' ? '' : code]))

/** Sends a week as its page does: with what stood when the page was made. */
const sendWeekAs = async (browser: Browser, path: string, fields: Readonly<Record<string, string>>) => {
  const page = await (await browser.get(path)).text()
  const stood = [...page.matchAll(/name="(stood-\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
  return browser.post(path, { ...Object.fromEntries(stood), ...fields })
}

const wholeWeek = '/ \\ / \\ / \\ / \\ / \\'

const numberOf = async (surname: string) => {
  const { query } = world.runtime.db
  const id = ids.get(surname) ?? ''
  return (await query.selectFrom('pupil').select('number').where('id', '=', id).executeTakeFirstOrThrow()).number
}

const council = async () =>
  (await world.runtime.db.query.selectFrom('virtual_school').select('number').executeTakeFirstOrThrow()).number

const officeScope = async () =>
  scopeFor(0, { kind: 'council', virtualSchool: await council(), role: 'head' }, world.runtime.now())

const yearOf = async (surname: string) =>
  pupilYear(
    world.runtime.db.query,
    await officeScope(),
    { number: await numberOf(surname), virtualSchool: await council(), yearGroup: '8' },
    2026,
  )

describe('a school’s week', () => {
  test('that was typed in is in use at once, with where each mark came from', async () => {
    const sent = await sendWeekAs(lead, weekAt('2026-11-02'), {
      ...typed('Alder', 'I I / L / \\ / \\ B B'),
      ...typed('Birch', '/ \\ . . . . . . . .'),
    })
    expect(sent.status).toBe(303)
    expect(await (await lead.get(sent.headers.get('location') ?? '')).text()).toContain('Sent: 12 marks of 2 pupils.')
    const { tally, marks, sources } = await yearOf('Alder')
    expect([attendedOf(tally), possibleOf(tally), tally.late, tally.educated_elsewhere]).toEqual([8, 10, 1, 2])
    expect(sources.get(marks[0]?.importNumber ?? 0)?.via).toBe('form')
    expect(possibleOf((await yearOf('Birch')).tally)).toBe(2)
  })

  test('with a code that no register of that day has is given back whole, and changes nothing', async () => {
    const answer = await sendWeekAs(lead, weekAt('2026-11-02'), typed('Alder', 'J I / L / \\ / \\ B Y8'))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('“J” is no code of that day')
    expect(page).toContain('“Y8” is no code of that day')
    expect(attendedOf((await yearOf('Alder')).tally)).toBe(8)
  })

  test('with nothing in it asks for a mark; a blank changes nothing; a day to come and one before the place are not taken', async () => {
    expect((await sendWeekAs(lead, weekAt('2026-11-02'), {})).status).toBe(422)
    const again = await sendWeekAs(lead, weekAt('2026-11-02'), typed('Alder', '/ . . . . . . . . .'))
    expect(again.status).toBe(303)
    expect(attendedOf((await yearOf('Alder')).tally)).toBe(9)
    const thisWeek = await sendWeekAs(lead, weekAt('2026-11-16'), typed('Birch', wholeWeek))
    expect(thisWeek.headers.get('location')).toContain('sent=10-1')
    expect((await lead.get(weekAt('2026-11-23'))).status).toBe(404)
    expect((await lead.get(weekAt('2020-11-23'))).status).toBe(404)
  })

  test('that a later sending changed says both', async () => {
    const { disagreements } = await yearOf('Alder')
    expect(disagreements.map(({ mark, others }) => [mark.code, ...others.map(({ code }) => code)])).toEqual([
      ['/', 'I'],
    ])
    expect(await (await data.get(`/pupils/${ids.get('Alder')}/attendance`)).text()).toContain('Where files say')
  })

  test('that the virtual school took down by telephone yields to the school’s own', async () => {
    const called = await sendWeekAs(data, weekAt('2026-11-09'), {
      ...typed('Alder', wholeWeek),
      ...typed('Birch', 'O O'),
    })
    expect(called.status).toBe(303)
    expect((await yearOf('Birch')).tally.unauthorised).toBe(2)
    await sendWeekAs(lead, weekAt('2026-11-09'), typed('Birch', 'I I'))
    const { tally } = await yearOf('Birch')
    expect([tally.authorised, tally.unauthorised]).toEqual([2, 0])
  })
})

describe('the tables', () => {
  const kept = async () => attendanceTables(world.runtime, await officeScope(), await council())
  const inOrder = (figures: Awaited<ReturnType<typeof kept>>['figures']) =>
    figures.toSorted((one, other) => `${one.kind}${one.key}`.localeCompare(`${other.kind}${other.key}`))

  test('add up what the children’s years say, and are counted again once marks come', async () => {
    const sums = async () => {
      const years = [await yearOf('Alder'), await yearOf('Birch')]
      return [
        years.reduce((sum, { tally }) => sum + attendedOf(tally), 0),
        years.reduce((sum, { tally }) => sum + possibleOf(tally), 0),
      ]
    }
    const all = async () => (await kept()).figures.find(({ kind }) => kind === 'all')
    const before = await all()
    expect([attendedOf(before?.tally as never), possibleOf(before?.tally as never)]).toEqual(await sums())
    expect(before?.based).toBe(2)
    await sendWeekAs(lead, weekAt('2026-10-19'), { ...typed('Alder', wholeWeek), ...typed('Birch', wholeWeek) })
    const after = await all()
    expect([attendedOf(after?.tally as never), possibleOf(after?.tally as never)]).toEqual(await sums())
    expect(possibleOf(after?.tally as never)).toBe(possibleOf(before?.tally as never) + 20)
  })

  test('kept from before are what is counted anew', async () => {
    const before = inOrder((await kept()).figures)
    await world.runtime.db.commit([
      statement('delete from attendance_board_group'),
      statement("update attendance_board set day = ''"),
    ])
    expect(inOrder((await kept()).figures)).toEqual(before)
  })

  test('stand on the page, as files, and for members with small numbers held back', async () => {
    expect(await (await data.get('/attendance')).text()).toContain('Small Bridge School')
    expect((await data.get('/attendance/tables.xlsx')).status).toBe(200)
    const csv = await (await data.get('/attendance/tables.csv')).text()
    expect(csv).toContain('Small Bridge School')
    const members = await (await data.get('/attendance/for-members.csv')).text()
    expect(members).toContain('held back')
    expect(members).not.toContain('Small Bridge')
  })

  test('are held against the council’s own benchmark once it is set', async () => {
    const set = await data.post('/attendance/benchmark', {
      ...{ percent: '100', validFrom: '1 September 2026', source: 'Governing board' },
    })
    expect(set.status).toBe(303)
    const figures = (await kept()).figures.find(({ kind }) => kind === 'all')
    expect([figures?.below, figures?.benchmarked]).toEqual([2, 2])
  })
})

test('how a school’s attendance comes is said with its reason, and a line that somebody added first is not overwritten', async () => {
  const path = `/attendance/routes/${world.school.id}`
  const line = { how: 'form', every: 'weekly', since: '1 September 2026', delay: '3', reason: 'They type it in' }
  expect((await data.post(path, { ...line, reason: '' })).status).toBe(422)
  expect((await data.post(path, { ...line, seen: '1' })).status).toBe(303)
  expect((await data.post(path, { ...line, seen: '1' })).status).toBe(409)
  expect(await (await data.get('/attendance/routes')).text()).toContain('Typed in, every week')
})

test('a contractor’s list has whom to ask after and whom to ask, and nothing more; taking it is noted', async () => {
  const head = await browserFor(world.runtime, smallPeople.head)
  const list = (await (await head.get('/attendance/collection-list.csv')).text()).split('\n')
  expect(list[0]).toBe(
    'reference,upn,surname,forename,date_of_birth,year_group,school_urn,school_name,school_contact_name,school_contact_email',
  )
  expect(list[1]).toContain(`Small Bridge School,Lee Small,${smallPeople.lead}`)
  expect((await data.get('/attendance/collection-list.csv')).status).toBe(404)
  const noted = await world.runtime.db.query
    .selectFrom('audit')
    .select('pupil_number')
    .where('action', '=', 'collection list taken')
    .execute()
  expect(noted).toHaveLength(2)
})

test('an officer who types what the telephone said is told that the school’s own register stands above it', async () => {
  await sendWeekAs(lead, weekAt('2026-11-09'), typed('Alder', '/ . . . . . . . . .'))
  const sent = await sendWeekAs(data, weekAt('2026-11-09'), typed('Alder', 'O L . . . . . . . .'))
  const page = await (await data.get(sent.headers.get('location') ?? '')).text()
  expect(page).toContain('Sent: 2 marks of 1 pupil.')
  expect(page).toContain('Where the school’s own register says otherwise, that stands.')
  expect(page).not.toContain('as your school’s own marks')
  const [morning, afternoon] = ['0', '1'].map(
    (slot) => new RegExp(`name="m-${ids.get('Alder')}-${slot}"[^>]*`).exec(page)?.[0],
  )
  expect([morning, afternoon]).toEqual([expect.stringContaining('value="/"'), expect.stringContaining('value="L"')])
})

test('a year that is none is a page that is not there, and no fault', async () => {
  const page = `/pupils/${ids.get('Alder')}/attendance`
  for (const year of ['2025.5', '', 'Infinity', '0x7EA', '2026.0', '2030'])
    for (const path of [page, `${page}/sessions.csv`]) {
      const { status } = await data.get(`${path}?year=${year}`)
      expect(`${path} ${year} ${status}`).toBe(`${path} ${year} 404`)
    }
  expect((await data.get(`${page}?year=2026`)).status).toBe(200)
})

test('a return asks no sessions once the register’s marks cover it, and says their sums instead', async () => {
  const { query } = world.runtime.db
  const schoolScope = scopeFor(world.by, { kind: 'school' }, world.runtime.now())
  const standing = async (surname: string) => {
    const number = await numberOf(surname)
    const found = (await openReturns(query, schoolScope)).find(({ due }) => due.pupil === number)
    if (!found) throw new Error('nobody is due')
    return found
  }
  expect((await standing('Alder')).asked.has('sessions_possible')).toBe(true)
  const mondays = ['09-07', '09-14', '09-21', '09-28', '10-05', '10-12'].map((day) => `2026-${day}`)
  for (const monday of mondays) await sendWeekAs(lead, weekAt(monday), typed('Alder', wholeWeek))
  const covered = await standing('Alder')
  expect(covered.asked.has('sessions_possible')).toBe(false)
  expect((await standing('Birch')).asked.has('sessions_possible')).toBe(true)
  const place = placeAsked(covered)
  const sums = (await registerSums(query, schoolScope, [place]))(place)
  expect(possibleOf(sums?.tally as never)).toBe(90)
  const page = await (await lead.get('/return/form')).text()
  const form = /\/return\/form\/pupils\/\w+/.exec(page)?.[0] ?? ''
  const texts = await Promise.all(
    [...page.matchAll(/\/return\/form\/pupils\/\w+/g)].map(async ([path]) => (await lead.get(path)).text()),
  )
  expect(form).not.toBe('')
  expect(texts.filter((text) => text.includes('Already known from your register'))).not.toEqual([])
})

test('kept figures of the tables are counted anew when the store is verified', async () => {
  await attendanceTables(world.runtime, await officeScope(), await council())
  expect(await tablesWrong(world.runtime)).toBe(0)
  const set = (by: number) =>
    world.runtime.db.commit([
      statement(`update attendance_board_group set persistent = persistent + ? where kind = 'all'`, [by]),
    ])
  await set(1)
  expect(await tablesWrong(world.runtime)).toBe(2)
  await set(-1)
})

test('a mark that came while a page lay open is not written over unseen, and what was typed stays', async () => {
  const monday = '2026-10-19'
  await sendWeekAs(lead, weekAt(monday), typed('Birch', wholeWeek))
  const id = ids.get('Birch') ?? ''
  const stale = { [`stood-${id}`]: wholeWeek.replaceAll(' ', ',') }
  await sendWeekAs(lead, weekAt(monday), typed('Birch', wholeWeek.replace('/', 'I')))
  const untouched = await lead.post(weekAt(monday), { ...typed('Birch', wholeWeek.replace(/\\$/, 'L')), ...stale })
  expect(untouched.status).toBe(303)
  const page = await (await lead.get(weekAt(monday))).text()
  expect(page).toContain(`name="stood-${id}" value="I,\\,/,\\,/,\\,/,\\,/,L"`)
  const both = await lead.post(weekAt(monday), { ...typed('Birch', wholeWeek.replace('/', 'N')), ...stale })
  expect(both.status).toBe(422)
  const told = await both.text()
  expect(told).toContain('“I” was entered since you opened this page')
  expect(told).toMatch(/value="N"/)
  const again = { [`stood-${id}`]: 'I,\\,/,\\,/,\\,/,\\,/,L' }
  const forced = await lead.post(weekAt(monday), { ...typed('Birch', wholeWeek.replace('/', 'N')), ...again })
  expect(forced.status).toBe(303)
  expect(await (await lead.get(weekAt(monday))).text()).toContain(`name="stood-${id}" value="N,`)
})
