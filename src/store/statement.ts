import { CompiledQuery } from 'kysely'
import type { Statement } from './db.ts'

/** A write given as SQL text: for set-based statements that the query builder would only obscure. */
export const statement = (sql: string, parameters: readonly unknown[] = []): Statement => ({
  compile: () => CompiledQuery.raw(sql, [...parameters]),
})

type Value = string | number | null

/**
 * Inserts many rows of one shape by one JSON parameter a chunk, so that D1's limit of 100 parameters is never met. A
 * column that says the same in all rows is bound once beside it: taking a value out of JSON costs as much as storing it.
 * Chunks stay below a million bytes; `or ignore` makes a repeat harmless; `shared` are whole numbers for every row.
 */
export const insertMany = (
  into: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  {
    orIgnore = false,
    shared = {},
  }: { readonly orIgnore?: boolean; readonly shared?: Readonly<Record<string, number>> } = {},
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
  const bound = (value: Value | undefined) => (typeof value === 'number' ? 'cast(? as integer)' : '?')
  const values = [
    ...Object.values(shared).map(bound),
    ...columns.map((_, at) => (varies[at] ? `value ->> ${own.indexOf(at)}` : bound(first[at]))),
  ]
  const inAll = [...Object.values(shared), ...columns.flatMap((_, at) => (varies[at] ? [] : [first[at] ?? null]))]
  const names = [...Object.keys(shared), ...columns].join(', ')
  const sql = `insert ${orIgnore ? 'or ignore ' : ''}into ${into} (${names}) select ${values.join(', ')} from json_each(?)`
  return jsonChunks(rows.map((row) => own.map((at) => row[at] ?? null))).map((json) => statement(sql, [...inAll, json]))
}

const chunkBytes = 900_000

/** Rows written at a time: one by one costs more than what they say. */
const rowsTogether = 100

/** Rows as JSON arrays, each below the chunk size unless it is one row, in order. */
export const jsonChunks = (rows: readonly unknown[]): readonly string[] => {
  const chunks: string[] = []
  let current: string[] = []
  let bytes = 0
  const add = (some: readonly unknown[]) => {
    const json = JSON.stringify(some).slice(1, -1)
    // Three bytes a character is the most UTF-8 makes of a UTF-16 unit.
    const size = json.length * 3 + 1
    if (size > chunkBytes && some.length > 1) {
      for (const row of some) add([row])
      return
    }
    if (bytes + size > chunkBytes && current.length > 0) {
      chunks.push(`[${current.join(',')}]`)
      current = []
      bytes = 0
    }
    current.push(json)
    bytes += size
  }
  for (let at = 0; at < rows.length; at += rowsTogether) add(rows.slice(at, at + rowsTogether))
  if (current.length > 0) chunks.push(`[${current.join(',')}]`)
  return chunks
}

/** Undoes the whole list unless the count that the SQL selects is exactly one. */
export const assertOne = (countSql: string, parameters: readonly unknown[]): Statement =>
  statement(`insert into must (ok) ${countSql}`, parameters)
