import { z } from 'zod'
import { interventions } from '../domain/funding/interventions.ts'
import { type Pence, pence } from '../domain/funding/pence.ts'

const money = z
  .number()
  .int()
  .min(0)
  .max(10_000_000_00)
  .transform((amount): Pence => pence(amount))

const retained = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('amount'), amount: money }),
  z.object({ kind: z.literal('share'), hundredths: z.number().int().min(0).max(100) }),
  z.object({ kind: z.literal('all_but'), amount: money }),
])

const planAmount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bands'), bands: z.array(money).min(1).max(12) }),
  z.object({ kind: z.literal('up_to'), most: money }),
  z.object({ kind: z.literal('fixed'), amount: money }),
  z.object({ kind: z.literal('part'), of: z.number().int().min(1).max(6) }),
])

const model = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('application') }),
  z.object({ kind: z.literal('base'), aTerm: money }),
  z.object({ kind: z.literal('flat'), amount: money }),
  z.object({
    kind: z.literal('opening'),
    amount: money,
    by: z.string().regex(/^\d{2}-\d{2}$/),
    within: z.number().int().min(0).max(366),
  }),
  z.object({
    kind: z.literal('plan'),
    needs: z.enum(['held', 'adequate', 'signed_off']),
    amount: planAmount,
    paysNextTerm: z.boolean(),
    springFirstHalf: z.boolean(),
    plansAYear: z.number().int().min(1).max(6).nullable(),
  }),
])

/** Interventions of a council's own, beside the thirteen of the survey: each is stored as it is called. */
const ownInterventions = z
  .array(z.string().trim().min(2).max(60))
  .max(20)
  .refine((names) => new Set(names.map((name) => name.toLowerCase())).size === names.length)
  .refine((names) => !names.some((name) => interventions.some((code) => code === name)))

const gate = z.enum(['off', 'warn', 'block'])

/** What a school must have in before money moves. */
export const gateItems = ['return', 'plan', 'use'] as const
export type GateItem = (typeof gateItems)[number]

const rules = z.object({
  /** Up to this amount one officer decides; above it a panel. */
  oneOfficerUpTo: money,
  /** Above this amount two different people agree. */
  twoPeopleAbove: money,
  /** Within how many days of a refusal a school may ask for a review. */
  reviewDays: z.number().int().min(1).max(365),
  /** Within how many days of a decision money is due. */
  payWithin: z.number().int().min(1).max(365),
  panelMeets: z.string().max(200),
  excluded: z.array(z.string().max(40)).max(20),
  interventions: ownInterventions.default([]),
  gate: z.object({ return: gate, plan: gate, use: gate }),
  retained,
  model,
  move: z.enum(['keep', 'recoup', 'pro_rata', 'transfer']),
  careEnds: z.enum(['keep', 'recoup', 'pro_rata']),
  dual: z.enum(['main', 'by_days']),
  assets: z.string().max(500),
  policy: z.string().max(2000),
  policyAddress: z.union([
    z.literal(''),
    z
      .string()
      .max(300)
      .regex(/^https:\/\/[^\s"'<>]+$/),
  ]),
})

/** What a council has settled about its money, as data: limits of decision, gate, excluded purposes, model, move rule. */
export type FundingRules = z.infer<typeof rules>

/** Where a council has settled nothing yet: one officer to £500, two people above £2,000, by application, the gate warns. */
export const usualFundingRules: FundingRules = {
  oneOfficerUpTo: pence(500_00),
  twoPeopleAbove: pence(2000_00),
  reviewDays: 28,
  payWithin: 15,
  panelMeets: '',
  excluded: [],
  interventions: [],
  gate: { return: 'warn', plan: 'warn', use: 'warn' },
  retained: { kind: 'nothing' },
  model: { kind: 'application' },
  move: 'keep',
  careEnds: 'keep',
  dual: 'main',
  assets: '',
  policy: '',
  policyAddress: '',
}

/** Rules as the store holds them; throws where they are none, which only a bug can bring about. */
export const parseFundingRules = (text: string): FundingRules => rules.parse(JSON.parse(text))

/** Rules that somebody has put together, or where they are wrong by the names of their parts. */
export const checkFundingRules = (
  given: unknown,
): { readonly rules: FundingRules } | { readonly wrong: readonly string[] } => {
  const parsed = rules.safeParse(given)
  return parsed.success
    ? { rules: parsed.data }
    : { wrong: [...new Set(parsed.error.issues.map(({ path }) => path.map(String).join('.')))] }
}
