import type { FinancialYear } from '../../src/domain/funding/financial-year.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import { type Balances, pots } from '../../src/domain/funding/ledger.ts'
import { financialYearWords, fundWords, potWords, pounds } from '../words/en/money.ts'
import { Table } from './figures.tsx'

/** What stands in each pot of one fund and financial year. */
export type FundPots = { readonly fund: FundCode; readonly year: FinancialYear; readonly balances: Balances }

const shownPots = pots.filter((pot) => pot !== 'grant')

/** What stands in each pot, a row for each fund and year. */
export const Pots = ({
  caption,
  head,
  funds,
}: {
  readonly caption: string
  readonly head: string
  readonly funds: readonly FundPots[]
}) => (
  <Table
    caption={caption}
    captionShown={false}
    tight
    columns={[{ head }, ...shownPots.map((pot) => ({ head: potWords[pot], number: true }))]}
    rows={funds.map(({ fund, year, balances }) => ({
      head: (
        <>
          {fundWords[fund]}
          <span class="small quiet">{financialYearWords(year)}</span>
        </>
      ),
      cells: shownPots.map((pot) => pounds(balances[pot])),
    }))}
  />
)
