import type { TotalPeriod, TotalsMapping, TotalsRead } from '../../connectors/attendance-totals/rows.ts'
import type { SentFile } from '../../connectors/connector.ts'
import { readTotalsCsv } from '../../connectors/registry.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { censusNamed } from '../domain/attendance/census.ts'
import { parsePlainDate } from '../domain/dates.ts'
import { inSteps } from '../intake/in-steps.ts'
import { marksStep } from '../intake/receive-marks.ts'
import { type ReceivedTotals, receiveTotals, totalsConnectorEdition } from '../intake/receive-totals.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { standingSame } from '../store/report.ts'
import { progressOf } from './progress.ts'
import { layoutFor, senderOf, targetOf } from './sender.ts'
import { type Call, Stop } from './settings.ts'
import { badGzip, countedChunks, isBadGzip, type StreamedFile } from './streamed-file.ts'
import type { Actor } from './who.ts'

/** The days that a call says the totals are of: by a census's name, or the first and the last. */
const periodOf = ({ given }: Call): TotalPeriod | null => {
  if (given.census !== undefined) {
    const period = censusNamed(given.census)
    if (!period || given.period !== undefined) throw new Stop(64, words.needs(words.census))
    return { firstDay: period.firstDay, lastDay: period.lastDay }
  }
  if (given.period === undefined) return null
  const [first = '', last = '', more] = given.period.split('..')
  const [firstDay, lastDay] = [parsePlainDate(first), parsePlainDate(last)]
  if (!firstDay || !lastDay || more !== undefined) throw new Stop(64, words.needs(words.period))
  return { firstDay, lastDay }
}

/**
 * Brings one file of totals in as far as staged; a delivery of the same bytes that still stands whole is named instead.
 * `sent` is the file in memory where it cannot be read as it comes.
 */
export const stageTotals = async (
  runtime: NodeRuntime,
  call: Call,
  actor: Actor,
  source: StreamedFile,
  sent?: SentFile,
): Promise<ReceivedTotals | { readonly outcome: 'same'; readonly delivery: string }> => {
  const sender = await senderOf(runtime, call, actor)
  const period = periodOf(call)
  const layout = await layoutFor<TotalsMapping>(runtime, call, sender.from, 'attendance-totals')
  const same = await standingSame(runtime.db.query, source.file.sha256, totalsConnectorEdition(period), {
    ...targetOf(sender.from),
    attendanceLayout: layout?.number ?? null,
  })
  if (same !== undefined) return { outcome: 'same', delivery: same }
  const progress = progressOf(words.counted.megabytes, call.given.json)
  const reading = { mapping: layout?.mapping ?? null, period }
  const pieces = sent
    ? once(runtime.start({ name: 'parse-attendance-totals', file: sent, reading }))
    : readTotalsCsv(inSteps(countedChunks(source, progress.at), marksStep), reading)
  const received = await receiveTotals(
    runtime,
    { ...source.file, layout: layout?.number ?? null, period },
    pieces,
    sender,
  ).catch((problem: Error): ReceivedTotals => {
    if (!isBadGzip(problem)) throw problem
    return { outcome: 'refused', finding: badGzip(problem) }
  })
  progress.end()
  return received
}

async function* once(parsed: Promise<TotalsRead>): AsyncGenerator<TotalsRead> {
  yield await parsed
}
