import { createReadStream, existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Parsed, SentFile } from '../../connectors/connector.ts'
import { unwrapZip } from '../../connectors/format/unwrap.ts'
import {
  type ConnectorName,
  commonTransferFile,
  isConnectorName,
  isPlainText,
  recogniseConnector,
} from '../../connectors/registry.ts'
import type { Mapping } from '../../connectors/school-layout/rows.ts'
import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
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
import { deliveryReport, importsAsChanges, type Report, standingSame } from '../store/report.ts'
import { schoolByUrn } from '../store/schools.ts'
import { onCopy } from './copy.ts'
import { stageMarks } from './import-marks.ts'
import { stageTotals } from './import-totals.ts'
import { stageTransfer } from './import-transfer.ts'
import { progressOf } from './progress.ts'
import { importRegister, isRegister } from './register.ts'
import { type Call, print, Stop, tell, withStore } from './settings.ts'
import { type StreamedFile, streamedFromDisk, streamedFromMemory } from './streamed-file.ts'
import { type Actor, actorOf, namedVirtualSchool, returnCouncils, rollCouncil } from './who.ts'

/** The largest file that is read at all, in bytes. */
const mostBytes = 100_000_000

type Outcome = keyof typeof words.outcome

type Result = {
  readonly outcome: Outcome
  readonly connector: ReadBy | 'school-register' | null
  readonly report: Report | null
  readonly refusal: Finding | null
  readonly receipts: readonly string[]
  /** Where the file was never whole in memory: what is known of it. */
  readonly sent?: { readonly sha256: string; readonly bytes: number }
}

const refused = (finding: Finding, connector: Result['connector'] = null): Result => ({
  outcome: 'refused',
  connector,
  report: null,
  refusal: finding,
  receipts: [],
})

const tooLarge = (): Finding => ({ code: 'FILE_TOO_LARGE', severity: 'error', at: {}, parameters: { limit: 20 } })

const readStandardInput = async (): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    length += chunk.length
    if (length > mostBytes) throw new Stop(2, wordsOfFinding(tooLarge()).rule)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

const readSent = async (path: string): Promise<SentFile | Finding> => {
  if (path === '-') return unwrapped({ name: 'standard-input', bytes: await readStandardInput() })
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: -1 }
  if (size < 0) throw new Stop(64, words.needs(`a file, and ${basename(path)} is not there`))
  if (size > mostBytes) return tooLarge()
  createReadStream(path, { end: 0 }).destroy()
  return unwrapped({ name: basename(path), bytes: new Uint8Array(await readFile(path)) })
}

/** A file out of its .gz or .zip: bounded, so that a small one cannot become a large one. */
const unwrapped = (file: SentFile): SentFile | Finding => {
  const inside = unwrapZip(file.bytes)
  if (inside) return inside.outcome === 'refused' ? inside.finding : { name: inside.name, bytes: inside.bytes }
  if (file.bytes[0] !== 0x1f || file.bytes[1] !== 0x8b) return file
  try {
    const bytes = gunzipSync(file.bytes, { maxOutputLength: 40_000_000 })
    return { name: file.name.replace(/\.gz$/i, ''), bytes: new Uint8Array(bytes) }
  } catch {
    return { code: 'FILE_TRUNCATED', severity: 'error', at: {}, parameters: {} }
  }
}

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

/** What reads the file: a connector that knows its own files, or a school's own layout. */
type ReadBy = ConnectorName | 'school-layout'

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

const message = (finding: Pick<Finding, 'code' | 'parameters'>) => {
  const { title, rule, mend } = wordsOfFinding(finding)
  return [`${title}.`, rule, mend].filter((text) => text !== '').join(' ')
}

const noRows = { read: 0, accepted: 0, rejected: 0, matched: 0, unmatched: 0, leftOut: 0 }
const noRecords = {
  pupil: 0,
  'return-answer': 0,
  'attendance-mark': 0,
  'attendance-total': 0,
  assessment: 0,
  place: 0,
  suspension: 0,
}

const finish = async (call: Call, path: string, file: SentFile | null, result: Result): Promise<number> => {
  const outcome: Outcome = call.given['dry-run'] && result.outcome !== 'refused' ? 'checked' : result.outcome
  const { report } = result
  const findings = result.refusal ? [result.refusal] : (report?.findings ?? [])
  // A row about nobody asked about is no row to mend.
  const rejected = (report?.rows.rejected ?? 0) - (report?.rows.leftOut ?? 0)
  if (call.given.json) {
    const imports = report?.imports ?? []
    print(
      JSON.stringify({
        outcome,
        import: outcome === 'checked' || !report ? null : imports.length === 1 ? imports[0] : report.delivery,
        ...(imports.length > 1 && outcome !== 'checked' ? { imports } : {}),
        connector: result.connector ?? report?.connector ?? null,
        edition: report?.edition ?? null,
        file: {
          name: file?.name ?? basename(path),
          sha256: file ? await sha256(file.bytes) : (result.sent?.sha256 ?? null),
          bytes: file?.bytes.byteLength ?? result.sent?.bytes ?? 0,
        },
        rows: report?.rows ?? noRows,
        records: { ...noRecords, ...report?.records },
        findings: findings.map((finding) => ({
          code: finding.code,
          severity: finding.severity,
          at: finding.at,
          message: message(finding),
        })),
        ...(report?.notRead ? { notRead: report.notRead } : {}),
        ...(result.receipts.length > 0 && outcome !== 'checked' ? { receipts: result.receipts } : {}),
      }),
    )
  } else {
    print(words.outcome[outcome])
    if (report) print(words.rows(report.rows))
    if (report?.notRead && report.notRead.length > 0) print(words.notRead(report.notRead))
    for (const finding of findings.slice(0, 200))
      print(
        `  ${finding.at.cell ?? (finding.at.line === undefined ? '' : `line ${finding.at.line}`)} ${message(finding)}`,
      )
    if (outcome !== 'checked') for (const receipt of result.receipts) print(words.receipt(receipt))
    if (report && outcome !== 'checked') for (const id of report.imports) print(words.importIs(id))
  }
  if (outcome === 'refused') return 2
  if (outcome === 'checked') return rejected > 0 ? 1 : 0
  if (outcome === 'already-published') return 0
  return outcome === 'staged' || rejected > 0 ? 1 : 0
}
