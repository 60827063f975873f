import type { MarkedChild } from '../../connectors/attendance-marks/rows.ts'
import { comparable } from '../../connectors/registry.ts'
import type { PlainDate } from '../domain/dates.ts'
import type { Query } from '../store/db.ts'
import { type MarkedPlace, type MarkedPupil, type NamedSchool, schoolsToMark } from '../store/marks-match.ts'
import type { MarksSender } from './marks-sender.ts'

/** What is the matter with how a file names a child: found once, and said of each of the child's lines or of the first. */
export type ChildProblem = 'two-children' | 'other-school' | 'no-place-there' | 'school-unknown' | 'upn-differs'

/** A child as a file names one at a school, with the pupil it is, if anybody here looks after it. */
export type Child = {
  readonly sent: MarkedChild
  /** Null where nobody matched: a person decides. */
  readonly pupil: number | null
  readonly virtualSchool: number | null
  readonly schoolAt: (day: PlainDate) => number
  readonly problem: ChildProblem | null
  /** The first line that was taken: the number of the row that stands for the child. */
  row: number
  /** Lines that were taken. */
  lines: number
}

/** The children of a file, by the way it names them. */
export type Children = {
  /** Undefined where a school's own file speaks of somebody whom nobody here looks after. */
  readonly find: (row: MarkedChild) => Child | undefined
  /** Whether anybody here looks after whom a line names: nothing of the line is remembered. */
  readonly knows: (row: Pick<MarkedChild, 'upn' | 'reference'>) => boolean
  readonly all: () => readonly Child[]
  /** How many children, by the ways they are named, fitted nobody so far. */
  readonly strangers: () => number
  readonly countryOf: (school: number) => string
}

const noSchool = 0

/** A way of naming a child beside the UPN, with the child it was found to be. */
type Named = { readonly reference: string; readonly school: string; readonly child: Child | undefined }

/** A text of its own: one that was cut out of a file keeps a whole piece of the file in memory. */
const ownText = (text: string): string => JSON.parse(JSON.stringify(text)) as string

/** What stands where a UPN belongs and is nobody's: why there is none. Such lines are one child's only under one name. */
const noUpn = /^UN\d$/i

const keyOf = ({ upn, surname, forename, born }: MarkedChild): string =>
  upn.length === 3 && noUpn.test(upn) ? [upn, surname, forename, born].join('\n') : upn

/** Pupils by UPN: of one that several have, all, and none of them is chosen. */
const pupilsByUpn = (pupils: readonly MarkedPupil[]): ReadonlyMap<string, readonly MarkedPupil[]> => {
  const found = new Map<string, MarkedPupil[]>()
  for (const pupil of pupils)
    for (const upn of pupil.upns) {
      const own = found.get(upn)
      if (own) own.push(pupil)
      else found.set(upn, [pupil])
    }
  return found
}

