import type { Instant } from '../../src/domain/dates.ts'
import { Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { shortMoment } from '../words/en/dates.ts'
import { layoutWords as words } from '../words/en/layout.ts'

/** A layout of the school's own, as listed. */
export type LayoutListed = {
  readonly id: string
  readonly name: string
  readonly school: string
  readonly columns: number
  readonly version: number
  readonly madeBy: string
  readonly madeAt: Instant
  readonly retired: { readonly by: string; readonly at: Instant } | null
}

export type LayoutsProps = {
  readonly frame: Frame
  readonly severalSchools: boolean
  readonly layouts: readonly LayoutListed[]
}

/** How files of a school's own are read. */
export const LayoutsPage = ({ frame, severalSchools, layouts }: LayoutsProps) => (
  <Layout title={words.listTitle} frame={frame} here="inbox" back={{ href: paths.upload, text: words.backToUpload }}>
    <h1 class="govuk-heading-l">{words.listTitle}</h1>
    <p class="lead measure">{layouts.length === 0 ? words.none : words.listLead}</p>
    {layouts.length > 0 && (
      <Table
        caption={words.listTitle}
        captionShown={false}
        columns={[
          { head: words.listColumns.name },
          { head: words.listColumns.columns, number: true },
          { head: words.listColumns.version, number: true },
          { head: words.listColumns.made },
        ]}
        rows={layouts.map((one) => ({
          head: (
            <>
              <Link href={paths.layoutOf(one.id)}>{one.name}</Link>
              {severalSchools && <span class="small quiet"> {one.school}</span>}
            </>
          ),
          cells: [
            String(one.columns),
            String(one.version),
            one.retired
              ? words.retired(one.retired.by, shortMoment(one.retired.at))
              : words.versionBy(one.madeBy, shortMoment(one.madeAt)),
          ],
        }))}
      />
    )}
    <p class="act gap">
      <ButtonLink href={paths.upload}>{words.upload}</ButtonLink>
    </p>
  </Layout>
)

export type LayoutShownProps = {
  readonly frame: Frame
  readonly id: string
  readonly name: string
  /** As typed and not taken, else the name. */
  readonly typed: string
  readonly retired: { readonly by: string; readonly at: Instant } | null
  readonly wholeSchool: boolean
  readonly columns: readonly {
    readonly head: string
    readonly question: string
    readonly words: readonly { readonly word: string; readonly means: string }[]
  }[]
  readonly versions: readonly { readonly version: number; readonly madeBy: string; readonly madeAt: Instant }[]
  readonly toMend: readonly ToMend[]
}

/** One layout: what each heading and word is, who said so and when. */
export const LayoutPage = (props: LayoutShownProps) => (
  <Layout
    title={words.oneTitle(props.name)}
    frame={props.frame}
    here="inbox"
    back={{ href: paths.layouts, text: words.listTitle }}
    toMend={props.toMend}
  >
    <h1 class="govuk-heading-l">{words.oneTitle(props.name)}</h1>
    <p>
      {props.retired ? (
        <State shape="no" word={words.retired(props.retired.by, shortMoment(props.retired.at))} />
      ) : (
        <State shape="done" word={words.inUse} />
      )}
    </p>
    {props.wholeSchool && <p class="govuk-body measure">{words.alsoWhole}</p>}
    <Table
      caption={words.oneTitle(props.name)}
      captionShown={false}
      columns={[{ head: words.oneColumns.head }, { head: words.oneColumns.is }, { head: words.oneColumns.words }]}
      rows={props.columns.map((column) => ({
        head: column.head,
        cells: [
          column.question,
          column.words.length === 0 ? (
            <span class="quiet">{words.asItStands}</span>
          ) : (
            <ul class="flat">
              {column.words.map(({ word, means }) => (
                <li>{words.wordIs(word, means)}</li>
              ))}
            </ul>
          ),
        ],
      }))}
    />
    <section class="part measure" aria-labelledby="versions">
      <h2 class="govuk-heading-m" id="versions">
        {words.versions}
      </h2>
      <ul class="flat rows">
        {props.versions.map(({ version, madeBy, madeAt }) => (
          <li class="pair">
            <span>{words.version(version)}</span>
            <span class="quiet">{words.versionBy(madeBy, shortMoment(madeAt))}</span>
          </li>
        ))}
      </ul>
    </section>
    {!props.retired && (
      <section class="part measure">
        <p class="act">
          <ButtonLink href={paths.uploadFor(props.id)}>{words.change}</ButtonLink>
        </p>
        <form action={paths.layoutRename(props.id)} method="post">
          <TextField
            id="name"
            label={words.name}
            value={props.typed}
            maxlength={80}
            toMend={props.toMend.find(({ field }) => field === 'name')?.text}
          />
          <Button second>{words.rename}</Button>
        </form>
        <form action={paths.layoutRetire(props.id)} method="post">
          <Button second>{words.retire}</Button>
        </form>
      </section>
    )}
  </Layout>
)
