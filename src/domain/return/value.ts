import { type PlainDate, parsePlainDate, parseTypedDate } from '../dates.ts'
import type { Answer, AnswerState, Item, ItemType } from './item.ts'

/** What is to mend in a cell that could not be read. Its words are looked up by this code. */
export type ValueProblem =
  | 'BLANK'
  | 'CHOICE_NOT_LISTED'
  | 'NOT_A_DATE'
  | 'DATE_IN_FUTURE'
  | 'NOT_A_NUMBER'
  | 'OUT_OF_RANGE'
  | 'TOO_LONG'
  | 'TOO_MANY_PLACES'
  | 'STATE_NOT_ALLOWED'

/** A cell's text as read: an answer, or what is to mend. Parameters hold limits, never what was typed. */
export type Reading =
  | Answer
  | { readonly problem: ValueProblem; readonly parameters: Readonly<Record<string, string | number>> }

/** What each state is called where the cell was typed. */
export type StateWords = Readonly<Record<AnswerState, string>>

/** What each option of a choice is called where the cell was typed. */
export type OptionWords = Readonly<Record<string, string>>

/** Every state beside `given`, for an item that does not narrow them. */
export const everyState: readonly AnswerState[] = [
  'not_known',
  'not_assessed',
  'not_applicable',
  'declined',
  'to_follow',
  'cleared',
]

/** The states, beside `given`, in which an item may be answered. */
export const statesOf = (item: Item): readonly AnswerState[] => item.states ?? everyState

const given = (value: string): Reading => ({ state: 'given', value })

const problem = (code: ValueProblem, parameters: Readonly<Record<string, string | number>> = {}): Reading => ({
  problem: code,
  parameters,
})

// Capitals, spaces, kinds of apostrophe and dash, and characters nobody can see make no difference to a word.
const plain = (text: string): string => (/^[a-z0-9]*$/.test(text) ? text : plainly(text))

const plainly = (text: string): string =>
  /^[ -~]*$/.test(text) ? text.replace(/[\s_]+/g, '').toLowerCase() : plainlyAnywhere(text)

const plainlyAnywhere = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s_\u200B-\u200D\u2060\uFEFF]+/g, '')
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .toLowerCase()

const shortForms: readonly string[] = ['n/a', 'na']

const statesByWord = new WeakMap<StateWords, ReadonlyMap<string, AnswerState>>()

/** Every state by its words and its code, each as `plain` has it; made once for a list of words. */
const statesIn = (words: StateWords): ReadonlyMap<string, AnswerState> => {
  const known = statesByWord.get(words)
  if (known) return known
  const made = new Map<string, AnswerState>(shortForms.map((form) => [form, 'not_applicable']))
  for (const state of everyState)
    for (const word of [plain(words[state]), plain(state)]) if (!made.has(word)) made.set(word, state)
  statesByWord.set(words, made)
  return made
}

const noWords: OptionWords = {}
const optionsByWord = new WeakMap<readonly string[], WeakMap<OptionWords, ReadonlyMap<string, string>>>()

/** Every option by its code, then by its words; a code stands before another option's words. */
const optionsIn = (options: readonly string[], words: OptionWords): ReadonlyMap<string, string> => {
  const ofOptions = optionsByWord.get(options) ?? new WeakMap<OptionWords, ReadonlyMap<string, string>>()
  optionsByWord.set(options, ofOptions)
  const known = ofOptions.get(words)
  if (known) return known
  const made = new Map<string, string>()
  for (const code of options) if (!made.has(plain(code))) made.set(plain(code), code)
  for (const code of options) {
    const word = plain(words[code] ?? code)
    if (!made.has(word)) made.set(word, code)
  }
  ofOptions.set(words, made)
  return made
}

const readChoice = (options: readonly string[], typed: string, words: OptionWords | undefined): Reading | undefined => {
  const option = optionsIn(options, words ?? noWords).get(typed)
  if (option !== undefined) return given(option)
  // A number out of a spreadsheet may come as 7.0 or 07.
  const number = /^0*(\d+)(?:\.0+)?$/.exec(typed)?.[1]
  return number !== undefined && options.includes(number) ? given(number) : undefined
}

const readDate = (raw: string, latest: 'today' | undefined, today: PlainDate): Reading => {
  const date = parseTypedDate(raw)
  if (!date) return problem('NOT_A_DATE')
  return latest === 'today' && date > today ? problem('DATE_IN_FUTURE') : given(date)
}

const tidyNumber = (raw: string): string =>
  raw
    .normalize('NFKC')
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/\u2212/g, '-')
    .trim()

