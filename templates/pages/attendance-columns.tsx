import type { Child } from 'hono/jsx'
import { Details } from '../components/figures.tsx'
import { Button, Link, type Option, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { attendanceFileWords, attendanceColumnWords as words } from '../words/en/attendance-files.ts'
import { Choice } from './layout-columns.tsx'

/** A column of the file with its first real rows and what it is said to be. */
export type AttendanceColumnAsked = {
  readonly index: number
  readonly letters: string
  readonly head: string
  readonly samples: readonly string[]
  readonly column: string
}

export type AttendanceColumnsProps = {
  readonly frame: Frame
  readonly here: 'imports' | 'inbox'
  readonly action: string
  readonly back: string
  /** The file itself, packed: nothing of it is stored between two steps. */
  readonly carried: { readonly file: string; readonly fileName: string; readonly school: string }
  readonly columns: readonly AttendanceColumnAsked[]
  readonly choices: readonly Option[]
  readonly said: { readonly am: string; readonly pm: string; readonly basis: string; readonly name: string }
  readonly days: Child
  /** Whether the file's own words are asked for unfolded. */
  readonly wordsOpen: boolean
  /** What it makes of the file; null before it has been tried. */
  readonly tried: {
    readonly refused: { readonly title: string; readonly rule: string; readonly mend: string } | null
    readonly lines: number
    readonly wrong: number
    readonly first: readonly string[]
    readonly found: readonly { readonly line: number | null; readonly title: string; readonly rule: string }[]
  } | null
  readonly toMend: readonly ToMend[]
}

/** Asks what each column of an attendance file is, shows what that makes of it, and saves it under a name. */
export const AttendanceColumnsPage = (props: AttendanceColumnsProps) => {
  const { carried, said, tried, toMend } = props
  const nameToMend = toMend.find(({ field }) => field === 'name')?.text
  return (
    <Layout
      title={words.title}
      frame={props.frame}
      here={props.here}
      back={{ href: props.back, text: words.back }}
      toMend={toMend}
    >
      <p class="over">{carried.fileName}</p>
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="lead measure">{words.lead}</p>
      <p class="govuk-body small quiet">{words.notStored}</p>
      <form action={props.action} method="post" enctype="multipart/form-data">
        {Object.entries(carried).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {/* Return in a field presses the first button of a form: it has to be the one that changes nothing. */}
        <button type="submit" name="step" value="try" class="govuk-visually-hidden" tabindex={-1}>
          {words.tryIt}
        </button>
        <Columns columns={props.columns} choices={props.choices} />
        <Details summary={words.more} open={props.wordsOpen || said.am + said.pm + said.basis !== ''}>
          <TextField id="am_words" label={words.amWords} hint={words.wordsHint} value={said.am} maxlength={200} />
          <TextField id="pm_words" label={words.pmWords} value={said.pm} maxlength={200} />
          <TextField id="basis" label={words.basis} hint={words.basisHint} value={said.basis} maxlength={60} />
        </Details>
        {props.days}
        <p class="act gap">
          <Button name="step" value="try" second={tried !== null}>
            {words.tryIt}
          </Button>
          <Link href={props.back}>{words.back}</Link>
        </p>
        {tried && <TriedShown tried={tried} />}
        {tried && tried.refused === null && (
          <div class="gap measure">
            <TextField
              id="name"
              label={words.name}
              hint={words.nameHint}
              value={said.name}
              maxlength={80}
              toMend={nameToMend}
            />
            <Button name="step" value="save">
              {words.save}
            </Button>
          </div>
        )}
      </form>
    </Layout>
  )
}

const TriedShown = ({ tried }: { readonly tried: NonNullable<AttendanceColumnsProps['tried']> }) => (
  <section class="part measure" aria-labelledby="tried">
    <h2 class="govuk-heading-m" id="tried">
      {words.tried}
    </h2>
    {tried.refused ? (
      <p class="note">
        <b>{tried.refused.title}</b>. {tried.refused.rule} {tried.refused.mend}
      </p>
    ) : (
      <p>{words.lines(tried.lines, tried.wrong)}</p>
    )}
    <ul class="flat rows">
      {tried.first.map((text) => (
        <li>{text}</li>
      ))}
      {tried.found.map(({ line, title, rule }) => (
        <li>
          <b>{title}</b>
          {line !== null && ` (${attendanceFileWords.line(line)})`}. {rule}
        </li>
      ))}
    </ul>
  </section>
)

type ColumnsProps = Pick<AttendanceColumnsProps, 'columns' | 'choices'>

const Columns = ({ columns, choices }: ColumnsProps) => (
  <table class="table table--stack" role="table">
    <caption class="govuk-visually-hidden">{words.columns.is}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {[words.columns.column, words.columns.rows, words.columns.is].map((head) => (
          <th scope="col" role="columnheader">
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {columns.map(({ index, letters, head, samples, column }) => (
        <tr role="row">
          <th scope="row" role="rowheader">
            <span class="cell">{letters}</span> {head}
          </th>
          <td role="cell" data-label={words.columns.rows}>
            <ul class="flat">
              {samples.map((sample) => (
                <li class="mono">{sample}</li>
              ))}
            </ul>
          </td>
          <td role="cell" data-label={words.columns.is}>
            <Choice
              id={`c-${index}`}
              label={words.isCalled(letters, head)}
              empty={words.notNeeded}
              value={column}
              options={choices}
            />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
