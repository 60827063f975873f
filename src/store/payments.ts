import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import type { Pence } from '../domain/funding/pence.ts'
import { type PaymentEvent, type PaymentRoute, type PaymentState, paymentSteps } from '../domain/funding/states.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { type FundYear, move } from './movements.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { followsPupilAt, knowsWhyPassed, namesPupilOfApplication, readsPayment } from './scope.ts'
import { assertOne, statement } from './statement.ts'

/** A payment as finance and a bursar know it: a reference, a payee, an amount, and where it stands. No child. */
export type Payment = {
  readonly number: number
  readonly id: string
  readonly reference: string
  readonly virtualSchool: number
  readonly council: string
  readonly fund: FundCode
  readonly year: FinancialYear
  readonly school: number
  readonly payee: string
  readonly payeeId: string
  readonly route: PaymentRoute
  readonly supplierReference: string
  readonly costCode: string
  readonly amount: Pence
  /** The reference of the application it is for; null where it is paid by entitlement. */
  readonly application: number | null
  /** The part of the model, the academic year and the term a payment by entitlement is for. */
  readonly part: string | null
  readonly academicYear: number | null
  readonly term: Term | null
  readonly state: PaymentState
  readonly events: number
  readonly dueOn: PlainDate
  readonly approvedAt: Instant
  readonly sentAt: Instant | null
  readonly paidOn: PlainDate | null
  /** What of it has come back. */
  readonly returned: Pence
}

/** The payments the viewer may see: those on their way, then the others, each newest first; 5,000 at most. */
export const paymentsOf = async (query: Query, scope: Scope): Promise<readonly Payment[]> =>
  readPayments(query, scope, {})

