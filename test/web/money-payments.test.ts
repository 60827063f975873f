import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainDate } from '../../src/domain/dates.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { proposeRun } from '../../src/store/pay-runs.ts'
import { addPayee, schoolAsPayee } from '../../src/store/payees.ts'
import { makePayment } from '../../src/store/payment-steps.ts'
import { statement } from '../../src/store/statement.ts'
import { decideWords, paymentWords } from '../../templates/words/en/funding.ts'
import { settleWords } from '../../templates/words/en/radar.ts'
import { moneyWorld } from './money-world.ts'

let world: Awaited<ReturnType<typeof moneyWorld>>
beforeAll(async () => {
  world = await moneyWorld()
}, 60_000)
afterAll(async () => world.runtime.close())

const only = async (id: string) => {
  const [payment] = await world.paymentsFor(id)
  if (!payment) throw new Error('no payment')
  return payment
}

/** An application that an officer agreed to, whose payment is with finance. */
const withFinance = async (amount = 400_00) => {
  const { as, asked, decide, runtime } = world
  const id = await asked(amount)
  expect((await decide('officer', 'officer', id, { amount: String(amount / 100) })).status).toBe(303)
  await runtime.db.query.selectFrom('payee').select('id').executeTakeFirstOrThrow()
  const finance = await as('finance', 'finance')
  const { id: payee } = await runtime.db.query
    .selectFrom('payee')
    .select('id')
    .where('number', '=', (await only(id)).payee_number)
    .executeTakeFirstOrThrow()
  const said = { name: 'Small Bridge School', route: 'bacs', supplier: 'V100', costCode: 'C1' }
  await finance.post(`/funding/payees/${payee}`, said)
  expect((await finance.post('/funding/payments/send', { payment: (await only(id)).id })).status).toBe(303)
  expect((await only(id)).state).toBe('with_finance')
  return { id, finance, payee, payment: await only(id) }
}

const undo = async (id: string, undoWhy: string) =>
  (await world.as('head', 'head')).post(`/funding/applications/${id}/undo`, {
    ...{ undoWhy, seen: String((await world.applicationRow(id)).events) },
  })

const paidFile = async (lines: readonly string[]) => {
  const finance = await world.as('finance', 'finance')
  const text = ['Reference,Amount,Paid on', ...lines, ''].join('\n')
  return finance.upload('paid.csv', new TextEncoder().encode(text), '/funding/payments/paid')
}

describe('what finance reads of a decision', () => {
  test('not why the head took an approval back: those words are about a child', async () => {
    const { id, finance, payment } = await withFinance()
    expect((await undo(id, 'AlderMovedAway')).status).toBe(303)
    const page = await finance.get(`/funding/payments/${payment.id}`)
    expect(page.status).toBe(200)
    expect(await page.text()).not.toContain('AlderMovedAway')
    // The school is told, and who decides reads it where it was decided.
    expect(await (await (await world.as('lead')).get(`/money/applications/${id}`)).text()).toContain('AlderMovedAway')
  })
})

describe('a payment taken back that finance has already', () => {
  test('is warned of, and says so where finance pays it all the same', async () => {
    const { id, payment } = await withFinance()
    const before = await (await (await world.as('head', 'head')).get(`/funding/applications/${id}`)).text()
    expect(before).toContain(decideWords.undoWithFinance)
    await undo(id, 'By mistake')
    const read = await paidFile([`${payment.reference},400.00,20/11/2026`])
    const page = await (await (await world.as('finance', 'finance')).get(read.headers.get('location') ?? '')).text()
    expect(page).toContain(paymentWords.results.cancelled)
    expect(page).not.toContain(paymentWords.results.unknown)
    expect(await world.paymentsFor(id)).toMatchObject([{ state: 'cancelled' }])
  })
})

