import type { Instant } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import { type Balances, type Cause, type Pot, pots, ways } from '../domain/funding/ledger.ts'
import { type Pence, pence } from '../domain/funding/pence.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { scopedRead } from './read.ts'
import { seesFund } from './scope.ts'
import { assertOne, statement } from './statement.ts'

/** The money of one council, fund and financial year. */
export type FundYear = { readonly virtualSchool: number; readonly fund: FundCode; readonly year: FinancialYear }

/** A movement to be made; the application or payment it is of by its public id. */
export type NewMovement = {
  readonly cause: Cause
  readonly from: Pot
  readonly to: Pot
  readonly amount: Pence
  /** The pupil it is for; of a payment by entitlement it is known. */
  readonly pupil?: number | undefined
  readonly application?: string | undefined
  readonly payment?: string | undefined
}

const balance =
  'coalesce((select amount from pot_balance where virtual_school_number = ? and fund = ? and year = ? and pot = ?), 0)'

/**
 * Moves money, in the commit of what it is for. The commit is undone (Conflict) where the pot it leaves would hold less
 * than nothing, and where something is approved while more is promised than is allocated: the allocation as it stands in
 * that moment, whoever else is deciding (DESIGN 2). An allocation itself may be cut below what is promised.
 */
export const move = (
  { virtualSchool, fund, year }: FundYear,
  { cause, from, to, amount, pupil, application, payment }: NewMovement,
  at: Instant,
  by: number | null,
): readonly Statement[] => {
  if (!ways[cause].some(([one, other]) => one === from && other === to)) throw new Error('money does not go that way')
  const of = [virtualSchool, fund, year]
  const heldTo: readonly Pot[] =
    from === 'grant' || cause === 'allocation_cut'
      ? []
      : cause === 'approval' && from === 'committed'
        ? ['committed', 'allocated']
        : [from]
  return [
    statement(
      `insert into movement (virtual_school_number, fund, year, pupil_number, from_pot, to_pot, amount, cause,
         application_number, payment_number, at, by_person)
       values (?, ?, ?, coalesce(?, (select pupil_number from payment where id = ?)), ?, ?, ?, ?, (select number from application where id = ?),
         (select number from payment where id = ?), ?, ?)`,
      [...of, pupil ?? null, payment ?? null, from, to, amount, cause, application ?? null, payment ?? null, at, by],
    ),
    ...heldTo.map((pot) => assertOne(`select ${balance} >= 0`, [...of, pot])),
  ]
}

/** Undoes the commit unless a pot holds what somebody saw in it: so that what is sent twice moves money once. */
export const potStillHolds = ({ virtualSchool, fund, year }: FundYear, pot: Pot, amount: Pence): Statement =>
  assertOne(`select ${balance} = ?`, [virtualSchool, fund, year, pot, amount])

/** What stands in each pot of the viewer's council, for each fund and year that has any. */
export const potBalances = async (
  query: Query,
  scope: Scope,
): Promise<readonly { readonly fund: FundCode; readonly year: FinancialYear; readonly balances: Balances }[]> => {
  const rows = await readBalances(query, scope, {})
  const keys = [...new Set(rows.map(({ fund, year }) => `${fund} ${year}`))]
  return keys.map((key) => {
    const own = rows.filter(({ fund, year }) => `${fund} ${year}` === key)
    const first = own[0] as (typeof own)[number]
    const sums = new Map(own.map(({ pot, amount }) => [pot, amount]))
    const balances = Object.fromEntries(pots.map((pot) => [pot, sums.get(pot) ?? pence(0)])) as Balances
    return { fund: first.fund, year: first.year, balances }
  })
}

const readBalances = scopedRead((query, scope) =>
  query
    .selectFrom('pot_balance')
    .select(['fund', 'year', 'pot', 'amount'])
    .where(seesFund(scope, 'pot_balance.virtual_school_number'))
    .orderBy('year', 'desc')
    .orderBy('fund'),
)

/** A line of the ledger: what moved, why, and the reference it is known by; never a child. */
export type LedgerLine = {
  readonly at: Instant
  readonly fund: FundCode
  readonly year: FinancialYear
  readonly from: Pot
  readonly to: Pot
  readonly amount: Pence
  readonly cause: Cause
  readonly application: string | null
  readonly payment: string | null
}

/** The ledger of the viewer's council since a moment, newest first: so many lines at most, or all. */
export const ledgerLines = async (
  query: Query,
  scope: Scope,
  since: Instant,
  most?: number,
): Promise<readonly LedgerLine[]> => readLedger(query, scope, { since, most: most ?? -1 })

const readLedger = scopedRead((query, scope, { since, most }: { since: Instant; most: number }) =>
  query
    .selectFrom('movement')
    .leftJoin('application', 'application.number', 'movement.application_number')
    .leftJoin('payment', 'payment.number', 'movement.payment_number')
    .select([
      'movement.at',
      'movement.fund',
      'movement.year',
      'movement.from_pot as from',
      'movement.to_pot as to',
      'movement.amount',
      'movement.cause',
      'application.reference as application',
      'payment.reference as payment',
    ])
    .where('movement.at', '>=', since)
    .where(seesFund(scope, 'movement.virtual_school_number'))
    .orderBy('movement.at', 'desc')
    .orderBy('movement.number', 'desc')
    // SQLite takes a limit below nothing for none.
    .limit(most),
)
