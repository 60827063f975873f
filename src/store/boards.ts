import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import { type PlanCount, planStates } from '../domain/plan.ts'
import type { Count } from '../domain/return/completeness.ts'
import type { Phase } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { ofOwnCouncil, seesPupil } from './scope.ts'
import { assertOne, insertMany, statement } from './statement.ts'

/** The counts of items, by code. */
export type ItemCounts = ReadonlyMap<string, Count>

/** What a board counts of one school, of the children whom every officer of the council may see. */
export type SchoolCounts = {
  readonly school: number
  readonly pupils: number
  /** Pupils without an answer whose row the school has not set aside either. */
  readonly unanswered: number
  readonly count: Count
  readonly phases: readonly Phase[]
  /** How the plans of its pupils stand; a pupil asked of at two schools is counted at one. */
  readonly plans: PlanCount
}

/** A board as it was last counted: for which day, and how often something has changed that it may depend on. */
export type CountedBoard = {
  readonly day: PlainDate
  readonly changes: number
  /** Places that nobody has confirmed yet. */
  readonly places: number
  readonly items: ItemCounts
}

const itemsFrom = (json: string): ItemCounts =>
  new Map(
    (JSON.parse(json) as [string, number, number, number][]).map(([code, base, answered, givenOtherwise]) => [
      code,
      { base, answered, givenOtherwise },
    ]),
  )

const plansFrom = (counts: readonly number[]): PlanCount => {
  const count = (state: (typeof planStates)[number]) => counts[planStates.indexOf(state)] ?? 0
  return {
    base: counts.reduce((sum, one) => sum + one, 0),
    in_date: count('in_date'),
    overdue: count('overdue'),
    first_to_come: count('first_to_come'),
    not_known: count('not_known'),
  }
}

const plansAsJson = (plans: PlanCount): string => JSON.stringify(planStates.map((state) => plans[state]))

const itemsAsJson = (items: ItemCounts): string =>
  JSON.stringify([...items].map(([code, one]) => [code, one.base, one.answered, one.givenOtherwise]))

/** Makes room for a round's counts, so that changes are noticed from now on. */
export const openBoard = (round: number): Statement =>
  statement("insert or ignore into board (round_number, day, changes, places, items) values (?, '', 0, 0, '[]')", [
    round,
  ])

/** The kept counts of a council's own round; undefined where nobody has looked yet. */
export const countedBoard = async (query: Query, scope: Scope, round: number): Promise<CountedBoard | undefined> => {
  const [row] = await readBoard(query, scope, { round })
  return row && { ...row, items: itemsFrom(row.items) }
}

const readBoard = scopedRead((query, scope, { round }: { round: number }) =>
  query
    .selectFrom('board')
    .innerJoin('round', 'round.number', 'board.round_number')
    .select(['board.day', 'board.changes', 'board.places', 'board.items'])
    .where('board.round_number', '=', round)
    .where(ofOwnCouncil(scope, 'round.virtual_school_number')),
)

/** The schools of a round's board that have to be counted again. */
export const staleSchools = async (query: Query, scope: Scope, round: number): Promise<readonly number[]> => {
  const rows = await readStale(query, scope, { round })
  return rows.map(({ school }) => school)
}

const readStale = scopedRead((query, scope, { round }: { round: number }) =>
  query
    .selectFrom('board_stale')
    .innerJoin('round', 'round.number', 'board_stale.round_number')
    .select('board_stale.school_number as school')
    .where('board_stale.round_number', '=', round)
    .where(ofOwnCouncil(scope, 'round.virtual_school_number')),
)

/** What a round's board has kept of each school. */
export const countedSchools = async (query: Query, scope: Scope, round: number): Promise<readonly SchoolCounts[]> => {
  const [row] = await readCountedSchools(query, scope, { round })
  const schools = JSON.parse(row?.schools ?? '[]') as readonly KeptSchool[]
  return schools.map(([school, pupils, unanswered, base, answered, givenOtherwise, phases, plans]) => ({
    school,
    pupils,
    unanswered,
    count: { base, answered, givenOtherwise },
    phases,
    plans: plansFrom(plans),
  }))
}

