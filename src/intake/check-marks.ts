import type { MarksRow } from '../../connectors/attendance-marks/rows.ts'
import { classOf } from '../domain/attendance/codes.ts'
import type { SessionMark } from '../domain/attendance/week.ts'
import { type PlainDate, plusDays } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import type { MarkedTwice } from './gather-marks.ts'
import type { Child, ChildProblem } from './match-marks.ts'

/** Findings of one kind that are kept one by one; the rest are counted. */
const keptOfAKind = 50

/** The oldest marks that are taken: as long as a child is at one school. */
const oldest = 15 * 366

const none: readonly Finding[] = []

const warnings: Readonly<Record<ChildProblem, string>> = {
  'two-children': 'MARKS_OF_TWO_CHILDREN',
  'other-school': 'MARKS_OF_OTHER_SCHOOL',
  'school-unknown': 'MARKS_SCHOOL_UNKNOWN',
  'no-place-there': 'MARKS_NO_PLACE_THERE',
  'upn-differs': 'MARKS_UPN_DIFFERS',
}

const warning = (code: string, line: number, parameters: Finding['parameters']): Finding => ({
  code,
  severity: 'warning',
  at: { line },
  parameters,
})

/** Checks an attendance file line by line as it is read; what is to be said of the whole of it is asked at the end. */
export const checkMarks = (today: PlainDate, countryOf: (school: number) => string) => {
  const tooOld = plusDays(today, -oldest)
  const file: Finding[] = []
  const kept = new Map<string, number>()
  const known = new Map<string, Map<string, Map<PlainDate, boolean>>>()
  const unknown = new Map<string, { line: number; count: number }>()
  let toCome: { readonly line: number; count: number } | undefined

  /** Keeps a finding while there are few of its kind; counts it otherwise. */
  const keep = (findings: readonly Finding[]): readonly Finding[] =>
    findings.filter(({ code }) => {
      const count = (kept.get(code) ?? 0) + 1
      kept.set(code, count)
      return count <= keptOfAKind
    })

  const isKnown = (child: Child, { day, code }: SessionMark) => {
    const country = countryOf(child.schoolAt(day))
    const ofCountry = known.get(country) ?? new Map<string, Map<PlainDate, boolean>>()
    const days = ofCountry.get(code) ?? new Map<PlainDate, boolean>()
    const before = days.get(day)
    if (before !== undefined) return before
    const now = classOf(country, day, code) !== 'unknown'
    known.set(country, ofCountry.set(code, days.set(day, now)))
    return now
  }

  return {
    keep,
    /** Why a line is withheld: nothing where it is not. */
    line: (row: MarksRow, child: Child): readonly Finding[] => {
      const old = row.marks.some(({ day }) => day < tooOld)
      const wrong = child.problem === 'two-children' || child.problem === 'other-school'
      if (row.findings.length === 0 && !old && !wrong) {
        if (child.problem !== null && child.lines === 0)
          file.push(...keep([warning(warnings[child.problem], row.number, {})]))
        return none
      }
      const findings = [...row.findings]
      const say = (code: string) => findings.push({ code, severity: 'error', at: { line: row.number }, parameters: {} })
      if (old) say('MARK_DAY_TOO_OLD')
      if (child.problem === 'two-children') say('MARKS_OF_TWO_CHILDREN')
      if (child.problem === 'other-school') say('MARKS_OF_OTHER_SCHOOL')
      if (findings.some(({ severity }) => severity === 'error')) return findings
      file.push(...keep(findings))
      return none
    },
    /** The marks of a line that are taken: those of days that have come. */
    taken: (row: MarksRow, child: Child): readonly SessionMark[] => {
      let all = true
      for (const mark of row.marks) {
        if (mark.day > today) all = false
        else if (!isKnown(child, mark)) {
          const one = unknown.get(mark.code)
          if (one) one.count += 1
          else unknown.set(mark.code, { line: row.number, count: 1 })
        }
      }
      if (all) return row.marks
      const come = row.marks.filter(({ day }) => day <= today)
      toCome ??= { line: row.number, count: 0 }
      toCome.count += row.marks.length - come.length
      return come
    },
    twice: ({ line, first, second }: MarkedTwice) => {
      file.push(...keep([warning('MARK_TWICE', line, { first, second })]))
    },
    /** What is to be said of the file once it has been read. */
    ofWholeFile: (): readonly Finding[] => [
      ...file,
      ...[...unknown].map(([mark, { line, count }]) => warning('MARK_UNKNOWN', line, { mark, count })),
      ...(toCome ? [warning('MARKS_TO_COME', toCome.line, { count: toCome.count })] : []),
      ...[...kept].flatMap(([code, count]) =>
        count > keptOfAKind
          ? [
              {
                code: 'MARKS_MORE_OF_A_KIND',
                severity: 'warning' as const,
                at: {},
                parameters: { count: count - keptOfAKind, like: code },
              },
            ]
          : [],
      ),
    ],
  }
}
