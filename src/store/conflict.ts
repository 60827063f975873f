import { Conflict } from './db.ts'

/** A store's refusal as either engine words it. Neither engine's message holds a bound value. */
type Refusal = { readonly message: string; readonly code?: string }

/**
 * What a refused list of writes means: Conflict where a key was already taken or an assertion (the table `must`) did
 * not hold, otherwise the engine's own message, which is a bug or an outage.
 */
export const meaningOf = ({ message, code }: Refusal): Error => {
  if (/UNIQUE constraint failed|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)/.test(`${code ?? ''} ${message}`)) {
    return new Conflict('a key was already taken')
  }
  if (/CHECK constraint failed: (ok = 1|must)\b/.test(message)) return new Conflict('an assertion did not hold')
  // SQLite quotes SQL words by double quotes; single quotes could hold a piece of a value (a JSON path, for one).
  return new Error(`the store refused a write: ${message.replace(/'[^']*'/g, "'…'")}`)
}
