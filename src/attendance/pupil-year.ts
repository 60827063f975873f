import { type Benchmark, benchmarkOn, hasBenchmark } from '../domain/attendance/benchmark.ts'
import { type CodeClass, classOf, isDualRegistered } from '../domain/attendance/codes.ts'
import {
  bySchool,
  byTerm,
  byWeek,
  marksOf,
  type OnRoll,
  oneASession,
  type SchoolMark,
  type Tally,
  tallyMarks,
  whileOnRoll,
} from '../domain/attendance/tally.ts'
import { type Projection, projectYear, type Trend, trendOf } from '../domain/attendance/trend.ts'
import { slotOf, unpackWeek, weekOf } from '../domain/attendance/week.ts'
import { type PlainDate, plainDate } from '../domain/dates.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import { latestAnswers } from '../store/answers.ts'
import { benchmarksOf } from '../store/attendance-routes.ts'
import { confirmedPlaces } from '../store/cohort-marks.ts'
import type { Query } from '../store/db.ts'
import {
  type MarkedWeek,
  type MarkSource,
  markSources,
  marksOfPupil,
  type SaidWeek,
  totalsOfPupil,
  weeksSaid,
} from '../store/marks.ts'
import { transferRecordOf } from '../store/transfer-record.ts'

/** A mark as it stands: what it counts as, and the line of the file it came in. */
export type StandingMark = SchoolMark & {
  readonly schoolName: string
  readonly counts: CodeClass
  readonly importNumber: number
  readonly line: number | null
}

/** A session of which files say different things. */
export type Disagreement = {
  readonly mark: StandingMark
  readonly others: readonly { readonly code: string; readonly importNumber: number; readonly line: number | null }[]
}

/** A total that is held as a total: what it is of, and what it says. */
export type HeldTotal = {
  readonly from: 'file' | 'transfer' | 'return'
  readonly kind: string
  readonly schoolName: string
  readonly firstDay: PlainDate | null
  readonly lastDay: PlainDate | null
  readonly possible: string | null
  readonly attended: string | null
  readonly authorised: string | null
  readonly unauthorised: string | null
  readonly percentage: string | null
  readonly basis: string | null
}

/** One child's attendance in one academic year. */
export type PupilYear = {
  readonly academicYear: number
  /** Until which day marks are looked at: today, or the end of a year that is over. */
  readonly until: PlainDate
  readonly marks: readonly StandingMark[]
  /** Marks of days outside the confirmed places, which count nowhere. */
  readonly outside: readonly StandingMark[]
  readonly tally: Tally
  readonly terms: readonly { readonly term: Term; readonly tally: Tally }[]
  readonly schools: readonly { readonly name: string; readonly tally: Tally }[]
  readonly weeks: ReadonlyMap<number, Tally>
  /** Null where the year group is not held to one. */
  readonly benchmark: Benchmark | null
  readonly trend: Trend
  readonly projection: Projection | undefined
  readonly disagreements: readonly Disagreement[]
  readonly totals: readonly HeldTotal[]
  readonly sources: ReadonlyMap<number, MarkSource>
}

const linesOf = ({ rowNumber, lines }: SaidWeek): ((slot: number) => number | null) => {
  const parts = lines.split(',')
  return (slot) => {
    const part = parts.length === 1 ? parts[0] : parts[slot]
    return part === undefined || part === '' ? null : rowNumber + Number(part)
  }
}

const keyOf = ({ importNumber, rowNumber, week, ordinal }: Omit<SaidWeek, 'lines' | 'school' | 'marks'>) =>
  `${importNumber}/${rowNumber}/${week}/${ordinal}`

const standingMarks = (weeks: readonly MarkedWeek[], said: readonly SaidWeek[]): readonly StandingMark[] => {
  const lines = new Map(said.map((one) => [keyOf(one), linesOf(one)]))
  return weeks.flatMap((packed) => {
    const lineAt = lines.get(keyOf(packed))
    return marksOf([packed]).map((mark) => ({
      ...mark,
      schoolName: packed.schoolName,
      counts: classOf(mark.country, mark.day, mark.code),
      importNumber: packed.importNumber,
      line: lineAt?.(slotOf(mark.day, mark.session)) ?? null,
    }))
  })
}

const disagreementsOf = (marks: readonly StandingMark[], said: readonly SaidWeek[]): readonly Disagreement[] => {
  const sayings = new Map<string, { code: string; importNumber: number; line: number | null }[]>()
  for (const one of said) {
    const lineAt = linesOf(one)
    for (const { day, session, code } of unpackWeek(one.week, one.marks)) {
      if (code === '-' || code === '*') continue
      const key = `${day}${session}`
      const own = sayings.get(key) ?? []
      own.push({ code, importNumber: one.importNumber, line: lineAt(slotOf(day, session)) })
      sayings.set(key, own)
    }
  }
  return marks.flatMap((mark) => {
    const others = (sayings.get(`${mark.day}${mark.session}`) ?? []).filter(
      // That a child is registered at another school too disagrees with nothing.
      ({ code }) => code !== mark.code && !isDualRegistered(code) && !isDualRegistered(mark.code),
    )
    return others.length > 0 ? [{ mark, others }] : []
  })
}

