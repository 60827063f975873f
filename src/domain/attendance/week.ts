import { type PlainDate, plusDays } from '../dates.ts'

/** Half a school day: a register is taken once in each. */
export type Session = 'AM' | 'PM'

/** One mark in a register. The code is as it was sent, without spaces around it. */
export type SessionMark = { readonly day: PlainDate; readonly session: Session; readonly code: string }

/** The longest code that is kept: two characters of the national table and one more of a school's own ('X01'). */
export const longestCode = 3

/** Monday 5 January 1970 begins week 0, as days since 1 January 1970. */
const firstMonday = 4
const sessionsAWeek = 14
const dayLength = 86_400_000

/** The week a day is in, counted from Monday 5 January 1970. */
export const weekOf = (day: PlainDate): number =>
  Math.floor((Date.parse(`${day}T00:00:00Z`) / dayLength - firstMonday) / 7)

/** The Monday that a week begins with. */
export const mondayOf = (week: number): PlainDate => plusDays('1970-01-05' as PlainDate, week * 7)

/** Which of a week's fourteen sessions it is: 0 is Monday morning, 13 Sunday afternoon. */
export const slotOf = (day: PlainDate, session: Session): number => {
  const since = Date.parse(`${day}T00:00:00Z`) / dayLength - firstMonday
  return (((since % 7) + 7) % 7) * 2 + (session === 'PM' ? 1 : 0)
}

/** A week's marks as the store keeps them: three characters a session, trailing blanks left off. */
export const packWeek = (codes: readonly (string | undefined)[]): string =>
  Array.from({ length: sessionsAWeek }, (_, slot) => (codes[slot] ?? '').padEnd(longestCode))
    .join('')
    .trimEnd()

/** The marks of a packed week, in order; sessions about which nothing is said are left out. */
export const unpackWeek = (week: number, marks: string): readonly SessionMark[] => {
  const monday = mondayOf(week)
  const unpacked: SessionMark[] = []
  for (let slot = 0; slot * longestCode < marks.length; slot += 1) {
    const code = marks.slice(slot * longestCode, (slot + 1) * longestCode).trim()
    if (code !== '')
      unpacked.push({ day: plusDays(monday, Math.floor(slot / 2)), session: slot % 2 === 0 ? 'AM' : 'PM', code })
  }
  return unpacked
}
