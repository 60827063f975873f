import { Hono } from 'hono'
import { termlyReturn } from '../../../connectors/registry.ts'
import { paths } from '../../../templates/components/paths.ts'
import { attendanceFileWords as words } from '../../../templates/words/en/attendance-files.ts'
import { letFileWait } from '../../intake/waiting-file.ts'
import { waitingFiles } from '../../store/waiting-files.ts'
import { mayWait, periodSaid, readingFor, takeAttendance } from '../attendance-read.ts'
import type { Web } from '../context.ts'
import { followed } from '../followed.ts'
import { type FilesOfAKind, receiveFiles, showFiles, useFile } from '../received-files.tsx'
import { only, signedIn } from '../viewer.ts'
import { askForAttendanceColumns, totalDays } from './attendance-columns.tsx'

/** Files of marks or totals from a school, or from a virtual school's officer for a contractor: the same page for both. */
export const attendanceFileRoutes = new Hono<Web>()
attendanceFileRoutes.use(paths.schoolAttendanceFiles, signedIn, only('answer returns'))
attendanceFileRoutes.use(`${paths.schoolAttendanceFiles}/*`, signedIn, only('answer returns'))
attendanceFileRoutes.use(paths.attendanceFiles, signedIn, only('run rounds'))
attendanceFileRoutes.use(`${paths.attendanceFiles}/*`, signedIn, only('run rounds'))

const attendanceFiles: FilesOfAKind = {
  connectors: ['attendance-marks', 'attendance-totals'],
  words,
  accept: '.csv,.xlsx,.xml,.txt',
  schoolPath: paths.schoolAttendanceFiles,
  councilPath: paths.attendanceFiles,
  placeOf: ({ line, sheet }) =>
    line === null ? words.wholeFile : sheet === null ? words.line(line) : words.lineOfSheet(line, sheet),
  asked: (context, refused) => totalDays(context, refused.includes('TOTALS_PERIOD_UNKNOWN')),
  take: async (context, file, sender) => {
    const { runtime } = context.var
    const sent = { name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) }
    if (termlyReturn.recognises(sent))
      return { code: 'ATTENDANCE_IS_RETURN', severity: 'error', at: {}, parameters: {} }
    const period = periodSaid(context)
    if (period === undefined) return { code: 'TOTAL_PERIOD', severity: 'error', at: {}, parameters: {} }
    const reading = await readingFor(runtime, sent, sender)
    if (mayWait(runtime, sent, reading)) return letFileWait(runtime, sent, sender, reading.layout).then(() => undefined)
    return takeAttendance(runtime, sent, sender, reading, period)
  },
  waiting: ({ var: { runtime, viewer } }) => waitingFiles(runtime.db.query, viewer.scope),
  unclear: askForAttendanceColumns,
}

attendanceFileRoutes.get(paths.schoolAttendanceFiles, (context) => showFiles(context, attendanceFiles))
attendanceFileRoutes.post(paths.schoolAttendanceFiles, (context) =>
  followed(context, () => receiveFiles(context, attendanceFiles)),
)
attendanceFileRoutes.post(paths.schoolAttendanceFile(':upload'), (context) => useFile(context, attendanceFiles))
attendanceFileRoutes.get(paths.attendanceFiles, (context) => showFiles(context, attendanceFiles))
attendanceFileRoutes.post(paths.attendanceFiles, (context) =>
  followed(context, () => receiveFiles(context, attendanceFiles)),
)
attendanceFileRoutes.post(paths.attendanceFile(':upload'), (context) => useFile(context, attendanceFiles))
