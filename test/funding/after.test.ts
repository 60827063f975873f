import { describe, expect, test } from 'vitest'
import { type Instant, plainDate } from '../../src/domain/dates.ts'
import { financialYear } from '../../src/domain/funding/financial-year.ts'
import type { Balances } from '../../src/domain/funding/ledger.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { gateParts } from '../../src/funding/gate.ts'
import { incentiveFor, incentiveStanding, resultsFit } from '../../src/funding/incentive.ts'
import { dayOfRules, ratingOf, sameLines } from '../../src/funding/pay-run.ts'
import { actionsOf, daysLeft, radarOf } from '../../src/funding/radar.ts'
import { reconcile } from '../../src/funding/reconcile.ts'
import { type FundingRules, usualFundingRules } from '../../src/funding/rules.ts'
import { yearLeft } from '../../src/funding/year-left.ts'
import type { Payment } from '../../src/store/payments.ts'

const moment = '2026-11-02T09:00:00.000Z' as Instant
const year = financialYear(2026)

const payment = (number: number, more: Partial<Payment> = {}): Payment => ({
  ...{ number, id: `p${number}`, reference: `991-26-P${String(number).padStart(4, '0')}`, virtualSchool: 1 },
  ...{ council: 'Council', fund: 'pupil_premium_plus', year, school: 7, payee: 'School', payeeId: 'y' },
  ...{ route: 'bacs', supplierReference: 'V1', costCode: '', amount: pence(100_00), application: number },
  ...{
    part: null,
    academicYear: null,
    term: null,
    state: 'with_finance',
    events: 1,
    dueOn: plainDate('2026-11-20'),
    approvedAt: moment,
  },
  ...{ sentAt: null, paidOn: null, returned: pence(0), ...more },
})

describe('finance’s file held against what it was sent', () => {
  const line = (at: number, reference: string, amount: number | null, day: string | null = '2026-11-10') => ({
    ...{ line: at, reference, amount: amount === null ? null : pence(amount) },
    paidOn: day === null ? null : plainDate(day),
  })
  test('each line has one result; only the very amount of what is with finance pays, once', () => {
    const payments = [
      payment(1),
      payment(2, { state: 'paid' }),
      payment(3),
      payment(4, { state: 'approved' }),
      payment(5, { state: 'cancelled' }),
      payment(6),
      payment(7),
    ]
    const { lines, paid } = reconcile(
      [
        ...[line(2, '991-26-P0001', 100_00), line(3, '991-26-P0001', 100_00), line(4, '991-26-P0002', 100_00)],
        ...[line(5, '991-26-P0003', 99_99), line(6, '991-26-P0004', 100_00), line(7, '991-26-P0005', 100_00)],
        ...[line(8, 'NOBODYS', 100_00), line(9, '991-26-P0006', null), line(10, '991-26-P0006', 100_00, null)],
        line(11, '991-26-P0006', 100_00, '2026-11-12'),
      ],
      payments,
      plainDate('2026-11-11'),
    )
    expect(lines.map(({ result }) => result)).toEqual([
      ...['matched', 'paid_before', 'paid_before', 'differs', 'not_sent', 'unknown', 'unknown', 'not_read', 'not_read'],
      'not_read',
    ])
    expect(paid.map((one) => one.payment.number)).toEqual([1])
  })
})

test('what was paid today is paid, and what a council blocks waits unless it is urgent, new to care or let pass', () => {
  const today = plainDate('2026-11-11')
  const line = { line: 2, reference: '991-26-P0001', amount: pence(100_00), paidOn: today }
  expect(reconcile([line], [payment(1)], today).lines[0]?.result).toBe('matched')
  const rules: FundingRules = { ...usualFundingRules, gate: { return: 'block', plan: 'warn', use: 'off' } }
  const row = { children: 1, returnMissing: 1, planMissing: 1, useMissing: 1 }
  const waits = (urgent: boolean, passed: boolean, newToCare = 0) =>
    gateParts({ ...row, newToCare }, rules, { urgent, passed }).map(
      ({ item, isIn, waits }) => `${item} ${isIn} ${waits}`,
    )
  expect(waits(false, false)).toEqual(['return false true', 'plan false false'])
  for (const [urgent, passed] of [
    [true, false],
    [false, true],
  ] as const)
    expect(waits(urgent, passed)).toEqual(['return false false', 'plan false false'])
  expect(waits(false, false, 1)).toEqual(['return false false', 'plan false false'])
})

