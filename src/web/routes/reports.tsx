import { Hono } from 'hono'
import { tableCsv, tableWorkbook } from '../../../connectors/table/write.ts'
import { paths } from '../../../templates/components/paths.ts'
import { ReportPage } from '../../../templates/pages/report.tsx'
import { roundWords } from '../../../templates/words/en/dates.ts'
import { reportWords as words } from '../../../templates/words/en/report.ts'
import { completenessOf } from '../../domain/return/completeness.ts'
import { reportTable } from '../../exports/report-table.ts'
import { type MembersReport, membersReport } from '../../insight/members-report.ts'
import { plansOf } from '../../plans/plans.ts'
import { boardOf } from '../../returns/board.ts'
import { openStandings } from '../../returns/due.ts'
import { type NewestHeld, newestHeld } from '../../returns/newest-held.ts'
import { withRegisters } from '../../returns/register-sums.ts'
import { scalesBehind } from '../../returns/translated.ts'
import { audit } from '../../store/audit.ts'
import { peopleAtOwnSchools } from '../../store/people.ts'
import { type Round, roundById, submissionsOf } from '../../store/rounds.ts'
import { ownSchools, type School } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** Reports without names: a school's to its governors, a council's to its members. */
export const reportRoutes = new Hono<Web>()
reportRoutes.use(paths.governors, signedIn, only('run own school'))
reportRoutes.use(paths.governorsFile('*'), signedIn, only('run own school'))
reportRoutes.use(paths.councilReport(':round'), signedIn, only('work with returns'))
reportRoutes.use(paths.councilReportFile(':round', '*'), signedIn, only('work with returns'))

/** A report from children and the return that is held of each: what was sent, and nothing that is only typed. */
const reportOf = async (context: WebContext, held: readonly NewestHeld[]): Promise<MembersReport> => {
  const { runtime, viewer } = context.var
  const standings = held.flatMap(({ standing }) => (standing ? [standing] : []))
  const [plans, scalesOf, registers] = await Promise.all([
    plansOf(
      runtime.db.query,
      viewer.scope,
      held.map(({ pupil, virtualSchool }) => ({ number: pupil, virtualSchool })),
    ),
    scalesBehind(runtime.db.query, viewer.scope, standings),
    withRegisters(runtime.db.query, viewer.scope, standings),
  ])
  const told = (standing: NewestHeld['standing']) => (standing ? (registers.get(standing) ?? standing) : null)
  const sums = standings
    .map(({ asked, answers }) => completenessOf(asked, answers))
    .reduce((sum, { answered, base }) => ({ answered: sum.answered + answered, asked: sum.asked + base }), {
      answered: 0,
      asked: 0,
    })
  return membersReport(
    held.map(({ pupil, standing }) => ({
      asked: told(standing)?.asked ?? new Map(),
      answers: told(standing)?.answers ?? new Map(),
      scales: standing ? scalesOf(standing) : new Map(),
      plan: plans.get(pupil)?.standing.state ?? 'not_known',
    })),
    sums,
  )
}

/** That a report was made is noted: it is about nobody by name, and about everybody in it. */
const noteReport = (context: WebContext, subject: string, purpose: string) => {
  const { runtime, viewer } = context.var
  return runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.part.kind === 'council' ? viewer.part.role : 'school',
      action: 'report without names',
      virtualSchool: viewer.part.kind === 'council' ? ownCouncil(context) : null,
      subject,
      purpose,
    }),
  ])
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const sendFile = async (context: WebContext, title: string, report: MembersReport, kind: 'xlsx' | 'csv') => {
  const table = reportTable(title, report)
  return kind === 'csv'
    ? reply.file(context, tableCsv(table), 'report-without-names.csv', 'text/csv; charset=utf-8')
    : reply.file(context, await tableWorkbook(title, [table]), 'report-without-names.xlsx', xlsx)
}

