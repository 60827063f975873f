import type { ChildName, ViewerName } from './described.ts'

/**
 * The hand-written table of who may read whom today: `open` the record, `left` only what the school itself sent of a
 * child that has left. Whoever is not named is closed to that viewer. The oracle reckons the same from the days.
 */
export const relations: Readonly<
  Record<ViewerName, { readonly open: readonly ChildName[]; readonly left: readonly ChildName[] }>
> = {
  lead1: {
    open: ['onroll', 'secondcouncil', 'hiddenhere', 'dual', 'dualasserted'],
    left: ['yesterday', 'insummer', 'mover'],
  },
  deputy1: { open: ['onroll', 'hiddenhere', 'dual', 'dualasserted'], left: ['yesterday', 'insummer', 'mover'] },
  colleague1: { open: ['onroll', 'hiddenhere', 'dual', 'dualasserted'], left: ['yesterday', 'insummer', 'mover'] },
  lead2: { open: ['never', 'otherplace', 'hidden', 'dual', 'mover'], left: [] },
  lead3: { open: ['thirdcouncil'], left: [] },
  trust: {
    open: ['onroll', 'hiddenhere', 'dual', 'dualasserted', 'otherplace'],
    left: ['yesterday', 'insummer', 'mover'],
  },
  half: { open: ['secondcouncil'], left: [] },
  both: { open: ['otherplace'], left: [] },
  bothOffice: { open: ['thirdcouncil', 'assertedthird'], left: [] },
  head: {
    open: [
      ...['onroll', 'tomorrow', 'carestomorrow', 'yesterday', 'insummer', 'leaver', 'longago', 'never'],
      ...['nowhere', 'asserted', 'careended', 'dual', 'dualasserted', 'mover'],
      ...['hiddenasserted', 'hidden', 'hiddenhere'],
    ] as readonly ChildName[],
    left: [],
  },
  officer: {
    open: [
      ...['onroll', 'tomorrow', 'carestomorrow', 'yesterday', 'insummer', 'leaver', 'longago', 'never'],
      ...['nowhere', 'asserted', 'careended', 'dual', 'dualasserted', 'mover'],
    ] as readonly ChildName[],
    left: [],
  },
  handler: {
    open: [
      ...['onroll', 'tomorrow', 'carestomorrow', 'yesterday', 'insummer', 'leaver', 'longago', 'never'],
      ...['nowhere', 'asserted', 'careended', 'dual', 'dualasserted', 'mover'],
      ...['hiddenasserted', 'hidden', 'hiddenhere'],
    ] as readonly ChildName[],
    left: [],
  },
  data: {
    open: [
      ...['onroll', 'tomorrow', 'carestomorrow', 'yesterday', 'insummer', 'leaver', 'longago', 'never'],
      ...['nowhere', 'asserted', 'careended', 'dual', 'dualasserted', 'mover'],
    ] as readonly ChildName[],
    left: [],
  },
  panel: { open: [], left: [] },
  finance: { open: [], left: [] },
  auditor: {
    open: [
      ...['onroll', 'tomorrow', 'carestomorrow', 'yesterday', 'insummer', 'leaver', 'longago', 'never'],
      ...['nowhere', 'asserted', 'careended', 'dual', 'dualasserted', 'mover'],
    ] as readonly ChildName[],
    left: [],
  },
  admin: { open: [], left: [] },
  worker: { open: ['onroll'], left: [] },
  head2: { open: ['secondcouncil', 'otherplace', 'assertedother'], left: [] },
  data2: { open: ['secondcouncil', 'otherplace', 'assertedother'], left: [] },
  data3: { open: ['thirdcouncil', 'assertedthird'], left: [] },
}
