import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { Parsed, SentFile } from '../../connectors/connector.ts'
import { commonTransferFile, isConnectorName, isPlainText, recogniseConnector } from '../../connectors/registry.ts'
import type { Mapping } from '../../connectors/school-layout/rows.ts'
import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { scopeFor } from '../access/scope.ts'
import { todayInLondon } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { asChange, confirmReturn } from '../intake/confirm-return.ts'
import { acceptWarnings } from '../intake/mend.ts'
import { publishImports } from '../intake/publish.ts'
import { intakeScope, type ReadWith, returnConnectorEdition, sha256, stageReturn } from '../intake/receive-return.ts'
import { rollConnectorEdition, stageRoll } from '../intake/receive-roll.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { referencesOf } from '../store/answers.ts'
import { importsOfDelivery } from '../store/imports.ts'
import { layoutNamed, schoolsWithLayout } from '../store/layouts.ts'
import { vouchedFor } from '../store/people.ts'
import { deliveryReport, importsAsChanges, standingSame } from '../store/report.ts'
import { schoolByUrn } from '../store/schools.ts'
import { onCopy } from './copy.ts'
import { stageMarks } from './import-marks.ts'
import { finish, type ReadBy, type Result, refused } from './import-result.ts'
import { stageTotals } from './import-totals.ts'
import { stageTransfer } from './import-transfer.ts'
import { progressOf } from './progress.ts'
import { importRegister, isRegister } from './register.ts'
import { readSent } from './sent-file.ts'
import { type Call, Stop, tell, withStore } from './settings.ts'
import { type StreamedFile, streamedFromDisk, streamedFromMemory } from './streamed-file.ts'
import { type Actor, actorOf, namedVirtualSchool, returnCouncils, rollCouncil } from './who.ts'

/** Imports one file on the whole path, and says what came of it. Gives the exit code. */
export const importFile = async (call: Call): Promise<number> => {
  const path = call.rest[0]
  if (path === undefined || call.rest.length > 1) throw new Stop(64, words.commands['import'] ?? '')
  const asked = isOfAttendance(call.given.as) ? call.given.as : undefined
  const byLayout = call.given.mapping !== undefined && !asked
  if (!byLayout && path !== '-' && existsSync(path) && (await isRegister(path))) return register(call, path)
  if (call.given.as !== undefined && (byLayout ? call.given.as !== 'school-layout' : !isConnectorName(call.given.as)))
    throw new Stop(64, words.needs('--as termly-return, local-roll, common-transfer-file or school-register'))
  const large =
    !byLayout && existsSync(path)
      ? await streamedFromDisk(path, basename(path), commonTransferFile.recognises)
      : undefined
  if (large) return importTransfer(call, path, large)
  for (const connector of byLayout ? [] : ofAttendance) {
    const streamed = existsSync(path)
      ? await streamedFromDisk(path, basename(path), attendanceCsv(connector, asked))
      : undefined
    if (streamed) return importAttendance(call, path, connector, streamed)
  }
  const file = await readSent(path)
  if ('code' in file) return finish(call, path, null, refused(file))
  if (byLayout)
    return finish(call, path, file, await onStore(call, (runtime) => bringIn(runtime, call, file, 'school-layout')))
  if (asked) return importAttendance(call, path, asked, await streamedFromMemory(file), file)
  const recognised = recogniseConnector(file)
  if (recognised.outcome === 'refused') return finish(call, path, file, refused(recognised.finding))
  const connector = recognised.name
  if (isOfAttendance(connector)) return importAttendance(call, path, connector, await streamedFromMemory(file), file)
  if (connector === 'common-transfer-file') return importTransfer(call, path, await streamedFromMemory(file))
  if (call.given.as !== undefined && call.given.as !== connector)
    return finish(call, path, file, refused({ code: 'TEMPLATE_UNKNOWN', severity: 'error', at: {}, parameters: {} }))
  return finish(call, path, file, await onStore(call, (runtime) => bringIn(runtime, call, file, connector)))
}

