import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import { type Pence, pence } from '../domain/funding/pence.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { type FundYear, move } from './movements.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, openRead, scopedRead } from './read.ts'
import { seesFund } from './scope.ts'
import { assertOne, statement } from './statement.ts'

/** A council's rules about its money from a day on, as the text they are held in. */
export type RulesFrom = {
  readonly council: number
  readonly validFrom: PlainDate
  readonly version: number
  readonly rules: string
  readonly source: string
  readonly at: Instant
}

/** Every version of some councils' rules, newest first: what a council has published, and nothing of a child. */
export const rulesOfCouncils = async (query: Query, councils: readonly number[]): Promise<readonly RulesFrom[]> =>
  readRules(query, { councils: asList(councils) })

const readRules = openRead((query, { councils }: { councils: string }) =>
  query
    .selectFrom('funding_rules')
    .select(['virtual_school_number as council', 'valid_from as validFrom', 'version', 'rules', 'source', 'at'])
    .where(isAmong('virtual_school_number', councils))
    .orderBy('valid_from', 'desc')
    .orderBy('version', 'desc'),
)

/** Sets a council's rules from a day on; the version of that day that somebody else set first undoes the commit. */
export const setFundingRules = (
  { council, validFrom, version, rules, source, at }: RulesFrom,
  by: number | null,
): Statement =>
  statement(
    `insert into funding_rules (virtual_school_number, valid_from, version, rules, source, at, by_person)
     values (?, ?, ?, ?, ?, ?, ?)`,
    [council, validFrom, version, rules, source, at, by],
  )

/** What a council was given for a year, as it was known at one time. */
export type Allocation = {
  readonly fund: FundCode
  readonly year: FinancialYear
  readonly sequence: number
  readonly standing: 'provisional' | 'final'
  readonly amount: Pence
  readonly rate: Pence | null
  readonly heads: number | null
  readonly source: string
  readonly at: Instant
  readonly by: string
}

/** Every allocation of the viewer's council, newest first. */
export const allocationsOf = async (query: Query, scope: Scope): Promise<readonly Allocation[]> =>
  readAllocations(query, scope, {})

const readAllocations = scopedRead((query, scope) =>
  query
    .selectFrom('allocation')
    .select([
      'fund',
      'year',
      'sequence',
      'standing',
      'amount',
      'rate',
      'heads',
      'source',
      'at',
      nameOfPerson('allocation.by_person').as('by'),
    ])
    .where(seesFund(scope, 'allocation.virtual_school_number'))
    .orderBy('year', 'desc')
    .orderBy('fund')
    .orderBy('sequence', 'desc'),
)

/**
 * Says what a council is given for a year: the first time, or again once it is known better. Moves the difference to what
 * was known before, which may leave less than is promised. Undone where somebody else said it first.
 */
export const setAllocation = (
  of: FundYear,
  { before, ...now }: Omit<Allocation, 'fund' | 'year' | 'by'> & { readonly before: Pence },
  by: number | null,
): readonly Statement[] => {
  const difference = now.amount - before
  const moved =
    difference === 0
      ? []
      : move(
          of,
          difference > 0
            ? { cause: 'allocation', from: 'grant', to: 'allocated', amount: pence(difference) }
            : { cause: 'allocation_cut', from: 'allocated', to: 'grant', amount: pence(-difference) },
          now.at,
          by,
        )
  return [
    assertOne(
      `select coalesce((select amount from allocation where virtual_school_number = ? and fund = ? and year = ?
         order by sequence desc limit 1), 0) = ?`,
      [of.virtualSchool, of.fund, of.year, before],
    ),
    statement(
      `insert into allocation (virtual_school_number, fund, year, sequence, standing, amount, rate, heads, source, at,
         by_person) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[of.virtualSchool, of.fund, of.year, now.sequence, now.standing, now.amount, now.rate, now.heads],
        ...[now.source, now.at, by],
      ],
    ),
    ...moved,
  ]
}
