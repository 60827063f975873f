import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import type { Purpose } from '../../src/domain/funding/interventions.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import { Table } from '../components/figures.tsx'
import { Button, Link, SelectField, Tick } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type Shape, State } from '../components/state.tsx'
import { day, shortMoment } from '../words/en/dates.ts'
import { runWords as words } from '../words/en/funding-rules.ts'
import { fundWords, pounds, purposeWords } from '../words/en/money.ts'
import type { FundingParts } from './funding-queue.tsx'

export type RunState = 'proposed' | 'approved' | 'dropped'
const shapeOf: Readonly<Record<RunState, Shape>> = { proposed: 'wait', approved: 'done', dropped: 'held' }

/** Who does not decide finds the fund under payments. */
const hereOf = (parts: FundingParts) => (parts.includes('queue') ? 'funding' : 'fundingPayments')

type RunsProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly byApplication: boolean
  /** Whether the viewer proposes runs, or only looks. */
  readonly proposes: boolean
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
    <Layout title={words.title} frame={props.frame} here={hereOf(props.parts)} toMend={props.toMend}>
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
      {props.proposes && (
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
      )}
    </Layout>
  )
}

/** A line of a run as it is shown. */
export type ShownLine = {
  readonly pupilId: string
  readonly name: string
  readonly school: string
  readonly part: string
  readonly amount: Pence
  readonly why: string | null
  /** What the plan asks for and whether the last use is signed off; null where the rules do not ask. */
  readonly plan: { readonly requested: string; readonly signedOff: boolean } | null
}

/** What a run pays at one school. */
type SchoolSum = { readonly name: string; readonly payments: number; readonly total: Pence }

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
  readonly schools: readonly SchoolSum[]
  readonly asksPlans: boolean
  readonly byApplication: boolean
  /** The last day of a term that is over, whose roll the proposal goes by; null where it goes by today's. */
  readonly rollOn: PlainDate | null
  readonly excluded: readonly Purpose[]
  /** What stands for the lines on this page: approving sends it back. */
  readonly seen: string
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
      {props.state === 'approved' && (
        <p>
          {words.approvedNext} <Link href={paths.fundingPayments}>{words.approvedLink}</Link>
        </p>
      )}
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
                <input type="hidden" name="seen" value={props.seen} />
              </form>
            )}
          </div>
        </>
      )}
      {props.byApplication && <p class="note">{words.byApplication}</p>}
      {props.rollOn && <p class="note">{words.rollOn(day(props.rollOn))}</p>}
      {props.schools.length > 1 && (
        <div class="part">
          <Schools schools={props.schools} captionShown />
        </div>
      )}
      {props.asksPlans && props.state === 'proposed' ? (
        <form class="part" action={paths.fundingRunPlans(props.id)} method="post">
          <AllLines {...props} plans />
          <p class="gap">
            {words.plansSays}{' '}
            {props.excluded.length > 0 && words.plansExcluded(props.excluded.map((one) => purposeWords[one]))}
          </p>
          <Button second>{words.plansSave}</Button>
        </form>
      ) : (
        <div class="part">
          <AllLines {...props} />
        </div>
      )}
      <p class="act gap">
        <Link href={paths.fundingRunFile(props.id, 'csv')}>{words.csv}</Link>
        <Link href={paths.fundingRunFile(props.id, 'xlsx')}>{words.xlsx}</Link>
      </p>
    </Layout>
  )
}

type SumsProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly fund: FundCode
  readonly term: string
  readonly state: RunState
  readonly payments: number
  readonly total: Pence
  readonly schools: readonly SchoolSum[]
}

/** One pay run for who sees payments and does not run the fund: what it pays to which school. */
export const FundingRunSumsPage = (props: SumsProps) => (
  <Layout
    title={words.heading(props.term)}
    frame={props.frame}
    here={hereOf(props.parts)}
    back={{ href: paths.fundingRuns, text: words.title }}
  >
    <p class="over">{words.run(fundWords[props.fund], props.term)}</p>
    <h1 class="govuk-heading-l">{words.total(props.payments, props.total)}</h1>
    <p>
      <State shape={shapeOf[props.state]} word={words.states[props.state]} />
    </p>
    <p>{words.noChild}</p>
    {props.schools.length > 0 && <Schools schools={props.schools} />}
  </Layout>
)

const Schools = ({
  schools,
  captionShown = false,
}: {
  readonly schools: readonly SchoolSum[]
  readonly captionShown?: boolean
}) => (
  <Table
    caption={words.bySchool}
    captionShown={captionShown}
    columns={[
      { head: words.schoolColumns.school },
      { head: words.schoolColumns.payments, number: true },
      { head: words.schoolColumns.total, number: true },
    ]}
    rows={schools.map((one) => ({ head: one.name, cells: [String(one.payments), pounds(one.total)] }))}
  />
)

const AllLines = ({
  pays,
  paysNot,
  plans = false,
}: {
  readonly pays: readonly ShownLine[]
  readonly paysNot: readonly ShownLine[]
  readonly plans?: boolean
}) => {
  // A child at two schools has one plan: it is asked for once.
  const first = new Set<string>()
  const once = (lines: readonly ShownLine[]) =>
    lines.map((line) => {
      if (!first.has(line.pupilId)) {
        first.add(line.pupilId)
        return line
      }
      return { ...line, plan: null }
    })
  return (
    <>
      {pays.length > 0 && <Lines caption={words.pays} lines={once(pays)} plans={plans} />}
      {paysNot.length > 0 && (
        <div class="part">
          <Lines caption={words.paysNot} lines={once(paysNot)} plans={plans} />
        </div>
      )}
    </>
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
      head: <Link href={paths.pupil(line.pupilId)}>{line.name}</Link>,
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