describe('a child who leaves before the money has gone', () => {
  test('is shown to who settles it and to nobody who pays, until somebody says why it is paid', async () => {
    const { as, asked, decide, runtime } = world
    const payments = async (who: 'head' | 'finance') => (await (await as(who, who)).get('/funding/payments')).text()
    const id = await asked(410_00)
    expect((await decide('officer', 'officer', id, { amount: '410' })).status).toBe(303)
    expect(await payments('head')).not.toContain(paymentWords.leftSinceDo)
    const place = `(pupil_number, school_number, first_day) in (select p.pupil_number, p.school_number, p.first_day
      from place p join application_pupil x on x.pupil_number = p.pupil_number
        join application a on a.number = x.application_number where a.id = ?)`
    await runtime.db.commit([statement(`update place set last_day = '2026-11-18' where ${place}`, [id])])

    expect(await payments('head')).toContain(paymentWords.leftSinceDo)
    expect(await payments('finance')).not.toContain(paymentWords.leftSinceDo)
    const head = await as('head', 'head')
    const { id: payment, reference } = await only(id)
    const settle = async () => (await head.get('/funding/settlements')).text()
    expect(await settle()).toContain(
      `${reference}: ${settleWords.onItsWay(pence(410_00), 'Small Bridge School', false)}`,
    )
    expect((await head.post(`/funding/settlements/${payment}`, { why: '' })).status).toBe(422)
    expect((await head.post(`/funding/settlements/${payment}/onward`, { seen: '41000' })).status).toBe(409)
    expect((await head.post(`/funding/settlements/${payment}`, { why: 'The tutor goes on' })).status).toBe(303)
    expect(await settle()).toContain(settleWords.paidAllTheSame('The tutor goes on'))

    const other = await asked(420_00)
    await decide('officer', 'officer', other, { amount: '420' })
    expect(await payments('head')).toContain(paymentWords.leftSince(1))
    await undo(other, 'The child has left')
    expect(await payments('head')).not.toContain(paymentWords.leftSinceDo)
    expect(await settle()).not.toContain('£420.00')
    await runtime.db.commit([statement(`update place set last_day = null where ${place}`, [id])])
  })
})

describe('who is paid', () => {
  test('is a payee of the council that is no other school; anybody else is to mend, and never the school instead', async () => {
    const { asked, decide, council, runtime, by, paymentsFor } = world
    const other = newPublicId()
    await runtime.db.commit([
      addPayee(
        council,
        {
          ...{ id: other, name: 'Another School', route: 'bacs', supplierReference: 'V9', costCode: '' },
          school: (await otherSchool()) ?? 0,
        },
        runtime.now(),
        by,
      ),
    ])
    const id = await asked(300_00)
    for (const payee of ['nobody', other]) {
      const answer = await decide('officer', 'officer', id, { amount: '300', payee })
      expect(answer.status, payee).toBe(422)
      expect(await answer.text()).toContain(decideWords.toMend.payee)
    }
    expect(await paymentsFor(id)).toEqual([])
  })

  const otherSchool = async () => {
    const { runtime, school } = world
    await runtime.db.commit([statement("insert into school (id, first_urn) values ('elsewhere', '900071')")])
    const row = await runtime.db.query
      .selectFrom('school')
      .select('number')
      .where('number', '<>', school.number)
      .executeTakeFirst()
    return row?.number
  }

  test('keeps the reference that finance was sent as long as a payment is with finance', async () => {
    const { finance, payee } = await withFinance()
    const change = (supplier: string) =>
      finance.post(`/funding/payees/${payee}`, { name: 'Small Bridge', route: 'bacs', supplier, costCode: 'C1' })
    const refused = await change('V999')
    expect(refused.status).toBe(422)
    const page = await refused.text()
    expect(page).toContain(paymentWords.toMend.withFinance)
    expect(page).toContain('V999')
    const row = await world.runtime.db.query.selectFrom('payee').selectAll().where('id', '=', payee).executeTakeFirst()
    expect(row?.supplier_reference).toBe('V100')
  })
})

