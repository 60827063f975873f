import { Hono } from 'hono'
import { plainCsv } from '../../../connectors/table/write.ts'
import { paths } from '../../../templates/components/paths.ts'
import { AttendanceYearPage, type SaidRun } from '../../../templates/pages/attendance-year.tsx'
import { sessionWords, yearWords } from '../../../templates/words/en/attendance.ts'
import { codeClassWords, codeWords } from '../../../templates/words/en/attendance-codes.ts'
import { type PupilYear, pupilYear, type StandingMark } from '../../attendance/pupil-year.ts'
import { codeTableOn } from '../../domain/attendance/codes.ts'
import { patternOf, pictureOf, type Run, runsOf } from '../../domain/attendance/picture.ts'
import { emptyTally } from '../../domain/attendance/tally.ts'
import { mondayOf, slotOf, weekOf } from '../../domain/attendance/week.ts'
import { academicYearOf } from '../../domain/dates.ts'
import type { MarkSource } from '../../store/marks.ts'
import { followedPupilById, type ListedPupil, placesOf } from '../../store/pupils.ts'
import type { Web, WebContext } from '../context.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** One child's attendance in a year: the picture of it, and every session as a file. */
export const attendanceYearRoutes = new Hono<Web>()
attendanceYearRoutes.use(paths.pupilAttendance(':pupil'), signedIn, only('read pupils'))
attendanceYearRoutes.use(paths.pupilSessions(':pupil'), signedIn, only('read pupils'))

/** Academic years that can be looked at, back from this one. */
const yearsBack = 2

const asked = async (
  context: WebContext,
): Promise<{ readonly pupil: ListedPupil; readonly academicYear: number } | undefined> => {
  const { runtime, viewer } = context.var
  const now = academicYearOf(viewer.scope.today)
  const typed = context.req.query('year')
  const academicYear = typed === undefined ? now : /^\d{4}$/.test(typed) ? Number(typed) : Number.NaN
  const pupil = await followedPupilById(runtime.db.query, viewer.scope, context.req.param('pupil') ?? '')
  return pupil && academicYear <= now && academicYear >= now - yearsBack ? { pupil, academicYear } : undefined
}

const fileOf = (source: MarkSource | undefined): string => {
  if (!source) return ''
  if (source.via === 'form') return yearWords.typed
  return source.fileName || yearWords.fileOfOthers
}

const meaningOf = (code: string): string =>
  codeWords[code.toUpperCase()] ?? codeWords[code.charAt(0).toUpperCase()] ?? ''

const wordsOf = (mark: StandingMark) => ({
  code: mark.code,
  meaning: mark.counts === 'unknown' ? '' : meaningOf(mark.code),
  counts: codeClassWords[mark.counts],
})

const said = (year: PupilYear, { first, last, marks }: Run<StandingMark>): SaidRun => ({
  first,
  last,
  sessions: marks.length,
  ...wordsOf(first),
  from: cameIn(year, marks),
})

const isAbsence = ({ counts }: StandingMark) =>
  counts === 'authorised' || counts === 'unauthorised' || counts === 'unknown'

/** Sessions in a row of which the same files say the same other thing. */
const differing = (year: PupilYear, marks: readonly StandingMark[]) => {
  const of = new Map(year.disagreements.map(({ mark, others }) => [mark, others]))
  const runs = runsOf(marks, (mark) => {
    const others = of.get(mark)
    return others
      ? JSON.stringify([mark.code, mark.importNumber, others.map(({ code, importNumber }) => [code, importNumber])])
      : null
  })
  return runs.map((run) => ({
    ...said(year, run),
    others: (of.get(run.first) ?? []).map(({ code, importNumber, line }) => ({
      code,
      from: yearWords.source(fileOf(year.sources.get(importNumber)), line),
    })),
  }))
}

/** Where the marks of a week came in: each file once, with its first and last line. */
const cameIn = (year: PupilYear, marks: readonly StandingMark[]): string =>
  [...new Set(marks.map(({ importNumber }) => importNumber))]
    .map((number) => {
      const file = fileOf(year.sources.get(number))
      const lines = marks.flatMap((mark) => (mark.importNumber === number && mark.line !== null ? [mark.line] : []))
      return lines.length === 0 ? file : yearWords.sourceLines(file, Math.min(...lines), Math.max(...lines))
    })
    .join('; ')

