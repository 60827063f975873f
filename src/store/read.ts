import { type Compilable, sql } from 'kysely'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'

type Value = string | number | null
type Values = Readonly<Record<string, Value | undefined>>

/** Where a value of one call goes in the text that all calls share. */
class Slot {
  readonly of: (scope: Scope | undefined, given: Values) => unknown

  constructor(of: Slot['of']) {
    this.of = of
  }

  // A text made from one caller's value would be kept for every other: a slot may be bound, and nothing else.
  [Symbol.toPrimitive](): never {
    throw new TypeError('a value is bound in a read, never looked at')
  }

  toJSON(): never {
    throw new TypeError('a list is given to a read as JSON text')
  }
}

const slot = (of: Slot['of']) => new Slot(of) as never

const personSlot = slot((scope) => scope?.person)
const todaySlot = slot((scope) => scope?.today)
const tailSlots: Scope['tail'] = {
  others: slot((scope) => scope?.tail.others),
  leavers: slot((scope) => scope?.tail.leavers),
}
const councilSlot = slot((scope) => (scope?.part.kind === 'council' ? scope.part.virtualSchool : undefined))

/** The scope as a read is built for it: the kind of part decides which conditions there are, its values are slots. */
const slotted = ({ part }: Scope): Scope => ({
  person: personSlot,
  today: todaySlot,
  part: part.kind === 'council' ? { ...part, virtualSchool: councilSlot } : part,
  tail: tailSlots,
})

type Built = { readonly sql: string; readonly parameters: readonly unknown[] }

const nameOf = (scope: Scope | undefined) => {
  if (!scope) return ''
  return scope.part.kind === 'council' ? scope.part.role : scope.part.kind
}

const bound = ({ sql, parameters }: Built, scope: Scope | undefined, given: Values): Built => ({
  sql,
  parameters: parameters.map((one) => (one instanceof Slot ? one.of(scope, given) : one)),
})

/** Gives what `build` builds, built once for each kind of part and choice of values that are there at all. */
const builtOnce = <Given extends Values>(
  build: (query: Query, scope: Scope | undefined, given: Given) => Compilable<unknown>,
) => {
  const known = new Map<string, Built>()
  return (query: Query, scope: Scope | undefined, given: Given): Built => {
    // A file is matched for councils that are a list: such a read is built for itself.
    if (scope?.part.kind === 'intake') return build(query, scope, given).compile()
    let key = nameOf(scope)
    for (const name in given) if (given[name] !== undefined) key += ` ${name}`
    let built = known.get(key)
    if (!built) {
      const slots = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [
          name,
          value === undefined ? undefined : slot((_, values) => values[name]),
        ]),
      )
      const { sql, parameters } = build(query, scope && slotted(scope), slots as Given).compile()
      built = { sql, parameters }
      known.set(key, built)
    }
    return bound(built, scope, given)
  }
}

const rowsOf = <Row>(query: Query, { sql, parameters }: Built) => query.read(sql, parameters) as Promise<readonly Row[]>

/**
 * A read for a viewer whose text is built once for each kind of part; each call only binds its values. `build` may
 * decide by the part's kind and role and by whether a value is given, never by a value.
 */
export const scopedRead = <Row, Given extends Values = Values>(
  build: (query: Query, scope: Scope, given: Given) => Compilable<Row>,
) => {
  const built = builtOnce<Given>((query, scope, given) => build(query, scope as Scope, given))
  return (query: Query, scope: Scope, given: Given): Promise<readonly Row[]> =>
    rowsOf<Row>(query, built(query, scope, given))
}

/** The same for what says nothing of a child: who asks decides nothing. */
export const openRead = <Row, Given extends Values = Values>(
  build: (query: Query, given: Given) => Compilable<Row>,
) => {
  const built = builtOnce<Given>((query, _, given) => build(query, given))
  return (query: Query, given: Given): Promise<readonly Row[]> => rowsOf<Row>(query, built(query, undefined, given))
}

/** Numbers or words as the one value that a read binds for all of them. */
export const asList = (all: readonly (number | string)[]): string => JSON.stringify(all)

/** The column holds one of a list that is given as `asList` makes it. */
export const isAmong = (column: string, list: string) =>
  sql<boolean>`${sql.ref(column)} in (select value from json_each(${list}))`
