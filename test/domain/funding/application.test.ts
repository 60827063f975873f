import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDate } from '../../../src/domain/dates.ts'
import {
  coach,
  emptyApplication,
  maySend,
  readApplication,
  type TypedApplication,
} from '../../../src/domain/funding/application.ts'
import { holdsBankDetails } from '../../../src/domain/funding/bank-details.ts'
import { fundFor, fundForAll } from '../../../src/domain/funding/fund-for.ts'
import { parseHundredths, parsePounds } from '../../../src/domain/funding/pence.ts'
import { hasStopped, moneyStandings, standingOf, stepAt } from '../../../src/domain/funding/standing.ts'
import { applicationStates, stepOf } from '../../../src/domain/funding/states.ts'

const today = plainDate('2026-11-02')
const line = { what: 'Tutor', purpose: 'staff_time', quantity: '12', each: '38', amount: '456' }
const whole: TypedApplication = {
  ...emptyApplication,
  ...{ need: 'Behind in mathematics', baseline: '11 of 25', target: '18 of 25', measure: 'The same test' },
  ...{ targetOn: '18 1 2027', owner: 'Head of maths', intervention: 'one_to_one_tuition', lines: [line] },
}
const look = (typed: TypedApplication, excluded: readonly string[] = [], before: readonly string[] = []) =>
  coach(typed, { today, excluded, own: ['Forest school'], before })
const unfinished = (typed: TypedApplication, excluded: readonly string[] = [], before: readonly string[] = []) =>
  look(typed, excluded, before).filter(({ good }) => !good)

describe('amounts as they are typed', () => {
  test.each([
    ['£1,234.50', 1234_50],
    ['1234.5', 1234_50],
    ['38', 38_00],
    [' £ 0.07 ', 7],
    ['10000000', 10_000_000_00],
  ])('%s', (text, amount) => expect(parsePounds(text)).toBe(amount))
  test.each(['', '-5', '1,23', '12.345', '1e3', '10000000.01', '£', '12 50', '=1+1'])('%s is none', (text) =>
    expect(parsePounds(text)).toBeUndefined())
  test('every amount is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_00 }), (amount) => {
        expect(parsePounds((amount / 100).toFixed(2))).toBe(amount)
        expect(parsePounds(`£${(amount / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`)).toBe(amount)
      }),
    )
  })
  test('hours in hundredths', () => {
    expect([parseHundredths('12.5'), parseHundredths('0.25'), parseHundredths('1'), parseHundredths('x')]).toEqual([
      ...[1250, 25, 100, undefined],
    ])
  })
})

describe('the coach', () => {
  test('an application that is finished is good, and may be sent', () => {
    expect(unfinished(whole)).toEqual([])
    expect(maySend(look(whole), '')).toBe(true)
    expect(readApplication(whole, []).asked).toBe(456_00)
  })
  test('an intervention of its council’s own is one, and another council’s is not', () => {
    expect(unfinished({ ...whole, intervention: 'Forest school' })).toEqual([])
    expect(unfinished({ ...whole, intervention: 'Horse-assisted learning' }).map(({ check }) => check)).toEqual([
      'intervention',
    ])
  })
  test.each<[string, Partial<TypedApplication>, string, boolean]>([
    ['no need', { need: ' ' }, 'need', true],
    ['no baseline', { baseline: '' }, 'baseline', true],
    ['no target', { target: '' }, 'baseline', true],
    ['no measure', { measure: '' }, 'measure', false],
    ['no date', { targetOn: '' }, 'date', false],
    ['a date that is today', { targetOn: '2 11 2026' }, 'date', false],
    ['no owner', { owner: '' }, 'owner', false],
    ['no intervention', { intervention: 'witchcraft' }, 'intervention', true],
    ['no costs', { lines: [] }, 'costs', true],
    ['a line that does not add up', { lines: [{ ...line, amount: '465' }] }, 'costs', true],
    ['a line without an amount', { lines: [{ ...line, quantity: '', amount: 'much' }] }, 'costs', true],
    ['all paid by the school', { schoolPays: '456' }, 'costs', true],
    ['what the school pays cannot be read', { schoolPays: 'half' }, 'costs', true],
    ['no kind of cost', { lines: [{ ...line, purpose: '' }] }, 'purpose', false],
  ])('%s', (_, changed, check, stops) => {
    const typed = { ...whole, ...changed }
    const found = unfinished(typed)
    expect(found.map((one) => one.check)).toContain(check)
    expect(found.find((one) => one.check === check)?.stops).toBe(stops)
    expect(maySend(look(typed), '')).toBe(false)
    expect(maySend(look(typed), 'It cannot wait')).toBe(found.every((one) => !one.stops))
  })
  test('every cost that is not right is said, each at its own field', () => {
    const lines = [
      { ...line, amount: '465' },
      { ...line, what: '', amount: 'much' },
    ]
    const costs = unfinished({ ...whole, lines, schoolPays: 'half' }).find(({ check }) => check === 'costs')
    expect([costs?.field, ...(costs?.also ?? []).map(({ field }) => field)]).toEqual([
      ...['amount-1', 'what-2', 'amount-2', 'schoolPays'],
    ])
  })
  test('a day or a number that cannot be read is said, and stops until it is mended or taken out', () => {
    const lines = [{ ...line, quantity: 'a dozen', each: '12.345' }]
    const found = unfinished({ ...whole, lines, baselineOn: '31/2/2027', hours: '12 hours' })
    expect(found.map(({ check, stops }) => [check, stops])).toEqual([['readable', true]])
    expect([found[0], ...(found[0]?.also ?? [])].map((one) => one?.field)).toEqual([
      ...['baselineOn', 'hours', 'quantity-1', 'each-1'],
    ])
    expect(unfinished({ ...whole, baselineOn: '', hours: '', lines: [{ ...line, quantity: '', each: '' }] })).toEqual(
      [],
    )
  })
  test('an excluded purpose and an earlier request are said, and do not stop', () => {
    const [purpose] = unfinished(whole, ['staff_time'])
    expect(purpose?.detail).toEqual({ kind: 'excluded', line: 1, purpose: 'staff_time' })
    const [before] = unfinished(whole, [], ['991-26-001'])
    expect(before?.detail).toEqual({ kind: 'asked_before', references: ['991-26-001'] })
    expect(maySend(look(whole, ['staff_time'], ['991-26-001']), 'Agreed by telephone')).toBe(true)
  })
  test('what the school pays is taken off, and the sum is never below nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99_999 }), (cost, school) => {
        const lines = [{ ...line, quantity: '', each: '', amount: (cost / 100).toFixed(2) }]
        const { asked } = readApplication({ ...whole, lines, schoolPays: (school / 100).toFixed(2) }, [])
        expect(asked).toBe(Math.max(0, cost - school))
      }),
    )
  })
})

