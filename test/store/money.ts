import { beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, plainDate, todayInLondon } from '../../src/domain/dates.ts'
import { emptyApplication } from '../../src/domain/funding/application.ts'
import { type FinancialYear, financialYearAt } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { decisionStatements, undoStatements } from '../../src/funding/decide.ts'
import { usualFundingRules } from '../../src/funding/rules.ts'
import { applicationHappens, beginApplication, giveReference } from '../../src/store/application-steps.ts'
import { applicationById, eventsOfApplications } from '../../src/store/applications.ts'
import { Conflict, type Db } from '../../src/store/db.ts'
import { setAllocation } from '../../src/store/funding-rules.ts'
import { gateOfEntitlements } from '../../src/store/gates.ts'
import { move, potBalances } from '../../src/store/movements.ts'
import { approveRun, proposeRun, type RunPayment } from '../../src/store/pay-runs.ts'
import { schoolAsPayee } from '../../src/store/payees.ts'
import {
  arePaid,
  isPaid,
  isReturned,
  isUsed,
  type PaidByFinance,
  passPayment,
  sendToFinance,
} from '../../src/store/payment-steps.ts'
import { paymentsOf } from '../../src/store/payments.ts'
import { statement } from '../../src/store/statement.ts'
import { reportedPayments, reportUseOfPayment, usesOfPayments } from '../../src/store/use-reports.ts'

const fund = 'pupil_premium_plus' as const

