import { todayInLondon } from '../domain/dates.ts'
import { type PlanCount, totalPlans } from '../domain/plan.ts'
import { phaseOf } from '../domain/return/ask.ts'
import { byItem, type Count, total } from '../domain/return/completeness.ts'
import type { Phase } from '../domain/return/item.ts'
import { datesFor, type SchoolDates } from '../domain/school-dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { roundDates } from '../store/round-dates.ts'
import { openedBy, type Round, standingOfRound, submissionsOf } from '../store/rounds.ts'
import { type School, type SchoolName, schoolNames, schoolsByNumber } from '../store/schools.ts'
import { countsFor, type PlansOf } from './counts.ts'
import { type PupilReturn, pupilReturns, type ReturnStanding, standingOf } from './due.ts'
import { wasLate } from './late.ts'
import { setAsideAmong, setAsideKey } from './set-aside.ts'

/** One school on a round's board. */
export type SchoolOnBoard = {
  readonly school: SchoolName
  /** In the council's own area, by the school's local authority. */
  readonly here: boolean
  readonly standing: ReturnStanding
  readonly dates: SchoolDates
  /** What stands sent came after the date due: judged by the earliest of it, a correction of it is no late return. */
  readonly late: boolean
  readonly pupils: number
  readonly phases: readonly Phase[]
  readonly count: Count
}

/** The same with its pupils' returns. */
export type SchoolWithReturns = SchoolOnBoard & {
  readonly school: School
  readonly returns: readonly PupilReturn[]
  /** Pupils whose row the school set aside, with its reason. */
  readonly setAside: readonly { readonly pupil: PupilReturn; readonly reason: string }[]
}

/** A round as its council sees it: completeness before anything else, each figure with its base. */
export type BoardOf<One extends SchoolOnBoard> = {
  readonly round: Round
  readonly pupils: number
  readonly total: Count
  readonly here: Count
  readonly elsewhere: Count
  readonly items: ReadonlyMap<string, Count>
  readonly schools: readonly One[]
}

/** A board that knows every pupil's return. */
export type Board = BoardOf<SchoolWithReturns>

/** A board from counts that are kept, with how its pupils' plans stand and the places that nobody has confirmed. */
export type CountedBoard = BoardOf<SchoolOnBoard> & { readonly plans: PlanCount; readonly places: number }

const order: readonly ReturnStanding[] = ['overdue', 'not_started', 'in_progress', 'submitted']

/** Makes a round's board for its council, most overdue first. */
export const boardOf = async (runtime: Runtime, scope: Scope, round: Round): Promise<Board> => {
  const { query } = runtime.db
  const today = todayInLondon(runtime.now())
  const [returns, opened, submissions, given] = await Promise.all([
    pupilReturns(query, scope, [round]),
    openedBy(query, scope, round.number),
    submissionsOf(query, scope),
    roundDates(query, scope, [round.number]),
  ])
  const openedSchools = new Set(opened.map(({ school }) => school))
  const standing = submissions.filter((one) => one.round === round.number && one.state === 'published')
  const submitted = new Set(standing.map(({ school }) => school))
  const reasons = await setAsideAmong(query, scope, returns, standing)
  const bySchool = new Map<number, PupilReturn[]>()
  for (const one of returns) {
    const own = bySchool.get(one.due.school)
    if (own) own.push(one)
    else bySchool.set(one.due.school, [one])
  }
  const schools = await schoolsByNumber(query, today, [...bySchool.keys()])
  const onBoard = [...bySchool].flatMap(([number, own]): SchoolWithReturns[] => {
    const school = schools.get(number)
    if (!school) return []
    const setAside = own.flatMap((pupil) => {
      const reason = reasons.get(setAsideKey(pupil))
      return reason === undefined ? [] : [{ pupil, reason }]
    })
    const dates = datesFor(round, given, number, today)
    return [
      {
        school,
        dates,
        late: wasLate(standing.filter((one) => one.school === number)),
        here: school.laCode === round.laCode,
        standing: standingOf({
          submitted: submitted.has(number),
          pupilsWithoutAnswers: own.filter(({ answers }) => answers.size === 0).length - setAside.length,
          opened: openedSchools.has(number),
          overdue: dates.due < today,
        }),
        pupils: own.length,
        phases: phasesOf(own),
        returns: own,
        setAside,
        count: total(own.map(({ completeness }) => completeness)),
      },
    ]
  })
  return boardFrom(round, onBoard.sort(mostOverdueFirst))
}

