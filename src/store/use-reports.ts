import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { UseOutcome } from '../domain/funding/application.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { readsApplication, readsPayment } from './scope.ts'
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
    .select([
      'application.number as application',
      'use_report.sequence',
      'use_report.spent',
      'use_report.hours_given as hoursGiven',
      'use_report.outcome',
      'use_report.measured',
      'use_report.said',
      'use_report.at',
      nameOfPerson('use_report.by_person').as('by'),
    ])
    .where(isAmong('use_report.application_number', applications))
    .where(readsApplication(scope))
    .orderBy('application.number')
    .orderBy('use_report.sequence'),
)

/** Reports how the money of an application was used; a later report follows an earlier one, which stays. */
export const reportUse = (
  id: string,
  application: string,
  report: Omit<UseReport, 'application' | 'by'>,
  by: number | null,
): Statement =>
  statement(
    `insert into use_report (id, application_number, sequence, spent, hours_given, outcome, measured, said, at, by_person)
     values (?, (select number from application where id = ?), ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[id, application, report.sequence, report.spent, report.hoursGiven, report.outcome, report.measured],
      ...[report.said, report.at, by],
    ],
  )

/** The applications of the viewer's council whose use is known, by number: for who sees payments, and no word of it. */
export const reportedApplications = async (query: Query, scope: Scope): Promise<ReadonlySet<number>> =>
  new Set((await readReported(query, scope, {})).map(({ number }) => number))

const readReported = scopedRead((query, scope) =>
  query
    .selectFrom('use_report')
    .innerJoin('payment', 'payment.application_number', 'use_report.application_number')
    .innerJoin('application', 'application.number', 'use_report.application_number')
    .select('application.number')
    .distinct()
    .where(readsPayment(scope))
    .where(
      scope.part.kind === 'council'
        ? sql<boolean>`payment.virtual_school_number = ${scope.part.virtualSchool}`
        : sql<boolean>`payment.school_number in (select a.school_number from appointment a
            where a.person_number = ${scope.person})`,
    ),
)
