import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { PlanCycle, PlanRule } from '../domain/plan.ts'
import type { Term } from '../domain/return/item.ts'
import { type Scope, worksWithReturns } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, openRead, scopedRead } from './read.ts'
import { followsPupilAt, ofOwnCouncil, seesPupil } from './scope.ts'
import { statement } from './statement.ts'

/** Where a pupil's plan stands in one term, with the file or form that said it last. */
export type PlanRow = PlanCycle & {
  readonly pupil: number
  readonly via: string
  /** Empty for who does not read the council's own files. */
  readonly fileName: string
  readonly saidBy: string
  readonly saidAt: Instant
}

/** Where the plans of some pupils stand, newest term first: the council's record, shown to the child's school. */
export const planRows = async (query: Query, scope: Scope, pupils: readonly number[]): Promise<readonly PlanRow[]> => {
  const rows = await readPlanRows(query, scope, { pupils: asList(pupils) })
  const readsFiles = scope.part.kind === 'council' && worksWithReturns(scope.part.role)
  return readsFiles ? rows : rows.map((row) => ({ ...row, fileName: '', saidBy: '' }))
}

const readPlanRows = scopedRead((query, scope, { pupils }: { pupils: string }) =>
  query
    .selectFrom('plan_status')
    .innerJoin('import', 'import.number', 'plan_status.import_number')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .select([
      'plan_status.pupil_number as pupil',
      'plan_status.academic_year as academicYear',
      'plan_status.term',
      'plan_status.due_on as dueOn',
      'plan_status.held_on as heldOn',
      'plan_status.submitted_on as submittedOn',
      'plan_status.rating',
      'plan_status.rated_on as ratedOn',
      'plan_status.rated_by as ratedBy',
      'delivery.via',
      'delivery.file_name as fileName',
      nameOfPerson('delivery.sent_by').as('saidBy'),
      'delivery.sent_at as saidAt',
    ])
    .where(isAmong('plan_status.pupil_number', pupils))
    .where(seesPupil(scope, 'plan_status.pupil_number'))
    .orderBy('plan_status.academic_year', 'desc')
    .orderBy(sql`case plan_status.term when 'summer' then 2 when 'spring' then 1 else 0 end`, 'desc'),
)

const detailOf = (attribute: string) =>
  sql<string>`coalesce((select d.value from pupil_detail d where d.pupil_number = pupil.number
    and d.attribute = ${attribute}), '')`

/** The last meeting and the next day due as the council's roll has them, by pupil. */
export const planDays = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<ReadonlyMap<number, { readonly heldOn: string; readonly nextBy: string }>> => {
  const rows = await readPlanDays(query, scope, { pupils: asList(pupils) })
  return new Map(rows.flatMap(({ pupil, ...days }) => (days.heldOn || days.nextBy ? [[pupil, days] as const] : [])))
}

const readPlanDays = scopedRead((query, scope, { pupils }: { pupils: string }) =>
  query
    .selectFrom('pupil')
    .select(['pupil.number as pupil', detailOf('plan_held_on').as('heldOn'), detailOf('plan_next_by').as('nextBy')])
    .where(isAmong('pupil.number', pupils))
    .where(seesPupil(scope, 'pupil.number')),
)

/** A return that closed the school's section of a pupil's plan. */
export type PlanSection = {
  readonly pupil: number
  readonly academicYear: number
  readonly term: Term
  readonly at: Instant
  readonly receipt: string
}

/**
 * The returns that stand as the school's section of the plan: rounds the council marked so, submissions published and
 * not withdrawn, rows that were not held back. A withdrawal opens the section again.
 */
export const planSections = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<readonly PlanSection[]> => readPlanSections(query, scope, { pupils: asList(pupils) })

