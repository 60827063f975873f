import { afterAll, beforeAll, expect, test } from 'vitest'
import { statement } from '../../src/store/statement.ts'
import { moneyWorld } from './money-world.ts'

let world: Awaited<ReturnType<typeof moneyWorld>>
beforeAll(async () => {
  world = await moneyWorld()
}, 60_000)
afterAll(async () => world.runtime.close())

test('a child with two places at one school that both run today is one child to ask for', async () => {
  const { runtime, as, school } = world
  const again = (table: string, columns: string) =>
    statement(
      `insert into ${table} (${columns}) select ${columns.replace('first_day', "'2026-09-02'")} from ${table}
       where pupil_number = (select min(number) from pupil) and school_number = ?`,
      [school.number],
    )
  const columns = async (table: string) =>
    (await runtime.db.query.read(
      `select group_concat(name, ', ') as names from pragma_table_info('${table}')`,
      [],
    )) as readonly { readonly names: string }[]
  for (const table of ['place', 'place_confirmation'])
    await runtime.db.commit([again(table, (await columns(table))[0]?.names ?? '')])
  const lead = await as('lead')
  const page = await (await lead.get('/money/ask')).text()
  const ticks = [...page.matchAll(/name="pupil" value="([^"]+)"/g)].map(([, tick]) => tick ?? '')
  expect(new Set(ticks).size).toBe(3)
  expect(ticks).toHaveLength(3)
  const first = page.indexOf('Aldera') < page.indexOf('Bircha') ? ticks[0] : ''
  const begun = await lead.post('/money/ask', { pupil: first ?? '' })
  expect(begun.status).toBe(303)
  const draft = await runtime.db.query.selectFrom('application').select('kind').executeTakeFirst()
  expect(draft?.kind).toBe('child')
})
