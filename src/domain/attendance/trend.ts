import type { PlainDate } from '../dates.ts'
import { attendedOf, emptyTally, fewSessions, possibleOf, sumTallies, type Tally } from './tally.ts'
import { usualSessionsAfter } from './usual-year.ts'

/** The weeks that count as lately. */
export const recentWeeks = 6

/** Percentage points within which two figures count as level: less than two sessions of six weeks. */
export const levelWithin = 2

/**
 * How attendance has gone lately: the sums of the last six weeks in which anything was possible against the sums of the
 * weeks before them.
 */
export type Trend = {
  readonly recent: Tally
  readonly before: Tally
  /** Undefined where either rests on too few sessions to say. */
  readonly direction: 'up' | 'down' | 'level' | undefined
}

/** The trend of the weeks of one academic year, in any order. */
export const trendOf = (weeks: ReadonlyMap<number, Tally>): Trend => {
  const held = [...weeks].filter(([, tally]) => possibleOf(tally) > 0).sort(([one], [other]) => one - other)
  const tallies = held.map(([, tally]) => tally)
  const recent = sumTallies(tallies.slice(-recentWeeks))
  const before = sumTallies(tallies.slice(0, -recentWeeks))
  const [now, then] = [possibleOf(recent), possibleOf(before)]
  if (now < fewSessions || then < fewSessions) return { recent, before, direction: undefined }
  const difference = 100 * (attendedOf(recent) * then - attendedOf(before) * now)
  const level = levelWithin * now * then
  return { recent, before, direction: difference >= level ? 'up' : difference <= -level ? 'down' : 'level' }
}

/** What the year would come to, and on what it rests. */
export type Projection = {
  readonly attended: number
  readonly possible: number
  /** Sessions that usually are still to come in the academic year. */
  readonly toCome: number
}

/**
 * The year's end if attendance goes on as lately: what was attended so far, and of the sessions that usually are still
 * to come the share attended in the last six weeks. Undefined on too few sessions, or once none is to come.
 */
export const projectYear = (weeks: ReadonlyMap<number, Tally>, newest: PlainDate): Projection | undefined => {
  const { recent } = trendOf(weeks)
  const sofar = weeks.size === 0 ? emptyTally : sumTallies(weeks.values())
  const toCome = usualSessionsAfter(newest)
  const rate = possibleOf(recent)
  if (rate < fewSessions || toCome === 0) return undefined
  const further = Math.floor((2 * attendedOf(recent) * toCome + rate) / (2 * rate))
  return { attended: attendedOf(sofar) + further, possible: possibleOf(sofar) + toCome, toCome }
}
