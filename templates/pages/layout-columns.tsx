import { Details } from '../components/figures.tsx'
import { Button, Link, type Option, Picks, SelectField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { LayoutSteps } from '../components/layout-steps.tsx'
import { paths } from '../components/paths.ts'
import { layoutWords as words } from '../words/en/layout.ts'

/** What every step of a layout carries on in its own form: the file itself, and where it is looked at. */
export type CarriedOn = {
  readonly file: string
  readonly fileName: string
  readonly school: string
  /** The saved layout that is being changed; empty for a new one. */
  readonly layout: string
  readonly sheet: string
  readonly headRow: string
}

/** One column of the file: its heading, its first cells, and what it is in the return. */
export type ColumnAsked = {
  readonly index: number
  readonly letters: string
  readonly head: string
  readonly samples: readonly string[]
  readonly filled: number
  readonly target: string
  /** Not spoken of in the saved layout. */
  readonly isNew: boolean
}

export type LayoutColumnsProps = {
  readonly frame: Frame
  readonly carried: CarriedOn
  readonly rows: number
  readonly sheet: string | null
  readonly headRow: number
  readonly sheets: readonly string[]
  readonly headRows: readonly { readonly number: number; readonly text: string }[]
  readonly columns: readonly ColumnAsked[]
  /** The letters of columns that hold something and have no heading. */
  readonly unheaded: readonly string[]
  readonly choices: readonly Option[]
  readonly schools: readonly { readonly id: string; readonly name: string }[]
  readonly rowsAre: 'looked_after' | 'whole_school'
  /** The saved layout the file nearly fits, and the headings it lacks. */
  readonly saved: { readonly name: string; readonly missing: readonly string[]; readonly drifted: boolean } | null
  readonly toMend: readonly ToMend[]
  /** Words already given a meaning, carried along. */
  readonly meanings: readonly (readonly [string, string])[]
}

export const CarriedFields = ({ carried }: { readonly carried: CarriedOn }) => (
  <>
    {Object.entries(carried).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)

export const HiddenFields = ({ fields }: { readonly fields: readonly (readonly [string, string])[] }) => (
  <>
    {fields.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)

const titleOf = ({ saved, rows, columns }: LayoutColumnsProps) =>
  saved?.drifted ? words.changedTitle(saved.name) : words.columnsTitle(rows, columns.length)

/** Asks what each column of a school's own file is in the return, with real rows beside each. */
export const LayoutColumnsPage = (props: LayoutColumnsProps) => {
  const { saved, columns, choices } = props
  const asked = saved?.drifted ? columns.filter(({ isNew }) => isNew) : columns
  const asBefore = saved?.drifted ? columns.filter(({ isNew }) => !isNew) : []
  return (
    <Layout
      title={titleOf(props)}
      frame={props.frame}
      here="inbox"
      back={{ href: paths.upload, text: words.backToUpload }}
      toMend={props.toMend}
    >
      <LayoutSteps now={0} />
      <p class="over">{props.carried.fileName}</p>
      <h1 class="govuk-heading-l">{titleOf(props)}</h1>
      <p class="lead measure">
        {saved?.drifted ? words.changedLead(saved.missing.length, asked.length) : words.columnsLead}
      </p>
      {saved && !saved.drifted && <p class="govuk-body measure">{words.changing(saved.name)}</p>}
      {saved && saved.missing.length > 0 && <p class="note tight measure">{words.missing(saved.missing)}</p>}
      {props.unheaded.length > 0 && <p class="note tight measure">{words.unheaded(props.unheaded)}</p>}
      <p class="govuk-body">{words.whereNow(props.sheet, props.headRow)}</p>
      <Kept />
      <form action={paths.layout} method="post" enctype="multipart/form-data">
        <CarriedFields carried={{ ...props.carried, sheet: '', headRow: '', school: '' }} />
        <HiddenFields fields={props.meanings} />
        {/* Return in a field presses the first button of a form: it has to be the one that goes on. */}
        <button type="submit" name="step" value="columns" class="govuk-visually-hidden" tabindex={-1}>
          {words.goOn}
        </button>
        {props.schools.length > 1 ? (
          <SelectField
            id="school"
            label={words.school}
            value={props.carried.school}
            options={props.schools.map(({ id, name }) => ({ value: id, text: name }))}
          />
        ) : (
          <input type="hidden" name="school" value={props.carried.school} />
        )}
        <Details summary={words.whereWrong}>
          {props.sheets.length > 1 && (
            <SelectField
              id="sheet"
              label={words.sheet}
              value={props.sheet ?? ''}
              options={props.sheets.map((name) => ({ value: name, text: name }))}
            />
          )}
          <SelectField
            id="headRow"
            label={words.headRow}
            value={String(props.headRow)}
            options={props.headRows.map(({ number, text }) => ({
              value: String(number),
              text: words.headRowIs(number, text),
            }))}
          />
          <Button name="step" value="show" second>
            {words.show}
          </Button>
        </Details>
        {asked.length > 0 && (
          <div class="part">
            <Columns caption={saved?.drifted ? words.changed : words.columns.is} columns={asked} choices={choices} />
          </div>
        )}
        {asBefore.length > 0 && (
          <Details summary={words.unchanged(asBefore.length)}>
            <Columns caption={words.unchanged(asBefore.length)} columns={asBefore} choices={choices} />
          </Details>
        )}
        <div class="part measure">
          <Picks
            name="rows"
            legend={words.rowsAre}
            value={props.rowsAre}
            down
            options={(['whole_school', 'looked_after'] as const).map((value) => ({ value, text: words.rows[value] }))}
          />
        </div>
        <p class="act gap">
          <Button name="step" value="columns">
            {words.goOn}
          </Button>
          <Link href={paths.upload}>{words.backToUpload}</Link>
        </p>
      </form>
    </Layout>
  )
}

const Kept = () => (
  <Details summary={words.whyNot}>
    <p class="govuk-body small measure">
      {words.notStored} {words.notStoredMore}
    </p>
  </Details>
)

type ColumnsProps = {
  readonly caption: string
  readonly columns: readonly ColumnAsked[]
  readonly choices: readonly Option[]
}

const Columns = ({ caption, columns, choices }: ColumnsProps) => (
  <table class="table table--stack" role="table">
    <caption class="govuk-visually-hidden">{caption}</caption>
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
      {columns.map((column) => (
        <tr role="row">
          <th scope="row" role="rowheader">
            <span class="cell">{column.letters}</span> {column.head}
          </th>
          <td role="cell" data-label={words.columns.rows}>
            <Samples column={column} />
          </td>
          <td role="cell" data-label={words.columns.is}>
            <Choice
              id={`c-${column.index}`}
              label={words.isCalled(column.letters, column.head)}
              empty={words.notNeeded}
              value={column.target}
              options={choices}
            />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Samples = ({ column }: { readonly column: ColumnAsked }) =>
  column.filled === 0 ? (
    <span class="quiet small">{words.emptyColumn}</span>
  ) : (
    <ul class="flat">
      {column.samples.map((sample) => (
        <li class={sample === '' ? 'quiet small' : 'mono'}>{sample === '' ? words.blank : sample}</li>
      ))}
    </ul>
  )

type ChoiceProps = {
  readonly id: string
  readonly label: string
  readonly empty: string
  readonly value: string
  readonly options: readonly Option[]
  /** What it means where nothing is chosen of the rest: a choice of its own. */
  readonly emptyValue?: string
}

/** A drop-down in a table's cell: the row and the column say what it is, a label says it to who hears it. */
export const Choice = ({ id, label, empty, value, options, emptyValue = '' }: ChoiceProps) => {
  const groups = [...new Set(options.flatMap(({ group }) => (group ? [group] : [])))]
  return (
    <>
      <label class="govuk-visually-hidden" for={id}>
        {label}
      </label>
      <select class="govuk-select" id={id} name={id}>
        <option value={emptyValue} selected={value === emptyValue}>
          {empty}
        </option>
        {options
          .filter(({ group }) => !group)
          .map((option) => (
            <option value={option.value} selected={option.value === value}>
              {option.text}
            </option>
          ))}
        {groups.map((name) => (
          <optgroup label={name}>
            {options
              .filter(({ group }) => group === name)
              .map((option) => (
                <option value={option.value} selected={option.value === value}>
                  {option.text}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </>
  )
}
