import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PlainDate, plainDate, plusDays } from '../../src/domain/dates.ts'
import { financialYear, financialYearOf } from '../../src/domain/funding/financial-year.ts'
import { pence, sumOf } from '../../src/domain/funding/pence.ts'
import type { PayRun, PayRunChild, PlanOf, Proposal } from '../../src/funding/models/model.ts'
import { type MoveRule, settle, shareBetween } from '../../src/funding/models/moves.ts'
import { openingDueOn } from '../../src/funding/models/opening-payment.ts'
import { publishedModels } from '../../src/funding/models/published.ts'
import { splitBy } from '../../src/funding/models/retained.ts'

const day = (text: string) => plainDate(text)

const terms = {
  autumn: { from: '2025-09-01', halfTerm: '2025-10-24', to: '2025-12-19' },
  spring: { from: '2026-01-05', halfTerm: '2026-02-13', to: '2026-03-27' },
  summer: { from: '2026-04-13', halfTerm: '2026-05-22', to: '2026-07-21' },
} as const

const run = (term: keyof typeof terms, on: string, rate: number | undefined = 2630_00): PayRun => ({
  academicYear: 2025,
  term,
  on: day(on),
  year: financialYearOf(day(on)),
  from: day(terms[term].from),
  to: day(terms[term].to),
  halfTerm: day(terms[term].halfTerm),
  rate: rate === undefined ? undefined : pence(rate),
})

const plan = (term: keyof typeof terms, heldOn: string, more: Partial<PlanOf> = {}): PlanOf => ({
  ...{
    academicYear: 2025,
    term,
    heldOn: day(heldOn),
    rating: 'adequate',
    requested: pence(400_00),
    purposes: ['tuition'],
  },
  ...{ signedOff: true, ...more },
})

const child = (plans: readonly PlanOf[], more: Partial<PayRunChild> = {}): PayRunChild => ({
  careFrom: day('2024-02-29'),
  careTo: null,
  places: [{ school: 7, from: day('2024-09-01'), to: null, subsidiary: false }],
  plans,
  paid: [],
  ...more,
})

const modelOf = (authority: string, asked = 300_00) => {
  const found = publishedModels.find((one) => one.authority === authority)
  if (!found) throw new Error(authority)
  return found.model(pence(asked))
}

const pays = (amount: number, part = 'plan', school = 7) => [{ pays: true, part, school, amount }]
/** The table says what is paid; for which term is a test of its own. */
const withoutTerm = (proposal: Proposal) => {
  if (!proposal.pays) return proposal
  const { of: _, ...rest } = proposal
  return rest
}
const why = (reason: string, part = 'plan') => [{ pays: false, part, why: reason }]

const inAutumn = run('autumn', '2025-12-01')
const held = plan('autumn', '2025-11-12')

test('a share of the year paid on two plans is never more than the share, whatever academic years the plans are of', () => {
  const model = modelOf('Gateshead')
  const summer = plan('summer', '2026-05-12')
  const autumn = plan('autumn', '2026-10-12', { academicYear: 2026 })
  const spring = plan('spring', '2027-01-20', { academicYear: 2026 })
  const runIn = (of: PlanOf, on: string) => ({ ...run(of.term, on, 2630_01), academicYear: of.academicYear })
  const paid: PayRunChild['paid'][number][] = []
  const amounts = [runIn(summer, '2026-06-01'), runIn(autumn, '2026-11-02'), runIn(spring, '2027-02-02')].map((one) => {
    const [proposed] = model.propose(child([summer, autumn, spring], { paid }), one)
    if (!proposed?.pays) return proposed?.why
    paid.push({ ...proposed.of, part: 'plan', year: one.year, amount: proposed.amount })
    return proposed.amount
  })
  // 2,630.01 less 600.00, in two: to the penny, and no third within the same financial year.
  expect(amounts).toEqual([1015_01, 1015_00, 'nothing_left'])
  const [next] = model.propose(child([plan('summer', '2027-05-12', { academicYear: 2026 })], { paid }), {
    ...runIn(summer, '2027-06-01'),
    academicYear: 2026,
  })
  expect(next).toMatchObject({ pays: true, amount: 1015_01 })
})

test('the twelve models that were found are all there', () => {
  expect(publishedModels.map(({ authority }) => authority).sort()).toEqual([
    ...['Bury', 'East Riding', 'Essex', 'Gateshead', 'Lancashire', 'Lincolnshire', 'Norfolk', 'North Northamptonshire'],
    ...['Sutton', 'Warwickshire', 'Wolverhampton', 'Worcestershire'],
  ])
})

