import { plusDays } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import { pupilsOf as listedPupils, placesOf } from '../store/pupils.ts'
import { roundsSince } from '../store/rounds.ts'
import { type PupilStanding, pupilStandings } from './due.ts'

/** A child at a school today, with the newest return about it; none where no council has asked yet. */
export type NewestHeld = {
  readonly pupil: number
  readonly virtualSchool: number
  readonly standing: PupilStanding | null
}

/** Older answers than of this year and the last say little of a child today. */
const daysBack = 400

/**
 * Every child confirmed at one of the viewer's schools today, with the newest return that holds an answer, whether its
 * round is open or closed; else the newest that asks.
 */
export const newestHeld = async (query: Query, scope: Scope, school: number): Promise<readonly NewestHeld[]> => {
  const [pupils, rounds] = await Promise.all([
    listedPupils(query, scope),
    roundsSince(query, plusDays(scope.today, -daysBack)),
  ])
  const standings = (
    await pupilStandings(
      query,
      scope,
      rounds,
      pupils.map(({ number }) => number),
    )
  ).filter(({ due }) => due.school === school && (due.placeEnded === null || due.placeEnded >= scope.today))
  const newest = new Map<number, PupilStanding>()
  for (const one of standings) {
    const other = newest.get(one.due.pupil)
    if (!other || isNewer(one, other)) newest.set(one.due.pupil, one)
  }
  const held: NewestHeld[] = []
  for (const { number, virtualSchool } of pupils) {
    const standing = newest.get(number) ?? null
    if (standing || (await isHere(query, scope, number, school))) held.push({ pupil: number, virtualSchool, standing })
  }
  return held
}

const isNewer = (one: PupilStanding, other: PupilStanding): boolean => {
  const [holds, otherHolds] = [one.answers.size > 0, other.answers.size > 0]
  return holds === otherHolds ? one.round.asAt > other.round.asAt : holds
}

const isHere = async (query: Query, scope: Scope, pupil: number, school: number): Promise<boolean> =>
  (await placesOf(query, scope, pupil)).some(
    (place) =>
      place.schoolNumber === school &&
      place.confirmed !== null &&
      place.enrolmentStatus !== 'S' &&
      place.firstDay <= scope.today &&
      (place.lastDay === null || place.lastDay >= scope.today),
  )
