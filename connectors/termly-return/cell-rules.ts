import type { Item } from '../../src/domain/return/item.ts'
import { statesOf } from '../../src/domain/return/value.ts'
import { stateWords } from '../../templates/words/en/items.ts'
import { workbookWords } from '../../templates/words/en/workbook.ts'
import { columnLetters } from '../format/cell.ts'
import type { WrittenRule } from '../format/xlsx-write.ts'
import { type ReturnColumn, wordsOf } from './layout.ts'

/** What a cell of an item may hold, in the words that its reader knows: a choice's options, then the states. */
export const optionsOf = (item: Item): readonly string[] => {
  const words = wordsOf(item).options
  const options = item.type.kind === 'choice' ? item.type.options.map((code) => words?.[code] ?? code) : []
  return [...options, ...statesOf(item).map((state) => stateWords[state])]
}

/** The hidden sheet's columns: one list for each coded item, by the item's code. */
export const dropDownsFor = (columns: readonly ReturnColumn[]): readonly (readonly [string, readonly string[]])[] =>
  columns.flatMap(({ code, item }) => (item?.type.kind === 'choice' ? [[code, optionsOf(item)] as const] : []))

/** Days as a spreadsheet counts them: 1 January 1990 to 31 December 2099. */
const days = { from: '32874', to: '73050' } as const

/** The rules of a return's item cells: lists from the hidden sheet, and a question where a value is out of bounds. */
export const rulesFor = (
  columns: readonly ReturnColumn[],
  listSheet: string,
  rows: { readonly first: number; readonly last: number },
): readonly WrittenRule[] => {
  const lists = new Map(dropDownsFor(columns).map(([code, words], index) => [code, { index, count: words.length }]))
  return columns.flatMap(({ code, item }, index): WrittenRule[] => {
    if (!item) return []
    const letters = columnLetters(index)
    const range = `${letters}${rows.first}:${letters}${rows.last}`
    const rule = { range, allowBlank: true, showErrorMessage: true, errorStyle: 'warning' as const }
    const list = lists.get(code)
    if (!list) return [{ ...rule, ...boundsOf(item) }]
    const source = columnLetters(list.index)
    return [
      {
        ...rule,
        type: 'list',
        formula1: `${listSheet}!$${source}$2:$${source}$${list.count + 1}`,
        errorTitle: workbookWords.listTitle,
        errorMessage: workbookWords.listMessage,
      },
    ]
  })
}

type Bounds = Pick<WrittenRule, 'type' | 'operator' | 'formula1' | 'formula2' | 'errorTitle' | 'errorMessage'>

const boundsOf = ({ type }: Item): Bounds => {
  const { numberTitle, numberMessage, dateTitle, dateMessage, textTitle, textMessage } = workbookWords
  switch (type.kind) {
    case 'date':
      return {
        type: 'date',
        operator: 'between',
        formula1: days.from,
        formula2: days.to,
        errorTitle: dateTitle,
        errorMessage: dateMessage,
      }
    case 'text':
      return {
        type: 'textLength',
        operator: 'lessThanOrEqual',
        formula1: String(type.longest),
        errorTitle: textTitle,
        errorMessage: textMessage(type.longest),
      }
    case 'choice':
      return { type: 'textLength', operator: 'lessThanOrEqual', formula1: '200' }
    default: {
      const { from, to } = type.kind === 'pence' ? { from: 0, to: type.to / 100 } : type
      return {
        type: type.kind === 'integer' ? 'whole' : 'decimal',
        operator: 'between',
        formula1: String(from),
        formula2: String(to),
        errorTitle: numberTitle,
        errorMessage: numberMessage(String(from), String(to)),
      }
    }
  }
}
