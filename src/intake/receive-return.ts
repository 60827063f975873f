import type { SentFile } from '../../connectors/connector.ts'
import type { Mapping } from '../../connectors/school-layout/rows.ts'
import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { earliestLastDay } from '../domain/calendar.ts'
import { type PlainDate, plusDays, todayInLondon } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Overlay } from '../domain/return/ask.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { type DueRow, dueRows, pupilFacts, referencesOf } from '../store/answers.ts'
import { roundsOpenAt } from '../store/round-dates.ts'
import { overlaysOfRounds, type Round, roundsByNumber } from '../store/rounds.ts'
import { checkCells, checkPlan, checkUpn } from './check-return.ts'
import { type KnownBefore, knownBefore, pupilsNotInFile } from './known-before.ts'
import { dueBy, type KnownReference, type Match, matchReturnRow } from './match-return.ts'
import { type AnsweredRow, answerFacts } from './return-facts.ts'
import { type StagedImport, type StagedRow, stage } from './stage.ts'
import { type Translating, translatedAnswers, translatingAt } from './translate.ts'

/** Who sends a file, for which school, and to which virtual schools it may speak. */
export type ReturnSender = {
  readonly school: number
  /** Virtual schools by number, or all that have an open round. */
  readonly virtualSchools: readonly number[] | 'all'
  readonly by: number | null
  readonly via: 'page' | 'command' | 'form' | 'seed'
}

/** A return as received: refused whole, or staged in parts, one for each virtual school it has rows for. */
export type ReceivedReturn =
  | { readonly outcome: 'refused'; readonly finding: Finding }
  | { readonly outcome: 'staged'; readonly delivery: string; readonly imports: readonly string[] }

/** Facts a school states stand above nothing but an earlier statement; the council's own roll stands above them. */
export const returnPrecedence = 50

/** How long the kept copy of a return stays: two years from when it came. */
const keptFor = 730

/** The scope a file is matched in: for one school, its due pupils of some virtual schools, and nobody else. */
export const intakeScope = (
  runtime: Runtime,
  school: number,
  virtualSchools: readonly number[],
  person: number,
): Scope => {
  const today = todayInLondon(runtime.now())
  return {
    person,
    today,
    part: { kind: 'intake', school, virtualSchools },
    tail: { others: earliestLastDay(today, ''), leavers: earliestLastDay(today, '11') },
  }
}

/** The SHA-256 of some bytes, in hexadecimal. */
export const sha256 = async (bytes: Uint8Array): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Receives a termly return: reads it, matches each row to a pupil this school is asked about, checks every cell, keeps
 * a copy, and stages the rows by virtual school. A file that cannot be read changes nothing at all.
 */
export const receiveReturn = async (
  runtime: Runtime,
  file: SentFile,
  sender: ReturnSender,
  progress?: (done: number, of: number) => void,
): Promise<ReceivedReturn> => {
  const parsed = await runtime.start({ name: 'parse-termly-return', file })
  if (parsed.outcome === 'refused') return parsed
  return stageReturn(runtime, file, parsed, sender, progress)
}

/** The layout of the school's own that a file was read with: its version by number. */
export type ReadWith = { readonly version: number; readonly mapping: Mapping }

type Read = { readonly edition: string; readonly rows: readonly ReturnRow[]; readonly findings: readonly Finding[] }

/** Stages a return that has been read already; see `receiveReturn`. */
export const stageReturn = async (
  runtime: Runtime,
  file: SentFile,
  read: Read,
  sender: ReturnSender,
  progress?: (done: number, of: number) => void,
  layout?: ReadWith,
): Promise<ReceivedReturn> => {
  const checked = await checkReturn(runtime, read, sender, layout?.mapping.rows)
  if ('finding' in checked) return checked
  const [id, hash] = [newPublicId(), await sha256(file.bytes)]
  const fileKey = `delivery/${id}`
  const copy = await copyToKeep(runtime, file, checked.imports, layout)
  if ('finding' in copy) return { outcome: 'refused', finding: copy.finding }
  await runtime.files.put(fileKey, copy.bytes)
  const now = runtime.now()
  await stage(
    runtime.db,
    {
      id,
      connector: layout ? 'school-layout' : 'termly-return',
      connectorEdition: returnConnectorEdition,
      fileEdition: read.edition,
      fileName: file.name.slice(0, 200),
      sha256: hash,
      bytes: file.bytes.byteLength,
      fileKey,
      ...(layout && {
        keptSha256: await sha256(copy.bytes),
        layout: { version: layout.version, rowsLeftOut: checked.leftOut },
      }),
      deleteOn: plusDays(todayInLondon(now), keptFor),
      school: sender.school,
      sentBy: sender.by,
      sentAt: now,
      via: sender.via,
      rowsRead: read.rows.length,
      imports: checked.imports,
    },
    progress,
  )
  return { outcome: 'staged', delivery: id, imports: checked.imports.map((part) => part.id) }
}