describe('the radar of the year’s end', () => {
  test('what is due today is not late, and what is due on 31 March is due within the year', () => {
    const today = plainDate('2027-03-20')
    const due = ['2027-03-19', '2027-03-20', '2027-03-31', '2027-04-01'].map((day, at) =>
      payment(at, { state: 'approved', dueOn: plainDate(day) }),
    )
    const lines = radarOf(year, today, {
      ...{ applications: [], payments: due, held: new Set<number>(), reported: new Set<number>(), asksUse: false },
    })
    expect(lines.map(({ risks }) => risks.join(' '))).toEqual(['late', '', '', 'due_after'])
  })
  test.each([
    ['2027-03-31', 1],
    ['2027-03-30', 2],
    ['2027-01-31', 60],
    ['2026-04-01', 365],
    ['2027-04-01', 0],
  ])('on %s so many days are left: %i', (day, left) => expect(daysLeft(year, plainDate(day))).toBe(left))
  test('a year with 29 February is a day longer', () => {
    expect(daysLeft(financialYear(2027), plainDate('2027-04-01'))).toBe(366)
    expect(daysLeft(financialYear(2027), plainDate('2028-02-29'))).toBe(32)
  })

  test('what keeps each payment, and what to do, the largest first', () => {
    const payments = [
      payment(1, { state: 'approved', supplierReference: '', amount: pence(50_00) }),
      payment(2, { state: 'approved', amount: pence(60_00) }),
      payment(3, { state: 'approved', amount: pence(70_00), dueOn: plainDate('2027-04-10') }),
      payment(4, { amount: pence(80_00), dueOn: plainDate('2027-03-01') }),
      payment(5, { state: 'paid', amount: pence(90_00) }),
      payment(6, { state: 'paid', amount: pence(95_00) }),
      payment(7, { state: 'paid', application: null }),
      payment(8, { state: 'cancelled' }),
      payment(9, { year: financialYear(2025) }),
      payment(10, { state: 'paid', returned: pence(100_00) }),
      payment(11, { state: 'paid', returned: pence(1_00) }),
    ]
    const second = {
      ...{ number: 20, reference: '991-26-020', school: 7, state: 'second' as const, promised: pence(2100_00), year },
    }
    const today = plainDate('2027-03-20')
    const lines = radarOf(year, today, {
      applications: [second, { ...second, number: 21, state: 'waiting', promised: null }],
      payments,
      held: new Set([2]),
      reported: new Set([6]),
      asksUse: false,
    })
    expect(lines.map(({ reference, stage, risks }) => `${reference} ${stage} ${risks.join(' ')}`)).toEqual([
      '991-26-020 committed second',
      '991-26-P0001 approved set_up late',
      '991-26-P0002 approved held late',
      '991-26-P0003 approved due_after',
      '991-26-P0004 with_finance late',
      ...['991-26-P0005 not_reported not_reported', '991-26-P0011 not_reported not_reported'],
    ])
    const asked = radarOf(year, today, {
      applications: [],
      payments,
      held: new Set(),
      reported: new Set([6]),
      asksUse: true,
    })
    expect(asked.filter(({ stage }) => stage === 'not_reported').map(({ payment: number }) => number)).toEqual([
      5, 7, 11,
    ])
    const actions = actionsOf(lines, { free: pence(500_00), waiting: [pence(10_00), pence(20_00)] })
    expect(actions.map(({ what, count, amount }) => `${what} ${count} ${amount}`)).toEqual([
      ...['second 1 210000', 'plan_free 1 50000', 'ask_use 2 18900', 'chase_finance 1 8000', 'send 1 7000'],
      ...['let_pass 1 6000', 'set_up 1 5000', 'decide 2 3000'],
    ])
  })
})

