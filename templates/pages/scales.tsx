import type { Instant } from '../../src/domain/dates.ts'
import { Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, type Option, SelectField, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { shortMoment } from '../words/en/dates.ts'
import { scaleWords as words } from '../words/en/scale.ts'
import { Choice } from './layout-columns.tsx'

type Retired = { readonly by: string; readonly at: Instant } | null

export type ScalesProps = {
  readonly frame: Frame
  readonly severalSchools: boolean
  readonly mayChange: boolean
  readonly scales: readonly {
    readonly id: string
    readonly name: string
    readonly school: string
    readonly words: number
    readonly version: number
    readonly madeBy: string
    readonly madeAt: Instant
    readonly retired: Retired
  }[]
}

/** A school's own scales, as they are translated. */
export const ScalesPage = ({ frame, severalSchools, mayChange, scales }: ScalesProps) => (
  <Layout title={words.title} frame={frame} here="yourSchool" back={{ href: paths.yourSchool, text: words.back }}>
    <h1 class="govuk-heading-l">{words.title}</h1>
    <p class="lead measure">{scales.length === 0 ? words.none : words.lead}</p>
    {scales.length > 0 && (
      <Table
        caption={words.title}
        captionShown={false}
        columns={[
          { head: words.columns.name },
          { head: words.columns.words, number: true },
          { head: words.columns.version, number: true },
          { head: words.columns.made },
        ]}
        rows={scales.map((one) => ({
          head: (
            <>
              <Link href={paths.scaleOf(one.id)}>{one.name}</Link>
              {severalSchools && <span class="small quiet"> {one.school}</span>}
            </>
          ),
          cells: [
            String(one.words),
            String(one.version),
            one.retired
              ? words.retiredBy(one.retired.by, shortMoment(one.retired.at))
              : words.madeBy(one.madeBy, shortMoment(one.madeAt)),
          ],
        }))}
      />
    )}
    <p class="small quiet measure">{words.notNational}</p>
    {mayChange ? (
      <p class="act gap">
        <ButtonLink href={paths.scaleNew}>{words.add}</ButtonLink>
      </p>
    ) : (
      <p>{words.readOnly}</p>
    )}
  </Layout>
)

/** One line of a scale as its form shows it: its word and what it means, and how often the school's returns have it. */
export type ScaleLineShown = {
  readonly word: string
  readonly band: string
  readonly yearGroup: string
  readonly term: string
  readonly seen: number
}

export type ScaleProps = {
  readonly frame: Frame
  /** The scale that is changed; null for a new one. */
  readonly saved: {
    readonly id: string
    readonly name: string
    readonly retired: Retired
    readonly versions: readonly {
      readonly version: number
      readonly madeBy: string
      readonly madeAt: Instant
      readonly words: number
    }[]
  } | null
  readonly mayChange: boolean
  /** The version that the form was made from: a later one is not overwritten. */
  readonly base: number
  readonly schools: readonly { readonly id: string; readonly name: string }[]
  readonly school: string
  readonly code: string
  readonly name: string
  readonly lines: readonly ScaleLineShown[]
  readonly options: {
    readonly codes: readonly Option[]
    readonly bands: readonly Option[]
    readonly years: readonly Option[]
    readonly terms: readonly Option[]
  }
  readonly toMend: readonly ToMend[]
}

/** One scale: what each of its words means, said by the school itself; its versions, who said them and when. */
export const ScalePage = (props: ScaleProps) => {
  const { saved } = props
  const title = saved ? words.oneTitle(saved.name) : words.addTitle
  return (
    <Layout
      title={title}
      frame={props.frame}
      here="yourSchool"
      back={{ href: paths.scales, text: words.title }}
      toMend={props.toMend}
    >
      <h1 class="govuk-heading-l">{title}</h1>
      {saved && (
        <p>
          {saved.retired ? (
            <State shape="no" word={words.retiredBy(saved.retired.by, shortMoment(saved.retired.at))} />
          ) : (
            <State shape="done" word={words.inUse} />
          )}
        </p>
      )}
      {props.mayChange && !saved?.retired ? <ScaleForm {...props} /> : <ScaleRead {...props} />}
      {saved && <Versions {...saved} />}
      {saved && props.mayChange && !saved.retired && (
        <form class="part measure" action={paths.scaleRetire(saved.id)} method="post">
          <p class="small quiet">{words.retireSays}</p>
          <Button second>{words.retire}</Button>
        </form>
      )}
    </Layout>
  )
}

const textOf = (options: readonly Option[], value: string, otherwise: string) =>
  options.find((option) => option.value === value)?.text ?? otherwise

const seenWords = (seen: number) => (seen === 0 ? words.notSeen : words.seen(seen))

const ScaleRead = ({ lines, options }: ScaleProps) => (
  <>
    <Table
      caption={words.wordsHead}
      columns={[
        { head: words.wordColumns.word },
        { head: words.wordColumns.means },
        { head: words.wordColumns.year },
        { head: words.wordColumns.term },
      ]}
      rows={lines.map((line) => ({
        head: line.word,
        cells: [
          textOf(options.bands, line.band, words.saysNothing),
          textOf(options.years, line.yearGroup, words.everyYear),
          textOf(options.terms, line.term, words.everyTerm),
        ],
      }))}
    />
    <p class="small quiet">{words.notNational}</p>
  </>
)

const ScaleForm = (props: ScaleProps) => {
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  return (
    <form action={props.saved ? paths.scaleOf(props.saved.id) : paths.scaleNew} method="post">
      <input type="hidden" name="base" value={String(props.base)} />
      {!props.saved && (
        <div class="measure">
          {props.schools.length > 1 && (
            <SelectField
              id="school"
              label={words.school}
              value={props.school}
              options={props.schools.map(({ id, name }) => ({ value: id, text: name }))}
            />
          )}
          <SelectField
            id="code"
            label={words.code}
            empty={words.codeEmpty}
            value={props.code}
            options={props.options.codes}
            toMend={mend('code')}
          />
          <TextField
            id="name"
            label={words.name}
            hint={words.nameHint}
            value={props.name}
            maxlength={80}
            toMend={mend('name')}
          />
        </div>
      )}
      <p class="measure">{words.wordsSay}</p>
      <Lines {...props} />
      <p class="small quiet measure">{words.notNational}</p>
      {props.saved && <p class="small quiet measure">{words.sinceThen}</p>}
      <p class="act gap">
        <Button name="step" value="save">
          {props.saved ? words.saveAgain : words.save}
        </Button>
        <Button name="step" value="more" second>
          {words.more}
        </Button>
      </p>
    </form>
  )
}

const Lines = ({ lines, options, toMend }: ScaleProps) => (
  <Table
    caption={words.wordsHead}
    columns={[
      { head: words.wordColumns.word },
      { head: words.wordColumns.means },
      { head: words.wordColumns.year },
      { head: words.wordColumns.term },
      { head: words.wordColumns.seen, number: true },
    ]}
    rows={lines.map((line, index) => {
      const row = index + 1
      const wrong = toMend.some(({ field }) => field === `w-${index}`)
      return {
        head: (
          <>
            <label class="govuk-visually-hidden" for={`w-${index}`}>
              {words.word(row)}
            </label>
            <input
              class={`govuk-input govuk-input--width-10${wrong ? ' govuk-input--error' : ''}`}
              id={`w-${index}`}
              name={`w-${index}`}
              value={line.word}
              maxlength={20}
              autocomplete="off"
              aria-invalid={wrong ? 'true' : undefined}
            />
          </>
        ),
        cells: [
          <Choice
            id={`m-${index}`}
            label={words.means(row)}
            empty={words.saysNothing}
            value={line.band}
            options={options.bands}
          />,
          <Choice
            id={`y-${index}`}
            label={words.year(row)}
            empty={words.everyYear}
            value={line.yearGroup}
            options={options.years}
          />,
          <Choice
            id={`t-${index}`}
            label={words.term(row)}
            empty={words.everyTerm}
            value={line.term}
            options={options.terms}
          />,
          <span class="quiet">{line.word === '' ? '' : seenWords(line.seen)}</span>,
        ],
      }
    })}
  />
)

const Versions = ({ versions }: NonNullable<ScaleProps['saved']>) => (
  <section class="part measure" aria-labelledby="versions">
    <h2 class="govuk-heading-m" id="versions">
      {words.versions}
    </h2>
    <ul class="flat rows">
      {versions.map((one) => (
        <li class="pair">
          <span>
            {words.version(one.version)} <span class="quiet">{words.versionWords(one.words)}</span>
          </span>
          <span class="quiet">{words.madeBy(one.madeBy, shortMoment(one.madeAt))}</span>
        </li>
      ))}
    </ul>
  </section>
)
