import type { SentFile } from '../connector.ts'
import { columnLetters, type SheetRow } from '../format/cell.ts'
import type { Refusal } from '../format/refusal.ts'
import { comparable, tidyCell } from '../format/text.ts'
import { guessTarget } from './guess.ts'
import type { Chosen, Fit, LookedAt, LookedColumn, Mapping } from './rows.ts'
import { headsOf, type Located, locate, readSheets, type Sheet, textAt, topRows, unheaded } from './sheets.ts'

/** More distinct words than these are no list of choices. */
const mostWords = 60
/** Real rows that a person is shown beside each heading. */
const sampleRows = 3

/**
 * Looks at a file of unknown columns: its sheets, the row that holds its headings, and each column with its first real
 * rows and its words. `known` are the layouts the school has saved; the best that fits decides where to look.
 */
export const lookAt = (file: SentFile, known: readonly Mapping[], chosen: Chosen = {}): LookedAt | Refusal => {
  const read = readSheets(file.bytes)
  if (read.outcome === 'refused') return read
  const { sheets } = read
  const best = bestOf(sheets, known)
  const sheet =
    sheets.find(({ name }) => name !== null && name === chosen.sheet) ??
    best?.located.sheet ??
    widest(sheets) ??
    sheets[0]
  if (!sheet) return { outcome: 'refused', finding: { code: 'SHEET_EMPTY', severity: 'error', at: {}, parameters: {} } }
  const tops = topRows(sheet)
  const headRow =
    tops.find(({ number }) => number === chosen.headRow) ??
    (best?.located.sheet === sheet ? best.located.headRow : undefined) ??
    guessHeadRow(tops) ??
    tops[0]
  const isBest = best && best.located.sheet === sheet && best.located.headRow === headRow
  const below = sheet.rows.filter(({ number }) => headRow !== undefined && number > headRow.number)
  return {
    outcome: 'read',
    sheets: sheets.flatMap(({ name }) => (name === null ? [] : [name])),
    sheet: sheet.name,
    headRow: headRow?.number ?? 1,
    headRows: tops.slice(0, 12).map((row) => ({ number: row.number, text: firstCells(row) })),
    rows: below.length,
    columns: headRow ? headsOf(headRow).map(({ index, head, nth }) => columnOf(below, index, head, nth)) : [],
    unheaded: headRow ? unheaded(sheet, headRow).map(({ index, nth }) => ({ letters: columnLetters(index), nth })) : [],
    fit: isBest ? best.fit : null,
  }
}

const firstCells = (row: SheetRow): string =>
  Array.from(row.cells, (_, index) => textAt(row, index))
    .filter((text) => text !== '')
    .slice(0, 4)
    .join(', ')
    .slice(0, 80)

const columnOf = (rows: readonly SheetRow[], index: number, head: string, nth: number): LookedColumn => {
  const counts = new Map<string, { word: string; count: number }>()
  let filled = 0
  for (const row of rows) {
    const word = textAt(row, index)
    if (word === '') continue
    filled += 1
    const key = comparable(word)
    const known = counts.get(key)
    if (known) known.count += 1
    else if (counts.size <= mostWords) counts.set(key, { word: word.slice(0, 60), count: 1 })
  }
  return {
    index,
    letters: columnLetters(index),
    head,
    nth,
    samples: rows.slice(0, sampleRows).map((row) => tidyCell(row.cells[index]?.text ?? '').slice(0, 40)),
    filled,
    words: counts.size > mostWords ? [] : [...counts.values()],
  }
}

type Best = { readonly located: Located; readonly fit: Fit }

/** The saved layout whose columns the file has: all of them if it can be, and half of them at least. */
const bestOf = (sheets: readonly Sheet[], known: readonly Mapping[]): Best | undefined => {
  let best: Best | undefined
  const strange = ({ missing, added }: Fit) => missing.length * 2 + added.length
  known.forEach((mapping, index) => {
    const located = locate(sheets, mapping)
    if (!located || located.columns.length * 2 < mapping.columns.length) return
    if (!located.columns.some(({ target }) => target === 'upn' || target === 'row_reference')) return
    const fit = { index, missing: located.missing.map(({ head }) => head), added: located.added }
    if (!best || strange(fit) < strange(best.fit)) best = { located, fit }
  })
  return best
}

const widest = (sheets: readonly Sheet[]): Sheet | undefined =>
  [...sheets].sort((one, other) => scoreOf(other) - scoreOf(one))[0]

const scoreOf = (sheet: Sheet): number => Math.max(0, ...topRows(sheet).map(headScore))

/** A row of headings has many of them, most are words, and some are words we know. */
const headScore = (row: SheetRow): number => {
  const heads = headsOf(row)
  const worded = heads.filter(({ head }) => /\p{L}{2}/u.test(head) && !/^\d/.test(head))
  const known = heads.filter(({ head }) => guessTarget(head) !== undefined)
  return known.length * 5 + worded.length - (heads.length - worded.length) * 2
}

const guessHeadRow = (rows: readonly SheetRow[]): SheetRow | undefined =>
  [...rows].sort((one, other) => headScore(other) - headScore(one))[0]
