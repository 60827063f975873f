import { comparable } from '../../connectors/registry.ts'
import type { Mapping } from '../../connectors/school-layout/rows.ts'
import { identityTargets, type LookedAt } from '../../connectors/school-layout/rows.ts'
import type { Option } from '../../templates/components/form.tsx'
import type { CarriedOn } from '../../templates/pages/layout-columns.tsx'
import type { WordsAsked } from '../../templates/pages/layout-words.tsx'
import { itemWords, sectionWords } from '../../templates/words/en/items.ts'
import { layoutWords } from '../../templates/words/en/layout.ts'
import { answerStateWords } from '../../templates/words/en/states.ts'
import { itemOf, items } from '../domain/return/dictionary.ts'
import { statesOf } from '../domain/return/value.ts'
import { type LayoutSaid, type WordsToMap, wordsToMap } from '../returns/layouts.ts'
import type { WebContext } from './context.ts'
import { field } from './form-field.ts'

/** What a column or question is called. */
export const questionOf = (target: string): string =>
  layoutWords.identity[target] ?? itemWords[target]?.head ?? itemWords[target]?.label ?? target

/** What a column may be: whose row it is, or a question asked of one of the school's pupils now. */
export const targetOptions = (asked: ReadonlySet<string>): readonly Option[] => [
  ...identityTargets.map((value) => ({
    value,
    text: layoutWords.identity[value] ?? value,
    group: layoutWords.whose,
  })),
  ...items
    .filter(({ code }) => asked.has(code))
    .map(({ code, section }) => ({ value: code, text: questionOf(code), group: sectionWords[section] })),
]

/** What the pages carry on of the request itself. */
export const carriedOn = (context: WebContext): CarriedOn => ({
  file: field(context, 'file'),
  fileName: field(context, 'fileName').slice(0, 200),
  school: field(context, 'school'),
  layout: field(context, 'layout'),
  sheet: field(context, 'sheet'),
  headRow: field(context, 'headRow'),
})

const wordField = (item: string, index: number) => `w-${item}-${index}`

/** What the form says of columns and words; `offered` stands where it says nothing yet. */
export const saidIn = (context: WebContext, looked: LookedAt, offered: LayoutSaid): LayoutSaid => {
  const { form } = context.var
  const targets = new Map(
    looked.columns.map(({ index }) => {
      const said = form.get(`c-${index}`)
      return [index, typeof said === 'string' ? said : (offered.targets.get(index) ?? '')] as const
    }),
  )
  const meanings = new Map([...offered.meanings].map(([item, words]) => [item, new Map(words)]))
  for (const column of looked.columns) {
    const item = targets.get(column.index) ?? ''
    column.words.forEach(({ word }, index) => {
      const said = form.get(wordField(item, index))
      if (typeof said !== 'string') return
      const words = meanings.get(item) ?? new Map<string, string>()
      words.set(comparable(word), said)
      meanings.set(item, words)
    })
  }
  const rows: Mapping['rows'] = field(context, 'rows') === 'looked_after' ? 'looked_after' : 'whole_school'
  return { targets, meanings, rows: form.has('rows') ? rows : offered.rows }
}

/** What was said of the columns, as fields that carry it on. */
export const saidColumns = ({ targets, rows }: LayoutSaid): readonly (readonly [string, string])[] => [
  ...[...targets].map(([index, target]) => [`c-${index}`, target] as const),
  ['rows', rows],
]

/** What was said of the words, as fields that carry it on. */
export const saidWords = (looked: LookedAt, said: LayoutSaid): readonly (readonly [string, string])[] =>
  looked.columns.flatMap((column) => {
    const item = said.targets.get(column.index) ?? ''
    const known = said.meanings.get(item)
    return column.words.flatMap(({ word }, index) => {
      const meaning = known?.get(comparable(word))
      return meaning === undefined ? [] : [[wordField(item, index), meaning] as const]
    })
  })

const optionsOf = ({ item }: WordsToMap): readonly Option[] => [
  ...(item.type.kind === 'choice' ? item.type.options : []).map((value) => ({
    value,
    text: itemWords[item.code]?.options?.[value] ?? value,
  })),
  ...statesOf(item).flatMap((state) =>
    state === 'cleared' || state === 'given'
      ? []
      : [{ value: state, text: answerStateWords[state], group: layoutWords.otherAnswers }],
  ),
]

/** The words of each column with a list of answers, as the page asks for them. */
export const wordsAsked = (looked: LookedAt, said: LayoutSaid): readonly WordsAsked[] =>
  wordsToMap(looked, said).map((one) => ({
    item: one.item.code,
    question: questionOf(one.item.code),
    head: one.column.head,
    letters: one.column.letters,
    tooMany: one.words.length === 0,
    words: one.words.map(({ word, count, meaning }, index) => ({
      field: wordField(one.item.code, index),
      word,
      count,
      meaning: meaning ?? '-',
    })),
    options: optionsOf(one),
  }))

/** What a saved word means, in words. */
export const meaningWords = (item: string, meaning: string): string => {
  if (meaning === '') return layoutWords.saysNothing
  const state = Object.entries(answerStateWords).find(([code]) => code === meaning)?.[1]
  return itemOf(item) ? (itemWords[item]?.options?.[meaning] ?? state ?? meaning) : meaning
}
