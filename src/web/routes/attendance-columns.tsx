import { Hono } from 'hono'
import type { SentFile } from '../../../connectors/connector.ts'
import { isPlainText } from '../../../connectors/registry.ts'
import type { LookedAt } from '../../../connectors/school-layout/rows.ts'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { TotalDays } from '../../../templates/components/total-days.tsx'
import { AttendanceColumnsPage } from '../../../templates/pages/attendance-columns.tsx'
import { totalDayWords, attendanceColumnWords as words } from '../../../templates/words/en/attendance-files.ts'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { recentCensuses } from '../../domain/attendance/census.ts'
import { todayInLondon } from '../../domain/dates.ts'
import type { Finding } from '../../domain/finding.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { Busy } from '../../runtime.ts'
import { attendanceLayoutsOf, saveAttendanceLayout } from '../../store/attendance-layouts.ts'
import { audit } from '../../store/audit.ts'
import {
  columnChoices,
  guessedColumns,
  readingSaid,
  saidColumns,
  type TriedColumns,
  tryReading,
} from '../attendance-columns.ts'
import { periodSaid, takeAttendance } from '../attendance-read.ts'
import { carriedFile, carriedText } from '../carried.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { type FileSender, isSchool, senderOf } from '../received-files.tsx'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** What the columns of an attendance file are: said by a school or a council, tried on the file, and saved. */
export const attendanceColumnRoutes = new Hono<Web>()
attendanceColumnRoutes.use(paths.schoolAttendanceColumns, signedIn, only('answer returns'))
attendanceColumnRoutes.use(paths.attendanceColumns, signedIn, only('run rounds'))

const filesPath = (context: WebContext) => (isSchool(context) ? paths.schoolAttendanceFiles : paths.attendanceFiles)

/** Real rows that a person is shown beside each heading. */
const samplesShown = 3

/** As much of a CSV file as tells what its columns are: whole lines. */
const topOf = (file: SentFile): SentFile => {
  if (!isPlainText(file.bytes) || file.bytes.length <= 60_000) return file
  const top = file.bytes.subarray(0, 60_000)
  return { name: file.name, bytes: top.subarray(0, top.lastIndexOf(0x0a) + 1) }
}

/** Asks which days totals are of, as far as the form has said it. */
export const totalDays = (context: WebContext, missing = false) => {
  const said = (name: string) => (context.req.method === 'POST' ? field(context, name) : '')
  const days = { census: said('census'), from: said('from'), to: said('to') }
  return (
    <TotalDays
      censuses={recentCensuses(todayInLondon(context.var.runtime.now()))}
      said={days}
      open={missing || Object.values(days).some((one) => one !== '')}
    />
  )
}

type Shown = {
  readonly file: SentFile
  readonly text: string
  readonly looked: LookedAt
  readonly said: ReadonlyMap<number, string>
  readonly tried?: TriedColumns
  readonly toMend?: readonly ToMend[]
}

const show = (context: WebContext, { file, text, looked, said, tried, toMend = [] }: Shown) =>
  reply.page(
    context,
    <AttendanceColumnsPage
      frame={frameOf(context)}
      here={isSchool(context) ? 'inbox' : 'imports'}
      action={isSchool(context) ? paths.schoolAttendanceColumns : paths.attendanceColumns}
      back={filesPath(context)}
      carried={{ file: text, fileName: file.name, school: field(context, 'school') }}
      columns={looked.columns.map(({ index, letters, head, samples }) => ({
        ...{ index, letters, head: head.slice(0, 100), column: said.get(index) ?? '' },
        samples: samples.slice(0, samplesShown).map((sample) => sample.slice(0, 60)),
      }))}
      choices={columnChoices}
      said={{
        ...{ am: field(context, 'am_words'), pm: field(context, 'pm_words') },
        ...{ basis: field(context, 'basis'), name: field(context, 'name') },
      }}
      days={totalDays(context, tried?.needs === 'period')}
      tried={tried ?? null}
      wordsOpen={tried?.needs === 'session-words'}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )

