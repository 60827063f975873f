import type { PlainDate } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Item } from '../domain/return/item.ts'
import type { Reading } from '../domain/return/value.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { dueRows, pupilFacts } from '../store/answers.ts'
import type { Statement } from '../store/db.ts'
import {
  factsOfImport,
  findingsOf,
  type ImportRow,
  type KeptFinding,
  rowsOfImport,
  type SentFact,
} from '../store/import-rows.ts'
import type { Import } from '../store/imports.ts'
import { overlaysOfRounds, roundsByNumber } from '../store/rounds.ts'
import { assertOne, insertMany, statement } from '../store/statement.ts'
import { checkCells } from './check-return.ts'
import { type KnownBefore, knownBefore } from './known-before.ts'
import { findingColumns, findingRows } from './stage.ts'
import {
  asAnswer,
  insertTranslated,
  type TranslatedAnswer,
  type Translating,
  translatedAnswers,
  translatingAt,
} from './translate.ts'

/** What a person typed at a cell on screen, or said of a row's UPN. */
export type Mending = {
  readonly row: number
  /** The item of the cell; 'upn' for the row's UPN, with 'ours' or 'new' as its answer. */
  readonly item: string
  readonly typed: string
}

type Reader = (item: Item, raw: string) => Reading

/** A typed value that still cannot be read: said at its field, with nothing else lost. */
export type NotMended = Mending & { readonly code: string; readonly parameters: Finding['parameters'] }

const stillStaged = (part: Import) =>
  assertOne('select count(*) from import where id = ? and state = ?', [part.id, 'staged'])

const keptAsFinding = (finding: KeptFinding): Finding => ({
  code: finding.code,
  severity: finding.severity,
  at: {
    ...(finding.item === null ? {} : { column: finding.item }),
    ...(finding.sheet === null ? {} : { sheet: finding.sheet }),
    ...(finding.cell === null ? {} : { cell: finding.cell }),
    ...(finding.line === null ? {} : { line: finding.line }),
  },
  parameters: JSON.parse(finding.parameters) as Finding['parameters'],
})

/**
 * Mends cells of a staged return on screen: reads each as the file would have been read, checks its row again, and
 * keeps what was sent beside what it was mended to, with who did it. What cannot be read is given back.
 */
export const mendImport = async (
  runtime: Runtime,
  scope: Scope,
  part: Import,
  mendings: readonly Mending[],
  read: Reader,
): Promise<readonly NotMended[]> => {
  const { query } = runtime.db
  const [rows, facts, findings] = await Promise.all([
    rowsOfImport(query, scope, part.number),
    factsOfImport(query, scope, part.number),
    findingsOf(query, scope, part.number),
  ])
  const checking = await whatRowsAreCheckedAgainst(runtime, scope, part, rows)
  const notMended: NotMended[] = []
  const statements: Statement[] = []
  for (const row of rows) {
    const forRow = mendings.filter((mending) => mending.row === row.rowNumber)
    if (forRow.length === 0 || row.state === 'set_aside') continue
    const sent = facts.filter((fact) => fact.rowNumber === row.rowNumber)
    const kept = findings.filter((finding) => finding.rowNumber === row.rowNumber)
    const outcome = mendRow(row, sent, kept, forRow, read, checking)
    notMended.push(...outcome.notMended)
    statements.push(...rowStatements(runtime, scope, part, row, outcome))
  }
  if (statements.length > 0) await runtime.db.commit([stillStaged(part), ...statements])
  return notMended
}

type Checking = {
  readonly due: Awaited<ReturnType<typeof dueRows>>
  readonly facts: Awaited<ReturnType<typeof pupilFacts>>
  readonly overlays: Awaited<ReturnType<typeof overlaysOfRounds>>
  readonly rounds: Awaited<ReturnType<typeof roundsByNumber>>
  readonly before: KnownBefore
  readonly translating: Translating
  readonly today: PlainDate
}

