import { itemOf } from '../domain/return/dictionary.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import { type ForReturns, recordForReturns } from '../store/transfer-record.ts'

type Result = Extract<ForReturns, { readonly kind: 'result' }>

/** Which question of a return a result answers: only those whose codes in a transfer file are confirmed. */
const itemOfResult = ({ stage, subject, method, component, qualifier }: Result): string | undefined => {
  if (component === 'MTC' && qualifier === 'MT') return 'multiplication_tables_check'
  if (stage === 'KS2' && subject === 'ENG' && method === 'TA' && component === 'WRI') return 'ks2_writing'
  return undefined
}

const isAnswer = (item: string, value: string): boolean => {
  const type = itemOf(item)?.type
  return type?.kind === 'choice' && type.options.includes(value)
}

/** What a school's own transfer files answer already of what a return asks, by pupil and school and then by item. */
export const knownFromTransfers = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> => {
  const known = new Map<string, Map<string, string>>()
  const say = (one: { readonly pupil: number; readonly school: number }, item: string, value: string) => {
    if (!isAnswer(item, value)) return
    const key = `${one.pupil}/${one.school}`
    known.set(key, (known.get(key) ?? new Map<string, string>()).set(item, value))
  }
  for (const one of await recordForReturns(query, scope, pupils)) {
    if (one.kind === 'stated') {
      if (one.name === 'sen' || one.name === 'year_group') say(one, one.name, one.value)
      continue
    }
    const item = itemOfResult(one)
    if (item) say(one, item, one.result)
  }
  return known
}
