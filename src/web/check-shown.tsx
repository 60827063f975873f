import type { CheckCouncil, Replaces } from '../../templates/components/check-confirm.tsx'
import { controlFor, type MendControl, upnControl } from '../../templates/components/mend.tsx'
import type { RowState } from '../../templates/components/return-state.tsx'
import { type CheckFinding, CheckPage, type CheckRow } from '../../templates/pages/check.tsx'
import { registerWords } from '../../templates/words/en/attendance.ts'
import { checkWords } from '../../templates/words/en/check.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Answer, Item } from '../domain/return/item.ts'
import { readValue, statesOf } from '../domain/return/value.ts'
import { datesFor } from '../domain/school-dates.ts'
import type { NotMended } from '../intake/mend.ts'
import { inWords } from '../returns/drafts.ts'
import { type PupilStanding, pupilStandings } from '../returns/due.ts'
import { type ExpectedPupil, findingsForReader } from '../returns/expected-pupils.ts'
import { placeAsked, registerShown, registerSums } from '../returns/register-sums.ts'
import {
  factsOfImport,
  findingsOf,
  type ImportRow,
  type KeptFinding,
  rowsOfImport,
  type SentFact,
} from '../store/import-rows.ts'
import { type Import, importsOfDelivery, isReturn } from '../store/imports.ts'
import { roundDates } from '../store/round-dates.ts'
import { type Round, roundsByNumber, submissionsOf } from '../store/rounds.ts'
import type { WebContext } from './context.ts'
import { frameOf, reply } from './reply.tsx'
import { noteSeen, shortName } from './seen.ts'

/** One council's part of an upload, with all that its rows hold. */
export type PartShown = {
  readonly part: Import
  readonly rows: readonly ImportRow[]
  readonly findings: readonly KeptFinding[]
  /** Pupils of an earlier return who are in no row. */
  readonly expected: readonly ExpectedPupil[]
}

/** The parts of an upload that this person may read, a council each, with all that their rows hold; none where it is not a return. */
export const partsOf = async (context: WebContext, upload: string): Promise<readonly PartShown[]> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const parts = (await importsOfDelivery(query, viewer.scope, upload)).filter(isReturn)
  const numbers = parts.map(({ number }) => number)
  const [rows, findings] = await Promise.all([
    rowsOfImport(query, viewer.scope, numbers),
    findingsOf(query, viewer.scope, numbers),
  ])
  return Promise.all(
    parts.map(async (part) => ({
      part,
      rows: rows.filter(({ importNumber }) => importNumber === part.number),
      ...(await findingsForReader(
        query,
        viewer.scope,
        findings.filter(({ importNumber }) => importNumber === part.number),
      )),
    })),
  )
}

const layoutOf = (part: Import) =>
  part.layoutId === null
    ? null
    : {
        id: part.layoutId,
        name: part.layoutName ?? '',
        version: part.layoutVersion ?? 0,
        leftOut: part.rowsLeftOut,
      }

/** The name of the control that mends one item of one row. */
export const fieldName = (part: Import, row: number, item: string) => `mend-${part.id}-${row}-${item}`

/** The id of a finding on the page. */
export const findingId = (part: Import, finding: KeptFinding) => `f-${part.id}-${finding.rowNumber}-${finding.ordinal}`

/** Where a finding stands that has no cell: a line of a CSV, a question by its name, or the whole file. */
const placeless = ({ line, item, rowNumber }: KeptFinding) => {
  if (line !== null) return checkWords.line(line)
  if (item === null) return rowNumber === 0 ? checkWords.wholeFile : checkWords.wholeRow
  return `“${itemWords[item]?.head ?? itemWords[item]?.label ?? item}”`
}

const nameOf = (row: ImportRow | undefined) => (row && row.pupil !== null ? shortName(row.forename, row.surname) : null)

/** Reads what was typed at a control as the answer to an item, on the viewer’s day. */
export const reads = (context: WebContext) => (item: Item, raw: string) =>
  readValue(item.type, statesOf(item), raw, context.var.viewer.scope.today, itemWords[item.code]?.options, stateWords)

