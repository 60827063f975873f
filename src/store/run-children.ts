import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { detail } from './pupil-detail.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { amongOwn, seesPupil } from './scope.ts'
import { jsonChunks, statement } from './statement.ts'

/** A child of a council with a period of care, for a pay run. */
export type RunChild = {
  readonly pupil: number
  readonly yearGroup: string
  readonly careFrom: PlainDate
  readonly careTo: PlainDate | null
}

/** The children of the viewer's council who are looked after on a day, with each period of care that covers it. */
export const childrenInCare = async (query: Query, scope: Scope, day: PlainDate): Promise<readonly RunChild[]> =>
  scope.part.kind === 'council' ? readInCare(query, scope, { day }) : []

const readInCare = scopedRead((query, scope, { day }: { day: PlainDate }) =>
  query
    .selectFrom('pupil')
    .innerJoin('care_period', 'care_period.pupil_number', 'pupil.number')
    .select([
      'pupil.number as pupil',
      detail('year_group').as('yearGroup'),
      'care_period.first_day as careFrom',
      'care_period.last_day as careTo',
    ])
    .where('care_period.first_day', '<=', day)
    .where((where) => where.or([where('care_period.last_day', 'is', null), where('care_period.last_day', '>=', day)]))
    .where(amongOwn(scope, 'pupil.number'))
    .where(seesPupil(scope, 'pupil.number'))
    .orderBy('pupil.number')
    .orderBy('care_period.first_day'),
)

/** A confirmed place of a child, for a pay run. */
export type RunPlace = {
  readonly pupil: number
  readonly school: number
  readonly from: PlainDate
  readonly to: PlainDate | null
  readonly enrolmentStatus: string | null
}

/** The confirmed places of some pupils. */
export const placesForRun = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<readonly RunPlace[]> =>
  scope.part.kind === 'council' ? readPlacesForRun(query, scope, { pupils: asList(pupils) }) : []

const readPlacesForRun = scopedRead((query, scope, { pupils }: { pupils: string }) =>
  query
    .selectFrom('place')
    .innerJoin('place_confirmation', (join) =>
      join
        .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
        .onRef('place_confirmation.school_number', '=', 'place.school_number')
        .onRef('place_confirmation.first_day', '=', 'place.first_day'),
    )
    .select([
      'place.pupil_number as pupil',
      'place.school_number as school',
      'place.first_day as from',
      'place.last_day as to',
      'place.enrolment_status as enrolmentStatus',
    ])
    .where(isAmong('place.pupil_number', pupils))
    .where(seesPupil(scope, 'place.pupil_number'))
    .orderBy('place.pupil_number')
    .orderBy('place.first_day', 'desc'),
)

/** A plan (PEP) of a child in a term with what it asks for, for a pay run. */
export type RunPlan = {
  readonly pupil: number
  readonly academicYear: number
  readonly term: Term
  readonly heldOn: PlainDate | null
  readonly rating: string | null
  readonly requested: Pence | null
  readonly signedOff: number
}

/** Where the plans of some pupils stand since an academic year, and what each asks for. */
export const plansForRun = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  since: number,
): Promise<readonly RunPlan[]> =>
  scope.part.kind === 'council' ? readRunPlans(query, scope, { pupils: asList(pupils), since }) : []

const newestRequest = (column: string) =>
  sql`(select ${sql.ref(`r.${column}`)} from plan_request r where r.pupil_number = plan_status.pupil_number
    and r.academic_year = plan_status.academic_year and r.term = plan_status.term
    order by r.sequence desc limit 1)`

const readRunPlans = scopedRead((query, scope, { pupils, since }: { pupils: string; since: number }) =>
  query
    .selectFrom('plan_status')
    .select([
      'plan_status.pupil_number as pupil',
      'plan_status.academic_year as academicYear',
      'plan_status.term',
      sql<PlainDate | null>`nullif(plan_status.held_on, '')`.as('heldOn'),
      'plan_status.rating',
      sql<Pence | null>`${newestRequest('amount')}`.as('requested'),
      sql<number>`coalesce(${newestRequest('signed_off')}, 0)`.as('signedOff'),
    ])
    .where(isAmong('plan_status.pupil_number', pupils))
    .where('plan_status.academic_year', '>=', since)
    .where(seesPupil(scope, 'plan_status.pupil_number'))
    .orderBy('plan_status.pupil_number'),
)

/** What was paid for a child by entitlement before, or approved and taken back. */
export type RunPaid = {
  readonly pupil: number
  readonly part: string
  readonly academicYear: number
  readonly term: Term
  readonly year: FinancialYear
  readonly amount: Pence
  /** 1 where it was taken back, else 0. */
  readonly cancelled: number
}

/** What was paid by entitlement for some pupils from a fund, in any run, with what was taken back. */
export const paidByEntitlement = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  fund: FundCode,
): Promise<readonly RunPaid[]> =>
  scope.part.kind === 'council' ? readPaidByEntitlement(query, scope, { pupils: asList(pupils), fund }) : []

const readPaidByEntitlement = scopedRead((query, scope, { pupils, fund }: { pupils: string; fund: FundCode }) =>
  query
    .selectFrom('payment')
    .select(['pupil_number as pupil', 'part', 'academic_year as academicYear', 'term', 'year', 'amount'])
    .select(sql<number>`payment.state = 'cancelled'`.as('cancelled'))
    .where(isAmong('payment.pupil_number', pupils))
    .where('payment.fund', '=', fund)
    .where('payment.pay_run_number', 'is not', null)
    .where(seesPupil(scope, 'payment.pupil_number'))
    .$narrowType<{ pupil: number; part: string; academicYear: number; term: Term }>(),
)

/** What the plan (PEP) of a child in a term asks for, and whether the use of the last payment is signed off. */
export type PlanRequest = {
  readonly pupil: number
  readonly academicYear: number
  readonly term: Term
  /** Null where nobody has said yet what it asks for. */
  readonly amount: Pence | null
  readonly signedOff: boolean
}

/** Notes what some plans ask for, one of a child and term; the newest counts. */
export const requestInPlans = (requests: readonly PlanRequest[], at: Instant, by: number): readonly Statement[] =>
  jsonChunks(requests.map((one) => [one.pupil, one.academicYear, one.term, one.amount, one.signedOff ? 1 : 0])).map(
    (json) =>
      statement(
        `insert into plan_request (pupil_number, academic_year, term, sequence, amount, signed_off, at, by_person)
       select value ->> 0, value ->> 1, value ->> 2, 1 + coalesce((select max(r.sequence) from plan_request r
           where r.pupil_number = value ->> 0 and r.academic_year = value ->> 1 and r.term = value ->> 2), 0),
         value ->> 3, value ->> 4, ?, ? from json_each(?)`,
        [at, by, json],
      ),
  )
