import type { MarksMapping } from '../../connectors/attendance-marks/rows.ts'
import { readMarksCsv } from '../../connectors/registry.ts'
import type { WaitingOutcome } from '../background/job.ts'
import { plusMinutes } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { Conflict } from '../store/db.ts'
import { deliveryExists } from '../store/report.ts'
import { forgetDelivery } from '../store/transfer-match.ts'
import {
  addWaitingFile,
  beginWaitingFile,
  endWaitingFile,
  filesLeftWaiting,
  letWaitAgain,
  refuseWaitingFile,
  type WaitingFile,
  waitingFile,
  waitingKey,
} from '../store/waiting-files.ts'
import { inSteps } from './in-steps.ts'
import type { MarksSender } from './marks-sender.ts'
import { marksStep, receiveMarks } from './receive-marks.ts'
import { sha256 } from './receive-return.ts'
import { seal, unseal } from './seal.ts'

/** How often a file is begun before its sender is told that it cannot be read. */
const mostAttempts = 3

/** A reader that began so many minutes ago and has not ended was stopped. */
const longestReading = 15

/** The longest that a file may lie unread, in minutes. */
const longestWaiting = 24 * 60

/** Keeps a CSV file of session marks until a queue reads it, and asks for that. */
export const letFileWait = async (
  runtime: Runtime,
  file: { readonly name: string; readonly bytes: Uint8Array },
  sender: MarksSender & { readonly by: number },
  layout: number | null,
): Promise<void> => {
  const id = newPublicId()
  const { from } = sender
  const { sealed, opensWith } = await seal(file.bytes, id)
  await runtime.files.put(waitingKey(id), sealed)
  try {
    await runtime.db.commit([
      addWaitingFile({
        id,
        school: from.kind === 'school' ? from.school : null,
        virtualSchool: from.kind === 'council' ? from.virtualSchool : null,
        virtualSchools: JSON.stringify(from.kind === 'school' ? from.virtualSchools : []),
        sentBy: sender.by,
        sentAt: runtime.now(),
        fileName: file.name.slice(0, 200),
        sha256: await sha256(file.bytes),
        bytes: file.bytes.byteLength,
        layout,
        opensWith,
      }),
    ])
  } catch (problem) {
    // Without its row nobody would ever come for the bytes.
    await runtime.files.remove(waitingKey(id))
    throw problem
  }
  // The row says what is to be done: where the message is not taken, the clock asks again.
  await runtime.start({ name: 'read-waiting-file', id }).catch(() => undefined)
}

const senderOf = (file: WaitingFile): MarksSender => ({
  from:
    file.school === null
      ? { kind: 'council', virtualSchool: file.virtualSchool ?? 0 }
      : { kind: 'school', school: file.school, virtualSchools: JSON.parse(file.virtualSchools) as readonly number[] },
  by: file.sentBy,
  via: 'page',
})

const notRead: Finding = { code: 'FILE_NOT_READ_JUST_NOW', severity: 'error', at: {}, parameters: {} }

/** Ends the waiting of a file: its bytes go first, so that where that fails its row still asks for it. */
const endWaiting = async (runtime: Runtime, id: string, refusal?: Finding): Promise<WaitingOutcome> => {
  await runtime.files.remove(waitingKey(id))
  await runtime.db.commit([refusal ? refuseWaitingFile(id, refusal) : endWaitingFile(id)])
  return refusal ? 'refused' : 'staged'
}

/** Takes away what a reader that was stopped has left; true where it had staged the whole. */
const clearHalfRead = async ({ db, files }: Runtime, id: string): Promise<boolean> => {
  await db.commit(forgetDelivery(id))
  if (await deliveryExists(db.query, id)) return true
  await files.remove(`delivery/${id}`)
  return false
}

/**
 * Reads a file that waits as far as staged, or keeps why it is refused; either way its bytes are gone then. However often
 * it is asked for, a file is staged once: its delivery has the id under which it waited. Throws what stopped it, until it
 * has been begun too often.
 */
export const readWaitingFile = async (runtime: Runtime, id: string): Promise<WaitingOutcome> => {
  const { db, files } = runtime
  const file = await waitingFile(db.query, id)
  if (!file) return 'gone'
  const now = runtime.now()
  try {
    await db.commit(beginWaitingFile(id, now, plusMinutes(now, -longestReading)))
  } catch (problem) {
    if (problem instanceof Conflict) return 'elsewhere'
    throw problem
  }
  const end = (refusal?: Finding) => endWaiting(runtime, id, refusal)
  try {
    if (await clearHalfRead(runtime, id)) return await end()
    // Whoever began it as often as that was stopped by it, and could not say so.
    if (file.attempts >= mostAttempts) return await end(notRead)
    const sealed = await files.get(waitingKey(id))
    if (!sealed) return await end(notRead)
    const bytes = await unseal(sealed, id, file.opensWith)
    const received = await receiveMarks(
      runtime,
      {
        ...{ id: file.id, name: file.fileName, sha256: file.sha256, bytes: file.bytes },
        ...{ layout: file.layout, copied: true },
      },
      readMarksCsv(
        inSteps([bytes], marksStep),
        file.mapping === null ? null : (JSON.parse(file.mapping) as MarksMapping),
      ),
      senderOf(file),
    )
    return await end(received.outcome === 'refused' ? received.finding : undefined)
  } catch (problem) {
    if (file.attempts + 1 >= mostAttempts) return end(notRead)
    await db.commit([letWaitAgain(id)])
    throw problem
  }
}

/**
 * Asks again for files that nobody reads: a message of the queue may be lost, and a reader be stopped. What has waited for
 * a day is refused: a file that was sent whole may not lie for longer.
 */
export const askForWaitingFiles = async (runtime: Runtime): Promise<void> => {
  const now = runtime.now()
  for (const { id, sentAt } of await filesLeftWaiting(runtime.db.query, plusMinutes(now, -longestReading)))
    if (sentAt < plusMinutes(now, -longestWaiting))
      await endWaiting(runtime, id, (await clearHalfRead(runtime, id)) ? undefined : notRead)
    else await runtime.start({ name: 'read-waiting-file', id })
}
