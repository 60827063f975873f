import { beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, plainDate } from '../../src/domain/dates.ts'
import { emptyApplication } from '../../src/domain/funding/application.ts'
import { financialYear } from '../../src/domain/funding/financial-year.ts'
import { type Pence, pence } from '../../src/domain/funding/pence.ts'
import type { PaymentState } from '../../src/domain/funding/states.ts'
import { decisionStatements } from '../../src/funding/decide.ts'
import { usualFundingRules } from '../../src/funding/rules.ts'
import { applicationHappens, beginApplication, giveReference } from '../../src/store/application-steps.ts'
import { applicationById, eventsOfApplications } from '../../src/store/applications.ts'
import { Conflict, type Db, type Statement } from '../../src/store/db.ts'
import { setAllocation } from '../../src/store/funding-rules.ts'
import { potBalances } from '../../src/store/movements.ts'
import { haveInterest } from '../../src/store/panel.ts'
import { approveRun, proposeRun } from '../../src/store/pay-runs.ts'
import { payeesOf, schoolAsPayee } from '../../src/store/payees.ts'
import {
  cancelPayment,
  isPaid,
  isReturned,
  isUsed,
  makePayment,
  passPayment,
  sendToFinance,
} from '../../src/store/payment-steps.ts'
import { paymentsOf } from '../../src/store/payments.ts'
import { statement } from '../../src/store/statement.ts'
import { reportUse } from '../../src/store/use-reports.ts'
import { verifyStore } from '../../src/store/verify.ts'

const at = '2026-11-02T12:00:00.000Z' as Instant
const day = plainDate('2026-11-02')
const fund = 'pupil_premium_plus' as const

