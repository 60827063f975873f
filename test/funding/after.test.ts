import { describe, expect, test } from 'vitest'
import { type Instant, plainDate } from '../../src/domain/dates.ts'
import { financialYear } from '../../src/domain/funding/financial-year.ts'
import type { Balances } from '../../src/domain/funding/ledger.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { impactTable } from '../../src/exports/money.ts'
import { gateParts } from '../../src/funding/gate.ts'
import { attainmentImpact, impactByIntervention } from '../../src/funding/impact.ts'
import { incentiveFor, incentiveStanding, resultsFit } from '../../src/funding/incentive.ts'
import { medianOf } from '../../src/funding/median.ts'
import { dayOfRules, ratingOf, sameLines } from '../../src/funding/pay-run.ts'
import { actionsOf, daysLeft, radarOf } from '../../src/funding/radar.ts'
import { reconcile } from '../../src/funding/reconcile.ts'
import { type FundingRules, usualFundingRules } from '../../src/funding/rules.ts'
import { proposedSettlement, toPassOn } from '../../src/funding/settlement.ts'
import { surveyResult } from '../../src/funding/survey-result.ts'
import { yearLeft } from '../../src/funding/year-left.ts'
import type { ListedApplication } from '../../src/store/applications.ts'
import type { Payment } from '../../src/store/payments.ts'
import type { ToSettle } from '../../src/store/settlements.ts'
import type { UseReport } from '../../src/store/use-reports.ts'
import { impactWords } from '../../templates/words/en/radar.ts'

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

