import { expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, plainDate } from '../../src/domain/dates.ts'
import { pence, sumOf } from '../../src/domain/funding/pence.ts'
import { openingDueDays } from '../../src/funding/pay-run.ts'
import { usualFundingRules } from '../../src/funding/rules.ts'
import { Conflict } from '../../src/store/db.ts'
import { gateOfEntitlements } from '../../src/store/gates.ts'
import { move, potBalances, potStillHolds } from '../../src/store/movements.ts'
import { approveRun, payRunsOf } from '../../src/store/pay-runs.ts'
import { isPaid, sendToFinance } from '../../src/store/payment-steps.ts'
import { paymentsOf, pupilsOfPayments } from '../../src/store/payments.ts'
import { paymentsToSettle } from '../../src/store/settlements.ts'
import { statement } from '../../src/store/statement.ts'
import { base, noon, type PayRunWorld, today } from './pay-run-world.ts'

/** What follows pay runs: when a payment is due, what holds it up, what is settled of it, and how many fit into a commit. */
export const afterPayRuns = (world: PayRunWorld) => {
  test('what is to be settled of a child who has left says of which part and since when the child was there', async () => {
    const own = await world.council([
      // A short break within a longer order, and a place that ended before this one.
      {
        care: [
          ['2025-01-01', null],
          ['2026-10-30', '2026-11-05'],
        ],
        places: [
          { at: 0, from: '2024-09-01', to: '2025-07-20' },
          { at: 0, from: '2026-09-14' },
        ],
      },
      { care: [['2026-10-12', null]] },
      {},
    ])
    const lines = await world.propose(own, base)
    await world.approve(own, await world.keep(own, lines), lines)
    await world.db.commit([
      statement("update payee set supplier_reference = 'V1' where virtual_school_number = ?", [own.number]),
    ])
    for (const payment of await paymentsOf(world.db.query, own.head)) {
      await world.db.commit(sendToFinance([payment], 'batch', noon, 1))
      await world.db.commit(isPaid(own.of, { ...payment, events: 1 }, plainDate('2026-11-20'), noon, 1))
    }
    await world.db.commit([
      statement("update care_period set last_day = '2026-11-30' where last_day is null and pupil_number in (?, ?)", [
        ...[own.pupil(0), own.pupil(1)],
      ]),
    ])
    const later = scopeFor(
      1,
      { kind: 'council', virtualSchool: own.number, role: 'head' },
      '2026-12-01T12:00:00.000Z' as Instant,
    )
    expect(await paymentsToSettle(world.db.query, later)).toMatchObject([
      { pupil: own.pupil(0), part: 'base', year: 2026, thereSince: '2026-09-14', careEndedOn: '2026-11-30' },
      { pupil: own.pupil(1), part: 'base', year: 2026, thereSince: '2026-10-12', leftOn: null },
    ])
  })

  test('a return holds up the money of a school that was asked for it, and no other', async () => {
    const own = await world.council([
      {
        places: [
          { at: 0, from: '2026-09-01' },
          { at: 1, from: '2026-09-01', status: 'S' },
        ],
      },
      { places: [{ at: 0, from: '2026-10-17' }] },
      { places: [{ at: 0, from: '2026-10-16' }] },
    ])
    const lines = await world.propose(own, { ...base, dual: 'by_days' })
    await world.approve(own, await world.keep(own, lines), lines)
    const payments = await paymentsOf(world.db.query, own.head)
    const numbers = payments.map(({ number }) => number)
    const named = new Map(
      (await pupilsOfPayments(world.db.query, own.head, numbers)).map(({ payment, number }) => [payment, number]),
    )
    const missing = async () => {
      const rows = await gateOfEntitlements(world.db.query, own.head, {
        ...{ payments: numbers, termFrom: plainDate('2026-09-01') },
      })
      return lines.map((line) => {
        const payment = payments.find((one) => named.get(one.number) === line.pupil && one.school === line.school)
        return `${line.pupil - own.pupil(0)} ${rows.get(payment?.number ?? 0)?.returnMissing}`
      })
    }
    expect(await missing()).toEqual(['0 0', '0 0', '1 0', '2 0'])
    await world.db.commit([
      statement(
        `insert into round (id, virtual_school_number, academic_year, term, as_at, cut_off, cut_off_rule, opened_at)
         values (?, ?, 2026, 'autumn', '2026-10-01', '2026-10-16', '', ?)`,
        [`round${own.number}`, own.number, noon],
      ),
    ])
    expect(await missing()).toEqual(['0 1', '0 0', '1 0', '2 1'])
    const answered = (school: number) =>
      world.db.commit([
        statement(
          `insert into answer (round_number, pupil_number, school_number, item, state, value, import_number, row_number)
           select number, ?, ?, 'full_time', 'given', 'yes', 1, 1 from round where id = ?`,
          [own.pupil(2), school, `round${own.number}`],
        ),
      ])
    // What another school answered is not what this one was asked for.
    await answered(own.schools[1])
    expect(await missing()).toEqual(['0 1', '0 0', '1 0', '2 1'])
    await answered(own.schools[0])
    expect(await missing()).toEqual(['0 1', '0 0', '1 0', '2 0'])
  })

  test('money that is kept back is moved once, however often it is sent', async () => {
    const own = await world.council([], 1_000_00)
    const slice = () =>
      world.db.commit([
        potStillHolds(own.of, 'retained', pence(0)),
        ...move(own.of, { cause: 'top_slice', from: 'allocated', to: 'retained', amount: pence(100_00) }, noon, 1),
      ])
    await slice()
    await expect(slice()).rejects.toBeInstanceOf(Conflict)
    const [pots] = await potBalances(world.db.query, own.head)
    expect(pots?.balances).toMatchObject({ allocated: 900_00, retained: 100_00 })
  })

  test('a first payment is due by its day, or so many days after care began; every other when the run says', async () => {
    const own = await world.council([{}, { care: [['2026-10-20', null]] }])
    const model = { kind: 'opening', amount: pence(200_00), by: '05-31', within: 31 } as const
    const rules = { ...usualFundingRules, model }
    const days = await openingDueDays(world.db.query, own.head, rules, { on: today, year: own.of.year })
    expect([...days.values()]).toEqual(['2026-05-31', '2026-11-20'])
    expect((await openingDueDays(world.db.query, own.head, base, { on: today, year: own.of.year })).size).toBe(0)
    const lines = await world.propose(own, rules)
    const id = await world.keep(own, lines)
    const paid = lines.flatMap((line, at) =>
      line.school === null
        ? []
        : [{ ...line, school: line.school, id: `${id}-${at}`, ...(at === 1 ? { dueOn: days.get(line.pupil) } : {}) }],
    )
    const payees = own.schools.map((school) => ({ id: `${id}-y${school}`, school, name: 'School' }))
    await world.db.commit(approveRun(own.of, { id, dueOn: today, approvedBefore: 0 }, paid, payees, noon, 1))
    const due = (await paymentsOf(world.db.query, own.head)).map(({ dueOn }) => dueOn)
    expect(due.toSorted()).toEqual([today, '2026-11-20'].toSorted())
  })

  test('1,500 children are paid for in one commit of few statements, and a second run pays nobody', async () => {
    const own = await world.council(
      Array.from({ length: 1500 }, (_, at) => ({ places: [{ at: at % 2 }] })),
      150_000_00,
    )
    const lines = await world.propose(own, base)
    expect(sumOf(lines.map(({ amount }) => amount))).toBe(150_000_00)
    const id = await world.keep(own, lines)
    const started = performance.now()
    expect(await world.approve(own, id, lines)).toBeLessThan(15)
    expect(performance.now() - started).toBeLessThan(5_000)
    const payments = await paymentsOf(world.db.query, own.head)
    expect(new Set(payments.map(({ reference }) => reference)).size).toBe(1500)
    const [pots] = await potBalances(world.db.query, own.head)
    expect(pots?.balances).toMatchObject({ allocated: 0, approved: 150_000_00 })
    const again = await world.propose(own, base)
    expect(again.every(({ why }) => why === 'already_paid')).toBe(true)
    expect(await payRunsOf(world.db.query, own.head)).toMatchObject([{ id, lines: 1500, total: 150_000_00 }])
    // A penny beyond what is allocated, and nothing of the run is there.
    const beyond = lines.map((line) => ({ ...line, part: 'flat', amount: pence(1) }))
    await expect(world.approve(own, await world.keep(own, beyond), beyond)).rejects.toBeInstanceOf(Conflict)
    expect(await paymentsOf(world.db.query, own.head)).toHaveLength(1500)
  })
}