/** What the keys, checks and triggers of money's own tables hold by themselves, on every engine, whoever writes. */
export const describeMoneyKeys = (name: string, open: () => Promise<Db>) => {
  describe(`the keys of money on ${name}`, () => {
    let db: Db
    let next = 0
    beforeAll(async () => {
      db = await open()
      await db.commit(
        [1, 2, 3].map((number) =>
          statement('insert or ignore into person (number, id, email) values (?, ?, ?)', [
            ...[number, `person${number}`, `person${number}@people.example`],
          ]),
        ),
      )
    })

    /** A council with £10,000, a school that is set up to be paid, and one child. */
    const council = async () => {
      next += 1
      const number = 700 + next
      const of = { virtualSchool: number, fund, year: financialYear(2026) }
      await db.commit([
        statement('insert into virtual_school (number, id, la_code, name, mailbox) values (?, ?, ?, ?, ?)', [
          ...[number, `vs${number}`, String(number), `Council ${number}`, `c${number}@people.example`],
        ]),
        statement('insert into school (number, id, first_urn) values (?, ?, ?)', [number, `s${number}`, `u${number}`]),
        statement('insert into pupil (number, id, virtual_school_number, child_reference) values (?, ?, ?, ?)', [
          ...[number, `p${number}`, number, 'r1'],
        ]),
        ...setAllocation(
          of,
          {
            ...{ sequence: 1, standing: 'final', amount: pence(10_000_00), rate: null, heads: null },
            ...{ source: 'a letter', at, before: pence(0) },
          },
          1,
        ),
        schoolAsPayee(number, { id: `y${number}`, school: number, name: 'School' }, at, 1),
        statement("update payee set supplier_reference = 'V1' where id = ?", [`y${number}`]),
      ])
      return { number, of, scope: scopeFor(1, { kind: 'council', virtualSchool: number, role: 'head' }, at) }
    }
    type Council = Awaited<ReturnType<typeof council>>

    const seen = async ({ scope }: Council, id: string) => {
      const application = await applicationById(db.query, scope, id)
      if (!application) throw new Error('not there')
      return { application, events: await eventsOfApplications(db.query, scope, [application.number]) }
    }
    type Seen = Awaited<ReturnType<typeof seen>>
    const asked = async (own: Council, amount: number) => {
      next += 1
      const id = `asked${next}`
      await db.commit([
        ...beginApplication(
          {
            ...{ id, virtualSchool: own.number, school: own.number, fund, kind: 'child' },
            ...{ typed: JSON.stringify(emptyApplication), pupils: [own.number] },
          },
          at,
          2,
        ),
        statement("update application set asked = ?, intervention = 'other', urgent = 1 where id = ?", [amount, id]),
        giveReference(id, own.of.year, at),
        ...applicationHappens({ id, events: 0 }, { event: 'sent' }, { state: 'waiting' }, at, 2),
      ])
      return seen(own, id)
    }
    const approve = ({ application, events }: Seen, amount: number, person = 1) =>
      decisionStatements(
        application,
        { kind: 'approve', amount: pence(amount), payee: null },
        { person, role: 'head', hasInterest: false },
        { events, rules: usualFundingRules, onAgenda: true, schoolName: 'School' },
        { said: '', note: '' },
        at,
      )
    const approved = async (own: Council, amount: number) => {
      const one = await asked(own, amount)
      await db.commit(approve(one, amount))
      const [payment] = await paymentsOf(db.query, own.scope)
      if (!payment) throw new Error('no payment')
      return { one, payment }
    }
    const conflict = (statements: readonly Statement[]) =>
      expect(db.commit(statements)).rejects.toBeInstanceOf(Conflict)

    test('nobody decides who sent the application, or works at the school that asks today', async () => {
      const own = await council()
      const one = await asked(own, 100_00)
      await conflict(approve(one, 100_00, 2))
      const works = (first: string, last: string | null) =>
        statement(
          `insert into appointment (person_number, role, virtual_school_number, school_number, first_day, last_day, import_number, row_number)
           values (3, 'deputy', ?, ?, ?, ?, 0, 0)`,
          [own.number, own.number, first, last],
        )
      await db.commit([works('2026-09-01', null)])
      await conflict(approve(one, 100_00, 3))
      await db.commit([statement('delete from appointment where school_number = ?', [own.number])])
      await db.commit([works('2025-09-01', '2026-11-01')])
      await db.commit(approve(one, 100_00, 3))
    })

    test.each([
      ['movement', 'insert or replace into movement select * from movement where 1'],
      [
        'movement',
        'replace into movement select number, virtual_school_number, fund, year, pupil_number, from_pot, to_pot, 1, cause, application_number, payment_number, at, by_person from movement',
      ],
      ['application_event', 'insert or replace into application_event select * from application_event where 1'],
      ['payment_event', 'insert or replace into payment_event select * from payment_event where 1'],
      ['payment', 'insert or replace into payment select * from payment where 1'],
      ['payment', 'update payment set amount = amount + 1'],
      ['payment', 'update payment set payee_number = payee_number'],
      ['payment', 'delete from payment'],
      ['allocation', 'update allocation set amount = 1'],
      ['allocation', 'delete from allocation'],
      ['application_conflict', 'delete from application_conflict'],
      ['application_conflict', "update application_conflict set said = ''"],
      ['use_report', 'update use_report set spent = 1'],
      ['use_report', 'delete from use_report'],
    ])('what is in %s stays as it is: %s', async (table, sql) => {
      const own = await council()
      const { one, payment } = await approved(own, 100_00)
      await db.commit([
        haveInterest(one.application.number, 3, 'a cousin', at),
        ...sendToFinance([payment], 'batch', at, 1),
        reportUse(
          `use${own.number}`,
          one.application.id,
          { ...{ sequence: 1, spent: pence(1), hoursGiven: null, outcome: 'met', measured: '', said: '' }, at },
          2,
        ),
      ])
      const rows = () => db.query.read(`select * from ${table}`, [])
      const before = await rows()
      await expect(db.commit([statement(sql)])).rejects.toThrow()
      expect(await rows()).toEqual(before)
    })

    test('to £2,000.00 one person approves; a penny more is only promised until a second agrees', async () => {
      const own = await council()
      const [one, two] = [await asked(own, 2000_00), await asked(own, 2000_01)]
      await db.commit(approve(one, 2000_00))
      await db.commit(approve(two, 2000_01))
      expect((await seen(own, one.application.id)).application).toMatchObject({ state: 'approved', agreed: 2000_00 })
      const promised = await seen(own, two.application.id)
      expect(promised.application).toMatchObject({ state: 'second', agreed: null, year: 2026 })
      expect(await paymentsOf(db.query, own.scope)).toHaveLength(1)
      await db.commit(approve(promised, 2000_01, 3))
      expect((await seen(own, two.application.id)).application).toMatchObject({ state: 'approved', agreed: 2000_01 })
      const [{ balances } = { balances: undefined }] = await potBalances(db.query, own.scope)
      expect(balances).toMatchObject({ allocated: 5999_99, committed: 0, approved: 4000_01 })
    })

    test('who says an interest after the page was opened is told, and nothing of the decision is there', async () => {
      const own = await council()
      const one = await asked(own, 400_00)
      await db.commit([haveInterest(one.application.number, 3, 'a cousin', at)])
      await conflict(approve(one, 400_00, 3))
      expect((await seen(own, one.application.id)).events).toHaveLength(1)
      expect(await paymentsOf(db.query, own.scope)).toEqual([])
      const moved = await db.query
        .selectFrom('movement')
        .select('cause')
        .where('virtual_school_number', '=', own.number)
        .execute()
      expect(moved.map(({ cause }) => cause)).toEqual(['allocation'])
      await db.commit(approve(one, 400_00, 1))
    })

    test('an application has one payment that is not cancelled, even where nothing else holds it', async () => {
      const own = await council()
      const { one } = await approved(own, 300_00)
      const again = () =>
        makePayment(
          own.of,
          {
            ...{ id: `again${own.number}`, school: own.number, payee: null, amount: pence(1_00), dueOn: day },
            for: { kind: 'application', application: one.application.id },
          },
          at,
          1,
        )
      await conflict([again()])
      await db.commit([
        statement("update payment set state = 'cancelled' where virtual_school_number = ?", [own.number]),
        again(),
      ])
      await conflict([statement("update payment set state = 'approved' where virtual_school_number = ?", [own.number])])
    })

    test('a part for a child and term has one payment by entitlement; another part or term has its own', async () => {
      const own = await council()
      const run = async (id: string, part: string, term: 'autumn' | 'spring', approvedBefore: number) => {
        const line = {
          ...{ pupil: own.number, part, school: own.number, academicYear: 2026, term, amount: pence(10_00), why: null },
          id: `${id}-line`,
        }
        const of = { id, academicYear: 2026, term, on: day, rulesFrom: day, rulesVersion: 1 }
        await db.commit(proposeRun(own.of, of, [line], at, 1))
        return approveRun(own.of, { id, dueOn: day, approvedBefore }, [line], [], at, 1)
      }
      const id = (at: string) => `run${own.number}${at}`
      await db.commit(await run(id('a'), 'base', 'autumn', 0))
      await conflict(await run(id('b'), 'base', 'autumn', 1))
      await db.commit(await run(id('c'), 'plan', 'autumn', 1))
      await db.commit(await run(id('d'), 'base', 'spring', 2))
      // What was cancelled may be paid after all.
      await db.commit([statement("update payment set state = 'cancelled' where id = ?", [`${id('a')}-line`])])
      await db.commit(await run(id('e'), 'base', 'autumn', 3))
    })

    test('a payment is paid once and its steps have one order, whoever is sent twice', async () => {
      const own = await council()
      const { payment } = await approved(own, 300_00)
      await db.commit(sendToFinance([payment], 'batch', at, 1))
      const sent = { ...payment, events: 1 }
      await conflict(sendToFinance([payment], 'batch', at, 1))
      await conflict(isPaid(payment, { ...payment, events: 0 }, day, at, 1))
      await db.commit(isPaid(payment, sent, day, at, 1))
      // Not even with a number that is free.
      await conflict(isPaid(payment, { ...payment, events: 2 }, day, at, 1))
      // What else is paid is not its to give back.
      const other = await approved(own, 300_00)
      await db.commit(sendToFinance([other.payment], 'batch', at, 1))
      await db.commit(isPaid(other.payment, { ...other.payment, events: 1 }, day, at, 1))
      await conflict(isReturned(payment, { ...payment, events: 2 }, pence(300_01), day, 'moved', at, 1))
      await db.commit(isReturned(payment, { ...payment, events: 2 }, pence(200_00), day, 'moved', at, 1))
      await conflict(isReturned(payment, { ...payment, events: 3 }, pence(100_01), day, 'moved', at, 1))
      await db.commit(isReturned(payment, { ...payment, events: 3 }, pence(100_00), day, 'moved', at, 1))
    })

    /** A payment by entitlement that has come to a state, with the number of what happened to it. */
    const entitled = async (state: PaymentState) => {
      const own = await council()
      const [run, id] = [`run${own.number}`, `line${own.number}`]
      const line = {
        ...{ pupil: own.number, part: 'base', school: own.number, academicYear: 2026, term: 'autumn' as const },
        ...{ amount: pence(10_00), why: null, id },
      }
      const of = { id: run, academicYear: 2026, term: line.term, on: day, rulesFrom: day, rulesVersion: 1 }
      await db.commit(proposeRun(own.of, of, [line], at, 1))
      await db.commit(approveRun(own.of, { id: run, dueOn: day, approvedBefore: 0 }, [line], [], at, 1))
      const step = (events: number) => ({ id, events, amount: line.amount })
      const before = {
        approved: [],
        with_finance: sendToFinance([step(0)], 'batch', at, 1),
        paid: [...sendToFinance([step(0)], 'batch', at, 1), ...isPaid(own.of, step(1), day, at, 1)],
        cancelled: cancelPayment(own.of, step(0), 'why', at, 1),
      }[state]
      if (before.length > 0) await db.commit(before)
      return { own, step: step({ approved: 0, with_finance: 1, paid: 2, cancelled: 1 }[state]) }
    }
    type Of = Council['of']
    type Step = { readonly id: string; readonly events: number; readonly amount: Pence }
    const steps = {
      sent: (_: Of, step: Step) => sendToFinance([step], 'batch', at, 1),
      paid: (of: Of, step: Step) => isPaid(of, step, day, at, 1),
      returned: (of: Of, step: Step) => isReturned(of, step, pence(1_00), day, 'moved', at, 1),
      cancelled: (of: Of, step: Step) => cancelPayment(of, step, 'why', at, 1),
      passed: (_: Of, step: Step) => passPayment(step, 'why', at, 1),
      used: (_: Of, step: Step) => isUsed(step, at, 1),
    }
    test.each([
      ['approved', ['sent', 'cancelled', 'passed']],
      ['with_finance', ['paid', 'cancelled']],
      ['paid', ['returned', 'used']],
      ['cancelled', []],
    ] as const)('a payment that is %s goes on by these steps alone, whatever its caller thinks: %s', async (state, good) => {
      const { own, step } = await entitled(state)
      const all = Object.keys(steps) as (keyof typeof steps)[]
      for (const name of all.filter((one) => !good.some((other) => other === one)))
        await conflict(steps[name](own.of, step))
      const [payment] = await paymentsOf(db.query, own.scope)
      expect(payment).toMatchObject({ state, events: step.events })
      // Another of the council is approved: what is taken from the pot by mistake would be its money.
      await approved(own, 300_00)
      for (const name of all.filter((one) => !good.some((other) => other === one)))
        await conflict(steps[name](own.of, step))
      for (const name of good) {
        const again = await entitled(state)
        await db.commit(steps[name](again.own.of, again.step))
      }
    })

    test('money moves for a payment by its very amount, out of its own fund and year', async () => {
      const { own, step } = await entitled('with_finance')
      await approved(own, 300_00)
      for (const wrong of [isPaid, (of: Of, one: Step) => cancelPayment(of, one, 'why', at, 1)] as const) {
        const of = (more: object, one: Step) => wrong({ ...own.of, ...more }, one, day, at, 1)
        await conflict(of({}, { ...step, amount: pence(9_99) }))
        await conflict(of({}, { ...step, amount: pence(10_01) }))
        await conflict(of({ year: financialYear(2025) }, step))
        await conflict(of({ fund: 'post_16_premium' }, step))
      }
      await db.commit(isPaid(own.of, step, day, at, 1))
    })

    test('nothing that happened and no movement is written over by another in its place', async () => {
      const { own } = await entitled('paid')
      const rows = async () => [
        ...(await db.query.selectFrom('movement').selectAll().orderBy('number').execute()),
        ...(await db.query.selectFrom('payment_event').selectAll().orderBy('payment_number').execute()),
        ...(await db.query.selectFrom('application_event').selectAll().orderBy('application_number').execute()),
      ]
      await approved(own, 300_00)
      const before = await rows()
      const of = (from: string) =>
        `from ${from} where payment_number in (select number from payment where virtual_school_number = ${own.number})`
      for (const sql of [
        `insert or replace into movement (number, virtual_school_number, fund, year, from_pot, to_pot, amount, cause, at)
         select number, virtual_school_number, fund, year, from_pot, to_pot, 1, cause, at ${of('movement')}`,
        `insert or replace into payment_event (payment_number, sequence, event, at, amount, note)
         select payment_number, sequence, event, at, 1, 'other' ${of('payment_event')}`,
        `insert or replace into payment_event (payment_number, sequence, event, at, amount, note)
         select payment_number, sequence + 7, event, at, 1, 'other' ${of('payment_event')} and event = 'paid'`,
        `insert or replace into application_event (application_number, sequence, event, at, said, note)
         select application_number, sequence, 'declined', at, 'other', '' from application_event`,
      ])
        await conflict([statement(sql)])
      expect(await rows()).toEqual(before)
      expect((await verifyStore(db.query)).current.get('pot_balance')).toBe(0)
    })

    test('finance is sent nothing whose payee is not set up', async () => {
      const own = await council()
      const { payment } = await approved(own, 300_00)
      await db.commit([statement("update payee set supplier_reference = '' where id = ?", [`y${own.number}`])])
      await conflict(sendToFinance([payment], 'batch', at, 1))
      expect((await paymentsOf(db.query, own.scope))[0]).toMatchObject({ state: 'approved', events: 0 })
    })

    test('a school is one payee in a council, whoever adds it first, and another council has its own', async () => {
      const [own, other] = [await council(), await council()]
      const add = (number: number, id: string, name: string) =>
        schoolAsPayee(number, { id, school: own.number, name }, at, 2)
      await Promise.all(['b', 'c', 'd'].map((id) => db.commit([add(own.number, `${id}${own.number}`, 'Another name')])))
      const known = await payeesOf(db.query, own.scope)
      expect(known).toMatchObject([{ id: `y${own.number}`, name: 'School', supplierReference: 'V1' }])
      await db.commit([add(other.number, `e${other.number}`, 'School')])
      expect(await payeesOf(db.query, other.scope)).toHaveLength(2)
    })

    test('pots follow the movements by themselves, and a pot that does not is found', async () => {
      const own = await council()
      await approved(own, 300_00)
      const [row] = await potBalances(db.query, own.scope)
      expect(row?.balances).toMatchObject({ grant: -10_000_00, allocated: 9700_00, approved: 300_00 })
      const wrong = async () => (await verifyStore(db.query)).current.get('pot_balance')
      expect(await wrong()).toBe(0)
      const change = (by: number) =>
        statement(
          `update pot_balance set amount = amount + cast(? as integer) where virtual_school_number = ? and pot = 'approved'`,
          [by, own.number],
        )
      await db.commit([change(1)])
      expect(await wrong()).toBeGreaterThan(0)
      await db.commit([change(-1)])
      expect(await wrong()).toBe(0)
    })

    test.each([
      ['to the pot it leaves', 'allocated', 'allocated', 5],
      ['of nothing', 'allocated', 'approved', 0],
      ['of less than nothing', 'allocated', 'approved', -5],
      ['of part of a penny', 'allocated', 'approved', 0.5],
    ])('no movement %s', async (_, from, to, amount) => {
      const own = await council()
      await expect(
        db.commit([
          statement(
            `insert into movement (virtual_school_number, fund, year, from_pot, to_pot, amount, cause, at)
             values (?, ?, 2026, ?, ?, ?, 'approval', ?)`,
            [own.number, fund, from, to, amount, at],
          ),
        ]),
      ).rejects.toThrow()
      expect((await verifyStore(db.query)).current.get('pot_balance')).toBe(0)
    })
  })
}