const mostOverdueFirst = (one: SchoolOnBoard, other: SchoolOnBoard) =>
  order.indexOf(one.standing) - order.indexOf(other.standing) ||
  other.count.base - other.count.answered - (one.count.base - one.count.answered) ||
  one.school.name.localeCompare(other.school.name)

const phasesOf = (returns: readonly PupilReturn[]): readonly Phase[] => [
  ...new Set(returns.flatMap(({ due }) => phaseOf(due.yearGroup) ?? [])),
]

const figures = <One extends SchoolOnBoard>(round: Round, schools: readonly One[]) => {
  const within = (here: boolean) => total(schools.filter((one) => one.here === here).map(({ count }) => count))
  return {
    round,
    pupils: schools.reduce((sum, one) => sum + one.pupils, 0),
    total: total(schools.map(({ count }) => count)),
    here: within(true),
    elsewhere: within(false),
    schools,
  }
}

const boardFrom = (round: Round, schools: readonly SchoolWithReturns[]): Board => ({
  ...figures(round, schools),
  items: byItem(schools.flatMap((one) => one.returns)),
})

/** The same board from the counts that are kept: what a look at a round needs, and no pupil's answers. */
export const countedBoardOf = async (
  runtime: Runtime,
  plansOf: PlansOf,
  scope: Scope,
  round: Round,
): Promise<CountedBoard> => {
  const { query } = runtime.db
  const [counts, opened, standing, given] = await Promise.all([
    countsFor(runtime, plansOf, scope, round),
    openedBy(query, scope, round.number),
    standingOfRound(query, scope, round.number),
    roundDates(query, scope, [round.number]),
  ])
  const schools = await schoolNames(
    query,
    counts.schools.map(({ school }) => school),
  )
  const openedSchools = new Set(opened.map(({ school }) => school))
  const onBoard = counts.schools.flatMap(({ school: number, pupils, unanswered, phases, count }): SchoolOnBoard[] => {
    const school = schools.get(number)
    if (!school) return []
    const sent = standing.filter((one) => one.school === number)
    const dates = datesFor(round, given, number, scope.today)
    return [
      {
        school,
        dates,
        late: wasLate(sent),
        here: school.laCode === round.laCode,
        standing: standingOf({
          submitted: sent.length > 0,
          pupilsWithoutAnswers: unanswered,
          opened: openedSchools.has(number),
          overdue: dates.due < scope.today,
        }),
        pupils,
        phases,
        count,
      },
    ]
  })
  return {
    ...figures(round, onBoard.sort(mostOverdueFirst)),
    items: counts.items,
    plans: totalPlans(counts.schools.map(({ plans }) => plans)),
    places: counts.places,
  }
}

/** How a board is narrowed: schools here, elsewhere or in one authority (its code); one phase; one question. */
export type Narrowing = {
  readonly area: string
  readonly phase: Phase | null
  readonly item: string | null
}

const isIn = (one: SchoolOnBoard, area: string) =>
  area === 'all' ||
  (area === 'here' || area === 'elsewhere' ? one.here === (area === 'here') : one.school.laCode === area)

/** The same board of fewer schools, pupils or questions: every figure is counted anew, with its own base. */
export const narrowed = (board: Board, { area, phase, item }: Narrowing): Board =>
  boardFrom(
    board.round,
    board.schools.flatMap((one): SchoolWithReturns[] => {
      if (!isIn(one, area)) return []
      const returns = one.returns.filter(
        ({ due, asked }) => (phase === null || phaseOf(due.yearGroup) === phase) && (item === null || asked.has(item)),
      )
      if (returns.length === 0) return []
      const kept = new Set(returns)
      const count =
        item === null
          ? total(returns.map(({ completeness }) => completeness))
          : (byItem(returns).get(item) ?? { base: 0, answered: 0, givenOtherwise: 0 })
      return [
        {
          ...one,
          pupils: returns.length,
          phases: phasesOf(returns),
          returns,
          setAside: one.setAside.filter(({ pupil }) => kept.has(pupil)),
          count,
        },
      ]
    }),
  )
