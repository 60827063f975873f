import { describe, expect, test } from 'vitest'
import { type PlainDate, plainDate } from '../../src/domain/dates.ts'
import { financialYearOf } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { modelOf } from '../../src/funding/model-of.ts'
import type { PayRun, PayRunChild, PlanOf } from '../../src/funding/models/model.ts'
import { publishedModels } from '../../src/funding/models/published.ts'
import { publishedRules } from '../../src/funding/models/published-rules.ts'
import { checkFundingRules, type FundingRules, parseFundingRules, usualFundingRules } from '../../src/funding/rules.ts'
import { rulesFrom, rulesProblems, typedRules } from '../../src/funding/rules-form.ts'

const terms = ['autumn', 'spring', 'summer'] as const
const days: Readonly<Record<(typeof terms)[number], { from: string; halfTerm: string; to: string; late: string }>> = {
  autumn: { from: '2025-09-01', halfTerm: '2025-10-24', to: '2025-12-19', late: '2025-12-01' },
  spring: { from: '2026-01-05', halfTerm: '2026-02-13', to: '2026-03-27', late: '2026-03-10' },
  summer: { from: '2026-04-13', halfTerm: '2026-05-22', to: '2026-07-21', late: '2026-06-30' },
}

const run = (term: (typeof terms)[number], rate: number | undefined): PayRun => {
  const on = plainDate(days[term].late)
  return {
    ...{ academicYear: 2025, term, on, year: financialYearOf(on), rate: rate === undefined ? undefined : pence(rate) },
    ...{ from: plainDate(days[term].from), to: plainDate(days[term].to), halfTerm: plainDate(days[term].halfTerm) },
  }
}

const plans: readonly PlanOf[] = terms.flatMap((term) =>
  [null, days[term].halfTerm, days[term].late].flatMap((heldOn) =>
    ([null, 'good', 'inadequate'] as const).flatMap((rating) =>
      [null, 400_00, 650_00].map((requested) => ({
        ...{ academicYear: 2025, term, heldOn: heldOn as PlainDate | null, rating, signedOff: requested === 400_00 },
        ...{
          requested: requested === null ? null : pence(requested),
          purposes: requested === 650_00 ? ['uniform'] : [],
        },
      })),
    ),
  ),
)

const child = (own: readonly PlanOf[], more: Partial<PayRunChild> = {}): PayRunChild => ({
  ...{ careFrom: plainDate('2024-02-29'), careTo: null, plans: own, paid: [] },
  places: [{ school: 7, from: plainDate('2024-09-01'), to: null, subsidiary: false }],
  ...more,
})

describe('the twelve published models as rules that a council can begin from', () => {
  test('each has its rules', () => {
    expect(Object.keys(publishedRules).sort()).toEqual(publishedModels.map(({ authority }) => authority).sort())
  })

  test.each(publishedModels.map((one) => [one.authority, one] as const))('%s', (authority, published) => {
    const asked = pence(300_00)
    const begun = publishedRules[authority] as FundingRules
    const model = published.asks && begun.model.kind === 'opening' ? { ...begun.model, amount: asked } : begun.model
    const filled =
      published.asks && model.kind === 'plan' && model.amount.kind === 'fixed'
        ? { ...model, amount: { ...model.amount, amount: asked } }
        : model
    const ours = modelOf({ ...usualFundingRules, ...begun, model: filled })
    const theirs = published.model(asked)
    expect(ours.split(pence(2630_00))).toEqual(theirs.split(pence(2630_00)))
    for (const term of terms)
      for (const rate of [2630_00, undefined])
        for (const plan of plans) {
          // Lancashire paid more in one term: that is a version of the rules of its own.
          if (authority === 'Lancashire' && plan.term === 'summer') continue
          for (const one of [
            child([plan]),
            child([plan], { careTo: plainDate('2025-11-01') }),
            child([plan], { places: [] }),
          ])
            expect(ours.propose(one, run(term, rate))).toEqual(theirs.propose(one, run(term, rate)))
        }
  })

  test.each(Object.entries(publishedRules))('%s goes through the form and back', (_, begun) => {
    const rules = { ...usualFundingRules, ...begun }
    const checked = checkFundingRules(rulesFrom(typedRules(rules)))
    expect('rules' in checked && checked.rules).toEqual(rules)
    expect(parseFundingRules(JSON.stringify(rules))).toEqual(rules)
  })
})

describe('the form of the rules', () => {
  const typed = typedRules(usualFundingRules)
  test.each<[string, Partial<typeof typed>, readonly string[]]>([
    ['an amount that is none', { oneOfficerUpTo: 'much' }, ['oneOfficerUpTo']],
    ['no days', { reviewDays: '0', payWithin: 'soon' }, ['reviewDays', 'payWithin']],
    ['a share of more than all', { retained: 'share', retainedAmount: '101' }, ['retainedAmount']],
    ['a base of nothing typed', { model: 'base', amount: '' }, ['amount']],
    ['bands of words', { model: 'plan', planAmount: 'bands', amount: '400 much' }, ['amount']],
    ['a day that is none', { model: 'opening', amount: '5', by: '31 2', within: '9' }, ['by']],
    ['a model that is none', { model: 'lottery' }, ['model']],
    ['an address that runs', { policyAddress: 'javascript:alert(1)' }, ['policyAddress']],
    ['an intervention of its own twice', { interventions: 'Forest school\nforest School' }, ['interventions']],
    ['one that stands for another', { interventions: 'therapeutic' }, ['interventions']],
    ['one that is too long', { interventions: 'a'.repeat(61) }, ['interventions']],
    ['several at once', { twoPeopleAbove: '', move: '', dual: 'x' }, ['twoPeopleAbove', 'move', 'dual']],
  ])('%s', (_, changed, expected) => {
    const checked = checkFundingRules(rulesFrom({ ...typed, ...changed }))
    expect(
      'wrong' in checked &&
        rulesProblems(checked.wrong)
          .map(({ field }) => field)
          .sort(),
    ).toEqual([...expected].sort())
  })

  test('interventions of a council’s own go through it and back; rules from before there were any have none', () => {
    const checked = checkFundingRules(rulesFrom({ ...typed, interventions: ' Forest school \r\n\r\nSummer camp' }))
    expect('rules' in checked && checked.rules.interventions).toEqual(['Forest school', 'Summer camp'])
    expect('rules' in checked && typedRules(checked.rules).interventions).toBe('Forest school\nSummer camp')
    const { interventions: _, ...before } = usualFundingRules
    expect(parseFundingRules(JSON.stringify(before))).toEqual(usualFundingRules)
  })
})