type Decimal = { readonly negative: boolean; readonly whole: string; readonly fraction: string }

// No spaces inside: "2 5" may be 25, 2.5 or a slip, and is asked about.
const readDecimal = (raw: string): Decimal | undefined => {
  const match = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/.exec(tidyNumber(raw))
  if (!match) return undefined
  return {
    negative: (match[1] ?? match[4]) === '-',
    whole: (match[2] ?? '0').replaceAll(',', '').replace(/^0+(?=\d)/, ''),
    fraction: (match[3] ?? match[5] ?? '').replace(/0+$/, ''),
  }
}

const readNumber = (raw: string, from: number, to: number, places: number): Reading => {
  const decimal = readDecimal(raw)
  if (!decimal) return problem('NOT_A_NUMBER')
  const digits = decimal.fraction === '' ? decimal.whole : `${decimal.whole}.${decimal.fraction}`
  const value = Number(digits) * (decimal.negative ? -1 : 1)
  if (decimal.fraction.length > places) return problem('TOO_MANY_PLACES', { places })
  if (value < from || value > to) return problem('OUT_OF_RANGE', { from, to })
  return given(value < 0 ? `-${digits}` : digits)
}

const writePence = (value: string): string => {
  const pounds = value.padStart(3, '0').slice(0, -2)
  return `£${pounds.replace(/\B(?=(\d{3})+$)/g, ',')}.${value.padStart(2, '0').slice(-2)}`
}

const readPence = (raw: string, to: number): Reading => {
  const decimal = readDecimal(tidyNumber(raw).replace(/^£\s*/, ''))
  if (!decimal) return problem('NOT_A_NUMBER')
  if (decimal.fraction.length > 2) return problem('TOO_MANY_PLACES', { places: 2 })
  const pence = `${decimal.whole}${decimal.fraction.padEnd(2, '0')}`.replace(/^0+(?=\d)/, '')
  if (Number(pence) > to || (decimal.negative && pence !== '0')) {
    return problem('OUT_OF_RANGE', { from: writePence('0'), to: writePence(String(to)) })
  }
  return given(pence)
}

const readText = (raw: string, longest: number): Reading => {
  const text = raw.replace(/\r\n?/g, '\n').trim()
  const length = [...text].length
  return length > longest ? problem('TOO_LONG', { longest, length }) : given(text)
}

const readGiven = (type: Exclude<ItemType, { kind: 'choice' }>, raw: string, today: PlainDate): Reading => {
  switch (type.kind) {
    case 'text':
      return readText(raw, type.longest)
    case 'integer':
      return readNumber(raw, type.from, type.to, 0)
    case 'decimal':
      return readNumber(raw, type.from, type.to, type.places)
    case 'date':
      return readDate(raw, type.latest, today)
    case 'pence':
      return readPence(raw, type.to)
  }
}

/**
 * Reads one cell's text as its item's type has it: a choice by its code or its words, a day, a number, money to whole
 * pence, or the words of a state ("not known", "n/a", "to follow", "none"). An option stands before a state, and "none"
 * is 0 where the item counts. A blank cell is no answer: leave it out rather than bring it here.
 */
export const readValue = (
  type: ItemType,
  states: readonly AnswerState[],
  raw: string,
  today: PlainDate,
  optionWords: OptionWords | undefined,
  stateWords: StateWords,
): Reading => {
  const typed = plain(raw)
  if (typed === '') return problem('BLANK')
  const choice = type.kind === 'choice' ? readChoice(type.options, typed, optionWords) : undefined
  if (choice) return choice
  const state = statesIn(stateWords).get(typed)
  if (state === 'cleared' && type.kind === 'integer' && type.noneIsZero) return given('0')
  if (state) return states.includes(state) ? { state, value: null } : problem('STATE_NOT_ALLOWED', { state })
  return type.kind === 'choice' ? problem('CHOICE_NOT_LISTED') : readGiven(type, raw, today)
}

const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

const writeDate = (value: string): string => {
  const date = parsePlainDate(value)
  return date ? `${Number(date.slice(8))} ${monthNames[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}` : value
}

/** An answer as a person reads it, and as `readValue` reads it back. */
export const writeValue = (
  type: ItemType,
  state: AnswerState,
  value: string | null,
  words: { readonly options?: OptionWords | undefined; readonly states: StateWords },
): string => {
  if (state !== 'given' || value === null) return words.states[state]
  switch (type.kind) {
    case 'choice':
      return words.options?.[value] ?? value
    case 'date':
      return writeDate(value)
    case 'pence':
      return writePence(value)
    default:
      return value
  }
}