test('the steps of an application: who may let what happen where', () => {
  const table = applicationStates.map((state) =>
    (
      [
        'sent',
        'asked',
        'answered',
        'deferred',
        'seconded',
        'approved',
        'declined',
        'withdrawn',
        'review_asked',
        'undone',
        'gate_passed',
        'used',
      ] as const
    )
      .flatMap((event) => {
        const step = stepOf(state, event)
        return step ? [`${step.by} ${event}: ${step.to}`] : []
      })
      .join(', '),
  )
  expect(Object.fromEntries(applicationStates.map((state, at) => [state, table[at]]))).toMatchInlineSnapshot(`
    {
      "approved": "council undone: waiting, council gate_passed: approved, school used: approved",
      "declined": "school review_asked: waiting",
      "draft": "school sent: waiting, school withdrawn: withdrawn",
      "question": "school answered: waiting, council seconded: second, council approved: approved, council declined: declined, school withdrawn: withdrawn",
      "second": "council asked: question, council approved: approved, council declined: declined, school withdrawn: withdrawn, council undone: waiting",
      "waiting": "council asked: question, council deferred: waiting, council seconded: second, council approved: approved, council declined: declined, school withdrawn: withdrawn",
      "withdrawn": "",
    }
  `)
})

test('where money stands is one of its standings, whatever application and payment say', () => {
  for (const application of [...applicationStates, null])
    for (const state of ['approved', 'with_finance', 'paid', 'cancelled'] as const)
      for (const supplierReference of ['V1', ''])
        for (const reported of [true, false])
          expect(moneyStandings).toContain(standingOf(application, { state, supplierReference }, reported))
  expect(standingOf('approved', { state: 'approved', supplierReference: '' }, false)).toBe('set_up')
  expect(standingOf('approved', null, false)).toBe('agreed')
  expect(moneyStandings.filter(hasStopped)).toEqual(['declined', 'withdrawn', 'cancelled'])
  expect(Math.max(...Object.values(stepAt))).toBe(5)
})

test('the fund of a child goes by its year group and the country of its council', () => {
  expect(['E1', 'N2', 'R', '1', '11', '12', '13', 'X'].map((group) => fundFor(group, 'England'))).toEqual([
    ...['early_years_pupil_premium', 'early_years_pupil_premium', 'pupil_premium_plus', 'pupil_premium_plus'],
    ...['pupil_premium_plus', 'post_16_premium', 'post_16_premium', 'pupil_premium_plus'],
  ])
  expect(fundFor('N2', 'Wales')).toBe('pupil_development_grant')
  // A project is paid from one fund, or it is several.
  expect(fundForAll(['R', '11'], 'England')).toBe('pupil_premium_plus')
  expect(fundForAll(['11', '12'], 'England')).toBeUndefined()
  expect(fundForAll(['N2', '12'], 'Wales')).toBe('pupil_development_grant')
  expect(fundForAll([], 'England')).toBeUndefined()
})

test.each([
  ['20-30-40', true],
  ['sort code 20 30 40', true],
  ['203040 12345678', true],
  ['GB33BUKB20201555555555', true],
  ['GB33-BUKB-2020-1555-5555-55', true],
  ['20.30.40', true],
  ['20–30–40', true],
  ['20304012345678', true],
  ['S/C203040, A/C12345678', true],
  ['12345678 / 203040', true],
  ['2026-11-20', false],
  ['PO 203040 of 2026', false],
  ['Tutors of Small Bridge 24', false],
  ['V-00417', false],
  ['10023456', false],
  ['VS200', false],
])('bank details in %s: %s', (text, holds) => expect(holdsBankDetails(text)).toBe(holds))
