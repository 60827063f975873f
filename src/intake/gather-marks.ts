import type { MarksRow } from '../../connectors/attendance-marks/rows.ts'
import { packWeek, slotOf, weekOf } from '../domain/attendance/week.ts'
import type { PlainDate } from '../domain/dates.ts'

/** Whose marks a line brings, and where: `school` is asked for each day, since a child may have moved. */
export type MarkedRow = {
  /** The row of the import that stands for this child. */
  readonly row: number
  readonly pupil: number | null
  readonly schoolAt: (day: PlainDate) => number
}

/** Two marks of one file for the same child and session. */
export type MarkedTwice = { readonly line: number; readonly first: string; readonly second: string }

type Week = { readonly codes: string[]; readonly lines: number[] }

/** A fact of `mark_week_fact`, in the order of `markFactColumns`. */
export type MarkFact = readonly [
  row: number,
  week: number,
  ordinal: number,
  pupil: number | null,
  school: number,
  marks: string,
  said: number,
  lines: string,
]

/** The columns of a fact as `gatherMarks` gives it. */
export const markFactColumns = [
  'row_number',
  'week',
  'ordinal',
  'pupil_number',
  'school_number',
  'marks',
  'said',
  'lines',
]

/** Schools are told apart within a week by this factor: a store has fewer schools than that. */
const schoolsAtMost = 1_000_000

/** A child has marks at fewer schools than this in one week. */
const schoolsAtOnce = 16

/**
 * Puts a file's marks together, a child's week at a school to a fact, in whatever order its lines come. `take` empties
 * what has been gathered, so that memory is bounded; a week that goes on afterwards is a further fact of it.
 */
export const gatherMarks = <Of extends MarkedRow>() => {
  const children = new Map<Of, Map<number, Week>>()
  const days = new Map<PlainDate, readonly [week: number, slot: number]>()
  let [weeks, turn] = [0, 0]
  let newest = Number.NEGATIVE_INFINITY

  const placeOf = (day: PlainDate) => {
    const known = days.get(day)
    if (known) return known
    const place = [weekOf(day), slotOf(day, 'AM')] as const
    days.set(day, place)
    return place
  }

  return {
    /** How many weeks wait to be taken. */
    waiting: () => weeks,
    add: (of: Of, line: number, marks: MarksRow['marks']): MarkedTwice | undefined => {
      let own = children.get(of)
      if (!own) {
        own = new Map()
        children.set(of, own)
      }
      let twice: MarkedTwice | undefined
      for (const { day, session, code } of marks) {
        const [number, morning] = placeOf(day)
        const slot = session === 'PM' ? morning + 1 : morning
        const key = number * schoolsAtMost + of.schoolAt(day)
        let week = own.get(key)
        if (!week) {
          week = { codes: [], lines: [] }
          own.set(key, week)
          weeks += 1
          if (number > newest) newest = number
        }
        const before = week.codes[slot]
        if (before !== undefined && before !== code) twice = { line, first: before, second: code }
        week.codes[slot] = code
        week.lines[slot] = line
      }
      return twice
    },
    /**
     * What waits, child by child; afterwards nothing does. With `butNewest` the newest week waits on: a file in order of
     * its days still adds to it.
     */
    take: (butNewest: boolean): readonly (readonly [of: Of, facts: readonly MarkFact[]])[] => {
      const taken: (readonly [Of, readonly MarkFact[]])[] = []
      weeks = 0
      for (const [of, own] of children) {
        const facts: MarkFact[] = []
        for (const [key, week] of own) {
          const number = Math.floor(key / schoolsAtMost)
          if (butNewest && number === newest) {
            weeks += 1
            continue
          }
          own.delete(key)
          const school = key % schoolsAtMost
          const ordinal = turn * schoolsAtOnce + facts.filter((fact) => fact[1] === number).length
          facts.push([
            of.row,
            number,
            ordinal,
            of.pupil,
            school,
            packWeek(week.codes),
            saidOf(week),
            linesOf(of.row, week),
          ])
        }
        if (facts.length > 0) taken.push([of, facts])
      }
      turn += 1
      return taken
    },
  }
}

const saidOf = ({ codes }: Week): number => {
  let said = 0
  for (let slot = 0; slot < codes.length; slot += 1) if (codes[slot] !== undefined) said |= 1 << slot
  return said
}

/** The lines of a week's sessions, as lines after the row's own; one number where they are all the same. */
const linesOf = (row: number, { codes, lines }: Week): string => {
  let same: number | undefined
  let all = true
  for (let slot = 0; slot < codes.length; slot += 1)
    if (codes[slot] !== undefined) {
      same ??= lines[slot]
      if (lines[slot] !== same) all = false
    }
  if (all) return String((same ?? row) - row)
  return Array.from({ length: codes.length }, (_, slot) =>
    codes[slot] === undefined ? '' : String((lines[slot] ?? row) - row),
  ).join()
}
