import { Button, type Option } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { LayoutSteps } from '../components/layout-steps.tsx'
import { paths } from '../components/paths.ts'
import { layoutWords as words } from '../words/en/layout.ts'
import { CarriedFields, type CarriedOn, Choice, HiddenFields } from './layout-columns.tsx'

/** One column with a list of answers: its words, each with what it is taken to mean. */
export type WordsAsked = {
  readonly item: string
  readonly question: string
  readonly head: string
  readonly letters: string
  /** More different words than anyone would map. */
  readonly tooMany: boolean
  readonly words: readonly {
    readonly field: string
    readonly word: string
    readonly count: number
    /** '-' where it is read as it stands, '' where it says nothing. */
    readonly meaning: string
  }[]
  readonly options: readonly Option[]
}

export type LayoutWordsProps = {
  readonly frame: Frame
  readonly carried: CarriedOn
  /** What the columns are, as said on the page before. */
  readonly said: readonly (readonly [string, string])[]
  readonly columns: readonly WordsAsked[]
}

/** Asks what the words of a school's own lists mean in the return's. */
export const LayoutWordsPage = ({ frame, carried, said, columns }: LayoutWordsProps) => (
  <Layout title={words.valuesTitle} frame={frame} here="inbox" back={{ href: paths.upload, text: words.backToUpload }}>
    <LayoutSteps now={1} />
    <p class="over">{carried.fileName}</p>
    <h1 class="govuk-heading-l">{words.valuesTitle}</h1>
    <p class="lead measure">{words.valuesLead}</p>
    <form action={paths.layout} method="post" enctype="multipart/form-data">
      <CarriedFields carried={carried} />
      <HiddenFields fields={said} />
      {columns.map((column) => (
        <section class="part" aria-label={column.question}>
          <h2 class="govuk-heading-m">{column.question}</h2>
          <p class="small quiet">
            <span class="cell">{column.letters}</span> {column.head}
          </p>
          {column.tooMany ? (
            <p class="note tight measure">{words.tooMany(column.head, column.question)}</p>
          ) : (
            <WordTable column={column} />
          )}
        </section>
      ))}
      <p class="act gap">
        <Button name="step" value="words">
          {words.goOn}
        </Button>
        <Button name="step" value="back" second>
          {words.back}
        </Button>
      </p>
    </form>
  </Layout>
)

const WordTable = ({ column }: { readonly column: WordsAsked }) => (
  <table class="table table--stack" role="table">
    <caption class="govuk-visually-hidden">{column.question}</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">
          {words.valueColumns.word}
        </th>
        <th scope="col" role="columnheader" class="num">
          {words.valueColumns.count}
        </th>
        <th scope="col" role="columnheader">
          {words.valueColumns.is}
        </th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      {column.words.map(({ field, word, count, meaning }) => (
        <tr role="row">
          <th scope="row" role="rowheader" class="mono">
            {word}
          </th>
          <td role="cell" class="num" data-label={words.valueColumns.count}>
            {count}
          </td>
          <td role="cell" data-label={words.valueColumns.is}>
            <Choice
              id={field}
              label={words.means(word, column.question)}
              empty={words.valuesAs}
              emptyValue="-"
              value={meaning}
              options={[{ value: '', text: words.saysNothing }, ...column.options]}
            />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
