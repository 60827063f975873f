import { Glance, Table } from '../components/figures.tsx'
import { Button, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { LayoutSteps } from '../components/layout-steps.tsx'
import { paths } from '../components/paths.ts'
import { layoutWords as words } from '../words/en/layout.ts'
import { CarriedFields, type CarriedOn, HiddenFields } from './layout-columns.tsx'

/** What a layout makes of the file, before anything is saved. */
export type Tried = {
  readonly read: number
  readonly matched: number
  readonly unmatched: number
  readonly leftOut: number
  readonly answers: number
  readonly toMend: number
  readonly toCheck: number
  /** Findings of one kind in one column, with the first few cells. */
  readonly found: readonly {
    readonly title: string
    readonly question: string | null
    readonly severity: 'error' | 'warning'
    readonly cells: readonly string[]
    readonly count: number
  }[]
}

export type LayoutTryProps = {
  readonly frame: Frame
  readonly carried: CarriedOn
  readonly said: readonly (readonly [string, string])[]
  readonly tried: Tried
  readonly name: string
  readonly again: boolean
  readonly toMend: readonly ToMend[]
}

/** Shows what a layout makes of the file, and saves it under a name. */
export const LayoutTryPage = ({ frame, carried, said, tried, name, again, toMend }: LayoutTryProps) => (
  <Layout
    title={words.tryTitle(tried.matched)}
    frame={frame}
    here="inbox"
    back={{ href: paths.upload, text: words.backToUpload }}
    toMend={toMend}
  >
    <LayoutSteps now={2} />
    <p class="over">{carried.fileName}</p>
    <h1 class="govuk-heading-l">{words.tryTitle(tried.matched)}</h1>
    <p class="lead">{words.tryLead}</p>
    <Glance
      figures={[
        { name: words.figures.read, value: String(tried.read) },
        { name: words.figures.matched, value: String(tried.matched), base: words.ofRows(tried.read) },
        ...(tried.unmatched > 0
          ? [{ name: words.figures.unmatched, value: String(tried.unmatched), base: words.ofRows(tried.read) }]
          : []),
        ...(tried.leftOut > 0
          ? [{ name: words.figures.leftOut, value: String(tried.leftOut), base: words.ofRows(tried.read) }]
          : []),
        { name: words.figures.answers, value: String(tried.answers) },
        { name: words.figures.toMend, value: String(tried.toMend) },
        { name: words.figures.toCheck, value: String(tried.toCheck) },
      ].slice(0, 7)}
    />
    {tried.unmatched > 0 && <p class="govuk-body measure">{words.unmatchedSays(tried.unmatched)}</p>}
    {tried.leftOut > 0 && <p class="govuk-body measure">{words.leftOutSays(tried.leftOut)}</p>}
    <Found tried={tried} />
    <form class="part measure" action={paths.layout} method="post" enctype="multipart/form-data">
      <CarriedFields carried={carried} />
      <HiddenFields fields={said} />
      <TextField
        id="name"
        label={words.name}
        hint={words.nameHint}
        value={name}
        maxlength={80}
        toMend={toMend.find(({ field }) => field === 'name')?.text}
      />
      <p class="act gap">
        <Button name="step" value="save">
          {again ? words.saveAgain : words.save}
        </Button>
        <Button name="step" value="back" second>
          {words.back}
        </Button>
        {tried.toMend + tried.toCheck > 0 && (
          <Button name="step" value="marked" second>
            {words.marked}
          </Button>
        )}
      </p>
    </form>
  </Layout>
)

const Found = ({ tried: { found } }: { readonly tried: Tried }) =>
  found.length === 0 ? (
    <p class="govuk-body">{words.foundNone}</p>
  ) : (
    <section class="part" aria-label={words.found}>
      <Table
        caption={words.found}
        columns={[
          { head: words.foundColumns.what },
          { head: words.foundColumns.where },
          { head: words.foundColumns.cells, number: true },
        ]}
        rows={found.map(({ title, question, cells, count }) => ({
          head: question === null ? title : `${question}: ${title}`,
          cells: [
            <>
              <span class="cell">{cells.join(', ')}</span>
              {count > cells.length && <span class="small quiet"> {words.foundMore(count - cells.length)}</span>}
            </>,
            String(count),
          ],
        }))}
      />
      <p class="small quiet">{words.mendLater}</p>
    </section>
  )