/** Our own file is kept whole; of a school's own, what its layout reads of the rows that are taken in. */
const copyToKeep = async (
  runtime: Runtime,
  file: SentFile,
  imports: readonly StagedImport[],
  layout: ReadWith | undefined,
) => {
  if (!layout) return { bytes: file.bytes }
  const rows = imports.flatMap((part) => part.rows.map(({ rowNumber }) => rowNumber))
  return runtime.start({ name: 'keep-allowed', file, mapping: layout.mapping, rows })
}

/** What a return would become if it were staged now: its parts, and how many of its rows are about nobody asked about. */
export type CheckedReturn = { readonly imports: readonly StagedImport[]; readonly leftOut: number }

/**
 * Matches and checks a return without staging anything. Of a whole school's export, rows that fit no pupil this school
 * is asked about, and name no council, are counted and left out.
 */
export const checkReturn = async (
  runtime: Runtime,
  read: Read,
  sender: ReturnSender,
  rows: Mapping['rows'] = 'looked_after',
): Promise<CheckedReturn | Extract<ReceivedReturn, { readonly outcome: 'refused' }>> => {
  const { db } = runtime
  const today = todayInLondon(runtime.now())
  const rounds = (await roundsOpenAt(db.query, sender.school, today)).filter(
    ({ virtualSchool }) => sender.virtualSchools === 'all' || sender.virtualSchools.includes(virtualSchool),
  )
  const answerCount = read.rows.reduce((total, { answers }) => total + answers.length, 0)
  if (answerCount > runtime.config.publishRows)
    return refusal('FILE_TOO_MANY_ANSWERS', { most: runtime.config.publishRows, found: answerCount })
  const virtualSchools =
    sender.virtualSchools === 'all'
      ? [...new Set(rounds.map(({ virtualSchool }) => virtualSchool))]
      : sender.virtualSchools
  const scope = intakeScope(runtime, sender.school, virtualSchools, sender.by ?? 0)
  const checked = await matchAndCheck(runtime, scope, rounds, read, sender.school, rows)
  return 'closed' in checked ? refusal('ROUND_CLOSED', closedWith(checked.closed)) : checked
}

/** Raised whenever the same return would be matched or checked differently. */
export const returnConnectorEdition = '1'

const refusal = (code: string, parameters: Finding['parameters']) => ({
  outcome: 'refused' as const,
  finding: { code, severity: 'error' as const, at: {}, parameters },
})

const matchAndCheck = async (
  runtime: Runtime,
  scope: Scope,
  rounds: readonly Round[],
  read: Read,
  school: number,
  rowsAre: Mapping['rows'],
): Promise<CheckedReturn | { readonly closed: Round | undefined }> => {
  const { query } = runtime.db
  const numbers = rounds.map(({ number }) => number)
  const due = (await dueRows(query, scope, numbers)).filter((row) => row.school === school)
  const sent = read.rows.flatMap(({ reference }) => (reference ? [reference.raw.trim()] : []))
  const references = new Map<string, KnownReference>(
    (await referencesOf(query, sent)).filter((row) => row.school === school).map((row) => [row.reference, row]),
  )
  const known = [...new Set([...references.values()].map(({ round }) => round))]
  const [facts, overlays, named, before, translating] = await Promise.all([
    pupilFacts(query, scope, [...new Set(due.map(({ pupil }) => pupil))]),
    overlaysOfRounds(query, numbers),
    roundsByNumber(query, known),
    knownBefore(query, scope, due),
    translatingAt(query, scope, school, due),
  ])
  if (rounds.length === 0) return { closed: named.find(({ closedAt }) => closedAt !== null) }
  const reaches = new Set(scope.part.kind === 'intake' ? scope.part.virtualSchools : [])
  const against = { rounds, due: dueBy(due), references, reaches }
  const taken = new Set<string>()
  const parts = new Map<number, Part>()
  let leftOut = 0
  for (const row of read.rows) {
    const match = matchReturnRow(row, against)
    if (match.kind === 'no-round') return { closed: undefined }
    if (rowsAre === 'whole_school' && isNobodyAskedAbout(row, match)) {
      leftOut += 1
      continue
    }
    const target = match.kind === 'not-asked' ? match.virtualSchool : match.round.virtualSchool
    const part = parts.get(target) ?? newPart(target, match.round ?? null)
    parts.set(target, part)
    const closed = named.find(({ number }) => number === references.get(row.reference?.raw.trim() ?? '')?.round)
    part.rows.push(rowOf(row, match, taken, part, { facts, overlays, before, translating, today: scope.today, closed }))
  }
  const first = rounds[0]
  if (parts.size === 0 && first) parts.set(first.virtualSchool, newPart(first.virtualSchool, first))
  const staged: StagedImport[] = []
  for (const [index, part] of [...parts.values()].entries())
    staged.push({
      id: newPublicId(),
      virtualSchool: part.virtualSchool,
      round: part.round?.number ?? null,
      school,
      precedence: returnPrecedence,
      rows: part.rows,
      fileFindings: [
        ...(index === 0 ? read.findings : []),
        ...(part.round
          ? await pupilsNotInFile(runtime.db, notIn(part, before.expectedIn(part.round, due)), part.round)
          : []),
      ],
      facts: [answerFacts(school, part.answers)],
    })
  return { imports: staged, leftOut }
}