/** What was typed at a control and could not be read, with the id of that control: the summary goes there. */
export type StillToMend = NotMended & { readonly field: string }

/** The check page of an upload, with what a press of a button must mend first. */
export const showCheck = async (
  context: WebContext,
  notMended: readonly StillToMend[],
  status: 200 | 409 | 422 = 200,
  toMend?: string,
  meanwhile?: number,
) => {
  const { runtime, viewer } = context.var
  const upload = context.req.param('upload') ?? ''
  const shown = await partsOf(context, upload)
  const first = shown[0]
  if (!first) return reply.notFound(context)
  const pupils = shown.flatMap(({ rows, expected }) =>
    [...rows, ...expected].flatMap(({ pupil }) => (pupil === null ? [] : [pupil])),
  )
  await noteSeen(context, pupils, 'return checked')
  const rounds = await roundsOf(context, shown)
  const [returns, submissions, given] = await Promise.all([
    pupilStandings(runtime.db.query, viewer.scope, rounds, pupils),
    submissionsOf(runtime.db.query, viewer.scope),
    roundDates(
      runtime.db.query,
      viewer.scope,
      rounds.map(({ number }) => number),
    ),
  ])
  const fed = returns.filter(({ basis }) => basis.facts.has('attendance_feed'))
  const sumsOf = await registerSums(runtime.db.query, viewer.scope, fed.map(placeAsked))
  const told = fed.flatMap((one) => {
    const sums = sumsOf(placeAsked(one))
    const pupil = shortName(one.due.forename, one.due.surname)
    return sums ? [{ pupil, says: registerWords.line(registerShown(sums)) }] : []
  })
  // Only what replaces something is held against it, answer by answer.
  const again = shown.filter(
    ({ part }) => part.state === 'staged' && newestOf(part, submissions)?.state === 'published',
  )
  const facts =
    again.length === 0
      ? []
      : await factsOfImport(
          runtime.db.query,
          viewer.scope,
          again.map(({ part }) => part.number),
        )
  const stillToAnswer = (one: PartShown, row: ImportRow) => stillToAnswerOf(one, row, returns)
  const sheets = new Set(shown.flatMap(({ rows }) => rows.flatMap(({ said }) => said.sheets)))
  const findings = shown.flatMap((one) =>
    one.findings.map((finding) => findingShown(one, finding, notMended, sheets.size > 1)),
  )
  const rows = shown.flatMap((one) => one.rows.map((row) => rowShown(one, row, stillToAnswer(one, row))))
  const datesOf = ({ part }: PartShown) => {
    const round = roundOf(part, rounds)
    return round && datesFor(round, given, part.school ?? 0, viewer.scope.today)
  }
  const dueOf = (one: PartShown) => datesOf(one)?.due ?? viewer.scope.today
  const byDue = [...shown].sort((one, other) => dueOf(one).localeCompare(dueOf(other)))
  const confirms = byDue.map((one): CheckCouncil => {
    const receipt = submissions.find(({ importId }) => importId === one.part.id)?.receipt
    const held = one.rows.filter(({ state }) => state === 'held')
    const ready = one.rows.filter(({ state }) => state === 'ready')
    const goes = ready.length + one.rows.filter(({ state }) => state === 'unmatched').length
    const aside = one.rows.some(({ state }) => state === 'set_aside')
    const published = one.part.state !== 'staged'
    const closed = datesOf(one)?.open === false
    return {
      virtualSchool: one.part.virtualSchoolId,
      name: one.part.council,
      round: roundOf(one.part, rounds) ?? null,
      due: dueOf(one),
      state: published
        ? 'sent'
        : closed
          ? 'closed'
          : held.length > 0
            ? 'held'
            : goes === 0 && !aside
              ? 'empty'
              : 'ready',
      pupilsReady: ready.length,
      stillToAnswer: ready.reduce((sum, row) => sum + stillToAnswer(one, row), 0),
      held: held.map((row) => ({
        number: row.rowNumber,
        pupil: nameOf(row),
        cells: one.findings
          .filter(({ rowNumber, severity }) => rowNumber === row.rowNumber && severity === 'error')
          .map((finding) => finding.cell ?? placeless(finding)),
      })),
      warnings: one.findings
        .filter(
          ({ severity, acceptedBy, rowNumber }) =>
            severity === 'warning' && acceptedBy === null && ![...held].some((row) => row.rowNumber === rowNumber),
        )
        .map((finding) => ({
          finding: findingId(one.part, finding),
          cell: finding.cell ?? placeless(finding),
          text: labelled(finding),
        })),
      receipt: receipt === undefined ? null : { id: receipt, reference: receipt },
      seen: newestOf(one.part, submissions)?.version ?? 0,
      replaces: published ? null : replacedBy(one, facts, returns, submissions, meanwhile === one.part.number),
    }
  })
  const mends = [
    ...notMended.map((one) => ({
      text: `${itemWords[one.item]?.label ?? ''}: ${wordsOfFinding({ code: one.code, parameters: one.parameters }).rule}`,
      field: one.field,
    })),
    ...(toMend ? [{ text: toMend, field: 'confirm' }] : []),
  ]
  return reply.page(
    context,
    <CheckPage
      frame={frameOf(context)}
      upload={upload}
      fileName={first.part.fileName}
      uploadedAt={first.part.sentAt}
      today={viewer.scope.today}
      told={told}
      rows={[...rows].sort((one, other) => one.number - other.number)}
      findings={[...findings].sort((one, other) => (one.row ?? 0) - (other.row ?? 0))}
      councils={confirms}
      typed={first.part.via === 'form'}
      layout={layoutOf(first.part)}
      ownFile={
        first.part.via !== 'form' && first.part.sentByNumber === viewer.person.number && first.part.fileKey !== null
      }
      {...(mends.length > 0 ? { toMend: mends } : {})}
    />,
    status,
  )
}

