import type { D1Database } from '@cloudflare/workers-types'
import { meaningOf } from '../../store/conflict.ts'
import type { Db } from '../../store/db.ts'
import { checkLimits } from '../../store/limits.ts'
import { readingQuery } from '../read-dialect.ts'

/** The store on D1: a list of writes is one batch, which D1 runs in order in one transaction. */
export const batchDb = (d1: D1Database): Db => ({
  query: readingQuery(async ({ sql, parameters }) => {
    const { results } = await d1
      .prepare(sql)
      .bind(...parameters)
      .all()
    return results
  }),
  commit: async (list) => {
    const statements = list.map((statement) => {
      const compiled = statement.compile()
      const { sql, parameters } = checkLimits(compiled.sql, compiled.parameters)
      return d1.prepare(sql).bind(...parameters)
    })
    if (statements.length === 0) return
    try {
      await d1.batch(statements)
    } catch (error) {
      throw meaningOf({ message: error instanceof Error ? error.message : 'no reason given' })
    }
  },
})