/** A transfer file is read as a stream, so that its size does not matter. */
const importTransfer = async (call: Call, path: string, source: StreamedFile): Promise<number> => {
  const connector = 'common-transfer-file'
  const end = (result: Result) => finish(call, path, null, { ...result, sent: source.file })
  if (call.given.as !== undefined && call.given.as !== connector)
    return end(refused({ code: 'TEMPLATE_UNKNOWN', severity: 'error', at: {}, parameters: {} }))
  return end(
    await onStore(call, async (runtime): Promise<Result> => {
      const actor = await actorOf(runtime, call)
      const received = await stageTransfer(runtime, call, actor, source)
      if (received.outcome === 'refused') return refused(received.finding, connector)
      if (received.outcome === 'staged')
        return publish(runtime, call, actor, connector, received.delivery, received.school)
      const report = await deliveryReport(runtime.db.query, received.delivery)
      return { outcome: 'already-published', connector, report, refusal: null, receipts: [] }
    }),
  )
}

const ofAttendance = ['attendance-marks', 'attendance-totals'] as const
type OfAttendance = (typeof ofAttendance)[number]
const isOfAttendance = (name: string | undefined): name is OfAttendance => ofAttendance.some((one) => one === name)

/** Attendance as CSV is read as a stream, with or without a layout that says what its columns are. */
const attendanceCsv = (connector: OfAttendance, asked: OfAttendance | undefined) => {
  const isOne = (file: SentFile) => {
    if (asked) return asked === connector
    const recognised = recogniseConnector(file)
    return recognised.outcome === 'recognised' && recognised.name === connector
  }
  return (file: SentFile) => isPlainText(file.bytes) && isOne(file)
}

const importAttendance = async (
  call: Call,
  path: string,
  connector: OfAttendance,
  source: StreamedFile,
  sent?: SentFile,
): Promise<number> => {
  const end = (result: Result) => finish(call, path, null, { ...result, sent: source.file })
  if (call.given.as !== undefined && call.given.as !== connector)
    return end(refused({ code: 'TEMPLATE_UNKNOWN', severity: 'error', at: {}, parameters: {} }))
  return end(
    await onStore(call, async (runtime): Promise<Result> => {
      const actor = await actorOf(runtime, call)
      const bringIn = connector === 'attendance-marks' ? stageMarks : stageTotals
      // Text is read as it comes, however it was packed; a workbook or a report has to be whole.
      const whole = sent && !isPlainText(sent.bytes) ? sent : undefined
      const received = await bringIn(runtime, call, actor, source, whole)
      if (received.outcome === 'refused') return refused(received.finding, connector)
      if (received.outcome === 'staged') return publish(runtime, call, actor, connector, received.delivery, null)
      const report = await deliveryReport(runtime.db.query, received.delivery)
      return { outcome: 'already-published', connector, report, refusal: null, receipts: [] }
    }),
  )
}

const register = async (call: Call, path: string): Promise<number> => {
  const refusal = (finding: Finding) => finish(call, path, null, refused(finding, 'school-register'))
  if (call.given.as !== undefined && call.given.as !== 'school-register')
    return refusal({ code: 'TEMPLATE_UNKNOWN', severity: 'error', at: {}, parameters: {} })
  const run = (runtime: NodeRuntime) => importRegister(runtime, call, path)
  const result = call.given['dry-run'] ? await onCopy(call, run) : await withStore(call, run)
  if (result.outcome === 'refused') return refusal(result.finding)
  return finish(call, path, null, { ...result, connector: 'school-register', refusal: null, receipts: [] })
}

/** A dry run works on a copy of the store. */
const onStore = (call: Call, run: (runtime: NodeRuntime) => Promise<Result>): Promise<Result> =>
  call.given['dry-run'] ? onCopy(call, run) : withStore(call, run)

