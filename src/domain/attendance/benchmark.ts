import { type PlainDate, plainDate } from '../dates.ts'
import type { YearGroup } from '../return/item.ts'
import type { Certainty } from './codes.ts'

/** The attendance a plan asks for, in force from a day until a later one replaces it. */
export type Benchmark = {
  readonly validFrom: PlainDate
  /** Whole percent of the sessions that were possible. */
  readonly percent: number
  readonly source: string
  readonly sure: Certainty
}

/** The benchmarks where a virtual school has set none of its own. */
export const usualBenchmarks: readonly Benchmark[] = [
  {
    validFrom: plainDate('2000-01-01'),
    percent: 85,
    source: 'Personal education plans before October 2014, of one virtual school; since when is not known',
    sure: 'secondhand',
  },
  {
    // Its source names the month alone.
    validFrom: plainDate('2014-10-01'),
    percent: 95,
    source: 'Personal education plan of one virtual school, raised from 85% in October 2014',
    sure: 'secondhand',
  },
]

const yearsWithBenchmark: ReadonlySet<YearGroup> = new Set('R 1 2 3 4 5 6 7 8 9 10 11'.split(' '))

/** Whether a year group is held to the benchmark: Reception to Year 11. */
export const hasBenchmark = (yearGroup: YearGroup | null): boolean =>
  yearGroup !== null && yearsWithBenchmark.has(yearGroup)

/** The benchmark in force on a day: the virtual school's own, else the usual one. */
export const benchmarkOn = (own: readonly Benchmark[], day: PlainDate): Benchmark | undefined => {
  const newest = (benchmarks: readonly Benchmark[]) =>
    benchmarks
      .filter(({ validFrom }) => validFrom <= day)
      .toSorted((one, other) => (one.validFrom < other.validFrom ? 1 : -1))[0]
  return newest(own) ?? newest(usualBenchmarks)
}