const payments = (query: Query) =>
  query
    .selectFrom('payment')
    .innerJoin('payee', 'payee.number', 'payment.payee_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'payment.virtual_school_number')
    .select([
      'payment.number',
      'payment.id',
      'payment.reference',
      'payment.virtual_school_number as virtualSchool',
      'virtual_school.name as council',
      'payment.fund',
      'payment.year',
      'payment.school_number as school',
      'payee.name as payee',
      'payee.id as payeeId',
      'payee.route',
      'payee.supplier_reference as supplierReference',
      'payee.cost_code as costCode',
      'payment.amount',
      'payment.application_number as application',
      'payment.part',
      'payment.academic_year as academicYear',
      'payment.term',
      'payment.state',
      'payment.events',
      'payment.due_on as dueOn',
      'payment.at as approvedAt',
      sql<Instant | null>`(select max(e.at) from payment_event e where e.payment_number = payment.number
        and e.event = 'sent_to_finance')`.as('sentAt'),
      sql<PlainDate | null>`(select e.day from payment_event e where e.payment_number = payment.number
        and e.event = 'paid')`.as('paidOn'),
      sql<Pence>`coalesce((select sum(e.amount) from payment_event e where e.payment_number = payment.number
        and e.event = 'returned'), 0)`.as('returned'),
    ])

const readPayments = scopedRead((query, scope) =>
  payments(query)
    .where(
      scope.part.kind === 'council'
        ? sql<boolean>`payment.virtual_school_number = ${scope.part.virtualSchool}`
        : sql<boolean>`payment.school_number in (select a.school_number from appointment a
            where a.person_number = ${scope.person})`,
    )
    .where(readsPayment(scope))
    .orderBy(sql`payment.state in ('approved', 'with_finance')`, 'desc')
    .orderBy('payment.number', 'desc')
    .limit(5000),
)

/** The payments for some applications. */
export const paymentsForApplications = async (
  query: Query,
  scope: Scope,
  applications: readonly number[],
): Promise<readonly Payment[]> => readForApplications(query, scope, { applications: asList(applications) })

const readForApplications = scopedRead((query, scope, { applications }: { applications: string }) =>
  payments(query)
    .where(isAmong('payment.application_number', applications))
    .where(readsPayment(scope))
    .orderBy('payment.number', 'desc'),
)

/** The payments by entitlement for one pupil whom the viewer may know, newest first. */
export const entitlementsForPupil = async (query: Query, scope: Scope, pupil: number): Promise<readonly Payment[]> =>
  readForPupil(query, scope, { pupil })

const readForPupil = scopedRead((query, scope, { pupil }: { pupil: number }) =>
  payments(query)
    .where('payment.pupil_number', '=', pupil)
    .where('payment.state', '<>', 'cancelled')
    .where(readsPayment(scope))
    .where(namesPupilOfApplication(scope, 'payment.pupil_number', 'payment.school_number'))
    .orderBy('payment.number', 'desc'),
)

/** The payments of some remittance references, in capitals, however old. */
export const paymentsByReference = async (
  query: Query,
  scope: Scope,
  references: readonly string[],
): Promise<readonly Payment[]> => readByReference(query, scope, { references: asList(references) })

const readByReference = scopedRead((query, scope, { references }: { references: string }) =>
  payments(query).where(isAmong('payment.reference', references)).where(readsPayment(scope)).orderBy('payment.number'),
)

/** One payment the viewer may see, by its public id. */
export const paymentById = async (query: Query, scope: Scope, id: string): Promise<Payment | undefined> =>
  (await readPayment(query, scope, { id }))[0]

const readPayment = scopedRead((query, scope, { id }: { id: string }) =>
  payments(query).where('payment.id', '=', id).where(readsPayment(scope)),
)

/** The pupil a payment by entitlement is for, as far as the viewer may know the child at all. */
export type PaidPupil = {
  readonly payment: number
  readonly number: number
  readonly id: string
  readonly forename: string
  readonly surname: string
}

/** The pupils of payments by entitlement whom the viewer may know; never for finance or an auditor. */
export const pupilsOfPayments = async (
  query: Query,
  scope: Scope,
  numbers: readonly number[],
): Promise<readonly PaidPupil[]> => readPaidPupils(query, scope, { numbers: asList(numbers) })

const detail = (attribute: string) =>
  sql<string>`coalesce((select d.value from pupil_detail d where d.pupil_number = pupil.number
    and d.attribute = ${attribute}), '')`

const readPaidPupils = scopedRead((query, scope, { numbers }: { numbers: string }) =>
  query
    .selectFrom('payment')
    .innerJoin('pupil', 'pupil.number', 'payment.pupil_number')
    .select([
      'payment.number as payment',
      'pupil.number',
      'pupil.id',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
    ])
    .where(isAmong('payment.number', numbers))
    .where(readsPayment(scope))
    .where(
      scope.part.kind === 'council'
        ? namesPupilOfApplication(scope, 'payment.pupil_number', 'payment.school_number')
        : followsPupilAt(scope, 'payment.pupil_number', 'payment.school_number'),
    )
    .orderBy('payment.number'),
)

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

/** Hands a payment to finance, in a batch by its public id; only one whose payee is set up. */
export const sendToFinance = (step: Step, batch: string, at: Instant, by: number | null): readonly Statement[] => [
  assertOne(
    `select exists (select 1 from payment p join payee y on y.number = p.payee_number
       where p.id = ? and y.supplier_reference <> '')`,
    [step.id],
  ),
  ...happens(step, 'sent_to_finance', { note: batch }, at, by),
]

/** Notes that a payment that is with finance has reached its payee, and moves the money. */
export const isPaid = (
  of: FundYear,
  payment: Step & { readonly amount: Pence },
  day: PlainDate,
  at: Instant,
  by: number | null,
): readonly Statement[] => [
  isOf(of, payment),
  ...happens(payment, 'paid', { amount: payment.amount, day }, at, by),
  ...move(
    of,
    {
      cause: 'payment',
      from: 'approved',
      to: 'paid',
      amount: payment.amount,
      payment: payment.id,
    },
    at,
    by,
  ),
]

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

/** Something that happened to a payment. */
export type PaymentHappened = {
  readonly event: PaymentEvent
  readonly at: Instant
  readonly by: string
  readonly amount: Pence | null
  readonly day: PlainDate | null
  /** Why; of what was sent to finance, the batch. Why a gate was passed is for who decides alone: it may be of a child. */
  readonly note: string
}

/** What happened to one payment, oldest first. */
export const eventsOfPayment = async (query: Query, scope: Scope, id: string): Promise<readonly PaymentHappened[]> =>
  readPaymentEvents(query, scope, { id })

const readPaymentEvents = scopedRead((query, scope, { id }: { id: string }) =>
  query
    .selectFrom('payment_event')
    .innerJoin('payment', 'payment.number', 'payment_event.payment_number')
    .select([
      'payment_event.event',
      'payment_event.at',
      nameOfPerson('payment_event.by_person').as('by'),
      'payment_event.amount',
      'payment_event.day',
      sql<string>`case when payment_event.event = 'gate_passed' and not ${knowsWhyPassed(scope)} then '' else payment_event.note end`.as(
        'note',
      ),
    ])
    .where('payment.id', '=', id)
    .where(readsPayment(scope))
    .orderBy('payment_event.sequence'),
)

/** Which batch each payment that went to finance is of, by the payment's number. */
export const batchesOf = async (query: Query, scope: Scope): Promise<ReadonlyMap<number, string>> =>
  new Map((await readBatches(query, scope, {})).map(({ number, batch }) => [number, batch]))

const readBatches = scopedRead((query, scope) =>
  query
    .selectFrom('payment_event')
    .innerJoin('payment', 'payment.number', 'payment_event.payment_number')
    .select(['payment.number', 'payment_event.note as batch'])
    .where('payment_event.event', '=', 'sent_to_finance')
    .where(readsPayment(scope))
    .where(
      scope.part.kind === 'council'
        ? sql<boolean>`payment.virtual_school_number = ${scope.part.virtualSchool}`
        : sql<boolean>`0`,
    ),
)
