/** A count below this could point to a child. */
export const smallestShown = 6

/** A count as it may be published: null where it is held back, which says "five or fewer, or held back with such a one". */
export type ShownCount = number | null

/** Whether counts held back together give none away: not one alone, not a small group, and not each at its most. */
const keepEachOther = (counts: readonly number[]): boolean => {
  const sum = counts.reduce((total, count) => total + count, 0)
  const most = smallestShown - 1
  const eachAtItsMost = counts.every((count) => count <= most) && sum > most * counts.length - 2
  return counts.length === 0 || (counts.length > 1 && sum >= smallestShown && !eachAtItsMost)
}

/**
 * The counts of one table whose base is their sum, as they may be published. Counts below six are held back, nought as
 * well: "all of them" picks out as surely as "one of them". As long as the rest of the base would give one of them away
 * to who knows this rule, the last that still stands is held back with them: chosen by its place, never by its size,
 * since a choice by size tells of sizes.
 */
export const shownCounts = (counts: readonly number[]): readonly ShownCount[] => {
  const hidden = new Set(counts.flatMap((count, at) => (count < smallestShown ? [at] : [])))
  while (hidden.size < counts.length && !keepEachOther([...hidden].map((at) => counts[at] ?? 0))) {
    hidden.add(counts.findLastIndex((_, at) => !hidden.has(at)))
  }
  return counts.map((count, at) => (hidden.has(at) ? null : count))
}

const apart = (one: number, other: number) => one === other || Math.abs(one - other) >= smallestShown

/**
 * Whether a base may stand beside others: their difference is no one, or at least six children. Bases that stand beside
 * each other always include nought.
 */
export const mayStandBeside = (base: number, others: readonly number[]): boolean =>
  [0, ...others].every((other) => apart(base, other))

/** Some counts to publish, and whom they leave out. */
export type Table<Key extends string> = {
  readonly key: Key
  readonly cells: readonly { readonly key: string; readonly count: number }[]
}

/** A table as it may be published; null cells and a null base are held back. */
export type ShownTable<Key extends string> = {
  readonly key: Key
  readonly base: number | null
  readonly cells: readonly { readonly key: string; readonly count: ShownCount }[]
}

/**
 * Tables about some of the same children, in the order in which they matter: one whose base differs from another's by
 * one to five is held back whole, since the difference would be a table of its own.
 */
export const shownTables = <Key extends string>(
  children: number,
  tables: readonly Table<Key>[],
): readonly ShownTable<Key>[] => {
  const bases = [children]
  return tables.map(({ key, cells }) => {
    const base = cells.reduce((sum, { count }) => sum + count, 0)
    if (children < smallestShown || base < smallestShown || !mayStandBeside(base, bases))
      return { key, base: null, cells: cells.map((cell) => ({ key: cell.key, count: null })) }
    bases.push(base)
    const counts = shownCounts(cells.map(({ count }) => count))
    return { key, base, cells: cells.map((cell, at) => ({ key: cell.key, count: counts[at] ?? null })) }
  })
}
