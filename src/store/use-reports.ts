import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { UseOutcome } from '../domain/funding/application.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { namesPupilOfApplication, readsApplication, readsPayment } from './scope.ts'
import { statement } from './statement.ts'

/** What a school says of how money was used: what was spent, hours given, how the target stood, and how that was measured. */
export type UseReport = {
  readonly application: number
  readonly sequence: number
  readonly spent: Pence
  /** In hundredths of an hour. */
  readonly hoursGiven: number | null
  readonly outcome: UseOutcome
  readonly measured: string
  readonly said: string
  readonly at: Instant
  readonly by: string
}

const reportColumns = [
  'use_report.sequence',
  'use_report.spent',
  'use_report.hours_given as hoursGiven',
  'use_report.outcome',
  'use_report.measured',
  'use_report.said',
  'use_report.at',
  nameOfPerson('use_report.by_person').as('by'),
] as const

/** Reports of use of some applications, oldest first. */
export const useReportsOf = async (
  query: Query,
  scope: Scope,
  applications: readonly number[],
): Promise<readonly UseReport[]> => readReports(query, scope, { applications: asList(applications) })

const readReports = scopedRead((query, scope, { applications }: { applications: string }) =>
  query
    .selectFrom('use_report')
    .innerJoin('application', 'application.number', 'use_report.application_number')
    .select('application.number as application')
    .select(reportColumns)
    .where(isAmong('use_report.application_number', applications))
    .where(readsApplication(scope))
    .orderBy('application.number')
    .orderBy('use_report.sequence'),
)

/** What a report says, whatever it is of. */
type Said = Omit<UseReport, 'application' | 'by'>

const report =
  (of: 'application' | 'payment') =>
  (id: string, whose: string, said: Said, by: number | null): Statement =>
    statement(
      `insert into use_report (id, ${of}_number, sequence, spent, hours_given, outcome, measured, said, at, by_person)
     values (?, (select number from ${of} where id = ?), ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[id, whose, said.sequence, said.spent, said.hoursGiven, said.outcome, said.measured, said.said],
        ...[said.at, by],
      ],
    )

/** Reports how the money of an application was used; a later report follows an earlier one, which stays. */
export const reportUse = report('application')

/** Reports how a payment by entitlement was used; a later report follows an earlier one, which stays. */
export const reportUseOfPayment = report('payment')

/** What a school says of how a payment by entitlement was used. */
export type PaymentUse = Omit<UseReport, 'application'> & { readonly payment: number }

/** Reports of use of some payments by entitlement, oldest first, to who may know the child. */
export const usesOfPayments = async (
  query: Query,
  scope: Scope,
  payments: readonly number[],
): Promise<readonly PaymentUse[]> => readPaymentUses(query, scope, { payments: asList(payments) })

const readPaymentUses = scopedRead((query, scope, { payments }: { payments: string }) =>
  query
    .selectFrom('use_report')
    .innerJoin('payment', 'payment.number', 'use_report.payment_number')
    .select('payment.number as payment')
    .select(reportColumns)
    .where(isAmong('use_report.payment_number', payments))
    .where(readsPayment(scope))
    .where(namesPupilOfApplication(scope, 'payment.pupil_number', 'payment.school_number'))
    .orderBy('payment.number')
    .orderBy('use_report.sequence'),
)

/** The payments of the viewer's council or schools whose use is known, by number: for who sees payments, and no word of it. */
export const reportedPayments = async (query: Query, scope: Scope): Promise<ReadonlySet<number>> =>
  new Set((await readReported(query, scope, {})).map(({ number }) => number))

const readReported = scopedRead((query, scope) =>
  query
    .selectFrom('payment')
    .select('payment.number')
    .where(sql<boolean>`(exists (select 1 from use_report u where u.payment_number = payment.number)
      or exists (select 1 from use_report u where u.application_number = payment.application_number))`)
    .where(readsPayment(scope)),
)