/** What money must be on every engine: once, whole, never beyond the allocation, and of the right financial year. */
export const describeMoney = (name: string, open: () => Promise<Db>) => {
  describe(`money on ${name}`, () => {
    let db: Db
    let next = 0
    beforeAll(async () => {
      db = await open()
      await db.commit(
        [1, 2, 3].map((number) =>
          statement('insert into person (number, id, email) values (?, ?, ?)', [
            ...[number, `person${number}`, `person${number}@people.example`],
          ]),
        ),
      )
    })

    /** A council with a school, two children and an allocation for a financial year. */
    const council = async (given: number, at: Instant) => {
      next += 1
      const number = 500 + next
      const of = { virtualSchool: number, fund, year: financialYearAt(at) }
      await db.commit([
        statement('insert into virtual_school (number, id, la_code, name, mailbox) values (?, ?, ?, ?, ?)', [
          ...[number, `vs${number}`, String(number), `Council ${number}`, `c${number}@people.example`],
        ]),
        statement('insert into school (number, id, first_urn) values (?, ?, ?)', [number, `s${number}`, `u${number}`]),
        ...[1, 2].map((child) =>
          statement('insert into pupil (number, id, virtual_school_number, child_reference) values (?, ?, ?, ?)', [
            ...[number * 10 + child, `p${number}-${child}`, number, `r${child}`],
          ]),
        ),
        ...setAllocation(
          of,
          {
            ...{
              sequence: 1,
              standing: 'provisional',
              amount: pence(given),
              rate: null,
              heads: null,
              source: 'a letter',
            },
            ...{ at, before: pence(0) },
          },
          1,
        ),
        schoolAsPayee(number, { id: `y${number}`, school: number, name: 'School' }, at, 1),
        statement("update payee set supplier_reference = 'V1' where id = ?", [`y${number}`]),
      ])
      return { number, of, scope: scopeFor(1, { kind: 'council', virtualSchool: number, role: 'head' }, at) }
    }
    type Council = Awaited<ReturnType<typeof council>>

    const asked = async ({ number, scope }: Council, amount: number, at: Instant) => {
      next += 1
      const id = `application${next}`
      await db.commit([
        ...beginApplication(
          {
            ...{ id, virtualSchool: number, school: number, fund, kind: 'child' },
            ...{ typed: JSON.stringify(emptyApplication), pupils: [number * 10 + 1] },
          },
          at,
          2,
        ),
        statement("update application set asked = ?, intervention = 'other', urgent = 1 where id = ?", [amount, id]),
        giveReference(id, financialYearAt(at), at),
        ...applicationHappens({ id, events: 0 }, { event: 'sent' }, { state: 'waiting' }, at, 2),
      ])
      return seen(scope, id)
    }
    const seen = async (scope: Council['scope'], id: string) => {
      const application = await applicationById(db.query, scope, id)
      if (!application) throw new Error('not there')
      return { application, events: await eventsOfApplications(db.query, scope, [application.number]) }
    }
    type Seen = Awaited<ReturnType<typeof seen>>
    const approve = ({ application, events }: Seen, amount: number, person: number, at: Instant) =>
      decisionStatements(
        application,
        { kind: 'approve', amount: pence(amount), payee: null },
        { person, role: 'head', hasInterest: false },
        { events, rules: usualFundingRules, onAgenda: true, schoolName: 'School' },
        { said: '', note: '' },
        at,
      )
    const pot = async ({ scope }: Council, year?: FinancialYear) =>
      (await potBalances(db.query, scope)).find((one) => year === undefined || one.year === year)?.balances

    const noon = '2026-11-02T12:00:00.000Z' as Instant

    test('of a hundred approvals of the same application at once one wins, and 99 are told', async () => {
      const own = await council(100_000_00, noon)
      const one = await asked(own, 400_00, noon)
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, (_, at) => db.commit(approve(one, 400_00, 1 + (at % 3), noon))),
      )
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const told = results.filter((result) => result.status === 'rejected' && result.reason instanceof Conflict)
      expect(told).toHaveLength(99)
      expect(await pot(own)).toMatchObject({ allocated: 99_600_00, approved: 400_00 })
      expect(await paymentsOf(db.query, own.scope)).toHaveLength(1)
    })

    test('of many applications at once only those are approved that the allocation reaches', async () => {
      const own = await council(1_000_00, noon)
      const many = await Promise.all(Array.from({ length: 8 }, () => asked(own, 300_00, noon)))
      const results = await Promise.allSettled(many.map((one) => db.commit(approve(one, 300_00, 1, noon))))
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
      expect(await pot(own)).toMatchObject({ allocated: 100_00, approved: 900_00 })
    })

    test('an allocation cut below what is approved is there to see; nothing more is approved, what was is paid', async () => {
      const own = await council(1_000_00, noon)
      const [first, second] = [await asked(own, 400_00, noon), await asked(own, 100_00, noon)]
      await db.commit(approve(first, 400_00, 1, noon))
      const cut = (amount: number, before: number, sequence: number) =>
        setAllocation(
          own.of,
          {
            ...{ sequence, standing: 'final', amount: pence(amount), rate: null, heads: null, source: 'a letter' },
            ...{ at: noon, before: pence(before) },
          },
          1,
        )
      await db.commit(cut(300_00, 1_000_00, 2))
      expect(await pot(own)).toMatchObject({ allocated: -100_00, approved: 400_00 })
      await expect(db.commit(approve(second, 100_00, 1, noon))).rejects.toBeInstanceOf(Conflict)
      // Whoever says it from what was known before is told.
      await expect(db.commit(cut(900_00, 1_000_00, 3))).rejects.toBeInstanceOf(Conflict)
      const [payment] = await paymentsOf(db.query, own.scope)
      if (!payment) throw new Error('no payment')
      await db.commit(sendToFinance([payment], 'batch', noon, 1))
      await db.commit(isPaid(payment, { ...payment, events: 1 }, todayInLondon(noon), noon, 1))
      expect(await pot(own)).toMatchObject({ allocated: -100_00, approved: 0, paid: 400_00 })
      await db.commit(cut(600_00, 300_00, 3))
      await db.commit(approve(second, 100_00, 1, noon))
      expect(await pot(own)).toMatchObject({ allocated: 100_00, approved: 100_00 })
    })

    test('a payment that was approved is taken back, and its application approved anew, never twice', async () => {
      const own = await council(1_000_00, noon)
      const one = await asked(own, 250_00, noon)
      await db.commit(approve(one, 250_00, 1, noon))
      const [payment] = await paymentsOf(db.query, own.scope)
      if (!payment) throw new Error('no payment')
      const approved = await seen(own.scope, one.application.id)
      await db.commit(undoStatements(approved.application, payment, 'By mistake', noon, 1))
      expect(await pot(own)).toMatchObject({ allocated: 1_000_00, approved: 0 })
      const again = await seen(own.scope, one.application.id)
      expect(again.application.state).toBe('waiting')
      await db.commit(approve(again, 200_00, 3, noon))
      expect((await paymentsOf(db.query, own.scope)).map(({ state }) => state).sort()).toEqual([
        'approved',
        'cancelled',
      ])
    })

    test.each([
      ['the last second of 31 March in London, which is summer time', '2026-03-31T22:59:59.000Z', 2025],
      ['the first second of 1 April', '2026-03-31T23:00:00.000Z', 2026],
      ['the last second of 31 March before summer time begins', '2024-03-31T22:59:59.000Z', 2023],
      ['29 February', '2028-02-29T12:00:00.000Z', 2027],
    ] as const)('%s: the money is of the year it was then in London', async (_, moment, year) => {
      const at = moment as Instant
      const own = await council(500_00, at)
      await db.commit(approve(await asked(own, 100_00, at), 100_00, 1, at))
      const [payment] = await paymentsOf(db.query, own.scope)
      expect(payment?.year).toBe(year)
      expect((await pot(own, year as FinancialYear))?.approved).toBe(100_00)
    })

    test('what was agreed by one of two in March is of that year when the second agrees in April', async () => {
      const march = '2026-03-31T22:00:00.000Z' as Instant
      const april = '2026-04-01T09:00:00.000Z' as Instant
      const own = await council(5_000_00, march)
      const one = await asked(own, 2_500_00, march)
      await db.commit(approve(one, 2_500_00, 1, march))
      const second = await seen(own.scope, one.application.id)
      expect(second.application.state).toBe('second')
      await db.commit(approve(second, 2_500_00, 3, april))
      expect(await pot(own, 2025 as FinancialYear)).toMatchObject({ committed: 0, approved: 2_500_00 })
      const [payment] = await paymentsOf(db.query, own.scope)
      if (!payment) throw new Error('no payment')
      // Paid in summer across 31 March: from the year that promised it.
      await db.commit(sendToFinance([payment], 'batch', april, 1))
      await db.commit(isPaid(payment, { ...payment, events: 1 }, plainDate('2026-05-20'), april, 1))
      expect(await pot(own, 2025 as FinancialYear)).toMatchObject({ approved: 0, paid: 2_500_00 })
    })

    test('the same part for a child and term is paid by one run only, and a run beyond the allocation is nothing', async () => {
      const own = await council(300_00, noon)
      const lines = (amount: number, term: 'autumn' | 'spring') =>
        [1, 2].map((child) => ({
          ...{ pupil: own.number * 10 + child, part: 'base', school: own.number, academicYear: 2026, term },
          ...{ amount: pence(amount), why: null, id: `line${own.number}-${child}-${amount}-${term}` },
        }))
      const day = plainDate('2026-11-02')
      const runs = async (id: string, amount: number, term: 'autumn' | 'spring', approvedBefore: number) => {
        const rows = lines(amount, term)
        const run = { id, academicYear: 2026, term, on: day, rulesFrom: day, rulesVersion: 1 }
        await db.commit(proposeRun(own.of, run, rows, noon, 1))
        return db.commit(approveRun(own.of, { id, dueOn: day, approvedBefore }, rows, [], noon, 1))
      }
      await runs('run1', 100_00, 'autumn', 0)
      expect(await pot(own)).toMatchObject({ allocated: 100_00, approved: 200_00 })
      await expect(runs('run2', 10_00, 'autumn', 1)).rejects.toBeInstanceOf(Conflict)
      await expect(runs('run3', 100_00, 'spring', 1)).rejects.toBeInstanceOf(Conflict)
      await expect(runs('run4', 10_00, 'spring', 0)).rejects.toBeInstanceOf(Conflict)
      await runs('run5', 10_00, 'spring', 1)
      expect(await pot(own)).toMatchObject({ allocated: 80_00, approved: 220_00 })
      const references = (await paymentsOf(db.query, own.scope)).map(({ reference }) => reference)
      expect(new Set(references).size).toBe(4)
    })

    test('a payment by entitlement waits for the use of the one before; it is let pass once, and its use reported once', async () => {
      const own = await council(300_00, noon)
      const day = plainDate('2026-11-02')
      const pupil = own.number * 10 + 1
      const pay = async (term: 'autumn' | 'spring' | 'summer', approvedBefore: number) => {
        const [id, run] = [`${term}${own.number}`, `run${term}${own.number}`]
        const line = {
          ...{ pupil, part: 'base', school: own.number, academicYear: 2026, term, amount: pence(100_00), why: null },
        }
        const made = { id: run, academicYear: 2026, term, on: day, rulesFrom: day, rulesVersion: 1 }
        await db.commit(proposeRun(own.of, made, [line], noon, 1))
        await db.commit(approveRun(own.of, { id: run, dueOn: day, approvedBefore }, [{ ...line, id }], [], noon, 1))
        const payment = (await paymentsOf(db.query, own.scope)).find((one) => one.id === id)
        if (!payment) throw new Error('no payment')
        return payment
      }
      const first = await pay('autumn', 0)
      const second = await pay('spring', 1)
      const waitsFor = async (termFrom = '2027-01-05') => {
        const given = { payments: [second.number], termFrom: plainDate(termFrom) }
        return (await gateOfEntitlements(db.query, own.scope, given)).get(second.number)
      }
      const use = {
        sequence: 1,
        spent: pence(90_00),
        hoursGiven: null,
        outcome: 'met',
        measured: '',
        said: '',
      } as const
      const report = (id: string, step: { id: string; events: number }) =>
        db.commit([reportUseOfPayment(id, step.id, { ...use, at: noon }, 2), ...isUsed(step, noon, 2)])
      const step = (events: number) => ({ id: first.id, events })

      await expect(report('u0', step(0))).rejects.toBeInstanceOf(Conflict)
      expect(await waitsFor()).toMatchObject({ useMissing: 0, passed: 0, newToCare: 0 })
      await db.commit([
        ...sendToFinance([first], 'batch', noon, 1),
        ...isPaid(first, { ...first, events: 1 }, day, noon, 1),
      ])
      expect(await waitsFor()).toMatchObject({ useMissing: 1 })
      expect(await waitsFor('2026-11-02')).toMatchObject({ useMissing: 0 })
      await expect(db.commit(passPayment(step(2), 'why', noon, 1))).rejects.toBeInstanceOf(Conflict)

      const reports = await Promise.allSettled(['u1', 'u2', 'u3'].map((id) => report(id, step(2))))
      expect(reports.filter(({ status }) => status === 'fulfilled').length).toBe(1)
      const again = reportUseOfPayment('u4', first.id, { ...use, at: noon }, 2)
      await expect(db.commit([again])).rejects.toBeInstanceOf(Conflict)
      expect(await waitsFor()).toMatchObject({ useMissing: 0 })
      expect([...(await reportedPayments(db.query, own.scope))]).toEqual([first.number])
      expect((await usesOfPayments(db.query, own.scope, [first.number])).map(({ spent }) => spent)).toEqual([90_00])

      // What has all come back has no use to report.
      const third = await pay('summer', 2)
      await db.commit([
        ...sendToFinance([third], 'batch', noon, 1),
        ...isPaid(third, { ...third, events: 1 }, day, noon, 1),
      ])
      expect(await waitsFor()).toMatchObject({ useMissing: 1 })
      await db.commit(isReturned(third, { ...third, events: 2 }, pence(99_99), day, 'moved', noon, 1))
      expect(await waitsFor()).toMatchObject({ useMissing: 1 })
      await db.commit(isReturned(third, { ...third, events: 3 }, pence(1), day, 'moved', noon, 1))
      expect(await waitsFor()).toMatchObject({ useMissing: 0 })

      const passes = await Promise.allSettled(
        [1, 3].map((person) => db.commit(passPayment({ id: second.id, events: 0 }, 'why', noon, person))),
      )
      expect(passes.filter(({ status }) => status === 'fulfilled').length).toBe(1)
      expect(await waitsFor()).toMatchObject({ passed: 1, newToCare: 0 })
      await db.commit([
        statement('insert into care_period (pupil_number, first_day, import_number, row_number) values (?, ?, 0, 0)', [
          ...[pupil, '2027-01-05'],
        ]),
      ])
      expect(await waitsFor()).toMatchObject({ newToCare: 1 })
      expect(await waitsFor('2027-01-06')).toMatchObject({ newToCare: 0 })
    })

    test('a file of 300 payments is one commit of few statements; where one has changed since, none of them is paid', async () => {
      const own = await council(300_00, noon)
      const day = plainDate('2026-11-02')
      const lines = Array.from({ length: 300 }, (_, at) => ({
        ...{ pupil: own.number * 10 + 1, part: `base ${at}`, school: own.number, academicYear: 2026, term: 'autumn' },
        ...{ amount: pence(1_00), why: null, id: `file${own.number}-${at}` },
      })) satisfies readonly RunPayment[]
      const run = { id: `file${own.number}`, academicYear: 2026, term: 'autumn', on: day } as const
      await db.commit(proposeRun(own.of, { ...run, rulesFrom: day, rulesVersion: 1 }, lines, noon, 1))
      await db.commit(approveRun(own.of, { id: run.id, dueOn: day, approvedBefore: 0 }, lines, [], noon, 1))
      const approved = await paymentsOf(db.query, own.scope)
      const [some] = approved
      if (!some) throw new Error('no payment')
      const setUp = (reference: string) =>
        db.commit([
          statement('update payee set supplier_reference = ? where virtual_school_number = ?', [reference, own.number]),
        ])
      await setUp('')
      await expect(db.commit(sendToFinance(approved, 'batch', noon, 1))).rejects.toBeInstanceOf(Conflict)
      await setUp('V1')
      for (const wrong of [
        approved.map((one, at) => (at === 150 ? { ...one, events: 1 } : one)),
        approved.map((one, at) => (at === 150 ? { ...one, id: 'nobody' } : one)),
        [some, some],
      ])
        await expect(db.commit(sendToFinance(wrong, 'batch', noon, 1))).rejects.toBeInstanceOf(Conflict)
      const sent = sendToFinance(approved, 'batch', noon, 1)
      expect(sent.length).toBeLessThan(10)
      await db.commit(sent)
      await expect(db.commit(sent)).rejects.toBeInstanceOf(Conflict)
      const payments = (await paymentsOf(db.query, own.scope)).map((one) => ({ ...one, day }))
      const changed = (more: Partial<PaidByFinance>) =>
        payments.map((one, at) => (at === 150 ? { ...one, ...more } : one))
      const [first] = payments
      if (!first) throw new Error('no payment')
      for (const wrong of [
        arePaid(own.number, changed({ events: 2 }), noon, 1),
        arePaid(own.number, changed({ amount: pence(2_00) }), noon, 1),
        arePaid(own.number, changed({ id: 'nobody' }), noon, 1),
        arePaid(own.number, [first, first], noon, 1),
        arePaid(own.number - 1, payments, noon, 1),
      ])
        await expect(db.commit(wrong)).rejects.toBeInstanceOf(Conflict)
      expect(await pot(own)).toMatchObject({ approved: 300_00, paid: 0 })
      const paid = arePaid(own.number, payments, noon, 1)
      expect(paid.length).toBeLessThan(10)
      await db.commit(paid)
      expect(await pot(own)).toMatchObject({ approved: 0, paid: 300_00 })
      const now = await paymentsOf(db.query, own.scope)
      expect(now.every(({ state, events, paidOn }) => state === 'paid' && events === 2 && paidOn === day)).toBe(true)
      await expect(db.commit(paid)).rejects.toBeInstanceOf(Conflict)
    })

    test.each([
      ['movement', 'update movement set amount = 1'],
      ['movement', 'delete from movement'],
      ['application_event', "update application_event set said = ''"],
      ['application_event', 'delete from application_event'],
      ['payment_event', 'update payment_event set amount = 1'],
      ['payment_event', 'delete from payment_event'],
    ])('a line of %s is never changed or removed: %s', async (_, sql) => {
      await expect(db.commit([statement(sql)])).rejects.toThrow(/never/)
    })

    test('money goes only the ways there are', async () => {
      const own = await council(100_00, noon)
      expect(() =>
        move(own.of, { cause: 'payment', from: 'allocated', to: 'paid', amount: pence(1) }, noon, 1),
      ).toThrow()
      const free = move(
        own.of,
        { cause: 'top_slice', from: 'allocated', to: 'retained', amount: pence(100_01) },
        noon,
        1,
      )
      await expect(db.commit(free)).rejects.toBeInstanceOf(Conflict)
    })
  })
}
