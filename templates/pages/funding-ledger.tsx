import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { FinancialYear } from '../../src/domain/funding/financial-year.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import type { Balances, Cause, Pot } from '../../src/domain/funding/ledger.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import { Details, Table } from '../components/figures.tsx'
import { Button, Link, Picks, SelectField, TextArea, TextField } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { Pots } from '../components/pots.tsx'
import { day, shortMoment } from '../words/en/dates.ts'
import { queueWords, ledgerWords as words } from '../words/en/funding.ts'
import { causeWords, financialYearWords, fundWords, potWords, pounds } from '../words/en/money.ts'
import type { FundingParts } from './funding-queue.tsx'

type LedgerProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly free: Pence
  readonly funds: readonly {
    readonly fund: FundCode
    readonly year: FinancialYear
    readonly balances: Balances
    readonly over: Pence
  }[]
  readonly weeks: readonly {
    readonly from: PlainDate
    readonly lines: readonly {
      readonly at: Instant
      readonly cause: Cause
      readonly from: Pot
      readonly to: Pot
      readonly amount: Pence
      readonly of: string
    }[]
  }[]
  readonly closes: readonly {
    readonly fund: FundCode
    readonly year: FinancialYear
    readonly quarter: number
    readonly said: string
    readonly at: Instant
    readonly by: string
  }[]
  readonly mayClose: boolean
  /** What was never spent of years that have ended, where the viewer may say what became of it. */
  readonly left: readonly { readonly fund: FundCode; readonly year: FinancialYear; readonly amount: Pence }[]
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

const quarterWords: Readonly<Record<number, string>> = words.quarters

/** Where the council's money stands, what moved week by week, and the quarters that were closed. */
export const FundingLedgerPage = (props: LedgerProps) => {
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  return (
    <Layout
      title={words.title}
      frame={props.frame}
      here={props.parts.includes('queue') ? 'funding' : 'fundingPayments'}
      toMend={props.toMend}
    >
      <h1 class="govuk-heading-l">{words.heading(props.free)}</h1>
      <FundingNav here="ledger" may={props.parts} />
      {props.funds.map(
        ({ fund, year, over }) =>
          over > 0 && (
            <p class="note note--wait">
              <b>{words.pots(fundWords[fund], financialYearWords(year))}:</b> {queueWords.overCommitted(over)}
            </p>
          ),
      )}
      {props.funds.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Pots caption={words.title} head={words.potColumns.fund} funds={props.funds} />
      )}
      <section class="part" aria-labelledby="weeks">
        <h2 class="govuk-heading-m" id="weeks">
          {words.weeks}
        </h2>
        <p>{words.weeksSays}</p>
        {props.weeks.map(({ from, lines }, at) => (
          <Details summary={`${words.week(day(from))} (${lines.length})`} open={at === 0}>
            <Table
              caption={words.week(day(from))}
              captionShown={false}
              columns={[
                { head: words.columns.at, whole: true },
                { head: words.columns.what },
                { head: words.columns.from },
                { head: words.columns.to },
                { head: words.columns.amount, number: true },
                { head: words.columns.of, whole: true },
              ]}
              rows={lines.map((line) => ({
                head: shortMoment(line.at),
                cells: [causeWords[line.cause], potWords[line.from], potWords[line.to], pounds(line.amount), line.of],
              }))}
            />
          </Details>
        ))}
        <p class="act">
          <Link href={paths.fundingLedgerFile('csv')}>{words.csv}</Link>
          <Link href={paths.fundingLedgerFile('xlsx')}>{words.xlsx}</Link>
        </p>
      </section>
      {props.mayClose && props.funds.length > 0 && (
        <section class="part on-screen" aria-labelledby="close">
          <h2 class="govuk-heading-m" id="close">
            {words.close}
          </h2>
          <p>{words.closeSays}</p>
          <form action={paths.fundingClose} method="post">
            <SelectField
              id="fund"
              label={words.fund}
              value={props.values['fund']}
              empty=""
              options={props.funds.map(({ fund, year }) => ({
                value: `${fund} ${year}`,
                text: words.pots(fundWords[fund], financialYearWords(year)),
              }))}
              toMend={mend('fund')}
            />
            <SelectField
              id="quarter"
              label={words.quarter}
              value={props.values['quarter']}
              empty=""
              options={Object.entries(words.quarters).map(([value, text]) => ({ value, text }))}
              toMend={mend('quarter')}
            />
            <TextArea
              id="said"
              label={words.said}
              value={props.values['said']}
              maxlength={1000}
              toMend={mend('said')}
            />
            <Button second>{words.closeDo}</Button>
          </form>
        </section>
      )}
      {props.left.length > 0 && <Left props={props} mend={mend} />}
      {props.closes.length > 0 && (
        <section class="part" aria-labelledby="closed">
          <h2 class="govuk-heading-m" id="closed">
            {words.closed}
          </h2>
          <ul class="flat rows">
            {props.closes.map((close) => (
              <li>
                {words.closedLine(
                  fundWords[close.fund],
                  financialYearWords(close.year),
                  quarterWords[close.quarter] ?? '',
                  shortMoment(close.at),
                  close.by,
                )}
                <p class="said">{close.said}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  )
}

const Left = ({
  props,
  mend,
}: {
  readonly props: LedgerProps
  readonly mend: (field: string) => string | undefined
}) => (
  <section class="part on-screen" aria-labelledby="left">
    <h2 class="govuk-heading-m" id="left">
      {words.left}
    </h2>
    <p class="measure">{words.leftSays}</p>
    <form action={paths.fundingYearLeft} method="post">
      <SelectField
        id="leftFund"
        label={words.leftFund}
        value={props.values['leftFund'] ?? (props.left.length === 1 ? props.left.map(leftValue)[0] : undefined)}
        empty=""
        options={props.left.map((one) => ({
          value: leftValue(one),
          text: words.leftOf(fundWords[one.fund], financialYearWords(one.year), one.amount),
        }))}
        toMend={mend('leftFund')}
      />
      <Picks
        name="leftTo"
        legend={words.leftTo}
        value={props.values['leftTo']}
        options={Object.entries(words.leftWays).map(([value, text]) => ({ value, text }))}
        toMend={mend('leftTo')}
      />
      <TextField
        id="leftWhy"
        label={words.leftWhy}
        value={props.values['leftWhy']}
        maxlength={300}
        toMend={mend('leftWhy')}
      />
      <Button second>{words.leftDo}</Button>
    </form>
  </section>
)

const leftValue = (of: LedgerProps['left'][number]) => `${of.fund} ${of.year}`