type KeptSchool = readonly [number, number, number, number, number, number, readonly Phase[], readonly number[]]

/** The schools as one list in JSON: a row for each costs more than what is in it. */

const readCountedSchools = scopedRead((query, scope, { round }: { round: number }) =>
  query
    .selectFrom('board_school')
    .innerJoin('round', 'round.number', 'board_school.round_number')
    .select(
      sql<string>`json_group_array(json_array(board_school.school_number, board_school.pupils, board_school.unanswered,
        board_school.base, board_school.answered, board_school.given_otherwise, json(board_school.phases),
        json(board_school.plans)))`.as('schools'),
    )
    .where('board_school.round_number', '=', round)
    .where(ofOwnCouncil(scope, 'round.virtual_school_number')),
)

/** What a round's board has kept of the items, school by school. */
export const countedItems = async (
  query: Query,
  scope: Scope,
  round: number,
): Promise<ReadonlyMap<number, ItemCounts>> => {
  const rows = await query
    .selectFrom('board_school')
    .innerJoin('round', 'round.number', 'board_school.round_number')
    .select(['board_school.school_number as school', 'board_school.items'])
    .where('board_school.round_number', '=', round)
    .where(ofOwnCouncil(scope, 'round.virtual_school_number'))
    .execute()
  return new Map(rows.map(({ school, items }) => [school, itemsFrom(items)]))
}

/** The council's own pupils who ever had a place at one of some schools: of whom its board counts. */
export const pupilsPlacedAt = async (
  query: Query,
  scope: Scope,
  schools: readonly number[],
): Promise<readonly number[]> => {
  const rows = await query
    .selectFrom('place')
    .select('place.pupil_number as pupil')
    .distinct()
    .where(isAmong('place.school_number', asList(schools)))
    .where(seesPupil(scope, 'place.pupil_number'))
    .execute()
  return rows.map(({ pupil }) => pupil)
}

/** Children whose place must not be disclosed and whom the viewer may see all the same: kept out of what is counted for all. */
export const guardedPupils = async (query: Query, scope: Scope): Promise<readonly number[]> => {
  const rows = await readGuardedPupils(query, scope, {})
  return rows.map(({ pupil }) => pupil)
}

const readGuardedPupils = scopedRead((query, scope) =>
  query
    .selectFrom('pupil_guard')
    .select('pupil_guard.pupil_number as pupil')
    .where('pupil_guard.kind', '=', 'no_disclose')
    .where(seesPupil(scope, 'pupil_guard.pupil_number')),
)

/**
 * Keeps what was counted of some schools, or of all. A Conflict where anything the counts rest on has changed since
 * `before` was read: then they are shown this once and not kept.
 */
export const keepCounts = (
  round: number,
  before: CountedBoard,
  counted: {
    readonly day: PlainDate
    readonly places: number
    readonly items: ItemCounts
    readonly again: readonly number[] | 'all'
    readonly schools: readonly (SchoolCounts & { readonly items: ItemCounts })[]
  },
): readonly Statement[] => [
  assertOne('select count(*) from board where round_number = ? and day = ? and changes = ?', [
    round,
    before.day,
    before.changes,
  ]),
  counted.again === 'all'
    ? statement('delete from board_school where round_number = ?', [round])
    : statement(
        'delete from board_school where round_number = ? and school_number in (select value from json_each(?))',
        [round, JSON.stringify(counted.again)],
      ),
  ...insertMany(
    'board_school',
    [
      ...['round_number', 'school_number', 'pupils', 'unanswered', 'base', 'answered', 'given_otherwise'],
      ...['phases', 'plans', 'items'],
    ],
    counted.schools.map(({ school, pupils, unanswered, count, phases, plans, items }) => [
      round,
      school,
      pupils,
      unanswered,
      count.base,
      count.answered,
      count.givenOtherwise,
      JSON.stringify(phases),
      plansAsJson(plans),
      itemsAsJson(items),
    ]),
  ),
  statement('delete from board_stale where round_number = ?', [round]),
  statement('update board set day = ?, places = ?, items = ? where round_number = ?', [
    counted.day,
    counted.places,
    itemsAsJson(counted.items),
    round,
  ]),
]
