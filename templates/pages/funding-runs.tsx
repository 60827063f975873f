import type { Instant } from '../../src/domain/dates.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import { Table } from '../components/figures.tsx'
import { Button, Link, SelectField, Tick } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type Shape, State } from '../components/state.tsx'
import { shortMoment } from '../words/en/dates.ts'
import { runWords as words } from '../words/en/funding-rules.ts'
import { fundWords, pounds } from '../words/en/money.ts'
import type { FundingParts } from './funding-queue.tsx'

export type RunState = 'proposed' | 'approved' | 'dropped'
const shapeOf: Readonly<Record<RunState, Shape>> = { proposed: 'wait', approved: 'done', dropped: 'held' }

type RunsProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly byApplication: boolean
  readonly runs: readonly {
    readonly id: string
    readonly fund: FundCode
    readonly term: string
    readonly state: RunState
    readonly lines: number
    readonly total: Pence
    readonly madeAt: Instant
    readonly madeBy: string
  }[]
  readonly funds: readonly FundCode[]
  readonly terms: readonly { readonly value: string; readonly text: string }[]
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** The pay runs of a council, and proposing the next. */
export const FundingRunsPage = (props: RunsProps) => {
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  return (
    <Layout title={words.title} frame={props.frame} here="funding" toMend={props.toMend}>
      <h1 class="govuk-heading-l">{words.title}</h1>
      <FundingNav here="runs" may={props.parts} />
      <p class="lead measure">{words.lead}</p>
      {props.byApplication && <p class="note">{words.byApplication}</p>}
      {props.runs.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table
          caption={words.title}
          captionShown={false}
          columns={[
            { head: words.columns.run },
            { head: words.columns.state },
            { head: words.columns.payments, number: true },
            { head: words.columns.total, number: true },
            { head: words.columns.made },
          ]}
          rows={props.runs.map((run) => ({
            head: <Link href={paths.fundingRun(run.id)}>{words.run(fundWords[run.fund], run.term)}</Link>,
            cells: [
              <State shape={shapeOf[run.state]} word={words.states[run.state]} />,
              String(run.lines),
              pounds(run.total),
              words.made(shortMoment(run.madeAt), run.madeBy),
            ],
          }))}
        />
      )}
      <section class="part" aria-labelledby="propose">
        <h2 class="govuk-heading-m" id="propose">
          {words.propose}
        </h2>
        <form action={paths.fundingRuns} method="post">
          <SelectField
            id="fund"
            label={words.fund}
            value={props.values['fund']}
            options={props.funds.map((value) => ({ value, text: fundWords[value] }))}
            toMend={mend('fund')}
          />
          <SelectField
            id="term"
            label={words.term}
            value={props.values['term']}
            options={props.terms}
            toMend={mend('term')}
          />
          <Button>{words.propose}</Button>
        </form>
      </section>
    </Layout>
  )
}

/** A line of a run as it is shown. */
export type ShownLine = {
  readonly key: string
  readonly pupilId: string
  readonly name: string
  readonly school: string
  readonly part: string
  readonly amount: Pence
  readonly why: string | null
  /** What the plan asks for and whether the last use is signed off; null where the rules do not ask. */
  readonly plan: { readonly requested: string; readonly signedOff: boolean } | null
}

type RunProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly id: string
  readonly fund: FundCode
  readonly term: string
  readonly state: RunState
  readonly again: boolean
  readonly total: Pence
  readonly free: Pence
  readonly pays: readonly ShownLine[]
  readonly paysNot: readonly ShownLine[]
  readonly asksPlans: boolean
  readonly toMend: readonly ToMend[]
}

/** One pay run: what is paid to whom, who gets nothing and why, and approving it. */
export const FundingRunPage = (props: RunProps) => {
  const beyond = props.state === 'proposed' && props.total > props.free
  return (
    <Layout
      title={words.heading(props.term)}
      frame={props.frame}
      here="funding"
      back={{ href: paths.fundingRuns, text: words.title }}
      toMend={props.toMend}
    >
      <p class="over">{words.run(fundWords[props.fund], props.term)}</p>
      <h1 class="govuk-heading-l">{words.total(props.pays.length, props.total)}</h1>
      <p>
        <State shape={shapeOf[props.state]} word={words.states[props.state]} />
      </p>
      {props.again && <p class="note note--wait">{words.again}</p>}
      {props.state === 'proposed' && (
        <>
          <p>
            {words.free(props.free)} {beyond ? words.beyond : ''}
          </p>
          <div class="chase">
            <p>{words.total(props.pays.length, props.total)}</p>
            <form action={paths.fundingRunDrop(props.id)} method="post">
              <Button second>{words.drop}</Button>
            </form>
            {props.pays.length > 0 && !beyond && (
              <form action={paths.fundingRunApprove(props.id)} method="post">
                <Button>{words.approve}</Button>
              </form>
            )}
          </div>
        </>
      )}
      {props.pays.length > 0 && <Lines caption={words.pays} lines={props.pays} />}
      {props.paysNot.length > 0 &&
        (props.asksPlans && props.state === 'proposed' ? (
          <form class="part" action={paths.fundingRunPlans(props.id)} method="post">
            <Lines caption={words.paysNot} lines={props.paysNot} plans />
            <p class="gap">{words.plansSays}</p>
            <Button second>{words.plansSave}</Button>
          </form>
        ) : (
          <div class="part">
            <Lines caption={words.paysNot} lines={props.paysNot} />
          </div>
        ))}
      <p class="act gap">
        <Link href={paths.fundingRunFile(props.id, 'csv')}>{words.csv}</Link>
        <Link href={paths.fundingRunFile(props.id, 'xlsx')}>{words.xlsx}</Link>
      </p>
    </Layout>
  )
}

const Lines = ({
  caption,
  lines,
  plans = false,
}: {
  readonly caption: string
  readonly lines: readonly ShownLine[]
  readonly plans?: boolean
}) => (
  <Table
    caption={caption}
    columns={[
      { head: words.lineColumns.child },
      { head: words.lineColumns.school },
      { head: words.lineColumns.part },
      { head: words.lineColumns.amount, number: true },
      { head: words.lineColumns.why },
      ...(plans ? [{ head: words.lineColumns.requested }, { head: words.lineColumns.signedOff }] : []),
    ]}
    rows={lines.map((line) => ({
      head: line.name,
      cells: [
        line.school,
        line.part,
        line.why === null ? pounds(line.amount) : '',
        line.why ?? '',
        ...(plans && line.plan
          ? [
              <input
                class="govuk-input govuk-input--width-5"
                name={`requested-${line.pupilId}`}
                id={`requested-${line.pupilId}`}
                aria-label={`${words.lineColumns.requested}, ${line.name}`}
                value={line.plan.requested}
                maxlength={16}
              />,
              <Tick name={`signed-${line.pupilId}`} checked={line.plan.signedOff}>
                <span class="govuk-visually-hidden">{`${words.lineColumns.signedOff}, ${line.name}`}</span>
              </Tick>,
            ]
          : []),
      ],
    }))}
  />
)
