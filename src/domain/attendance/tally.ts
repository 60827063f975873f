import { type Calendar, defaultCalendar, type SchoolTerm, termOf } from '../calendar.ts'
import { academicYearOf, type PlainDate, plusDays } from '../dates.ts'
import { type CodeClass, classOf, codeTableOn, isDualRegistered, isLate } from './codes.ts'
import { mondayOf, type SessionMark, unpackWeek, weekOf } from './week.ts'

/** Sessions by what they count as, as whole numbers that add up. `late` is part of `present`. */
export type Tally = Readonly<Record<CodeClass | 'late', number>>

/** A mark with whose register it stands in. */
export type SchoolMark = SessionMark & { readonly school: number; readonly country: string }

/** A child's week at a school as the store keeps it. */
export type PackedWeek = {
  readonly week: number
  readonly school: number
  readonly country: string
  readonly marks: string
}

/** The days a child is on a school's roll, as confirmed; null is open. */
export type OnRoll = { readonly school: number; readonly firstDay: PlainDate; readonly lastDay: PlainDate | null }

export const emptyTally: Tally = {
  present: 0,
  educated_elsewhere: 0,
  authorised: 0,
  unauthorised: 0,
  not_possible: 0,
  not_entered: 0,
  unknown: 0,
  late: 0,
}

const kinds = Object.keys(emptyTally) as readonly (keyof Tally)[]

/** The sum of tallies: the only way in which figures of schools, weeks or children become one. */
export const sumTallies = (tallies: Iterable<Tally>): Tally => {
  const sum: Record<keyof Tally, number> = { ...emptyTally }
  for (const tally of tallies) for (const kind of kinds) sum[kind] += tally[kind]
  return sum
}

/** Sessions attended: at school, or at an approved activity somewhere else. */
export const attendedOf = (tally: Tally): number => tally.present + tally.educated_elsewhere

/** Sessions missed, authorised or not. */
export const absentOf = (tally: Tally): number => tally.authorised + tally.unauthorised

/** Sessions that could be attended. What is not entered, not possible or not known is in no base. */
export const possibleOf = (tally: Tally): number => attendedOf(tally) + absentOf(tally)

/** How much is missed, as the Department for Education counts it; undefined where nothing was possible. */
export type AbsenceBand = 'severe' | 'persistent' | 'below'

/** Half or more of what was possible is severe, a tenth or more persistent: 38 of the 380 sessions of a usual year. */
export const absenceBand = (tally: Tally): AbsenceBand | undefined => {
  const [absent, possible] = [absentOf(tally), possibleOf(tally)]
  if (possible === 0) return undefined
  if (absent * 2 >= possible) return 'severe'
  return absent * 10 >= possible ? 'persistent' : 'below'
}

/** Four weeks: on fewer sessions than these, two days of illness alone make an absence persistent. */
export const fewSessions = 40

/** Whether a figure rests on so few sessions that it says little yet. */
export const isSmallBase = (tally: Tally): boolean => possibleOf(tally) < fewSessions

/** A share in tenths of a percent, rounded half up; undefined of nothing. */
export const perThousand = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : Math.floor((2000 * part + whole) / (2 * whole))

/** Whether a share is at least a percentage: in whole numbers, so that rounding decides nothing. */
export const reaches = (part: number, whole: number, percent: number): boolean => part * 100 >= whole * percent

const standing = (mark: SchoolMark): number => {
  const counts = classOf(mark.country, mark.day, mark.code)
  if (counts === 'not_entered') return 0
  if (counts === 'unknown') return 1
  if (isDualRegistered(mark.code)) return 2
  return counts === 'not_possible' ? 3 : 4
}

/**
 * One mark a session, as a child is in one place: that the child is registered at another school too gives way to what
 * that school says; of two that say as much, the first stands.
 */
export const oneASession = <Mark extends SchoolMark>(marks: Iterable<Mark>): readonly Mark[] => {
  const found = new Map<string, Mark>()
  for (const mark of marks) {
    const session = `${mark.day} ${mark.session}`
    const other = found.get(session)
    if (!other || standing(mark) > standing(other)) found.set(session, mark)
  }
  return [...found.values()]
}

