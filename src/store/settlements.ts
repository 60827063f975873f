import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { PaymentState } from '../domain/funding/states.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { cameBack } from './payments.ts'
import { detail } from './pupil-detail.ts'
import { scopedRead } from './read.ts'
import { namesPupilOfApplication, readsPayment } from './scope.ts'
import { statement } from './statement.ts'

/** A payment, on its way or made, for one child who has left its school, or care, since: what has to be settled. */
export type ToSettle = {
  readonly payment: number
  readonly id: string
  readonly reference: string
  readonly pupil: number
  readonly pupilId: string
  readonly forename: string
  readonly surname: string
  readonly school: number
  readonly fund: FundCode
  readonly year: FinancialYear
  readonly amount: Pence
  readonly returned: Pence
  /** What the newest report says was spent; nothing where there is none. */
  readonly spent: Pence
  readonly state: PaymentState
  readonly approvedOn: PlainDate
  /** Null while it is on its way. */
  readonly paidOn: PlainDate | null
  readonly term: Term | null
  readonly academicYear: number | null
  /** The part of the model and the financial year it was paid by; no part by application. */
  readonly part: string | null
  /** Since when the child had been at the school and in care when it was approved. */
  readonly thereSince: PlainDate | null
  /** The application's text, where it is for one; null by entitlement. */
  readonly typed: string | null
  readonly leftOn: PlainDate | null
  readonly careEndedOn: PlainDate | null
  /** Where the child is now, at a confirmed place; null where nowhere else. */
  readonly nextSchool: number | null
  /** What came back was paid on to the next school: 1 or 0. */
  readonly isPassedOn: number
  /** Why it was said to stay; null where nobody has said so. */
  readonly settled: string | null
}

/** The part under which what came back from one school is paid on to the next: followed by the reference it was paid by. */
export const onwardPart = 'onward'

/** What was approved or paid for single children of the viewer's council who have left its school, or care, since. */
export const paymentsToSettle = async (query: Query, scope: Scope): Promise<readonly ToSettle[]> =>
  scope.part.kind === 'council' ? readToSettle(query, scope, {}) : []

const readToSettle = scopedRead((query, scope) => {
  const running = (alias: string) =>
    sql`(${sql.ref(`${alias}.last_day`)} is null or ${sql.ref(`${alias}.last_day`)} >= ${scope.today})`
  // A project of several children is no single child's: it is settled by who knows it.
  const ofOne = sql<number>`coalesce(payment.pupil_number, (select min(x.pupil_number) from application_pupil x
    where x.application_number = payment.application_number having count(*) = 1))`
  const leftOn = sql<PlainDate | null>`(select max(p.last_day) from place p where p.pupil_number = pupil.number
    and p.school_number = payment.school_number and p.last_day < ${scope.today}
    and not exists (select 1 from place q where q.pupil_number = p.pupil_number
      and q.school_number = p.school_number and ${running('q')}))`
  const careEndedOn = sql<PlainDate | null>`(select max(k.last_day) from care_period k
    where k.pupil_number = pupil.number and k.last_day < ${scope.today}
    and not exists (select 1 from care_period l where l.pupil_number = k.pupil_number and ${running('l')}))`
  const paidOn = sql<PlainDate | null>`(select e.day from payment_event e where e.payment_number = payment.number
    and e.event = 'paid')`
  const thereWhenApproved = (days: string) => sql`select min(d.first_day) from ${sql.table(days)} d
    where d.pupil_number = pupil.number and d.first_day <= substr(payment.at, 1, 10)
      and (d.last_day is null or d.last_day >= substr(payment.at, 1, 10))`
  const thereSince = sql<PlainDate | null>`max((${thereWhenApproved('place')}
    and d.school_number = payment.school_number), (${thereWhenApproved('care_period')}))`
  return query
    .selectFrom('payment')
    .innerJoin('pupil', (join) => join.on(sql<boolean>`pupil.number = ${ofOne}`))
    .leftJoin('application', 'application.number', 'payment.application_number')
    .select([
      'payment.number as payment',
      'payment.id',
      'payment.reference',
      'pupil.number as pupil',
      'pupil.id as pupilId',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
      'payment.school_number as school',
      'payment.fund',
      'payment.year',
      'payment.amount',
      cameBack('payment').as('returned'),
      sql<Pence>`coalesce((select u.spent from use_report u where u.application_number = payment.application_number
          or u.payment_number = payment.number order by u.sequence desc limit 1), 0)`.as('spent'),
      'payment.state',
      sql<PlainDate>`substr(payment.at, 1, 10)`.as('approvedOn'),
      paidOn.as('paidOn'),
      'payment.term',
      'payment.academic_year as academicYear',
      'payment.part',
      thereSince.as('thereSince'),
      'application.typed',
      leftOn.as('leftOn'),
      careEndedOn.as('careEndedOn'),
      sql<number | null>`(select n.school_number from place n join place_confirmation c
        on c.pupil_number = n.pupil_number and c.school_number = n.school_number and c.first_day = n.first_day
        where n.pupil_number = pupil.number and n.school_number <> payment.school_number
          and n.first_day <= ${scope.today} and ${running('n')} order by n.first_day desc limit 1)`.as('nextSchool'),
      sql<number>`exists (select 1 from payment g where g.pupil_number = pupil.number
        and g.part = ${`${onwardPart} `} || payment.reference and g.state <> 'cancelled')`.as('isPassedOn'),
      sql<string | null>`(select s.said from settlement s where s.payment_number = payment.number
        order by s.sequence desc limit 1)`.as('settled'),
    ])
    .where('payment.state', '<>', 'cancelled')
    .where(sql<boolean>`payment.virtual_school_number = pupil.virtual_school_number`)
    .where(sql<boolean>`(${leftOn} is not null or ${careEndedOn} is not null)`)
    .where(readsPayment(scope))
    .where(namesPupilOfApplication(scope, 'pupil.number', 'payment.school_number'))
    .orderBy('payment.number')
})

/** Notes that what was paid stays where it is, or that what is on its way is paid all the same, with why; it may be said again. */
export const staysSettled = (payment: number, said: string, at: Instant, by: number): Statement =>
  statement(
    `insert into settlement (payment_number, sequence, said, at, by_person)
     values (?, 1 + coalesce((select max(sequence) from settlement where payment_number = ?), 0), ?, ?, ?)`,
    [payment, payment, said, at, by],
  )
