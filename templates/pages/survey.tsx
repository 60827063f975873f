import type { Child } from 'hono/jsx'
import type { Instant } from '../../src/domain/dates.ts'
import type { FinancialYear } from '../../src/domain/funding/financial-year.ts'
import { interventions } from '../../src/domain/funding/interventions.ts'
import { Table } from '../components/figures.tsx'
import { Button, Link, Picks, SelectField, TextField, Tick } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { moneyWords } from '../words/en/application.ts'
import { shortMoment } from '../words/en/dates.ts'
import { financialYearWords, interventionNamed, interventionWords } from '../words/en/money.ts'
import { surveyWords as words } from '../words/en/survey.ts'
import type { FundingParts } from './funding-queue.tsx'

type SurveysProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly surveys: readonly {
    readonly id: string
    readonly year: FinancialYear
    readonly openedAt: Instant
    readonly isOpen: boolean
  }[]
  readonly years: readonly FinancialYear[]
  readonly mayOpen: boolean
  readonly toMend: readonly ToMend[]
}

/** The surveys of a council, and opening one. */
export const SurveysPage = (props: SurveysProps) => (
  <Layout title={words.title} frame={props.frame} here="funding" toMend={props.toMend}>
    <h1 class="govuk-heading-l">{words.listHeading}</h1>
    <FundingNav here="surveys" may={props.parts} />
    <p class="lead measure">{words.lead}</p>
    {props.surveys.length === 0 ? (
      <p>{words.none}</p>
    ) : (
      <ul class="flat rows">
        {props.surveys.map((survey) => (
          <li class="pair">
            <Link href={paths.fundingSurvey(survey.id)}>
              {words.opened(financialYearWords(survey.year), shortMoment(survey.openedAt))}
            </Link>
            <State shape={survey.isOpen ? 'part' : 'done'} word={survey.isOpen ? words.isOpen : words.isClosed} />
          </li>
        ))}
      </ul>
    )}
    {props.mayOpen && props.years.length > 0 && (
      <form class="part" action={paths.fundingSurveys} method="post">
        <SelectField
          id="year"
          label={words.year}
          options={props.years.map((value) => ({ value: String(value), text: financialYearWords(value) }))}
          toMend={props.toMend.find(({ field }) => field === 'year')?.text}
        />
        <Button>{words.openDo}</Button>
      </form>
    )}
  </Layout>
)

type Share = { readonly count: number; readonly hundredths: number }

type ResultProps = {
  readonly frame: Frame
  readonly id: string
  readonly year: FinancialYear
  readonly isOpen: boolean
  readonly mayClose: boolean
  readonly result: {
    readonly responded: number
    readonly attainment: {
      readonly answered: number
      readonly shares: readonly (Share & { readonly answer: string })[]
    }
    readonly ranks: {
      readonly answered: number
      readonly list: readonly { readonly choice: string; readonly points: number; readonly firsts: number }[]
    }
    readonly bands: {
      readonly answered: number
      readonly before: number
      readonly after: number
      readonly rows: readonly {
        readonly band: keyof typeof words.bands
        readonly before: Share
        readonly after: Share
        readonly change: {
          readonly points: number
          readonly relativeTenths: number | null
          readonly multipleHundredths: number | null
        }
      }[]
    }
  }
}

/** One question with its figures; where nobody answered it there are none, rather than nothings. */
const Question = (props: { readonly asked: string; readonly answered: number; readonly children?: Child }) => (
  <div class="part">
    {props.answered === 0 ? (
      <>
        <h2 class="govuk-heading-m">{props.asked}</h2>
        <p>{words.nobody}</p>
      </>
    ) : (
      props.children
    )}
  </div>
)

