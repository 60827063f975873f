import type { PlainDate } from '../../src/domain/dates.ts'
import type { NotComparable } from '../../src/domain/return/comparable.ts'
import { Table } from '../components/figures.tsx'
import { Link } from '../components/form.tsx'
import { type Frame, Layout, type MenuKey } from '../components/layout.tsx'
import { reasonsSaid } from '../words/en/comparable.ts'
import { figure, percent } from '../words/en/counts.ts'
import { reportCells, reportTables, reportWords as words } from '../words/en/report.ts'

/** A report without names, ready to be read: null is held back. */
export type ReportProps = {
  readonly frame: Frame
  readonly here: MenuKey
  readonly back: string
  readonly title: string
  readonly asAt: PlainDate
  readonly of: 'school' | 'council'
  readonly children: number | null
  readonly answers: { readonly answered: number; readonly asked: number } | null
  readonly sessions: { readonly attended: number; readonly possible: number; readonly pupils: number } | null
  readonly tables: readonly {
    readonly key: string
    readonly base: number | null
    readonly cells: readonly { readonly key: string; readonly count: number | null }[]
    readonly reasons: readonly NotComparable[]
  }[]
  /** A school's own doings, for its governors. */
  readonly does: {
    readonly lead: string | null
    readonly deputy: boolean
    readonly sent: number
    readonly due: number
  } | null
  readonly files: { readonly xlsx: string; readonly csv: string }
}

/** The report for governors or members: print it as it is. */
export const ReportPage = (props: ReportProps) => {
  const { children, of } = props
  const few = of === 'school' ? words.few : words.fewCouncil
  const none = of === 'school' ? words.none : words.noneCouncil
  return (
    <Layout title={props.title} frame={props.frame} here={props.here} back={{ href: props.back, text: words.back }}>
      <p class="over">{props.title}</p>
      <h1 class="govuk-heading-l">{children === null ? few : children === 0 ? none : words.children(children)}</h1>
      <p class="small quiet">{children === null ? words.asAtDay(props.asAt) : words.asAt[of](props.asAt)}</p>
      <p class="act small">
        {words.print} <Link href={props.files.xlsx}>{words.asXlsx}</Link>{' '}
        <Link href={props.files.csv}>{words.asCsv}</Link>
      </p>
      {children === null && <p class="lead measure">{words.fewSays}</p>}
      {props.answers && (
        <p class="lead">
          <b>{words.complete(props.answers.answered, props.answers.asked)}</b>
        </p>
      )}
      {props.sessions && (
        <p>{words.sessions(props.sessions.attended, props.sessions.possible, props.sessions.pupils)}</p>
      )}
      {props.tables.length > 0 && (
        <div class="sheets">
          {props.tables.map((table) => (
            <ReportTable table={table} />
          ))}
        </div>
      )}
      {props.tables.length > 0 && <p class="small quiet gap">{words.rule}</p>}
      {props.does && (
        <section class="part" aria-labelledby="does">
          <h2 class="govuk-heading-m" id="does">
            {words.does}
          </h2>
          <ul class="measure">
            <li>{words.doesLead(props.does.lead, props.does.deputy)}</li>
            <li>{words.doesReturns(props.does.sent, props.does.due)}</li>
            <li>{words.doesPlans}</li>
            <li>{words.doesMoney}</li>
          </ul>
          <p class="measure small quiet">{words.add}</p>
        </section>
      )}
    </Layout>
  )
}

const ReportTable = ({ table }: { readonly table: ReportProps['tables'][number] }) => {
  const { base } = table
  const title = reportTables[table.key] ?? table.key
  if (base === null)
    return (
      <section>
        <h2 class="govuk-heading-s">{title}</h2>
        <p class="small quiet">{words.heldTable}</p>
      </section>
    )
  return (
    <section>
      <Table
        caption={title}
        columns={[
          { head: words.columns.of },
          { head: words.columns.number, number: true },
          { head: words.columns.share, number: true },
        ]}
        rows={table.cells.map(({ key, count }) => ({
          head: reportCells[key] ?? key,
          cells: [
            count === null ? <span class="quiet">{words.held}</span> : figure(count),
            count === null ? '' : `${percent(count, base)}%`,
          ],
        }))}
      />
      <p class="small quiet">{words.base(base)}</p>
      {table.reasons.length > 0 && <p class="small quiet">{reasonsSaid(table.reasons)}</p>}
    </section>
  )
}
