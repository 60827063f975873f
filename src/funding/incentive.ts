import { type Pence, pence } from '../domain/funding/pence.ts'
import type { IncentiveHappened, IncentiveScheme } from '../store/incentives.ts'

/** Where a child stands in a scheme: what is known of it, and what it comes to. */
export type IncentiveStanding = {
  readonly told: IncentiveHappened | undefined
  readonly entries: number | null
  readonly passes: number | null
  readonly highs: number | null
  /** What it comes to by the scheme; null until results are in. */
  readonly comesTo: Pence | null
  readonly approved: Pence | null
  /** How many things have happened for the child. */
  readonly events: number
}

/** What entries and results come to by a scheme, never more than its most. A high grade is a pass as well. */
export const incentiveFor = (
  scheme: Pick<IncentiveScheme, 'anEntry' | 'aPass' | 'aHigh' | 'most'>,
  { entries, passes, highs }: { readonly entries: number; readonly passes: number; readonly highs: number },
): Pence => pence(Math.min(scheme.most, entries * scheme.anEntry + passes * scheme.aPass + highs * scheme.aHigh))

/** Where a child stands in a scheme after what happened, the newest of each counting. */
export const incentiveStanding = (
  scheme: IncentiveScheme,
  pupil: number,
  events: readonly IncentiveHappened[],
): IncentiveStanding => {
  const own = events.filter((one) => one.scheme === scheme.number && one.pupil === pupil)
  const last = (event: IncentiveHappened['event']) => own.findLast((one) => one.event === event)
  const entries = last('entries')?.entries ?? null
  const results = last('results')
  const [passes, highs] = [results?.passes ?? null, results?.highs ?? null]
  return {
    told: last('told'),
    entries,
    passes,
    highs,
    comesTo:
      entries !== null && passes !== null && highs !== null ? incentiveFor(scheme, { entries, passes, highs }) : null,
    approved: last('approved')?.amount ?? null,
    events: own.length,
  }
}

/** Why results cannot be as they were typed: more passes than entries, or more high grades than passes. */
export const resultsFit = (entries: number, passes: number, highs: number): boolean =>
  passes <= entries && highs <= passes
