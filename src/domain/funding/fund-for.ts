import type { FundCode } from './funds.ts'

const early: readonly string[] = ['N1', 'N2', '-2', '-1', 'E1', 'E2']

/**
 * The fund that pays for a child of a year group: the early years pupil premium before Reception, the post-16 premium from
 * Year 12, Pupil Premium Plus between them; in Wales the Pupil Development Grant, whatever the age.
 */
export const fundFor = (yearGroup: string, country: 'England' | 'Wales'): FundCode => {
  if (country === 'Wales') return 'pupil_development_grant'
  if (early.includes(yearGroup)) return 'early_years_pupil_premium'
  return /^1[2-5]$/.test(yearGroup) ? 'post_16_premium' : 'pupil_premium_plus'
}

/** The one fund that pays for several children; undefined where it is not the same for all, or there is nobody. */
export const fundForAll = (yearGroups: readonly string[], country: 'England' | 'Wales'): FundCode | undefined => {
  const [first, ...others] = new Set(yearGroups.map((yearGroup) => fundFor(yearGroup, country)))
  return others.length === 0 ? first : undefined
}
