import type { TransferHeader, TransferPupil } from '../../connectors/common-transfer-file/rows.ts'
import { commonTransferFile } from '../../connectors/registry.ts'
import { parseUrn } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { schoolNumbersByUrn } from '../store/schools.ts'
import { inSteps } from './in-steps.ts'
import type { StagedFacts } from './stage.ts'
import { asStaged, gatherFacts, type TransferFacts } from './transfer-facts.ts'

/** The school whose record a file is, by its number, where the file names one we know by its URN; else 0. */
export const schoolOfFile = async (runtime: Runtime, head: TransferHeader | null): Promise<number> => {
  const urn = head?.source ? parseUrn(head.source.urn) : undefined
  if (!urn) return 0
  return (await schoolNumbersByUrn(runtime.db.query, [urn])).get(urn) ?? 0
}

const rowIn = async (bytes: Uint8Array, rowNumber: number) => {
  const stream = commonTransferFile.open()
  let head: TransferHeader | null = null
  let found: TransferPupil | undefined
  const take = (piece: ReturnType<typeof stream.push>) => {
    if (piece.outcome === 'refused') return
    head = piece.head ?? head
    found ??= piece.rows.find(({ number }) => number === rowNumber)
  }
  for await (const step of inSteps([bytes])) {
    take(stream.push(step))
    if (found) break
  }
  if (!found) take(stream.end())
  return found && { pupil: found, head }
}

/**
 * What a transfer file says in a row that fitted nobody when it came, as facts of the pupil whom a person has named: read
 * again from the kept copy. Undefined where the copy is gone or has no such row.
 */
export const transferFactsOfRow = async (
  runtime: Runtime,
  fileKey: string | null,
  rowNumber: number,
  pupil: number,
): Promise<readonly StagedFacts[] | undefined> => {
  const bytes = fileKey === null ? undefined : await runtime.files.get(fileKey)
  const row = bytes && (await rowIn(bytes, rowNumber))
  if (!row) return undefined
  const facts: TransferFacts = new Map()
  gatherFacts(facts, row.pupil, row.head, { pupil, school: await schoolOfFile(runtime, row.head) })
  return asStaged(facts)
}
