import type { PlainDate } from '../../src/domain/dates.ts'
import type { Need, Section, Term } from '../../src/domain/return/item.ts'
import { Bar, Details, Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, Picks, SelectField, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { figure } from '../words/en/counts.ts'
import { academicYearWords, day, roundWords, termWords } from '../words/en/dates.ts'
import { roundsWords as words } from '../words/en/office.ts'
import { needWords } from '../words/en/return.ts'
import { sectionWords } from '../words/en/states.ts'

export type RoundsProps = {
  readonly frame: Frame
  readonly rounds: readonly {
    readonly id: string
    readonly term: Term
    readonly academicYear: number
    readonly asAt: PlainDate
    readonly due: PlainDate
    readonly closedOn: PlainDate | null
    readonly answered: number
    readonly asked: number
    readonly schoolsIn: number
    readonly schools: number
  }[]
  readonly mayOpen: boolean
}

/** Every round of a virtual school, latest first. */
export const RoundsPage = ({ frame, rounds, mayOpen }: RoundsProps) => {
  const { columns } = words
  const open = rounds.filter(({ closedOn }) => closedOn === null).length
  return (
    <Layout title={words.title} frame={frame} here="rounds">
      <div class="pair pair--wrap">
        <h1 class="govuk-heading-l">{words.heading(open)}</h1>
        {mayOpen && (
          <p class="act">
            <ButtonLink href={paths.roundOpen} second={rounds.length > 0}>
              {words.open}
            </ButtonLink>
          </p>
        )}
      </div>
      {rounds.length === 0 ? (
        <p class="lead measure">{words.nothing}</p>
      ) : (
        <Table
          caption={words.title}
          captionShown={false}
          columns={[
            { head: columns.round },
            { head: columns.asAt, whole: true },
            { head: columns.due, whole: true },
            { head: columns.answers, number: true },
            { head: columns.schools, number: true },
            { head: columns.state },
          ]}
          rows={rounds.map((round) => ({
            head: <Link href={paths.board(round.id)}>{roundWords(round.term, round.academicYear)}</Link>,
            cells: [
              day(round.asAt),
              day(round.due),
              <>
                {figure(round.answered)} <span class="quiet">of {figure(round.asked)}</span>
                <Bar part={round.answered} base={round.asked} />
              </>,
              <>
                {figure(round.schoolsIn)} <span class="quiet">of {figure(round.schools)}</span>
              </>,
              round.closedOn === null ? (
                <State shape="part" word={words.isOpen} />
              ) : (
                <State shape="none" word={words.isClosed(round.closedOn)} />
              ),
            ],
          }))}
        />
      )}
    </Layout>
  )
}

export type RoundOpenProps = {
  readonly frame: Frame
  readonly years: readonly number[]
  /** As typed, or as suggested at first. */
  readonly values: {
    readonly term: Term
    readonly academicYear: string
    readonly asAt: string
    /** Which of the two that follow says when it is due. */
    readonly cutOff: 'weekdays' | 'date'
    readonly weekdays: string
    readonly due: string
  }
  readonly toMend?: readonly ToMend[]
}

/** Opens a round: term, year, the day it speaks of, the day it is due, and the rule behind that. */
export const RoundOpenPage = ({ frame, years, values, toMend = [] }: RoundOpenProps) => {
  const mend = (field: string) => toMend.find((one) => one.field === field)?.text
  return (
    <Layout
      title={words.openTitle}
      frame={frame}
      here="rounds"
      back={{ href: paths.rounds, text: words.back }}
      toMend={toMend}
    >
      <h1 class="govuk-heading-l">{words.openTitle}</h1>
      <p class="lead">{words.openLead}</p>
      <form action={paths.roundOpen} method="post" novalidate class="measure">
        <SelectField
          id="term"
          label={words.term}
          value={values.term}
          toMend={mend('term')}
          options={(['autumn', 'spring', 'summer'] as const).map((value) => ({ value, text: termWords[value] }))}
        />
        <SelectField
          id="academicYear"
          label={words.year}
          value={values.academicYear}
          toMend={mend('academicYear')}
          options={years.map((year) => ({ value: String(year), text: academicYearWords(year) }))}
        />
        <TextField
          id="asAt"
          label={words.asAt}
          hint={words.asAtHint}
          value={values.asAt}
          toMend={mend('asAt')}
          width={10}
        />
        <div class="govuk-form-group">
          <Picks
            name="cutOff"
            legend={words.cutOff}
            value={values.cutOff}
            toMend={mend('cutOff')}
            down
            options={[
              { value: 'weekdays', text: words.cutOffWeekdays },
              { value: 'date', text: words.cutOffDate },
            ]}
          />
        </div>
        <TextField
          id="weekdays"
          label={words.weekdays}
          hint={words.weekdaysHint}
          value={values.weekdays}
          toMend={mend('weekdays')}
          inputmode="numeric"
          width={4}
        />
        <TextField id="due" label={words.due} hint={words.dueHint} value={values.due} toMend={mend('due')} width={10} />
        <Button>{words.button}</Button>
      </form>
    </Layout>
  )
}

/** What a council makes of one question in a round: as usual, or its own choice. */
export type OverlayChoice = keyof typeof words.choice

export type OverlayProps = {
  readonly frame: Frame
  readonly term: Term
  readonly sections: readonly {
    readonly section: Section
    readonly items: readonly {
      readonly code: string
      readonly label: string
      /** What the dictionary says of this term. */
      readonly usual: Need
      readonly choice: OverlayChoice
    }[]
  }[]
}

/** What a council asks in one term: questions off, required or optional. The field of each is its item's code. */
export const OverlayPage = ({ frame, term, sections }: OverlayProps) => (
  <Layout
    title={words.overlayTitle(termWords[term])}
    frame={frame}
    here="rounds"
    back={{ href: paths.rounds, text: words.back }}
  >
    <h1 class="govuk-heading-l">{words.overlayTitle(termWords[term])}</h1>
    <p class="lead measure">{words.overlayLead}</p>
    <nav aria-label={words.overlayTerms}>
      <p class="act">
        {(['autumn', 'spring', 'summer'] as const)
          .filter((other) => other !== term)
          .map((other) => (
            <Link href={paths.questions(other)}>{words.overlayTitle(termWords[other])}</Link>
          ))}
      </p>
    </nav>
    <form action={paths.questions(term)} method="post">
      {sections
        .filter(({ items }) => items.length > 0)
        .map(({ section, items }) => (
          <QuestionsOf section={section} items={items} />
        ))}
      <p class="gap">
        <Button>{words.save}</Button>
      </p>
    </form>
  </Layout>
)

/** The questions of one section, folded while all are as usual: a council looks for the few it would change. */
const QuestionsOf = ({ section, items }: OverlayProps['sections'][number]) => {
  const changed = items.filter(({ choice }) => choice !== 'usual').length
  return (
    <Details summary={words.overlayPart(sectionWords[section], items.length, changed)} open={changed > 0}>
      <Table
        caption={sectionWords[section]}
        captionShown={false}
        even
        columns={[
          { head: words.overlayColumns.question },
          { head: words.overlayColumns.usual },
          { head: words.overlayColumns.here },
        ]}
        rows={items.map((item) => ({
          head: item.label,
          cells: [
            needWords[item.usual],
            <SelectField
              id={item.code}
              label={<span class="govuk-visually-hidden">{item.label}</span>}
              value={item.choice}
              options={(['usual', 'required', 'optional', 'off'] as const).map((value) => ({
                value,
                text: words.choice[value],
              }))}
            />,
          ],
        }))}
      />
    </Details>
  )
}
