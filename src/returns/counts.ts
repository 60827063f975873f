import { scopeFor } from '../access/scope.ts'
import { countPlans, type PlanStanding, totalPlans } from '../domain/plan.ts'
import { phaseOf } from '../domain/return/ask.ts'
import { byItem, type Count, total } from '../domain/return/completeness.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import {
  type CountedBoard,
  countedBoard,
  countedItems,
  countedSchools,
  guardedPupils,
  type ItemCounts,
  keepCounts,
  openBoard,
  pupilsPlacedAt,
  type SchoolCounts,
  staleSchools,
} from '../store/boards.ts'
import { Conflict, type Query } from '../store/db.ts'
import { placesToConfirm } from '../store/pupils.ts'
import { type Round, roundsOfCouncil, submissionsOf } from '../store/rounds.ts'
import { virtualSchools } from '../store/schools.ts'
import { type PupilStanding, pupilStandings } from './due.ts'
import { setAsideAmong, setAsideKey } from './set-aside.ts'

/** What a board counts: school by school, and of each item over all of them. */
export type Counts = {
  readonly schools: readonly SchoolCounts[]
  readonly items: ItemCounts
  /** Places that nobody has confirmed yet. */
  readonly places: number
}

/** How the plans of some pupils stand: known to another part of the house, and handed in. */
export type PlansOf = (
  query: Query,
  scope: Scope,
  pupils: readonly { readonly number: number; readonly virtualSchool: number }[],
) => Promise<ReadonlyMap<number, { readonly standing: PlanStanding }>>

type SchoolWithItems = SchoolCounts & { readonly items: ItemCounts }

/** The council as every officer of it sees: nobody's own, so that one count serves all of them. */
const everyOfficer = (scope: Scope, virtualSchool: number): Scope => ({
  ...scope,
  person: 0,
  part: { kind: 'council', virtualSchool, role: 'officer' },
})

const bySchool = async (
  query: Query,
  plansOf: PlansOf,
  scope: Scope,
  round: Round,
  returns: readonly PupilStanding[],
): Promise<readonly SchoolWithItems[]> => {
  const submissions = (await submissionsOf(query, scope)).filter((one) => one.round === round.number)
  const aside = await setAsideAmong(query, scope, returns, submissions)
  // A pupil asked of at two schools has one plan: it is counted at the first of them.
  const plansAt = new Map<number, number>()
  for (const { due } of returns) plansAt.set(due.pupil, Math.min(due.school, plansAt.get(due.pupil) ?? due.school))
  const plans = await plansOf(
    query,
    scope,
    [...plansAt.keys()].map((number) => ({ number, virtualSchool: round.virtualSchool })),
  )
  const schools = new Map<number, PupilStanding[]>()
  for (const one of returns) {
    const own = schools.get(one.due.school)
    if (own) own.push(one)
    else schools.set(one.due.school, [one])
  }
  return [...schools].map(([school, own]) => ({
    school,
    pupils: own.length,
    unanswered: own.filter((one) => one.answers.size === 0 && !aside.has(setAsideKey(one))).length,
    count: total(own.map(({ completeness }) => completeness)),
    phases: [...new Set(own.flatMap(({ due }) => phaseOf(due.yearGroup) ?? []))].sort(),
    plans: countPlans(
      own.flatMap(({ due }) => {
        const plan = plansAt.get(due.pupil) === school ? plans.get(due.pupil) : undefined
        return plan ? [plan.standing] : []
      }),
    ),
    items: byItem(own),
  }))
}

const sumOf = (all: readonly ItemCounts[]): ItemCounts => {
  const sum = new Map<string, Count>()
  for (const items of all)
    for (const [code, one] of items)
      sum.set(code, total([sum.get(code) ?? { base: 0, answered: 0, givenOtherwise: 0 }, one]))
  return sum
}

const countAgain = async (
  runtime: Runtime,
  plansOf: PlansOf,
  scope: Scope,
  round: Round,
  before: CountedBoard,
  again: readonly number[] | 'all',
): Promise<Counts> => {
  const { query, commit } = runtime.db
  const among = again === 'all' ? undefined : await pupilsPlacedAt(query, scope, again)
  const counted = (
    await bySchool(query, plansOf, scope, round, await pupilStandings(query, scope, [round], among))
  ).filter(({ school }) => again === 'all' || again.includes(school))
  const places = (await placesToConfirm(query, scope)).length
  const isKept = (school: number) => again !== 'all' && !again.includes(school)
  const [keptSchools, keptItems] =
    again === 'all'
      ? [[], []]
      : [
          (await countedSchools(query, scope, round.number)).filter(({ school }) => isKept(school)),
          [...(await countedItems(query, scope, round.number))].flatMap(([school, items]) =>
            isKept(school) ? [items] : [],
          ),
        ]
  const items = sumOf([...keptItems, ...counted.map((one) => one.items)])
  try {
    await commit(keepCounts(round.number, before, { day: scope.today, places, items, again, schools: counted }))
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
  }
  return { schools: [...keptSchools, ...counted], items, places }
}

