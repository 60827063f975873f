import { join } from 'node:path'
import { proveKills, vsx } from '../kills.ts'

/** Kills in a whole run. */
export const count = 50

/** Kills imports of one big return: after each the store is as before the import, or as after it. */
export const prove = (run: Parameters<typeof proveKills>[1]): ReturnType<typeof proveKills> => {
  const pupils = run.count >= 50 ? 5000 : 600
  return proveKills(
    {
      exports: 'returns',
      published: 'i.school_number is not null',
      staged:
        'select 1 from import_row r join import i on i.number = r.import_number where i.school_number is not null',
      make: (folder) => {
        const seeded = vsx(folder, 'seed', 'round', '--pupils', String(pupils), '--seed', '7')
        if (seeded.code !== 0) throw new Error(seeded.out)
        return { file: join(folder, 'seed', `round-${pupils}.xlsx`), words: `${pupils} pupils` }
      },
    },
    run,
  )
}
