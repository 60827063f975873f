import type { Parsed } from '../../connectors/connector.ts'
import type { ReturnRow, SentAnswer } from '../../connectors/termly-return/rows.ts'
import type { FindingPlace } from '../domain/finding.ts'
import type { AnswerState } from '../domain/return/item.ts'

/** What the answers of a column have in common; the cell's name ends in its row, and so does a line. */
type Column = {
  readonly item: string
  readonly sheet?: string
  readonly letters?: string
  readonly hasLine: boolean
  readonly column?: string
}

/** A state without a value by its number here, or a value; 0 where the value is the very text of the cell. */
type Said = string | number

const states: readonly (AnswerState | 'unread')[] = [
  'given',
  'unread',
  'not_known',
  'not_assessed',
  'not_applicable',
  'declined',
  'to_follow',
  'cleared',
]

/** An answer as column, text and what it says, one after the other; whole where it has something of its own. */
type PackedRow = Omit<ReturnRow, 'answers'> & { readonly packed: readonly (number | string | SentAnswer)[] }

/** A return that could be read. */
export type ReadReturn = Extract<Parsed<ReturnRow>, { readonly outcome: 'read' }>

type Packed = Omit<ReadReturn, 'rows'> & { readonly columns: readonly Column[]; readonly rows: readonly PackedRow[] }

/**
 * A return as one text, to cross from thread to thread: 100,000 answers as objects cost more to copy than to
 * read out of the workbook. What a column's answers share is said once.
 */
export const packReturn = ({ rows, ...rest }: ReadReturn): string => {
  const columns: Column[] = []
  const known = new Map<string, number>()
  const lastOf = new Map<string, number>()
  const columnOf = ({ item, at }: SentAnswer, row: string): number => {
    // Nearly every answer stands in the column where the last one to its question stood.
    const last = lastOf.get(item)
    const usual = last === undefined ? undefined : columns[last]
    if (last !== undefined && usual && isThere(usual, at, row)) return last
    const letters = at.cell?.endsWith(row) ? at.cell.slice(0, -row.length) : undefined
    if (letters === undefined && at.cell !== undefined) return -1
    if (at.path !== undefined || (at.line !== undefined && String(at.line) !== row)) return -1
    const key = `${item} ${letters} ${at.column} ${at.line === undefined} ${at.sheet}`
    const index = known.get(key) ?? columns.length
    const same = columns[index]
    if (same) return isOf(same, at, item, letters) ? index : -1
    known.set(key, index)
    lastOf.set(item, index)
    columns.push({
      item,
      ...(at.sheet !== undefined && { sheet: at.sheet }),
      ...(letters !== undefined && { letters }),
      hasLine: at.line !== undefined,
      ...(at.column !== undefined && { column: at.column }),
    })
    return index
  }
  const packedRows = rows.map(({ answers, ...row }): PackedRow => {
    const number = String(row.number)
    const packed: (number | string | SentAnswer)[] = []
    for (const answer of answers) {
      const column = columnOf(answer, number)
      const said = saidBy(answer)
      if (column < 0 || said === undefined) packed.push(-1, answer)
      else packed.push(column, answer.raw, said)
    }
    return { ...row, packed }
  })
  return JSON.stringify({ ...rest, columns, rows: packedRows } satisfies Packed)
}

/** Whether a place is the cell of a column in a row, named as `answerOf` names it again. */
const isThere = ({ letters, sheet, column, hasLine }: Column, at: FindingPlace, row: string): boolean =>
  letters !== undefined &&
  at.cell !== undefined &&
  at.cell.length === letters.length + row.length &&
  at.cell.startsWith(letters) &&
  at.cell.endsWith(row) &&
  !hasLine &&
  at.line === undefined &&
  at.path === undefined &&
  sheet === at.sheet &&
  column === at.column

/** A text may look like two: what is not of the column after all crosses whole. */
const isOf = (column: Column, at: FindingPlace, item: string, letters: string | undefined) =>
  column.item === item &&
  column.letters === letters &&
  column.column === at.column &&
  column.sheet === at.sheet &&
  column.hasLine === (at.line !== undefined)

const saidBy = ({ raw, state, value }: SentAnswer): Said | undefined => {
  if (state === 'given') return value === null ? undefined : value === raw ? 0 : value
  return value === null ? states.indexOf(state) : undefined
}

/** The return that `packReturn` was given. */
export const unpackReturn = (text: string): ReadReturn => {
  const { columns, rows, ...rest } = JSON.parse(text) as Packed
  const unpacked = rows.map(({ packed, ...row }): ReturnRow => {
    const answers: SentAnswer[] = []
    for (let at = 0; at < packed.length; ) {
      const column = columns[packed[at] as number]
      if (column) {
        answers.push(answerOf(column, row.number, packed[at + 1] as string, packed[at + 2] as Said))
        at += 3
      } else {
        answers.push(packed[at + 1] as SentAnswer)
        at += 2
      }
    }
    return { ...row, answers }
  })
  return { ...rest, rows: unpacked }
}

const answerOf = (column: Column, row: number, raw: string, said: Said): SentAnswer => ({
  item: column.item,
  raw,
  state: typeof said === 'string' ? 'given' : (states[said] ?? 'unread'),
  value: said === 0 ? raw : typeof said === 'string' ? said : null,
  at: placeOf(column, row),
})

const placeOf = ({ sheet, letters, hasLine, column }: Column, row: number): FindingPlace =>
  // Nearly every place is of this shape, and is made at once.
  sheet !== undefined && letters !== undefined && column !== undefined && !hasLine
    ? { sheet, cell: letters + row, column }
    : {
        ...(sheet !== undefined && { sheet }),
        ...(letters !== undefined && { cell: letters + row }),
        ...(hasLine && { line: row }),
        ...(column !== undefined && { column }),
      }
