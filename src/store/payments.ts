import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { PaymentEvent, PaymentRoute, PaymentState } from '../domain/funding/states.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { detail } from './pupil-detail.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { followsPupilAt, knowsWhyPassed, namesPupilOfApplication, readsPayment } from './scope.ts'

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

/** What of a payment has come back, by the name that the payment has in a read. */
export const cameBack = (payment: string) =>
  sql<Pence>`coalesce((select sum(r.amount) from payment_event r where r.payment_number = ${sql.ref(`${payment}.number`)}
    and r.event = 'returned'), 0)`

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
      cameBack('payment').as('returned'),
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
