import { StatementTooLarge } from './db.ts'

/** What the store can hold in one place: anything else reads back differently on one of the engines. */
export type StoredValue = string | number | null | Uint8Array

/** A built statement that D1 would take too: SQL text and the values it binds. */
export type CheckedStatement = { readonly sql: string; readonly parameters: readonly StoredValue[] }

/** D1's limits, kept on both engines. Found by trying local D1 and in Cloudflare's "D1 limits". */
const limits = { parameters: 100, sqlBytes: 100_000, valueBytes: 2_000_000, compoundTerms: 5 }

const encoder = new TextEncoder()

/**
 * Refuses a statement that D1 would refuse or that the two engines would read differently, on either engine, before it
 * is run. It says which parameter and never what is in it.
 */
export const checkLimits = (sql: string, parameters: readonly unknown[]): CheckedStatement => {
  if (!passed.has(sql)) checkText(sql)
  if (parameters.length > limits.parameters) {
    throw new StatementTooLarge(`${parameters.length} parameters, more than ${limits.parameters}: ${opening(sql)}`)
  }
  return { sql, parameters: parameters.map((value, index) => stored(value, index, sql)) }
}

/** Texts that were checked before; they are few, because values are bound. */
const passed = new Set<string>()

const checkText = (sql: string) => {
  if (longerThan(sql, limits.sqlBytes)) throw new StatementTooLarge(`SQL text of more than ${limits.sqlBytes} bytes`)
  const terms = mostCompoundTerms(sql)
  if (terms > limits.compoundTerms) {
    throw new StatementTooLarge(`${terms} selects joined, more than ${limits.compoundTerms}: ${opening(sql)}`)
  }
  if (passed.size >= 1000) passed.clear()
  passed.add(sql)
}

const stored = (value: unknown, index: number, sql: string): StoredValue => {
  const where = () => `parameter ${index + 1} of: ${opening(sql)}`
  if (value === null) return value
  if (typeof value === 'string') {
    if (longerThan(value, limits.valueBytes)) throw new StatementTooLarge(`text too long in ${where()}`)
    return value
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`not a finite number: ${where()}`)
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new TypeError(`integer too large: ${where()}`)
    return value
  }
  if (value instanceof Uint8Array) {
    if (value.byteLength > limits.valueBytes) throw new StatementTooLarge(`bytes too long in ${where()}`)
    return value
  }
  throw new TypeError(`only text, numbers, null and bytes are stored: ${where()}`)
}

/** The first words of the SQL, which never hold a value: values are bound. */
const opening = (sql: string) => sql.replace(/\s+/g, ' ').trim().slice(0, 60)

/** In UTF-8, as both engines count; most texts are settled without being encoded. */
const longerThan = (text: string, bytes: number) =>
  text.length > bytes || (text.length * 3 > bytes && encoder.encode(text).byteLength > bytes)

/** The most selects joined by union, intersect or except at one level of brackets. */
const mostCompoundTerms = (sql: string) => {
  if (!/\b(union|intersect|except)\b/i.test(sql)) return 1
  const words = sql.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[();,]|\w+/g) ?? []
  let most = 1
  const levels = [1]
  for (const word of words) {
    const level = levels.length - 1
    if (word === '(') levels.push(1)
    else if (word === ')' && level > 0) levels.pop()
    else if (word === ';') levels[level] = 1
    else if (/^(union|intersect|except)$/i.test(word)) {
      levels[level] = (levels[level] ?? 1) + 1
      most = Math.max(most, levels[level] ?? 1)
    }
  }
  return most
}
