import { longestCode, type Session, type SessionMark } from '../../src/domain/attendance/week.ts'
import { type PlainDate, plusDays } from '../../src/domain/dates.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { withoutFormulaGuard } from '../format/csv.ts'
import { readDay } from '../format/day.ts'
import { type FoundColumns, weekColumns } from './columns.ts'
import type { MarksColumn, MarksMapping, MarksRow } from './rows.ts'

const none: readonly Finding[] = []
const noMarks: readonly SessionMark[] = []

const sessionWords = {
  AM: ['am', 'a.m.', 'a', 'morning', 'mor'],
  PM: ['pm', 'p.m.', 'p', 'afternoon', 'aft'],
} as const

/** Columns that tell whom a line is about only to a person who has to find out: never in the copy that is kept. */
const neverKept: ReadonlySet<MarksColumn> = new Set(['surname', 'forename', 'born'])

/**
 * Makes the reader of one file's lines. Days and sessions are looked up once for each way they are written: a file of a
 * million lines has some hundreds.
 */
export const lineReader = ({ places, grain }: FoundColumns, mapping: MarksMapping | null) => {
  const at = (column: MarksColumn) => places.get(column) ?? -1
  const [upn, reference, surname, forename, born, school] = [
    at('upn'),
    at('reference'),
    at('surname'),
    at('forename'),
    at('born'),
    at('school'),
  ]
  const [day, session, mark, week] = [at('day'), at('session'), at('mark'), at('week')]
  const halves = [
    ['AM', at('am'), 'am'],
    ['PM', at('pm'), 'pm'],
  ] as const
  const weekPlaces = weekColumns.flatMap((column, slot) =>
    places.has(column) ? [{ column, index: at(column), slot }] : [],
  )
  const kept = [...places].filter(([column]) => !neverKept.has(column)).map(([, index]) => index)
  const keptUpTo = Math.max(...kept) + 1
  const sessions = new Map<string, Session | undefined>(
    (['AM', 'PM'] as const).flatMap((name) =>
      [...sessionWords[name], ...(mapping?.sessions?.[name] ?? [])].map((word) => [word.trim().toLowerCase(), name]),
    ),
  )
  const days = new Map<string, PlainDate | undefined>()
  const codes = new Map<string, string>()

  const cell = (cells: readonly string[], index: number): string => (index < 0 ? '' : (cells[index] ?? '').trim())
  const halfOf = (text: string): Session | undefined =>
    text === 'AM' || text === 'PM' ? text : sessions.get(text.toLowerCase())
  const dayOf = (text: string): PlainDate | undefined => {
    if (days.has(text)) return days.get(text)
    const read = readDay(text)
    if (days.size < 20_000) days.set(text, read)
    return read
  }
  const codeOf = (text: string): string => {
    const before = codes.get(text)
    if (before !== undefined) return before
    const code = withoutFormulaGuard(text).trim().toUpperCase()
    if (codes.size < 1000) codes.set(text, code)
    return code
  }
  const parts: string[] = Array.from({ length: keptUpTo }, () => '')
  const keptLine = (cells: readonly string[]): string => {
    for (const index of kept) parts[index] = quoted((cells[index] ?? '').trim())
    return parts.join(',')
  }

  // Nothing is made for a line that is right but the line itself: a file may have a million.
  let findings: Finding[] | undefined
  let place: Finding['at'] | undefined
  let [number, sheet] = [0, undefined as string | undefined]
  const say = (code: string, column: MarksColumn, parameters: Finding['parameters'] = {}) => {
    place ??= sheet === undefined ? { line: number } : { line: number, sheet }
    findings ??= []
    findings.push({ code, severity: 'error', at: { ...place, column }, parameters })
  }
  const marked = (column: MarksColumn, text: string): string => {
    const code = codeOf(text)
    if (code.length <= longestCode) return code
    say('MARK_TOO_LONG', column, { longest: longestCode })
    return ''
  }
  const ofSession = (cells: readonly string[], marks: SessionMark[]) => {
    const code = marked('mark', cell(cells, mark))
    const on = dayOf(cell(cells, day))
    const half = halfOf(cell(cells, session))
    if (on === undefined) say('MARK_DAY', 'day')
    if (half === undefined) say('MARK_SESSION', 'session')
    if (code !== '' && on !== undefined && half !== undefined) marks.push({ day: on, session: half, code })
  }
  const ofDay = (cells: readonly string[], marks: SessionMark[]) => {
    const on = dayOf(cell(cells, day))
    if (on === undefined) say('MARK_DAY', 'day')
    for (const [half, index, column] of halves) {
      const code = marked(column, cell(cells, index))
      if (code !== '' && on !== undefined) marks.push({ day: on, session: half, code })
    }
  }
  const ofWeek = (cells: readonly string[], marks: SessionMark[]) => {
    const first = dayOf(cell(cells, week))
    if (first === undefined) say('MARK_DAY', 'week')
    else if (new Date(`${first}T00:00:00Z`).getUTCDay() !== 1) say('MARK_WEEK_MONDAY', 'week')
    for (const { column, index, slot } of weekPlaces) {
      const code = marked(column, cell(cells, index))
      if (code !== '' && first !== undefined)
        marks.push({ day: plusDays(first, Math.floor(slot / 2)), session: slot % 2 === 0 ? 'AM' : 'PM', code })
    }
  }
  const marksOf = { session: ofSession, day: ofDay, week: ofWeek }[grain ?? 'session']

  return (line: number, cells: readonly string[], ofSheet?: string): MarksRow => {
    findings = undefined
    place = undefined
    number = line
    sheet = ofSheet
    const [sentUpn, sentReference] = [upperOf(cell(cells, upn)), cell(cells, reference)]
    if (sentUpn === '' && sentReference === '') say('MARKS_NO_CHILD', upn < 0 ? 'reference' : 'upn')
    const marks: SessionMark[] = []
    marksOf(cells, marks)
    return {
      number,
      upn: sentUpn,
      reference: sentReference,
      surname: cell(cells, surname),
      forename: cell(cells, forename),
      born: cell(cells, born),
      school: cell(cells, school),
      marks: findings === undefined ? marks : noMarks,
      findings: findings ?? none,
      kept: keptLine(cells),
    }
  }
}

/** A UPN in capitals, which it nearly always is in already. */
const upperOf = (text: string): string => (/[a-z]/.test(text) ? text.toUpperCase() : text)

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
