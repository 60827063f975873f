import type { TotalsRead, TotalsRow } from '../../connectors/attendance-totals/rows.ts'
import { plusDays, todayInLondon } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { newPublicId, type PublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { pupilsFollowedToMark, pupilsToMark } from '../store/marks-match.ts'
import { virtualSchools } from '../store/schools.ts'
import { statement } from '../store/statement.ts'
import { replacedTotals } from '../store/totals.ts'
import { forgetDelivery } from '../store/transfer-match.ts'
import { checkTotals } from './check-totals.ts'
import type { MarksSender } from './marks-sender.ts'
import { type Child, findChildren } from './match-marks.ts'
import { marksPrecedence } from './receive-marks.ts'
import { intakeScope } from './receive-return.ts'
import { beginStaging, type StagedRow } from './stage.ts'
import { totalFact, totalFacts } from './total-facts.ts'

/** What is known of the whole before it is read; `layout` is the saved layout it is read with. */
export type TotalsFile = {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly layout: number | null
  /** The days the totals are of, where a person said it and no column does. */
  readonly period: { readonly firstDay: string; readonly lastDay: string } | null
}

export type ReceivedTotals =
  | { readonly outcome: 'refused'; readonly finding: Finding }
  | {
      readonly outcome: 'staged'
      readonly delivery: string
      readonly imports: readonly string[]
      readonly rows: number
      readonly totals: number
    }

/** Raised whenever the same totals would be matched or kept differently. What a person said they are of is part of it. */
export const totalsConnectorEdition = (period: TotalsFile['period']): string =>
  period ? `1 of ${period.firstDay} to ${period.lastDay}` : '1'

const keptFor = 730

/** Lines that are gathered before they are written: what bounds the memory. */
const linesTogether = 5_000

class Refused extends Error {
  readonly finding: Finding
  constructor(finding: Finding) {
    super(finding.code)
    this.finding = finding
  }
}

type Part = { readonly id: PublicId; readonly virtualSchool: number }
type Fact = NonNullable<ReturnType<typeof totalFact>>

const problem = (code: string, parameters: Finding['parameters'] = {}): Finding => ({
  code,
  severity: 'error',
  at: {},
  parameters,
})

/**
 * Receives a file of totals as it is read: each line is matched with a child whom the sender may speak of and staged as a
 * total, never as marks. A line that fits nobody is kept with its total for a person to look at; but of a school's own
 * file, and of a census, which names every pupil there is, nothing is kept of children nobody here looks after.
 */
export const receiveTotals = async (
  runtime: Runtime,
  file: TotalsFile,
  pieces: AsyncIterable<TotalsRead>,
  sender: MarksSender,
): Promise<ReceivedTotals> => {
  const { db } = runtime
  const now = runtime.now()
  const today = todayInLondon(now)
  const { from } = sender
  const pupils =
    from.kind === 'council'
      ? await pupilsToMark(db.query, from.virtualSchool, today)
      : await pupilsFollowedToMark(db.query, intakeScope(runtime, from.school, from.virtualSchools, sender.by ?? 0))
  const targets =
    from.kind === 'council' ? [from.virtualSchool] : [...new Set(pupils.map(({ virtualSchool }) => virtualSchool))]
  const parts = targets.map((virtualSchool): Part => ({ id: newPublicId(), virtualSchool }))
  const [first] = parts
  if (!first) return { outcome: 'refused', finding: problem('MARKS_FOR_NOBODY') }
  const children = await findChildren(db.query, pupils, from)
  const partOf = (child: Child) => parts.find(({ virtualSchool }) => virtualSchool === child.virtualSchool) ?? first
  const laCode = from.kind === 'council' ? await laCodeOf(runtime, from.virtualSchool) : ''

  const id = newPublicId()
  const fileKey = `delivery/${id}`
  const stored = await beginStaging(db, {
    id,
    connector: 'attendance-totals',
    connectorEdition: totalsConnectorEdition(file.period),
    fileEdition: '',
    fileName: file.name.slice(0, 200),
    sha256: file.sha256,
    bytes: file.bytes,
    // A row names its copy only once the copy is there.
    fileKey: null,
    deleteOn: plusDays(today, keptFor),
    school: from.kind === 'school' ? from.school : null,
    sentBy: sender.by,
    sentAt: now,
    via: sender.via,
    imports: parts.map((part) => ({
      id: part.id,
      virtualSchool: part.virtualSchool,
      round: null,
      school: from.kind === 'school' ? from.school : null,
      precedence: marksPrecedence[from.kind],
    })),
  })

  const check = checkTotals(today)
  let waiting = new Map<Part, { rows: StagedRow[]; facts: Fact[] }>()
  let [lines, leftOut, totals, gathered] = [0, 0, 0, 0]
  let notRead: readonly string[] = []
  let edition = ''

  const write = async () => {
    const now = waiting
    waiting = new Map()
    gathered = 0
    for (const [part, { rows, facts }] of now)
      await stored.add(part.id, { rows, fileFindings: [], facts: facts.length > 0 ? [totalFacts(facts)] : [] })
  }

  const take = (row: TotalsRow, kind: Extract<TotalsRead, { outcome: 'read' }>['kind']): boolean => {
    // A census names a school by its number within the council that holds the file.
    const school = /^\d{4}$/.test(row.school) && laCode !== '' ? laCode + row.school : row.school
    if (kind === 'census' && !children.knows(row)) return false
    const child = children.find({ ...row, school })
    if (child === undefined) return false
    const at = row.period ? child.schoolAt(row.period.lastDay) : 0
    const findings = check.line(row, kind, { problem: child.problem, pupil: child.pupil, school: at })
    const held = findings.some(({ severity }) => severity === 'error')
    const part = partOf(child)
    const own = waiting.get(part) ?? { rows: [], facts: [] }
    waiting.set(part, own)
    own.rows.push(stagedRow(row, child, held, check.keep(findings)))
    gathered += 1
    const fact = held ? undefined : totalFact(row, kind, { pupil: child.pupil, school: at })
    if (fact) {
      own.facts.push(fact)
      totals += 1
      const most = runtime.config.publishRows
      if (totals > most) throw new Refused(problem('FILE_TOO_MANY_TOTALS', { most }))
    }
    return true
  }

  async function* copying(): AsyncGenerator<Uint8Array, void> {
    const encoder = new TextEncoder()
    let written = 1
    for await (const piece of pieces) {
      if (piece.outcome === 'refused') throw new Refused(piece.finding)
      notRead = piece.notRead
      edition = piece.kind
      let text = ''
      for (const row of piece.rows) {
        lines += 1
        if (!take(row, piece.kind)) {
          leftOut += 1
          continue
        }
        text += '\n'.repeat(Math.max(0, row.number - written)) + row.kept
        written = Math.max(written, row.number)
      }
      if (gathered >= linesTogether) await write()
      if (text !== '') yield encoder.encode(text)
    }
    await write()
  }

  try {
    const { sha256: keptSha256 } = await runtime.files.putParts(fileKey, copying())
    if (lines === 0) throw new Refused(problem('FILE_EMPTY'))
    for (const part of parts) {
      const count = await replacedTotals(db.query, part.id)
      const changes: readonly Finding[] =
        count > 0 ? [{ code: 'TOTALS_CHANGE_HISTORY', severity: 'warning', at: {}, parameters: { count } }] : []
      const fileFindings = [...(part === first ? check.more() : []), ...changes]
      await stored.add(part.id, { rows: [], fileFindings, facts: [] })
    }
    await db.commit([
      statement(
        'update delivery set file_key = ?, kept_sha256 = ?, file_edition = ?, not_read = ?, attendance_layout_number = ? where id = ?',
        [fileKey, keptSha256, edition, JSON.stringify(notRead), file.layout, id],
      ),
    ])
    await stored.finish({ rowsRead: lines, rowsUnchanged: 0, rowsLeftOut: leftOut })
    return { outcome: 'staged', delivery: id, imports: parts.map((part) => part.id), rows: lines, totals }
  } catch (thrown) {
    await db.commit(forgetDelivery(id))
    await runtime.files.remove(fileKey)
    if (thrown instanceof Refused) return { outcome: 'refused', finding: thrown.finding }
    throw thrown
  }
}

const laCodeOf = async ({ db }: Runtime, virtualSchool: number): Promise<string> =>
  (await virtualSchools(db.query)).find(({ number }) => number === virtualSchool)?.laCode ?? ''

const stagedRow = (row: TotalsRow, child: Child, held: boolean, findings: readonly Finding[]): StagedRow => {
  const base = { rowNumber: row.number, sheet: null, upnCell: null, findings }
  const nobody = { pupil: null, reference: null, upnSent: null, surnameSent: null, forenameSent: null, bornSent: null }
  if (held) return { ...base, ...nobody, state: 'held', kind: 'line' }
  const upnSent = row.upn.slice(0, 40) || null
  if (child.pupil !== null) return { ...base, ...nobody, state: 'ready', pupil: child.pupil, upnSent, kind: 'totals' }
  return {
    ...base,
    state: 'unmatched',
    pupil: null,
    reference: row.reference.slice(0, 40) || null,
    upnSent,
    surnameSent: row.surname.slice(0, 100) || null,
    forenameSent: row.forename.slice(0, 100) || null,
    bornSent: row.born.slice(0, 20) || null,
    kind: 'unmatched',
  }
}
