import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import { BirthdaysToCompare, type BirthdayToCompare } from '../components/birthdays.tsx'
import { Glance, Say, Table, Unspaced } from '../components/figures.tsx'
import { Button, ButtonLink, Link, TextField } from '../components/form.tsx'
import { type ImportFinding, ImportFindings, ImportPublish } from '../components/import-parts.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type ImportState, ImportStateShown } from '../components/return-state.tsx'
import { attendanceFileWords } from '../words/en/attendance-files.ts'
import { figure } from '../words/en/counts.ts'
import { briefMoment, day, momentWords, shortMoment } from '../words/en/dates.ts'
import { importsWords as words } from '../words/en/office.ts'
import { transferWords } from '../words/en/transfer.ts'

export type ImportsProps = {
  readonly frame: Frame
  readonly imports: readonly {
    readonly id: string
    readonly fileName: string
    readonly connector: string
    readonly rowsUsed: number
    readonly rowsRead: number
    readonly sentBy: string
    readonly school: string | null
    readonly at: Instant
    readonly state: ImportState
  }[]
  readonly mayBringIn: boolean
}

const kindOf = (connector: string) => words.kinds[connector] ?? connector

/** Everything that came in for a virtual school, latest first. */
export const ImportsPage = ({ frame, imports, mayBringIn }: ImportsProps) => {
  const { columns } = words
  return (
    <Layout title={words.title} frame={frame} here="imports">
      <div class="pair pair--wrap">
        <h1 class="govuk-heading-l">
          {words.heading(imports.length, imports.filter(({ state }) => state === 'checked').length)}
        </h1>
        {mayBringIn && (
          <p class="act">
            <ButtonLink href={paths.roll}>{words.roll}</ButtonLink>
            <ButtonLink href={paths.transfers} second>
              {transferWords.title}
            </ButtonLink>
            <ButtonLink href={paths.attendanceFiles} second>
              {attendanceFileWords.title}
            </ButtonLink>
          </p>
        )}
      </div>
      {imports.length === 0 ? (
        <p class="lead">{words.nothing}</p>
      ) : (
        <Table
          caption={words.title}
          captionShown={false}
          columns={[
            { head: columns.file },
            { head: columns.kind, whole: true },
            { head: columns.rows, number: true },
            { head: columns.by },
            { head: columns.when, whole: true },
            { head: columns.state, whole: true },
          ]}
          rows={imports.map((one) => ({
            head: (
              <Link href={paths.import(one.id)}>
                <span class="mono">
                  <Unspaced text={one.fileName} />
                </span>
              </Link>
            ),
            cells: [
              kindOf(one.connector),
              words.rowsOf(one.rowsUsed, one.rowsRead),
              <>
                {one.sentBy}
                {one.school !== null && <span class="small quiet">{one.school}</span>}
              </>,
              briefMoment(one.at),
              <ImportStateShown state={one.state} />,
            ],
          }))}
        />
      )}
    </Layout>
  )
}

export type ImportProps = {
  readonly frame: Frame
  readonly id: string
  readonly fileName: string
  readonly connector: string
  readonly edition: string
  readonly sha256: string
  readonly keptUntil: PlainDate | null
  readonly sentBy: string
  readonly school: string | null
  readonly at: Instant
  readonly state: ImportState
  readonly withdrawn: { readonly by: string; readonly at: Instant; readonly reason: string } | null
  readonly rows: {
    readonly read: number
    readonly used: number
    readonly matched: number
    readonly unmatched: number
    readonly heldBack: number
  }
  /** The first of them, by place; a child is never named. */
  readonly findings: readonly ImportFinding[]
  readonly moreFindings: number
  /** Dates of birth in it that are not those held: for the officer and the head. */
  readonly birthdays: readonly BirthdayToCompare[]
  /** For a roll being checked: how many rows would be used, and warnings to accept. */
  readonly publish: { readonly rows: number; readonly warnings: number } | null
  /** Whether every row is this virtual school's own, so that the file may be opened. */
  readonly ownFile: boolean
  readonly mayWithdraw: boolean
  readonly toMend?: readonly ToMend[]
}

