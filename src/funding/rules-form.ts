import { parseTypedDate } from '../domain/dates.ts'
import { purposes } from '../domain/funding/interventions.ts'
import { type Pence, parsePounds, typedPounds } from '../domain/funding/pence.ts'
import type { FundingRules } from './rules.ts'

/** The rules as a form holds them: every field a text. */
export const rulesFields = [
  'oneOfficerUpTo',
  'twoPeopleAbove',
  'reviewDays',
  'payWithin',
  'panelMeets',
  'interventions',
  'gateReturn',
  'gatePlan',
  'gateUse',
  'retained',
  'retainedAmount',
  'model',
  'amount',
  'needs',
  'planAmount',
  'plansAYear',
  'paysNextTerm',
  'springFirstHalf',
  'by',
  'within',
  'move',
  'careEnds',
  'dual',
  'assets',
  'policy',
  'policyAddress',
] as const
export type RulesField = (typeof rulesFields)[number]
export type TypedRules = Readonly<Record<RulesField, string>> & { readonly excluded: readonly string[] }

const amountIn = ({ model }: FundingRules): string => {
  switch (model.kind) {
    case 'application':
      return ''
    case 'base':
      return typedPounds(model.aTerm)
    case 'flat':
    case 'opening':
      return typedPounds(model.amount)
    case 'plan':
      switch (model.amount.kind) {
        case 'bands':
          return model.amount.bands.map(typedPounds).join(' ')
        case 'up_to':
          return typedPounds(model.amount.most)
        case 'fixed':
          return typedPounds(model.amount.amount)
        case 'part':
          return String(model.amount.of)
      }
  }
}

/** Some rules as their form shows them. */
export const typedRules = (rules: FundingRules): TypedRules => {
  const { model, retained } = rules
  const plan = model.kind === 'plan' ? model : undefined
  return {
    oneOfficerUpTo: typedPounds(rules.oneOfficerUpTo),
    twoPeopleAbove: typedPounds(rules.twoPeopleAbove),
    reviewDays: String(rules.reviewDays),
    payWithin: String(rules.payWithin),
    panelMeets: rules.panelMeets,
    excluded: rules.excluded,
    interventions: rules.interventions.join('\n'),
    gateReturn: rules.gate.return,
    gatePlan: rules.gate.plan,
    gateUse: rules.gate.use,
    retained: retained.kind,
    retainedAmount:
      retained.kind === 'nothing'
        ? ''
        : retained.kind === 'share'
          ? String(retained.hundredths)
          : typedPounds(retained.amount),
    model: model.kind,
    amount: amountIn(rules),
    needs: plan?.needs ?? 'held',
    planAmount: plan?.amount.kind ?? 'fixed',
    plansAYear: plan?.plansAYear ? String(plan.plansAYear) : '',
    paysNextTerm: plan?.paysNextTerm ? 'yes' : '',
    springFirstHalf: plan?.springFirstHalf ? 'yes' : '',
    by: model.kind === 'opening' ? model.by.split('-').map(Number).reverse().join(' ') : '',
    within: model.kind === 'opening' ? String(model.within) : '',
    move: rules.move,
    careEnds: rules.careEnds,
    dual: rules.dual,
    assets: rules.assets,
    policy: rules.policy,
    policyAddress: rules.policyAddress,
  }
}

/** A field that is to be mended, and the words for it by their key. */
export type RulesProblem = {
  readonly field: RulesField
  readonly words:
    | 'amount'
    | 'bands'
    | 'parts'
    | 'days'
    | 'share'
    | 'choose'
    | 'by'
    | 'plans'
    | 'address'
    | 'interventions'
}

const retainedFrom = (typed: TypedRules): unknown => {
  if (typed.retained === 'share')
    return {
      kind: 'share',
      hundredths: /^\d{1,3}$/.test(typed.retainedAmount) ? Number(typed.retainedAmount) : undefined,
    }
  if (typed.retained === 'amount' || typed.retained === 'all_but')
    return { kind: typed.retained, amount: parsePounds(typed.retainedAmount) }
  return { kind: typed.retained }
}

const bandsFrom = (text: string): readonly (Pence | undefined)[] =>
  text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map(parsePounds)

const planAmountFrom = (typed: TypedRules): unknown => {
  switch (typed.planAmount) {
    case 'bands':
      return { kind: 'bands', bands: bandsFrom(typed.amount) }
    case 'up_to':
      return { kind: 'up_to', most: parsePounds(typed.amount) }
    case 'part':
      return { kind: 'part', of: /^\d$/.test(typed.amount) ? Number(typed.amount) : undefined }
    default:
      return { kind: typed.planAmount, amount: parsePounds(typed.amount) }
  }
}