const readPlanSections = scopedRead((query, scope, { pupils }: { pupils: string }) =>
  query
    .selectFrom('plan_round')
    // In this order: from the few marked rounds of these pupils' councils to the pupils' own rows, never from all rows.
    .crossJoin('round')
    .crossJoin('pupil')
    .crossJoin('import_row')
    .crossJoin('import')
    .crossJoin('submission')
    .select([
      sql<number>`import_row.pupil_number`.as('pupil'),
      'round.academic_year as academicYear',
      'round.term',
      'submission.at',
      'submission.receipt',
    ])
    .whereRef('round.number', '=', 'plan_round.round_number')
    .where(
      sql<boolean>`round.virtual_school_number in (select o.virtual_school_number from pupil o where
        o.number in (select value from json_each(${pupils})))`,
    )
    .where(isAmong('pupil.number', pupils))
    .whereRef('pupil.virtual_school_number', '=', 'round.virtual_school_number')
    .whereRef('import_row.pupil_number', '=', 'pupil.number')
    .where('import_row.state', '=', 'ready')
    .whereRef('import.number', '=', 'import_row.import_number')
    .whereRef('import.round_number', '=', 'round.number')
    .where('import.state', '=', 'published')
    .whereRef('submission.import_number', '=', 'import.number')
    .where(followsPupilAt(scope, 'import_row.pupil_number', 'submission.school_number'))
    .orderBy('submission.at', 'desc'),
)

/** Since when the council's own pupils have been in care: the council's own business, never a school's. */
export const careBegan = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<ReadonlyMap<number, PlainDate>> => {
  const rows = await readCareBegan(query, scope, { pupils: asList(pupils) })
  return new Map(rows.map(({ pupil, firstDay }) => [pupil, firstDay]))
}

const readCareBegan = scopedRead((query, scope, { pupils }: { pupils: string }) =>
  query
    .selectFrom('care_period')
    .innerJoin('pupil', 'pupil.number', 'care_period.pupil_number')
    .select(['care_period.pupil_number as pupil', sql<PlainDate>`max(care_period.first_day)`.as('firstDay')])
    .where(isAmong('care_period.pupil_number', pupils))
    .where('care_period.first_day', '<=', scope.today)
    .where(ofOwnCouncil(scope, 'pupil.virtual_school_number'))
    .where(seesPupil(scope, 'care_period.pupil_number'))
    .groupBy('care_period.pupil_number'),
)

/** The councils' own rules for when a plan is due: days and counts, and nothing of a child. */
export const planRules = async (
  query: Query,
  virtualSchools: readonly number[],
): Promise<ReadonlyMap<number, readonly PlanRule[]>> => {
  const rows = await readPlanRules(query, { virtualSchools: asList(virtualSchools) })
  return new Map(virtualSchools.map((number) => [number, rows.filter(({ council }) => council === number)]))
}

const readPlanRules = openRead((query, given: { virtualSchools: string }) =>
  query
    .selectFrom('plan_rule')
    .select(['virtual_school_number as council', 'after', 'valid_from as validFrom', 'count', 'unit', 'source'])
    .where(isAmong('virtual_school_number', given.virtualSchools))
    .orderBy('after')
    .orderBy('valid_from'),
)

/** Sets a council's own rule from a day on; the same day's rule is replaced. */
export const setPlanRule = (virtualSchool: number, rule: PlanRule, at: Instant, by: number): Statement =>
  statement(
    `insert into plan_rule (virtual_school_number, after, valid_from, count, unit, source, at, by_person)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (virtual_school_number, after, valid_from) do update set count = excluded.count,
       unit = excluded.unit, source = excluded.source, at = excluded.at, by_person = excluded.by_person`,
    [virtualSchool, rule.after, rule.validFrom, rule.count, rule.unit, rule.source, at, by],
  )

/** Whether a round's return is the school's section of the plan: it says nothing of a child. */
export const isPlanRound = async (query: Query, round: number): Promise<boolean> =>
  (await readPlanRound(query, { round })).length > 0

const readPlanRound = openRead((query, { round }: { round: number }) =>
  query.selectFrom('plan_round').select('round_number').where('round_number', '=', round),
)

/** Says that a round's return is the school's section of the plan, or that it is not. */
export const setPlanRound = (round: number, is: boolean, at: Instant, by: number): Statement =>
  is
    ? statement('insert or ignore into plan_round (round_number, at, by_person) values (?, ?, ?)', [round, at, by])
    : statement('delete from plan_round where round_number = ?', [round])
