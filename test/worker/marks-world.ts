import { applyD1Migrations, env } from 'cloudflare:test'
import { configFor } from '../../src/config.ts'
import { mondayOf } from '../../src/domain/attendance/week.ts'
import { plusDays } from '../../src/domain/dates.ts'
import { attendanceExport } from '../../src/exports/attendance.ts'
import { openWorkerRuntime } from '../../src/runtime/worker/open.ts'
import type { Runtime } from '../../src/runtime.ts'
import { addVirtualSchools } from '../../src/seed/demo.ts'
import { csvFile, fictionalUpn } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { virtualSchools } from '../../src/store/schools.ts'

/** Children of the world's virtual school: with 190 days they have just less than 100,000 marks. */
export const pupils = 263
const days = 190

/** The runtime of a request in workerd, over the bindings of the test. */
export const workerRuntime = (queue?: typeof env.WAITING): Runtime =>
  openWorkerRuntime({
    database: env.DB,
    bucket: env.FILES,
    config: configFor('http://127.0.0.1:8787', 'd1'),
    sendEmail: async () => undefined,
    waitUntil: () => undefined,
    ...(queue ? { queue } : {}),
  })

/** A store in D1 with one virtual school whose children go to one school. */
export const marksWorld = async (): Promise<{ readonly runtime: Runtime; readonly virtualSchool: number }> => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const runtime = workerRuntime()
  await runtime.db.commit(addVirtualSchools([{ laCode: '991', name: 'Wendlemoor', mailbox: 'vs@d1.example' }]))
  const virtualSchool = (await virtualSchools(runtime.db.query))[0]?.number ?? 0
  const bring = (name: string, rows: readonly (readonly (string | null)[])[]) =>
    bringInRoll(runtime, virtualSchool, csvFile(name, rows))
  await bring('schools.csv', [
    ['urn', 'school_name', 'phase', 'la_code', 'country'],
    ['900501', 'Aldermoor', 'all-through', '991', 'England'],
  ])
  const children = Array.from({ length: pupils }, (_, index) => index + 1)
  await bring('pupils.csv', [
    ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'care_first_day'],
    ...children.map((number) => [
      ...[`P-${number}`, fictionalUpn('991', number), 'Qx', 'Zed', '2012-02-01', '8'],
      '2020-01-01',
    ]),
  ])
  await bring('places.csv', [
    ['child_reference', 'urn', 'first_day', 'enrolment_status', 'confirmed_how'],
    ...children.map((number) => [`P-${number}`, '900501', '2023-09-01', 'C', 'call']),
  ])
  return { runtime, virtualSchool }
}

const marks = ['/', '\\', 'L', 'I', 'N', 'C2', 'X01', 'B']

/** A year's marks day by day, and each as the export has it: child, day and session. */
export const yearOf = (children: number) => {
  const lines = ['UPN,Date,Session,Mark']
  const expected = new Map<string, string>()
  for (let at = 0; at < days; at += 1) {
    const day = plusDays(mondayOf(2904 + Math.floor(at / 5)), at % 5)
    for (let child = 1; child <= children; child += 1)
      for (const session of ['AM', 'PM']) {
        const mark = marks[(child * 7 + at * 3 + (session === 'AM' ? 0 : 1)) % marks.length] ?? '/'
        lines.push(`${fictionalUpn('991', child)},${day},${session},${mark}`)
        expected.set(`P-${child} ${day} ${session}`, mark)
      }
  }
  return { bytes: new TextEncoder().encode(lines.join('\n')), lines: lines.length - 1, expected }
}

/** The marks that stand, each by child, day and session. */
export const marksStanding = async (runtime: Runtime): Promise<ReadonlyMap<string, string>> => {
  const [, ...rows] = await attendanceExport(runtime.db.query)
  const found = new Map<string, string>()
  for (const row of rows)
    for (let slot = 0; slot < 14; slot += 1) {
      const mark = row[4 + slot]
      const day = plusDays(row[2] as ReturnType<typeof plusDays>, Math.floor(slot / 2))
      if (mark) found.set(`${row[1]} ${day} ${slot % 2 === 0 ? 'AM' : 'PM'}`, mark)
    }
  return found
}
