import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, type PlainDate, plainDate, todayInLondon } from '../../src/domain/dates.ts'
import { type FinancialYear, financialYearAt } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import type { PayRun, PayRunChild, PlanOf } from '../../src/funding/models/model.ts'
import { type PlanPaymentRule, planPayment } from '../../src/funding/models/plan-payment.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { Conflict } from '../../src/store/db.ts'
import { setAllocation } from '../../src/store/funding-rules.ts'
import { potBalances } from '../../src/store/movements.ts'
import { approveRun, proposeRun } from '../../src/store/pay-runs.ts'
import { schoolAsPayee } from '../../src/store/payees.ts'
import { isPaid, sendToFinance } from '../../src/store/payment-steps.ts'
import { paymentsOf } from '../../src/store/payments.ts'
import { statement } from '../../src/store/statement.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

const fund = 'pupil_premium_plus' as const
const school = 1
/** Two children: one is paid for before the year ends, the other not. */
const [before, after] = [1, 2]
const person = 1

/** A spring run that is made before the end of the financial year, and the summer run after it. */
const runAt = (term: 'spring' | 'summer', moment: string): PayRun & { readonly at: Instant } => {
  const at = moment as Instant
  const days = {
    spring: ['2027-01-04', '2027-03-25', '2027-02-12'],
    summer: ['2027-04-12', '2027-07-21', '2027-05-28'],
  }[term].map((day) => plainDate(day)) as [PlainDate, PlainDate, PlainDate]
  const [from, to, halfTerm] = days
  return {
    ...{ academicYear: 2026, term, on: todayInLondon(at), year: financialYearAt(at), at },
    ...{ from, to, halfTerm, rate: pence(2630_00) },
  }
}
const lastSecond = runAt('spring', '2027-03-31T22:59:59.000Z')
const firstSecond = runAt('summer', '2027-03-31T23:00:00.000Z')
const summer = runAt('summer', '2027-05-04T09:00:00.000Z')

const plan = (heldOn: string, more: Partial<PlanOf> = {}): PlanOf => ({
  ...{ academicYear: 2026, term: 'spring', heldOn: plainDate(heldOn), rating: 'good', requested: pence(500_00) },
  ...{ purposes: ['tuition'], signedOff: true, ...more },
})
const child = (plans: readonly PlanOf[], more: Partial<PayRunChild> = {}): PayRunChild => ({
  ...{ careFrom: plainDate('2025-01-01'), careTo: null, plans, paid: [] },
  places: [{ school, from: plainDate('2025-09-01'), to: null, subsidiary: false }],
  ...more,
})
const rule: PlanPaymentRule = {
  retained: { kind: 'nothing' },
  needs: 'adequate',
  amounts: [
    { from: { academicYear: 2025, term: 'autumn' }, amount: { kind: 'up_to', most: pence(600_00) } },
    { from: { academicYear: 2026, term: 'summer' }, amount: { kind: 'up_to', most: pence(400_00) } },
  ],
}
const sameTerm = planPayment({ ...rule, springFirstHalf: true })
const nextTerm = planPayment({ ...rule, paysNextTerm: true })

describe('a plan of spring as the financial year ends', () => {
  test('the runs of either side of midnight in London are of different years, a second apart', () => {
    expect([lastSecond.on, lastSecond.year, firstSecond.on, firstSecond.year]).toEqual([
      ...['2027-03-31', 2026, '2027-04-01', 2027],
    ])
  })

  test.each<[string, string, unknown]>([
    ['held on the last day of the first half', '2027-02-12', 500_00],
    ['held a day later', '2027-02-13', 'plan_too_late'],
  ])('%s, where spring pays only for its first half', (_, heldOn, expected) => {
    const [proposed] = sameTerm.propose(child([plan(heldOn)]), lastSecond)
    expect(proposed?.pays ? proposed.amount : proposed?.why).toBe(expected)
  })

  test('paid in summer it is of spring still: by the amounts of spring, and only once', () => {
    const spring = { academicYear: 2026, term: 'spring' } as const
    const one = child([plan('2027-03-20', { requested: pence(600_00) })])
    const [proposed] = nextTerm.propose(one, summer)
    expect(proposed).toEqual({ pays: true, part: 'plan', school, amount: 600_00, of: spring })
    const paid = [{ ...spring, part: 'plan', year: 2027 as FinancialYear, amount: pence(600_00) }] as const
    expect(nextTerm.propose({ ...one, paid }, summer)).toEqual([{ pays: false, part: 'plan', why: 'already_paid' }])
    // Paid before the year ended, it is not paid again from the new one.
    const earlier = [{ ...paid[0], year: 2026 as FinancialYear }]
    expect(nextTerm.propose({ ...one, paid: earlier }, summer)).toEqual([
      { pays: false, part: 'plan', why: 'already_paid' },
    ])
  })

  test('a child who left care on 31 March is not paid on 1 April, however good the plan', () => {
    const left = child([plan('2027-02-01')], { careTo: plainDate('2027-03-31') })
    expect(nextTerm.propose(left, firstSecond)).toEqual([{ pays: false, part: 'plan', why: 'not_in_care' }])
    expect(sameTerm.propose(left, lastSecond)[0]).toMatchObject({ pays: true })
  })

  test('a plan that was held on 29 February pays as any other', () => {
    const leap: PayRun = {
      ...lastSecond,
      academicYear: 2027,
      on: plainDate('2028-03-01'),
      halfTerm: plainDate('2028-02-29'),
    }
    const held = (day: string) => child([plan(day, { academicYear: 2027 })])
    expect(sameTerm.propose(held('2028-02-29'), leap)[0]).toMatchObject({ pays: true, amount: 400_00 })
    expect(sameTerm.propose(held('2028-03-01'), leap)[0]).toMatchObject({ pays: false, why: 'plan_too_late' })
  })
})