const bringIn = async (runtime: NodeRuntime, call: Call, file: SentFile, connector: ReadBy): Promise<Result> => {
  const actor = await actorOf(runtime, call)
  const started = Date.now()
  if (!call.given.json) tell(words.reading)
  const received =
    connector === 'local-roll'
      ? await receiveRollFile(runtime, call, file, actor)
      : connector === 'school-layout'
        ? await receiveByLayout(runtime, call, file, actor)
        : await receive(runtime, call, file, actor)
  if ('outcome' in received) return { ...received, connector }
  if (!call.given.json) tell(words.rate(received.rows, (Date.now() - started) / 1000))
  return publish(runtime, call, actor, connector, received.delivery, received.school)
}

type Staged = { readonly delivery: string; readonly school: number | null; readonly rows: number }

const already = async (
  runtime: NodeRuntime,
  file: SentFile,
  edition: string,
  target: { readonly school: number | null; readonly virtualSchools: readonly number[] | 'all' },
  layout: number | null = null,
): Promise<Result | undefined> => {
  const delivery = await standingSame(runtime.db.query, await sha256(file.bytes), edition, target, layout)
  if (delivery === undefined) return undefined
  const report = await deliveryReport(runtime.db.query, delivery)
  return { outcome: 'already-published', connector: null, report, refusal: null, receipts: [] }
}

const receive = async (runtime: NodeRuntime, call: Call, file: SentFile, actor: Actor): Promise<Staged | Result> => {
  const parsed = await runtime.start({ name: 'parse-termly-return', file })
  if (parsed.outcome === 'refused') return refused(parsed.finding)
  const { query } = runtime.db
  const today = todayInLondon(runtime.now())
  const sent = parsed.rows.flatMap(({ reference }) => (reference ? [reference.raw.trim()] : []))
  const references = await referencesOf(query, sent)
  const named = call.given.school === undefined ? undefined : await schoolByUrn(query, today, call.given.school)
  if (call.given.school !== undefined && !named) throw new Stop(2, words.noSchool)
  const schools = new Set(references.map(({ school }) => school))
  const school = named?.number ?? (schools.size === 1 ? [...schools][0] : undefined)
  if (school === undefined) throw new Stop(2, words.noSchool)
  return stageFor(runtime, call, file, parsed, actor, school)
}

/** Reads a school's own export through a layout that the school has saved. */
const receiveByLayout = async (
  runtime: NodeRuntime,
  call: Call,
  file: SentFile,
  actor: Actor,
): Promise<Staged | Result> => {
  const { query } = runtime.db
  const name = call.given.mapping ?? ''
  const named =
    call.given.school === undefined
      ? undefined
      : await schoolByUrn(query, todayInLondon(runtime.now()), call.given.school)
  if (call.given.school !== undefined && !named) throw new Stop(2, words.noSchool)
  const having = await schoolsWithLayout(query, name)
  const reached: number[] = []
  for (const school of named ? having.filter((one) => one === named.number) : having)
    if ((await councilsReached(runtime, call, actor, school)).length > 0) reached.push(school)
  const [school, another] = reached
  if (school === undefined) throw new Stop(2, words.noLayout)
  if (another !== undefined) throw new Stop(64, words.layoutOfSeveral)
  const layout = await layoutNamed(query, school, name)
  if (!layout) throw new Stop(2, words.noLayout)
  const mapping = JSON.parse(layout.mapping) as Mapping
  const parsed = await runtime.start({ name: 'parse-school-layout', file, mapping })
  if (parsed.outcome === 'refused') return refused(parsed.finding)
  if (!call.given.json) tell(words.readWith(layout.name, layout.version))
  return stageFor(runtime, call, file, parsed, actor, school, { version: layout.versionNumber, mapping })
}

