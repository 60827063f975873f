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

type Column = { readonly head: string; readonly number?: boolean }
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

/** A table that stays one for every reader: on a phone each row becomes a short list. */
export const Table = ({ caption, captionShown = true, even = false, columns, rows, foot }: TableProps) => (
  <table class={`table table--stack${even ? ' table--even' : ''}`} {...as.table}>
    <caption class={captionShown ? undefined : 'govuk-visually-hidden'}>{caption}</caption>
    <thead {...as.group}>
      <tr {...as.row}>
        {columns.map(({ head, number }) => (
          <th scope="col" {...as.columnHead} class={number ? 'num' : undefined}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody {...as.group}>
      {rows.map((row) => (
        <TableRow row={row} columns={columns} />
      ))}
    </tbody>
    {foot && (
      <tfoot {...as.group}>
        <TableRow row={foot} columns={columns} />
      </tfoot>
    )}
  </table>
)

const TableRow = ({ row, columns }: { readonly row: Row; readonly columns: readonly Column[] }) => (
  <>
    <tr {...as.row} id={row.id}>
      <th scope="row" {...as.rowHead}>
        {row.head}
      </th>
      {row.cells.map((cell, index) => (
        <td
          {...as.cell}
          class={columns[index + 1]?.number ? 'num' : undefined}
          data-label={columns[index + 1]?.head ?? ''}
        >
          <span>{cell}</span>
        </td>
      ))}
    </tr>
    {row.under && (
      <tr {...as.row} class="under">
        <td {...as.cell} colspan={columns.length}>
          {row.under}
        </td>
      </tr>
    )}
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