describe('the same plans in the ledger', () => {
  const dataDir = temporaryFolder()
  let runtime: NodeRuntime
  const virtualSchool = 1
  beforeAll(async () => {
    migrateStore(dataDir)
    runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
    await runtime.db.commit([
      statement("insert into person (number, id, email) values (1, 'person1', 'head@people.example')"),
      statement(
        "insert into virtual_school (number, id, la_code, name, mailbox) values (1, 'vs1', '991', 'Council', 'c@people.example')",
      ),
      statement("insert into school (number, id, first_urn) values (1, 's1', '100001')"),
      ...[before, after].map((number) =>
        statement('insert into pupil (number, id, virtual_school_number, child_reference) values (?, ?, 1, ?)', [
          ...[number, `p${number}`, `r${number}`],
        ]),
      ),
      schoolAsPayee(virtualSchool, { id: 'y1', school, name: 'School' }, lastSecond.at, person),
      statement("update payee set supplier_reference = 'V1'"),
      ...allocated(2026, 1000_00, 0, 1),
    ])
  })
  afterAll(() => runtime.close())

  const of = (year: number) => ({ virtualSchool, fund, year: year as FinancialYear })
  const allocated = (year: number, amount: number, known: number, sequence: number) =>
    setAllocation(
      of(year),
      {
        ...{ sequence, standing: 'provisional', amount: pence(amount), rate: null, heads: null },
        ...{ source: 'a letter', at: lastSecond.at, before: pence(known) },
      },
      person,
    )
  const scope = scopeFor(person, { kind: 'council', virtualSchool, role: 'head' }, summer.at)
  const pots = async (year: number) =>
    (await potBalances(runtime.db.query, scope)).find((one) => one.year === year)?.balances

  /** Proposes and approves what a model says of a child in a run. */
  const settle = async (
    id: string,
    run: PayRun & { readonly at: Instant },
    pupil: number,
    one: PayRunChild,
    approvedBefore: number,
  ) => {
    const [proposed] = (run.term === 'spring' ? sameTerm : nextTerm).propose(one, run)
    if (!proposed?.pays) throw new Error('nothing is paid')
    const line = {
      pupil,
      part: proposed.part,
      school: proposed.school,
      amount: proposed.amount,
      why: null,
      ...proposed.of,
    }
    const known = { id, academicYear: run.academicYear, term: run.term, on: run.on, rulesFrom: run.on, rulesVersion: 1 }
    await runtime.db.commit(proposeRun(of(run.year), known, [line], run.at, person))
    const payments = [{ ...line, id: `${id}-line` }]
    await runtime.db.commit(
      approveRun(of(run.year), { id, dueOn: run.on, approvedBefore }, payments, [], run.at, person),
    )
  }

  test('approved in the last second of March it is of the old year, when it is paid in May too', async () => {
    await settle('spring', lastSecond, before, child([plan('2027-02-01')]), 0)
    expect(await pots(2026)).toMatchObject({ allocated: 500_00, approved: 500_00 })
    const [payment] = await paymentsOf(runtime.db.query, scope)
    if (!payment) throw new Error('no payment')
    // The old year is cut below what is promised before finance pays: what was approved is paid all the same.
    await runtime.db.commit(allocated(2026, 300_00, 1000_00, 2))
    await runtime.db.commit(sendToFinance([payment], 'batch', summer.at, person))
    await runtime.db.commit(
      isPaid(of(payment.year), { ...payment, events: 1 }, plainDate('2027-05-20'), summer.at, person),
    )
    expect(payment.year).toBe(2026)
    expect(await pots(2026)).toMatchObject({ allocated: -200_00, approved: 0, paid: 500_00 })
    expect(await pots(2027)).toBeUndefined()
  })

  test('a summer run takes nothing from the old year, and nothing from a new one that is not known yet', async () => {
    const other = child([plan('2027-03-20', { term: 'spring' })])
    // What is left of another year is nothing to this one.
    await runtime.db.commit(allocated(2026, 5000_00, 300_00, 3))
    await expect(settle('early', summer, after, other, 1)).rejects.toBeInstanceOf(Conflict)
    expect(await pots(2027)).toBeUndefined()
    expect(await pots(2026)).toMatchObject({ allocated: 4500_00, approved: 0, paid: 500_00 })
  })

  test('the plan of spring that the old year has paid is not paid again from the new one, whatever a run proposes', async () => {
    await runtime.db.commit(allocated(2027, 2000_00, 0, 1))
    // A run that was proposed without knowing what had been paid.
    await expect(settle('again', summer, before, child([plan('2027-02-01')]), 1)).rejects.toBeInstanceOf(Conflict)
    expect(await pots(2027)).toMatchObject({ allocated: 2000_00, approved: 0 })
    expect(await paymentsOf(runtime.db.query, scope)).toHaveLength(1)
    // The other child's has not been paid, and is: from the new year.
    await settle('late', summer, after, child([plan('2027-03-20')]), 1)
    expect(await pots(2027)).toMatchObject({ allocated: 1500_00, approved: 500_00 })
    expect(await pots(2026)).toMatchObject({ allocated: 4500_00, paid: 500_00 })
  })
})
