import type { MarksMapping, MarksRead } from '../../connectors/attendance-marks/rows.ts'
import type { TotalPeriod, TotalsMapping, TotalsRead } from '../../connectors/attendance-totals/rows.ts'
import type { SentFile } from '../../connectors/connector.ts'
import {
  attendanceMarks,
  attendanceTotals,
  isPlainText,
  readMarksCsv,
  readTotalsCsv,
} from '../../connectors/registry.ts'
import { censusNamed } from '../domain/attendance/census.ts'
import { parseTypedDate } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { inSteps } from '../intake/in-steps.ts'
import { marksStep, receiveMarks } from '../intake/receive-marks.ts'
import { sha256 } from '../intake/receive-return.ts'
import { receiveTotals } from '../intake/receive-totals.ts'
import type { Runtime } from '../runtime.ts'
import { attendanceLayoutsOf } from '../store/attendance-layouts.ts'
import type { WebContext } from './context.ts'
import { field } from './form-field.ts'
import type { FileSender } from './received-files.tsx'

/** How one attendance file is read: what it holds, and the saved layout that says what its columns are. */
export type AttendanceReading = { readonly layout: number | null } & (
  | { readonly connector: 'attendance-marks'; readonly mapping: MarksMapping | null }
  | { readonly connector: 'attendance-totals'; readonly mapping: TotalsMapping | null }
)

/** The days that a form says totals are of; null where it says none, undefined where what it says is no period. */
export const periodSaid = (context: WebContext): TotalPeriod | null | undefined => {
  const [census, from, to] = ['census', 'from', 'to'].map((name) => field(context, name)) as [string, string, string]
  if (census !== '') {
    const period = censusNamed(census)
    return period && { firstDay: period.firstDay, lastDay: period.lastDay }
  }
  if (from === '' && to === '') return null
  const [firstDay, lastDay] = [parseTypedDate(from), parseTypedDate(to)]
  return firstDay && lastDay && firstDay <= lastDay ? { firstDay, lastDay } : undefined
}

/** A saved layout that fits a file, else what its headings say by themselves. */
export const readingFor = async (runtime: Runtime, file: SentFile, sender: FileSender): Promise<AttendanceReading> => {
  for (const { number, connector, mapping } of await attendanceLayoutsOf(runtime.db.query, sender.from)) {
    if (connector === 'attendance-marks') {
      const marks = JSON.parse(mapping) as MarksMapping
      if (attendanceMarks.recognises(file, marks)) return { layout: number, connector, mapping: marks }
    } else {
      const totals = JSON.parse(mapping) as TotalsMapping
      if (attendanceTotals.recognises(file, totals)) return { layout: number, connector, mapping: totals }
    }
  }
  const totals = !attendanceMarks.recognises(file) && attendanceTotals.recognises(file)
  return { layout: null, connector: totals ? 'attendance-totals' : 'attendance-marks', mapping: null }
}

/** Whether a file is long enough to be read after the page has answered: marks as CSV, whose headings are known. */
export const mayWait = (runtime: Runtime, file: SentFile, reading: AttendanceReading): boolean =>
  file.bytes.byteLength > (runtime.config.waitingBytes ?? Number.POSITIVE_INFINITY) &&
  reading.connector === 'attendance-marks' &&
  isPlainText(file.bytes) &&
  attendanceMarks.recognises(file, reading.mapping)

async function* once<Read>(parsed: Promise<Read>): AsyncGenerator<Read> {
  yield await parsed
}

/** A file's marks as they are read. */
export const marksIn = (runtime: Runtime, file: SentFile, mapping: MarksMapping | null): AsyncIterable<MarksRead> =>
  isPlainText(file.bytes)
    ? readMarksCsv(inSteps([file.bytes], marksStep), mapping)
    : once(runtime.start({ name: 'parse-attendance-marks', file, mapping }))

/** A file's totals as they are read. */
export const totalsIn = (
  runtime: Runtime,
  file: SentFile,
  reading: { readonly mapping: TotalsMapping | null; readonly period: TotalPeriod | null },
): AsyncIterable<TotalsRead> =>
  isPlainText(file.bytes)
    ? readTotalsCsv(inSteps([file.bytes], marksStep), reading)
    : once(runtime.start({ name: 'parse-attendance-totals', file, reading }))

/** Reads one attendance file as far as staged; gives why it cannot be read. */
export const takeAttendance = async (
  runtime: Runtime,
  file: SentFile,
  sender: FileSender,
  reading: AttendanceReading,
  period: TotalPeriod | null,
): Promise<Finding | undefined> => {
  const described = { name: file.name, sha256: await sha256(file.bytes), bytes: file.bytes.byteLength }
  const { layout } = reading
  const received =
    reading.connector === 'attendance-marks'
      ? await receiveMarks(
          runtime,
          { ...described, layout, copied: true },
          marksIn(runtime, file, reading.mapping),
          sender,
        )
      : await receiveTotals(
          runtime,
          { ...described, layout, period },
          totalsIn(runtime, file, { mapping: reading.mapping, period }),
          sender,
        )
  return received.outcome === 'refused' ? received.finding : undefined
}
