import type { FindingPlace } from '../../src/domain/finding.ts'
import type { SentValue } from './rows.ts'

type Leaf = { readonly name: string; readonly text: string; readonly line: number }

/** An element that holds others, as far as it is read: its texts and its groups, in their order. */
export type Branch = {
  readonly name: string
  readonly path: string
  readonly line: number
  readonly leaves: Leaf[]
  readonly branches: Branch[]
}

/** A branch with nothing in it yet. */
export const newBranch = (name: string, path: string, line: number): Branch => ({
  name,
  path,
  line,
  leaves: [],
  branches: [],
})

/** The trimmed text of an element; empty where it is not there: an empty element says nothing. */
export const textIn = (branch: Branch | undefined, name: string): string => {
  if (branch) for (const leaf of branch.leaves) if (leaf.name === name && leaf.text !== '') return leaf.text
  return ''
}

/** Where an element stands, or would stand. */
export const placeIn = (branch: Branch, name: string): FindingPlace => ({
  line: branch.leaves.find((leaf) => leaf.name === name)?.line ?? branch.line,
  path: `${branch.path}/${name}`,
})

/** The first of some elements that says something, with its place. */
export const sentIn = (branch: Branch, ...names: readonly string[]): SentValue | null => {
  for (const name of names) {
    const text = textIn(branch, name)
    if (text !== '') return { text, at: placeIn(branch, name) }
  }
  return null
}

/** The groups of one name. */
export const groupsIn = (branch: Branch | undefined, name: string): readonly Branch[] =>
  branch?.branches.filter((one) => one.name === name) ?? []

/** The groups of one name inside the groups of another: `Attendance/YearData` of a pupil. */
export const groupsUnder = (branch: Branch, outer: string, inner: string): readonly Branch[] =>
  groupsIn(branch, outer).flatMap((one) => groupsIn(one, inner))
