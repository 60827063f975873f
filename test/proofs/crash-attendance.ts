import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { mondayOf } from '../../src/domain/attendance/week.ts'
import { plusDays } from '../../src/domain/dates.ts'
import { pick, randomFrom } from '../../src/seed/random.ts'
import { proveKills, vsx } from '../kills.ts'

/** Kills in a whole run. */
export const count = 50

const days = 190
const codes = ['/', '/', '/', '/', 'L', 'I', 'N', 'C2', 'B', 'X']

/** A year's marks of every child of a store, a day after the other, as a contractor's CSV. */
const writeMarks = (folder: string): { readonly file: string; readonly marks: number } => {
  const store = new Database(join(folder, 'store.sqlite'), { readonly: true })
  const upns = store.prepare("select value from pupil_identifier where kind = 'upn' order by 1").pluck().all()
  store.close()
  const random = randomFrom(3)
  const lines = ['UPN,Date,Session,Mark']
  for (let at = 0; at < days; at += 1) {
    const day = plusDays(mondayOf(2904 + Math.floor(at / 5)), at % 5)
    for (const upn of upns)
      for (const session of ['AM', 'PM']) lines.push(`${upn},${day},${session},${pick(random, codes)}`)
  }
  const file = join(folder, 'marks.csv')
  writeFileSync(file, lines.join('\n'))
  return { file, marks: lines.length - 1 }
}

/** Kills imports of 100,000 session marks: after each the store is as before the import, or as after it. */
export const prove = (run: Parameters<typeof proveKills>[1]): ReturnType<typeof proveKills> =>
  proveKills(
    {
      exports: 'attendance',
      published: 'exists (select 1 from mark_week_fact m where m.import_number = i.number)',
      staged: 'select 1 from mark_week_fact',
      make: (folder) => {
        const seeded = vsx(folder, 'seed', 'round', '--pupils', '264', '--seed', '7')
        if (seeded.code !== 0) throw new Error(seeded.out)
        const { file, marks } = writeMarks(folder)
        return { file, words: `${marks} marks` }
      },
    },
    run,
  )
