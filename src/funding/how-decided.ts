import { daysBetween, type Instant, plusMinutes, todayInLondon } from '../domain/dates.ts'
import { decisionsSince } from '../store/applications.ts'
import type { Query } from '../store/db.ts'
import { medianOf } from './median.ts'

/** Fewer decisions than these say nothing of how long a council usually takes. */
const fewest = 5

/** How many days some councils have usually taken to decide over the last year: the median, where there were enough. */
export const usualDaysToDecide = async (
  query: Query,
  councils: readonly number[],
  now: Instant,
): Promise<ReadonlyMap<number, number>> => {
  const decisions = await decisionsSince(query, councils, plusMinutes(now, -365 * 24 * 60))
  return new Map(
    councils.flatMap((council) => {
      const days = decisions
        .filter((one) => one.council === council)
        .map(({ sentAt, decidedAt }) => daysBetween(todayInLondon(sentAt), todayInLondon(decidedAt)))
      const median = days.length < fewest ? undefined : medianOf(days)
      return median === undefined ? [] : [[council, median] as const]
    }),
  )
}
