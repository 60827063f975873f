import { firstDayOfTerm, termOf } from '../domain/calendar.ts'
import type { ApplicationState } from '../domain/funding/states.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import {
  type GateRow,
  gateOfApplications,
  gateOfEntitlements,
  gateOfPayments,
  type Missing,
  type PaymentGateRow,
} from '../store/gates.ts'
import { type FundingRules, type GateItem, gateItems } from './rules.ts'

/** One thing a council asks for before it pays: whether it is in, and whether money waits for it. */
export type GatePart = { readonly item: GateItem; readonly isIn: boolean; readonly waits: boolean }

/**
 * What a council asks for before it pays an application. Nothing waits where the need is urgent, where a child came into
 * care since the term began, or where somebody let it pass.
 */
export const gateParts = (
  row: Missing | undefined,
  rules: FundingRules,
  { urgent, passed }: { readonly urgent: boolean; readonly passed: boolean },
): readonly GatePart[] =>
  gateItems.flatMap((item): GatePart[] => {
    const way = rules.gate[item]
    if (way === 'off' || !row) return []
    const isIn = { return: row.returnMissing, plan: row.planMissing, use: row.useMissing }[item] === 0
    return [{ item, isIn, waits: way === 'block' && !isIn && !urgent && !passed && row.newToCare === 0 }]
  })

/** What some applications wait for today, by number. */
export const gatesOf = (
  query: Query,
  scope: Scope,
  applications: readonly { readonly number: number; readonly state: ApplicationState }[],
): Promise<ReadonlyMap<number, GateRow>> => {
  const { academicYear, term } = termOf(scope.today)
  return gateOfApplications(query, scope, {
    applications: applications.map(({ number }) => number),
    academicYear,
    term,
    termFrom: firstDayOfTerm(academicYear, term),
  })
}

/**
 * What a council asks for before it pays by entitlement. Whether there is a plan is for its model to ask: that a payment
 * stands there says that it does not wait for one.
 */
export const gatePartsOfEntitlement = (row: PaymentGateRow | undefined, rules: FundingRules): readonly GatePart[] =>
  gateParts(row, { ...rules, gate: { ...rules.gate, plan: 'off' } }, { urgent: false, passed: row?.passed === 1 })

/** What some payments by entitlement wait for today, by number. */
export const gatesOfEntitlements = (
  query: Query,
  scope: Scope,
  payments: readonly number[],
): Promise<ReadonlyMap<number, PaymentGateRow>> => {
  const { academicYear, term } = termOf(scope.today)
  return gateOfEntitlements(query, scope, { payments, termFrom: firstDayOfTerm(academicYear, term) })
}

/** The payments, by number, that are not sent to finance yet because something blocks them. */
export const blockedPayments = async (
  query: Query,
  scope: Scope,
  payments: readonly number[],
  rules: FundingRules,
): Promise<ReadonlySet<number>> => {
  const { academicYear, term } = termOf(scope.today)
  const termFrom = firstDayOfTerm(academicYear, term)
  const [asked, entitled] = await Promise.all([
    gateOfPayments(query, scope, { payments, academicYear, term, termFrom }),
    gatesOfEntitlements(query, scope, payments),
  ])
  const blocks = (parts: readonly GatePart[]) => parts.some(({ waits }) => waits)
  return new Set([
    ...[...asked.values()].flatMap((row) =>
      blocks(gateParts(row, rules, { urgent: row.urgent === 1, passed: row.passed === 1 })) ? [row.payment] : [],
    ),
    ...[...entitled.values()].flatMap((row) => (blocks(gatePartsOfEntitlement(row, rules)) ? [row.payment] : [])),
  ])
}
