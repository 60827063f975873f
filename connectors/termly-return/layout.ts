import { items } from '../../src/domain/return/dictionary.ts'
import type { Item } from '../../src/domain/return/item.ts'
import { itemWords } from '../../templates/words/en/items.ts'
import { conditionWords, identityWords, workbookWords } from '../../templates/words/en/workbook.ts'
import type { ItemWords } from '../../templates/words/words.ts'
import { comparable } from '../format/text.ts'
import type { ReturnSheet } from './rows.ts'

/** The template's own name and version, inside every workbook that we write. */
export const template = { name: 'vsx-termly-return', version: 1 } as const

/** The columns that say whose row it is: locked, first, and the same in workbook and CSV. */
export const identityCodes = ['row_reference', 'council', 'due', 'surname', 'forename', 'date_of_birth', 'upn'] as const
export type IdentityCode = (typeof identityCodes)[number]

/** One column of a return, as both its writers and its reader see it. */
export type ReturnColumn = {
  readonly code: string
  readonly head: string
  readonly help: string
  /** When it is asked, in words: 'optional', 'if …'; empty where it is asked of everyone in the row. */
  readonly when: string
  /** Undefined for a column that says whose row it is. */
  readonly item?: Item
}

/** Words of an item; an item whose words are still to come is called by its code. */
export const wordsOf = (item: Item): ItemWords => itemWords[item.code] ?? { label: item.code, help: '' }

/** The head of an item's column. */
const headOf = (code: string): string => itemWords[code]?.head ?? itemWords[code]?.label ?? code

const whenOf = (item: Item): string => {
  if (item.when) {
    return conditionWords(item.when, {
      head: headOf,
      option: (code, option) => itemWords[code]?.options?.[option] ?? option,
    })
  }
  return item.need === 'optional' && !item.needIn && !item.needInYearGroup ? workbookWords.optional : ''
}

const itemColumn = (item: Item): ReturnColumn => ({
  code: item.code,
  head: headOf(item.code),
  help: wordsOf(item).help,
  when: whenOf(item),
  item,
})

const identityColumns: readonly ReturnColumn[] = identityCodes.map((code) => ({
  code,
  ...identityWords[code],
  when: '',
}))

/** Every column that a return may have. */
export const everyColumn: readonly ReturnColumn[] = [...identityColumns, ...items.map(itemColumn)]

const byCode = new Map(everyColumn.map((column) => [column.code, column]))

/** Heads and questions as they are compared; one that two columns share names neither. */
const byWords = (() => {
  const named = new Map<string, ReturnColumn | undefined>()
  for (const column of everyColumn) {
    const words = new Set([column.head, column.item ? wordsOf(column.item).label : column.head].map(comparable))
    for (const word of words) named.set(word, named.has(word) ? undefined : column)
  }
  return named
})()

/** The column with a code, as a codes row or a CSV header writes it. */
export const columnByCode = (code: string): ReturnColumn | undefined => byCode.get(comparable(code))

/** The column that a head row calls so: by its head or its whole question. */
export const columnByWords = (head: string): ReturnColumn | undefined => byWords.get(comparable(head))

/** The columns of one school's return: whose row it is, then every item asked of at least one pupil in it. */
export const columnsFor = (sheet: ReturnSheet): readonly ReturnColumn[] => {
  const asked = new Set(sheet.rows.flatMap((row) => [...row.asked.keys()]))
  return everyColumn.filter((column) => column.item === undefined || asked.has(column.code))
}
