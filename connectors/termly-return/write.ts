import type { PlainDate } from '../../src/domain/dates.ts'
import type { AnswerState, Item } from '../../src/domain/return/item.ts'
import { writeValue } from '../../src/domain/return/value.ts'
import { sectionWords, stateWords } from '../../templates/words/en/items.ts'
import { workbookWords } from '../../templates/words/en/workbook.ts'
import { writeCsv } from '../format/csv.ts'
import { type WrittenCell, type WrittenSheet, writeWorkbook } from '../format/xlsx-write.ts'
import { dropDownsFor, rulesFor } from './cell-rules.ts'
import { helpSheet } from './help-sheet.ts'
import { columnsFor, type IdentityCode, type ReturnColumn, template, wordsOf } from './layout.ts'
import type { ReturnSheet, ReturnSheetRow } from './rows.ts'
import { styles } from './styles.ts'

/** The rows above the first pupil, counted from 0. */
const rowOf = { title: 0, instruction: 1, section: 2, head: 3, when: 4, help: 5, codes: 6, firstPupil: 7 } as const

/** How many columns say whose row it is: they stay in sight while the rest moves. */
const frozenColumns = 7

/** Writes a school's return for all its open rounds as a workbook, filled in with what is known. */
export const writeReturnWorkbook = (sheet: ReturnSheet): Promise<Uint8Array> => {
  const columns = columnsFor(sheet)
  const title = titleOf(sheet)
  return writeWorkbook(title, [
    returnSheet(title, sheet, columns),
    helpSheet(columns, sheet.rows),
    listsSheet(columns),
    aboutSheet(sheet),
  ])
}

/** Writes the same return as CSV: a header of codes, then one line a pupil. */
export const writeReturnCsv = (sheet: ReturnSheet): Uint8Array => {
  const columns = columnsFor(sheet)
  const lines = sheet.rows.map((row) =>
    columns.map(({ code, item }) => (item ? knownText(row, item) : identityText(row, code as IdentityCode))),
  )
  return writeCsv([columns.map(({ code }) => code), ...lines])
}

const titleOf = (sheet: ReturnSheet): string => {
  const year = `${sheet.academicYear} to ${sheet.academicYear + 1}`
  return workbookWords.title(sheet.school.name, sheet.term, year)
}

const identityText = (row: ReturnSheetRow, code: IdentityCode): string => {
  switch (code) {
    case 'row_reference':
      return row.reference
    case 'council':
      return `${row.council.name} (${row.council.code})`
    case 'due':
      return typedDay(row.due)
    case 'surname':
      return row.surname
    case 'forename':
      return row.forename
    case 'date_of_birth':
      return row.dateOfBirth ? typedDay(row.dateOfBirth) : ''
    case 'upn':
      return row.upn
  }
}

const typedDay = (day: string): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

/** What is known of an item that this pupil is asked. A cleared answer is written as a blank: nothing is known. */
const knownOf = (row: ReturnSheetRow, item: Item): { state: AnswerState; value: string | null } | undefined => {
  const known = row.asked.has(item.code) ? row.known.get(item.code) : undefined
  return known && known.state !== 'cleared' ? known : undefined
}

const knownText = (row: ReturnSheetRow, item: Item): string => {
  const known = knownOf(row, item)
  if (!known) return ''
  if (known.state === 'given' && item.type.kind === 'date') return typedDay(known.value ?? '')
  return writeValue(item.type, known.state, known.value, { options: wordsOf(item).options, states: stateWords })
}

/** A day as a spreadsheet keeps it: midnight in no zone. */
const dayValue = (day: PlainDate | string): Date => new Date(`${day}T00:00:00Z`)

const knownValue = (row: ReturnSheetRow, item: Item): string | number | Date | null => {
  const known = knownOf(row, item)
  if (!known) return null
  if (known.state !== 'given' || known.value === null) return knownText(row, item)
  switch (item.type.kind) {
    case 'date':
      return dayValue(known.value)
    case 'integer':
    case 'decimal':
      return Number(known.value)
    case 'pence':
      return Number(known.value) / 100
    default:
      return knownText(row, item)
  }
}

const identityCell = (row: ReturnSheetRow, code: IdentityCode): WrittenCell => {
  if (code === 'due') return { value: dayValue(row.due), style: styles.identityDay }
  if (code === 'date_of_birth')
    return { value: row.dateOfBirth && dayValue(row.dateOfBirth), style: styles.identityDay }
  return {
    value: identityText(row, code),
    style: code === 'row_reference' ? styles.reference : styles.identity,
  }
}

const itemCell = (row: ReturnSheetRow, item: Item): WrittenCell => {
  if (!row.asked.has(item.code)) return { value: null, style: styles.notAsked }
  const value = knownValue(row, item)
  return { value, style: styles.answer(item.type.kind, value !== null) }
}

