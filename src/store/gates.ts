import { type RawBuilder, sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { cameBack } from './payments.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { namesPupilOfApplication, readsApplication, readsPayment } from './scope.ts'

/** For how many children each thing is not in yet before money moves. */
export type Missing = {
  readonly children: number
  readonly returnMissing: number
  readonly planMissing: number
  readonly useMissing: number
  /** How many of them came into care since the term began: money for them does not wait. */
  readonly newToCare: number
}

/** What an application still waits for. */
export type GateRow = Missing & { readonly application: number }

/** What a payment still waits for, and whether somebody has let it pass. */
export type PaymentGateRow = Missing & { readonly payment: number; readonly passed: number }

type Given = { readonly academicYear: number; readonly term: Term; readonly termFrom: PlainDate }

/**
 * What each application still waits for: the newest return that its council asked this school for, the plan (PEP) meeting
 * of this term, and the use of what was paid for the child before this term began. Counted over the children whom the
 * viewer may know.
 */
export const gateOfApplications = async (
  query: Query,
  scope: Scope,
  given: Given & { readonly applications: readonly number[] },
): Promise<ReadonlyMap<number, GateRow>> => {
  const rows = await readGates(query, scope, { ...given, applications: asList(given.applications) })
  return new Map(rows.map((row) => [row.application, row]))
}

/** The same of payments for applications, by the number of the payment, for who pays them: counts, and no child. */
export const gateOfPayments = async (
  query: Query,
  scope: Scope,
  given: Given & { readonly payments: readonly number[] },
): Promise<ReadonlyMap<number, PaymentGateRow & { readonly urgent: number }>> => {
  const rows = await readPaymentGates(query, scope, { ...given, payments: asList(given.payments) })
  return new Map(rows.map((row) => [row.payment, row]))
}

/**
 * The same of payments by entitlement, but for the plan, which is their model's to ask for. A child who came into care
 * since the term began waits for nothing.
 */
export const gateOfEntitlements = async (
  query: Query,
  scope: Scope,
  { payments, termFrom }: { readonly payments: readonly number[]; readonly termFrom: PlainDate },
): Promise<ReadonlyMap<number, PaymentGateRow>> => {
  const rows = await readEntitlementGates(query, scope, { payments: asList(payments), termFrom })
  return new Map(rows.map((row) => [row.payment, row]))
}

/** Whom money is for, as columns: the child, the school it goes to, and their council. */
type For = Readonly<Record<'pupil' | 'school' | 'council', RawBuilder<unknown>>>

/** The newest return is not in, and this school is asked for it: not where the child came after it was due, or is a guest. */
const lacksReturn = (scope: Scope, { pupil, school, council }: For) => {
  const newestRound = sql`(select r.number from round r
    where r.virtual_school_number = ${council} and r.as_at <= ${scope.today}
    order by r.as_at desc, r.number desc limit 1)`
  return sql<number>`(exists (select 1 from round z
      join place p on p.pupil_number = ${pupil} and p.school_number = ${school}
      join place_confirmation f on f.pupil_number = p.pupil_number and f.school_number = p.school_number
        and f.first_day = p.first_day
      where z.number = ${newestRound} and p.first_day <= z.cut_off and (p.last_day is null or p.last_day >= z.as_at)
        and coalesce(p.enrolment_status, '') <> 'S')
    and not exists (select 1 from answer w
      where w.pupil_number = ${pupil} and w.round_number = ${newestRound} and w.school_number = ${school}))`
}

/** Something was paid for the child, to this school and before the term, has not all come back, and nobody has reported its use. */
const lacksUse = ({ pupil, school }: For, termFrom: PlainDate) =>
  sql<number>`(exists (select 1 from payment m
    join payment_event e on e.payment_number = m.number and e.event = 'paid' and e.day < ${termFrom}
    where m.state = 'paid' and m.school_number = ${school}
      and m.amount > ${cameBack('m')}
      and m.number in (select d.number from payment d where d.pupil_number = ${pupil}
        union select d.number from application_pupil b join payment d on d.application_number = b.application_number
          where b.pupil_number = ${pupil})
      and not exists (select 1 from use_report u where u.payment_number = m.number)
      and not exists (select 1 from use_report u where u.application_number = m.application_number)))`

const cameIntoCare = ({ pupil }: For, termFrom: PlainDate) =>
  sql<number>`(exists (select 1 from care_period k where k.pupil_number = ${pupil} and k.first_day >= ${termFrom}))`

const ofApplication: For = {
  pupil: sql`application_pupil.pupil_number`,
  school: sql`application.school_number`,
  council: sql`application.virtual_school_number`,
}

/** What is missing for how many children of an application, as columns of a read that is grouped by it. */
const missing = (scope: Scope, given: Given) => {
  const lacksPlan = sql`(not exists (select 1 from plan_status s
    where s.pupil_number = application_pupil.pupil_number and s.academic_year = ${given.academicYear}
      and s.term = ${given.term} and coalesce(s.held_on, '') <> ''))`
  return [
    sql<number>`count(*)`.as('children'),
    sql<number>`sum(${lacksReturn(scope, ofApplication)})`.as('returnMissing'),
    sql<number>`sum(${lacksPlan})`.as('planMissing'),
    sql<number>`sum(${lacksUse(ofApplication, given.termFrom)})`.as('useMissing'),
    sql<number>`sum(${cameIntoCare(ofApplication, given.termFrom)})`.as('newToCare'),
  ] as const
}

const readGates = scopedRead((query, scope, given: Given & { applications: string }) =>
  query
    .selectFrom('application_pupil')
    .innerJoin('application', 'application.number', 'application_pupil.application_number')
    .select('application.number as application')
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

const readEntitlementGates = scopedRead((query, scope, given: { payments: string; termFrom: PlainDate }) => {
  const whom: For = {
    pupil: sql`payment.pupil_number`,
    school: sql`payment.school_number`,
    council: sql`payment.virtual_school_number`,
  }
  return query
    .selectFrom('payment')
    .select([
      'payment.number as payment',
      sql<number>`1`.as('children'),
      lacksReturn(scope, whom).as('returnMissing'),
      sql<number>`0`.as('planMissing'),
      lacksUse(whom, given.termFrom).as('useMissing'),
      cameIntoCare(whom, given.termFrom).as('newToCare'),
      sql<number>`exists (select 1 from payment_event v where v.payment_number = payment.number
        and v.event = 'gate_passed')`.as('passed'),
    ])
    .where('payment.pay_run_number', 'is not', null)
    .where(isAmong('payment.number', given.payments))
    .where(readsPayment(scope))
})
