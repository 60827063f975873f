import type { Child } from 'hono/jsx'

/** A share drawn as a bar; always stands beside its number and base, so screen readers are spared it. */
export const Bar = ({ part, base }: { readonly part: number; readonly base: number }) => (
  <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect width={base === 0 ? '0' : ((part / base) * 100).toFixed(1)} height="8" />
  </svg>
)

type Figure = { readonly name: string; readonly value: string; readonly base?: string | undefined }

/** Three to five figures at a glance, each with its base. */
export const Glance = ({ figures }: { readonly figures: readonly Figure[] }) => (
  <dl class="glance">
    {figures.map(({ name, value, base }) => (
      <div>
        <dt>{name}</dt>
        <dd>
          <span class="n">{value}</span>
          {base && <span class="small quiet"> {base}</span>}
        </dd>
      </div>
    ))}
  </dl>
)

type Said = { readonly term: string; readonly says: Child }

/** Pairs of a word and what it says, as in the file, the rule, how to mend. */
export const Say = ({ pairs, wide }: { readonly pairs: readonly Said[]; readonly wide?: boolean }) => (
  <dl class={wide ? 'say say--wide' : 'say'}>
    {pairs.map(({ term, says }) => (
      <div>
        <dt>{term}</dt>
        <dd>{says}</dd>
      </div>
    ))}
  </dl>
)

type Column = {
  readonly head: string
  readonly number?: boolean
  /** Short things that are read at once, such as a date: never broken over two lines. */
  readonly whole?: boolean
}
type Row = {
  readonly id?: string
  readonly head: Child
  readonly cells: readonly Child[]
  /** Across the whole table, below the cells. */
  readonly under?: Child
}
type TableProps = {
  readonly caption: string
  readonly captionShown?: boolean
  /** Columns of one width, for tables that stand under each other. */
  readonly even?: boolean
  /** Many columns: closer together on a tablet. */
  readonly tight?: boolean
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly foot?: Row
}

/** A browser forgets that a table is one when its parts are shown as blocks; these roles keep it a table. */
const as = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  rowHead: { role: 'rowheader' },
  columnHead: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const

const isBlank = (cell: Child) => cell === '' || cell === null || cell === undefined

/** The columns that hold anything, by place: a column that is empty in every row only pushes the others apart. */
const columnsInUse = (columns: readonly Column[], rows: readonly Row[]): readonly number[] =>
  columns.flatMap((_, index) =>
    index === 0 || rows.length === 0 || rows.some(({ cells }) => !isBlank(cells[index - 1])) ? [index] : [],
  )

const classOf = (column: Column | undefined) => {
  if (column?.number) return 'num'
  return column?.whole ? 'whole' : undefined
}

/** A table that stays one for every reader: on a phone each row becomes a short list. */
export const Table = ({
  caption,
  captionShown = true,
  even = false,
  tight = false,
  columns,
  rows,
  foot,
}: TableProps) => {
  const shown = columnsInUse(columns, foot ? [...rows, foot] : rows)
  return (
    <table class={`table table--stack${even ? ' table--even' : ''}${tight ? ' table--tight' : ''}`} {...as.table}>
      <caption class={captionShown ? undefined : 'govuk-visually-hidden'}>{caption}</caption>
      <thead {...as.group}>
        <tr {...as.row}>
          {shown.map((index) => (
            <th scope="col" {...as.columnHead} class={classOf(columns[index])}>
              {columns[index]?.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...as.group}>
        {rows.map((row) => (
          <TableRow row={row} columns={columns} shown={shown} />
        ))}
      </tbody>
      {foot && (
        <tfoot {...as.group}>
          <TableRow row={foot} columns={columns} shown={shown} />
        </tfoot>
      )}
    </table>
  )
}

type TableRowProps = {
  readonly row: Row
  readonly columns: readonly Column[]
  readonly shown: readonly number[]
}

const TableRow = ({ row, columns, shown }: TableRowProps) => (
  <>
    <tr {...as.row} id={row.id}>
      <th scope="row" {...as.rowHead} class={classOf(columns[0])}>
        {row.head}
      </th>
      {shown.slice(1).map((index) => (
        <td {...as.cell} class={classOf(columns[index])} data-label={columns[index]?.head ?? ''}>
          <span>{row.cells[index - 1]}</span>
        </td>
      ))}
    </tr>
    {row.under && (
      <tr {...as.row} class="under">
        <td {...as.cell} colspan={shown.length}>
          {row.under}
        </td>
      </tr>
    )}
  </>
)

/** Text without spaces, such as an address or a file's name: where it must be broken, after a mark and not in a word. */
export const Unspaced = ({ text }: { readonly text: string }) => (
  <>
    {text.split(/(?<=[@._-])/).map((piece, index) => (
      <>
        {index > 0 && <wbr />}
        {piece}
      </>
    ))}
  </>
)

/** Something folded away that needs no script to open; the summary says what is inside. */
export const Details = (props: {
  readonly summary: Child
  readonly open?: boolean | undefined
  readonly children?: Child
}) => (
  <details class="govuk-details" open={props.open ?? false}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{props.summary}</span>
    </summary>
    <div class="govuk-details__text">{props.children}</div>
  </details>
)
