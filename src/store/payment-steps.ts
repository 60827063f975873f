import type { Instant, PlainDate } from '../domain/dates.ts'
import type { Pence } from '../domain/funding/pence.ts'
import { type PaymentEvent, paymentSteps } from '../domain/funding/states.ts'
import type { Term } from '../domain/return/item.ts'
import type { Statement } from './db.ts'
import { type FundYear, move } from './movements.ts'
import { assertOne, jsonChunks, statement } from './statement.ts'

/** What a payment is for: an application, or a part of a model for a child and term in a pay run. */
type PaidFor =
  | { readonly kind: 'application'; readonly application: string }
  | {
      readonly kind: 'entitlement'
      readonly payRun: string
      readonly pupil: number
      readonly part: string
      readonly academicYear: number
      readonly term: Term
    }

/** A payment to be made: to a payee by public id, or to the one of the school. */
export type NewPayment = {
  readonly id: string
  readonly school: number
  readonly payee: string | null
  readonly amount: Pence
  readonly dueOn: PlainDate
  readonly for: PaidFor
}

/**
 * Puts an agreed amount down to be paid, with a remittance reference that names no child. It is for the commit of the
 * approval that moves the money. The same application, or the same part for a child and term, is never paid twice.
 */
export const makePayment = (
  of: FundYear,
  { id, school, payee, amount, dueOn, for: what }: NewPayment,
  at: Instant,
  by: number | null,
): Statement => {
  const byRun = what.kind === 'entitlement'
  return statement(
    `insert into payment (id, reference, virtual_school_number, fund, year, school_number, payee_number, amount,
       application_number, pay_run_number, pupil_number, part, academic_year, term, state, events, due_on, at, by_person)
     select ?, v.la_code || '-' || printf('%02d', ?) || '-P' || printf('%04d', 1 + (select count(*) from payment o
         where o.virtual_school_number = v.number)),
       v.number, ?, ?, ?, (select y.number from payee y where y.virtual_school_number = v.number
         and (y.id = ? or (? is null and y.school_number = ?))), ?,
       (select number from application where id = ?), (select number from pay_run where id = ?), ?, ?, ?, ?,
       'approved', 0, ?, ?, ?
     from virtual_school v where v.number = ?`,
    [
      ...[id, of.year % 100, of.fund, of.year, school, payee, payee, school, amount],
      ...[byRun ? null : what.application, byRun ? what.payRun : null, byRun ? what.pupil : null],
      ...[byRun ? what.part : null, byRun ? what.academicYear : null, byRun ? what.term : null],
      ...[dueOn, at, by, of.virtualSchool],
    ],
  )
}

type Step = { readonly id: string; readonly events: number }

/** Lets something happen to a payment from where that can happen, whatever its caller saw; else the commit is undone. */
const happens = (
  { id, events }: Step,
  event: PaymentEvent,
  { amount = null, day = null, note = '' }: { amount?: Pence | null; day?: PlainDate | null; note?: string },
  at: Instant,
  by: number | null,
): readonly Statement[] => {
  const { from, to } = paymentSteps[event]
  return [
    assertOne('select count(*) from payment where id = ? and state in (select value from json_each(?))', [
      ...[id, JSON.stringify(from)],
    ]),
    statement(
      `insert into payment_event (payment_number, sequence, event, at, by_person, amount, day, note)
       values ((select number from payment where id = ?), ?, ?, ?, ?, ?, ?, ?)`,
      [id, events + 1, event, at, by, amount, day, note],
    ),
    statement('update payment set state = ?, events = ? where id = ?', [to, events + 1, id]),
  ]
}

/** Undoes the commit unless a payment is of this very amount, out of this fund and year. */
const isOf = (of: FundYear, { id, amount }: { readonly id: string; readonly amount: Pence }): Statement =>
  assertOne(
    'select count(*) from payment where id = ? and virtual_school_number = ? and fund = ? and year = ? and amount = ?',
    [id, of.virtualSchool, of.fund, of.year, amount],
  )

/**
 * Hands payments to finance in one batch, by its public id: however many, in few statements. The commit is undone
 * (Conflict) unless each still stands as it was read and its payee is set up.
 */
export const sendToFinance = (
  payments: readonly Step[],
  batch: string,
  at: Instant,
  by: number | null,
): readonly Statement[] =>
  jsonChunks(payments.map(({ id, events }) => [id, events])).flatMap((json) => [
    assertOne(
      `select not exists (select 1 from json_each(?) j where not exists (select 1 from payment p
         where p.id = j.value ->> 0 and p.events = j.value ->> 1 and p.state in (select value from json_each(?))))`,
      [json, JSON.stringify(paymentSteps.sent_to_finance.from)],
    ),
    assertOne(
      `select not exists (select 1 from json_each(?) j where not exists (select 1 from payment p
         join payee y on y.number = p.payee_number where p.id = j.value ->> 0 and y.supplier_reference <> ''))`,
      [json],
    ),
    statement(
      `insert into payment_event (payment_number, sequence, event, at, by_person, note)
       select p.number, p.events + 1, 'sent_to_finance', ?, ?, ? from json_each(?) j join payment p on p.id = j.value ->> 0`,
      [at, by, batch, json],
    ),
    statement(`update payment set state = ?, events = events + 1 where id in (select value ->> 0 from json_each(?))`, [
      paymentSteps.sent_to_finance.to,
      json,
    ]),
  ])