const returnSheet = (title: string, sheet: ReturnSheet, columns: readonly ReturnColumn[]): WrittenSheet => {
  const bands = bandsOf(columns)
  const first = rowOf.firstPupil + 1
  const widths = columns.map(widthOf)
  return {
    name: workbookWords.returnSheet,
    rows: [
      [{ value: title, style: styles.title }],
      [{ value: workbookWords.instruction, style: styles.instruction }],
      columns.map((column, index) => ({
        value: bands.some(({ from }) => from === index) ? bandName(column) : null,
        style: styles.band,
      })),
      columns.map(({ head, item }) => ({ value: head, style: item ? styles.head : styles.identityHead })),
      columns.map(({ when }) => ({ value: when === '' ? null : when, style: styles.when })),
      columns.map(({ help }) => ({ value: help, style: styles.help })),
      columns.map(({ code }) => ({ value: code, style: styles.codes })),
      ...sheet.rows.map((row) =>
        columns.map(({ code, item }) => (item ? itemCell(row, item) : identityCell(row, code as IdentityCode))),
      ),
    ],
    widths,
    heights: new Map<number, number>([
      [rowOf.title, 26],
      [rowOf.instruction, 46],
      [rowOf.section, 18],
      [
        rowOf.head,
        heightOf(
          columns.map(({ head }) => head),
          widths,
          14.5,
        ),
      ],
      [
        rowOf.when,
        heightOf(
          columns.map(({ when }) => when),
          widths.map(inSmallPrint),
          12,
        ),
      ],
      [
        rowOf.help,
        heightOf(
          columns.map(({ help }) => help),
          widths.map(inSmallPrint),
          12,
        ),
      ],
      ...sheet.rows.map((_, index) => [rowOf.firstPupil + index, 24] as const),
    ]),
    hiddenRows: new Set([rowOf.codes]),
    merges: [
      // The instruction stays within the frozen columns, where it is read in one look.
      { startRow: rowOf.instruction, startCol: 0, endRow: rowOf.instruction, endCol: frozenColumns - 1 },
      ...bands
        .filter(({ from, to }) => to > from)
        .map(({ from, to }) => ({ startRow: rowOf.section, startCol: from, endRow: rowOf.section, endCol: to })),
    ],
    rules:
      sheet.rows.length === 0
        ? []
        : rulesFor(columns, listSheet, { first, last: rowOf.firstPupil + sheet.rows.length }),
    freeze: { rows: rowOf.head + 1, columns: frozenColumns },
    locked: true,
    printTitles: { rows: `$${rowOf.section + 1}:$${rowOf.head + 1}`, columns: '$D:$E' },
  }
}

const bandName = ({ item }: ReturnColumn): string => (item ? sectionWords[item.section] : workbookWords.whoBand)

/** Runs of columns of one section. */
const bandsOf = (columns: readonly ReturnColumn[]): readonly { readonly from: number; readonly to: number }[] => {
  const starts = columns.flatMap((column, index) => {
    const before = columns[index - 1]
    return before && bandName(before) === bandName(column) ? [] : [index]
  })
  return starts.map((from, index) => ({ from, to: (starts[index + 1] ?? columns.length) - 1 }))
}

const identityWidths: Readonly<Record<string, number>> = {
  row_reference: 6,
  council: 15,
  due: 11,
  surname: 13,
  forename: 12,
  date_of_birth: 11,
  upn: 15.5,
}

const widthOf = ({ code, item }: ReturnColumn): number => {
  const identity = identityWidths[code]
  if (identity !== undefined || !item) return identity ?? 14
  switch (item.type.kind) {
    case 'choice': {
      const words = wordsOf(item).options
      const longest = Math.max(...item.type.options.map((option) => (words?.[option] ?? option).length), 16)
      return Math.min(longest + 3, 30)
    }
    case 'text':
      return Math.min(18 + item.type.longest / 12, 44)
    default:
      return 16
  }
}

/** How many characters of 9 points fit where `width` of 11 points do. */
const inSmallPrint = (width: number) => width * 1.25

/** The height that the longest of some wrapped texts needs, for their widths and height of line. */
const heightOf = (texts: readonly string[], widths: readonly number[], line: number): number => {
  const lines = texts.map((text, index) => Math.ceil((text.length * 1.08) / (widths[index] ?? 14)))
  return Math.min(Math.max(...lines, 1) * line + 4, 130)
}

const listSheet = 'Lists'

const listsSheet = (columns: readonly ReturnColumn[]): WrittenSheet => {
  const lists = dropDownsFor(columns)
  const longest = Math.max(...lists.map(([, words]) => words.length), 0)
  return {
    name: listSheet,
    rows: [
      lists.map(([code]) => ({ value: code })),
      ...Array.from({ length: longest }, (_, row) => lists.map(([, words]) => ({ value: words[row] ?? null }))),
    ],
    widths: lists.map(() => 24),
    veryHidden: true,
  }
}

const aboutSheet = (sheet: ReturnSheet): WrittenSheet => ({
  name: 'About',
  rows: [
    ['template', template.name],
    ['version', String(template.version)],
    ['urn', sheet.school.urn],
    ['made_at', sheet.madeAt],
  ].map((row) => row.map((value) => ({ value }))),
  widths: [16, 40],
  veryHidden: true,
})
