import type { SentAnswer } from '../../connectors/termly-return/rows.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import type { PlainDate } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Answer, Item } from '../domain/return/item.ts'
import { readValue, statesOf, writeValue } from '../domain/return/value.ts'
import type { Draft } from '../store/drafts.ts'

/** Reads what a person typed at a question on screen as a cell of a file would be read, with what is to mend in it. */
export const readTyped = (
  item: Item,
  raw: string,
  today: PlainDate,
): { readonly answer: SentAnswer; readonly finding?: Finding } => {
  const at = { column: item.code }
  const reading = readValue(item.type, statesOf(item), raw, today, itemWords[item.code]?.options, stateWords)
  return 'problem' in reading
    ? {
        answer: { item: item.code, raw, state: 'unread', value: null, at },
        finding: { code: reading.problem, severity: 'error', at, parameters: reading.parameters },
      }
    : { answer: { item: item.code, raw, state: reading.state, value: reading.value, at } }
}

/** An answer in the words a person types and reads. */
export const inWords = (item: Item, answer: Answer): string =>
  writeValue(item.type, answer.state, answer.value, { options: itemWords[item.code]?.options, states: stateWords })

/** A draft as it would be read if it were sent now. */
export type DraftAnswer = { readonly draft: Draft; readonly answer?: Answer; readonly finding?: Finding }

const readDraft = (draft: Draft, today: PlainDate): DraftAnswer => {
  const item = itemOf(draft.item)
  if (!item || draft.raw === '') return { draft }
  const { answer, finding } = readTyped(item, draft.raw, today)
  return answer.state === 'unread'
    ? { draft, ...(finding ? { finding } : {}) }
    : { draft, answer: { state: answer.state, value: answer.value } }
}

const isSame = (one: Answer | undefined, other: Answer | undefined) =>
  one !== undefined && one.state === other?.state && one.value === other.value

/**
 * A pupil's drafts as they stand over what was sent: those that differ from it, and the answers there would be if they
 * were sent now. A draft taken back over a sent answer says nothing: the sent answer stands.
 */
export const draftsOver = (
  drafts: readonly Draft[],
  sent: ReadonlyMap<string, Answer>,
  today: PlainDate,
): {
  readonly live: ReadonlyMap<string, DraftAnswer>
  readonly versions: ReadonlyMap<string, Draft>
  readonly filled: ReadonlyMap<string, Answer>
} => {
  const live = new Map<string, DraftAnswer>()
  const filled = new Map(sent)
  for (const draft of drafts) {
    const one = readDraft(draft, today)
    if (draft.sent || isSame(one.answer, sent.get(draft.item)) || (draft.raw === '' && sent.has(draft.item))) continue
    live.set(draft.item, one)
    if (one.answer && one.answer.state !== 'cleared') filled.set(draft.item, one.answer)
    else if (one.answer) filled.delete(draft.item)
  }
  return { live, versions: new Map(drafts.map((draft) => [draft.item, draft])), filled }
}
