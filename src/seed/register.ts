import type { MarksRead, MarksRow } from '../../connectors/attendance-marks/rows.ts'
import type { SessionMark } from '../domain/attendance/week.ts'
import type { PlainDate } from '../domain/dates.ts'
import type { MarksSender } from '../intake/marks-sender.ts'
import { publishImports } from '../intake/publish.ts'
import { receiveMarks } from '../intake/receive-marks.ts'
import type { Runtime } from '../runtime.ts'
import { importsAsChanges } from '../store/report.ts'
import type { Random } from './random.ts'

/** How a fictional child attends: out of a hundred sessions, and how often on a Friday afternoon. */
export type Habit = { readonly ill: number; readonly away: number; readonly late: number; readonly fridays: number }

/** How one child attends: Amara misses Friday afternoons, some are often ill, a few seldom come. */
export const habitOf = (forename: string, random: Random): Habit => {
  const turn = random()
  if (forename === 'Amara') return { ill: 0.02, away: 0, late: 0.02, fridays: 0.4 }
  if (turn < 0.06) return { ill: 0.1, away: 0.5, late: 0.02, fridays: 0.1 }
  if (turn < 0.24) return { ill: 0.05, away: 0.08, late: 0.05, fridays: 0.05 }
  return { ill: 0.025, away: 0.004, late: 0.02, fridays: 0 }
}

const present = { AM: '/', PM: '\\' } as const

/** The register of one child in one week at a school: ill for days on end, away for sessions. */
export const weekOfChild = (
  days: readonly PlainDate[],
  habit: Habit,
  random: Random,
  part: 'only' | 'main' | 'other',
): readonly SessionMark[] => {
  const illFrom = random() < habit.ill * 4 ? Math.floor(random() * 5) : 9
  const trip = random() < 0.02
  return days.flatMap((day) =>
    (['AM', 'PM'] as const).map((session): SessionMark => {
      const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
      const draws = [random(), random()] as const
      // At two schools: the first two days at the other one.
      if (part !== 'only' && weekday < 2 === (part === 'main')) return { day, session, code: 'D' }
      if (weekday >= illFrom && weekday <= illFrom + 2) return { day, session, code: 'I' }
      if (weekday === 4 && session === 'PM' && draws[0] < habit.fridays) return { day, session, code: 'O' }
      if (draws[0] < habit.away) return { day, session, code: draws[1] < 0.6 ? 'O' : 'C' }
      if (trip && weekday === 2) return { day, session, code: 'V' }
      if (draws[0] > 0.995) return { day, session, code: 'M' }
      if (session === 'AM' && draws[1] < habit.late) return { day, session, code: 'L' }
      return { day, session, code: present[session] }
    }),
  )
}

/** A child's week at a school as a line of an attendance file says it. */
export const registerRow = (
  number: number,
  child: { readonly upn: string; readonly reference: string },
  school: string,
  marks: readonly SessionMark[],
): MarksRow => ({ number, ...child, surname: '', forename: '', born: '', school, marks, findings: [], kept: '' })

/** Brings fictional marks in, piece by piece, through the same path as a real file, and publishes them. */
export const bringInMarks = async (
  runtime: Runtime,
  name: string,
  pieces: Iterable<readonly MarksRow[]>,
  sender: MarksSender,
): Promise<void> => {
  async function* read(): AsyncGenerator<MarksRead, void> {
    for (const rows of pieces) yield { outcome: 'read', rows, grain: 'week', notRead: [] }
  }
  const file = { name, sha256: '', bytes: 0, layout: null, copied: false }
  const received = await receiveMarks(runtime, file, read(), sender)
  if (received.outcome === 'refused') {
    if (received.finding.code === 'FILE_EMPTY') return
    throw new Error(`seed file ${name}: ${received.finding.code}`)
  }
  const parts = await importsAsChanges(runtime.db.query, received.delivery)
  await publishImports(
    runtime,
    parts.map((part) => ({ ...part, by: sender.by, part: 'seed' })),
  )
}
