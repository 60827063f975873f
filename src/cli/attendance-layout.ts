import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { marksColumns, totalsColumns } from '../../connectors/registry.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { newPublicId } from '../domain/identifiers.ts'
import { saveAttendanceLayout } from '../store/attendance-layouts.ts'
import { senderOf } from './sender.ts'
import { type Call, print, Stop, withStore } from './settings.ts'
import { actorOf } from './who.ts'

const heading = z.string().trim().min(1).max(200)
const mappings = {
  'attendance-marks': z.strictObject({
    columns: z.partialRecord(z.enum(marksColumns), heading),
    sessions: z.strictObject({ AM: z.array(heading).max(20), PM: z.array(heading).max(20) }).optional(),
  }),
  'attendance-totals': z.strictObject({
    columns: z.partialRecord(z.enum(totalsColumns), heading),
    basis: heading.optional(),
  }),
}

/** Saves what the columns of a contractor's or a school's attendance file are, as the next version of its name. */
export const attendanceLayout = (call: Call): Promise<number> => {
  const [verb, name, path] = call.rest
  if (verb !== 'save' || name === undefined || path === undefined || !existsSync(path))
    throw new Stop(64, words.needs('save, a name, and a file that is there'))
  const connector = call.given.as === 'attendance-totals' ? call.given.as : 'attendance-marks'
  const read = mappings[connector].safeParse(asJson(readFileSync(path, 'utf8')))
  if (!read.success)
    throw new Stop(2, words.layoutWrong(read.error.issues.map((issue) => issue.path.join('.')).join(', ')))
  return withStore(call, async (runtime) => {
    const { from, by } = await senderOf(runtime, call, await actorOf(runtime, call))
    await runtime.db.commit([
      saveAttendanceLayout(
        from,
        { name: name.trim().slice(0, 100), connector, mapping: JSON.stringify(read.data) },
        { id: newPublicId(), by, at: runtime.now() },
      ),
    ])
    print(words.layoutSaved(name, connector))
    return 0
  })
}

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
