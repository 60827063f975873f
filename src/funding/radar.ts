import { daysBetween, type PlainDate } from '../domain/dates.ts'
import { daysOfFinancialYear, type FinancialYear } from '../domain/funding/financial-year.ts'
import { type Pence, pence, sumOf } from '../domain/funding/pence.ts'
import type { ApplicationState } from '../domain/funding/states.ts'
import type { Payment } from '../store/payments.ts'

/** How near the end of a financial year money is, in days from which the radar is shown first. */
export const radarDays = 60

/** Why money may not have reached its payee, or shown its use, by 31 March. */
export type Risk = 'second' | 'set_up' | 'held' | 'late' | 'due_after' | 'not_reported'

/** How far some money has come: promised by one of two, approved, with finance, paid and not reported on. */
export type Stage = 'committed' | 'approved' | 'with_finance' | 'not_reported'

/** Money on its way as the end of the year comes nearer. */
export type RadarLine = {
  readonly reference: string
  readonly payee: string
  readonly school: number
  readonly amount: Pence
  readonly stage: Stage
  readonly risks: readonly Risk[]
  /** The application or payment it is, by number. */
  readonly application: number | null
  readonly payment: number | null
}

/** An application as far as the radar looks at it. */
type Asked = {
  readonly number: number
  readonly reference: string | null
  readonly school: number
  readonly state: ApplicationState
  readonly promised: Pence | null
  readonly year: FinancialYear | null
}

/** How many days are left of a financial year, today counted: 1 on its last day, none after it. */
export const daysLeft = (year: FinancialYear, today: PlainDate): number =>
  Math.max(0, daysBetween(today, daysOfFinancialYear(year).to) + 1)

const risksOf = (payment: Payment, today: PlainDate, end: PlainDate, isHeld: boolean): readonly Risk[] => [
  ...(payment.state === 'approved' && payment.supplierReference === '' ? (['set_up'] as const) : []),
  ...(payment.state === 'approved' && isHeld ? (['held'] as const) : []),
  ...(payment.dueOn < today ? (['late'] as const) : []),
  ...(payment.dueOn > end ? (['due_after'] as const) : []),
]

/**
 * What of a year's money is still on its way, with what may keep it from arriving by 31 March; what is paid but not
 * reported on is evidence that is missing. `held` are payments that something blocks, `reported` those whose use is known.
 * Payments by entitlement are reported on where the council asks for the use of what it paid (`asksUse`).
 */
export const radarOf = (
  year: FinancialYear,
  today: PlainDate,
  {
    applications,
    payments,
    held,
    reported,
    asksUse,
  }: {
    readonly applications: readonly Asked[]
    readonly payments: readonly Payment[]
    readonly held: ReadonlySet<number>
    readonly reported: ReadonlySet<number>
    readonly asksUse: boolean
  },
): readonly RadarLine[] => {
  const end = daysOfFinancialYear(year).to
  const promised = applications.flatMap((one): RadarLine[] =>
    one.state === 'second' && one.promised !== null && one.year === year
      ? [
          {
            ...{ reference: one.reference ?? '', payee: '', school: one.school, amount: one.promised },
            ...{ stage: 'committed', risks: ['second'], application: one.number, payment: null },
          },
        ]
      : [],
  )
  const onTheWay = payments
    .filter((payment) => payment.year === year)
    .flatMap((payment): RadarLine[] => {
      const line = {
        reference: payment.reference,
        payee: payment.payee,
        school: payment.school,
        amount: payment.amount,
        application: payment.application,
        payment: payment.number,
      }
      if (payment.state === 'approved' || payment.state === 'with_finance')
        return [{ ...line, stage: payment.state, risks: risksOf(payment, today, end, held.has(payment.number)) }]
      // What has come back has no use to report.
      const amount = pence(payment.amount - payment.returned)
      const asks =
        payment.state === 'paid' && (asksUse || payment.application !== null) && !reported.has(payment.number)
      return asks && amount > 0 ? [{ ...line, amount, stage: 'not_reported', risks: ['not_reported'] }] : []
    })
  return [...promised, ...onTheWay]
}

/** One thing to do before the year ends: what, of how many and how much. */
export type RadarAction = {
  readonly what: 'plan_free' | 'decide' | 'second' | 'set_up' | 'let_pass' | 'send' | 'chase_finance' | 'ask_use'
  readonly count: number
  readonly amount: Pence
}

/**
 * A proposed list of what to do, the largest amounts first: what is free to be planned, what waits for a decision, what
 * keeps each payment, and whose use is not known.
 */
export const actionsOf = (
  lines: readonly RadarLine[],
  { free, waiting }: { readonly free: Pence; readonly waiting: readonly Pence[] },
): readonly RadarAction[] => {
  const of = (what: RadarAction['what'], some: readonly RadarLine[]): readonly RadarAction[] =>
    some.length === 0 ? [] : [{ what, count: some.length, amount: sumOf(some.map(({ amount }) => amount)) }]
  const actions: readonly RadarAction[] = [
    ...(free > 0 ? [{ what: 'plan_free', count: 1, amount: free } as const] : []),
    ...(waiting.length > 0 ? [{ what: 'decide', count: waiting.length, amount: sumOf(waiting) } as const] : []),
    ...of(
      'second',
      lines.filter(({ stage }) => stage === 'committed'),
    ),
    ...of(
      'set_up',
      lines.filter(({ risks }) => risks.includes('set_up')),
    ),
    ...of(
      'let_pass',
      lines.filter(({ risks }) => risks.includes('held')),
    ),
    ...of(
      'send',
      lines.filter(({ stage, risks }) => stage === 'approved' && !risks.includes('set_up') && !risks.includes('held')),
    ),
    ...of(
      'chase_finance',
      lines.filter(({ stage, risks }) => stage === 'with_finance' && risks.includes('late')),
    ),
    ...of(
      'ask_use',
      lines.filter(({ stage }) => stage === 'not_reported'),
    ),
  ]
  return actions.toSorted((one, other) => other.amount - one.amount)
}
