import { sql } from 'kysely'
import { plusMinutes } from '../../src/domain/dates.ts'
import { financialYearAt } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { pick, whole } from '../../src/seed/random.ts'
import type { Db } from '../../src/store/db.ts'
import { setAllocation } from '../../src/store/funding-rules.ts'
import { agenda, apply, decide, interest, school } from './money-decisions.ts'
import { potsOf } from './money-model.ts'
import { pay, runOf } from './money-payments.ts'
import { differs, fund, happened, type Step, setUp, type World } from './money-world.ts'

const allocate: Step = async (world) => {
  const year = financialYearAt(world.now)
  const before = world.random() < 0.15 ? whole(world.random, 1, 99) : (world.model.given.get(year) ?? 0)
  // The allocation is cut below what is promised often enough to matter.
  const promised = [...world.model.applications.values()].some(({ state }) => state === 'second')
  const amount =
    promised && world.random() < 0.4 ? 0 : world.random() < 0.3 ? whole(world.random, 0, 9_000) * 100 : 20_000_00
  const done = await happened(
    world,
    setAllocation(
      { virtualSchool: world.council, fund, year },
      {
        ...{ sequence: 1 + world.next, standing: 'provisional', rate: null, heads: null },
        ...{ amount: pence(amount), source: 'a letter', at: world.now, before: pence(before) },
      },
      3,
    ),
  )
  world.next += 1
  const expected = before === (world.model.given.get(year) ?? 0)
  if (done) {
    potsOf(world.model, year).allocated += amount - before
    world.model.given.set(year, amount)
  }
  return differs('an allocation', done, expected)
}

const life: Step = async (world) => {
  const pupil = pick(world.random, world.pupils)
  if (world.random() < 0.7) pupil.school = pick(world.random, world.schools)
  else pupil.inCare = world.random() < 0.5
  return undefined
}

const steps: readonly Step[] = [
  ...[allocate, allocate, apply, apply, apply, decide, decide, decide, decide, decide, decide, decide, school, school],
  ...[interest, agenda, pay, pay, pay, pay, pay, pay, runOf, life],
]

/** What the movements themselves come to, by year and pot, whatever is kept of them. */
const movedIn = async ({ db, council }: World) => {
  const movements = await db.query
    .selectFrom('movement')
    .select(['year', 'from_pot', 'to_pot', 'amount'])
    .where('virtual_school_number', '=', council)
    .execute()
  const sums = new Map<string, number>()
  const add = (key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount)
  for (const { year, from_pot, to_pot, amount } of movements) {
    add(`${year} ${from_pot}`, -amount)
    add(`${year} ${to_pot}`, amount)
  }
  return sums
}

/** How many events the rows themselves hold. */
const happenedTo = (what: 'application' | 'payment') =>
  sql<number>`(select count(*) from ${sql.table(`${what}_event`)} e
    where ${sql.ref(`e.${what}_number`)} = ${sql.ref(`${what}.number`)})`.as('happened')

/** What of the store is not what the model has: movements, pots, states, events and payments. */
const compare = async (world: World): Promise<readonly string[]> => {
  const { query } = world.db
  const wrong: (string | undefined)[] = []
  const balances = await query
    .selectFrom('pot_balance')
    .select(['year', 'pot', 'amount'])
    .where('virtual_school_number', '=', world.council)
    .execute()
  const sum = balances.reduce((total, { amount }) => total + amount, 0)
  wrong.push(differs('all pots together', sum, 0))
  const moved = await movedIn(world)
  for (const [year, pots] of world.model.pots)
    for (const [pot, amount] of Object.entries(pots)) {
      const kept = balances.find((row) => row.year === year && row.pot === pot)?.amount ?? 0
      wrong.push(differs(`${pot} of ${year}`, kept, amount))
      wrong.push(differs(`movements of ${pot} of ${year}`, moved.get(`${year} ${pot}`) ?? 0, amount))
    }
  for (const pots of world.model.pots.values())
    for (const pot of ['committed', 'approved', 'paid', 'returned'] as const)
      wrong.push(pots[pot] < 0 ? `${pot} is below nothing` : undefined)
  const applications = await query
    .selectFrom('application')
    .select(['id', 'state', 'events', happenedTo('application')])
    .where('virtual_school_number', '=', world.council)
    .execute()
  for (const { id, state, events, happened } of applications) {
    const own = world.model.applications.get(id)
    wrong.push(differs(`${id}`, `${state} ${events} ${happened}`, `${own?.state} ${own?.events} ${own?.events}`))
  }
  const payments = await query
    .selectFrom('payment')
    .select(['id', 'state', 'events', 'amount', happenedTo('payment')])
    .where('virtual_school_number', '=', world.council)
    .execute()
  wrong.push(differs('payments', payments.length, world.model.payments.size))
  for (const { id, state, events, amount, happened } of payments) {
    const own = world.model.payments.get(id)
    const expected = `${own?.state} ${own?.events} ${own?.events} ${own?.amount}`
    wrong.push(differs(`${id}`, `${state} ${events} ${happened} ${amount}`, expected))
  }
  return wrong.filter((one): one is string => one !== undefined)
}

/** Plays one random history of a council's money, and gives every difference from a plain model, at most a few. */
export const playFunding = async (db: Db, seed: number, index: number): Promise<readonly string[]> => {
  const world = await setUp(db, seed, index)
  const length = whole(world.random, 20, 60)
  await allocate(world)
  for (let at = 0; at < length; at += 1) {
    world.now = plusMinutes(world.now, whole(world.random, 1, 300))
    const second = [...world.model.applications.values()].some(({ state }) => state === 'second')
    const next = second && world.random() < 0.3 ? [allocate, decide, decide, decide] : steps
    const wrong = await pick(world.random, next)(world)
    if (wrong !== undefined) return [`step ${at}: ${wrong}`]
    const differences = await compare(world)
    if (differences.length > 0) return differences.map((one) => `after step ${at}: ${one}`)
  }
  return []
}