type Submissions = Awaited<ReturnType<typeof submissionsOf>>

const newestOf = ({ round, school }: Import, submissions: Submissions) =>
  submissions
    .filter((one) => one.round === round && one.school === school)
    .reduce<Submissions[number] | undefined>(
      (newest, one) => (newest === undefined || one.version > newest.version ? one : newest),
      undefined,
    )

/** What the school has sent to this council's round already, and where these answers differ from it. */
const replacedBy = (
  { part, rows }: PartShown,
  facts: readonly SentFact[],
  returns: readonly PupilStanding[],
  submissions: Submissions,
  meanwhile: boolean,
): Replaces | null => {
  const newest = newestOf(part, submissions)
  if (newest?.state !== 'published') return null
  const answers = rows
    .filter(({ state }) => state === 'ready')
    .flatMap((row) => {
      const sent = returns.find(({ due }) => due.round === part.round && due.pupil === row.pupil)?.answers
      return facts.flatMap((fact) => {
        const item = itemOf(fact.item)
        const theirs = sent?.get(fact.item)
        if (fact.importNumber !== part.number || fact.rowNumber !== row.rowNumber) return []
        if (fact.state === 'unread' || !item || !theirs) return []
        const yours: Answer = { state: fact.state, value: fact.value === '' ? null : fact.value }
        return theirs.state === yours.state && theirs.value === yours.value
          ? []
          : [
              {
                pupil: nameOf(row) ?? '',
                label: itemWords[item.code]?.label ?? item.code,
                theirs: inWords(item, theirs),
                yours: inWords(item, yours),
              },
            ]
      })
    })
  return { sentBy: newest.by, sentAt: newest.at, meanwhile, answers }
}

/** How many required questions about a row's pupil neither this row nor an earlier return answers. */
export const stillToAnswerOf = ({ part }: PartShown, row: ImportRow, returns: readonly PupilStanding[]): number => {
  const asked = returns.find(({ due }) => due.round === part.round && due.pupil === row.pupil)
  const here = new Set(row.said.items)
  return asked?.completeness.missing.filter((item) => !here.has(item)).length ?? 0
}

/** The rounds that the parts of an upload answer. */
export const roundsOf = (context: WebContext, shown: readonly PartShown[]) =>
  roundsByNumber(
    context.var.runtime.db.query,
    shown.flatMap(({ part: { round } }) => (round === null ? [] : [round])),
  )

