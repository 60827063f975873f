import type { Instant } from '../../src/domain/dates.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import { Table } from '../components/figures.tsx'
import { Button, Link, TextField, Tick } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { moneyWords } from '../words/en/application.ts'
import { yearGroupWords } from '../words/en/counts.ts'
import { academicYearWords, shortMoment } from '../words/en/dates.ts'
import { incentiveWords as words } from '../words/en/incentives.ts'
import { pounds } from '../words/en/money.ts'
import type { FundingParts } from './funding-queue.tsx'

type Scheme = {
  readonly academicYear: number
  readonly anEntry: Pence
  readonly aPass: Pence
  readonly aHigh: Pence
  readonly most: Pence
}

const schemeSays = (scheme: Scheme) =>
  words.scheme(academicYearWords(scheme.academicYear), scheme.anEntry, scheme.aPass, scheme.aHigh, scheme.most)

type Standing = {
  readonly told: Instant | null
  readonly entries: number | null
  readonly passes: number | null
  readonly highs: number | null
  readonly comesTo: Pence | null
  readonly approved: Pence | null
}

type CouncilProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly scheme: Scheme | null
  readonly maySet: boolean
  readonly pupils: readonly (Standing & {
    readonly id: string
    readonly name: string
    readonly school: string
    readonly yearGroup: string
    readonly ticked: boolean
  })[]
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** A council's GCSE incentive: the scheme of the year, who was told, what was entered and reached, and approving it. */
export const IncentivesPage = (props: CouncilProps) => {
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  return (
    <Layout title={words.title} frame={props.frame} here="funding" toMend={props.toMend}>
      <h1 class="govuk-heading-l">{words.title}</h1>
      <FundingNav here="incentives" may={props.parts} />
      <p class="lead measure">{words.lead}</p>
      <p>{props.scheme ? schemeSays(props.scheme) : words.none}</p>
      {!props.scheme && props.maySet && (
        <form class="measure" action={paths.fundingIncentives} method="post">
          {(['anEntry', 'aPass', 'aHigh', 'most'] as const).map((name) => (
            <TextField
              id={name}
              label={words.fields[name]}
              value={props.values[name]}
              width={10}
              maxlength={16}
              inputmode="decimal"
              toMend={mend(name)}
            />
          ))}
          <TextField
            id="source"
            label={words.fields.source}
            value={props.values['source']}
            maxlength={200}
            toMend={mend('source')}
          />
          <Button>{words.setDo}</Button>
        </form>
      )}
      {props.scheme && props.pupils.length > 0 && (
        <form action={paths.fundingIncentivesTold} method="post">
          <Table
            caption={words.title}
            captionShown={false}
            tight
            columns={[
              { head: words.columns.child },
              { head: words.columns.school },
              { head: words.columns.year },
              { head: words.columns.told, whole: true },
              { head: words.columns.entries, number: true },
              { head: words.columns.results, number: true },
              { head: words.columns.amount, number: true },
            ]}
            rows={props.pupils.map((pupil, at) => ({
              head: (
                <Tick name="pupil" value={pupil.id} checked={pupil.ticked} id={at === 0 ? 'pupil' : undefined}>
                  {pupil.name}
                </Tick>
              ),
              cells: [
                pupil.school,
                yearGroupWords(pupil.yearGroup),
                pupil.told ? shortMoment(pupil.told) : words.notTold,
                pupil.entries === null ? '' : String(pupil.entries),
                pupil.passes === null ? '' : `${pupil.passes}, ${pupil.highs ?? 0}`,
                pupil.approved !== null
                  ? words.approved(pupil.approved)
                  : pupil.comesTo === null
                    ? ''
                    : pounds(pupil.comesTo),
              ],
            }))}
          />
          {props.maySet && (
            <p class="act gap">
              <Button second>{words.tell}</Button>
              <button type="submit" class="govuk-button" formaction={paths.fundingIncentivesApprove}>
                {words.approve}
              </button>
            </p>
          )}
        </form>
      )}
      {props.scheme && (
        <p class="act gap">
          <span>{words.files}</span>
          <Link href={paths.fundingIncentivesFile('csv')}>{words.csv}</Link>
          <Link href={paths.fundingIncentivesFile('xlsx')}>{words.xlsx}</Link>
        </p>
      )}
    </Layout>
  )
}

type SchoolProps = {
  readonly frame: Frame
  readonly left: number
  readonly pupils: readonly (Standing & {
    readonly scheme: string
    readonly id: string
    readonly name: string
    readonly council: string
    readonly yearGroup: string
  })[]
  /** What was typed for one pupil, to mend. */
  readonly typed: { readonly id: string; readonly values: Readonly<Record<string, string>> } | null
  readonly toMend: readonly ToMend[]
}

/** GCSE entries and results, as a school says them for the councils that pay an incentive. */
export const SchoolIncentivesPage = (props: SchoolProps) => (
  <Layout
    title={words.link}
    frame={props.frame}
    here="money"
    back={{ href: paths.money, text: moneyWords.title }}
    toMend={props.toMend}
  >
    <h1 class="govuk-heading-l">{props.pupils.length === 0 ? words.schoolNone : words.schoolHeading(props.left)}</h1>
    {props.pupils.length > 0 && <p class="lead measure">{words.schoolLead}</p>}
    <ul class="flat rows">
      {props.pupils.map((pupil) => {
        const mine = props.typed?.id === pupil.id ? props.typed.values : undefined
        const value = (name: 'entries' | 'passes' | 'highs') =>
          mine?.[name] ?? (pupil[name] === null ? '' : String(pupil[name]))
        return (
          <li>
            <h2 class="govuk-heading-s">{`${pupil.name}, ${yearGroupWords(pupil.yearGroup)}, ${pupil.council}`}</h2>
            {pupil.approved !== null ? (
              <p>{words.approved(pupil.approved)}</p>
            ) : (
              <form action={paths.moneyIncentive(pupil.scheme, pupil.id)} method="post">
                <div class="costs">
                  {(['entries', 'passes', 'highs'] as const).map((name) => (
                    <TextField
                      id={`${name}-${pupil.id}`}
                      name={name}
                      label={words[name]}
                      value={value(name)}
                      maxlength={2}
                      inputmode="numeric"
                      toMend={props.toMend.find(({ field }) => field === `${name}-${pupil.id}`)?.text}
                    />
                  ))}
                </div>
                <Button second>{words.save}</Button>
              </form>
            )}
          </li>
        )
      })}
    </ul>
  </Layout>
)
