import { defaultCalendar } from '../calendar.ts'
import { type PlainDate, plusDays } from '../dates.ts'
import type { Term } from '../return/item.ts'
import type { CodeClass } from './codes.ts'
import { isUsualSchoolDay } from './usual-year.ts'
import { mondayOf, type Session, slotOf, weekOf } from './week.ts'

/** What one square of a year's picture is; `none` is a usual school day that has come and of which nothing is held. */
export type Square = CodeClass | 'to_come' | 'none'

/** A week of the picture: its first day with a square, its squares from Monday morning on, null where there is no school to show. */
export type PictureWeek = {
  readonly week: number
  readonly firstDay: PlainDate
  /** The week before it is not in the picture: a holiday. */
  readonly afterGap: boolean
  readonly squares: readonly (Square | null)[]
}

/** A term of a year's picture. */
export type PictureTerm = { readonly term: Term; readonly weeks: readonly PictureWeek[] }

/** A mark as the picture needs it. */
export type PicturedMark = { readonly day: PlainDate; readonly session: Session; readonly counts: CodeClass }

/** The squares of a week from Monday to Friday; a weekend is drawn only where a school was open on it. */
const weekdaySlots = 10

const squareOf = (marks: ReadonlyMap<string, CodeClass>, day: PlainDate, session: Session, today: PlainDate) => {
  const mark = marks.get(`${day}${session}`)
  if (mark) return mark
  if (!isUsualSchoolDay(day)) return null
  // Today's register may still be open.
  return day >= today ? 'to_come' : 'none'
}

/** One child's academic year as squares, a week to a column, in three terms. */
export const pictureOf = (
  marks: readonly PicturedMark[],
  academicYear: number,
  today: PlainDate,
): { readonly terms: readonly PictureTerm[]; readonly weekend: boolean } => {
  const found = new Map(marks.map(({ day, session, counts }) => [`${day}${session}`, counts]))
  const weekend = marks.some(({ day }) => slotOf(day, 'AM') >= weekdaySlots)
  const slots = weekend ? 14 : weekdaySlots
  const terms = defaultCalendar(academicYear).map(({ term, firstDay, lastDay }): PictureTerm => {
    const weeks: PictureWeek[] = []
    for (let week = weekOf(firstDay); week <= weekOf(lastDay); week += 1) {
      const monday = mondayOf(week)
      const squares = Array.from({ length: slots }, (_, slot) => {
        const day = plusDays(monday, Math.floor(slot / 2))
        if (day < firstDay || day > lastDay) return null
        return squareOf(found, day, slot % 2 === 0 ? 'AM' : 'PM', today)
      })
      if (squares.every((square) => square === null)) continue
      const first = squares.findIndex((square) => square !== null)
      weeks.push({
        week,
        firstDay: plusDays(monday, Math.floor(first / 2)),
        afterGap: weeks.length > 0 && weeks.at(-1)?.week !== week - 1,
        squares,
      })
    }
    return { term, weeks }
  })
  return { terms, weekend }
}

/** Sessions of the week that hold most of some absences. */
export type Pattern = {
  readonly weekday: number
  readonly session: Session
  readonly count: number
  readonly of: number
  readonly since: PlainDate
}

/** How many absences it takes before a pattern in them is said. */
const fewestForPattern = 4

/** The session of the week on which more than half of the absences that were not authorised fall; undefined where none is. */
export const patternOf = (marks: readonly PicturedMark[]): Pattern | undefined => {
  const absences = marks.filter(({ counts }) => counts === 'unauthorised')
  if (absences.length < fewestForPattern) return undefined
  const groups = new Map<number, PicturedMark[]>()
  for (const mark of absences) {
    const slot = slotOf(mark.day, mark.session)
    const group = groups.get(slot)
    if (group) group.push(mark)
    else groups.set(slot, [mark])
  }
  const most = [...groups].find(([, group]) => group.length * 2 > absences.length)
  if (!most) return undefined
  const [slot, group] = most
  const since = group.map(({ day }) => day).toSorted()[0]
  if (!since) return undefined
  return {
    weekday: Math.floor(slot / 2),
    session: slot % 2 === 0 ? 'AM' : 'PM',
    count: group.length,
    of: absences.length,
    since,
  }
}

/** Marks one after another that say the same. */
export type Run<Mark> = { readonly first: Mark; readonly last: Mark; readonly marks: readonly Mark[] }

/** Marks in their order as runs of sessions that follow each other and of which `keyOf` is the same; null is left out. */
export const runsOf = <Mark>(marks: readonly Mark[], keyOf: (mark: Mark) => string | null): readonly Run<Mark>[] => {
  const runs: { key: string; first: Mark; last: Mark; marks: Mark[] }[] = []
  let open = false
  for (const mark of marks) {
    const key = keyOf(mark)
    const run = runs.at(-1)
    if (key === null) open = false
    else if (open && run?.key === key) {
      run.last = mark
      run.marks.push(mark)
    } else {
      runs.push({ key, first: mark, last: mark, marks: [mark] })
      open = true
    }
  }
  return runs
}
