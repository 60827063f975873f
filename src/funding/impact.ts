import { type PlainDate, todayInLondon } from '../domain/dates.ts'
import type { UseOutcome } from '../domain/funding/application.ts'
import { type Pence, pence, sumOf } from '../domain/funding/pence.ts'
import { sharesOf } from '../domain/funding/survey.ts'
import type { ListedApplication } from '../store/applications.ts'
import type { JudgedAround } from '../store/impact.ts'
import type { UseReport } from '../store/use-reports.ts'

/** Money that was agreed to or paid: for an intervention, or by entitlement, where nobody said for which. */
export type Granted = {
  readonly intervention: string | null
  readonly agreed: Pence
  /** What of it has come back. */
  readonly returned: Pence
  readonly children: readonly number[]
  /** The newest report of its use. */
  readonly use: Pick<UseReport, 'spent' | 'hoursGiven' | 'outcome'> | undefined
}

/** What one intervention, or everything by entitlement, cost and came to. */
export type InterventionImpact = {
  readonly intervention: string | null
  /** How many applications, or payments by entitlement. */
  readonly granted: number
  readonly children: number
  readonly agreed: Pence
  readonly spent: Pence
  /** In hundredths of an hour. */
  readonly hours: number
  readonly outcomes: Readonly<Record<UseOutcome, number>>
  /** How many of them had their use reported. */
  readonly reported: number
  /** What those whose target was met cost, for each: agreed, less what came back; null where none was. */
  readonly perMet: Pence | null
}

/** What was agreed by intervention and what became of it. */
export const impactByIntervention = (all: readonly Granted[]): readonly InterventionImpact[] =>
  [...new Set(all.map(({ intervention }) => intervention))]
    .map((intervention): InterventionImpact => {
      const own = all.filter((one) => one.intervention === intervention)
      const uses = own.flatMap(({ use }) => use ?? [])
      const met = own.filter(({ use }) => use?.outcome === 'met')
      const of = (outcome: UseOutcome) => uses.filter((use) => use.outcome === outcome).length
      return {
        intervention,
        granted: own.length,
        children: new Set(own.flatMap(({ children }) => children)).size,
        agreed: sumOf(own.map(({ agreed }) => agreed)),
        spent: sumOf(uses.map(({ spent }) => spent)),
        hours: uses.reduce((sum, { hoursGiven }) => sum + (hoursGiven ?? 0), 0),
        outcomes: { met: met.length, partly: of('partly'), not_met: of('not_met'), too_early: of('too_early') },
        reported: uses.length,
        perMet:
          met.length === 0
            ? null
            : pence(Math.round(sumOf(met.map(({ agreed, returned }) => pence(agreed - returned))) / met.length)),
      }
    })
    .toSorted((one, other) => other.agreed - one.agreed)

/** Where a judgement stands for a child's age; what is below a key stage counts as below. */
export const attainmentBands = ['below', 'at', 'above', 'not_assessed'] as const
export type AttainmentBand = (typeof attainmentBands)[number]

const bandOf = ({ state, value }: JudgedAround): AttainmentBand | undefined => {
  if (state === 'not_assessed') return 'not_assessed'
  if (state !== 'given') return undefined
  if (value === 'at' || value === 'above') return value
  return ['below', 'pre_key_stage', 'engagement_model'].includes(value) ? 'below' : undefined
}

/** How many judgements stand in a band, of how many children, with their share in hundredths of a percent. */
export type BandCount = { readonly count: number; readonly children: number; readonly hundredths: number }

/** A band before and after, of those who have both. */
export type BandChange = { readonly band: AttainmentBand; readonly before: BandCount; readonly after: BandCount }

/** Attainment before and after decisions, with how many judgements and children it is of. */
export type AttainmentImpact = {
  readonly judgements: number
  readonly children: number
  readonly bands: readonly BandChange[]
}

/**
 * Attainment for the child's age before and after money was approved: for each child and subject the last judgement up to
 * the day of the first decision, and the last one after it. Only pairs count, so that both have the same base.
 */
export const attainmentImpact = (
  approved: readonly ListedApplication[],
  judgements: readonly JudgedAround[],
): AttainmentImpact => {
  const decided = new Map<number, PlainDate>()
  const dayOf = new Map(
    approved.flatMap(({ number, decidedAt }) => (decidedAt ? [[number, todayInLondon(decidedAt)] as const] : [])),
  )
  for (const { application, pupil } of judgements) {
    const day = dayOf.get(application)
    const known = decided.get(pupil)
    if (day && (!known || day < known)) decided.set(pupil, day)
  }
  const pairs = new Map<string, { pupil: number; before?: AttainmentBand; after?: AttainmentBand }>()
  for (const judgement of judgements.toSorted((one, other) => (one.asAt < other.asAt ? -1 : 1))) {
    const band = bandOf(judgement)
    const day = decided.get(judgement.pupil)
    if (!band || !day) continue
    const key = `${judgement.pupil} ${judgement.item}`
    const pair = pairs.get(key) ?? { pupil: judgement.pupil }
    pair[judgement.asAt <= day ? 'before' : 'after'] = band
    pairs.set(key, pair)
  }
  const whole = [...pairs.values()].filter(({ before, after }) => before !== undefined && after !== undefined)
  const side = (of: 'before' | 'after'): readonly BandCount[] => {
    const own = attainmentBands.map((band) => whole.filter((pair) => pair[of] === band))
    const shares = sharesOf(own.map(({ length }) => length))
    return own.map((pairsOfBand, at) => ({
      count: pairsOfBand.length,
      children: new Set(pairsOfBand.map(({ pupil }) => pupil)).size,
      hundredths: shares[at]?.hundredths ?? 0,
    }))
  }
  const [before, after] = [side('before'), side('after')]
  const none: BandCount = { count: 0, children: 0, hundredths: 0 }
  return {
    judgements: whole.length,
    children: new Set(whole.map(({ pupil }) => pupil)).size,
    bands: attainmentBands.map((band, at) => ({ band, before: before[at] ?? none, after: after[at] ?? none })),
  }
}
