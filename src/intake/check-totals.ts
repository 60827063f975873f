import type { TotalKind, TotalsRow } from '../../connectors/attendance-totals/rows.ts'
import { type PlainDate, plusDays } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import type { ChildProblem } from './match-marks.ts'

/** Findings of one kind that are kept one by one; the rest are counted. */
const keptOfAKind = 50

/** The oldest totals that are taken: as long as a child is at one school. */
const oldest = 15 * 366

const problems: Readonly<Record<ChildProblem, readonly [code: string, severity: Finding['severity']]>> = {
  'two-children': ['MARKS_OF_TWO_CHILDREN', 'error'],
  'other-school': ['MARKS_OF_OTHER_SCHOOL', 'error'],
  'school-unknown': ['TOTALS_SCHOOL_UNKNOWN', 'warning'],
  'no-place-there': ['TOTALS_NO_PLACE_THERE', 'warning'],
  'upn-differs': ['MARKS_UPN_DIFFERS', 'warning'],
}

/** What may be told of a child whom a line is about. */
type CheckedChild = { readonly problem: ChildProblem | null; readonly pupil: number | null; readonly school: number }

/** Checks a file of totals line by line as it is read; what is to be said of the whole of it is asked at the end. */
export const checkTotals = (today: PlainDate) => {
  const tooOld = plusDays(today, -oldest)
  const kept = new Map<string, number>()
  const seen = new Map<string, number>()

  const say = (row: TotalsRow, code: string, severity: Finding['severity'], parameters: Finding['parameters'] = {}) =>
    ({ code, severity, at: { line: row.number }, parameters }) as const

  return {
    /** What is to be said of a line; it is withheld where an error is among it. */
    line: (row: TotalsRow, kind: TotalKind, { problem, pupil, school }: CheckedChild): readonly Finding[] => {
      const findings = [...row.findings]
      if (problem) findings.push(say(row, ...problems[problem]))
      const { period } = row
      if (period && period.lastDay > today) findings.push(say(row, 'TOTAL_TO_COME', 'error'))
      if (period && period.lastDay < tooOld) findings.push(say(row, 'MARK_DAY_TOO_OLD', 'error'))
      if (row.possible === null && row.attended === null && row.percentage === null && findings.length === 0)
        findings.push(say(row, 'TOTAL_SAYS_NOTHING', 'warning'))
      const withheld = findings.some(({ severity }) => severity === 'error')
      if (!withheld && pupil !== null && period) {
        const key = `${pupil}/${school}/${kind}/${period.firstDay}/${period.lastDay}`
        const first = seen.get(key)
        if (first !== undefined) findings.push(say(row, 'TOTAL_TWICE', 'warning', { first }))
        seen.set(key, row.number)
      }
      return findings
    },
    /** Keeps a finding while there are few of its kind; counts it otherwise. */
    keep: (findings: readonly Finding[]): readonly Finding[] =>
      findings.filter(({ code }) => {
        const count = (kept.get(code) ?? 0) + 1
        kept.set(code, count)
        return count <= keptOfAKind
      }),
    /** The kinds of finding of which there are more than are kept. */
    more: (): readonly Finding[] =>
      [...kept].flatMap(([like, count]) =>
        count > keptOfAKind
          ? [
              {
                code: 'MARKS_MORE_OF_A_KIND',
                severity: 'warning' as const,
                at: {},
                parameters: { count: count - keptOfAKind, like },
              },
            ]
          : [],
      ),
  }
}