test('what was paid today is paid, and what a council blocks waits unless it is urgent or let pass', () => {
  const today = plainDate('2026-11-11')
  const line = { line: 2, reference: '991-26-P0001', amount: pence(100_00), paidOn: today }
  expect(reconcile([line], [payment(1)], today).lines[0]?.result).toBe('matched')
  const rules: FundingRules = { ...usualFundingRules, gate: { return: 'block', plan: 'warn', use: 'off' } }
  const row = { children: 1, returnMissing: 1, planMissing: 1, useMissing: 1 }
  const waits = (urgent: boolean, passed: boolean) =>
    gateParts(row, rules, { urgent, passed }).map(({ item, isIn, waits }) => `${item} ${isIn} ${waits}`)
  expect(waits(false, false)).toEqual(['return false true', 'plan false false'])
  for (const [urgent, passed] of [
    [true, false],
    [false, true],
  ] as const)
    expect(waits(urgent, passed)).toEqual(['return false false', 'plan false false'])
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

describe('what money did', () => {
  const approved = (number: number, intervention: string, agreed: number, decidedAt = moment): ListedApplication => ({
    ...{ number, id: `a${number}`, reference: '', virtualSchool: 1, council: '', school: 7, kind: 'child' },
    ...{ fund: 'pupil_premium_plus', state: 'approved', events: 2, intervention, urgent: false, year },
    ...{ asked: pence(agreed), agreed: pence(agreed), sentAt: moment, decidedAt, madeAt: moment },
  })
  const granted = (
    intervention: string | null,
    agreed: number,
    children: readonly number[],
    used?: readonly [UseReport['outcome'], number],
    returned = 0,
  ) => ({
    ...{ intervention, agreed: pence(agreed), returned: pence(returned), children },
    use: used && { outcome: used[0], spent: pence(used[1]), hoursGiven: 250 },
  })

  test('by intervention, and by entitlement: a child counts once, a met target costs what was agreed for those met', () => {
    const impact = impactByIntervention([
      granted('therapeutic', 300_00, [7], ['met', 290_00]),
      granted(null, 30_00, [7], ['met', 30_00]),
      granted('therapeutic', 100_00, [7, 8], ['partly', 100_00]),
      granted('other', 50_00, [9]),
      granted(null, 15_00, [8], ['not_met', 0]),
      granted(null, 3_01, [10], ['met', 3_01]),
    ])
    expect(impact).toEqual([
      {
        ...{ intervention: 'therapeutic', granted: 2, children: 2, agreed: 400_00, spent: 390_00, hours: 500 },
        ...{ outcomes: { met: 1, partly: 1, not_met: 0, too_early: 0 }, reported: 2, perMet: 300_00 },
      },
      {
        ...{ intervention: 'other', granted: 1, children: 1, agreed: 50_00, spent: 0, hours: 0 },
        ...{ outcomes: { met: 0, partly: 0, not_met: 0, too_early: 0 }, reported: 0, perMet: null },
      },
      {
        ...{ intervention: null, granted: 3, children: 3, agreed: 48_01, spent: 33_01, hours: 750 },
        ...{ outcomes: { met: 2, partly: 0, not_met: 1, too_early: 0 }, reported: 3, perMet: 16_51 },
      },
    ])
  })

  test('what came back is no cost of a target that was met', () => {
    const [impact] = impactByIntervention([
      granted('other', 300_00, [7], ['met', 200_00], 100_00),
      granted('other', 100_00, [8], ['met', 100_00]),
      granted('other', 500_00, [9], ['not_met', 0], 500_00),
    ])
    expect(impact).toMatchObject({ agreed: 900_00, perMet: 150_00 })
  })

  test('attainment: the last judgement before and the last after, pairs alone, of the same base', () => {
    const judged = (pupil: number, item: string, asAt: string, value: string, state = 'given') => ({
      ...{ application: 1, pupil, item, state, value, asAt: plainDate(asAt) },
    })
    const impact = attainmentImpact(
      [approved(1, 'other', 1)],
      [
        ...[judged(7, 'english_band', '2026-03-01', 'at'), judged(7, 'english_band', '2026-11-02', 'below')],
        ...[judged(7, 'english_band', '2026-12-01', 'below'), judged(7, 'english_band', '2027-03-01', 'above')],
        ...[
          judged(8, 'science_band', '2026-10-01', 'pre_key_stage'),
          judged(8, 'science_band', '2027-01-01', '', 'not_assessed'),
        ],
        judged(9, 'english_band', '2026-10-01', 'at'),
        judged(9, 'science_band', '2027-10-01', 'at', 'not_known'),
      ],
    )
    expect(impact).toMatchObject({ judgements: 2, children: 2 })
    expect(impact.bands.map(({ band, before, after }) => `${band} ${before.count} ${after.count}`)).toEqual([
      ...['below 2 0', 'at 0 0', 'above 0 1', 'not_assessed 0 1'],
    ])
  })
  test('a file for readers outside holds a band back by its children, however many judgements there are of them', () => {
    const subjects = ['english_band', 'maths_band', 'science_band']
    const judged = (pupil: number, asAt: string, value: string) =>
      subjects.map((item) => ({ application: 1, pupil, item, state: 'given', value, asAt: plainDate(asAt) }))
    const children = Array.from({ length: 20 }, (_, at) => at + 1)
    // Before, twelve at and eight above; after, two below and the others above: six judgements, of two children.
    const { bands, ...base } = attainmentImpact(
      [approved(1, 'other', 1)],
      [
        ...children.flatMap((pupil) => judged(pupil, '2026-10-01', pupil <= 12 ? 'at' : 'above')),
        ...children.flatMap((pupil) => judged(pupil, '2027-01-01', pupil <= 2 ? 'below' : 'above')),
      ],
    )
    expect(base).toEqual({ judgements: 60, children: 20 })
    expect(bands[0]?.after).toEqual({ count: 6, children: 2, hundredths: 1000 })
    const { rows } = impactTable([], { ...base, bands })
    const held = [impactWords.held, impactWords.held]
    expect(rows.map((row) => row.slice(-2))).toEqual([held, [36, impactWords.held], held, held])
  })
  test('the median', () => expect([[], [5], [1, 9], [3, 1, 2]].map(medianOf)).toEqual([undefined, 5, 1, 2]))
})

describe('the survey of 2016', () => {
  const blank = { attainment: '', ranked: '[]', before: null, after: null }
  const of = (attainment: string, count: number) => Array.from({ length: count }, () => ({ ...blank, attainment }))

  test('question 1: 16, 34, 17, 0 and 1 of 68 who answered it, of 70 who responded', () => {
    const answers = [
      ...[...of('large', 16), ...of('noticeable', 34), ...of('slight', 17), ...of('negative', 1), ...of('', 2)],
    ]
    const { responded, attainment } = surveyResult(answers)
    expect([responded, attainment.answered]).toEqual([70, 68])
    expect(attainment.shares.map(({ hundredths }) => hundredths)).toEqual([2353, 5000, 2500, 0, 147])
  })

  test('question 3: 72, 15 and 13 of a hundred become 41, 32 and 27: points, relative and as a multiple', () => {
    const { bands } = surveyResult([{ ...blank, before: '[72,15,13,0]', after: '[41,32,27,0]' }])
    expect(
      bands.rows.map(({ band, change }) => [band, change.points, change.relativeTenths, change.multipleHundredths]),
    ).toEqual([
      ['below', -31, -431, 57],
      ['at', 17, 1133, 213],
      ['above', 14, 1077, 208],
      ['not_assessed', 0, null, null],
    ])
  })

  test('question 2: ranks by points, and how many ranked at all', () => {
    const { ranks } = surveyResult([
      { ...blank, ranked: '["therapeutic","other"]' },
      { ...blank, ranked: '["other"]' },
      blank,
    ])
    expect(ranks.answered).toBe(2)
    expect(ranks.list.slice(0, 2)).toMatchObject([
      { choice: 'other', points: 25, firsts: 1, method: 'borda' },
      { choice: 'therapeutic', points: 13, firsts: 1 },
    ])
  })
})

describe('a child who moves or leaves care', () => {
  const paid: ToSettle = {
    ...{ payment: 1, id: 'p', reference: 'P', pupil: 1, pupilId: 'x', forename: '', surname: '', school: 7 },
    ...{ amount: pence(300_00), returned: pence(0), spent: pence(100_00), paidOn: plainDate('2026-09-01') },
    ...{
      term: 'autumn',
      academicYear: 2026,
      part: 'base',
      paidFrom: year,
      thereSince: plainDate('2024-09-02'),
      typed: null,
      leftOn: null,
      careEndedOn: null,
      nextSchool: null,
      settled: null,
      fund: 'pupil_premium_plus',
      year: financialYear(2026),
      isPassedOn: 0,
    },
  }
  const rules = { ...usualFundingRules, move: 'transfer', careEnds: 'pro_rata' } as const

  test('a move goes by the rule of moves, to the next school; the end of care by its own', () => {
    const moved = proposedSettlement({ ...paid, leftOn: plainDate('2026-10-31'), nextSchool: 8 }, rules)
    expect(moved).toMatchObject({
      ...{ because: 'moved', rule: 'transfer' },
      proposed: { stays: 100_00, back: 0, onwards: { school: 8, amount: 200_00 } },
    })
    const ended = proposedSettlement(
      { ...paid, leftOn: plainDate('2026-10-31'), careEndedOn: plainDate('2026-10-31'), nextSchool: 8 },
      rules,
    )
    // 61 of the 122 days from 1 September to 31 December.
    expect(ended).toMatchObject({ because: 'care_ended', rule: 'pro_rata', proposed: { stays: 150_00, back: 150_00 } })
  })
  test('what came back is settled no more; nobody who left is nothing', () => {
    const some = { ...paid, returned: pence(250_00), leftOn: plainDate('2026-10-31') }
    expect(proposedSettlement(some, { ...rules, move: 'recoup' })?.proposed.back).toBe(0)
    expect(proposedSettlement(paid, rules)).toBeUndefined()
  })
  test('what came back goes on with the child once, where the rules say so, in its financial year', () => {
    const back = { ...paid, leftOn: plainDate('2026-10-31'), nextSchool: 8, returned: pence(150_00) }
    const onward = (more: Partial<ToSettle> = {}, by: FundingRules = rules, day = '2027-03-31') =>
      toPassOn({ ...back, ...more }, by, plainDate(day))
    expect(onward()).toEqual({ amount: 150_00, school: 8 })
    expect(onward({}, rules, '2027-04-01')).toBeUndefined()
    expect(onward({}, { ...rules, move: 'recoup' })).toBeUndefined()
    expect(onward({ isPassedOn: 1 })).toBeUndefined()
    expect(onward({ returned: pence(0) })).toBeUndefined()
    expect(onward({ nextSchool: null })).toBeUndefined()
    expect(onward({ careEndedOn: plainDate('2026-11-30') })).toBeUndefined()
  })
  test('of a move and the end of care the first decides; after care has ended no next school is paid', () => {
    const movedFirst = { ...paid, leftOn: plainDate('2026-10-30'), careEndedOn: plainDate('2026-10-31'), nextSchool: 8 }
    expect(proposedSettlement(movedFirst, rules)).toMatchObject({
      ...{ because: 'moved', on: '2026-10-30', rule: 'transfer' },
      proposed: { stays: 100_00, back: 200_00, onwards: null },
    })
  })
  test('what has come back is taken off what is to come back, not off what it is worked out from', () => {
    const ended = { ...paid, spent: pence(0), careEndedOn: plainDate('2026-10-31') }
    const some = proposedSettlement({ ...ended, returned: pence(100_00) }, rules)
    expect(some?.proposed).toEqual({ stays: 150_00, back: 50_00, onwards: null })
    const all = proposedSettlement({ ...ended, returned: pence(150_00) }, rules)
    expect(all?.proposed).toEqual({ stays: 150_00, back: 0, onwards: null })
  })
  test('a payment is for its term whenever it was paid, an opening or flat one for its financial year', () => {
    const back = (more: Partial<ToSettle>, model: typeof usualFundingRules.model = rules.model) =>
      proposedSettlement({ ...paid, spent: pence(0), ...more }, { ...rules, model })?.proposed.back
    // Paid in November, it is still of the 122 days from 1 September: 91 of them were spent at the school.
    const november = { paidOn: plainDate('2026-11-20'), careEndedOn: plainDate('2026-11-30') }
    expect(back(november)).toBe(76_23)
    // A child who came into care on 1 November was there for 30 days of 61.
    expect(back({ ...november, thereSince: plainDate('2026-11-01') })).toBe(152_46)
    // Paid after the term: who was there until its end leaves nothing, who was not leaves what was not earned.
    const january = { paidOn: plainDate('2027-01-15') }
    expect(back({ ...january, careEndedOn: plainDate('2027-01-05') })).toBeUndefined()
    expect(back({ ...january, careEndedOn: plainDate('2026-11-30') })).toBe(76_23)
    // 183 days of 365 had passed on 30 September, whatever the term it was paid in.
    const september = { paidOn: plainDate('2026-05-20'), term: 'summer', academicYear: 2025 } as const
    for (const part of ['opening', 'flat 2'])
      expect(back({ ...september, part, careEndedOn: plainDate('2026-09-30') })).toBe(149_59)
    expect(back({ ...september, careEndedOn: plainDate('2026-09-30') })).toBeUndefined()
    // The plan of summer that pays in autumn is used in autumn.
    const plans = { ...september, part: 'plan', paidOn: plainDate('2026-09-20'), careEndedOn: plainDate('2026-10-31') }
    const byPlan = (paysNextTerm: boolean) =>
      back(plans, {
        ...({ kind: 'plan', needs: 'held', springFirstHalf: false, plansAYear: null } as const),
        ...{ amount: { kind: 'fixed', amount: pence(1) }, paysNextTerm },
      })
    expect(byPlan(true)).toBe(150_00)
    expect(byPlan(false)).toBeUndefined()
  })
  test('what was paid for days that were over when the child left is nobody’s to settle', () => {
    const recoup = { ...rules, move: 'recoup' } as const
    const on = (leftOn: string) => proposedSettlement({ ...paid, leftOn: plainDate(leftOn) }, recoup)
    expect(on('2026-12-30')?.proposed.back).toBe(200_00)
    expect(on('2026-12-31')).toBeUndefined()
    expect(on('2029-07-20')).toBeUndefined()
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