const whatRowsAreCheckedAgainst = async (
  runtime: Runtime,
  scope: Scope,
  part: Import,
  rows: readonly ImportRow[],
): Promise<Checking> => {
  const { query } = runtime.db
  // Mending goes on in a round that has closed meanwhile: nothing is lost, and it can go in once it is open again.
  const rounds = await roundsByNumber(query, part.round === null ? [] : [part.round])
  const numbers = rounds.map(({ number }) => number)
  const pupils = rows.flatMap(({ pupil }) => (pupil === null ? [] : [pupil]))
  const [everyDue, facts, overlays] = await Promise.all([
    dueRows(query, scope, numbers),
    pupilFacts(query, scope, pupils),
    overlaysOfRounds(query, numbers),
  ])
  const due = everyDue.filter(({ school, pupil }) => school === part.school && pupils.includes(pupil))
  const [before, translating] = await Promise.all([
    knownBefore(query, scope, due),
    translatingAt(query, scope, part.school ?? 0, due),
  ])
  return { due, facts, overlays, rounds, before, translating, today: scope.today }
}

type Outcome = {
  readonly facts: readonly (SentFact & { readonly changedFrom?: string })[]
  readonly translated: readonly TranslatedAnswer[]
  readonly findings: readonly Finding[]
  readonly accepted: readonly KeptFinding[]
  readonly state: ImportRow['state']
  readonly notMended: readonly NotMended[]
}

const mendRow = (
  row: ImportRow,
  sent: readonly SentFact[],
  kept: readonly KeptFinding[],
  mendings: readonly Mending[],
  read: Reader,
  checking: Checking,
): Outcome => {
  const notMended: NotMended[] = []
  // What the scale gave is worked out again from the grades as they now are, unless the school says it itself.
  const facts = new Map<string, SentFact & { changedFrom?: string }>(
    sent.filter(({ scale }) => scale === null).map((fact) => [fact.item, fact]),
  )
  let upnSaid: string | undefined
  for (const mending of mendings) {
    if (mending.item === 'upn') {
      upnSaid = mending.typed
      continue
    }
    const item = itemOf(mending.item)
    const before = facts.get(mending.item)
    const at = kept.find((finding) => finding.item === mending.item)
    if (!item || (before && before.state !== 'unread' && before.raw === mending.typed)) continue
    if (mending.typed.trim() === '') continue
    if (before && before.raw === mending.typed) continue
    const reading = read(item, mending.typed)
    if ('problem' in reading) {
      notMended.push({ ...mending, code: reading.problem, parameters: reading.parameters })
      continue
    }
    facts.set(mending.item, {
      importNumber: row.importNumber,
      rowNumber: row.rowNumber,
      item: mending.item,
      state: reading.state,
      value: reading.value ?? '',
      raw: mending.typed.slice(0, 2000),
      sheet: before?.sheet ?? at?.sheet ?? null,
      cell: before?.cell ?? at?.cell ?? null,
      line: before?.line ?? at?.line ?? null,
      mendedFrom: before?.mendedFrom ?? before?.raw ?? '',
      changedFrom: before?.raw ?? '',
      scale: null,
    })
  }
  return { ...recheck(row, [...facts.values()], kept, upnSaid, checking), notMended }
}

