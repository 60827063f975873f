import type { MarksRead, MarksRow } from '../../connectors/attendance-marks/rows.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { attendanceTables } from '../../src/attendance/tables.ts'
import type { PublicId } from '../../src/domain/identifiers.ts'
import { publishImports } from '../../src/intake/publish.ts'
import { receiveMarks } from '../../src/intake/receive-marks.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { addRouteLine } from '../../src/store/attendance-routes.ts'
import { importsAsChanges } from '../../src/store/report.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { statement } from '../../src/store/statement.ts'
import { addWaitingFile, refuseWaitingFile } from '../../src/store/waiting-files.ts'
import {
  type Council,
  childNamed,
  childNames,
  day,
  type Letter,
  markedOn,
  markOf,
  rollFile,
  schools,
  today,
} from './described.ts'
import { numberOfChild, urnOf } from './world-schools.ts'

const letters: readonly Letter[] = schools.map(({ letter }) => letter)

/** A council's contractor sends a mark of every child it looks after, at each school where the child is or was. */
export const bringInMarks = async (runtime: NodeRuntime, council: Council, virtualSchool: number): Promise<void> => {
  const marked = childNames
    .filter((name) => childNamed(name).council === council)
    .flatMap((name) =>
      letters.flatMap((at) => {
        const on = markedOn(name, at)
        return on === null ? [] : [{ name, at, on: day(on) }]
      }),
    )
  const rows = marked.map(
    ({ name, at, on }, index): MarksRow => ({
      ...{ number: index + 2, upn: '', reference: `RefQx${name}`, surname: '', forename: '', born: '' },
      school: urnOf(at),
      marks: [{ day: on, session: at === 'A' ? 'AM' : 'PM', code: markOf(name, at) }],
      findings: [],
      kept: `RefQx${name},${urnOf(at)},${on},${markOf(name, at)}`,
    }),
  )
  const received = await receiveMarks(
    runtime,
    { name: `${rollFile('marks', council)}.csv`, sha256: `marks${council}`, bytes: 1, layout: null, copied: true },
    (async function* (): AsyncGenerator<MarksRead, void> {
      yield { outcome: 'read', rows, grain: 'session', notRead: [] }
    })(),
    { from: { kind: 'council', virtualSchool }, by: null, via: 'page' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const parts = await importsAsChanges(runtime.db.query, received.delivery)
  await publishImports(
    runtime,
    parts.map((one) => ({ ...one, by: null, part: 'command' })),
  )
  const first = await schoolByUrn(runtime.db.query, today, urnOf('A'))
  for (const { name, at } of marked) {
    const school = await schoolByUrn(runtime.db.query, today, urnOf(at))
    await runtime.db.commit([
      statement(
        `insert into attendance_total (pupil_number, school_number, kind, first_day, last_day, possible, attended,
           authorised, unauthorised, basis, import_number, row_number)
         values (?, ?, 'census', ?, ?, '10', '9', '1', '0', ?, ?, 2)`,
        [
          ...[await numberOfChild(runtime, name), school?.number ?? 0, day(-80), day(-60)],
          ...[markOf(name, at), parts[0]?.number ?? 0],
        ],
      ),
    ])
  }
  await runtime.db.commit([
    addRouteLine(
      virtualSchool,
      {
        ...{ school: first?.number ?? 0, sequence: 1, how: 'file', every: 'weekly', usualDelay: 3, since: day(-90) },
        ...{ reason: `SettingQx${council}`, at: runtime.now() },
      },
      null,
    ),
  ])
}

/** A large file of each council's officer and of each school waits to be read; one of them was refused. */
export const letFilesWait = async (runtime: NodeRuntime): Promise<void> => {
  const waits = async (of: string, school: number | null, virtualSchool: number | null) =>
    runtime.db.commit([
      addWaitingFile({
        ...{ id: `waits${of}` as PublicId, school, virtualSchool, virtualSchools: '[]', sentBy: 1, layout: null },
        ...{ fileName: `WaitsQx${of}`, sha256: of, bytes: 1, sentAt: runtime.now(), opensWith: '' },
      }),
    ])
  for (const { number, laCode } of await virtualSchools(runtime.db.query)) await waits(laCode, null, number)
  for (const letter of letters) {
    const school = await schoolByUrn(runtime.db.query, today, urnOf(letter))
    await waits(letter, school?.number ?? 0, null)
  }
  await runtime.db.commit([
    refuseWaitingFile('waitsA', { code: 'FILE_NOT_READ_JUST_NOW', severity: 'error', at: {}, parameters: {} }),
  ])
}

/** Every council's attendance tables have been looked at. */
export const countTables = async (runtime: NodeRuntime): Promise<void> => {
  for (const { number } of await virtualSchools(runtime.db.query)) {
    const part = { kind: 'council', virtualSchool: number, role: 'head' } as const
    await attendanceTables(runtime, scopeFor(0, part, runtime.now()), number)
  }
}
