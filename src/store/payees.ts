import type { Instant } from '../domain/dates.ts'
import type { PaymentRoute } from '../domain/funding/states.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { scopedRead } from './read.ts'
import { seesFund } from './scope.ts'
import { assertOne, statement } from './statement.ts'

/** Who is paid, apart from the school it may be paid for. Without a supplier reference finance has to set it up first. */
export type Payee = {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly route: PaymentRoute
  readonly supplierReference: string
  readonly costCode: string
  readonly school: number | null
}

/** The payees of the viewer's council. */
export const payeesOf = async (query: Query, scope: Scope): Promise<readonly Payee[]> => readPayees(query, scope, {})

const readPayees = scopedRead((query, scope) =>
  query
    .selectFrom('payee')
    .select([
      'number',
      'id',
      'name',
      'route',
      'supplier_reference as supplierReference',
      'cost_code as costCode',
      'school_number as school',
    ])
    .where(seesFund(scope, 'payee.virtual_school_number'))
    .orderBy('name')
    .orderBy('number'),
)

/** Adds a payee: a school's, or one that is no school. A school has one payee in each council. */
export const addPayee = (
  virtualSchool: number,
  payee: Omit<Payee, 'number'>,
  at: Instant,
  by: number | null,
): Statement =>
  statement(
    `insert into payee (id, virtual_school_number, name, route, supplier_reference, cost_code, school_number, at, by_person)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[payee.id, virtualSchool, payee.name, payee.route, payee.supplierReference, payee.costCode, payee.school],
      ...[at, by],
    ],
  )

/** Adds the payee of a school where the council has none: through payables, still to be set up by finance. */
export const schoolAsPayee = (
  virtualSchool: number,
  { id, school, name }: { readonly id: string; readonly school: number; readonly name: string },
  at: Instant,
  by: number | null,
): Statement =>
  statement(
    `insert into payee (id, virtual_school_number, name, route, supplier_reference, cost_code, school_number, at, by_person)
     values (?, ?, ?, 'bacs', '', '', ?, ?, ?) on conflict (virtual_school_number, school_number) do nothing`,
    [id, virtualSchool, name, school, at, by],
  )

/**
 * Changes what a payee is called, how it is paid, and its supplier reference and cost code. Undone (Conflict) where the
 * reference would be another than the one finance was sent for a payment that is still with them.
 */
export const changePayee = (virtualSchool: number, payee: Omit<Payee, 'number' | 'school'>): readonly Statement[] => [
  assertOne(
    `select not exists (select 1 from payment p join payee y on y.number = p.payee_number
       where y.id = ? and y.supplier_reference <> ? and p.state = 'with_finance')`,
    [payee.id, payee.supplierReference],
  ),
  statement(
    `update payee set name = ?, route = ?, supplier_reference = ?, cost_code = ?
     where id = ? and virtual_school_number = ?`,
    [payee.name, payee.route, payee.supplierReference, payee.costCode, payee.id, virtualSchool],
  ),
]
