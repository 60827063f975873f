import { afterAll, beforeAll, expect, test } from 'vitest'
import { pence } from '../../src/domain/funding/pence.ts'
import type { Runtime } from '../../src/runtime.ts'
import type { Statement } from '../../src/store/db.ts'
import { move } from '../../src/store/movements.ts'
import { statement } from '../../src/store/statement.ts'
import { browserFor } from './browser.ts'
import { moneyPeople, moneyWorld } from './money-world.ts'

let world: Awaited<ReturnType<typeof moneyWorld>>
beforeAll(async () => {
  world = await moneyWorld()
}, 60_000)
afterAll(async () => world.runtime.close())

const fund = 'pupil_premium_plus'
const slice = (amount: number) =>
  move(
    world.of,
    { cause: 'top_slice', from: 'allocated', to: 'retained', amount: pence(amount) },
    world.runtime.now(),
    world.by,
  )

test('a quarter is closed with what stands in its pots, not with what somebody saw before it moved', async () => {
  const { runtime, council, of } = world
  let moved = false
  const commit = async (statements: readonly Statement[]) => {
    const closes = statements.some((one) => one.compile().sql.startsWith('insert into funding_close'))
    if (closes && !moved) {
      moved = true
      await runtime.db.commit(slice(1_00))
    }
    return runtime.db.commit(statements)
  }
  const slow = { ...runtime, db: Object.create(runtime.db, { commit: { value: commit } }) } as Runtime
  const finance = await browserFor(slow, moneyPeople.finance, `council:${council}:finance`)
  const close = () =>
    finance.post('/funding/ledger/close', { fund: `${fund} ${of.year}`, quarter: '3', said: 'Agrees' })
  expect((await close()).status).toBe(409)
  expect((await close()).status).toBe(303)
  const rows = await runtime.db.query.selectFrom('funding_close').select('balances').execute()
  expect(rows.map(({ balances }) => JSON.parse(balances).retained)).toEqual([1_00])
})

test('the ledger is taken whole, however much has moved', async () => {
  const { runtime, as } = world
  await runtime.db.commit([
    statement(
      `with recursive n (at) as (select 1 union all select at + 1 from n where at < 1100)
       insert into movement (virtual_school_number, fund, year, from_pot, to_pot, amount, cause, at, by_person)
       select ?, ?, ?, 'allocated', 'retained', 1, 'top_slice', ?, ? from n`,
      [world.council, fund, world.of.year, runtime.now(), world.by],
    ),
  ])
  const finance = await as('finance', 'finance')
  const text = await (await finance.get('/funding/ledger.csv')).text()
  const { count } = await runtime.db.query
    .selectFrom('movement')
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(text.split('\n').filter((line) => line.includes('Pupil Premium Plus'))).toHaveLength(count)
})

test('an allocation is ten million pounds at most, also where it is a rate times heads', async () => {
  const { as } = world
  const finance = await as('finance', 'finance')
  const said = { fund, year: String(world.of.year), standing: 'final', amount: '', source: 'a letter', seen: '1' }
  const answer = await finance.post('/funding/allocation', { ...said, rate: '263000', heads: '400' })
  expect(answer.status).toBe(422)
  // What was typed is still there.
  expect(await answer.text()).toContain('263000')
  for (const bad of [{ heads: '1e3' }, { heads: '-5' }, { rate: '1e4' }, { heads: '٤٠' }, { rate: '0' }])
    expect((await finance.post('/funding/allocation', { ...said, rate: '2630', heads: '40', ...bad })).status).toBe(422)
  expect((await finance.post('/funding/allocation', { ...said, rate: '2630', heads: '400' })).status).toBe(303)
})

test.each(['0', '-1', '1e2', '999999999', '0.001', ''])('a top-slice of %s is none', async (sliceAmount) => {
  const before = await world.pot('retained')
  const head = await world.as('head', 'head')
  const answer = await head.post('/funding/allocation/top-slice', { sliceAmount, kept: String(before) })
  expect(answer.status).toBe(422)
  expect(await world.pot('retained')).toBe(before)
})

test('the same top-slice sent ten times at once is kept once', async () => {
  const before = await world.pot('retained')
  const head = await world.as('head', 'head')
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      head.post('/funding/allocation/top-slice', { sliceAmount: '25', kept: String(before) }),
    ),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(await world.pot('retained')).toBe(before + 25_00)
})
