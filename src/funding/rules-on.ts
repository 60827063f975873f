import type { PlainDate } from '../domain/dates.ts'
import type { Query } from '../store/db.ts'
import { rulesOfCouncils } from '../store/funding-rules.ts'
import { type FundingRules, parseFundingRules, usualFundingRules } from './rules.ts'

/** The rules in force for a council on a day: the newest version of the last day they were set from, else the usual ones. */
export type RulesOn = {
  readonly rules: FundingRules
  /** The day they are in force from; null where the council has settled nothing. */
  readonly from: PlainDate | null
  readonly version: number
}

/** The rules of some councils on a day, by number. */
export const rulesOfMany = async (
  query: Query,
  councils: readonly number[],
  day: PlainDate,
): Promise<ReadonlyMap<number, RulesOn>> => {
  const rows = await rulesOfCouncils(query, councils)
  return new Map(
    councils.map((council): [number, RulesOn] => {
      const row = rows.find((one) => one.council === council && one.validFrom <= day)
      return [
        council,
        row
          ? { rules: parseFundingRules(row.rules), from: row.validFrom, version: row.version }
          : { rules: usualFundingRules, from: null, version: 0 },
      ]
    }),
  )
}

/** The rules of one council on a day. */
export const rulesOn = async (query: Query, council: number, day: PlainDate): Promise<RulesOn> =>
  (await rulesOfMany(query, [council], day)).get(council) ?? { rules: usualFundingRules, from: null, version: 0 }
