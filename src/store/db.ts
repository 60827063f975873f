import type { Compilable, QueryCreator } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Builds any query and runs reads; `read` runs one whose text is there already. It has no transaction(): D1 cannot hold
 * one open.
 */
export type Query = QueryCreator<Schema> & {
  readonly read: (sql: string, parameters: readonly unknown[]) => Promise<readonly unknown[]>
}

/** A write that has been built but not run. */
export type Statement = Compilable

/**
 * The one way to the store: reads through `query`, writes as a list that happens whole or not at all. `commit` throws
 * Conflict where a key was already taken or an assertion did not hold, and gives nothing back: read after.
 */
export type Db = {
  readonly query: Query
  readonly commit: (statements: readonly Statement[]) => Promise<void>
}

/** Somebody else was first: a key was already taken, or what was asserted of the store no longer holds. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
}

/** A statement that D1 would refuse, found on either engine before it is run: a bug, never a user's doing. */
export class StatementTooLarge extends Error {
  override readonly name = 'StatementTooLarge'
}
