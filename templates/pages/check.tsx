import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Severity } from '../../src/domain/finding.ts'
import { CheckConfirm, type CheckCouncil } from '../components/check-confirm.tsx'
import { Details, Glance, Say, Table } from '../components/figures.tsx'
import { Button, FileField, Link } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { Mend, type MendControl } from '../components/mend.tsx'
import { paths } from '../components/paths.ts'
import { type RowState, RowStateShown } from '../components/return-state.tsx'
import { State } from '../components/state.tsx'
import { registerWords } from '../words/en/attendance.ts'
import { checkWords as words } from '../words/en/check.ts'
import { momentWords } from '../words/en/dates.ts'
import { layoutWords } from '../words/en/layout.ts'

/** One finding of an upload, at its cell, with the control that mends it where one can. */
export type CheckFinding = {
  /** Unique on the page; the fragment its row and the summary go to. */
  readonly id: string
  readonly severity: Severity
  /** 'D14', a line of a CSV ('line 14'), or in words where it has neither. */
  readonly cell: string
  /** The sheet, where the file has more than one that we read. */
  readonly sheet: string | null
  readonly row: number | null
  /** First name and initial; null where no pupil was found. */
  readonly pupil: string | null
  readonly council: string | null
  /** The item's label, or what the identity column is called; null where the finding belongs to no column. */
  readonly label: string | null
  /** As the sender saw it, never a UPN whole; null where nothing was sent. */
  readonly sent: string | null
  readonly words: { readonly title: string; readonly rule: string; readonly mend: string }
  /** Null where it can only be mended in the file. */
  readonly control: MendControl | null
  /** A warning that a named person has accepted. */
  readonly accepted: boolean
}

/** One row of an upload, whether or not it has findings. */
export type CheckRow = {
  readonly number: number
  readonly pupil: string | null
  readonly council: string | null
  readonly state: RowState
  readonly answersGood: number
  readonly answersRead: number
  /** Required questions of this pupil that neither this row nor an earlier one answers. */
  readonly stillToAnswer: number
  readonly setAsideReason: string | null
}

export type CheckProps = {
  readonly frame: Frame
  readonly upload: string
  readonly fileName: string
  readonly uploadedAt: Instant
  readonly today: PlainDate
  readonly rows: readonly CheckRow[]
  /** In the order of the file: row, then column. */
  readonly findings: readonly CheckFinding[]
  readonly councils: readonly CheckCouncil[]
  /** Whether the file as sent may be downloaded by this person. */
  readonly ownFile: boolean
  /** The school's own layout it was read with, and how many rows about nobody asked about were left out. */
  readonly layout: {
    readonly id: string
    readonly name: string
    readonly version: number
    readonly leftOut: number
  } | null
  /** Pupils whose sessions their school's register has told, in words: their file need not. */
  readonly told: readonly { readonly pupil: string; readonly says: string }[]
  /** The answers were typed on screen: there is no file to speak of. */
  readonly typed: boolean
  /** What a press of a button would have mended first, such as a warning not ticked. */
  readonly toMend?: readonly ToMend[]
}

/** Everything found in an upload, by cell and by row, mended in place and confirmed council by council. */
export const CheckPage = (props: CheckProps) => {
  const { rows, findings } = props
  const open = findings.filter(({ accepted, row }) => !accepted && stillOpen(rows, row))
  const mend = open.filter(({ severity }) => severity === 'error').length
  const check = open.length - mend
  const sent = props.councils.length > 0 && props.councils.every(({ state }) => state === 'sent')
  const inState = (state: RowState) => rows.filter((row) => row.state === state).length
  const ready = inState('ready') + inState('sent')
  const read = rows.reduce((total, row) => total + row.answersRead, 0)
  const good = rows.reduce((total, row) => total + row.answersGood, 0)
  return (
    <Layout
      title={props.typed ? words.typedTitle(mend, check) : words.title(mend, check)}
      frame={props.frame}
      here="inbox"
      back={props.typed ? { href: paths.form, text: words.backToForm } : { href: paths.inbox, text: words.backToInbox }}
      toMend={props.toMend}
    >
      <Steps
        steps={props.typed ? words.typedSteps : words.steps}
        left={mend === 0 && check === 0 ? (sent ? 1 : 2) : 3}
      />
      <p class="over">
        {props.typed
          ? words.typedOver(momentWords(props.uploadedAt))
          : words.uploaded(props.fileName, momentWords(props.uploadedAt))}
      </p>
      <h1 class="govuk-heading-l">
        {sent && props.typed ? words.typedSent : words.heading(mend, check, sent, props.typed ? 'answer' : 'cell')}
      </h1>
      <p class="lead">{words.lead(rows.length, ready, inState('to_check'), inState('held_back'))}</p>
      {props.layout && <ReadWith layout={props.layout} />}
      {props.told.length > 0 && (
        <Details summary={registerWords.told(props.told.length)}>
          <ul class="flat rows small">
            {props.told.map(({ pupil, says }) => (
              <li>
                <b>{pupil}</b> {says}
              </li>
            ))}
          </ul>
        </Details>
      )}
      <Glance
        figures={[
          { name: words.rowsRead, value: String(rows.length) },
          { name: words.ready, value: String(ready), base: words.ofRows(rows.length) },
          { name: words.heldBack, value: String(inState('held_back')), base: words.ofRows(rows.length) },
          { name: words.answersRead, value: String(read) },
          { name: words.good, value: String(good), base: words.ofRows(read) },
        ]}
      />
      {findings.length > 0 && <Cells props={props} checkOnly={mend === 0} toMend={open.length > 0} />}
      <section class="part" aria-label={props.typed ? words.typedEveryRow : words.everyRow}>
        <Rows rows={rows} findings={open} caption={props.typed ? words.typedEveryRow : words.everyRow} />
      </section>
      <CheckConfirm
        upload={props.upload}
        councils={props.councils}
        today={props.today}
        confirmedBy={props.frame.person?.name ?? ''}
      />
    </Layout>
  )
}

