import {
  applicationFields,
  applicationLimits,
  emptyApplication,
  type TypedApplication,
  type TypedLine,
} from '../domain/funding/application.ts'

/** How many lines of cost a new application begins with. */
const linesAtFirst = 3

const emptyLine: TypedLine = { what: '', purpose: '', quantity: '', each: '', amount: '' }

/** An application's text in the store as what was typed; a field that came later is empty. */
export const typedFrom = (text: string): TypedApplication => {
  const kept = JSON.parse(text) as Partial<Record<string, unknown>>
  const word = (value: unknown) => (typeof value === 'string' ? value : '')
  const lines = Array.isArray(kept['lines']) ? (kept['lines'] as readonly Partial<Record<string, unknown>>[]) : []
  return {
    ...emptyApplication,
    ...Object.fromEntries(applicationFields.map((name) => [name, word(kept[name])])),
    lines: lines.map((line) => ({
      what: word(line['what']),
      purpose: word(line['purpose']),
      quantity: word(line['quantity']),
      each: word(line['each']),
      amount: word(line['amount']),
    })),
  }
}

/** Reads what a form typed: `value` gives a field's text. What is too long is cut where the page would have cut it. */
export const typedBy = (value: (name: string) => string): TypedApplication => ({
  ...emptyApplication,
  ...Object.fromEntries(applicationFields.map((name) => [name, value(name).slice(0, applicationLimits.words)])),
  lines: Array.from({ length: applicationLimits.lines }, (_, at): TypedLine => {
    const of = (name: string) => value(`${name}-${at + 1}`).slice(0, applicationLimits.line)
    return {
      what: of('what'),
      purpose: of('purpose'),
      quantity: of('quantity'),
      each: of('each'),
      amount: of('amount'),
    }
  }).filter((line) => Object.values(line).some((text) => text !== '')),
})

/** The same with empty lines to fill in: at least three, always one more than there are, never beyond the most. */
export const withRoom = (typed: TypedApplication): TypedApplication => {
  const room = Math.min(applicationLimits.lines, Math.max(linesAtFirst, typed.lines.length + 1))
  return { ...typed, lines: Array.from({ length: room }, (_, at) => typed.lines[at] ?? emptyLine) }
}