describe.each<
  [string, readonly (readonly [what: string, child: PayRunChild, run: PayRun, expected: readonly unknown[]])[]]
>([
  [
    'Warwickshire',
    [
      ['pays the band that is asked for', child([held]), inAutumn, pays(400_00)],
      [
        'pays no other amount',
        child([plan('autumn', '2025-11-12', { requested: pence(500_00) })]),
        inAutumn,
        why('not_a_band'),
      ],
      [
        'a band of nothing is nothing',
        child([plan('autumn', '2025-11-12', { requested: pence(0) })]),
        inAutumn,
        why('nothing_left'),
      ],
    ],
  ],
  [
    'Norfolk',
    [
      ['pays up to 600', child([plan('autumn', '2025-11-12', { requested: pence(900_00) })]), inAutumn, pays(600_00)],
      [
        'waits for what was done with the last',
        child([plan('autumn', '2025-11-12', { signedOff: false })]),
        inAutumn,
        why('not_signed_off'),
      ],
      [
        'takes a spring plan of the first half',
        child([plan('spring', '2026-02-13')]),
        run('spring', '2026-03-20'),
        pays(400_00),
      ],
      ['and none later', child([plan('spring', '2026-02-14')]), run('spring', '2026-03-20'), why('plan_too_late')],
    ],
  ],
  [
    'Lancashire',
    [
      ['pays 550', child([held]), inAutumn, pays(550_00)],
      [
        'not for a plan that is not adequate',
        child([plan('autumn', '2025-11-12', { rating: 'inadequate' })]),
        inAutumn,
        why('plan_not_adequate'),
      ],
      [
        'not for one that nobody has rated',
        child([plan('autumn', '2025-11-12', { rating: null })]),
        inAutumn,
        why('plan_not_adequate'),
      ],
      [
        'paid 610 in summer 2025',
        child([{ ...plan('summer', '2025-05-12'), academicYear: 2024 }]),
        { ...run('summer', '2025-06-30'), academicYear: 2024 },
        pays(610_00),
      ],
    ],
  ],
  [
    'North Northamptonshire',
    [
      ['pays in spring for autumn', child([held]), run('spring', '2026-01-20'), pays(300_00)],
      ['and not in the same term', child([held]), inAutumn, why('no_plan')],
      [
        'a spring plan pays in summer, out of the next financial year',
        child([plan('spring', '2026-03-20')]),
        run('summer', '2026-04-20'),
        pays(300_00),
      ],
    ],
  ],
  ['Essex', [['pays nothing unasked', child([held]), inAutumn, []]]],
  [
    'Sutton',
    [
      ['pays up to 700', child([plan('autumn', '2025-11-12', { requested: pence(800_00) })]), inAutumn, pays(700_00)],
      [
        'not for uniform',
        child([plan('autumn', '2025-11-12', { purposes: ['tuition', 'uniform'] })]),
        inAutumn,
        why('purpose_excluded'),
      ],
    ],
  ],
  [
    'Worcestershire',
    [
      ['pays up to 550', child([plan('autumn', '2025-11-12', { requested: pence(551_00) })]), inAutumn, pays(550_00)],
      ['no plan, no money', child([]), inAutumn, why('no_plan')],
      [
        'no request, no money',
        child([plan('autumn', '2025-11-12', { requested: null })]),
        inAutumn,
        why('nothing_requested'),
      ],
    ],
  ],
  ['East Riding', [['pays by request', child([held]), inAutumn, []]]],
  [
    'Gateshead',
    [
      ['pays half of what is not kept', child([held]), run('autumn', '2025-12-01', 2345_00), pays(872_50)],
      ['asks for a rate that nobody has said', child([held]), { ...inAutumn, rate: undefined }, why('rate_unknown')],
      [
        'no third plan in a year',
        child([plan('summer', '2026-05-12')], {
          paid: (['autumn', 'spring'] as const).map((term) => ({
            ...{ academicYear: 2025, term, part: 'plan' as const, year: inAutumn.year, amount: pence(872_50) },
          })),
        }),
        run('summer', '2026-06-20'),
        why('already_paid'),
      ],
    ],
  ],
  [
    'Bury',
    [
      ['pays a base with no plan and no application', child([]), inAutumn, pays(100_00, 'base')],
      ['not once care has ended', child([], { careTo: day('2025-11-30') }), inAutumn, why('not_in_care', 'base')],
      ['on its last day still', child([], { careTo: day('2025-12-01') }), inAutumn, pays(100_00, 'base')],
    ],
  ],
  [
    'Lincolnshire',
    [
      ['pays once a financial year', child([]), inAutumn, pays(300_00, 'opening')],
      [
        'not twice, but again in the next year',
        child([], {
          paid: [{ academicYear: 2025, term: 'autumn', part: 'opening', year: inAutumn.year, amount: pence(300_00) }],
        }),
        run('spring', '2026-03-31'),
        why('already_paid', 'opening'),
      ],
      [
        'on 1 April it is the next year',
        child([], {
          paid: [{ academicYear: 2025, term: 'autumn', part: 'opening', year: inAutumn.year, amount: pence(300_00) }],
        }),
        run('summer', '2026-04-01'),
        pays(300_00, 'opening'),
      ],
    ],
  ],
  [
    'Wolverhampton',
    [
      ['pays 1,800 of 1,900', child([]), run('autumn', '2025-12-01', 1900_00), pays(1800_00, 'flat')],
      ...(
        [
          [2025, 'spring', why('already_paid', 'flat')],
          [2024, 'autumn', pays(1800_00, 'flat')],
        ] as const
      ).map(
        ([year, term, expected]) =>
          [
            `pays once in a financial year: it has paid from ${year}`,
            child([], {
              paid: [{ academicYear: 2024, term, part: 'flat', year: financialYear(year), amount: pence(1800_00) }],
            }),
            run('autumn', '2025-12-01', 1900_00),
            expected,
          ] as const,
      ),
      ['asks for the rate', child([]), { ...inAutumn, rate: undefined }, why('rate_unknown', 'flat')],
    ],
  ],
])('%s', (authority, cases) => {
  test.each(cases)('%s', (_, who, when, expected) => {
    expect(modelOf(authority).propose(who, when).map(withoutTerm)).toEqual(expected)
  })
})

