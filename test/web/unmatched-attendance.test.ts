import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyStore } from '../../src/store/verify.ts'
import { smallPeople, smallWorld } from '../small-world.ts'
import { type Browser, browserFor } from './browser.ts'

let world: Awaited<ReturnType<typeof smallWorld>>
let data: Browser

beforeAll(async () => {
  world = await smallWorld(['Alder', 'Birch'].map((surname) => ({ surname, year: '8', born: '2014-01-05' })))
  data = await browserFor(world.runtime, smallPeople.data)
}, 60_000)
afterAll(async () => world.runtime.close())

/** Sends a file with a line that fits nobody, puts it in use, and gives the line to a child by the page of unmatched rows. */
const sendAndMatch = async (name: string, lines: readonly string[], key: string) => {
  const sent = await data.upload(name, new TextEncoder().encode(`${lines.join('\r\n')}\r\n`), '/attendance-files')
  expect(sent.status).toBe(303)
  const files = await (await data.get('/attendance-files')).text()
  expect(files).toContain('1: say who, once the file is in use')
  const use = /action="(\/attendance-files\/\w+)"/.exec(files)?.[1] ?? ''
  expect((await data.post(use, { accept: '1' })).status).toBe(303)
  const row = /href="(\/unmatched\/[^"]+)"/.exec(await (await data.get('/unmatched')).text())?.[1] ?? ''
  expect(await (await data.get(row)).text()).toContain(name)
  const nobody = await data.post(`${row}/match`, { key: 'S-99' })
  expect(nobody.status).toBe(422)
  expect((await data.post(`${row}/match`, { key })).headers.get('location')).toBe('/unmatched')
  expect(await (await data.get('/unmatched')).text()).not.toContain(name)
}

test('marks and totals that fitted nobody are given to the child whom an officer names', async () => {
  await sendAndMatch(
    'marks.csv',
    ['UPN,Date,Session,Mark', 'Z999999999999,02/11/2026,AM,/', 'Z999999999999,02/11/2026,PM,N'],
    'S-0',
  )
  await sendAndMatch('totals.csv', ['UPN,From,To,Possible,Present', 'Z999999999999,01/09/2026,06/11/2026,90,85'], 'S-1')
  const { query } = world.runtime.db
  const of = (table: 'mark_week' | 'attendance_total') =>
    query
      .selectFrom(table)
      .innerJoin('pupil', 'pupil.number', `${table}.pupil_number`)
      .select(['pupil.child_reference as child', `${table}.school_number as school`])
      .execute()
  expect(await of('mark_week')).toEqual([{ child: 'S-0', school: world.school.number }])
  expect(await of('attendance_total')).toEqual([{ child: 'S-1', school: world.school.number }])
  const { current } = await verifyStore(query)
  expect([...current.values()].every((wrong) => wrong === 0)).toBe(true)
})

test('a termly return sent as attendance is refused, so that nothing else in it is lost', async () => {
  const lines = ['row_reference,upn,sessions_possible,sessions_attended', 'R-1,Z999999999999,90,85']
  const sent = await data.upload('round.csv', new TextEncoder().encode(lines.join('\r\n')), '/attendance-files')
  expect(sent.status).toBe(422)
  expect(await sent.text()).toContain('This is a termly return')
})

test('children are counted once, however many ways a file names them', async () => {
  const lines = [
    'UPN,Child_reference,Date,Session,Mark',
    ',S-0,02/11/2026,AM,/',
    ',s-0,03/11/2026,AM,/',
    ',S-1,03/11/2026,AM,/',
  ]
  const sent = await data.upload('ways.csv', new TextEncoder().encode(`${lines.join('\r\n')}\r\n`), '/attendance-files')
  expect(sent.status).toBe(303)
  const text = (await (await data.get('/attendance-files')).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  expect(/ways\.csv.*?Children on your list (\d+)/.exec(text)?.[1]).toBe('2')
})