/** A payment of which finance says that it was paid, as it was read. */
export type PaidByFinance = Step & { readonly amount: Pence; readonly day: PlainDate }

/**
 * Notes that payments of a council that are with finance have reached their payees, and moves their money: for a whole
 * file in as few statements as for one line. The commit is undone (Conflict) unless each still stands as it was read.
 */
export const arePaid = (
  virtualSchool: number,
  paid: readonly PaidByFinance[],
  at: Instant,
  by: number | null,
): readonly Statement[] => [
  ...jsonChunks(paid.map(({ id, events, amount, day }) => [id, events, amount, day])).flatMap((json) => [
    assertOne(
      `select not exists (select 1 from json_each(?) j where not exists (select 1 from payment p
         where p.id = j.value ->> 0 and p.events = j.value ->> 1 and p.amount = j.value ->> 2
           and p.virtual_school_number = ? and p.state in (select value from json_each(?))))`,
      [json, virtualSchool, JSON.stringify(paymentSteps.paid.from)],
    ),
    statement(
      `insert into payment_event (payment_number, sequence, event, at, by_person, amount, day, note)
       select p.number, p.events + 1, 'paid', ?, ?, p.amount, j.value ->> 3, ''
       from json_each(?) j join payment p on p.id = j.value ->> 0`,
      [at, by, json],
    ),
    statement(
      `insert into movement (virtual_school_number, fund, year, pupil_number, from_pot, to_pot, amount, cause,
         payment_number, at, by_person)
       select p.virtual_school_number, p.fund, p.year, p.pupil_number, 'approved', 'paid', p.amount, 'payment', p.number,
         ?, ? from json_each(?) j join payment p on p.id = j.value ->> 0`,
      [at, by, json],
    ),
    statement(`update payment set state = ?, events = events + 1 where id in (select value ->> 0 from json_each(?))`, [
      paymentSteps.paid.to,
      json,
    ]),
  ]),
  assertOne(
    `select not exists (select 1 from pot_balance where virtual_school_number = ? and pot = 'approved' and amount < 0)`,
    [virtualSchool],
  ),
]

/** The same of one payment, which is of this very amount, out of this fund and year. */
export const isPaid = (
  of: FundYear,
  payment: Step & { readonly amount: Pence },
  day: PlainDate,
  at: Instant,
  by: number | null,
): readonly Statement[] => [isOf(of, payment), ...arePaid(of.virtualSchool, [{ ...payment, day }], at, by)]

/** Notes that some of a payment has come back, with why; never more than was paid. */
export const isReturned = (
  of: FundYear,
  payment: Step & { readonly amount: Pence },
  amount: Pence,
  day: PlainDate,
  why: string,
  at: Instant,
  by: number | null,
): readonly Statement[] => [
  isOf(of, payment),
  ...happens(payment, 'returned', { amount, day, note: why }, at, by),
  assertOne(
    `select p.amount >= (select coalesce(sum(e.amount), 0) from payment_event e
       where e.payment_number = p.number and e.event = 'returned') from payment p where p.id = ?`,
    [payment.id],
  ),
  ...move(of, { cause: 'give_back', from: 'paid', to: 'returned', amount, payment: payment.id }, at, by),
]

/** Takes back a payment that has not been paid: its money stands allocated again. */
export const cancelPayment = (
  of: FundYear,
  payment: Step & { readonly amount: Pence },
  why: string,
  at: Instant,
  by: number | null,
): readonly Statement[] => [
  isOf(of, payment),
  ...happens(payment, 'cancelled', { note: why }, at, by),
  ...move(
    of,
    {
      cause: 'approval_undone',
      from: 'approved',
      to: 'allocated',
      amount: payment.amount,
      payment: payment.id,
    },
    at,
    by,
  ),
]

const isByEntitlement = (id: string): Statement =>
  assertOne('select count(*) from payment where id = ? and pay_run_number is not null', [id])

/** Lets a payment by entitlement go to finance before everything is in, with why; one for an application has its own. */
export const passPayment = (step: Step, why: string, at: Instant, by: number): readonly Statement[] => [
  isByEntitlement(step.id),
  ...happens(step, 'gate_passed', { note: why }, at, by),
]

/** Notes that a school has reported how a payment by entitlement was used, in the commit of the report. */
export const isUsed = (step: Step, at: Instant, by: number): readonly Statement[] => [
  isByEntitlement(step.id),
  ...happens(step, 'used', {}, at, by),
]
