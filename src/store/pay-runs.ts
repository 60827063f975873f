import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import { type Pence, pence } from '../domain/funding/pence.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import type { FundYear } from './movements.ts'
import { nameOfPerson } from './person-name.ts'
import { detail } from './pupil-detail.ts'
import { scopedRead } from './read.ts'
import { seesFund, seesPupil } from './scope.ts'
import { assertOne, jsonChunks, statement } from './statement.ts'

/** A pay run: what a council's model proposes to pay for a term, and whether a person has approved it. */
export type ListedRun = {
  readonly id: string
  readonly fund: FundCode
  readonly year: FinancialYear
  readonly academicYear: number
  readonly term: Term
  readonly on: PlainDate
  readonly state: 'proposed' | 'approved' | 'dropped'
  readonly madeAt: Instant
  readonly madeBy: string
  readonly settledAt: Instant | null
  readonly settledBy: string
  readonly total: Pence
  readonly lines: number
}

/** The pay runs of the viewer's council, newest first: sums, and no child. */
export const payRunsOf = async (query: Query, scope: Scope): Promise<readonly ListedRun[]> =>
  readRuns(query, scope, { id: null })

/** One pay run of the viewer's council, by its public id. */
export const payRunById = async (query: Query, scope: Scope, id: string): Promise<ListedRun | undefined> =>
  (await readRuns(query, scope, { id }))[0]

const readRuns = scopedRead((query, scope, { id }: { id: string | null }) =>
  query
    .selectFrom('pay_run')
    .select([
      'pay_run.id',
      'pay_run.fund',
      'pay_run.year',
      'pay_run.academic_year as academicYear',
      'pay_run.term',
      'pay_run.run_on as on',
      'pay_run.state',
      'pay_run.made_at as madeAt',
      nameOfPerson('pay_run.made_by').as('madeBy'),
      'pay_run.settled_at as settledAt',
      nameOfPerson('pay_run.settled_by').as('settledBy'),
      sql<Pence>`coalesce((select sum(l.amount) from pay_run_line l where l.pay_run_number = pay_run.number), 0)`.as(
        'total',
      ),
      sql<number>`(select count(*) from pay_run_line l where l.pay_run_number = pay_run.number and l.amount > 0)`.as(
        'lines',
      ),
    ])
    .where(sql<boolean>`(${id} is null or pay_run.id = ${id})`)
    .where(seesFund(scope, 'pay_run.virtual_school_number'))
    .orderBy('pay_run.number', 'desc')
    .limit(200),
)

/** How many pay runs of a fund have been approved: a number that an approval is held to. */
export const approvedRuns = async (query: Query, scope: Scope, fund: FundCode): Promise<number> =>
  (await readApprovedRuns(query, scope, { fund })).length

const readApprovedRuns = scopedRead((query, scope, { fund }: { fund: FundCode }) =>
  query
    .selectFrom('pay_run')
    .select('pay_run.id')
    .where('pay_run.fund', '=', fund)
    .where('pay_run.state', '=', 'approved')
    .where(seesFund(scope, 'pay_run.virtual_school_number')),
)

/** What a pay run comes to at one school: no child. */
export type SchoolOfRun = { readonly school: number; readonly payments: number; readonly total: Pence }

/** What a pay run pays, by school, for whoever sees the council's payments. */
export const schoolsOfRun = async (query: Query, scope: Scope, id: string): Promise<readonly SchoolOfRun[]> =>
  readSchoolsOfRun(query, scope, { id })

const readSchoolsOfRun = scopedRead((query, scope, { id }: { id: string }) =>
  query
    .selectFrom('pay_run_line')
    .innerJoin('pay_run', 'pay_run.number', 'pay_run_line.pay_run_number')
    .select([
      'pay_run_line.school_number as school',
      sql<number>`count(*)`.as('payments'),
      sql<Pence>`sum(pay_run_line.amount)`.as('total'),
    ])
    .where('pay_run.id', '=', id)
    .where('pay_run_line.amount', '>', pence(0))
    .where(seesFund(scope, 'pay_run.virtual_school_number'))
    .groupBy('pay_run_line.school_number')
    .orderBy('pay_run_line.school_number')
    .$narrowType<{ school: number }>(),
)

