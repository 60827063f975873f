import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { namesPupilOfApplication, readsApplication } from './scope.ts'

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

const readGates = scopedRead(
  (query, scope, given: { applications: string; academicYear: number; term: Term; termFrom: PlainDate }) => {
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
    return query
      .selectFrom('application_pupil')
      .innerJoin('application', 'application.number', 'application_pupil.application_number')
      .select([
        'application.number as application',
        sql<number>`count(*)`.as('children'),
        sql<number>`sum(${lacksReturn})`.as('returnMissing'),
        sql<number>`sum(${lacksPlan})`.as('planMissing'),
        sql<number>`sum(${lacksUse})`.as('useMissing'),
      ])
      .where(isAmong('application_pupil.application_number', given.applications))
      .where(readsApplication(scope))
      .where(namesPupilOfApplication(scope, 'application_pupil.pupil_number', 'application.school_number'))
      .groupBy('application.number')
  },
)
