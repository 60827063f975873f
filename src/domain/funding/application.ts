import { type PlainDate, parseTypedDate } from '../dates.ts'
import { interventions, type Purpose, purposes } from './interventions.ts'
import { forHours, type Pence, parseHundredths, parsePounds, pence, sumOf } from './pence.ts'

/** A line of cost as it was typed. */
export type TypedLine = {
  readonly what: string
  readonly purpose: string
  readonly quantity: string
  readonly each: string
  readonly amount: string
}

/** What one field of an application is called. */
export const applicationFields = [
  'need',
  'baseline',
  'baselineOn',
  'target',
  'measure',
  'targetOn',
  'owner',
  'intervention',
  'provider',
  'hours',
  'schoolPays',
  'urgent',
  'urgentWhy',
  'anyway',
] as const
export type ApplicationField = (typeof applicationFields)[number]

/** An application as it was typed: nothing is lost because it cannot be read yet. */
export type TypedApplication = Readonly<Record<ApplicationField, string>> & { readonly lines: readonly TypedLine[] }

/** An application with nothing in it. */
export const emptyApplication: TypedApplication = {
  ...(Object.fromEntries(applicationFields.map((name) => [name, ''])) as Record<ApplicationField, string>),
  lines: [],
}

/** The most lines of cost, and the most characters of a field of words. */
export const applicationLimits = { lines: 8, words: 2000, line: 120 } as const

/** What a line of cost says: an amount, and whether it is what its quantity and price come to. */
export type CostLine = {
  readonly what: string
  readonly purpose: Purpose | null
  readonly quantity: number | null
  readonly each: Pence | null
  readonly amount: Pence | null
  /** What the quantity times the price comes to; null where they are not both given. */
  readonly comesTo: Pence | null
}

/** An application as it can be read. */
export type ReadApplication = {
  readonly baselineOn: PlainDate | null
  readonly targetOn: PlainDate | null
  /** One of the thirteen, or one of its council's own by its name. */
  readonly intervention: string | null
  readonly hours: number | null
  readonly schoolPays: Pence | null
  readonly urgent: boolean
  readonly lines: readonly CostLine[]
  /** What is asked for: the sum of the lines less what the school itself pays; never below nothing. */
  readonly asked: Pence
}

const isEmptyLine = (line: TypedLine) => Object.values(line).every((value) => value.trim() === '')

/**
 * Reads what was typed; what cannot be read is null, and the coach says so. `own` are the interventions that its council
 * has beside the thirteen.
 */
export const readApplication = (typed: TypedApplication, own: readonly string[]): ReadApplication => {
  const lines = typed.lines
    .filter((line) => !isEmptyLine(line))
    .map((line): CostLine => {
      const quantity = parseHundredths(line.quantity) ?? null
      const each = parsePounds(line.each) ?? null
      const comesTo = quantity !== null && each !== null ? forHours(each, quantity) : null
      const given = parsePounds(line.amount) ?? null
      return {
        what: line.what.trim(),
        purpose: purposes.find((one) => one === line.purpose) ?? null,
        quantity,
        each,
        amount: given ?? (line.amount.trim() === '' ? comesTo : null),
        comesTo,
      }
    })
  const cost = sumOf(lines.flatMap(({ amount }) => (amount === null ? [] : [amount])))
  const schoolPays = typed.schoolPays.trim() === '' ? pence(0) : (parsePounds(typed.schoolPays) ?? null)
  return {
    baselineOn: parseTypedDate(typed.baselineOn) ?? null,
    targetOn: parseTypedDate(typed.targetOn) ?? null,
    intervention: [...interventions, ...own].find((one) => one === typed.intervention) ?? null,
    hours: parseHundredths(typed.hours) ?? null,
    schoolPays,
    urgent: typed.urgent === 'yes',
    lines,
    asked: pence(Math.max(0, cost - (schoolPays ?? 0))),
  }
}

/** What the coach looks at before an application is sent. */
export const coachChecks = [
  'need',
  'baseline',
  'measure',
  'date',
  'owner',
  'intervention',
  'costs',
  'purpose',
  'not_before',
] as const
export type CoachCheck = (typeof coachChecks)[number]