/** A line of a pay run: an amount to a school for a child, or why nothing. */
export type RunLine = {
  readonly pupil: number
  readonly part: string
  readonly school: number | null
  /** The term it is for. */
  readonly academicYear: number
  readonly term: Term
  readonly amount: Pence
  readonly why: string | null
}

/** A line with the child it is for, as far as the viewer may open the record. */
export type NamedRunLine = RunLine & {
  readonly pupilId: string
  readonly forename: string
  readonly surname: string
}

/** The lines of a pay run whose children the viewer may open. */
export const linesOfRun = async (query: Query, scope: Scope, id: string): Promise<readonly NamedRunLine[]> =>
  readRunLines(query, scope, { id })

const readRunLines = scopedRead((query, scope, { id }: { id: string }) =>
  query
    .selectFrom('pay_run_line')
    .innerJoin('pay_run', 'pay_run.number', 'pay_run_line.pay_run_number')
    .innerJoin('pupil', 'pupil.number', 'pay_run_line.pupil_number')
    .select([
      'pay_run_line.pupil_number as pupil',
      'pupil.id as pupilId',
      'pay_run_line.part',
      'pay_run_line.school_number as school',
      'pay_run_line.academic_year as academicYear',
      'pay_run_line.term',
      'pay_run_line.amount',
      'pay_run_line.why',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
    ])
    .where('pay_run.id', '=', id)
    .where(seesPupil(scope, 'pay_run_line.pupil_number'))
    .orderBy('pay_run_line.school_number')
    .orderBy('surname')
    .orderBy('pay_run_line.pupil_number'),
)

/** A pay run to be proposed. */
export type NewRun = {
  readonly id: string
  readonly academicYear: number
  readonly term: Term
  readonly on: PlainDate
  readonly rulesFrom: PlainDate
  readonly rulesVersion: number
}

const keepLines = (id: string, lines: readonly RunLine[]): readonly Statement[] =>
  jsonChunks(
    lines.map((line) => [line.pupil, line.part, line.school, line.academicYear, line.term, line.amount, line.why]),
  ).map((json) =>
    statement(
      `insert into pay_run_line (pay_run_number, pupil_number, part, school_number, academic_year, term, amount, why)
       select r.number, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
       from pay_run r, json_each(?) where r.id = ?`,
      [json, id],
    ),
  )

/** Keeps a proposal. */
export const proposeRun = (
  of: FundYear,
  run: NewRun,
  lines: readonly RunLine[],
  at: Instant,
  by: number,
): readonly Statement[] => [
  statement(
    `insert into pay_run (id, virtual_school_number, fund, year, academic_year, term, run_on, state, rules_from,
       rules_version, made_at, made_by) values (?, ?, ?, ?, ?, ?, ?, 'proposed', ?, ?, ?, ?)`,
    [
      ...[run.id, of.virtualSchool, of.fund, of.year, run.academicYear, run.term, run.on, run.rulesFrom],
      ...[run.rulesVersion, at, by],
    ],
  ),
  ...keepLines(run.id, lines),
]

const isProposed = (id: string) => assertOne("select count(*) from pay_run where id = ? and state = 'proposed'", [id])

/** Puts other lines in the place of a proposal's, since something has changed; it is then paid from another year perhaps. */
export const proposeAgain = (id: string, year: FinancialYear, lines: readonly RunLine[]): readonly Statement[] => [
  isProposed(id),
  statement('update pay_run set year = ? where id = ?', [year, id]),
  statement('delete from pay_run_line where pay_run_number = (select number from pay_run where id = ?)', [id]),
  ...keepLines(id, lines),
]

/** Drops a proposal: nothing is paid by it. */
export const dropRun = (id: string, at: Instant, by: number): readonly Statement[] => [
  isProposed(id),
  statement("update pay_run set state = 'dropped', settled_at = ?, settled_by = ? where id = ?", [at, by, id]),
]