const modelFrom = (typed: TypedRules): unknown => {
  switch (typed.model) {
    case 'base':
      return { kind: 'base', aTerm: parsePounds(typed.amount) }
    case 'flat':
      return { kind: 'flat', amount: parsePounds(typed.amount) }
    case 'opening': {
      // A leap year, so that 29 February is a day.
      const by = parseTypedDate(`${typed.by} 2024`)
      return {
        kind: 'opening',
        amount: parsePounds(typed.amount),
        by: by?.slice(5),
        within: /^\d{1,3}$/.test(typed.within) ? Number(typed.within) : undefined,
      }
    }
    case 'plan':
      return {
        kind: 'plan',
        needs: typed.needs,
        amount: planAmountFrom(typed),
        paysNextTerm: typed.paysNextTerm === 'yes',
        springFirstHalf: typed.springFirstHalf === 'yes',
        plansAYear: typed.plansAYear === '' ? null : Number(typed.plansAYear),
      }
    default:
      return { kind: typed.model }
  }
}

/** What a form says, as rules to be checked; what cannot be read is left out, and the check says so. */
export const rulesFrom = (typed: TypedRules): unknown => ({
  oneOfficerUpTo: parsePounds(typed.oneOfficerUpTo),
  twoPeopleAbove: parsePounds(typed.twoPeopleAbove),
  reviewDays: Number(typed.reviewDays),
  payWithin: Number(typed.payWithin),
  panelMeets: typed.panelMeets,
  excluded: typed.excluded.filter((one) => purposes.some((purpose) => purpose === one)),
  interventions: typed.interventions
    .split(/\r?\n/)
    .map((name) => name.trim())
    .filter((name) => name !== ''),
  gate: { return: typed.gateReturn, plan: typed.gatePlan, use: typed.gateUse },
  retained: retainedFrom(typed),
  model: modelFrom(typed),
  move: typed.move,
  careEnds: typed.careEnds,
  dual: typed.dual,
  assets: typed.assets,
  policy: typed.policy,
  policyAddress: typed.policyAddress,
})

const problems: readonly (readonly [path: RegExp, problem: RulesProblem])[] = [
  [/^oneOfficerUpTo/, { field: 'oneOfficerUpTo', words: 'amount' }],
  [/^twoPeopleAbove/, { field: 'twoPeopleAbove', words: 'amount' }],
  [/^reviewDays/, { field: 'reviewDays', words: 'days' }],
  [/^payWithin/, { field: 'payWithin', words: 'days' }],
  [/^interventions/, { field: 'interventions', words: 'interventions' }],
  [/^gate\.return/, { field: 'gateReturn', words: 'choose' }],
  [/^gate\.plan/, { field: 'gatePlan', words: 'choose' }],
  [/^gate\.use/, { field: 'gateUse', words: 'choose' }],
  [/^retained\.hundredths/, { field: 'retainedAmount', words: 'share' }],
  [/^retained\.amount/, { field: 'retainedAmount', words: 'amount' }],
  [/^retained/, { field: 'retained', words: 'choose' }],
  [/^model\.by/, { field: 'by', words: 'by' }],
  [/^model\.within/, { field: 'within', words: 'days' }],
  [/^model\.needs/, { field: 'needs', words: 'choose' }],
  [/^model\.plansAYear/, { field: 'plansAYear', words: 'plans' }],
  [/^model\.amount\.bands/, { field: 'amount', words: 'bands' }],
  [/^model\.amount\.of/, { field: 'amount', words: 'parts' }],
  [/^model\.amount\.kind/, { field: 'planAmount', words: 'choose' }],
  [/^model\.(amount|aTerm)/, { field: 'amount', words: 'amount' }],
  [/^model/, { field: 'model', words: 'choose' }],
  [/^move/, { field: 'move', words: 'choose' }],
  [/^careEnds/, { field: 'careEnds', words: 'choose' }],
  [/^dual/, { field: 'dual', words: 'choose' }],
  [/^policyAddress/, { field: 'policyAddress', words: 'address' }],
]

/** Which fields of the form a check's paths are about. */
export const rulesProblems = (wrong: readonly string[]): readonly RulesProblem[] => [
  ...new Map(
    wrong.flatMap((path) => {
      const found = problems.find(([pattern]) => pattern.test(path))?.[1]
      return found ? [[found.field, found] as const] : []
    }),
  ).values(),
]