/** One check: good or to finish, whether it stops the sending, the field it goes to, and what its words need. */
export type Coached = {
  readonly check: CoachCheck
  readonly good: boolean
  /** Nothing can be decided without it: it cannot be sent as it is. */
  readonly stops: boolean
  readonly field: string
  readonly detail:
    | null
    | { readonly kind: 'line_differs'; readonly line: number; readonly comesTo: Pence; readonly says: Pence }
    | { readonly kind: 'line_unread'; readonly line: number }
    | { readonly kind: 'nothing_asked' }
    | { readonly kind: 'school_pays_unread' }
    | { readonly kind: 'date_past' }
    | { readonly kind: 'excluded'; readonly line: number; readonly purpose: Purpose }
    | { readonly kind: 'purpose_missing'; readonly line: number }
    | { readonly kind: 'asked_before'; readonly references: readonly string[] }
}

const costs = ({ lines, asked, schoolPays }: ReadApplication): Coached => {
  const wrong = (line: number, detail: Coached['detail']): Coached => ({
    check: 'costs',
    good: false,
    stops: true,
    field: `amount-${line}`,
    detail,
  })
  for (const [at, { amount, comesTo, what }] of lines.entries()) {
    if (amount === null || what === '') return wrong(at + 1, { kind: 'line_unread', line: at + 1 })
    if (comesTo !== null && comesTo !== amount)
      return wrong(at + 1, { kind: 'line_differs', line: at + 1, comesTo, says: amount })
  }
  if (schoolPays === null) return { ...wrong(1, { kind: 'school_pays_unread' }), field: 'schoolPays' }
  if (asked === 0) return wrong(1, { kind: 'nothing_asked' })
  return { check: 'costs', good: true, stops: true, field: 'amount-1', detail: null }
}

const purpose = ({ lines }: ReadApplication, excluded: readonly string[]): Coached => {
  const base = { check: 'purpose', stops: false } as const
  for (const [at, line] of lines.entries()) {
    const field = `purpose-${at + 1}`
    if (line.purpose === null) return { ...base, good: false, field, detail: { kind: 'purpose_missing', line: at + 1 } }
    if (excluded.includes(line.purpose))
      return { ...base, good: false, field, detail: { kind: 'excluded', line: at + 1, purpose: line.purpose } }
  }
  return { ...base, good: lines.length > 0, field: 'purpose-1', detail: null }
}

/**
 * Looks at an application as a colleague would before it is sent. `excluded` are the purposes its council does not pay
 * for, `own` the interventions it has beside the thirteen, `before` the references of what was asked for the same children and intervention since this term began.
 */
export const coach = (
  typed: TypedApplication,
  {
    today,
    excluded,
    own,
    before,
  }: {
    today: PlainDate
    excluded: readonly string[]
    own: readonly string[]
    before: readonly string[]
  },
): readonly Coached[] => {
  const read = readApplication(typed, own)
  const words = (
    check: CoachCheck,
    field: ApplicationField,
    stops: boolean,
    good = typed[field].trim() !== '',
  ): Coached => ({
    check,
    good,
    stops,
    field,
    detail: null,
  })
  const ahead = read.targetOn !== null && read.targetOn > today
  return [
    words('need', 'need', true),
    words(
      'baseline',
      typed.target.trim() === '' ? 'target' : 'baseline',
      true,
      typed.target.trim() !== '' && typed.baseline.trim() !== '',
    ),
    words('measure', 'measure', false),
    {
      ...words('date', 'targetOn', false, ahead),
      detail: read.targetOn !== null && !ahead ? { kind: 'date_past' } : null,
    },
    words('owner', 'owner', false),
    words('intervention', 'intervention', true, read.intervention !== null),
    costs(read),
    purpose(read, excluded),
    {
      check: 'not_before',
      good: before.length === 0,
      stops: false,
      field: 'intervention',
      detail: before.length > 0 ? { kind: 'asked_before', references: before } : null,
    },
  ]
}

/** Whether an application may be sent: nothing stops it, and what is not good has a reason. */
export const maySend = (checks: readonly Coached[], anyway: string): boolean =>
  checks.every(({ good, stops }) => good || !stops) && (checks.every(({ good }) => good) || anyway.trim() !== '')

/** How a target stood when the use of money was reported. */
export const useOutcomes = ['met', 'partly', 'not_met', 'too_early'] as const
export type UseOutcome = (typeof useOutcomes)[number]
