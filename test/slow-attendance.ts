import type { PlainDate } from '../src/domain/dates.ts'

/** A mark as one file stated it. `source` 2 is the school's own register, 1 somebody else's; `order` is when it came. */
export type SlowStatement = {
  readonly child: number
  readonly day: string
  readonly session: 'AM' | 'PM'
  readonly code: string
  readonly school: number
  readonly source: number
  readonly order: number
  readonly line: number
}

/** Days on a school's roll, both included. */
export type SlowPlace<Day extends string = PlainDay> = {
  readonly school: number
  readonly from: Day
  readonly to: Day | null
}

type PlainDay = PlainDate

type Kind = 'present' | 'elsewhere' | 'authorised' | 'unauthorised' | 'notPossible' | 'notEntered' | 'unknown'

const within = (letters: string, code: string) => letters.split(' ').includes(code)

/** The classes of codes, written down a second time from SI 2024/208 regulation 10 and the groups in use before it. */
const kindOf = (country: string, day: string, sent: string): Kind => {
  if (sent === '' || sent === '-' || sent === '*') return 'notEntered'
  const code = /^[A-Z]\d\d$/.test(sent) ? sent.charAt(0) : sent
  if (within('/ \\ L', code)) return 'present'
  if (country === 'Wales') {
    if (within('B D J P V W', code)) return 'elsewhere'
    if (within('C E F H I M R S T', code)) return 'authorised'
    if (within('G N O U', code)) return 'unauthorised'
    if (within('X Y Z', code)) return 'notPossible'
    return ofDivision(country, day, sent)
  }
  if (day < '2024-08-19') {
    if (within('B D J P V W', code)) return 'elsewhere'
    if (within('C E F H I M R S T', code)) return 'authorised'
    if (within('G N O U', code)) return 'unauthorised'
    if (within('X Y Z #', code)) return 'notPossible'
    if (code === 'K') return 'notEntered'
    return ofDivision(country, day, sent)
  }
  if (within('K V P W B', code)) return 'elsewhere'
  if (within('C C1 C2 E I J1 M R S T', code)) return 'authorised'
  if (within('G N O U', code)) return 'unauthorised'
  if (within('D Q X Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z #', code)) return 'notPossible'
  return ofDivision(country, day, sent)
}

/** A code with a number of the school's own after it, where the table has no such code: what its letter is. */
const ofDivision = (country: string, day: string, sent: string): Kind =>
  /^[A-Z#/\\]\d$/.test(sent) ? kindOf(country, day, sent.charAt(0)) : 'unknown'

/** K was written for a mark that had not come until it became a code of the register. */
const isEntered = ({ code, day }: SlowStatement) =>
  code !== '-' && code !== '*' && !(day < '2024-08-19' && code.startsWith('K'))

/** How much a mark says beside one of another school. */
const saysMore = (one: SlowStatement) => {
  if (!isEntered(one)) return 0
  if (one.code.startsWith('D')) return 1
  return 'XYZQ#'.includes(one.code.charAt(0)) ? 2 : 3
}

const later = (one: SlowStatement, other: SlowStatement) =>
  one.source !== other.source
    ? one.source > other.source
    : one.order !== other.order
      ? one.order > other.order
      : one.line > other.line

const isOnRoll = ({ school, day }: SlowStatement, places: readonly SlowPlace[]) =>
  places.some((place) => place.school === school && place.from <= day && (place.to === null || day <= place.to))

/** The statement that stands for one session: first within each school, then between them. */
const standing = (statements: readonly SlowStatement[], places: readonly SlowPlace[]): SlowStatement | undefined => {
  const best = new Map<number, SlowStatement>()
  for (const one of statements) {
    const other = best.get(one.school)
    if (!other) best.set(one.school, one)
    else if (isEntered(one) !== isEntered(other)) {
      if (isEntered(one)) best.set(one.school, one)
    } else if (later(one, other)) best.set(one.school, one)
  }
  const beats = (one: SlowStatement, other: SlowStatement) => {
    if (saysMore(one) !== saysMore(other)) return saysMore(one) > saysMore(other)
    const [here, there] = [isOnRoll(one, places), isOnRoll(other, places)]
    return here === there ? later(one, other) : here
  }
  let winner: SlowStatement | undefined
  for (const one of best.values()) if (!winner || beats(one, winner)) winner = one
  return winner
}

const mondays = (day: string) => Math.floor((Date.parse(`${day}T00:00:00Z`) / 86_400_000 - 4) / 7)

type Counts = Record<Kind | 'late', number>

const nothing = (): Counts => ({
  present: 0,
  elsewhere: 0,
  authorised: 0,
  unauthorised: 0,
  notPossible: 0,
  notEntered: 0,
  unknown: 0,
  late: 0,
})

const written = (counts: Counts) => Object.values(counts).join(' ')

/**
 * Counts one child's year from the statements themselves, session by session: slow, plain, and sharing no code with what
 * it checks.
 */
export const slowYear = (
  statements: readonly SlowStatement[],
  places: readonly SlowPlace[],
  countries: readonly string[],
  from: string,
  to: string,
) => {
  const sessions = new Map<string, SlowStatement[]>()
  for (const one of statements) {
    const key = `${one.day} ${one.session}`
    sessions.set(key, [...(sessions.get(key) ?? []), one])
  }
  const total = nothing()
  const schools = new Map<number, Counts>()
  const weeks = new Map<number, Counts>()
  for (const said of sessions.values()) {
    const mark = standing(said, places)
    if (!mark || mark.day < from || mark.day > to) continue
    if (!isOnRoll(mark, places)) continue
    const kind = kindOf(countries[mark.school] ?? 'England', mark.day, mark.code)
    const school = schools.get(mark.school) ?? nothing()
    const week = weeks.get(mondays(mark.day)) ?? nothing()
    for (const counts of [total, school, week]) {
      counts[kind] += 1
      if (/^L\d*$/.test(mark.code)) counts.late += 1
    }
    schools.set(mark.school, school)
    weeks.set(mondays(mark.day), week)
  }
  const attended = total.present + total.elsewhere
  const absent = total.authorised + total.unauthorised
  const possible = attended + absent
  const share = absent / possible
  return {
    total: written(total),
    attended: `${attended} of ${possible}`,
    band: possible === 0 ? 'undefined' : share >= 0.5 ? 'severe' : share >= 0.1 ? 'persistent' : 'below',
    bySchool: (school: number) => written(schools.get(school) ?? nothing()),
    byWeek: (week: number) => written(weeks.get(week) ?? nothing()),
  }
}
