import type { MarksMapping, MarksRead } from '../../connectors/attendance-marks/rows.ts'
import type { SentFile } from '../../connectors/connector.ts'
import { readMarksCsv } from '../../connectors/registry.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { inSteps } from '../intake/in-steps.ts'
import { marksConnectorEdition, marksStep, type ReceivedMarks, receiveMarks } from '../intake/receive-marks.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { standingSame } from '../store/report.ts'
import { progressOf } from './progress.ts'
import { layoutFor, senderOf, targetOf } from './sender.ts'
import type { Call } from './settings.ts'
import { badGzip, countedChunks, isBadGzip, type StreamedFile } from './streamed-file.ts'
import type { Actor } from './who.ts'

/**
 * Brings one attendance file in as far as staged; a delivery of the same bytes that still stands whole is named instead.
 * `sent` is the file in memory where it cannot be read as it comes.
 */
export const stageMarks = async (
  runtime: NodeRuntime,
  call: Call,
  actor: Actor,
  source: StreamedFile,
  sent?: SentFile,
): Promise<ReceivedMarks | { readonly outcome: 'same'; readonly delivery: string }> => {
  const sender = await senderOf(runtime, call, actor)
  const { from } = sender
  const layout = await layoutFor<MarksMapping>(runtime, call, from, 'attendance-marks')
  const same = await standingSame(runtime.db.query, source.file.sha256, marksConnectorEdition, {
    ...targetOf(from),
    attendanceLayout: layout?.number ?? null,
  })
  if (same !== undefined) return { outcome: 'same', delivery: same }
  const progress = progressOf(words.counted.megabytes, call.given.json)
  const mapping = layout?.mapping ?? null
  const pieces = sent
    ? once(runtime.start({ name: 'parse-attendance-marks', file: sent, mapping }))
    : readMarksCsv(inSteps(countedChunks(source, progress.at), marksStep), mapping)
  const received = await receiveMarks(
    runtime,
    { ...source.file, layout: layout?.number ?? null, copied: true },
    pieces,
    sender,
  ).catch((problem: Error): ReceivedMarks => {
    if (!isBadGzip(problem)) throw problem
    return { outcome: 'refused', finding: badGzip(problem) }
  })
  progress.end()
  return received
}

async function* once(parsed: Promise<MarksRead>): AsyncGenerator<MarksRead> {
  yield await parsed
}
