import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import type { Db } from '../../src/store/db.ts'
import { statement } from '../../src/store/statement.ts'
import { playFunding } from '../histories/funding.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

type Written = { readonly sql: string; readonly parameters: readonly unknown[] }

/** A statement as it is without a guard: nothing, another one, or itself where it is not of the guard. */
type Without = (written: Written, before: Written | undefined) => Written | undefined

const isAsserted = ({ sql }: Written, part: RegExp) => sql.startsWith('insert into must') && part.test(sql)
const noAssertion =
  (part: RegExp): Without =>
  (written) =>
    isAsserted(written, part) ? undefined : written

const ofMove = /pot = \?\), 0\) >= 0$/
const potOf = (written: Written | undefined) =>
  written && isAsserted(written, ofMove) ? written.parameters.at(-1) : undefined

let numbers = 1_000_000
/** Whoever comes second is given a number of their own, so that the key holds nobody off. */
const noKey =
  (table: string): Without =>
  (written) => {
    // A file of payments is held to their numbers by an assertion of its own.
    if (!written.sql.startsWith(`insert into ${table} `) || !written.sql.includes(' values (')) return written
    const [id, , ...others] = written.parameters
    numbers += 1
    return { sql: written.sql, parameters: [id, numbers, ...others] }
  }

const guards: readonly (readonly [string, Without])[] = [
  ['a pot holds what leaves it', noAssertion(ofMove)],
  ['the allocation reaches', (written) => (potOf(written) === 'allocated' ? undefined : written)],
  [
    'what one of two promised is approved only while the allocation reaches',
    (written, before) => (potOf(written) === 'allocated' && potOf(before) === 'committed' ? undefined : written),
  ],
  ['the allocation reaches for a pay run', noAssertion(/and pot = 'allocated'\), 0\) >= 0$/)],
  ['events of an application have numbers', noKey('application_event')],
  ['events of a payment have numbers', noKey('payment_event')],
  ['nobody decides who has an interest', noAssertion(/application_conflict/)],
  ['an allocation is said of what was known', noAssertion(/from allocation where/)],
  ['no run was approved meanwhile', noAssertion(/from pay_run where virtual_school_number/)],
  ['finance pays whoever is set up', noAssertion(/y\.supplier_reference <> ''/)],
  ['a step of a payment is made from where it can be', noAssertion(/from payment where id = \? and state in/)],
  ['finance pays what stands as it was read', noAssertion(/from json_each\(\?\) j where not exists/)],
  ['no more comes back than was paid', noAssertion(/e\.event = 'returned'/)],
]

const happens = [
  ...[
    'sent',
    'asked',
    'answered',
    'deferred',
    'seconded',
    'approved',
    'declined',
    'review_asked',
    'undone',
    'withdrawn',
  ],
  ...['sent_to_finance', 'paid', 'returned', 'cancelled', 'allocation_cut from allocated', 'release from committed'],
  ...['commitment from allocated', 'approval from committed', 'approval from allocated', 'give_back from paid'],
]

const dataDir = temporaryFolder()
let runtime: NodeRuntime
let played = 0
beforeAll(async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
})
afterAll(() => runtime.close())

/** The store without a guard, and how often it was left out. */
const storeWithout = (without: Without) => {
  const left = { out: 0 }
  const commit: Db['commit'] = (statements) => {
    const written = statements.map((one): Written => one.compile())
    const kept = written.map((one, at) => without(one, written[at - 1]))
    left.out += kept.filter((one, at) => one !== written[at]).length
    return runtime.db.commit(kept.flatMap((one) => (one ? [statement(one.sql, one.parameters)] : [])))
  }
  return { db: { query: runtime.db.query, commit }, left }
}

/** The first of some histories that differs from the plain model, with how it does. */
const firstDifference = async (db: Db, most: number): Promise<string | undefined> => {
  for (let seed = 1; seed <= most; seed += 1) {
    const index = played
    played += 1
    const [first] = await playFunding(db, seed, index).catch((problem: unknown) => [String(problem)])
    if (first !== undefined) return `history ${seed}: ${first}`
  }
  return undefined
}

test('with every guard in its place the same histories are as the plain model has them', async () => {
  const { db, left } = storeWithout((written) => written)
  expect(await firstDifference(db, 100)).toBeUndefined()
  expect(left.out).toBe(0)

  // A history in which nothing happens shows nothing: each thing has happened, and more than once.
  const { query } = runtime.db
  const counted = sql<number>`count(*)`.as('count')
  const rows = [
    ...(await query.selectFrom('application_event').select(['event as what', counted]).groupBy('event').execute()),
    ...(await query.selectFrom('payment_event').select(['event as what', counted]).groupBy('event').execute()),
    ...(await query
      .selectFrom('movement')
      .select([sql<string>`cause || ' from ' || from_pot`.as('what'), counted])
      .groupBy(['cause', 'from_pot'])
      .execute()),
  ]
  const times = new Map<string, number>(rows.map(({ what, count }) => [what, count]))
  for (const what of happens) expect(times.get(what) ?? 0, what).toBeGreaterThanOrEqual(5)
})

test.each(guards)('it is noticed when nothing holds that %s', async (_, without) => {
  const { db, left } = storeWithout(without)
  const noticed = await firstDifference(db, 200)
  // A guard that is written otherwise now would be left out of nothing, and this would show nothing.
  expect(left.out).toBeGreaterThan(0)
  expect(noticed).toMatch(/step \d+: /)
})
