import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { namesPupilOfApplication, readsApplication, readsPayment } from './scope.ts'

/** What is not in yet before money moves: for how many of an application's children each thing is missing. */
export type GateRow = {
  readonly application: number
  readonly children: number
  readonly returnMissing: number
  readonly planMissing: number
  readonly useMissing: number
}

/**
 * What each application still waits for: the newest return that its council asked this school for, the plan (PEP) meeting
 * of this term, and the use of what was paid for the child before this term began. Counted over the children whom the
 * viewer may know.
 */
export const gateOfApplications = async (
  query: Query,
  scope: Scope,
  given: {
    readonly applications: readonly number[]
    readonly academicYear: number
    readonly term: Term
    readonly termFrom: PlainDate
  },
): Promise<ReadonlyMap<number, GateRow>> => {
  const rows = await readGates(query, scope, { ...given, applications: asList(given.applications) })
  return new Map(rows.map((row) => [row.application, row]))
}

/** The same of payments for applications, by the number of the payment, for who pays them: counts, and no child. */
export const gateOfPayments = async (
  query: Query,
  scope: Scope,
  given: {
    readonly payments: readonly number[]
    readonly academicYear: number
    readonly term: Term
    readonly termFrom: PlainDate
  },
): Promise<ReadonlyMap<number, PaymentGateRow>> => {
  const rows = await readPaymentGates(query, scope, { ...given, payments: asList(given.payments) })
  return new Map(rows.map((row) => [row.payment, row]))
}

/** What a payment still waits for, whether its need is urgent, and whether somebody has let it pass. */
export type PaymentGateRow = GateRow & {
  readonly payment: number
  readonly urgent: number
  readonly passed: number
}

type Given = { academicYear: number; term: Term; termFrom: PlainDate }

/** What is missing for how many children of an application, as columns of a read that is grouped by it. */
const missing = (scope: Scope, given: Given) => {
  const newestRound = sql`(select r.number from round r
    where r.virtual_school_number = application.virtual_school_number and r.as_at <= ${scope.today}
    order by r.as_at desc, r.number desc limit 1)`
  const lacksReturn = sql`(${newestRound} is not null and not exists (select 1 from answer w
    where w.pupil_number = application_pupil.pupil_number and w.round_number = ${newestRound}
      and w.school_number = application.school_number))`
  const lacksPlan = sql`(not exists (select 1 from plan_status s
    where s.pupil_number = application_pupil.pupil_number and s.academic_year = ${given.academicYear}
      and s.term = ${given.term} and coalesce(s.held_on, '') <> ''))`
  const lacksUse = sql`(exists (select 1 from application_pupil b
    join application o on o.number = b.application_number and o.school_number = application.school_number
      and o.state = 'approved'
    join payment m on m.application_number = o.number and m.state = 'paid'
    join payment_event e on e.payment_number = m.number and e.event = 'paid' and e.day < ${given.termFrom}
    where b.pupil_number = application_pupil.pupil_number and o.number <> application.number
      and not exists (select 1 from use_report u where u.application_number = o.number)))`
  return [
    'application.number as application' as const,
    sql<number>`count(*)`.as('children'),
    sql<number>`sum(${lacksReturn})`.as('returnMissing'),
    sql<number>`sum(${lacksPlan})`.as('planMissing'),
    sql<number>`sum(${lacksUse})`.as('useMissing'),
  ] as const
}

const readGates = scopedRead((query, scope, given: Given & { applications: string }) =>
  query
    .selectFrom('application_pupil')
    .innerJoin('application', 'application.number', 'application_pupil.application_number')
    .select(missing(scope, given))
    .where(isAmong('application_pupil.application_number', given.applications))
    .where(readsApplication(scope))
    .where(namesPupilOfApplication(scope, 'application_pupil.pupil_number', 'application.school_number'))
    .groupBy('application.number'),
)

const readPaymentGates = scopedRead((query, scope, given: Given & { payments: string }) =>
  query
    .selectFrom('payment')
    .innerJoin('application', 'application.number', 'payment.application_number')
    .innerJoin('application_pupil', 'application_pupil.application_number', 'application.number')
    .select(missing(scope, given))
    .select([
      'payment.number as payment',
      'application.urgent',
      sql<number>`exists (select 1 from application_event v where v.application_number = application.number
        and v.event = 'gate_passed')`.as('passed'),
    ])
    .where(isAmong('payment.number', given.payments))
    .where(readsPayment(scope))
    .groupBy('payment.number'),
)