/** Findings anew: those of cells still unread stay, the UPN's as answered, the rest are made again. */
const recheck = (
  row: ImportRow,
  facts: readonly (SentFact & { changedFrom?: string })[],
  kept: readonly KeptFinding[],
  upnSaid: string | undefined,
  checking: Checking,
): Omit<Outcome, 'notMended'> => {
  const unread = new Set(facts.filter(({ state }) => state === 'unread').map(({ item }) => item))
  const stays = kept.filter((finding) => {
    if (finding.code === 'UPN_DIFFERS') return upnSaid === undefined
    if (finding.code === 'ITEM_NOT_ASKED') return false
    return finding.item === null || !itemOf(finding.item) || unread.has(finding.item)
  })
  const upn = kept.find(({ code }) => code === 'UPN_DIFFERS')
  const saidNew: readonly Finding[] =
    upn && upnSaid === 'new' ? [{ ...keptAsFinding(upn), code: 'UPN_NEW', severity: 'warning' }] : []
  const due = checking.due.find((one) => one.pupil === row.pupil)
  const round = checking.rounds.find(({ number }) => number === due?.round)
  const answers = facts.map(asAnswer)
  const against = {
    term: round?.term ?? 'autumn',
    overlay: checking.overlays.get(round?.number ?? 0) ?? new Map(),
    facts: checking.facts.get(due?.pupil ?? 0) ?? new Set(),
  }
  const translated = due && round ? translatedAnswers(answers, due, against, checking.translating) : []
  const cells =
    due && round
      ? checkCells([...answers, ...translated.map(({ answer }) => answer)], {
          ...against,
          yearGroup: due.yearGroup,
          asAt: round.asAt,
          today: checking.today,
          academicYear: round.academicYear,
          earlier: checking.before.earlierThan(round, due),
        })
      : { findings: [], notAsked: new Set<string>() }
  const findings = [...stays.map(keptAsFinding), ...saidNew, ...cells.findings]
  const held = findings.some(({ severity }) => severity === 'error')
  return {
    facts,
    translated,
    findings,
    accepted: kept.filter(({ acceptedBy }) => acceptedBy !== null),
    state: held ? 'held' : row.pupil === null ? 'unmatched' : 'ready',
  }
}

const rowStatements = (
  runtime: Runtime,
  scope: Scope,
  part: Import,
  row: ImportRow,
  outcome: Outcome,
): readonly Statement[] => {
  const changed = outcome.facts.filter(({ changedFrom }) => changedFrom !== undefined)
  return [
    statement('delete from answer_fact where import_number = ? and row_number = ? and scale_version is not null', [
      part.number,
      row.rowNumber,
    ]),
    ...changed.map((fact) =>
      statement(
        `insert into answer_fact (import_number, row_number, item, round_number, pupil_number, school_number, state,
           value, raw, sheet, cell, line, mended_from, mended_by, mended_at)
         select ?, ?, ?, i.round_number, r.pupil_number, i.school_number, ?, ?, ?, ?, ?, ?, ?, ?, ?
         from import i join import_row r on r.import_number = i.number and r.row_number = ? where i.number = ?
         on conflict (import_number, row_number, item) do update set state = excluded.state, value = excluded.value,
           raw = excluded.raw, mended_from = excluded.mended_from, mended_by = excluded.mended_by,
           mended_at = excluded.mended_at`,
        [
          part.number,
          row.rowNumber,
          fact.item,
          fact.state,
          fact.value,
          fact.raw,
          fact.sheet,
          fact.cell,
          fact.line,
          fact.mendedFrom,
          scope.person,
          runtime.now(),
          row.rowNumber,
          part.number,
        ],
      ),
    ),
    ...outcome.translated.map((one) => insertTranslated(part.id, row.rowNumber, one)),
    statement('delete from finding where import_number = ? and row_number = ?', [part.number, row.rowNumber]),
    ...insertMany('finding', findingColumns, findingRows(part.number, row.rowNumber, outcome.findings)),
    ...outcome.accepted.map((finding) =>
      statement(
        `update finding set accepted_by = ? where import_number = ? and row_number = ? and code = ?
         and coalesce(item, '') = ?`,
        [finding.acceptedBy, part.number, row.rowNumber, finding.code, finding.item ?? ''],
      ),
    ),
    statement('update import_row set state = ? where import_number = ? and row_number = ?', [
      outcome.state,
      part.number,
      row.rowNumber,
    ]),
  ]
}

/** Sets a held row aside with a reason: it is not sent, and the virtual school reads why. */
export const setRowAside = async (
  runtime: Runtime,
  scope: Scope,
  part: Import,
  row: number,
  reason: string,
): Promise<void> =>
  runtime.db.commit([
    stillStaged(part),
    statement(
      `update import_row set state = 'set_aside', reason = ?, decided_by = ?, decided_at = ?
       where import_number = ? and row_number = ? and state = 'held'`,
      [reason.slice(0, 300), scope.person, runtime.now(), part.number, row],
    ),
  ])

/** The statements that note who says that an import's warnings are right. */
export const acceptWarnings = (importNumber: number, by: number | null): Statement =>
  statement("update finding set accepted_by = ? where import_number = ? and severity = 'warning'", [by, importNumber])