/** The round that one part answers, where it answers any. */
export const roundOf = (part: Import, rounds: readonly Round[]) => rounds.find(({ number }) => number === part.round)

const labelled = (finding: KeptFinding) => {
  const words = wordsOfFinding({ code: finding.code, parameters: JSON.parse(finding.parameters) })
  const label = finding.item === null ? undefined : itemWords[finding.item]?.label
  return label ? `${label}: ${words.title.charAt(0).toLowerCase()}${words.title.slice(1)}` : words.title
}

const findingShown = (
  { part, rows, expected }: PartShown,
  finding: KeptFinding,
  notMended: readonly NotMended[],
  severalSheets: boolean,
): CheckFinding => {
  const row = rows.find(({ rowNumber }) => rowNumber === finding.rowNumber)
  const upn = finding.code.startsWith('UPN_')
  const typed = notMended.find((one) => one.row === finding.rowNumber && one.item === finding.item)?.typed
  const words = wordsOfFinding({ code: finding.code, parameters: JSON.parse(finding.parameters) })
  const missing = finding.code === 'PUPILS_NOT_IN_FILE'
  const names = expected.map(({ forename, surname }) => shortName(forename, surname))
  return {
    id: findingId(part, finding),
    severity: finding.severity,
    cell: finding.cell ?? placeless(finding),
    sheet: severalSheets ? finding.sheet : null,
    row: finding.rowNumber === 0 ? null : finding.rowNumber,
    pupil: nameOf(row),
    council: row || missing ? part.council : null,
    label: upn ? checkWords.upnLabel : finding.item === null ? null : (itemWords[finding.item]?.label ?? null),
    sent: upn ? checkWords.upnEnding(row?.upnSent?.trim().slice(-2) ?? '') : finding.sent,
    words: missing ? { ...words, rule: `${words.rule} ${checkWords.expectedPupils(names)}` } : words,
    control:
      part.state === 'staged' && row?.state !== 'set_aside'
        ? controlOf(part, finding, row, typed ?? finding.sent ?? '')
        : null,
    accepted: finding.acceptedBy !== null,
  }
}

const controlOf = (
  part: Import,
  finding: KeptFinding,
  row: ImportRow | undefined,
  sent: string,
): MendControl | null => {
  if (finding.code === 'UPN_DIFFERS')
    return upnControl(fieldName(part, finding.rowNumber, 'upn'), row?.upn.slice(-2) ?? '')
  if (finding.code === 'ITEM_NOT_ASKED' || finding.item === null) return null
  const item = itemOf(finding.item)
  const words = itemWords[finding.item]
  return item && words ? controlFor(item, words, fieldName(part, finding.rowNumber, item.code), sent) : null
}

const shownState = (part: Import, row: ImportRow, findings: readonly KeptFinding[]): RowState => {
  if (row.state === 'held') return 'held_back'
  if (row.state === 'set_aside') return 'set_aside'
  if (row.state === 'not_asked') return 'not_asked'
  if (row.state === 'unmatched') return 'not_matched'
  if (part.state !== 'staged') return 'sent'
  const toCheck = findings.some((one) => one.rowNumber === row.rowNumber && one.acceptedBy === null)
  return toCheck ? 'to_check' : 'ready'
}

const rowShown = ({ part, findings }: PartShown, row: ImportRow, stillToAnswer: number): CheckRow => {
  const faulty = new Set(
    findings
      .filter(({ rowNumber, severity }) => rowNumber === row.rowNumber && severity === 'error')
      .map(({ item }) => item),
  )
  return {
    number: row.rowNumber,
    pupil: nameOf(row),
    council: row.kind === 'no_council' ? null : part.council,
    state: shownState(part, row, findings),
    answersGood: row.said.items.filter((item) => !faulty.has(item)).length,
    answersRead: row.said.cells,
    stillToAnswer: row.state === 'ready' || row.state === 'held' ? stillToAnswer : 0,
    setAsideReason: row.reason,
  }
}
