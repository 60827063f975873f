import { todayInLondon } from '../domain/dates.ts'
import { phaseOf } from '../domain/return/ask.ts'
import { byItem, type Count, total } from '../domain/return/completeness.ts'
import type { Phase } from '../domain/return/item.ts'
import { datesFor, type SchoolDates } from '../domain/school-dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { roundDates } from '../store/round-dates.ts'
import { openedBy, type Round, submissionsOf } from '../store/rounds.ts'
import { allSchools, type School } from '../store/schools.ts'
import { type PupilReturn, pupilReturns, type ReturnStanding, standingOf } from './due.ts'
import { wasLate } from './late.ts'
import { setAsideAmong, setAsideKey } from './set-aside.ts'

/** One school on a round's board. */
export type SchoolOnBoard = {
  readonly school: School
  /** In the council's own area, by the school's local authority. */
  readonly here: boolean
  readonly standing: ReturnStanding
  readonly dates: SchoolDates
  /** What stands sent came after the date due: judged by the earliest of it, a correction of it is no late return. */
  readonly late: boolean
  readonly returns: readonly PupilReturn[]
  /** Pupils whose row the school set aside, with its reason. */
  readonly setAside: readonly { readonly pupil: PupilReturn; readonly reason: string }[]
  readonly count: Count
}

/** A round as its council sees it: completeness before anything else, each figure with its base. */
export type Board = {
  readonly round: Round
  readonly pupils: number
  readonly total: Count
  readonly here: Count
  readonly elsewhere: Count
  readonly items: ReadonlyMap<string, Count>
  readonly schools: readonly SchoolOnBoard[]
}

const order: readonly ReturnStanding[] = ['overdue', 'not_started', 'in_progress', 'submitted']

/** Makes a round's board for its council, most overdue first. */
export const boardOf = async (runtime: Runtime, scope: Scope, round: Round): Promise<Board> => {
  const { query } = runtime.db
  const today = todayInLondon(runtime.now())
  const [returns, opened, submissions, schools, given] = await Promise.all([
    pupilReturns(query, scope, [round]),
    openedBy(query, scope, round.number),
    submissionsOf(query, scope),
    allSchools(query, today),
    roundDates(query, scope, [round.number]),
  ])
  const openedSchools = new Set(opened.map(({ school }) => school))
  const standing = submissions.filter((one) => one.round === round.number && one.state === 'published')
  const submitted = new Set(standing.map(({ school }) => school))
  const reasons = await setAsideAmong(query, scope, returns, standing)
  const bySchool = new Map<number, PupilReturn[]>()
  for (const one of returns) bySchool.set(one.due.school, [...(bySchool.get(one.due.school) ?? []), one])
  const onBoard = [...bySchool].flatMap(([number, own]): SchoolOnBoard[] => {
    const school = schools.find((one) => one.number === number)
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
        returns: own,
        setAside,
        count: total(own.map(({ completeness }) => completeness)),
      },
    ]
  })
  onBoard.sort(
    (one, other) =>
      order.indexOf(one.standing) - order.indexOf(other.standing) ||
      other.count.base - other.count.answered - (one.count.base - one.count.answered) ||
      one.school.name.localeCompare(other.school.name),
  )
  return boardFrom(round, onBoard)
}

const boardFrom = (round: Round, schools: readonly SchoolOnBoard[]): Board => {
  const within = (here: boolean) => total(schools.filter((one) => one.here === here).map(({ count }) => count))
  const returns = schools.flatMap((one) => one.returns)
  return {
    round,
    pupils: returns.length,
    total: total(schools.map(({ count }) => count)),
    here: within(true),
    elsewhere: within(false),
    items: byItem(returns),
    schools,
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
    board.schools.flatMap((one): SchoolOnBoard[] => {
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
      return [{ ...one, returns, setAside: one.setAside.filter(({ pupil }) => kept.has(pupil)), count }]
    }),
  )