/** Undoes the commit unless the payments of a run are the lines that it keeps, one by one, out of its own fund and year. */
const paysItsLines = ({ virtualSchool, fund, year }: FundYear, id: string): Statement => {
  const paid = 'pupil_number, part, school_number, academic_year, term, amount'
  return assertOne(
    `select count(*) from pay_run r where r.id = ? and r.virtual_school_number = ? and r.fund = ? and r.year = ?
       and (select count(*) from payment where pay_run_number = r.number) =
         (select count(*) from pay_run_line where pay_run_number = r.number and amount > 0)
       and not exists (select ${paid} from payment where pay_run_number = r.number
         except select ${paid} from pay_run_line where pay_run_number = r.number)`,
    [id, virtualSchool, fund, year],
  )
}

/** A payment of a run, with the public id it is to have, and the day it is due where that is not the run's. */
export type RunPayment = RunLine & {
  readonly id: string
  readonly school: number
  readonly dueOn?: PlainDate | undefined
}

/**
 * Approves a proposal: a payment and a movement for each line that pays, in one commit whatever their number. It is undone
 * (Conflict) where the allocation as then known does not reach, where a child was paid the same part for the term, where
 * somebody settled the run, or proposed it otherwise, or approved another of the fund since `approvedBefore` were counted.
 */
export const approveRun = (
  of: FundYear,
  run: { readonly id: string; readonly dueOn: PlainDate; readonly approvedBefore: number },
  payments: readonly RunPayment[],
  payees: readonly { readonly id: string; readonly school: number; readonly name: string }[],
  at: Instant,
  by: number,
): readonly Statement[] => {
  const fund = [of.virtualSchool, of.fund, of.year]
  return [
    isProposed(run.id),
    assertOne(
      `select (select count(*) from pay_run where virtual_school_number = ? and fund = ? and state = 'approved') = ?`,
      [of.virtualSchool, of.fund, run.approvedBefore],
    ),
    statement("update pay_run set state = 'approved', settled_at = ?, settled_by = ? where id = ?", [at, by, run.id]),
    ...jsonChunks(payees.map(({ id, school, name }) => [id, school, name])).map((json) =>
      statement(
        `insert into payee (id, virtual_school_number, name, route, supplier_reference, cost_code, school_number, at,
           by_person)
         select value ->> 0, ?, value ->> 2, 'bacs', '', '', value ->> 1, ?, ? from json_each(?) where true
         on conflict (virtual_school_number, school_number) do nothing`,
        [of.virtualSchool, at, by, json],
      ),
    ),
    ...jsonChunks(
      payments.map((one) => [
        ...[one.id, one.pupil, one.part, one.school, one.amount, one.academicYear, one.term, one.dueOn ?? null],
      ]),
    ).map((json) =>
      statement(
        `insert into payment (id, reference, virtual_school_number, fund, year, school_number, payee_number, amount,
           pay_run_number, pupil_number, part, academic_year, term, state, events, due_on, at, by_person)
         select value ->> 0, v.la_code || '-' || printf('%02d', ?) || '-P' || printf('%04d', 1 + key + b.made),
           v.number, ?, ?, value ->> 3, (select y.number from payee y where y.virtual_school_number = v.number
             and y.school_number = value ->> 3), value ->> 4,
           (select number from pay_run where id = ?), value ->> 1, value ->> 2, value ->> 5, value ->> 6,
           'approved', 0, coalesce(value ->> 7, ?), ?, ?
         from virtual_school v, (select count(*) as made from payment where virtual_school_number = ?) b, json_each(?)
         where v.number = ?`,
        [
          ...[of.year % 100, of.fund, of.year, run.id, run.dueOn, at, by],
          ...[of.virtualSchool, json, of.virtualSchool],
        ],
      ),
    ),
    statement(
      `insert into movement (virtual_school_number, fund, year, pupil_number, from_pot, to_pot, amount, cause,
         payment_number, at, by_person)
       select virtual_school_number, fund, year, pupil_number, 'allocated', 'approved', amount, 'approval', number, ?, ?
       from payment where pay_run_number = (select number from pay_run where id = ?)`,
      [at, by, run.id],
    ),
    paysItsLines(of, run.id),
    assertOne(
      `select coalesce((select amount from pot_balance where virtual_school_number = ? and fund = ? and year = ?
         and pot = 'allocated'), 0) >= 0`,
      fund,
    ),
  ]
}
