import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainDate } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { putOnAgenda } from '../../src/store/panel.ts'
import { statement } from '../../src/store/statement.ts'
import { applicationWords, moneyWords } from '../../templates/words/en/application.ts'
import { moneyWorld } from './money-world.ts'

let world: Awaited<ReturnType<typeof moneyWorld>>
beforeAll(async () => {
  world = await moneyWorld()
}, 60_000)
afterAll(async () => world.runtime.close())

const newest = async () =>
  world.runtime.db.query
    .selectFrom('application')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

test('a draft for children of whom one has left is sent for the others, and for nobody it is not sent', async () => {
  const { runtime, as } = world
  const lead = await as('lead')
  const form = new FormData()
  const ticks = [...(await (await lead.get('/money/ask')).text()).matchAll(/name="pupil" value="([^"]+)"/g)]
  for (const [, tick] of ticks.slice(0, 2)) form.append('pupil', tick ?? '')
  expect((await lead.send('/money/ask', form)).status).toBe(303)
  const { id, number } = await newest()
  const pupils = async () =>
    (
      await runtime.db.query
        .selectFrom('application_pupil')
        .select('pupil_number as pupil')
        .where('application_number', '=', number)
        .orderBy('pupil_number')
        .execute()
    ).map(({ pupil }) => pupil)
  const [first = 0, second = 0] = await pupils()
  const leaves = (pupil: number, day: string | null) =>
    runtime.db.commit([statement('update place set last_day = ? where pupil_number = ?', [day, pupil])])
  const send = async () => {
    const page = await (await lead.get(`/money/applications/${id}`)).text()
    return lead.post(`/money/applications/${id}`, {
      ...{ seen: /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? '', do: 'send', need: 'Reading', baseline: '3' },
      ...{ target: '5', measure: 'A test', baselineOn: '1 9 2026', targetOn: '1 3 2027', owner: 'Lee', hours: '10' },
      ...{ intervention: 'other', 'what-1': 'Tutor', 'purpose-1': 'staff_time', 'amount-1': '100', anyway: 'Yes' },
    })
  }
  await leaves(first, '2026-11-19')
  await leaves(second, '2026-11-19')
  const refused = await send()
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain(applicationWords.toMend.left)
  expect(text).toContain('Reading')
  expect((await newest()).state).toBe('draft')
  await leaves(second, null)
  expect((await send()).status).toBe(303)
  expect((await newest()).state).toBe('waiting')
  expect(await pupils()).toEqual([second])
  await leaves(first, null)
})

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
  expect((await newest()).kind).toBe('child')
})

test('a school follows on which day the panel looks at it, from the agenda it is on now', async () => {
  const { as, asked, council, runtime, decide, person } = world
  const id = await asked(900_00)
  const { number, reference } = await newest()
  const shown = async () => {
    const page = await (await (await as('lead')).get('/money')).text()
    const [, own = ''] = page.split(reference ?? '')
    return own.split('</li>')[0]
  }
  const onAgenda = (date: string) => moneyWords.deciding.panelOn('Wendlemoor', date)
  expect(await shown()).toContain(onAgenda('Friday 20 November'))
  const putOn = async (day: string) =>
    runtime.db.commit(
      putOnAgenda(council, { id: newPublicId(), day: plainDate(day) }, [number], runtime.now(), await person('head')),
    )
  await putOn('2026-12-03')
  expect(await shown()).toContain(onAgenda('Thursday 3 December'))
  const defer = { kind: 'defer', said: 'More is to be known', day: '4 12 2026' }
  expect((await decide('officer', 'officer', id, defer)).status).toBe(303)
  expect(await shown()).toContain(moneyWords.deferredTo('Friday 4 December'))
  await putOn('2026-12-10')
  expect(await shown()).toContain(onAgenda('Thursday 10 December'))
})