/** What every officer's board counts, counted anew where something has changed, and kept. */
const countsForAll = async (runtime: Runtime, plansOf: PlansOf, scope: Scope, round: Round): Promise<Counts> => {
  const { db } = runtime
  let board = await countedBoard(db.query, scope, round.number)
  if (!board) {
    await db.commit([openBoard(round.number)])
    board = await countedBoard(db.query, scope, round.number)
    if (!board) return { schools: [], items: new Map(), places: 0 }
  }
  if (board.day !== scope.today) return countAgain(runtime, plansOf, scope, round, board, 'all')
  const stale = await staleSchools(db.query, scope, round.number)
  if (stale.length > 0) return countAgain(runtime, plansOf, scope, round, board, stale)
  return { schools: await countedSchools(db.query, scope, round.number), items: board.items, places: board.places }
}

const plus = (one: SchoolCounts | undefined, other: SchoolCounts): SchoolCounts =>
  one
    ? {
        school: one.school,
        pupils: one.pupils + other.pupils,
        unanswered: one.unanswered + other.unanswered,
        count: total([one.count, other.count]),
        phases: [...new Set([...one.phases, ...other.phases])].sort(),
        plans: totalPlans([one.plans, other.plans]),
      }
    : other

/**
 * What a round's board counts for one viewer: what every officer sees, and the few children whose place must not be
 * disclosed and whom this viewer sees all the same, counted as they are now.
 */
export const countsFor = async (runtime: Runtime, plansOf: PlansOf, scope: Scope, round: Round): Promise<Counts> => {
  const { query } = runtime.db
  const forAll = await countsForAll(runtime, plansOf, everyOfficer(scope, round.virtualSchool), round)
  const guarded = await guardedPupils(query, scope)
  if (guarded.length === 0) return forAll
  const own = await bySchool(query, plansOf, scope, round, await pupilStandings(query, scope, [round], guarded))
  const schools = new Map(forAll.schools.map((one) => [one.school, one]))
  for (const one of own) schools.set(one.school, plus(schools.get(one.school), one))
  return {
    ...forAll,
    schools: [...schools.values()],
    items: sumOf([forAll.items, ...own.map(({ items }) => items)]),
  }
}

/** The same for every officer, with nothing kept from before: what the kept counts are verified against. */
const countedAnew = async (
  { db: { query } }: Runtime,
  plansOf: PlansOf,
  scope: Scope,
  round: Round,
): Promise<Omit<Counts, 'places'>> => {
  const own = everyOfficer(scope, round.virtualSchool)
  const counted = await bySchool(query, plansOf, own, round, await pupilStandings(query, own, [round]))
  return { schools: counted, items: sumOf(counted.map(({ items }) => items)) }
}

/** How many schools and items of the boards counted today differ from what is counted anew: nothing, in a store that is well. */
export const boardsWrong = async (runtime: Runtime, plansOf: PlansOf): Promise<number> => {
  const { query } = runtime.db
  let wrong = 0
  for (const { number } of await virtualSchools(query)) {
    const scope = everyOfficer(scopeFor(0, { kind: 'school' }, runtime.now()), number)
    for (const round of await roundsOfCouncil(query, scope)) {
      const board = await countedBoard(query, scope, round.number)
      if (board?.day !== scope.today) continue
      const stale = new Set(await staleSchools(query, scope, round.number))
      const anew = await countedAnew(runtime, plansOf, scope, round)
      const asText = (schools: readonly SchoolCounts[]) =>
        schools
          .filter(({ school }) => !stale.has(school))
          .map(({ school, pupils, unanswered, count, phases, plans }) =>
            JSON.stringify({ school, pupils, unanswered, count, phases, plans }),
          )
      const [kept, right] = [asText(await countedSchools(query, scope, round.number)), asText(anew.schools)]
      wrong += right.filter((one) => !kept.includes(one)).length + kept.filter((one) => !right.includes(one)).length
      if (stale.size === 0)
        wrong += [...anew.items].filter(([code, one]) => {
          const kept = board.items.get(code)
          return kept?.base !== one.base || kept.answered !== one.answered
        }).length
    }
  }
  return wrong
}