/** Makes ready to match what a file names with the pupils its sender may speak of, and with their places. */
export const findChildren = async (
  query: Query,
  pupils: readonly MarkedPupil[],
  from: MarksSender['from'],
): Promise<Children> => {
  const byUpn = pupilsByUpn(pupils)
  const byReference = new Map(
    pupils.map((pupil) => [(from.kind === 'council' ? pupil.reference : pupil.id).toUpperCase(), pupil]),
  )
  const schools = await schoolsToMark(query, from.kind === 'school' ? [from.school] : 'all')
  const named = schoolsByName(schools)
  const knowsOwnNumber = schools.some(({ dfeNumbers }) => dfeNumbers.length > 0)
  const countries = new Map(schools.map(({ number, country }) => [number, country]))
  const children = new Map<string, Named[]>()
  let strangers = 0

  const childOf = (sent: MarkedChild): Child | undefined => {
    const one = sent.reference === '' ? undefined : byReference.get(sent.reference.toUpperCase())
    const others = sent.upn === '' ? [] : (byUpn.get(sent.upn.toUpperCase()) ?? [])
    const pupil = one ?? (others.length === 1 ? others[0] : undefined)
    if (!pupil && others.length === 0 && from.kind === 'school') return undefined
    const base = { sent, pupil: pupil?.pupil ?? null, virtualSchool: pupil?.virtualSchool ?? null, row: 0, lines: 0 }
    const differs = one && others.length === 0 && one.upns.length > 0 && /^[A-Z]\d{11}[0-9A-Z]$/i.test(sent.upn)
    const otherwise = differs ? 'upn-differs' : null
    const conflict = one ? others.length > 0 && !others.includes(one) : others.length > 1
    if (from.kind === 'school') {
      const own =
        !/\d{6}/.test(sent.school) ||
        named(sent.school) === from.school ||
        // Which seven digits are the school's own is told by the register of schools alone.
        (!knowsOwnNumber && /^\d{7}$/.test(sent.school.replace(/[\s/-]/g, '')))
      const problem = conflict ? 'two-children' : own ? otherwise : 'other-school'
      return { ...base, schoolAt: () => from.school, problem }
    }
    if (conflict) return { ...base, schoolAt: () => noSchool, problem: 'two-children' }
    const places = pupil?.places ?? []
    if (sent.school === '') return { ...base, schoolAt: placeOn(places), problem: otherwise }
    const school = named(sent.school) ?? byNameAmong(sent.school, places, schools) ?? noSchool
    const problem =
      school === noSchool
        ? 'school-unknown'
        : pupil && !places.some((place) => place.school === school)
          ? 'no-place-there'
          : otherwise
    return { ...base, schoolAt: () => school, problem }
  }

  return {
    find: (row) => {
      const key = keyOf(row)
      const own = children.get(key)
      const known = own?.find(({ reference, school }) => reference === row.reference && school === row.school)
      if (known) return known.child
      const upn = ownText(row.upn)
      const [reference, school] = [ownText(row.reference), ownText(row.school)]
      const [surname, forename, born] = [ownText(row.surname), ownText(row.forename), ownText(row.born)]
      const child = childOf({ upn, reference, surname, forename, born, school })
      if (child?.pupil === null) strangers += 1
      if (own) own.push({ reference, school, child })
      else children.set(ownText(key), [{ reference, school, child }])
      return child
    },
    knows: ({ upn, reference }) =>
      (upn !== '' && byUpn.has(upn.toUpperCase())) || (reference !== '' && byReference.has(reference.toUpperCase())),
    all: () => [...children.values()].flatMap((all) => all.flatMap(({ child }) => (child ? [child] : []))),
    strangers: () => strangers,
    countryOf: (school) => countries.get(school) ?? 'England',
  }
}

/** Where a child's place is on a day: the latest that covers it, or the one that was nearest before. */
const placeOn = (places: readonly MarkedPlace[]) => {
  const ordered = [...places].sort((one, other) => (one.firstDay < other.firstDay ? 1 : -1))
  const [only] = ordered
  if (ordered.length <= 1) return () => only?.school ?? noSchool
  return (day: PlainDate) =>
    (
      ordered.find((place) => place.firstDay <= day && (place.lastDay === null || place.lastDay >= day)) ??
      ordered.find((place) => place.firstDay <= day) ??
      ordered.at(-1)
    )?.school ?? noSchool
}

/** A school by its URN or its seven-digit number, however they are written. */
const schoolsByName = (schools: readonly NamedSchool[]) => {
  const numbers = new Map(
    schools.flatMap(({ number, urns, dfeNumbers }) => [...urns, ...dfeNumbers].map((one) => [one, number] as const)),
  )
  return (sent: string) => numbers.get(sent) ?? numbers.get(sent.replace(/[\s/-]/g, ''))
}

/** A school by its name, only among those where the child has a place: names are not unique. */
const byNameAmong = (sent: string, places: readonly MarkedPlace[], schools: readonly NamedSchool[]) => {
  const wanted = comparable(sent)
  const found = new Set(
    places.flatMap(({ school }) =>
      schools.some((one) => one.number === school && comparable(one.name) === wanted) ? [school] : [],
    ),
  )
  return found.size === 1 ? [...found][0] : undefined
}