const ReadWith = ({ layout }: { readonly layout: NonNullable<CheckProps['layout']> }) => (
  <p class="govuk-body measure">
    {layoutWords.readWith(layout.name, layout.version)}
    {layout.leftOut > 0 && ` ${layoutWords.leftOutSays(layout.leftOut)}`}{' '}
    <Link href={paths.uploadFor(layout.id)}>{layoutWords.changeIt}</Link>
  </p>
)

const stillOpen = (rows: readonly CheckRow[], number: number | null) => {
  const row = rows.find((other) => other.number === number)
  return row === undefined || (row.state !== 'set_aside' && row.state !== 'sent')
}

const Steps = ({ steps, left }: { readonly steps: readonly string[]; readonly left: number }) => {
  const now = steps.length - left
  return (
    <ol class="steps flat" aria-label={words.progress}>
      {steps.map((step, index) => (
        <li
          class={index < now ? 'is-done' : index === now ? 'is-now' : undefined}
          aria-current={index === now ? 'step' : undefined}
        >
          {step}
          {index <= now && (
            <span class="govuk-visually-hidden">
              {index < now ? words.stepDone : words.stepNow(index + 1, steps.length)}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

const headingOf = (typed: boolean, checkOnly: boolean) => {
  if (typed) return checkOnly ? words.typedCheckOnly : words.typedCells
  return checkOnly ? words.cellsCheckOnly : words.cells
}

type CellsProps = {
  readonly props: CheckProps
  readonly checkOnly: boolean
  /** Whether anything is open still: a file with nothing to mend is not marked. */
  readonly toMend: boolean
}

/** Of a school's own layout the whole file is not kept: it is marked as it is sent once more, and stored no further. */
const MarkOwn = () => (
  <Details summary={words.markedFile}>
    <form action={paths.upload} method="post" enctype="multipart/form-data" class="measure">
      <input type="hidden" name="marked" value="1" />
      <FileField id="own" name="file" label={words.markOwn} hint={words.markOwnHint} accept=".xlsx,.csv" required />
      <Button second>{words.markOwnButton}</Button>
    </form>
  </Details>
)

const Cells = ({ props, checkOnly, toMend }: CellsProps) => (
  <section class="part" aria-labelledby="cells">
    <div class="pair pair--wrap">
      <h2 class="govuk-heading-m" id="cells">
        {headingOf(props.typed, checkOnly)}
      </h2>
      {props.ownFile && (
        <p class="small act">
          {toMend && props.layout === null && <Link href={paths.uploadMarked(props.upload)}>{words.markedFile}</Link>}
          <Link href={paths.uploadFile(props.upload)}>{words.ownFile}</Link>
        </p>
      )}
    </div>
    {props.ownFile && toMend && props.layout !== null && <MarkOwn />}
    <form action={paths.check(props.upload)} method="post" novalidate>
      <ol class="flat rows">
        {props.findings.map((finding, index) => (
          <FindingItem finding={finding} typed={props.typed} again={isAgain(props.findings.slice(0, index), finding)} />
        ))}
      </ol>
      <p class="act gap">
        <button type="submit" class="govuk-button" data-sending={words.saving}>
          {words.save}
        </button>
        {props.typed ? (
          <Link href={paths.form}>{words.changeOnScreen}</Link>
        ) : (
          <Link href={paths.upload}>{words.uploadInstead}</Link>
        )}
      </p>
    </form>
  </section>
)

const findingState = ({ accepted, severity }: CheckFinding) => {
  if (accepted) return <State shape="done" word={words.accepted} />
  return severity === 'error' ? <State shape="no" word={words.toMend} /> : <State shape="check" word={words.toCheck} />
}

/** Two findings may stand at one cell: its control is drawn once. */
const isAgain = (before: readonly CheckFinding[], { control }: CheckFinding) =>
  control !== null && before.some((other) => other.control?.name === control.name)

type FindingProps = { readonly finding: CheckFinding; readonly typed: boolean; readonly again: boolean }

const FindingItem = ({ finding, typed, again }: FindingProps) => (
  <li class="find tight" id={finding.id}>
    <p class="find__cell">
      {!typed && <span class="cell">{finding.cell}</span>}
      {findingState(finding)}
    </p>
    <div>
      <h3 class="govuk-heading-s">
        {finding.label === null
          ? finding.words.title
          : `${finding.label.replace(/\?$/, '')}: ${lowerFirst(finding.words.title)}`}
      </h3>
      {finding.row !== null && (
        <p class="small quiet">
          {finding.sheet === null ? '' : `${finding.sheet}. `}
          {words.row(finding.row, finding.pupil, finding.council)}
        </p>
      )}
      <Say
        pairs={[
          {
            term: words.youSent,
            says:
              finding.sent === null ? (
                <span class="quiet">{words.blank}</span>
              ) : (
                <span class="mono">{finding.sent}</span>
              ),
          },
          { term: words.rule, says: finding.words.rule },
          { term: finding.severity === 'error' ? words.howToMend : words.whatToDo, says: finding.words.mend },
        ]}
      />
    </div>
    <div>
      {again ? <p class="small quiet">{words.mendAbove}</p> : finding.control && <Mend control={finding.control} />}
    </div>
  </li>
)

const lowerFirst = (text: string) => (/^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)

const CellLinks = ({ findings }: { readonly findings: readonly CheckFinding[] }) => (
  <>
    {findings.map((finding, index) => (
      <>
        {index === 0 ? '' : index === findings.length - 1 ? words.and : ', '}
        <a class="govuk-link" href={`#${finding.id}`}>
          {finding.cell}
        </a>
      </>
    ))}
  </>
)

const Next = ({ row, findings }: { readonly row: CheckRow; readonly findings: readonly CheckFinding[] }) => {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (row.state === 'held_back')
    return (
      <>
        {words.next.mend}
        <CellLinks findings={errors} />.{words.next.draft(row.answersGood)}
      </>
    )
  if (row.state === 'to_check')
    return (
      <>
        {words.next.check}
        <CellLinks findings={findings} />
        {words.next.checkEnd(findings.length)}
      </>
    )
  if (row.state === 'set_aside') return <>{words.next.set_aside(row.setAsideReason ?? '')}</>
  return <>{words.next[row.state]}</>
}

const Rows = ({
  rows,
  findings,
  caption,
}: {
  readonly rows: readonly CheckRow[]
  readonly findings: readonly CheckFinding[]
  readonly caption: string
}) => {
  const { columns } = words
  const councils = new Set(rows.flatMap(({ council }) => (council === null ? [] : [council]))).size
  const totals = words.totals(rows.length, councils)
  const sum = (read: (row: CheckRow) => number) => rows.reduce((total, row) => total + read(row), 0)
  return (
    <Table
      caption={caption}
      columns={[
        { head: columns.row },
        { head: columns.council },
        { head: columns.good, number: true },
        { head: columns.result },
        { head: columns.next },
      ]}
      rows={rows.map((row) => ({
        head: (
          <>
            {row.number}&nbsp; {row.pupil ?? <span class="quiet">{words.noPupil}</span>}
          </>
        ),
        cells: [
          row.council ?? '',
          words.goodOf(row.answersGood, row.answersRead),
          <RowStateShown state={row.state} />,
          <>
            <Next row={row} findings={findings.filter((finding) => finding.row === row.number)} />
            {row.stillToAnswer > 0 && <span class="small quiet">{words.next.stillToAnswer(row.stillToAnswer)}</span>}
          </>,
        ],
      }))}
      foot={{
        head: totals.rows,
        cells: [
          totals.councils,
          words.goodOf(
            sum(({ answersGood }) => answersGood),
            sum(({ answersRead }) => answersRead),
          ),
          '',
          '',
        ],
      }}
    />
  )
}