/** Those of some due pupils whom no row is about. */
const notIn = (part: Part, expected: readonly DueRow[]): readonly DueRow[] => {
  const there = new Set(part.rows.map(({ pupil }) => pupil))
  return expected.filter(({ pupil }) => !there.has(pupil))
}

/** A row that fits none of the pupils asked about: a council that it names still makes it that council's to look at. */
const isNobodyAskedAbout = (row: ReturnRow, match: Match): boolean =>
  match.kind === 'no-council' || (match.kind === 'unmatched' && row.council === null)

type Part = {
  readonly virtualSchool: number
  readonly round: Round | null
  readonly rows: StagedRow[]
  readonly answers: AnsweredRow[]
}

const newPart = (virtualSchool: number, round: Round | null): Part => ({
  virtualSchool,
  round,
  rows: [],
  answers: [],
})

const noOverlay: Overlay = new Map()
const nothing: ReadonlySet<string> = new Set()

type Checking = {
  readonly facts: Awaited<ReturnType<typeof pupilFacts>>
  readonly overlays: Awaited<ReturnType<typeof overlaysOfRounds>>
  readonly before: KnownBefore
  readonly translating: Translating
  readonly today: PlainDate
  /** The round that the row's own reference is of. */
  readonly closed: Round | undefined
}

const closedWith = (round: Round | undefined): Finding['parameters'] =>
  round?.closedAt ? { council: round.council, closed: todayInLondon(round.closedAt) } : {}

const problem = (code: string, row: ReturnRow, at: Finding['at'], parameters: Finding['parameters'] = {}): Finding => ({
  code,
  severity: 'error',
  at: { ...row.at, ...at },
  parameters,
})

const rowOf = (row: ReturnRow, match: Match, taken: Set<string>, part: Part, checking: Checking): StagedRow => {
  const asSent = {
    rowNumber: row.number,
    sheet: row.at.sheet ?? null,
    reference: row.reference?.raw ?? null,
    upnSent: row.upn?.raw.slice(0, 40) ?? null,
    upnCell: row.upn?.at.cell ?? null,
    surnameSent: row.surname?.raw.slice(0, 100) ?? null,
    forenameSent: row.forename?.raw.slice(0, 100) ?? null,
    bornSent: row.dateOfBirth?.raw.slice(0, 40) ?? null,
  }
  if (match.kind !== 'matched') {
    const other = otherwise(row, match, checking.closed)
    if (part.round && match.kind !== 'not-asked')
      part.answers.push({ row, pupil: null, round: part.round.number, notAsked: nothing, byScale: [] })
    return { ...asSent, ...other, pupil: null }
  }
  const { due, round } = match
  const against = {
    term: round.term,
    overlay: checking.overlays.get(round.number) ?? noOverlay,
    facts: checking.facts.get(due.pupil) ?? new Set(),
  }
  const byScale = translatedAnswers(row.answers, due, against, checking.translating)
  const key = `${round.number}/${due.pupil}`
  const twice = taken.has(key)
  taken.add(key)
  const cells = checkCells([...row.answers, ...byScale.map(({ answer }) => answer)], {
    ...against,
    yearGroup: due.yearGroup,
    asAt: round.asAt,
    today: checking.today,
    academicYear: round.academicYear,
    earlier: checking.before.earlierThan(round, due),
  })
  const findings = [
    ...row.findings.filter(({ code, at }) => !code.startsWith('UPN_') && !cells.notAsked.has(at.column ?? '')),
    ...checkUpn(row, due.upn),
    ...checkPlan(row, checking.before.planDue(due), checking.today),
    ...cells.findings,
    ...(twice && !row.findings.some(({ code }) => code === 'ROW_TWICE')
      ? [problem('ROW_TWICE', row, row.reference?.at ?? {})]
      : []),
  ]
  part.answers.push({ row, pupil: due.pupil, round: round.number, notAsked: cells.notAsked, byScale })
  const held = findings.some(({ severity }) => severity === 'error')
  return { ...asSent, pupil: due.pupil, state: held ? 'held' : 'ready', kind: 'pupil', findings }
}

const otherwise = (row: ReturnRow, match: Exclude<Match, { kind: 'matched' }>, round: Round | undefined) => {
  switch (match.kind) {
    case 'not-asked':
      return {
        state: 'not_asked' as const,
        kind: 'pupil',
        findings: [
          match.round
            ? problem('NOT_ASKED_NOW', row, row.reference?.at ?? {})
            : problem('ROUND_CLOSED', row, row.reference?.at ?? {}, closedWith(round)),
        ],
      }
    case 'unmatched': {
      const findings = row.findings.filter(({ code }) => !code.startsWith('UPN_'))
      const held = findings.some(({ severity }) => severity === 'error')
      return { state: held ? ('held' as const) : ('unmatched' as const), kind: 'unmatched', findings }
    }
    default:
      return {
        state: 'held' as const,
        kind: 'no_council',
        findings: [problem('COUNCIL_NOT_KNOWN', row, row.council?.at ?? {})],
      }
  }
}