/** The marks of days on which the child was on the roll of the school that made them. */
export const whileOnRoll = <Mark extends SchoolMark>(
  marks: readonly Mark[],
  places: readonly OnRoll[],
): readonly Mark[] =>
  marks.filter(({ day, school }) =>
    places.some(
      (place) => place.school === school && place.firstDay <= day && (place.lastDay === null || day <= place.lastDay),
    ),
  )

/** The tally of one child's marks: each session once. */
export const tallyMarks = (marks: Iterable<SchoolMark>): Tally => {
  const tally: Record<keyof Tally, number> = { ...emptyTally }
  for (const mark of oneASession(marks)) {
    tally[classOf(mark.country, mark.day, mark.code)] += 1
    if (isLate(mark.code)) tally.late += 1
  }
  return tally
}

/** The marks of packed weeks, one by one. */
export const marksOf = (weeks: readonly PackedWeek[]): readonly SchoolMark[] =>
  weeks.flatMap(({ week, school, country, marks }) =>
    unpackWeek(week, marks).map((mark) => ({ ...mark, school, country })),
  )

/** Days a tally is limited to, both included. */
export type Days = { readonly from: PlainDate; readonly to: PlainDate }

/**
 * Tallies of packed weeks, each session of a child in one of them: equal weeks are counted once, since of all the weeks
 * of a council's children most are alike. The weeks of one child that overlap go through `tallyMarks`.
 */
export const weekTallier = (): ((week: PackedWeek, days: Days, places?: readonly OnRoll[]) => Tally) => {
  const known = new Map<string, Tally>()
  return (packed, days, places) => {
    const monday = mondayOf(packed.week)
    const sunday = plusDays(monday, 6)
    const table = codeTableOn(packed.country, monday)
    const whole =
      days.from <= monday &&
      sunday <= days.to &&
      table === codeTableOn(packed.country, sunday) &&
      (places === undefined ||
        places.some(
          (place) =>
            place.school === packed.school &&
            place.firstDay <= monday &&
            (place.lastDay === null || sunday <= place.lastDay),
        ))
    const key = `${table.country}${table.validFrom}${packed.marks}`
    const found = whole ? known.get(key) : undefined
    if (found) return found
    const marks = marksOf([packed]).filter(({ day }) => days.from <= day && day <= days.to)
    const tally = tallyMarks(places && !whole ? whileOnRoll(marks, places) : marks)
    if (whole) known.set(key, tally)
    return tally
  }
}

const grouped = <Key>(marks: readonly SchoolMark[], keyOf: (mark: SchoolMark) => Key): ReadonlyMap<Key, Tally> => {
  const groups = new Map<Key, SchoolMark[]>()
  for (const mark of oneASession(marks)) {
    const key = keyOf(mark)
    const group = groups.get(key)
    if (group) group.push(mark)
    else groups.set(key, [mark])
  }
  return new Map([...groups].map(([key, group]) => [key, tallyMarks(group)]))
}

/** One child's tallies by week, in the order of the marks. */
export const byWeek = (marks: readonly SchoolMark[]): ReadonlyMap<number, Tally> =>
  grouped(marks, ({ day }) => weekOf(day))

/** One child's tallies by school. */
export const bySchool = (marks: readonly SchoolMark[]): ReadonlyMap<number, Tally> =>
  grouped(marks, ({ school }) => school)

/** One child's tallies by term, each with its term. */
export const byTerm = (
  marks: readonly SchoolMark[],
  calendar: Calendar = defaultCalendar,
): readonly { readonly term: SchoolTerm; readonly tally: Tally }[] => {
  const terms = new Map<PlainDate, SchoolTerm>()
  const tallies = grouped(marks, ({ day }) => {
    const term = termOf(day, calendar)
    terms.set(term.firstDay, term)
    return term.firstDay
  })
  return [...terms.values()]
    .sort((one, other) => (one.firstDay < other.firstDay ? -1 : 1))
    .map((term) => ({ term, tally: tallies.get(term.firstDay) ?? emptyTally }))
}

/** The days of an academic year up to a day. */
export const yearToDate = (today: PlainDate): Days => ({
  from: `${academicYearOf(today)}-09-01` as PlainDate,
  to: today,
})
