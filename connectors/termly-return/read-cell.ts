import { plainDate } from '../../src/domain/dates.ts'
import type { Finding, FindingPlace } from '../../src/domain/finding.ts'
import type { Item } from '../../src/domain/return/item.ts'
import { readValue, statesOf } from '../../src/domain/return/value.ts'
import { stateWords } from '../../templates/words/en/items.ts'
import type { Cell } from '../format/cell.ts'
import { tidyCell } from '../format/text.ts'
import { wordsOf } from './layout.ts'
import type { SentAnswer } from './rows.ts'

/** The longest text of a cell that is kept as sent. */
const longestRaw = 2000

/**
 * A connector has no clock, so it never says that a day is still to come: the check that knows today does
 * (DATE_IN_FUTURE).
 */
const noToday = plainDate('9999-12-31')

/** One filled cell of an item: its answer, and what is to mend where it could not be read. */
export type CellAnswer = { readonly answer: SentAnswer; readonly finding?: Finding }

/** Reads a filled cell as its item's type has it. A cell that cannot be read keeps what was sent. */
export const readAnswer = (item: Item, cell: Cell, at: FindingPlace): CellAnswer => {
  const raw = cell.text.slice(0, longestRaw)
  if (cell.kind === 'fault') return unread(item, raw, at, 'CELL_FAULT', { fault: cell.text })
  if (cell.kind === 'formula-without-value') return unread(item, raw, at, 'FORMULA_NOT_SAVED')
  if (cell.kind === 'date' && (item.type.kind === 'text' || item.type.kind === 'choice')) {
    return unread(item, raw, at, 'CELL_BECAME_A_DAY')
  }
  const words = wordsOf(item).options
  const reading = readValue(item.type, statesOf(item), readable(item, cell), noToday, words, stateWords)
  if ('problem' in reading) {
    return unread(item, raw, at, reading.problem, { ...reading.parameters, ...allowed(item) })
  }
  return { answer: { item: item.code, raw, state: reading.state, value: reading.value, at } }
}

const unread = (
  item: Item,
  raw: string,
  at: FindingPlace,
  code: string,
  parameters: Finding['parameters'] = {},
): CellAnswer => ({
  answer: { item: item.code, raw, state: 'unread', value: null, at },
  finding: { code, severity: 'error', at, parameters },
})

/** What the cell says, in the form in which a person would have typed it. */
const readable = (item: Item, cell: Cell): string => {
  if (item.type.kind === 'date' && cell.asDay !== undefined) return cell.asDay
  if (cell.kind === 'truth' && item.type.kind === 'choice' && item.type.options.includes('Y')) {
    return cell.text === 'TRUE' ? 'Y' : 'N'
  }
  return item.type.kind === 'text' ? cell.text.replace(/\u00a0/g, ' ') : tidyCell(cell.text)
}

const allowed = (item: Item): Readonly<Record<string, string>> => {
  if (item.type.kind !== 'choice') return {}
  const words = wordsOf(item).options
  return { allowed: item.type.options.map((code) => words?.[code] ?? code).join('; ') }
}
