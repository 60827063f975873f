import type { MarksRead, MarksRow } from '../../connectors/attendance-marks/rows.ts'
import { type PlainDate, plusDays, todayInLondon } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { newPublicId, type PublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { replacedMarks } from '../store/mark-weeks.ts'
import { pupilsFollowedToMark, pupilsToMark } from '../store/marks-match.ts'
import { statement } from '../store/statement.ts'
import { forgetDelivery } from '../store/transfer-match.ts'
import { checkMarks } from './check-marks.ts'
import { gatherMarks, type MarkFact, markFactColumns } from './gather-marks.ts'
import type { MarksSender } from './marks-sender.ts'
import { type Child, findChildren } from './match-marks.ts'
import { intakeScope } from './receive-return.ts'
import { beginStaging, type StagedRow } from './stage.ts'

/** What is known of the whole before it is read; `layout` is the saved layout it is read with. */
export type MarksFile = {
  /** The public id that its delivery is to have, where one was given before: so the same file is never read twice. */
  readonly id?: PublicId
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly layout: number | null
  /** Whether the lines that may be kept are kept as a copy: not for marks typed on a page, which are no file. */
  readonly copied: boolean
}

export type ReceivedMarks =
  | { readonly outcome: 'refused'; readonly finding: Finding }
  | {
      readonly outcome: 'staged'
      readonly delivery: string
      readonly imports: readonly string[]
      readonly rows: number
      readonly marks: number
    }

/** Raised whenever the same marks would be matched or kept differently. */
export const marksConnectorEdition = '1'

/** A school's own register stands above what somebody else collected from it. */
export const marksPrecedence = { school: 30, council: 20 } as const

/** Bytes of a file read in one step: few, so that what a step makes is gone before the next and memory stays flat. */
export const marksStep = 8_192

const keptFor = 730

/**
 * Children in an officer's file who may fit nobody: what they are called waits for a person, and a file of everybody in
 * an area, sent by mistake, may not leave the names of all of them.
 */
const mostStrangers = 2_000

/** Child-weeks that are gathered before they are written: what bounds the memory. */
const weeksTogether = 8_000

class Refused extends Error {
  readonly finding: Finding
  constructor(finding: Finding) {
    super(finding.code)
    this.finding = finding
  }
}

type Part = { readonly id: PublicId; readonly virtualSchool: number }

const problem = (code: string, parameters: Finding['parameters'] = {}): Finding => ({
  code,
  severity: 'error',
  at: {},
  parameters,
})

/**
 * Receives an attendance file as it is read: each line is matched with a child whom the sender may speak of, its marks
 * are put together by week and staged, and the copy that may be kept is written alongside. Of a child whom a school's
 * own file names and nobody here looks after, nothing is kept but the count of lines. What turns out to be unreadable
 * leaves nothing at all.
 */
export const receiveMarks = async (
  runtime: Runtime,
  file: MarksFile,
  pieces: AsyncIterable<MarksRead>,
  sender: MarksSender,
): Promise<ReceivedMarks> => {
  const { db } = runtime
  const now = runtime.now()
  const today = todayInLondon(now)
  const most = runtime.config.publishRows
  const { from } = sender
  const pupils =
    from.kind === 'council'
      ? await pupilsToMark(db.query, from.virtualSchool, today)
      : await pupilsFollowedToMark(db.query, intakeScope(runtime, from.school, from.virtualSchools, sender.by ?? 0))
  const targets =
    from.kind === 'council' ? [from.virtualSchool] : [...new Set(pupils.map(({ virtualSchool }) => virtualSchool))]
  if (targets.length === 0) return { outcome: 'refused', finding: problem('MARKS_FOR_NOBODY') }
  const parts = targets.map((virtualSchool): Part => ({ id: newPublicId(), virtualSchool }))
  const [first] = parts
  if (!first) return { outcome: 'refused', finding: problem('MARKS_FOR_NOBODY') }
  const children = await findChildren(db.query, pupils, from)
  const partOf = (child: Child) => parts.find(({ virtualSchool }) => virtualSchool === child.virtualSchool) ?? first

  const id = file.id ?? newPublicId()
  const fileKey = file.copied ? `delivery/${id}` : null
  const stored = await beginStaging(db, {
    id,
    connector: 'attendance-marks',
    connectorEdition: marksConnectorEdition,
    fileEdition: '',
    fileName: file.name.slice(0, 200),
    sha256: file.sha256,
    bytes: file.bytes,
    // A row names its copy only once the copy is there.
    fileKey: null,
    deleteOn: file.copied ? plusDays(today, keptFor) : null,
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

  const gathered = gatherMarks<Child>()
  const check = checkMarks(today, (school) => children.countryOf(school))
  const held: StagedRow[] = []
  let [lines, lastLine, leftOut, heldLines, marks] = [0, 0, 0, 0, 0]
  let notRead: readonly string[] = []
  let edition = ''
  let writing: Promise<void> = Promise.resolve()
  let nextAt = weeksTogether

  const write = async (butNewest: boolean) => {
    const facts = new Map<Part, MarkFact[]>(parts.map((part) => [part, []]))
    for (const [child, own] of gathered.take(butNewest)) facts.get(partOf(child))?.push(...own)
    await writing
    writing = (async () => {
      for (const [part, rows] of facts) {
        await stored.add(part.id, {
          rows: [],
          fileFindings: [],
          facts: [{ family: 'mark_week', columns: markFactColumns, rows }],
        })
      }
    })()
    writing.catch(() => undefined)
  }

  async function* copying(): AsyncGenerator<Uint8Array, void> {
    const encoder = new TextEncoder()
    let written = 1
    for await (const piece of pieces) {
      if (piece.outcome === 'refused') throw new Refused(piece.finding)
      notRead = piece.notRead
      edition = piece.grain
      let text = ''
      for (const row of piece.rows) {
        lines += 1
        lastLine = row.number
        const child = children.find(row)
        if (child === undefined) {
          leftOut += 1
          continue
        }
        if (children.strangers() > mostStrangers)
          throw new Refused(problem('MARKS_OF_STRANGERS', { most: mostStrangers }))
        const wrong = check.line(row, child)
        if (wrong.length > 0) {
          heldLines += 1
          const kept = check.keep(wrong)
          if (kept.length > 0) held.push(heldRow(row, kept))
        } else {
          if (child.lines === 0) child.row = row.number
          child.lines += 1
          const taken = check.taken(row, child)
          marks += taken.length
          if (marks > most) throw new Refused(problem('FILE_TOO_MANY_MARKS', { most }))
          const twice = gathered.add(child, row.number, taken)
          if (twice) check.twice(twice)
        }
        if (file.copied) {
          text += '\n'.repeat(Math.max(0, row.number - written)) + row.kept
          written = Math.max(written, row.number)
        }
      }
      if (gathered.waiting() >= nextAt) {
        await write(true)
        nextAt = gathered.waiting() + weeksTogether
      }
      if (text !== '') yield encoder.encode(text)
    }
    await write(false)
    await writing
  }

  try {
    const keptSha256 = fileKey === null ? null : (await runtime.files.putParts(fileKey, copying())).sha256
    if (fileKey === null) for await (const _ of copying());
    if (lines === 0) throw new Refused(problem('FILE_EMPTY'))
    const others = heldLines - held.length
    for (const part of parts) {
      const rows = children.all().flatMap((child) => (partOf(child) === part && child.lines > 0 ? [rowOf(child)] : []))
      const own = part === first
      await stored.add(part.id, {
        rows: own ? [...rows, ...held, ...(others > 0 ? [otherHeld(lastLine, others)] : [])] : rows,
        fileFindings: [...(own ? check.ofWholeFile() : []), ...changing(await replacedMarks(db.query, part.id))],
        facts: [],
      })
    }
    await db.commit([
      statement(
        'update delivery set file_key = ?, kept_sha256 = ?, file_edition = ?, not_read = ?, attendance_layout_number = ? where id = ?',
        [fileKey, keptSha256, edition, JSON.stringify(notRead), file.layout, id],
      ),
    ])
    await stored.finish({ rowsRead: lines, rowsUnchanged: 0, rowsLeftOut: leftOut })
    return { outcome: 'staged', delivery: id, imports: parts.map((part) => part.id), rows: lines, marks }
  } catch (thrown) {
    // What is on its way would come after the forgetting, and might meet a number that is another import's by then.
    await writing.catch(() => undefined)
    await db.commit(forgetDelivery(id))
    if (fileKey !== null) await runtime.files.remove(fileKey)
    if (thrown instanceof Refused) return { outcome: 'refused', finding: thrown.finding }
    throw thrown
  }
}

/** A later file that says otherwise of marks that stand: taken, and said. */
const changing = ({
  count,
  since,
}: {
  readonly count: number
  readonly since: PlainDate | null
}): readonly Finding[] =>
  since === null ? [] : [{ code: 'MARKS_CHANGE_HISTORY', severity: 'warning', at: {}, parameters: { count, since } }]

const blankRow = {
  pupil: null,
  sheet: null,
  reference: null,
  upnSent: null,
  upnCell: null,
  surnameSent: null,
  forenameSent: null,
  bornSent: null,
  findings: [],
} as const

const rowOf = (child: Child): StagedRow =>
  child.pupil !== null
    ? {
        ...blankRow,
        rowNumber: child.row,
        state: 'ready',
        pupil: child.pupil,
        upnSent: child.sent.upn.slice(0, 40) || null,
        kind: 'marks',
        lines: child.lines,
      }
    : {
        ...blankRow,
        rowNumber: child.row,
        state: 'unmatched',
        reference: child.sent.reference.slice(0, 40) || null,
        upnSent: child.sent.upn.slice(0, 40) || null,
        surnameSent: child.sent.surname.slice(0, 100) || null,
        forenameSent: child.sent.forename.slice(0, 100) || null,
        bornSent: child.sent.born.slice(0, 20) || null,
        kind: 'unmatched',
        lines: child.lines,
      }

/** A line that is withheld. */
const heldRow = (row: MarksRow, findings: readonly Finding[]): StagedRow => ({
  ...blankRow,
  rowNumber: row.number,
  state: 'held',
  kind: 'line',
  findings,
})

/** The further lines that are withheld, of which only the number is kept: one row after the file's last line. */
const otherHeld = (lastLine: number, lines: number): StagedRow => ({
  ...blankRow,
  rowNumber: lastLine + 1,
  state: 'held',
  kind: 'line',
  lines,
})
