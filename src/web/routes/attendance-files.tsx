import { Hono } from 'hono'
import type { MarksRead } from '../../../connectors/attendance-marks/rows.ts'
import { isPlainText, readMarksCsv } from '../../../connectors/registry.ts'
import { paths } from '../../../templates/components/paths.ts'
import { attendanceFileWords as words } from '../../../templates/words/en/attendance-files.ts'
import { inSteps } from '../../intake/in-steps.ts'
import { marksStep, receiveMarks } from '../../intake/receive-marks.ts'
import { sha256 } from '../../intake/receive-return.ts'
import type { Web } from '../context.ts'
import { followed } from '../followed.ts'
import { type FilesOfAKind, receiveFiles, showFiles, useFile } from '../received-files.tsx'
import { only, signedIn } from '../viewer.ts'

/** Files of session marks from a school, or from a virtual school's officer for a contractor: the same page for both. */
export const attendanceFileRoutes = new Hono<Web>()
attendanceFileRoutes.use(paths.schoolAttendanceFiles, signedIn, only('answer returns'))
attendanceFileRoutes.use(`${paths.schoolAttendanceFiles}/*`, signedIn, only('answer returns'))
attendanceFileRoutes.use(paths.attendanceFiles, signedIn, only('run rounds'))
attendanceFileRoutes.use(`${paths.attendanceFiles}/*`, signedIn, only('run rounds'))

async function* once(parsed: Promise<MarksRead>): AsyncGenerator<MarksRead> {
  yield await parsed
}

const attendanceFiles: FilesOfAKind = {
  connector: 'attendance-marks',
  words,
  accept: '.csv,.xlsx,.xml,.txt',
  schoolPath: paths.schoolAttendanceFiles,
  councilPath: paths.attendanceFiles,
  placeOf: ({ line, sheet }) =>
    line === null ? words.wholeFile : sheet === null ? words.line(line) : words.lineOfSheet(line, sheet),
  take: async ({ var: { runtime } }, file, sender) => {
    const sent = { name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) }
    const described = { name: sent.name, sha256: await sha256(sent.bytes), bytes: sent.bytes.byteLength }
    const pieces = isPlainText(sent.bytes)
      ? readMarksCsv(inSteps([sent.bytes], marksStep), null)
      : once(runtime.start({ name: 'parse-attendance-marks', file: sent, mapping: null }))
    const received = await receiveMarks(runtime, { ...described, layout: null, copied: true }, pieces, sender)
    return received.outcome === 'refused' ? received.finding : undefined
  },
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
