import { afterAll, beforeAll, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { attendanceTables, tablesWrong } from '../../src/attendance/tables.ts'
import { attendedOf, emptyTally, possibleOf } from '../../src/domain/attendance/tally.ts'
import { statement } from '../../src/store/statement.ts'
import { smallPeople, smallWorld } from '../small-world.ts'
import { type Browser, browserFor } from './browser.ts'

let world: Awaited<ReturnType<typeof smallWorld>>
let lead: Browser
let data: Browser

beforeAll(async () => {
  world = await smallWorld(['Alder', 'Birch'].map((surname) => ({ surname, year: '8', born: '2014-01-05' })))
  lead = await browserFor(world.runtime, smallPeople.lead)
  data = await browserFor(world.runtime, smallPeople.data)
}, 60_000)
afterAll(async () => world.runtime.close())

const pupilOf = async (reference: string) =>
  world.runtime.db.query
    .selectFrom('pupil')
    .select(['number', 'id'])
    .where('child_reference', '=', reference)
    .executeTakeFirstOrThrow()

const total = async (reference: string, lastDay: string, attended: number, unauthorised: number | null) => {
  const { number } = await pupilOf(reference)
  await world.runtime.db.commit([
    statement(
      `insert into attendance_total (pupil_number, school_number, kind, first_day, last_day, possible, attended, authorised,
         unauthorised, import_number, row_number) values (?, ?, 'cumulative', '2026-09-01', ?, '60', ?, '0', ?, 1, 1)`,
      [number, world.school.number, lastDay, String(attended), unauthorised === null ? null : String(unauthorised)],
    ),
    statement('update attendance_board set changes = changes + 1', []),
  ])
}

const all = async () => {
  const scope = scopeFor(0, { kind: 'council', virtualSchool: world.council, role: 'head' }, world.runtime.now())
  return (await attendanceTables(world.runtime, scope, world.council)).figures.find(({ kind }) => kind === 'all')
}

test('marks come first; a child of whom none are held is counted by the latest whole total of a school, and the page says so', async () => {
  const { id } = await pupilOf('S-0')
  await lead.post(`/attendance/schools/${world.school.id}/week?from=2026-11-02`, {
    [`m-${id}-0`]: '/',
    [`m-${id}-1`]: 'N',
  })
  await total('S-0', '2026-10-30', 60, 0)
  const byMarks = await all()
  expect([byMarks?.byTotals, possibleOf(byMarks?.tally ?? emptyTally)]).toEqual([0, 2])

  await total('S-1', '2026-10-01', 60, 0)
  await total('S-1', '2026-10-30', 48, 12)
  await total('S-1', '2026-11-06', 60, null)
  const both = await all()
  expect(both).toMatchObject({ byTotals: 1, based: 2, persistent: 2, severe: 1 })
  expect([attendedOf(both?.tally ?? emptyTally), possibleOf(both?.tally ?? emptyTally)]).toEqual([49, 62])
  const page = await (await data.get('/attendance')).text()
  expect(page).toContain('One pupil is counted by totals that were reported')
  expect(page).toContain('1 by totals')
  expect(await tablesWrong(world.runtime)).toBe(0)
})
