import { commandWords as words } from '../../templates/words/en/command.ts'
import {
  type ReceivedTransfer,
  receiveTransfer,
  transferConnectorEdition,
  transferPieces,
} from '../intake/receive-transfer.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { standingSame } from '../store/report.ts'
import { progressOf } from './progress.ts'
import { senderOf } from './sender.ts'
import type { Call } from './settings.ts'
import { badGzip, countedChunks, isBadGzip, type StreamedFile } from './streamed-file.ts'
import type { Actor } from './who.ts'

/** Brings one transfer file in as far as staged; a delivery of the same bytes that still stands whole is named instead. */
export const stageTransfer = async (
  runtime: NodeRuntime,
  call: Call,
  actor: Actor,
  source: StreamedFile,
): Promise<
  (ReceivedTransfer & { readonly school: number | null }) | { readonly outcome: 'same'; readonly delivery: string }
> => {
  const sender = await senderOf(runtime, call, actor)
  const { from } = sender
  const target =
    from.kind === 'school'
      ? { school: from.school, virtualSchools: from.virtualSchools }
      : { school: null, virtualSchools: [from.virtualSchool] }
  const same = await standingSame(runtime.db.query, source.file.sha256, transferConnectorEdition, target)
  if (same !== undefined) return { outcome: 'same', delivery: same }
  const progress = progressOf(words.counted.megabytes, call.given.json)
  const received = await receiveTransfer(
    runtime,
    source.file,
    transferPieces(countedChunks(source, progress.at)),
    sender,
  ).catch((problem: Error): ReceivedTransfer => {
    if (!isBadGzip(problem)) throw problem
    return { outcome: 'refused', finding: badGzip(problem) }
  })
  progress.end()
  return { ...received, school: target.school }
}
