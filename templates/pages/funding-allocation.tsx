import type { Instant } from '../../src/domain/dates.ts'
import type { FinancialYear } from '../../src/domain/funding/financial-year.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import { overCommitted } from '../../src/domain/funding/ledger.ts'
import { type Pence, typedPounds } from '../../src/domain/funding/pence.ts'
import { Table } from '../components/figures.tsx'
import { Button, Picks, SelectField, TextField } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type FundPots, Pots } from '../components/pots.tsx'
import { shortMoment } from '../words/en/dates.ts'
import { queueWords } from '../words/en/funding.ts'
import { allocationWords as words } from '../words/en/funding-rules.ts'
import { financialYearWords, fundWords, pounds } from '../words/en/money.ts'
import type { FundingParts } from './funding-queue.tsx'

export type AllocationProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly year: FinancialYear
  readonly allocations: readonly {
    readonly fund: FundCode
    readonly year: FinancialYear
    readonly standing: 'provisional' | 'final'
    readonly amount: Pence
    readonly rate: Pence | null
    readonly heads: number | null
    readonly source: string
    readonly at: Instant
    readonly by: string
  }[]
  /** What stands in each pot of this year and those around it. */
  readonly pots: readonly FundPots[]
  readonly funds: readonly FundCode[]
  readonly years: readonly FinancialYear[]
  readonly known: readonly {
    readonly fund: FundCode
    readonly year: FinancialYear
    readonly rate: Pence
    readonly per: 'child' | 'hour'
    readonly source: string
    readonly sure: boolean
  }[]
  /** What the rules keep of this year's allocation beyond what is kept already; null where there is none yet. */
  readonly slice: { readonly amount: Pence; readonly kept: Pence } | null
  /** How many allocations the page shows. */
  readonly seen: number
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** What a council is given, as it is known now and as it was known before, with the rates that are known. */
export const FundingAllocationPage = (props: AllocationProps) => {
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  const { values } = props
  return (
    <Layout
      title={words.title}
      frame={props.frame}
      here={props.parts.includes('queue') ? 'funding' : 'fundingPayments'}
      toMend={props.toMend}
    >
      <h1 class="govuk-heading-l">{words.heading(financialYearWords(props.year))}</h1>
      <FundingNav here="allocation" may={props.parts} />
      <p class="lead measure">{words.lead}</p>
      {props.pots.map(({ fund, year, balances }) => {
        const over = overCommitted(balances)
        return (
          over > 0 && (
            <p class="note note--wait">
              {words.overOf(fundWords[fund], financialYearWords(year))} {queueWords.overCommitted(over)}
            </p>
          )
        )
      })}
      {props.allocations.length === 0 ? (
        <p class="note note--wait">{words.none}</p>
      ) : (
        <Table
          caption={words.title}
          captionShown={false}
          columns={[
            { head: words.columns.fund },
            { head: words.columns.amount, number: true },
            { head: words.columns.of },
            { head: words.columns.standing },
            { head: words.columns.source },
            { head: words.columns.said },
          ]}
          rows={props.allocations.map((one) => ({
            head: (
              <>
                {fundWords[one.fund]}
                <span class="small quiet">{financialYearWords(one.year)}</span>
              </>
            ),
            cells: [
              pounds(one.amount),
              one.rate !== null && one.heads !== null ? words.madeOf(one.heads, one.rate) : '',
              words.standings[one.standing],
              one.source,
              words.said(shortMoment(one.at), one.by),
            ],
          }))}
        />
      )}
      {props.pots.length > 0 && (
        <section class="part" aria-labelledby="pots">
          <h2 class="govuk-heading-m" id="pots">
            {words.pots}
          </h2>
          <Pots caption={words.pots} head={words.columns.fund} funds={props.pots} />
        </section>
      )}
      <section class="part" aria-labelledby="set">
        <h2 class="govuk-heading-m" id="set">
          {words.set}
        </h2>
        <form class="measure" action={paths.fundingAllocation} method="post">
          <input type="hidden" name="seen" value={String(props.seen)} />
          <SelectField
            id="fund"
            label={words.fund}
            value={values['fund']}
            options={props.funds.map((value) => ({ value, text: fundWords[value] }))}
            toMend={mend('fund')}
          />
          <SelectField
            id="year"
            label={words.year}
            value={values['year']}
            options={props.years.map((value) => ({ value: String(value), text: financialYearWords(value) }))}
            toMend={mend('year')}
          />
          <Picks
            name="standing"
            legend={words.standing}
            value={values['standing']}
            options={(['provisional', 'final'] as const).map((value) => ({ value, text: words.standings[value] }))}
            toMend={mend('standing')}
          />
          <TextField
            id="rate"
            label={words.rate}
            hint={words.rateHint}
            value={values['rate']}
            width={10}
            maxlength={16}
            toMend={mend('rate')}
          />
          <TextField
            id="heads"
            label={words.heads}
            value={values['heads']}
            width={10}
            maxlength={8}
            toMend={mend('heads')}
          />
          <TextField
            id="amount"
            label={words.amount}
            hint={words.amountHint}
            value={values['amount']}
            width={20}
            maxlength={16}
            toMend={mend('amount')}
          />
          <TextField
            id="source"
            label={words.source}
            hint={words.sourceHint}
            value={values['source']}
            maxlength={200}
            toMend={mend('source')}
          />
          <Button>{words.save}</Button>
        </form>
        {props.known.length > 0 && (
          <>
            <h3 class="govuk-heading-s part">{words.known}</h3>
            <ul class="flat">
              {props.known.map((one) => (
                <li>
                  {one.sure
                    ? words.knownLine(fundWords[one.fund], financialYearWords(one.year), one.rate, one.per, one.source)
                    : words.rememberedLine(fundWords[one.fund], financialYearWords(one.year), one.rate)}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {props.slice !== null && (
        <section class="part" aria-labelledby="slice">
          <h2 class="govuk-heading-m" id="slice">
            {words.topSlice}
          </h2>
          <p>
            {props.slice.amount === 0 ? words.topSliceNone : words.topSliceSays(props.slice.amount)}{' '}
            {props.slice.kept > 0 && words.topSliceKept(props.slice.kept)}
          </p>
          <form action={paths.fundingTopSlice} method="post">
            <input type="hidden" name="kept" value={String(props.slice.kept)} />
            <TextField
              id="sliceAmount"
              label={words.topSliceAmount}
              value={values['sliceAmount'] ?? (props.slice.amount > 0 ? typedPounds(props.slice.amount) : '')}
              width={10}
              maxlength={16}
              toMend={mend('sliceAmount')}
            />
            <p class="act">
              <Button second name="do" value="keep">
                {words.topSliceDo}
              </Button>
              {props.slice.kept > 0 && (
                <Button second name="do" value="back">
                  {words.topSliceBack}
                </Button>
              )}
            </p>
          </form>
        </section>
      )}
    </Layout>
  )
}