const columnsOf = ({ var: { runtime } }: WebContext, file: SentFile) =>
  runtime.start({ name: 'look-at-layout', file: topOf(file), known: [], chosen: {} })

/** Asks what the columns of a file are that could not be read; undefined where that would not help, or it is too large to be carried. */
export const askForAttendanceColumns = async (
  context: WebContext,
  sent: File,
  why: Finding,
): Promise<Response | undefined> => {
  if (why.code !== 'MARKS_COLUMNS_UNKNOWN' && why.code !== 'TOTALS_COLUMNS_UNKNOWN') return undefined
  const file = { name: sent.name.slice(0, 200), bytes: new Uint8Array(await sent.arrayBuffer()) }
  const [looked, text] = await Promise.all([columnsOf(context, file), carriedText(file.bytes)])
  if (looked.outcome === 'refused' || text === undefined || looked.columns.length < 2) return undefined
  return show(context, { file, text, looked, said: guessedColumns(looked.columns) })
}

const columnsSaid = async (context: WebContext) => {
  const { runtime } = context.var
  const text = field(context, 'file')
  const bytes = await carriedFile(text, runtime.config.uploadBytes)
  const sender = await senderOf(context)
  if (!bytes) return reply.goTo(context, filesPath(context))
  if (!sender) return reply.notFound(context)
  const file = { name: field(context, 'fileName').slice(0, 200), bytes }
  try {
    const looked = await columnsOf(context, file)
    if (looked.outcome === 'refused') return reply.goTo(context, filesPath(context))
    const said = saidColumns(context, looked.columns)
    const shown = { file, text, looked, said }
    const mend = (toMend: ToMend, tried?: TriedColumns) =>
      show(context, { ...shown, toMend: [toMend], ...(tried ? { tried } : {}) })
    const reading = readingSaid(context, looked.columns, said)
    if ('toMend' in reading) return mend({ field: reading.field, text: reading.toMend })
    const period = periodSaid(context)
    if (period === undefined) return mend({ field: 'census', text: totalDayWords.toMend })
    const tried = await tryReading(runtime, file, reading, period)
    if (field(context, 'step') !== 'save' || tried.refused) return show(context, { ...shown, tried })
    const name = field(context, 'name').slice(0, 80)
    if (name === '') return mend({ field: 'name', text: words.toMend.name }, tried)
    const layout = await save(context, sender, { name, ...reading })
    const refused = await takeAttendance(runtime, file, sender, { ...reading, layout }, period)
    if (refused) return mend({ field: 'name', text: wordsOfFinding(refused).title }, tried)
    return reply.goTo(context, filesPath(context))
  } catch (problem) {
    if (problem instanceof Busy) return reply.tooMany(context, 1)
    throw problem
  }
}

const save = async (
  { var: { runtime, viewer } }: WebContext,
  { from }: FileSender,
  said: {
    readonly name: string
    readonly connector: 'attendance-marks' | 'attendance-totals'
    readonly mapping: object | null
  },
): Promise<number | null> => {
  const { db } = runtime
  const [at, id] = [runtime.now(), newPublicId()]
  await db.commit([
    saveAttendanceLayout(
      from,
      { name: said.name, connector: said.connector, mapping: JSON.stringify(said.mapping) },
      { id, by: viewer.person.number, at },
    ),
    audit(db.query, {
      ...{ at, person: viewer.person.number, part: viewer.named.role, action: 'layout saved', subject: id },
      ...(from.kind === 'council' ? { virtualSchool: from.virtualSchool } : {}),
    }),
  ])
  const saved = await attendanceLayoutsOf(db.query, from)
  return saved.find(({ name }) => name === said.name)?.number ?? null
}

attendanceColumnRoutes.post(paths.schoolAttendanceColumns, columnsSaid)
attendanceColumnRoutes.post(paths.attendanceColumns, columnsSaid)
