import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Query } from '../store/db.ts'
import { type CheckedStatement, checkLimits } from '../store/limits.ts'
import type { Schema } from '../store/schema.ts'

/** Runs one checked read on an engine and gives its rows. */
export type ReadRows = (statement: CheckedStatement) => Promise<readonly unknown[]>

const writes = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode', 'MergeQueryNode'])

const connectionOf = (readRows: ReadRows): DatabaseConnection => ({
  executeQuery: async <Row>({ query, sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
    if (writes.has(query.kind)) throw new Error('a write is a value: give it to commit')
    return { rows: (await readRows(checkLimits(sql, parameters))) as Row[] }
  },
  // biome-ignore lint/correctness/useYield: Kysely asks for a generator; a page reads its rows at once.
  async *streamQuery() {
    throw new Error('reads are not streamed')
  },
})

const noTransactions = async () => {
  throw new Error('there are no transactions: give a list to commit')
}

/** The query builder over an engine that can only read: a write, a transaction or a too large statement is refused. */
export const readingQuery = (readRows: ReadRows): Query => {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connectionOf(readRows),
      beginTransaction: noTransactions,
      commitTransaction: noTransactions,
      rollbackTransaction: noTransactions,
      releaseConnection: async () => {},
      destroy: async () => {},
    }),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  return Object.assign(new Kysely<Schema>({ dialect }), {
    read: (sql: string, parameters: readonly unknown[]) => readRows(checkLimits(sql, parameters)),
  })
}