describe('finance’s file', () => {
  test('a day before the payment was approved, or to come, is none on which it was paid', async () => {
    const { id, payment } = await withFinance()
    for (const day of ['19/11/2026', '01/02/2016', '21/11/2026'])
      expect((await paidFile([`${payment.reference},400.00,${day}`])).status).toBe(303)
    expect((await only(id)).state).toBe('with_finance')
    await paidFile([`${payment.reference},400.00,20/11/2026`])
    expect((await only(id)).state).toBe('paid')
  })

  test.each([
    ...[
      '-400',
      '1e9',
      'NaN',
      'Infinity',
      '400.001',
      '£1,000.005',
      '４００',
      '٤٠٠',
      '400,00',
      '0x190',
      '4 00',
      '(400.00)',
    ],
    ...['400.01', '99999999999', '', '400.00-', '400.00 CR'],
  ])('an amount of %s pays nothing', async (amount) => {
    const { id, payment } = await withFinance()
    const line = `${payment.reference},"${amount}",20/11/2026`
    expect((await paidFile([line])).status).toBe(303)
    expect((await only(id)).state).toBe('with_finance')
  })

  test('the same payment in two lines, and in two files at once, is paid once', async () => {
    const { id, payment } = await withFinance()
    const line = `${payment.reference},400.00,20/11/2026`
    const paid = await world.pot('paid')
    await Promise.all([paidFile([line, line]), paidFile([line, '', line]), paidFile([` ${line}`])])
    expect((await only(id)).state).toBe('paid')
    expect(await world.pot('paid')).toBe(paid + 400_00)
  })
})

describe('a payment by entitlement for a child who has left', () => {
  test('says nothing to the school of what is missing for the child, or of a new time in care', async () => {
    const { runtime, as, of, council, school, by } = world
    const { query } = runtime.db
    const at = runtime.now()
    const pupil = await query.selectFrom('pupil').select('number').orderBy('number', 'desc').executeTakeFirstOrThrow()
    const run = { academicYear: 2026, term: 'autumn', on: plainDate('2026-11-20') } as const
    await runtime.db.commit([
      schoolAsPayee(council, { id: newPublicId(), school: school.number, name: 'Small Bridge School' }, at, by),
      ...proposeRun(of, { id: 'run', ...run, rulesFrom: run.on, rulesVersion: 1 }, [], at, by),
      makePayment(
        of,
        {
          ...{ id: 'entitled', school: school.number, payee: null, amount: pence(100_00), dueOn: run.on },
          for: { kind: 'entitlement', payRun: 'run', pupil: pupil.number, part: 'base', ...run },
        },
        at,
        by,
      ),
      statement('insert into care_period (pupil_number, first_day, import_number, row_number) values (?, ?, 0, 0)', [
        ...[pupil.number, '2026-10-05'],
      ]),
    ])
    const page = async () => (await as('lead')).get('/money/payments/entitled')
    expect(await (await page()).text()).toContain('id="gate"')
    await runtime.db.commit([
      statement("update place set last_day = '2025-10-01' where pupil_number = ?", [pupil.number]),
    ])
    const after = await page()
    expect(after.status).toBe(200)
    expect(await after.text()).not.toContain('id="gate"')
  })
})

describe('letting a payment pass its gate', () => {
  test('is not for a head who has an interest in it', async () => {
    const { as, asked, decide, applicationRow, setGate } = world
    await setGate('block')
    const id = await asked(350_00)
    const head = await as('head', 'head')
    await head.post(`/funding/applications/${id}/interest`, { interest: 'My neighbour’s child' })
    expect((await decide('officer', 'officer', id, { amount: '350' })).status).toBe(303)
    const { events } = await applicationRow(id)
    expect((await head.post(`/funding/applications/${id}/pass`, { passWhy: 'Quick' })).status).toBe(404)
    expect((await applicationRow(id)).events).toBe(events)
    await setGate('warn')
  })
})
