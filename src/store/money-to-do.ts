import { sql } from 'kysely'
import type { ApplicationState } from '../domain/funding/states.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { cameBack } from './payments.ts'
import { scopedRead } from './read.ts'
import { followsPupilAt, readsApplication } from './scope.ts'

/** An application that waits for its school: a question to answer, or paid money whose use nobody has reported. */
export type ApplicationToDo = { readonly application: number; readonly state: ApplicationState }

/** The applications of the viewer's schools that wait for them. */
export const applicationsToDo = async (query: Query, scope: Scope): Promise<readonly ApplicationToDo[]> =>
  scope.part.kind === 'school' ? readApplicationsToDo(query, scope, {}) : []

const readApplicationsToDo = scopedRead((query, scope) =>
  query
    .selectFrom('application')
    .select(['application.number as application', 'application.state'])
    .where(
      sql<boolean>`application.school_number in (select a.school_number from appointment a
        where a.person_number = ${scope.person})`,
    )
    .where(
      sql<boolean>`(application.state = 'question' or application.state = 'approved'
        and exists (select 1 from payment p where p.application_number = application.number and p.state = 'paid'
          and p.amount > ${cameBack('p')})
        and not exists (select 1 from use_report u where u.application_number = application.number))`,
    )
    .where(readsApplication(scope)),
)

/** A payment by entitlement, paid, whose use nobody has reported. */
export type EntitlementToReport = { readonly payment: number; readonly virtualSchool: number }

/** The payments by entitlement for children whom the viewer's schools follow, whose use nobody has reported. */
export const entitlementsToReport = async (query: Query, scope: Scope): Promise<readonly EntitlementToReport[]> =>
  scope.part.kind === 'school' ? readEntitlementsToReport(query, scope, {}) : []

const readEntitlementsToReport = scopedRead((query, scope) =>
  query
    .selectFrom('payment')
    .select(['payment.number as payment', 'payment.virtual_school_number as virtualSchool'])
    .where('payment.state', '=', 'paid')
    .where('payment.pay_run_number', 'is not', null)
    .where(sql<boolean>`payment.amount > ${cameBack('payment')}`)
    .where(sql<boolean>`not exists (select 1 from use_report u where u.payment_number = payment.number)`)
    .where(followsPupilAt(scope, 'payment.pupil_number', 'payment.school_number')),
)