describe('what is left of a year that has ended', () => {
  const left = (allocated: number, retained: number, to: 'carried' | 'returned' = 'carried') => {
    const none = { grant: 0, committed: 0, approved: 0, paid: 0, returned: 0, carried: 0 }
    const balances = Object.fromEntries(
      Object.entries({ ...none, allocated, retained }).map(([pot, amount]) => [pot, pence(amount)]),
    ) as Balances
    const { amount, moves } = yearLeft(balances, to)
    return [amount, ...moves.map((one) => `${one.cause} ${one.from} ${one.to} ${one.amount}`)]
  }
  test('is what stands free and what was kept back', () => {
    expect(left(70_00, 30_00)).toEqual([
      ...[100_00, 'carry_over allocated carried 7000', 'carry_over retained carried 3000'],
    ])
    expect(left(70_00, 0, 'returned')).toEqual([70_00, 'give_back allocated returned 7000'])
    expect(left(0, 0)).toEqual([0])
  })
  test('what was kept back covers first what is promised beyond the allocation', () => {
    expect(left(-20_00, 30_00)).toEqual([
      ...[10_00, 'top_slice retained allocated 2000', 'carry_over retained carried 1000'],
    ])
    expect(left(-40_00, 30_00, 'returned')).toEqual([0, 'top_slice retained allocated 3000'])
  })
})

test('the quality of a plan in a council’s own words', () => {
  expect(['Green', 'good', 'Amber', 'adequate', 'RED', 'inadequate', 'seen', '', null].map(ratingOf)).toEqual([
    ...['good', 'good', 'adequate', 'adequate', 'inadequate', 'inadequate', null, null, null],
  ])
})

test('two proposals are the same whatever their order', () => {
  const line = {
    pupil: 1,
    part: 'base',
    school: 7,
    academicYear: 2026,
    term: 'autumn',
    amount: pence(1),
    why: null,
  } as const
  expect(sameLines([line, { ...line, pupil: 2 }], [{ ...line, pupil: 2 }, line])).toBe(true)
  expect(sameLines([line], [{ ...line, school: 8 }])).toBe(false)
  expect(sameLines([line], [])).toBe(false)
})

describe('the GCSE incentive', () => {
  const scheme = {
    ...{ number: 1, id: 's', virtualSchool: 1, council: '', academicYear: 2026, source: '' },
    ...{ anEntry: pence(10_00), aPass: pence(20_00), aHigh: pence(15_00), most: pence(300_00) },
  }
  const happened = (sequence: number, event: 'told' | 'entries' | 'results' | 'approved', more: object = {}) => ({
    ...{ scheme: 1, pupil: 7, sequence, event, entries: null, passes: null, highs: null, amount: null, at: moment },
    ...more,
  })
  test.each([
    [9, 5, 2, 220_00],
    [0, 0, 0, 0],
    [9, 9, 9, 300_00],
  ])('%i entries, %i passes, %i of them high: %i', (entries, passes, highs, amount) => {
    expect(incentiveFor(scheme, { entries, passes, highs })).toBe(amount)
  })
  test('the newest of each counts; nothing is due before results', () => {
    const told = [happened(1, 'told'), happened(2, 'entries', { entries: 8 }), happened(3, 'entries', { entries: 9 })]
    expect(incentiveStanding(scheme, 7, told)).toMatchObject({ entries: 9, comesTo: null, approved: null, events: 3 })
    const results = [...told, happened(4, 'results', { passes: 5, highs: 2 })]
    expect(incentiveStanding(scheme, 7, results)).toMatchObject({ comesTo: 220_00, events: 4 })
    expect(incentiveStanding(scheme, 8, results)).toMatchObject({ told: undefined, entries: null, events: 0 })
  })
  test('no more passes than entries, no more high grades than passes', () => {
    expect([resultsFit(9, 9, 9), resultsFit(9, 10, 0), resultsFit(9, 3, 4), resultsFit(0, 0, 0)]).toEqual([
      ...[true, false, false, true],
    ])
  })
})

describe('the rules a run goes by', () => {
  test.each([
    ['a term that runs: today', 2026, 'autumn', '2026-11-02', '2026-11-02'],
    ['a term that is over: its last day', 2025, 'summer', '2026-11-02', '2026-08-31'],
    ['a term to come: its first day', 2026, 'spring', '2026-11-02', '2027-01-01'],
  ] as const)('%s', (_, academicYear, term, on, expected) => {
    expect(dayOfRules({ academicYear, term }, plainDate(on))).toBe(expected)
  })
})