test.each([
  ['Wolverhampton', 1900_00, 100_00],
  ['Essex', 2630_00, 526_00],
  ['East Riding', 2300_00, 400_00],
  ['Gateshead', 2345_00, 600_00],
  ['Lancashire', 2630_00, 980_00],
  ['Bury', 2630_00, 0],
])('%s keeps its part of the rate', (authority, rate, retained) => {
  expect(modelOf(authority).split(pence(rate))).toEqual({ retained, forChild: rate - retained })
})

test.each([
  ['an amount beyond the rate', { kind: 'amount', amount: pence(600_00) }, 500_00],
  ['all but an amount beyond the rate', { kind: 'all_but', amount: pence(600_00) }, 0],
  ['a share of an odd rate', { kind: 'share', hundredths: 33 }, 165_00],
  ['all of it', { kind: 'share', hundredths: 100 }, 500_00],
] as const)('%s: no more is kept than there is, and no less than nothing', (_, retained, kept) => {
  expect(splitBy(retained)(pence(500_00))).toEqual({ retained: kept, forChild: 500_00 - kept })
})

test('in any model: never beyond what is there, never twice for a term, never to a school where the child is not', () => {
  const date = fc.integer({ min: 0, max: 700 }).map((days) => plusDays(day('2025-01-01'), days))
  fc.assert(
    fc.property(
      fc.constantFrom(...publishedModels),
      date,
      date,
      fc.boolean(),
      fc.constantFrom('autumn', 'spring', 'summer'),
      (published, careFrom, left, moved, term) => {
        const model = published.model(pence(300_00))
        const on: PlainDate = day(terms[term].halfTerm)
        const who = child([plan(term, terms[term].from)], {
          careFrom,
          places: [
            { school: 7, from: day('2024-09-01'), to: moved ? left : null, subsidiary: false },
            ...(moved ? [{ school: 8, from: plusDays(left, 1), to: null, subsidiary: false }] : []),
          ],
        })
        const first = model.propose(who, run(term, on))
        for (const one of first) {
          if (!one.pays) continue
          expect(one.school).toBe(moved && on > left ? 8 : 7)
          expect(careFrom <= on).toBe(true)
          const paid = [{ academicYear: 2025, term, part: one.part, year: financialYearOf(on), amount: one.amount }]
          const again: readonly Proposal[] = model.propose({ ...who, paid }, run(term, on))
          expect(
            again.some(({ pays: more }) => more) &&
              !('paysNextTerm' in model) &&
              published.authority !== 'North Northamptonshire',
          ).toBe(false)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('an opening payment is due on a day of the year, or some days after care began', () => {
  const due = (careFrom: string, year: number, by = '05-31') => openingDueOn({ by, within: 31 }, day(careFrom), year)
  expect(due('2020-01-01', 2026)).toBe('2026-05-31')
  expect(due('2026-04-10', 2026)).toBe('2026-05-31')
  expect(due('2026-05-10', 2026)).toBe('2026-06-10')
  expect(due('2026-11-02', 2026)).toBe('2026-12-03')
  expect(due('2020-01-01', 2026, '03-31')).toBe('2027-03-31')
  expect(due('2020-01-01', 2027, '02-29')).toBe('2028-02-29')
  expect(due('2020-01-01', 2026, '02-29')).toBe('2027-02-28')
})

describe('a child who moves', () => {
  const paid = {
    school: 7,
    amount: pence(600_00),
    spent: pence(150_00),
    from: day('2026-01-05'),
    to: day('2026-03-27'),
  }

  test.each<[MoveRule, number | null, object]>([
    ['keep', 8, { stays: 600_00, back: 0, onwards: null }],
    ['recoup', 8, { stays: 150_00, back: 450_00, onwards: null }],
    ['transfer', 8, { stays: 150_00, back: 0, onwards: { school: 8, amount: 450_00 } }],
    ['transfer', null, { stays: 150_00, back: 450_00, onwards: null }],
    ['pro_rata', 8, { stays: 300_00, back: 300_00, onwards: null }],
  ])('half way through the term, under the rule "%s"', (rule, next, expected) => {
    expect(settle(rule, paid, day('2026-02-14'), next)).toEqual(expected)
  })

  test('nothing is lost on the way, and nothing spent is asked back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<MoveRule>('keep', 'recoup', 'pro_rata', 'transfer'),
        fc.nat(500_000),
        fc.nat(600_000),
        fc.integer({ min: -5, max: 120 }),
        fc.constantFrom(null, 8),
        (rule, amount, spent, days, next) => {
          const one = { ...paid, amount: pence(amount), spent: pence(spent) }
          const { stays, back, onwards } = settle(rule, one, plusDays(paid.from, days), next)
          expect(stays + back + (onwards?.amount ?? 0)).toBe(amount)
          expect(Math.min(stays, back, onwards?.amount ?? 1)).toBeGreaterThanOrEqual(0)
          expect(stays).toBeGreaterThanOrEqual(Math.min(spent, amount))
        },
      ),
    )
  })

  test('at two schools the main one is paid, or both by their days, to the penny', () => {
    const schools = [
      { school: 7, subsidiary: true, days: 2 },
      { school: 8, subsidiary: false, days: 3 },
    ]
    expect(shareBetween('main', pence(550_00), schools)).toEqual([{ school: 8, amount: 550_00 }])
    const parts = shareBetween('by_days', pence(550_01), schools)
    expect(parts).toEqual([
      { school: 7, amount: 220_00 },
      { school: 8, amount: 330_01 },
    ])
    expect(sumOf(parts.map(({ amount }) => amount))).toBe(550_01)
    expect(shareBetween('main', pence(5), [])).toEqual([])
  })
})

test('a plan of the term before is paid for that term, and the next one is not taken for it', () => {
  const model = modelOf('North Northamptonshire')
  const plans = [plan('autumn', '2025-11-20'), plan('spring', '2026-02-20')]
  const [inSpring] = model.propose(child(plans), run('spring', '2026-02-25'))
  expect(inSpring).toMatchObject({ pays: true, of: { academicYear: 2025, term: 'autumn' } })
  const paid = [
    {
      academicYear: 2025,
      term: 'autumn',
      part: 'plan',
      year: financialYearOf(day('2026-02-25')),
      amount: pence(300_00),
    },
  ] as const
  expect(model.propose(child(plans, { paid }), run('spring', '2026-03-02'))).toEqual(why('already_paid'))
  expect(model.propose(child(plans, { paid }), run('summer', '2026-04-20'))).toMatchObject([
    { pays: true, of: { academicYear: 2025, term: 'spring' } },
  ])
})