/** One import: its rows, what was found in them, and what can be done. Also the check page of a roll. */
export const ImportPage = (props: ImportProps) => {
  const { rows, publish } = props
  return (
    <Layout
      title={props.fileName}
      frame={props.frame}
      here="imports"
      back={{ href: paths.imports, text: words.back }}
      toMend={props.toMend}
    >
      <p class="over mono">{props.fileName}</p>
      <h1 class="govuk-heading-l">
        {publish
          ? words.rollHeading(rows.heldBack, publish.warnings, publish.rows)
          : words.importHeading(kindOf(props.connector), props.state === 'withdrawn', rows.used, rows.read)}
      </h1>
      <p>
        <ImportStateShown state={props.state} />
      </p>
      <Glance
        figures={[
          { name: words.read, value: figure(rows.read) },
          { name: words.used, value: figure(rows.used), base: words.ofRead(rows.read) },
          { name: words.matched, value: figure(rows.matched), base: words.ofRead(rows.read) },
          { name: words.unmatched, value: figure(rows.unmatched), base: words.ofRead(rows.read) },
          { name: words.heldBack, value: figure(rows.heldBack), base: words.ofRead(rows.read) },
        ]}
      />
      <div class="split">
        <div>
          {publish && <ImportPublish id={props.id} rows={publish.rows} warnings={publish.warnings} />}
          <BirthdaysToCompare birthdays={props.birthdays} about="file" values />
          <ImportFindings findings={props.findings} more={props.moreFindings} />
        </div>
        <div class="side">
          <About props={props} />
        </div>
      </div>
    </Layout>
  )
}

const About = ({ props }: { readonly props: ImportProps }) => (
  <section aria-label={props.fileName}>
    <Say
      pairs={[
        { term: words.kind, says: kindOf(props.connector) },
        { term: words.edition, says: props.edition },
        ...(props.school === null ? [] : [{ term: words.school, says: props.school }]),
        ...(props.sentBy === '' ? [] : [{ term: words.sentBy, says: props.sentBy }]),
        { term: words.when, says: momentWords(props.at) },
        { term: words.fingerprint, says: <span class="mono">{props.sha256.slice(0, 12)}</span> },
        ...(props.keptUntil === null ? [] : [{ term: words.kept, says: day(props.keptUntil) }]),
        ...(props.withdrawn === null
          ? []
          : [
              {
                term: words.withdrawnBy,
                says: `${props.withdrawn.by}, ${shortMoment(props.withdrawn.at)}: ${props.withdrawn.reason}`,
              },
            ]),
      ]}
    />
    {props.ownFile ? (
      <p>
        <Link href={paths.importFile(props.id)}>{words.download}</Link>
      </p>
    ) : (
      <p class="small quiet">{words.notWhole}</p>
    )}
    {props.mayWithdraw && (
      <p class="gap">
        <ButtonLink href={paths.importWithdraw(props.id)} second>
          {words.withdraw}
        </ButtonLink>
      </p>
    )}
  </section>
)

export type ImportWithdrawProps = {
  readonly frame: Frame
  readonly id: string
  readonly fileName: string
  readonly facts: number
  readonly pupils: number
  /** Receipts, decisions and confirmations that rested on it, each as a line naming no child. */
  readonly rested: readonly string[]
  readonly reason?: string
  readonly toMend?: string
}

/** Asks before an import is withdrawn, listing what rests on it. */
export const ImportWithdrawPage = ({
  frame,
  id,
  fileName,
  facts,
  pupils,
  rested,
  reason,
  toMend,
}: ImportWithdrawProps) => (
  <Layout
    title={words.withdrawTitle}
    frame={frame}
    here="imports"
    back={{ href: paths.import(id), text: words.back }}
    toMend={toMend === undefined ? [] : [{ field: 'reason', text: toMend }]}
  >
    <p class="over mono">{fileName}</p>
    <h1 class="govuk-heading-l">{words.withdrawTitle}</h1>
    <p class="lead measure">{words.withdrawLead}</p>
    <section class="measure" aria-labelledby="rested">
      <h2 class="govuk-heading-m" id="rested">
        {words.rested}
      </h2>
      <ul class="flat rows">
        {facts > 0 && <li>{words.restedFacts(facts, pupils)}</li>}
        {rested.map((text) => (
          <li>{text}</li>
        ))}
        {facts === 0 && rested.length === 0 && <li>{words.restedNothing}</li>}
      </ul>
    </section>
    <form class="gap measure" action={paths.importWithdraw(id)} method="post">
      <TextField id="reason" label={words.reason} value={reason} toMend={toMend} maxlength={300} required />
      <p class="act">
        <Button>{words.withdrawButton}</Button>
        <Link href={paths.import(id)}>{words.keep}</Link>
      </p>
    </form>
  </Layout>
)
