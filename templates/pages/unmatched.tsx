import type { Instant } from '../../src/domain/dates.ts'
import { Table, Unspaced } from '../components/figures.tsx'
import { Button, Link, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { briefMoment, shortMoment } from '../words/en/dates.ts'
import { unmatchedWords as words } from '../words/en/office.ts'

export type UnmatchedProps = {
  readonly frame: Frame
  readonly rows: readonly {
    readonly id: string
    readonly number: number
    readonly fileName: string
    readonly school: string
    readonly sentAt: Instant
    /** The title of the finding that says why. */
    readonly why: string
  }[]
}

/** Rows of returns that no pupil was found for, oldest first. */
export const UnmatchedPage = ({ frame, rows }: UnmatchedProps) => {
  const { columns } = words
  return (
    <Layout title={words.title} frame={frame} here="unmatched">
      <h1 class="govuk-heading-l">{words.heading(rows.length)}</h1>
      <p class="lead measure">{rows.length === 0 ? words.nothing : words.lead}</p>
      {rows.length > 0 && (
        <Table
          caption={words.title}
          captionShown={false}
          columns={[
            { head: columns.row, whole: true },
            { head: columns.file },
            { head: columns.school },
            { head: columns.when, whole: true },
            { head: columns.why },
            { head: columns.next },
          ]}
          rows={rows.map((row) => ({
            head: words.rowOf(row.number),
            cells: [
              <span class="mono small">
                <Unspaced text={row.fileName} />
              </span>,
              row.school,
              briefMoment(row.sentAt),
              row.why,
              <Link href={paths.unmatchedRow(row.id)} also={`${words.rowOf(row.number)}, ${row.fileName}`}>
                {words.open}
              </Link>,
            ],
          }))}
        />
      )}
    </Layout>
  )
}

export type UnmatchedRowProps = {
  readonly frame: Frame
  readonly id: string
  readonly number: number
  readonly fileName: string
  readonly school: string
  readonly sentBy: string
  readonly sentAt: Instant
  readonly why: { readonly title: string; readonly rule: string }
  /** Every cell of the row as sent, in the order of the file. */
  readonly cells: readonly { readonly column: string; readonly cell: string; readonly sent: string }[]
  /** What was typed, where it fitted nobody. */
  readonly typed?: string
  readonly toMend?: readonly ToMend[]
}

/** One unmatched row as sent; an officer types who it is, or sets it aside. Nobody is suggested. */
export const UnmatchedRowPage = (props: UnmatchedRowProps) => {
  const mend = (field: string) => props.toMend?.find((one) => one.field === field)?.text
  return (
    <Layout
      title={words.rowHeading(props.number, props.fileName)}
      frame={props.frame}
      here="unmatched"
      back={{ href: paths.unmatched, text: words.back }}
      toMend={props.toMend}
    >
      <p class="over">{words.sentBy(props.sentBy, props.school, shortMoment(props.sentAt))}</p>
      <h1 class="govuk-heading-l">{words.rowHeading(props.number, props.fileName)}</h1>
      <div class="note tight measure">
        <h2 class="govuk-heading-s">{words.why}</h2>
        <p>
          {props.why.title}. {props.why.rule}
        </p>
      </div>
      <div class="split part">
        <section aria-label={words.asSent}>
          <Table
            caption={words.asSent}
            columns={[{ head: words.column }, { head: words.cell }, { head: words.value }]}
            rows={props.cells.map(({ column, cell, sent }) => ({
              head: column,
              cells: [
                cell === '' ? '' : <span class="mono">{cell}</span>,
                <span class="mono">
                  <Unspaced text={sent} />
                </span>,
              ],
            }))}
          />
        </section>
        <div class="side">
          <section aria-labelledby="match">
            <h2 class="govuk-heading-m" id="match">
              {words.match}
            </h2>
            <p class="govuk-body">{words.matchSays}</p>
            <form action={paths.unmatchedMatch(props.id)} method="post">
              <TextField id="key" label={words.key} value={props.typed} toMend={mend('key')} maxlength={60} />
              <Button>{words.matchButton}</Button>
            </form>
          </section>
          <section aria-labelledby="aside">
            <h2 class="govuk-heading-m" id="aside">
              {words.aside}
            </h2>
            <p class="govuk-body">{words.asideSays}</p>
            <form action={paths.unmatchedSetAside(props.id)} method="post">
              <TextField id="reason" label={words.reason} toMend={mend('reason')} maxlength={300} />
              <Button second>{words.asideButton}</Button>
            </form>
          </section>
        </div>
      </div>
    </Layout>
  )
}
