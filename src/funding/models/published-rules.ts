import { type Pence, pence } from '../../domain/funding/pence.ts'
import type { FundingRules } from '../rules.ts'

type Begun = Pick<FundingRules, 'model' | 'retained' | 'excluded'> & Partial<Pick<FundingRules, 'move'>>

const pounds = (amount: number): Pence => pence(amount * 100)
const plan = {
  kind: 'plan',
  needs: 'held',
  paysNextTerm: false,
  springFirstHalf: false,
  plansAYear: null,
} as const
const nothing = { kind: 'nothing' } as const

/**
 * The twelve published models as rules that a council can begin from, by the authority that published each. An amount a
 * policy does not name is left at nothing, and the form asks for it.
 */
export const publishedRules: Readonly<Record<string, Begun>> = {
  Warwickshire: {
    model: { ...plan, amount: { kind: 'bands', bands: [0, 400, 800, 1500].map(pounds) } },
    retained: nothing,
    excluded: [],
  },
  Norfolk: {
    model: { ...plan, needs: 'signed_off', springFirstHalf: true, amount: { kind: 'up_to', most: pounds(600) } },
    retained: nothing,
    excluded: [],
  },
  Lancashire: {
    model: { ...plan, needs: 'adequate', amount: { kind: 'fixed', amount: pounds(550) } },
    retained: { kind: 'all_but', amount: pounds(1650) },
    excluded: [],
  },
  'North Northamptonshire': {
    model: { ...plan, needs: 'adequate', paysNextTerm: true, amount: { kind: 'fixed', amount: pence(0) } },
    retained: nothing,
    excluded: [],
  },
  Essex: { model: { kind: 'application' }, retained: { kind: 'share', hundredths: 20 }, excluded: [] },
  Sutton: {
    model: { ...plan, amount: { kind: 'up_to', most: pounds(700) } },
    retained: nothing,
    excluded: ['uniform', 'transport', 'base_cost'],
  },
  Worcestershire: {
    model: { ...plan, amount: { kind: 'up_to', most: pounds(550) } },
    retained: nothing,
    excluded: [],
  },
  'East Riding': {
    model: { kind: 'application' },
    retained: { kind: 'amount', amount: pounds(400) },
    excluded: [],
  },
  Gateshead: {
    model: { ...plan, plansAYear: 2, amount: { kind: 'part', of: 2 } },
    retained: { kind: 'amount', amount: pounds(600) },
    excluded: [],
  },
  Bury: { model: { kind: 'base', aTerm: pounds(100) }, retained: nothing, excluded: [] },
  Lincolnshire: {
    model: { kind: 'opening', amount: pence(0), by: '05-31', within: 31 },
    retained: nothing,
    excluded: [],
    move: 'keep',
  },
  Wolverhampton: {
    model: { kind: 'flat', amount: pounds(1800) },
    retained: { kind: 'all_but', amount: pounds(1800) },
    excluded: [],
  },
}