const returnItems = new Set([
  ...['sessions_from', 'sessions_to', 'sessions_possible'],
  ...['sessions_attended', 'sessions_authorised', 'sessions_unauthorised'],
])

const totalsHeld = async (
  query: Query,
  scope: Scope,
  pupil: number,
  academicYear: number,
  days: { readonly from: PlainDate; readonly to: PlainDate },
  schoolNames: ReadonlyMap<number, string>,
): Promise<readonly HeldTotal[]> => {
  const [files, transfers, answers] = await Promise.all([
    totalsOfPupil(query, scope, pupil, days.from, days.to),
    transferRecordOf(query, scope, pupil),
    latestAnswers(query, scope, [pupil], returnItems),
  ])
  const bySchool = new Map<number, Map<string, string>>()
  for (const { school, item, value } of answers) {
    const own = bySchool.get(school) ?? new Map<string, string>()
    own.set(item, value)
    bySchool.set(school, own)
  }
  const inYear = (said: ReadonlyMap<string, string>) => {
    const to = said.get('sessions_to') ?? ''
    return said.has('sessions_possible') && to >= days.from && to <= days.to
  }
  return [
    ...files.map(({ importNumber: _, school: __, ...total }): HeldTotal => ({ from: 'file', ...total })),
    ...transfers
      .filter(({ kind, says }) => kind === 'attendance' && says[0] === String(academicYear))
      .map(({ says, schoolName }): HeldTotal => {
        const [, name = '', possible = '', attended = '', authorised = '', unauthorised = ''] = says
        return {
          ...{ from: 'transfer', kind: 'year', schoolName: name || schoolName, firstDay: null, lastDay: null },
          ...{ possible: possible || null, attended: attended || null, authorised: authorised || null },
          ...{ unauthorised: unauthorised || null, percentage: null, basis: null },
        }
      }),
    ...[...bySchool]
      .filter(([, said]) => inYear(said))
      .map(([school, said]): HeldTotal => {
        const of = (item: string) => said.get(`sessions_${item}`) ?? null
        return {
          ...{ from: 'return', kind: 'return', schoolName: schoolNames.get(school) ?? '' },
          ...{ firstDay: of('from') as PlainDate | null, lastDay: of('to') as PlainDate | null },
          ...{ possible: of('possible'), attended: of('attended') },
          ...{ authorised: of('authorised'), unauthorised: of('unauthorised'), percentage: null, basis: null },
        }
      }),
  ]
}

/** What is held of one child's attendance in one academic year, as far as the viewer may read it. */
export const pupilYear = async (
  query: Query,
  scope: Scope,
  pupil: { readonly number: number; readonly virtualSchool: number; readonly yearGroup: string },
  academicYear: number,
): Promise<PupilYear> => {
  const from = plainDate(`${academicYear}-09-01`)
  const end = plainDate(`${academicYear + 1}-08-31`)
  const until = scope.today < end ? scope.today : end
  const [weeks, said, places, benchmarks] = await Promise.all([
    marksOfPupil(query, scope, pupil.number, weekOf(from), weekOf(until)),
    weeksSaid(query, scope, pupil.number, weekOf(from), weekOf(until)),
    confirmedPlaces(query, scope, [pupil.number]),
    benchmarksOf(query, [pupil.virtualSchool]),
  ])
  const all = standingMarks(weeks, said).filter(({ day }) => from <= day && day <= until)
  const roll: readonly OnRoll[] = places
  const marks = oneASession(whileOnRoll(all, roll))
  const outside = all.filter((mark) => whileOnRoll([mark], roll).length === 0)
  const schoolNames = new Map(weeks.map(({ school, schoolName }) => [school, schoolName]))
  const disagreements = disagreementsOf(marks, said)
  const imports = [
    ...new Set([
      ...all.map(({ importNumber }) => importNumber),
      ...disagreements.flatMap(({ others }) => others.map(({ importNumber }) => importNumber)),
    ]),
  ]
  const [totals, sources] = await Promise.all([
    totalsHeld(query, scope, pupil.number, academicYear, { from, to: until }, schoolNames),
    markSources(query, scope, pupil.number, imports),
  ])
  const byWeeks = byWeek(marks)
  const newest = marks.reduce((last, { day }) => (day > last ? day : last), from)
  return {
    academicYear,
    until,
    marks,
    outside,
    tally: tallyMarks(marks),
    terms: byTerm(marks).map(({ term, tally }) => ({ term: term.term, tally })),
    schools: [...bySchool(marks)].map(([school, tally]) => ({ name: schoolNames.get(school) ?? '', tally })),
    weeks: byWeeks,
    benchmark: hasBenchmark(pupil.yearGroup || null)
      ? (benchmarkOn(benchmarks.get(pupil.virtualSchool) ?? [], until) ?? null)
      : null,
    trend: trendOf(byWeeks),
    projection: until === scope.today ? projectYear(byWeeks, newest) : undefined,
    disagreements,
    totals,
    sources,
  }
}
