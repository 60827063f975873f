import { fundingNavWords as words } from '../words/en/funding.ts'
import { Link } from './form.tsx'
import { paths } from './paths.ts'

const places = {
  queue: paths.funding,
  agenda: paths.fundingAgenda,
  runs: paths.fundingRuns,
  payments: paths.fundingPayments,
  settlements: paths.fundingSettlements,
  radar: paths.fundingRadar,
  impact: paths.fundingImpact,
  surveys: paths.fundingSurveys,
  incentives: paths.fundingIncentives,
  ledger: paths.fundingLedger,
  allocation: paths.fundingAllocation,
  rules: paths.fundingRules,
} as const

/** A page about the fund. */
export type FundingPlace = keyof typeof places

/** The pages about a council's money, those that a person may open; the one that is open is said and not linked. */
export const FundingNav = ({ here, may }: { readonly here: FundingPlace; readonly may: readonly FundingPlace[] }) => (
  <nav class="subnav" aria-label={words.label}>
    <ul class="flat act">
      {(Object.keys(places) as readonly FundingPlace[])
        .filter((place) => may.includes(place))
        .map((place) => (
          <li>
            {place === here ? (
              <b aria-current="page">{words.places[place]}</b>
            ) : (
              <Link href={places[place]}>{words.places[place]}</Link>
            )}
          </li>
        ))}
    </ul>
  </nav>
)