type Governors = { readonly school: School; readonly report: MembersReport; readonly rounds: readonly Round[] }

/** The school the reader works at that the address names, else the first. */
const governorsOf = async (context: WebContext): Promise<Governors | undefined> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const schools = await ownSchools(query, viewer.scope)
  const asked = context.req.query('school')
  const school = asked === undefined ? schools[0] : schools.find(({ id }) => id === asked)
  if (!school) return undefined
  const [open, held] = await Promise.all([
    openStandings(query, viewer.scope),
    newestHeld(query, viewer.scope, school.number),
  ])
  const asking = open.filter(
    ({ due }) => due.school === school.number && (due.placeEnded === null || due.placeEnded >= viewer.scope.today),
  )
  const rounds = [...new Map(asking.map(({ round }) => [round.number, round])).values()]
  await noteReport(context, school.id, 'governors')
  return { school, report: await reportOf(context, held), rounds }
}

reportRoutes.get(paths.governors, async (context) => {
  const { runtime, viewer } = context.var
  const found = await governorsOf(context)
  if (!found) return reply.notFound(context)
  const { school, report, rounds } = found
  const [people, submissions] = await Promise.all([
    peopleAtOwnSchools(runtime.db.query, viewer.scope),
    submissionsOf(runtime.db.query, viewer.scope),
  ])
  const sent = rounds.filter((round) =>
    submissions.some((one) => one.round === round.number && one.school === school.number && one.state === 'published'),
  )
  return reply.page(
    context,
    <ReportPage
      frame={frameOf(context)}
      here="yourSchool"
      back={paths.yourSchool}
      title={words.schoolTitle(school.name)}
      asAt={viewer.scope.today}
      of="school"
      {...report}
      does={{
        lead: people.find(({ role }) => role === 'designated_teacher')?.name ?? null,
        deputy: people.some(({ role }) => role === 'deputy'),
        sent: sent.length,
        due: rounds.length,
      }}
      files={{ xlsx: paths.governorsFileOf('xlsx', school.id), csv: paths.governorsFileOf('csv', school.id) }}
    />,
  )
})

for (const kind of ['xlsx', 'csv'] as const) {
  reportRoutes.get(paths.governorsFile(kind), async (context) => {
    const found = await governorsOf(context)
    return found ? sendFile(context, words.schoolTitle(found.school.name), found.report, kind) : reply.notFound(context)
  })

  reportRoutes.get(paths.councilReportFile(':round', kind), async (context) => {
    const found = await councilOf(context)
    return found ? sendFile(context, titleOf(found.round), found.report, kind) : reply.notFound(context)
  })
}

const titleOf = (round: Round) => words.councilTitle(round.council, roundWords(round.term, round.academicYear))

const councilOf = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const round = await roundById(runtime.db.query, viewer.scope, context.req.param('round') ?? '')
  if (!round) return undefined
  const board = await boardOf(runtime, viewer.scope, round)
  await noteReport(context, round.id, 'members')
  const returns = board.schools.flatMap((one) => one.returns)
  const each = [...new Map(returns.map((one) => [one.due.pupil, one])).entries()]
  const report = await reportOf(
    context,
    each.map(([pupil, standing]) => ({ pupil, virtualSchool: round.virtualSchool, standing })),
  )
  return { round, report }
}

reportRoutes.get(paths.councilReport(':round'), async (context) => {
  const found = await councilOf(context)
  if (!found) return reply.notFound(context)
  const { round, report } = found
  return reply.page(
    context,
    <ReportPage
      frame={frameOf(context)}
      here="rounds"
      back={paths.results(round.id)}
      title={titleOf(round)}
      asAt={context.var.viewer.scope.today}
      of="council"
      {...report}
      does={null}
      files={{
        xlsx: paths.councilReportFile(round.id, 'xlsx'),
        csv: paths.councilReportFile(round.id, 'csv'),
      }}
    />,
  )
})
