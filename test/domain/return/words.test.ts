import { expect, test } from 'vitest'
import { items, sections } from '../../../src/domain/return/dictionary.ts'
import { itemWords, sectionWords, stateWords } from '../../../templates/words/en/items.ts'

const plain = (text: string) => text.toLowerCase().replace(/[\s_]+/g, '')
const headOf = (code: string) => itemWords[code]?.head ?? itemWords[code]?.label ?? ''

test('every item has words and no words stray', () => {
  expect(Object.keys(itemWords).sort()).toEqual(items.map((item) => item.code).sort())
})

test('column heads are short and no two are the same', () => {
  const heads = items.map((item) => headOf(item.code))
  expect(heads.filter((head) => head.length > 32 || head === '')).toEqual([])
  expect(new Set(heads.map(plain)).size).toBe(heads.length)
})

test('labels are unique, and every item says in one sentence how to answer', () => {
  const labels = items.map((item) => itemWords[item.code]?.label ?? '')
  expect(new Set(labels.map(plain)).size).toBe(labels.length)
  expect(items.map((item) => item.code).filter((code) => !/^[A-Z].*\.$/.test(itemWords[code]?.help ?? ''))).toEqual([])
})

test('every option of a choice has words, no words stray, and each reads back as one option only', () => {
  const states = Object.values(stateWords).map(plain)
  for (const item of items) {
    const words = itemWords[item.code]?.options
    if (item.type.kind !== 'choice') {
      expect(words, item.code).toBeUndefined()
      continue
    }
    expect(Object.keys(words ?? {}).sort(), item.code).toEqual([...item.type.options].sort())
    const meanings = new Map<string, string>()
    for (const [option, word] of Object.entries(words ?? {})) {
      // A comma would part a word in two in a workbook's own list.
      expect(word, `${item.code} ${option}`).not.toContain(',')
      expect(states, `${item.code} ${option}`).not.toContain(plain(word))
      for (const text of [plain(option), plain(word)]) {
        expect(meanings.get(text) ?? option, `${item.code} ${text}`).toBe(option)
        meanings.set(text, option)
      }
    }
    expect(new Set(Object.values(words ?? {}).map(plain)).size, item.code).toBe(item.type.options.length)
  }
})

test('every section and every state has words', () => {
  expect(Object.keys(sectionWords).sort()).toEqual([...sections].sort())
  expect(new Set(Object.values(stateWords).map(plain)).size).toBe(7)
})

test('nothing a person reads blames', () => {
  const read = items.flatMap((item) => {
    const words = itemWords[item.code]
    return [words?.label, words?.head, words?.help, ...Object.values(words?.options ?? {})]
  })
  expect(read.filter((text) => /\b(error|invalid|failed|warning|please note)\b|!/i.test(text ?? ''))).toEqual([])
})
