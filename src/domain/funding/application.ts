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
  'readable',
  'not_before',
] as const
export type CoachCheck = (typeof coachChecks)[number]

/** What a check found, with what its words need. */
export type CoachDetail =
  | null
  | { readonly kind: 'line_differs'; readonly line: number; readonly comesTo: Pence; readonly says: Pence }
  | { readonly kind: 'line_unread' | 'line_unnamed' | 'purpose_missing'; readonly line: number }
  | { readonly kind: 'nothing_asked' | 'school_pays_unread' | 'date_past' }
  | { readonly kind: 'unread'; readonly what: 'day' | 'number' | 'pounds'; readonly typed: string }
  | { readonly kind: 'excluded'; readonly line: number; readonly purpose: Purpose }
  | { readonly kind: 'asked_before'; readonly references: readonly string[] }

/** Something found, and the field it goes to. */
export type CoachFinding = { readonly field: string; readonly detail: CoachDetail }

/** One check: good or to finish, whether it stops the sending, what it found first and what it found besides. */
export type Coached = CoachFinding & {
  readonly check: CoachCheck
  readonly good: boolean
  /** Nothing can be decided without it: it cannot be sent as it is. */
  readonly stops: boolean
  readonly also: readonly CoachFinding[]
}

/** A check that is good where nothing was found. */
const checked = (check: CoachCheck, stops: boolean, field: string, found: readonly CoachFinding[]): Coached => {
  const [first, ...also] = found
  return { check, stops, good: first === undefined, ...(first ?? { field, detail: null }), also }
}

const costs = ({ lines, asked, schoolPays }: ReadApplication): Coached => {
  const found = lines.flatMap(({ amount, comesTo, what }, at): readonly CoachFinding[] => {
    const line = at + 1
    return [
      ...(what === '' ? [{ field: `what-${line}`, detail: { kind: 'line_unnamed', line } } as const] : []),
      ...(amount === null
        ? [{ field: `amount-${line}`, detail: { kind: 'line_unread', line } } as const]
        : comesTo !== null && comesTo !== amount
          ? [{ field: `amount-${line}`, detail: { kind: 'line_differs', line, comesTo, says: amount } } as const]
          : []),
    ]
  })
  const school: readonly CoachFinding[] =
    schoolPays === null ? [{ field: 'schoolPays', detail: { kind: 'school_pays_unread' } }] : []
  const nothing: readonly CoachFinding[] =
    found.length + school.length === 0 && asked === 0 ? [{ field: 'amount-1', detail: { kind: 'nothing_asked' } }] : []
  return checked('costs', true, 'amount-1', [...found, ...school, ...nothing])
}

/** What was typed into a field of its own kind and cannot be read as that; what a line of cost comes to is looked at there. */
const readable = (typed: TypedApplication, read: ReadApplication): Coached => {
  const unread = (field: string, what: 'day' | 'number' | 'pounds', text: string, value: unknown) =>
    text.trim() !== '' && value === null
      ? [{ field, detail: { kind: 'unread', what, typed: text.trim().slice(0, 40) } } as const]
      : []
  return checked('readable', true, 'hours', [
    ...unread('baselineOn', 'day', typed.baselineOn, read.baselineOn),
    ...unread('targetOn', 'day', typed.targetOn, read.targetOn),
    ...unread('hours', 'number', typed.hours, read.hours),
    ...typed.lines
      .filter((line) => !isEmptyLine(line))
      .flatMap((line, at) => [
        ...unread(`quantity-${at + 1}`, 'number', line.quantity, read.lines[at]?.quantity ?? null),
        ...unread(`each-${at + 1}`, 'pounds', line.each, read.lines[at]?.each ?? null),
      ]),
  ])
}

const purpose = ({ lines }: ReadApplication, excluded: readonly string[]): Coached => {
  const found = lines.flatMap(({ purpose: of }, at): readonly CoachFinding[] => {
    const field = `purpose-${at + 1}`
    if (of === null) return [{ field, detail: { kind: 'purpose_missing', line: at + 1 } }]
    return excluded.includes(of) ? [{ field, detail: { kind: 'excluded', line: at + 1, purpose: of } }] : []
  })
  return { ...checked('purpose', false, 'purpose-1', found), good: lines.length > 0 && found.length === 0 }
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
    also: [],
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
    readable(typed, read),
    {
      check: 'not_before',
      good: before.length === 0,
      stops: false,
      field: 'intervention',
      also: [],
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
