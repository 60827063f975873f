/** One side of a benchmark, measured in a process of its own. */
export type Measured = {
  readonly ms: number
  /** The most memory the process held, in megabytes; threads and libraries included. */
  readonly peakMB: number
  /** Further figures to print, by name: a 99th percentile, rows read. */
  readonly more?: Readonly<Record<string, number>>
}

/** One comparison that a benchmark makes. */
export type Row = {
  readonly name: string
  readonly size: string
  /** The side that is ours, and what it is measured beside, both as `run` knows them. */
  readonly ours: string
  readonly baseline: string
  /** What the baseline is, in words. */
  readonly beside: string
  /** What is compared where it is not the time of one run: requests a second, told as what each takes of it. */
  readonly by?: 'aSecond'
  /** The ratio that is aimed at: ours over baseline, at most. */
  readonly atMost: number
}

/** A benchmark: what is made once, its rows, and how one side is run once in a process of its own. */
export type Benchmark = {
  readonly runs: number
  /** Flags of Node for the processes that are measured, where they differ from the usual. */
  readonly flags?: readonly string[]
  readonly rows: readonly Row[]
  /** Makes what every run uses; gives it as a folder. */
  readonly prepare: (folder: string) => Promise<void>
  readonly run: (side: string, folder: string) => Promise<Omit<Measured, 'peakMB'>>
}
