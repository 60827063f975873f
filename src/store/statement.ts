import { CompiledQuery } from 'kysely'
import type { Statement } from './db.ts'

/** A write given as SQL text: for set-based statements that the query builder would only obscure. */
export const statement = (sql: string, parameters: readonly unknown[] = []): Statement => ({
  compile: () => CompiledQuery.raw(sql, [...parameters]),
})

/**
 * Inserts many rows of one shape by one JSON parameter a chunk, so that D1's limit of 100 parameters is never met. A
 * column that says the same in all rows is bound once beside it: taking a value out of JSON costs as much as storing it.
 * Chunks stay below a million bytes; `or ignore` makes a repeat harmless.
 */
export const insertMany = (
  into: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  { orIgnore = false }: { readonly orIgnore?: boolean } = {},
): readonly Statement[] => {
  const first = rows[0]
  if (!first) return []
  const varies = columns.map(
    (_, at) =>
      rows.some((row) => row[at] !== first[at]) || (typeof first[at] === 'number' && !Number.isInteger(first[at])),
  )
  // A row that says nothing of its own still has to be a row.
  if (!varies.includes(true)) varies[0] = true
  const own = columns.flatMap((_, at) => (varies[at] ? [at] : []))
  // A bound number arrives as a real: cast, it is what JSON would have given.
  const values = columns.map((_, at) =>
    varies[at] ? `value ->> ${own.indexOf(at)}` : typeof first[at] === 'number' ? 'cast(? as integer)' : '?',
  )
  const shared = columns.flatMap((_, at) => (varies[at] ? [] : [first[at] ?? null]))
  const sql = `insert ${orIgnore ? 'or ignore ' : ''}into ${into} (${columns.join(', ')}) select ${values.join(', ')} from json_each(?)`
  return jsonChunks(rows.map((row) => own.map((at) => row[at] ?? null))).map((json) =>
    statement(sql, [...shared, json]),
  )
}

const chunkBytes = 900_000

/** Rows as JSON arrays, each below the chunk size, in order. */
export const jsonChunks = (rows: readonly unknown[]): readonly string[] => {
  const chunks: string[] = []
  let current: string[] = []
  let bytes = 0
  for (const row of rows) {
    const json = JSON.stringify(row)
    // Three bytes a character is the most UTF-8 makes of a UTF-16 unit.
    const size = json.length * 3 + 1
    if (bytes + size > chunkBytes && current.length > 0) {
      chunks.push(`[${current.join(',')}]`)
      current = []
      bytes = 0
    }
    current.push(json)
    bytes += size
  }
  if (current.length > 0) chunks.push(`[${current.join(',')}]`)
  return chunks
}

/** Undoes the whole list unless the count that the SQL selects is exactly one. */
export const assertOne = (countSql: string, parameters: readonly unknown[]): Statement =>
  statement(`insert into must (ok) ${countSql}`, parameters)
