import { type Pence, pence } from '../../domain/funding/pence.ts'
import { basePayment } from './base-payment.ts'
import { byApplication } from './by-application.ts'
import { flatPayment } from './flat-payment.ts'
import type { PaymentModel, TermOf } from './model.ts'
import type { MoveRule } from './moves.ts'
import { openingPayment } from './opening-payment.ts'
import { planPayment } from './plan-payment.ts'

/** A local payment model as a council published it, to begin from: a council's own settings take its place. */
export type PublishedModel = {
  readonly authority: string
  /** The year of the policy, as it is called there. */
  readonly of: string
  readonly says: string
  /** Amounts the policy does not name are asked for, never assumed. */
  readonly asks: boolean
  readonly model: (asked: Pence) => PaymentModel
  /** What becomes of money when a child moves to another school; null where the policy does not say. */
  readonly move: MoveRule | null
}

const pounds = (amount: number) => pence(amount * 100)
const always: TermOf = { academicYear: 2011, term: 'autumn' }
const nothing = { kind: 'nothing' } as const

/** The twelve local models that were found published, or in a seed document; each by the policy of its year. */
export const publishedModels: readonly PublishedModel[] = [
  {
    authority: 'Warwickshire',
    of: 'undated',
    says: 'Nothing, £400, £800 or £1,500 a term, as the plan requests',
    asks: false,
    model: () =>
      planPayment({
        retained: nothing,
        needs: 'held',
        amounts: [{ from: always, amount: { kind: 'bands', bands: [0, 400, 800, 1500].map(pounds) } }],
      }),
    move: null,
  },
  {
    authority: 'Norfolk',
    of: '2017 to 2018',
    says: 'Up to £600 a term, once its use is signed off against outcomes; the spring plan in the first half of term',
    asks: false,
    model: () =>
      planPayment({
        retained: nothing,
        needs: 'signed_off',
        springFirstHalf: true,
        amounts: [{ from: always, amount: { kind: 'up_to', most: pounds(600) } }],
      }),
    move: null,
  },
  {
    authority: 'Lancashire',
    of: '2025 to 2026',
    says: '£550 a term (£610 in summer 2025) for a plan that is at least adequate; the rest is a fund for high needs',
    asks: false,
    model: () =>
      planPayment({
        retained: { kind: 'all_but', amount: pounds(1650) },
        needs: 'adequate',
        amounts: [
          { from: always, amount: { kind: 'fixed', amount: pounds(550) } },
          { from: { academicYear: 2024, term: 'summer' }, amount: { kind: 'fixed', amount: pounds(610) } },
          { from: { academicYear: 2025, term: 'autumn' }, amount: { kind: 'fixed', amount: pounds(550) } },
        ],
      }),
    move: null,
  },
  {
    authority: 'North Northamptonshire',
    of: '2024 to 2025',
    says: 'An adequate plan this term pays next term',
    asks: true,
    model: (asked) =>
      planPayment({
        retained: nothing,
        needs: 'adequate',
        paysNextTerm: true,
        amounts: [{ from: always, amount: { kind: 'fixed', amount: asked } }],
      }),
    move: null,
  },
  {
    authority: 'Essex',
    of: 'undated',
    says: 'A fifth is kept, and reviewed; the rest by application',
    asks: false,
    model: () => byApplication({ retained: { kind: 'share', hundredths: 20 } }),
    move: null,
  },
  {
    authority: 'Sutton',
    of: 'undated',
    says: 'Up to £700 a plan; not for uniform, transport or what a school pays for everybody',
    asks: false,
    model: () =>
      planPayment({
        retained: nothing,
        needs: 'held',
        excluded: ['uniform', 'transport', 'base_cost'],
        amounts: [{ from: always, amount: { kind: 'up_to', most: pounds(700) } }],
      }),
    move: null,
  },
  {
    authority: 'Worcestershire',
    of: '2022 to 2023',
    says: 'Up to £550 a term; no plan, no money',
    asks: false,
    model: () =>
      planPayment({
        retained: nothing,
        needs: 'held',
        amounts: [{ from: always, amount: { kind: 'up_to', most: pounds(550) } }],
      }),
    move: null,
  },
  {
    authority: 'East Riding',
    of: '2018 to 2019',
    says: '£1,900 by itemised request to a panel every fortnight; £400 is held',
    asks: false,
    model: () => byApplication({ retained: { kind: 'amount', amount: pounds(400) } }),
    move: null,
  },
  {
    authority: 'Gateshead',
    of: '2021',
    says: '£600 is kept; the rest is paid on two plans a year',
    asks: false,
    model: () =>
      planPayment({
        retained: { kind: 'amount', amount: pounds(600) },
        needs: 'held',
        plansAYear: 2,
        amounts: [{ from: always, amount: { kind: 'part', of: 2 } }],
      }),
    move: null,
  },
  {
    authority: 'Bury',
    of: 'undated',
    says: '£100 a term unasked; the rest by need',
    asks: false,
    model: () => basePayment({ retained: nothing, aTerm: pounds(100) }),
    move: null,
  },
  {
    authority: 'Lincolnshire',
    of: '2024 to 2025',
    says: 'A first payment by 31 May, or within a month of coming into care; more by need',
    asks: true,
    model: (asked) => openingPayment({ retained: nothing, amount: asked, by: '05-31', within: 31 }),
    move: 'keep',
  },
  {
    authority: 'Wolverhampton',
    of: '2015 to 2016',
    says: '£1,800 for each child',
    asks: false,
    model: () => flatPayment({ amount: pounds(1800) }),
    move: null,
  },
]
