import type { CouncilRole } from '../../src/domain/scope.ts'
import type { Decision } from '../../src/funding/decide.ts'

// A model of a council's money in plain numbers and words: it shares nothing with the store but what a step is called.

export type Pots = Record<'allocated' | 'committed' | 'approved' | 'paid' | 'returned', number>
export type ModelApplication = {
  state: string
  events: number
  asked: number
  promised: { amount: number; by: number; year: number } | null
  declinedBy: number | null
  reviewed: boolean
  urgent: boolean
  onAgenda: boolean
  readonly interests: Set<number>
  payment: string | null
}
export type ModelPayment = {
  state: string
  events: number
  amount: number
  returned: number
  year: number
  setUp: boolean
  application: string | null
}
export type Model = {
  readonly pots: Map<number, Pots>
  readonly given: Map<number, number>
  readonly applications: Map<string, ModelApplication>
  readonly payments: Map<string, ModelPayment>
  readonly entitled: Set<string>
  approvedRuns: number
}

export const people = [
  { person: 1, role: 'officer' },
  { person: 2, role: 'panel_member' },
  { person: 3, role: 'head' },
  { person: 4, role: 'head' },
] as const satisfies readonly { readonly person: number; readonly role: CouncilRole }[]

const oneOfficer = 500_00
const twoPeople = 2000_00

/** Whether the model lets a person decide so on an application as they see it. */
export const modelLets = (
  seen: {
    readonly state: string
    readonly asked: number
    readonly promised: ModelApplication['promised']
    readonly declinedBy: number | null
    readonly reviewed: boolean
    readonly urgent: boolean
    readonly onAgenda: boolean
  },
  kind: Decision['kind'],
  amount: number,
  who: (typeof people)[number],
): boolean => {
  const open = ['waiting', 'question', 'second'].includes(seen.state)
  if (!open) return false
  if (seen.reviewed && seen.declinedBy === who.person) return false
  if (kind === 'ask') return seen.state !== 'question'
  if (kind === 'defer') return seen.state === 'waiting'
  if (kind === 'decline') return true
  if (amount <= 0 || amount > seen.asked) return false
  if (amount > oneOfficer && (who.role === 'officer' || !(seen.urgent || seen.onAgenda))) return false
  if (seen.state === 'second')
    return seen.promised !== null && seen.promised.by !== who.person && seen.promised.amount === amount
  return true
}

export const potsOf = (model: Model, year: number): Pots => {
  const own = model.pots.get(year) ?? { allocated: 0, committed: 0, approved: 0, paid: 0, returned: 0 }
  model.pots.set(year, own)
  return own
}

/** Takes a decision into the model, as it was let. */
export const decideInModel = (
  model: Model,
  year: number,
  id: string,
  kind: Decision['kind'],
  amount: number,
  by: number,
) => {
  const own = model.applications.get(id)
  if (!own) return
  const from = own.promised && own.state === 'second' ? own.promised.year : year
  const pots = potsOf(model, from)
  const wasPromised = own.state === 'second' ? own.promised : null
  own.events += 1
  if (kind !== 'approve') {
    if (wasPromised) {
      pots.committed -= wasPromised.amount
      pots.allocated += wasPromised.amount
      own.promised = null
    }
    if (kind === 'decline') own.declinedBy = by
    own.state = { ask: 'question', decline: 'declined', defer: 'waiting' }[kind]
    return
  }
  if (amount > twoPeople && !wasPromised) {
    pots.allocated -= amount
    pots.committed += amount
    own.promised = { amount, by, year: from }
    own.state = 'second'
    return
  }
  pots[wasPromised ? 'committed' : 'allocated'] -= amount
  pots.approved += amount
  own.promised = null
  own.state = 'approved'
}

/** Whether the allocation as it stands reaches for what is decided. */
export const reaches = (model: Model, year: number, id: string, kind: Decision['kind'], amount: number): boolean => {
  const own = model.applications.get(id)
  if (!own || kind !== 'approve') return true
  if (own.state === 'second') return potsOf(model, own.promised?.year ?? 0).allocated >= 0
  return potsOf(model, year).allocated >= amount
}
