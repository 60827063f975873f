import { Hono } from 'hono'
import { plainCsv, tableCsv, tableWorkbook } from '../../../connectors/table/write.ts'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import {
  AttendanceBenchmarkPage,
  type AttendanceBenchmarkProps,
} from '../../../templates/pages/attendance-benchmark.tsx'
import { AttendanceTablesPage, type TableLine } from '../../../templates/pages/attendance-tables.tsx'
import { benchmarkWords, routeWords, tableWords } from '../../../templates/words/en/attendance.ts'
import { yearGroupWords } from '../../../templates/words/en/counts.ts'
import { may } from '../../access/scope.ts'
import { attendanceTables } from '../../attendance/tables.ts'
import { usualBenchmarks } from '../../domain/attendance/benchmark.ts'
import { attendedOf, possibleOf } from '../../domain/attendance/tally.ts'
import { parseTypedDate } from '../../domain/dates.ts'
import { holdsUpn } from '../../domain/identifiers.ts'
import { attendanceTable, membersTable } from '../../exports/attendance-tables.ts'
import { benchmarksOf, pupilsToCollect, setBenchmark } from '../../store/attendance-routes.ts'
import { audit } from '../../store/audit.ts'
import { peopleOfCouncil } from '../../store/people.ts'
import { schoolNames, schoolsByNumber } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** A council's attendance tables, its own benchmark, and the list for whoever collects attendance for it. */
export const attendanceRoutes = new Hono<Web>()
attendanceRoutes.use(paths.attendance, signedIn, only('work with returns'))
attendanceRoutes.use(paths.attendanceTables('*'), signedIn, only('work with returns'))
attendanceRoutes.use(paths.attendanceMembers, signedIn, only('work with returns'))
attendanceRoutes.use(paths.attendanceBenchmark, signedIn, only('run rounds'))
attendanceRoutes.use(paths.attendanceCollect, signedIn, only('name pupils in files'))

const yearOrder = ['E1', 'E2', 'N1', 'N2', 'R', ...Array.from({ length: 14 }, (_, at) => String(at + 1)), 'X', '']

type Line = TableLine & { readonly key: string }

const linesOf = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const tables = await attendanceTables(runtime, viewer.scope, ownCouncil(context))
  const numbers = tables.figures.filter(({ kind }) => kind === 'school').map(({ key }) => Number(key))
  const names = await schoolNames(runtime.db.query, numbers)
  const lines = tables.figures.map(({ kind, ...figures }) => {
    const school = kind === 'school' ? names.get(Number(figures.key)) : undefined
    const line: Line = {
      ...figures,
      name: kind === 'year' ? yearGroupWords(figures.key || null) : (school?.name ?? ''),
      schoolId: school?.id ?? null,
    }
    return { kind, line }
  })
  const of = (wanted: string) => lines.flatMap(({ kind, line }) => (kind === wanted ? [line] : []))
  return {
    ...tables,
    all: of('all')[0],
    years: of('year').sort((one, other) => yearOrder.indexOf(one.key) - yearOrder.indexOf(other.key)),
    schools: of('school').sort((one, other) => one.name.localeCompare(other.name)),
  }
}

/** Attendance as a fraction; what has none comes last. */
const fraction = ({ tally }: Line) => (possibleOf(tally) === 0 ? 2 : attendedOf(tally) / possibleOf(tally))

const sorts: Readonly<Record<keyof typeof tableWords.sorts, (one: Line, other: Line) => number>> = {
  share: (one, other) => fraction(one) - fraction(other),
  persistent: (one, other) => other.persistent - one.persistent || fraction(one) - fraction(other),
  name: (one, other) => one.name.localeCompare(other.name),
}

attendanceRoutes.get(paths.attendance, async (context) => {
  const { viewer } = context.var
  const asked = context.req.query('sort') ?? ''
  const sort = asked === 'persistent' || asked === 'name' ? asked : 'share'
  const { academicYear, days, benchmark, all, years, schools } = await linesOf(context)
  return reply.page(
    context,
    <AttendanceTablesPage
      frame={frameOf(context)}
      academicYear={academicYear}
      until={days.to}
      benchmark={benchmark ?? null}
      all={all ?? null}
      years={sort === 'name' ? years : years.toSorted(sorts[sort])}
      schools={schools.toSorted(sorts[sort])}
      sort={sort}
      mayChange={may(viewer.part, 'run rounds')}
    />,
  )
})

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const csv = 'text/csv; charset=utf-8'

const noteFile = (context: WebContext, purpose: string) => {
  const { runtime, viewer } = context.var
  return runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'attendance tables taken',
      virtualSchool: ownCouncil(context),
      purpose,
    }),
  ])
}