const stageFor = async (
  runtime: NodeRuntime,
  call: Call,
  file: SentFile,
  parsed: Extract<Parsed<ReturnRow>, { readonly outcome: 'read' }>,
  actor: Actor,
  school: number,
  layout?: ReadWith,
): Promise<Staged | Result> => {
  const virtualSchools = await councilsFor(runtime, call, actor, school)
  const same = await already(runtime, file, returnConnectorEdition, { school, virtualSchools }, layout?.version ?? null)
  if (same) return same
  const progress = progressOf(words.counted.rows, call.given.json)
  const staged = await stageReturn(
    runtime,
    file,
    parsed,
    { school, virtualSchools, by: actor.person, via: 'command' },
    progress.at,
    layout,
  )
  progress.end()
  if (staged.outcome === 'refused') return refused(staged.finding)
  return { delivery: staged.delivery, school, rows: parsed.rows.length }
}

/** To which virtual schools the file may speak: the school's own lead to all that vouch, an officer to their own. */
const councilsFor = async (
  runtime: NodeRuntime,
  call: Call,
  actor: Actor,
  school: number,
): Promise<readonly number[] | 'all'> => {
  const reached = await councilsReached(runtime, call, actor, school)
  if (reached.length === 0) throw new Stop(2, words.notTheirs)
  return reached
}

const councilsReached = async (runtime: NodeRuntime, call: Call, actor: Actor, school: number) => {
  const named = await namedVirtualSchool(runtime, call)
  if (actor.operator) return named === undefined ? ('all' as const) : [named]
  const scope = scopeFor(actor.person ?? 0, { kind: 'school' }, runtime.now())
  const own = [...returnCouncils(actor), ...(await vouchedFor(runtime.db.query, scope, school))]
  return named === undefined ? own : own.filter((number) => number === named)
}

const receiveRollFile = async (
  runtime: NodeRuntime,
  call: Call,
  file: SentFile,
  actor: Actor,
): Promise<Staged | Result> => {
  const virtualSchool = rollCouncil(actor, await namedVirtualSchool(runtime, call))
  const parsed = await runtime.start({ name: 'parse-local-roll', file })
  if (parsed.outcome === 'refused') return refused(parsed.finding)
  const same = await already(runtime, file, rollConnectorEdition, { school: null, virtualSchools: [virtualSchool] })
  if (same) return same
  const staged = await stageRoll(runtime, file, parsed, { virtualSchool, by: actor.person, via: 'command' })
  if (staged.outcome === 'refused') return refused(staged.finding)
  return { delivery: staged.delivery, school: null, rows: parsed.rows.length }
}

const publish = async (
  runtime: NodeRuntime,
  call: Call,
  actor: Actor,
  connector: ReadBy,
  delivery: string,
  school: number | null,
): Promise<Result> => {
  const { query } = runtime.db
  const staged = await deliveryReport(query, delivery)
  const result = { connector, refusal: null, receipts: [] as string[] }
  const warnings = staged.findings.some(({ severity }) => severity === 'warning')
  const nothing = staged.rows.read > 0 && staged.rows.accepted === 0
  if (call.given.stage || nothing || (warnings && !call.given['accept-warnings']))
    return { ...result, outcome: 'staged', report: staged }
  const said = { by: actor.person, part: 'command' }
  const changes = await importsAsChanges(query, delivery)
  if (school === null) {
    await publishImports(
      runtime,
      changes.map((change) => ({ ...asChange(change, said), also: [acceptWarnings(change.number, said.by)] })),
    )
  } else {
    const scope = intakeScope(
      runtime,
      school,
      changes.map(({ virtualSchool }) => virtualSchool),
      actor.person ?? 0,
    )
    for (const part of await importsOfDelivery(query, scope, delivery)) {
      if (part.held > 0 || part.round === null)
        await publishImports(runtime, [{ ...asChange(part, said), also: [acceptWarnings(part.number, said.by)] }])
      else {
        const confirmed = await confirmReturn(runtime, scope, part, { ...said, warningsAccepted: true })
        if (confirmed.outcome === 'submitted') result.receipts.push(confirmed.receipt)
      }
    }
  }
  return { ...result, outcome: 'published', report: await deliveryReport(query, delivery) }
}
