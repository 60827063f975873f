import type { TransferHeader, TransferPupil } from '../../connectors/common-transfer-file/rows.ts'
import type { ParsedStream, Piece } from '../../connectors/connector.ts'
import { commonTransferFile } from '../../connectors/registry.ts'
import { plusDays, todayInLondon } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { newPublicId, type PublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { statement } from '../store/statement.ts'
import { forgetDelivery, type UpnInUse, upnsFollowed, upnsOfCouncil } from '../store/transfer-match.ts'
import { inSteps } from './in-steps.ts'
import { keptRows } from './kept-copy.ts'
import { intakeScope } from './receive-return.ts'
import { beginStaging, type StagedDelivery, type StagedRow, type Staging } from './stage.ts'
import { asStaged, gatherFacts, type TransferFacts } from './transfer-facts.ts'
import { schoolOfFile } from './transfer-row.ts'

/** A transfer file comes from a school, for every virtual school that it speaks to; or from a virtual school's officer. */
export type TransferSender = {
  readonly from:
    | { readonly kind: 'school'; readonly school: number; readonly virtualSchools: readonly number[] }
    | { readonly kind: 'council'; readonly virtualSchool: number }
  readonly by: number | null
  readonly via: 'page' | 'command' | 'seed'
}

/** What is known of the whole file before it is read. */
export type TransferFile = { readonly name: string; readonly sha256: string; readonly bytes: number }

/** The last piece of a file, with what is known only at its end. */
export type TransferPiece = Piece<TransferPupil, TransferHeader | null> & {
  readonly end?: {
    readonly edition: string
    readonly findings: readonly Finding[]
    readonly notRead: readonly string[]
  }
}

type TransferPieces = AsyncGenerator<TransferPiece | { readonly outcome: 'refused'; readonly finding: Finding }, void>

export type ReceivedTransfer =
  | { readonly outcome: 'refused'; readonly finding: Finding }
  | {
      readonly outcome: 'staged'
      readonly delivery: string
      readonly imports: readonly string[]
      readonly rows: number
    }

/** Raised whenever the same transfer file would be matched or kept differently. */
export const transferConnectorEdition = '2'

/** A school's record of earlier years stands below what the school answers now and what the council's roll says. */
export const transferPrecedence = 40

const keptFor = 730

/** Pupils of one council that are written at a time: each time costs some commits, whatever it holds. */
const rowsTogether = 200

/** A file that turned out to be none, half way through. */
class Refused extends Error {
  readonly finding: Finding
  constructor(finding: Finding) {
    super(finding.code)
    this.finding = finding
  }
}

type Part = { readonly id: PublicId; readonly virtualSchool: number; rows: StagedRow[]; facts: TransferFacts }

/**
 * Receives a transfer file as it is read, piece by piece: pupils are matched by UPN with the children that the sender
 * may speak of and no further, and staged at once; the copy that may be kept is written alongside. Of a pupil whom a school's file names and nobody
 * here looks after, nothing is kept but the count. A file that turns out
 * to be unreadable leaves nothing at all.
 */
export const receiveTransfer = async (
  runtime: Runtime,
  file: TransferFile,
  pieces: AsyncIterable<TransferPiece | { readonly outcome: 'refused'; readonly finding: Finding }>,
  sender: TransferSender,
): Promise<ReceivedTransfer> => {
  const { db } = runtime
  const now = runtime.now()
  const known = new Map((await upnsFor(runtime, sender)).map((one) => [one.upn, one]))
  const own = sender.from.kind === 'council' ? sender.from.virtualSchool : 0
  const targets = own > 0 ? [own] : [...new Set([...known.values()].map(({ virtualSchool }) => virtualSchool))]
  const fallback = own > 0 ? own : (targets[0] ?? (sender.from.kind === 'school' ? sender.from.virtualSchools[0] : 0))
  if (!fallback) return { outcome: 'refused', finding: problem('TRANSFER_FOR_NOBODY') }
  const parts = (targets.length > 0 ? targets : [fallback]).map(
    (virtualSchool): Part => ({ id: newPublicId(), virtualSchool, rows: [], facts: new Map() }),
  )
  const id = newPublicId()
  const delivery = deliveryOf(id, file, sender, now, parts)
  // A row names its copy only once the copy is there.
  const stored = await beginStaging(db, { ...delivery, fileKey: null })
  const taken = new Set<number>()
  const copyOf = keptRows()
  let [rows, leftOut, factCount] = [0, 0, 0]
  let school = sender.from.kind === 'school' ? sender.from.school : undefined
  let ending: TransferPiece['end']
  let writing: Promise<void> = Promise.resolve()

  const gathered = () => {
    const added = parts.map((part) => {
      const facts = asStaged(part.facts)
      factCount += facts.reduce((sum, family) => sum + family.rows.length, 0)
      const piece = { rows: part.rows, fileFindings: [], facts }
      part.rows = []
      part.facts = new Map()
      return { id: part.id, piece }
    })
    if (factCount > runtime.config.publishRows)
      throw new Refused(problem('FILE_TOO_MANY_ANSWERS', { most: runtime.config.publishRows, found: factCount }))
    return added
  }

  async function* staging() {
    for await (const piece of pieces) {
      if (piece.outcome === 'refused') throw new Refused(piece.finding)
      if (piece.rows.length > 0 && school === undefined) school = await schoolOfFile(runtime, piece.head)
      const decided = new Map<number, boolean>()
      for (const pupil of piece.rows) {
        rows += 1
        const found = pupil.upn === null ? undefined : known.get(pupil.upn)
        decided.set(pupil.number, found !== undefined || own > 0)
        if (!found && own === 0) {
          leftOut += 1
          continue
        }
        const part = parts.find(({ virtualSchool }) => virtualSchool === found?.virtualSchool) ?? parts[0]
        if (!part) continue
        const row = rowOf(pupil, found, taken)
        part.rows.push(row)
        if (row.state === 'ready' && found)
          gatherFacts(part.facts, pupil, piece.head, { pupil: found.pupil, school: school ?? 0 })
      }
      ending = piece.end ?? ending
      if (parts.some((part) => part.rows.length >= rowsTogether)) {
        const added = gathered()
        // The next pieces are read while these rows are written.
        await writing
        writing = addAll(stored, added)
        writing.catch(() => undefined)
      }
      yield* copyOf(piece.kept, decided)
    }
    const added = gathered()
    await writing
    await addAll(stored, added)
  }

  try {
    const kept = await runtime.files.putParts(delivery.fileKey ?? '', staging())
    const [first] = parts
    if (first && ending) await stored.add(first.id, { rows: [], fileFindings: ending.findings, facts: [] })
    await db.commit([
      statement('update delivery set file_key = ?, kept_sha256 = ?, file_edition = ?, not_read = ? where id = ?', [
        delivery.fileKey,
        kept.sha256,
        ending?.edition ?? '',
        JSON.stringify(ending?.notRead ?? []),
        id,
      ]),
    ])
    await stored.finish({ rowsRead: rows, rowsUnchanged: 0, rowsLeftOut: leftOut })
    return { outcome: 'staged', delivery: id, imports: parts.map((part) => part.id), rows }
  } catch (thrown) {
    // What is on its way would come after the forgetting, and might meet a number that is another import's by then.
    await writing.catch(() => undefined)
    await db.commit(forgetDelivery(id))
    await runtime.files.remove(delivery.fileKey ?? '')
    if (thrown instanceof Refused) return { outcome: 'refused', finding: thrown.finding }
    throw thrown
  }
}

/** The pieces of a file that is read as its bytes come. */
export async function* transferPieces(chunks: AsyncIterable<Uint8Array>): TransferPieces {
  const stream = commonTransferFile.open()
  for await (const step of inSteps(chunks)) {
    const piece = stream.push(step)
    yield piece
    if (piece.outcome === 'refused') return
  }
  yield* wholeTransfer(stream.end())
}

/** A file that has been read whole, as one piece. */
export async function* wholeTransfer(parsed: ParsedStream<TransferPupil, TransferHeader | null>): TransferPieces {
  yield parsed.outcome === 'refused'
    ? parsed
    : { ...parsed, end: { edition: parsed.edition, findings: parsed.findings, notRead: parsed.notRead } }
}

const addAll = async (
  stored: Staging,
  added: readonly { readonly id: string; readonly piece: Parameters<Staging['add']>[1] }[],
) => {
  for (const { id, piece } of added) await stored.add(id, piece)
}

const problem = (code: string, parameters: Finding['parameters'] = {}): Finding => ({
  code,
  severity: 'error',
  at: {},
  parameters,
})

const upnsFor = async (runtime: Runtime, sender: TransferSender): Promise<readonly UpnInUse[]> => {
  const { query } = runtime.db
  if (sender.from.kind === 'council')
    return upnsOfCouncil(query, sender.from.virtualSchool, todayInLondon(runtime.now()))
  return upnsFollowed(query, intakeScope(runtime, sender.from.school, sender.from.virtualSchools, sender.by ?? 0))
}

const deliveryOf = (
  id: PublicId,
  file: TransferFile,
  sender: TransferSender,
  now: ReturnType<Runtime['now']>,
  parts: readonly Part[],
): StagedDelivery => {
  const school = sender.from.kind === 'school' ? sender.from.school : null
  return {
    id,
    connector: 'common-transfer-file',
    connectorEdition: transferConnectorEdition,
    fileEdition: '',
    fileName: file.name.slice(0, 200),
    sha256: file.sha256,
    bytes: file.bytes,
    fileKey: `delivery/${id}`,
    deleteOn: plusDays(todayInLondon(now), keptFor),
    school,
    sentBy: sender.by,
    sentAt: now,
    via: sender.via,
    rowsRead: 0,
    imports: parts.map((part) => ({
      id: part.id,
      virtualSchool: part.virtualSchool,
      round: null,
      school,
      precedence: transferPrecedence,
      rows: [],
      fileFindings: [],
      facts: [],
    })),
  }
}

/** A pupil as a row; one that nobody here looks after, which only an officer's own file brings, with what tells who it is. */
const rowOf = (pupil: TransferPupil, found: UpnInUse | undefined, taken: Set<number>): StagedRow => {
  const twice = found !== undefined && taken.has(found.pupil)
  if (found) taken.add(found.pupil)
  const findings: readonly Finding[] = twice
    ? [{ code: 'ROW_TWICE', severity: 'error', at: pupil.at, parameters: {} }, ...pupil.findings]
    : pupil.findings
  const held = findings.some(({ severity }) => severity === 'error')
  return {
    rowNumber: pupil.number,
    state: held ? 'held' : found ? 'ready' : 'unmatched',
    pupil: found?.pupil ?? null,
    sheet: null,
    reference: null,
    upnSent: pupil.upnSent?.text.slice(0, 40) ?? null,
    upnCell: null,
    surnameSent: !found ? pupil.surname.slice(0, 100) : null,
    forenameSent: !found ? pupil.forename.slice(0, 100) : null,
    bornSent: !found ? pupil.born : null,
    kind: found ? 'pupil' : 'unmatched',
    findings,
  }
}