for (const kind of ['xlsx', 'csv'] as const)
  attendanceRoutes.get(paths.attendanceTables(kind), async (context) => {
    const { academicYear, days, years, schools } = await linesOf(context)
    const tables = [
      attendanceTable(tableWords.byYear, tableWords.columns.year, years, academicYear, days.to),
      attendanceTable(tableWords.bySchool, tableWords.columns.school, schools, academicYear, days.to),
    ]
    await noteFile(context, kind)
    if (kind === 'xlsx')
      return reply.file(context, await tableWorkbook(tableWords.title, tables), 'attendance.xlsx', xlsx)
    const [byYear, bySchool] = tables
    const rows = [...(byYear?.rows ?? []), ...(bySchool?.rows ?? [])]
    return byYear ? reply.file(context, tableCsv({ ...byYear, rows }), 'attendance.csv', csv) : reply.notFound(context)
  })

attendanceRoutes.get(paths.attendanceMembers, async (context) => {
  const { academicYear, days, all, years } = await linesOf(context)
  await noteFile(context, 'members')
  return reply.file(
    context,
    tableCsv(membersTable(all, years, academicYear, days.to)),
    'attendance-for-members.csv',
    csv,
  )
})

const showBenchmark = async (
  context: WebContext,
  values: AttendanceBenchmarkProps['values'],
  toMend: readonly ToMend[],
) => {
  const own = ownCouncil(context)
  const benchmarks = await benchmarksOf(context.var.runtime.db.query, [own])
  return reply.page(
    context,
    <AttendanceBenchmarkPage
      frame={frameOf(context)}
      own={benchmarks.get(own) ?? []}
      usual={usualBenchmarks}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

attendanceRoutes.get(paths.attendanceBenchmark, (context) =>
  showBenchmark(context, { percent: '', validFrom: '', source: '' }, []),
)

attendanceRoutes.post(paths.attendanceBenchmark, async (context) => {
  const { runtime, viewer } = context.var
  const values = {
    percent: field(context, 'percent').slice(0, 10),
    validFrom: field(context, 'validFrom').slice(0, 40),
    source: field(context, 'source').slice(0, 200),
  }
  const percent = /^\d{1,3}%?$/.test(values.percent) ? Number.parseInt(values.percent, 10) : 0
  const validFrom = parseTypedDate(values.validFrom)
  const { toMend: words } = benchmarkWords
  const toMend: ToMend[] = [
    ...(percent >= 1 && percent <= 100 ? [] : [{ text: words.percent, field: 'percent' }]),
    ...(validFrom ? [] : [{ text: words.validFrom, field: 'validFrom' }]),
    ...(values.source === '' ? [{ text: words.source, field: 'source' }] : []),
    ...(holdsUpn(values.source) ? [{ text: words.upn, field: 'source' }] : []),
  ]
  if (toMend.length > 0 || !validFrom) return showBenchmark(context, values, toMend)
  const at = runtime.now()
  await runtime.db.commit([
    setBenchmark(ownCouncil(context), { percent, validFrom, source: values.source }, at, viewer.person.number),
    audit(runtime.db.query, {
      at,
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'attendance benchmark set',
      virtualSchool: ownCouncil(context),
      subject: `${percent}% from ${validFrom}`,
    }),
  ])
  return reply.goTo(context, paths.attendanceBenchmark)
})

attendanceRoutes.get(paths.attendanceCollect, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [pupils, people] = await Promise.all([
    pupilsToCollect(query, viewer.scope),
    peopleOfCouncil(query, viewer.scope),
  ])
  const numbers = [...new Set(pupils.map(({ school }) => school))]
  const byNumber = await schoolsByNumber(query, viewer.scope.today, numbers)
  const contactOf = (school: number) => {
    const own = people.filter((one) => one.school === school)
    return own.find(({ role }) => role === 'designated_teacher') ?? own.find(({ role }) => role === 'deputy')
  }
  await noteSeen(
    context,
    pupils.map(({ pupil }) => pupil),
    'collection list taken',
    'attendance contractor',
  )
  const rows = pupils.map((pupil) => {
    const [school, contact] = [byNumber.get(pupil.school), contactOf(pupil.school)]
    return [
      ...[pupil.reference, pupil.upn, pupil.surname, pupil.forename, pupil.born, pupil.yearGroup],
      ...[school?.urn ?? '', school?.name ?? '', contact?.name ?? '', contact?.email ?? ''],
    ]
  })
  const bytes = new TextEncoder().encode(plainCsv([[...routeWords.collectColumns], ...rows]))
  return reply.file(context, bytes, 'collection-list.csv', csv)
})
