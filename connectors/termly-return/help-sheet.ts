import type { Item } from '../../src/domain/return/item.ts'
import { everyState } from '../../src/domain/return/value.ts'
import { sectionWords, stateWords } from '../../templates/words/en/items.ts'
import { workbookWords } from '../../templates/words/en/workbook.ts'
import type { WrittenCell, WrittenSheet } from '../format/xlsx-write.ts'
import { type ReturnColumn, wordsOf } from './layout.ts'
import type { ReturnSheetRow } from './rows.ts'
import { styles } from './styles.ts'

const words = workbookWords.help

/**
 * The sheet that says how to fill in a return: what to do, what may stand in any cell, what registers have told of whom,
 * and every column.
 */
export const helpSheet = (columns: readonly ReturnColumn[], pupils: readonly ReturnSheetRow[]): WrittenSheet => {
  const heading = (text: string): readonly WrittenCell[] => [{ value: text, style: styles.heading }]
  const wide = (text: string): readonly WrittenCell[] => [{ value: text, style: styles.text }]
  const told = pupils.flatMap((row) => (row.told ? [`${row.forename} ${row.surname.charAt(0)}.: ${row.told}`] : []))
  const top: readonly (readonly WrittenCell[])[] = [
    [{ value: words.title, style: styles.title }],
    ...words.steps.map((step, index) => wide(`${index + 1}. ${step}`)),
    wide(words.why),
    ...(told.length > 0 ? [heading(words.toldTitle), ...told.map(wide)] : []),
    heading(words.neverTitle),
    wide(words.never),
    heading(words.statesTitle),
  ]
  const states = everyState.map((state): readonly WrittenCell[] => [
    { value: stateWords[state], style: styles.strong },
    { value: words.states[state === 'given' ? 'not_known' : state], style: styles.text },
  ])
  const table = columns.flatMap(({ head, when, item }): readonly (readonly WrittenCell[])[] =>
    item
      ? [
          [
            sectionWords[item.section],
            head,
            wordsOf(item).label,
            wordsOf(item).help,
            answersOf(item),
            when === '' ? words.always : when,
          ].map((value) => ({ value, style: styles.tableCell })),
        ]
      : [],
  )
  const rows = [
    ...top,
    ...states,
    heading(words.columnsTitle),
    words.columnHeads.map((value) => ({ value, style: styles.tableHead })),
    ...table,
  ]
  const merged = [...top.keys()]
  return {
    name: workbookWords.helpSheet,
    rows,
    widths,
    heights: new Map<number, number>([
      ...top.map((row, index) => [index, heightOfWide(row, index)] as const),
      ...table.map((row, index) => [rows.length - table.length + index, heightOfRow(row)] as const),
    ]),
    merges: [
      ...merged.map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: widths.length - 1 })),
      ...states.map((_, index) => ({
        startRow: top.length + index,
        startCol: 1,
        endRow: top.length + index,
        endCol: widths.length - 1,
      })),
    ],
    locked: true,
  }
}

const widths = [22, 26, 38, 46, 48, 32]
const wholeWidth = widths.reduce((sum, width) => sum + width, 0)

const textOf = (cell: WrittenCell | undefined) => String(cell?.value ?? '')

const heightOfWide = (row: readonly WrittenCell[], index: number) =>
  index === 0 ? 28 : Math.ceil(textOf(row[0]).length / wholeWidth) * 15 + 5

const heightOfRow = (row: readonly WrittenCell[]) => {
  const lines = row.map((cell, column) => Math.ceil((textOf(cell).length * 1.08) / (widths[column] ?? 20)))
  return Math.max(...lines, 1) * 15 + 3
}

const answersOf = (item: Item): string => {
  const { type } = item
  switch (type.kind) {
    case 'choice': {
      const options = wordsOf(item).options
      return type.options.map((option) => options?.[option] ?? option).join('; ')
    }
    case 'text':
      return words.anyText(type.longest)
    case 'date':
      return type.latest === 'today' ? words.pastDay : words.anyDay
    case 'pence':
      return words.anyMoney
    default:
      return words.anyNumber(String(type.from), String(type.to))
  }
}
