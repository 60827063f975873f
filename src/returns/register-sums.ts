import {
  attendedOf,
  marksOf,
  type OnRoll,
  oneASession,
  possibleOf,
  type Tally,
  tallyMarks,
  whileOnRoll,
} from '../domain/attendance/tally.ts'
import { weekOf } from '../domain/attendance/week.ts'
import { academicYearOf, type PlainDate, plainDate } from '../domain/dates.ts'
import type { Answer } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import { marksOfPupils } from '../store/marks.ts'
import type { PupilStanding } from './due.ts'

/** A place of which a return would ask the sessions of a year up to a day. */
export type AskedPlace = {
  readonly pupil: number
  readonly school: number
  readonly began: PlainDate
  readonly asAt: PlainDate
}

/** What a school's register comes to for one pupil, and the days of its first and last mark. */
export type RegisterSums = { readonly tally: Tally; readonly from: PlainDate; readonly to: PlainDate }

const keyOf = ({ pupil, school }: Pick<AskedPlace, 'pupil' | 'school'>) => `${pupil}/${school}`

/** What registers come to for some pupils, by pupil and school, from the beginning of the year or the place. */
export const registerSums = async (
  query: Query,
  scope: Scope,
  places: readonly AskedPlace[],
): Promise<(place: Pick<AskedPlace, 'pupil' | 'school'>) => RegisterSums | undefined> => {
  const years = places.map(({ asAt }) => academicYearOf(asAt))
  const [first, last] = [
    Math.min(...years),
    places
      .map(({ asAt }) => asAt)
      .toSorted()
      .at(-1),
  ]
  if (last === undefined) return () => undefined
  const weeks = await marksOfPupils(
    query,
    scope,
    [...new Set(places.map(({ pupil }) => pupil))],
    weekOf(plainDate(`${first}-09-01`)),
    weekOf(last),
  )
  const sums = new Map<string, RegisterSums>()
  for (const place of places) {
    const yearBegan = plainDate(`${academicYearOf(place.asAt)}-09-01`)
    const firstDay = place.began > yearBegan ? place.began : yearBegan
    const stay: OnRoll = { school: place.school, firstDay, lastDay: place.asAt }
    const own = weeks.filter(({ pupil, school }) => pupil === place.pupil && school === place.school)
    const marks = oneASession(whileOnRoll(marksOf(own), [stay]))
    const days = marks.map(({ day }) => day).toSorted()
    const [from, to] = [days[0], days.at(-1)]
    if (from && to) sums.set(keyOf(place), { tally: tallyMarks(marks), from, to })
  }
  return (place) => sums.get(keyOf(place))
}

/** A register's sums as pages and sheets say them. */
export const registerShown = ({ tally, from, to }: RegisterSums) => ({
  attended: attendedOf(tally),
  possible: possibleOf(tally),
  authorised: tally.authorised,
  unauthorised: tally.unauthorised,
  from,
  to,
})

/** The place that a pupil's return asks the sessions of. */
export const placeAsked = ({ due, round }: Pick<PupilStanding, 'due' | 'round'>): AskedPlace => ({
  pupil: due.pupil,
  school: due.school,
  began: due.placeBegan,
  asAt: due.placeEnded !== null && due.placeEnded < round.asAt ? due.placeEnded : round.asAt,
})

const given = (value: string | number): Answer => ({ state: 'given', value: String(value) })

/** What a register's sums are as answers to the questions that were not asked for their sake. */
const asAnswers = ({ tally, from, to }: RegisterSums): readonly (readonly [string, Answer])[] => [
  ['sessions_from', given(from)],
  ['sessions_to', given(to)],
  ['sessions_possible', given(possibleOf(tally))],
  ['sessions_attended', given(attendedOf(tally))],
  ['sessions_authorised', given(tally.authorised)],
  ['sessions_unauthorised', given(tally.unauthorised)],
]

/**
 * The same returns with what registers say of sessions beside what was answered: for results and reports, which count
 * both alike.
 */
export const withRegisters = async <One extends PupilStanding>(
  query: Query,
  scope: Scope,
  standings: readonly One[],
): Promise<ReadonlyMap<One, One>> => {
  const fed = standings.filter(({ basis }) => basis.facts.has('attendance_feed'))
  const years = new Map<number, One[]>()
  for (const one of fed) {
    const own = years.get(one.round.number)
    if (own) own.push(one)
    else years.set(one.round.number, [one])
  }
  const known = new Map<One, One>()
  for (const own of years.values()) {
    const sumsOf = await registerSums(query, scope, own.map(placeAsked))
    for (const one of own) {
      const sums = sumsOf(placeAsked(one))
      if (!sums) continue
      const answers = asAnswers(sums)
      known.set(one, {
        ...one,
        asked: new Map([...one.asked, ...answers.map(([item]) => [item, 'prefilled' as const] as const)]),
        answers: new Map([...one.answers, ...answers]),
      })
    }
  }
  return known
}
