import type { Pence } from '../../src/domain/funding/pence.ts'
import { Glance, Table } from '../components/figures.tsx'
import { Link } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { pounds } from '../words/en/money.ts'
import { radarWords as words } from '../words/en/radar.ts'
import type { FundingParts } from './funding-queue.tsx'

type Group = {
  readonly name: string
  readonly onTheWay: Pence
  readonly atRisk: Pence
  readonly notReported: Pence
}

type RadarProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly year: string
  readonly days: number
  readonly atRisk: Pence
  readonly free: Pence
  readonly committed: Pence
  readonly approved: Pence
  readonly paid: Pence
  readonly notReported: Pence
  readonly actions: readonly {
    readonly what: keyof typeof words.actions
    readonly count: number
    readonly amount: Pence
    readonly href: string | null
  }[]
  readonly schools: readonly Group[]
  /** Empty for who may not know whom money is for. */
  readonly pupils: readonly Group[]
  readonly lines: readonly {
    readonly reference: string
    readonly href: string | null
    readonly school: string
    readonly amount: Pence
    readonly stage: keyof typeof words.stages
    readonly risks: readonly (keyof typeof words.risks)[]
  }[]
}

const Groups = ({
  caption,
  head,
  rows,
}: {
  readonly caption: string
  readonly head: string
  readonly rows: readonly Group[]
}) =>
  rows.length === 0 ? null : (
    <div class="part">
      <Table
        caption={caption}
        columns={[
          { head },
          { head: words.columns.onTheWay, number: true },
          { head: words.columns.atRisk, number: true },
          { head: words.columns.notReported, number: true },
        ]}
        rows={rows.map((row) => ({
          head: row.name,
          cells: [pounds(row.onTheWay), pounds(row.atRisk), pounds(row.notReported)],
        }))}
      />
    </div>
  )

/** What has not arrived as 31 March comes nearer, by school and child, with what to do about it. */
export const FundingRadarPage = (props: RadarProps) => (
  <Layout title={words.title} frame={props.frame} here={props.parts.includes('queue') ? 'funding' : 'fundingPayments'}>
    <p class="over">{words.over(props.year)}</p>
    <h1 class="govuk-heading-l">{words.heading(props.atRisk, props.days)}</h1>
    <FundingNav here="radar" may={props.parts} />
    <p class="lead measure">{words.lead}</p>
    <Glance
      figures={[
        { name: words.free, value: pounds(props.free) },
        { name: words.committed, value: pounds(props.committed) },
        { name: words.approved, value: pounds(props.approved) },
        { name: words.paid, value: pounds(props.paid) },
        { name: words.notReported, value: pounds(props.notReported) },
      ]}
    />
    {props.actions.length > 0 && (
      <section aria-labelledby="to-do">
        <h2 class="govuk-heading-m" id="to-do">
          {words.toDo}
        </h2>
        <ul class="flat rows">
          {props.actions.map(({ what, count, amount, href }) => (
            <li class="pair">
              {href === null ? <span>{words.actions[what]}</span> : <Link href={href}>{words.actions[what]}</Link>}
              <span class="num">{what === 'plan_free' ? pounds(amount) : words.actionOf(what, count, amount)}</span>
            </li>
          ))}
        </ul>
      </section>
    )}
    <Groups caption={words.bySchool} head={words.columns.school} rows={props.schools} />
    <Groups caption={words.byChild} head={words.columns.child} rows={props.pupils} />
    <div class="part">
      {props.lines.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table
          caption={words.lines}
          columns={[
            { head: words.columns.reference, whole: true },
            { head: words.columns.school },
            { head: words.columns.amount, number: true },
            { head: words.columns.stage },
            { head: words.columns.risk },
          ]}
          rows={props.lines.map((line) => ({
            head: line.href === null ? line.reference : <Link href={line.href}>{line.reference}</Link>,
            cells: [
              line.school,
              pounds(line.amount),
              words.stages[line.stage],
              line.risks.map((risk) => words.risks[risk]).join(', '),
            ],
          }))}
        />
      )}
    </div>
  </Layout>
)