/** What a survey came to: each question with how many answered it. */
export const SurveyResultPage = ({ frame, id, year, isOpen, mayClose, result }: ResultProps) => (
  <Layout
    title={words.title}
    frame={frame}
    here="funding"
    back={{ href: paths.fundingSurveys, text: words.listHeading }}
  >
    <p class="over">{financialYearWords(year)}</p>
    <h1 class="govuk-heading-l">{words.responded(result.responded)}</h1>
    {result.responded > 0 && result.responded < 6 && <p class="note note--wait">{words.few}</p>}
    <Question asked={words.q1} answered={result.attainment.answered}>
      <Table
        caption={words.q1}
        columns={[
          { head: words.columns.answer },
          { head: words.columns.count, number: true },
          { head: words.columns.share, number: true },
        ]}
        rows={result.attainment.shares.map(({ answer, count, hundredths }) => ({
          head: words.q1Answers[answer] ?? answer,
          cells: [String(count), words.percent(hundredths)],
        }))}
      />
      <p class="small quiet">{words.answered(result.attainment.answered, result.responded)}</p>
    </Question>
    <Question asked={words.q2} answered={result.ranks.answered}>
      <Table
        caption={words.q2}
        columns={[
          { head: words.columns.rank, number: true },
          { head: words.columns.intervention },
          { head: words.columns.points, number: true },
          { head: words.columns.firsts, number: true },
        ]}
        rows={result.ranks.list.map(({ choice, points, firsts }, at) => ({
          head: points === 0 ? words.notRanked : String(at + 1),
          cells: [interventionNamed(choice), String(points), String(firsts)],
        }))}
      />
      <p class="small quiet">{`${words.answered(result.ranks.answered, result.responded)} ${words.q2Method}`}</p>
    </Question>
    <Question asked={words.q3} answered={result.bands.answered}>
      <Table
        caption={words.q3}
        columns={[
          { head: words.columns.band },
          { head: words.columns.before, number: true },
          { head: words.columns.after, number: true },
          { head: words.columns.change, number: true },
          { head: words.columns.relative, number: true },
          { head: words.columns.times, number: true },
        ]}
        rows={result.bands.rows.map(({ band, before, after, change }) => ({
          head: words.bands[band],
          cells: [
            `${before.count} (${words.percent(before.hundredths)})`,
            `${after.count} (${words.percent(after.hundredths)})`,
            words.change(change.points),
            words.relative(change.relativeTenths),
            words.times(change.multipleHundredths),
          ],
        }))}
      />
      <p class="small quiet">
        {`${words.answered(result.bands.answered, result.responded)} ${words.q3Base(result.bands.before, result.bands.after)}`}
      </p>
    </Question>
    {isOpen && mayClose && (
      <form class="part" action={paths.fundingSurveyClose(id)} method="post">
        <Button second>{words.close}</Button>
      </form>
    )}
  </Layout>
)

type AnswerProps = {
  readonly frame: Frame
  readonly survey: string
  readonly school: string
  readonly schoolName: string
  readonly council: string
  readonly year: FinancialYear
  readonly before: boolean
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** The three questions to a school that was paid. */
export const SurveyAnswerPage = (props: AnswerProps) => {
  const value = (name: string) => props.values[name] ?? ''
  return (
    <Layout
      title={words.title}
      frame={props.frame}
      here="money"
      back={{ href: paths.money, text: moneyWords.title }}
      toMend={props.toMend}
    >
      <p class="over">{props.schoolName}</p>
      <h1 class="govuk-heading-l">{words.askedBy(props.council, financialYearWords(props.year))}</h1>
      {props.before && <p class="note">{words.again}</p>}
      <form class="measure" action={paths.moneySurvey(props.survey, props.school)} method="post">
        <Picks
          name="attainment"
          legend={words.q1}
          toMend={props.toMend.find(({ field }) => field === 'attainment')?.text}
          value={value('attainment')}
          down
          options={Object.entries(words.q1Answers).map(([option, text]) => ({ value: option, text }))}
        />
        <fieldset class="govuk-fieldset part">
          <legend class="govuk-fieldset__legend">{words.q2}</legend>
          <p class="govuk-hint small">{words.q2Hint}</p>
          {interventions.map((code, at) => (
            <TextField
              id={at === 0 ? 'rank' : `rank-${code}`}
              name={`rank-${code}`}
              label={interventionWords[code]}
              value={value(`rank-${code}`)}
              width={4}
              maxlength={2}
              inputmode="numeric"
              toMend={at === 0 ? props.toMend.find(({ field }) => field === 'rank')?.text : undefined}
            />
          ))}
        </fieldset>
        {(['before', 'after'] as const).map((side) => (
          <fieldset class="costs part">
            <legend>
              {`${words.q3} ${words[side]}`}
              <span class="govuk-hint small">{words.q3Hints[side]}</span>
            </legend>
            {(['below', 'at', 'above', 'not_assessed'] as const).map((band) => (
              <TextField
                id={`${side}-${band}`}
                label={words.bands[band]}
                value={value(`${side}-${band}`)}
                maxlength={4}
                inputmode="numeric"
                toMend={
                  band === 'below' ? props.toMend.find(({ field }) => field === `${side}-below`)?.text : undefined
                }
              />
            ))}
          </fieldset>
        ))}
        <p>
          <Tick name="named" checked={value('named') === 'yes'}>
            {words.named}
          </Tick>
        </p>
        <Button>{words.send}</Button>
      </form>
    </Layout>
  )
}
