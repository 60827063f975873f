/** One kind of fact: its current table, what identifies a fact, and what it says. */
export type Family = {
  readonly current: string
  readonly key: readonly string[]
  readonly values: readonly string[]
}