const weeksOf = (year: PupilYear) => {
  const weeks = new Map<number, StandingMark[]>()
  for (const mark of year.marks) {
    const week = weekOf(mark.day)
    const own = weeks.get(week)
    if (own) own.push(mark)
    else weeks.set(week, [mark])
  }
  return [...weeks]
    .sort(([one], [other]) => one - other)
    .map(([week, marks]) => {
      const slots = new Map(marks.map((mark) => [slotOf(mark.day, mark.session), mark.code]))
      const pair = (at: number) =>
        slots.has(at) || slots.has(at + 1) ? `${slots.get(at) ?? '–'} ${slots.get(at + 1) ?? '–'}` : ''
      return {
        monday: mondayOf(week),
        days: [...[0, 2, 4, 6, 8].map(pair), [pair(10), pair(12)].join(' ').trim()],
        tally: year.weeks.get(week) ?? emptyTally,
        from: cameIn(year, marks),
      }
    })
}

const inOrder = (marks: readonly StandingMark[]) =>
  marks.toSorted((one, other) =>
    one.day === other.day ? (one.session < other.session ? -1 : 1) : one.day < other.day ? -1 : 1,
  )

attendanceYearRoutes.get(paths.pupilAttendance(':pupil'), async (context) => {
  const { runtime, viewer } = context.var
  const found = await asked(context)
  if (!found) return reply.notFound(context)
  const { pupil, academicYear } = found
  await noteSeen(context, [pupil.number], 'attendance seen')
  const [year, places] = await Promise.all([
    pupilYear(runtime.db.query, viewer.scope, pupil, academicYear),
    placesOf(runtime.db.query, viewer.scope, pupil.number),
  ])
  const running = places.find(({ lastDay }) => lastDay === null || lastDay >= viewer.scope.today)
  const now = academicYearOf(viewer.scope.today)
  const marks = inOrder(year.marks)
  return reply.page(
    context,
    <AttendanceYearPage
      frame={frameOf(context)}
      pupil={{
        id: pupil.id,
        shortName: shortName(pupil.forename, pupil.surname),
        yearGroup: pupil.yearGroup || null,
        council: pupil.council,
      }}
      school={viewer.part.kind === 'school' ? null : (running?.school ?? null)}
      academicYear={academicYear}
      otherYears={[now, now - 1, now - 2].filter((one) => one !== academicYear)}
      until={year.until}
      tally={year.tally}
      terms={year.terms}
      schools={year.schools}
      picture={pictureOf(marks, academicYear, viewer.scope.today).terms}
      pattern={patternOf(marks) ?? null}
      benchmark={year.benchmark}
      trend={year.trend}
      projection={year.projection ?? null}
      codeSource={codeTableOn(marks[0]?.country ?? 'England', year.until).source}
      weeks={weeksOf(year)}
      absences={runsOf(marks, (mark) => (isAbsence(mark) ? `${mark.code}/${mark.importNumber}` : null))
        .toReversed()
        .map((run) => said(year, run))}
      differing={differing(year, marks)}
      outside={year.outside.length}
      totals={year.totals.map(({ schoolName, kind: _, ...total }) => ({ ...total, school: schoolName }))}
    />,
  )
})

attendanceYearRoutes.get(paths.pupilSessions(':pupil'), async (context) => {
  const { runtime, viewer } = context.var
  const found = await asked(context)
  if (!found) return reply.notFound(context)
  const { pupil, academicYear } = found
  await noteSeen(context, [pupil.number], 'attendance file taken')
  const year = await pupilYear(runtime.db.query, viewer.scope, pupil, academicYear)
  const rows = inOrder(year.marks).map((mark) => {
    const words = wordsOf(mark)
    return [
      ...[mark.day, sessionWords[mark.session], mark.code, words.meaning, words.counts, mark.schoolName],
      ...[fileOf(year.sources.get(mark.importNumber)), mark.line],
    ]
  })
  const bytes = new TextEncoder().encode(plainCsv([[...yearWords.fileColumns], ...rows]))
  return reply.file(context, bytes, `sessions-${academicYear}.csv`, 'text/csv; charset=utf-8')
})
