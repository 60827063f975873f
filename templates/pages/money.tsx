import type { PlainDate } from '../../src/domain/dates.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import type { MoneyStanding } from '../../src/domain/funding/standing.ts'
import { Glance, Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, Tick } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { type NextShown, nextSays } from '../components/money-parts.tsx'
import { paths } from '../components/paths.ts'
import { MoneyState, MoneyStateWord } from '../components/track.tsx'
import { askWords, moneyWords as words } from '../words/en/application.ts'
import { yearGroupWords } from '../words/en/counts.ts'
import { day, nearDay } from '../words/en/dates.ts'
import { incentiveWords } from '../words/en/incentives.ts'
import { interventionNamed, pounds } from '../words/en/money.ts'
import { surveyWords } from '../words/en/survey.ts'

/** Money a school has asked for or was paid without asking, as it follows it. */
export type FollowedMoney = NextShown & {
  readonly href: string
  readonly reference: string
  /** What it is for: an intervention, or a part of the council's rules and its term. */
  readonly what: string
  /** First name and initial; how many for a project. */
  readonly children: readonly string[]
  readonly project: boolean
  readonly amount: Pence
  /** Since when it stands there, and for how many days. */
  readonly since: PlainDate
  readonly days: number
  /** What the council asks, or why it said no. */
  readonly said: string
  readonly remittance: string | null
  readonly paidOn: PlainDate | null
  readonly reviewBy: PlainDate | null
  readonly decidedBy: string
}

/** A payment as a bursar looks it up. */
export type Remittance = {
  readonly reference: string
  readonly council: string
  /** The application's reference, or the part of the council's rules and its term. */
  readonly what: string
  /** Null where the school may no longer open what it is for. */
  readonly href: string | null
  readonly amount: Pence
  readonly returned: Pence
  readonly standing: MoneyStanding
  readonly dueOn: PlainDate
  readonly paidOn: PlainDate | null
}

type MoneyProps = {
  readonly frame: Frame
  readonly year: string
  readonly onItsWay: { readonly amount: Pence; readonly count: number }
  readonly beingDecided: { readonly amount: Pence; readonly count: number }
  readonly paid: { readonly amount: Pence; readonly count: number }
  readonly toReport: { readonly amount: Pence; readonly count: number }
  readonly followed: readonly FollowedMoney[]
  readonly drafts: readonly {
    readonly id: string
    readonly intervention: string
    readonly children: readonly string[]
    readonly council: string
    readonly asked: Pence
    readonly begun: PlainDate
  }[]
  readonly remittances: readonly Remittance[]
  /** The answers to a survey were sent just now. */
  readonly surveySent: boolean
  /** Some council pays an incentive to pupils here. */
  readonly incentives: boolean
  readonly surveys: readonly {
    readonly id: string
    readonly school: string
    readonly schoolName: string
    readonly council: string
    readonly year: string
  }[]
}

const whoFor = (children: readonly string[], project: boolean) =>
  project ? words.project(children.length) : (children[0] ?? words.oneLeft)

/** Track my money: what a school has asked for, who has it, since when, and what happens next. */
export const MoneyPage = (props: MoneyProps) => {
  const questions = props.followed.filter(({ standing }) => standing === 'question').length
  return (
    <Layout title={words.title} frame={props.frame} here="money">
      {props.surveySent && (
        <p class="note note--done" role="status">
          {surveyWords.sent}
        </p>
      )}
      <p class="over">{words.over(props.year)}</p>
      <div class="pair pair--wrap">
        <h1 class="govuk-heading-l">{words.heading(props.onItsWay.amount, questions)}</h1>
        <ButtonLink href={paths.moneyAsk}>{words.ask}</ButtonLink>
      </div>
      <Glance
        figures={[
          {
            name: words.onItsWay,
            value: pounds(props.onItsWay.amount),
            base: words.payments(props.onItsWay.count),
          },
          {
            name: words.beingDecided,
            value: pounds(props.beingDecided.amount),
            base: words.requests(props.beingDecided.count),
          },
          { name: words.paidThisYear, value: pounds(props.paid.amount), base: words.payments(props.paid.count) },
          { name: words.toReport, value: pounds(props.toReport.amount), base: words.payments(props.toReport.count) },
        ]}
      />
      {props.surveys.map((survey) => (
        <p class="note">
          {`${surveyWords.askedBy(survey.council, survey.year)}. `}
          <Link href={paths.moneySurvey(survey.id, survey.school)} also={`${survey.council}, ${survey.schoolName}`}>
            {surveyWords.answerLink}
          </Link>
        </p>
      ))}
      {props.drafts.length > 0 && (
        <section aria-labelledby="drafts">
          <h2 class="govuk-heading-m" id="drafts">
            {words.drafts}
          </h2>
          <ul class="flat rows">
            {props.drafts.map((draft) => (
              <li class="pair">
                <div>
                  <b>{interventionNamed(draft.intervention)}</b>
                  {`, ${whoFor(draft.children, draft.children.length > 1)}, ${words.from(draft.council)}`}
                  <br />
                  <span class="small quiet">
                    {draft.asked > 0 ? `${pounds(draft.asked)}. ` : ''}
                    {words.draftOf(nearDay(draft.begun))}
                  </span>
                </div>
                <Link href={paths.moneyApplication(draft.id)} also={whoFor(draft.children, draft.children.length > 1)}>
                  {words.finish}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class={props.drafts.length > 0 ? 'part' : undefined} aria-labelledby="track">
        <div class="pair pair--wrap">
          <h2 class="govuk-heading-m" id="track">
            {words.track}
          </h2>
          <p class="small quiet">{words.steps}</p>
        </div>
        {props.followed.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <ul class="flat rows">
            {props.followed.map((money) => (
              <Followed money={money} />
            ))}
          </ul>
        )}
      </section>
      {props.incentives && (
        <p class="part">
          <Link href={paths.moneyIncentives}>{incentiveWords.link}</Link>
        </p>
      )}
      {props.remittances.length > 0 && <Remittances rows={props.remittances} />}
    </Layout>
  )
}

const Followed = ({ money }: { readonly money: FollowedMoney }) => (
  <li class="req tight">
    <div>
      <h3 class="govuk-heading-s">{money.what}</h3>
      <p class="small quiet">
        {`${whoFor(money.children, money.project)}, ${words.from(money.council)}`}
        <br />
        {money.reference}
      </p>
    </div>
    <p class="num">
      <b>{pounds(money.amount)}</b>
    </p>
    <MoneyState
      standing={money.standing}
      since={
        money.paidOn
          ? words.paidOn(nearDay(money.paidOn), money.remittance ?? '')
          : money.standing === 'declined'
            ? words.by(nearDay(money.since), money.decidedBy)
            : words.since(nearDay(money.since), money.days)
      }
    />
    <Next money={money} />
  </li>
)

const Next = ({ money }: { readonly money: FollowedMoney }) => {
  const link = (text: string) => (
    <Link href={money.href} also={`${money.what}, ${whoFor(money.children, money.project)}`}>
      {text}
    </Link>
  )
  switch (money.standing) {
    case 'question':
      return (
        <p>
          {words.asks(money.said)} {link(words.answer)}
        </p>
      )
    case 'declined':
      return (
        <p>
          {money.said} {money.reviewBy ? words.reviewBy(nearDay(money.reviewBy)) : ''} {link(words.look)}
        </p>
      )
    case 'set_up':
    case 'agreed':
    case 'with_finance':
    case 'waiting':
    case 'second':
      return (
        <p>
          {nextSays(money)} {link(words.look)}
        </p>
      )
    case 'paid':
      return <p>{link(words.reportUse)}</p>
    default:
      return (
        <p>
          {words.nothingMore} {link(words.look)}
        </p>
      )
  }
}

const Remittances = ({ rows }: { readonly rows: readonly Remittance[] }) => (
  <section class="part" aria-labelledby="remittances">
    <h2 class="govuk-heading-m" id="remittances">
      {words.remittances}
    </h2>
    <p>{words.remittancesSays}</p>
    <Table
      caption={words.remittances}
      captionShown={false}
      columns={[
        { head: words.reference, whole: true },
        { head: words.payer },
        { head: words.amount, number: true },
        { head: words.state },
        { head: words.due, whole: true },
      ]}
      rows={rows.map((row) => ({
        head: (
          <>
            {row.href === null ? row.reference : <Link href={row.href}>{row.reference}</Link>}
            <span class="small quiet">{row.what}</span>
          </>
        ),
        cells: [
          row.council,
          <>
            {pounds(row.amount)}
            {row.returned > 0 && <span class="small quiet">{words.returned(row.returned)}</span>}
          </>,
          <MoneyStateWord standing={row.standing} school />,
          day(row.paidOn ?? row.dueOn),
        ],
      }))}
    />
    <p class="act">
      <Link href={paths.moneyFile('csv')}>{words.csv}</Link>
      <Link href={paths.moneyFile('xlsx')}>{words.xlsx}</Link>
    </p>
  </section>
)

type AskProps = {
  readonly frame: Frame
  readonly councils: readonly {
    readonly name: string
    readonly pupils: readonly {
      readonly value: string
      readonly name: string
      readonly yearGroup: string | null
      readonly school: string
      readonly ticked: boolean
    }[]
  }[]
  readonly toMend: readonly ToMend[]
}

/** Whom money is asked for: one child, or several of one council for a project. */
export const AskForMoneyPage = (props: AskProps) => {
  let first = true
  const firstId = () => {
    const id = first ? 'pupil' : undefined
    first = false
    return id
  }
  return (
    <Layout
      title={askWords.title}
      frame={props.frame}
      here="money"
      back={{ href: paths.money, text: askWords.back }}
      toMend={props.toMend}
    >
      <h1 class="govuk-heading-l">{askWords.heading}</h1>
      {props.councils.length === 0 ? (
        <p class="lead">{askWords.none}</p>
      ) : (
        <form action={paths.moneyAsk} method="post">
          <p class="lead">{askWords.says}</p>
          {props.toMend.map(({ text }) => (
            <p class="govuk-error-message">{text}</p>
          ))}
          {props.councils.map((council) => (
            <fieldset class="govuk-fieldset">
              <legend class="govuk-fieldset__legend">{council.name}</legend>
              <div class="down">
                {council.pupils.map((pupil) => (
                  <Tick name="pupil" value={pupil.value} checked={pupil.ticked} id={firstId()}>
                    {`${pupil.name}, ${yearGroupWords(pupil.yearGroup)}, ${pupil.school}`}
                  </Tick>
                ))}
              </div>
            </fieldset>
          ))}
          <p class="act">
            <Button>{askWords.begin}</Button>
            <Link href={paths.money}>{askWords.back}</Link>
          </p>
        </form>
      )}
    </Layout>
  )
}
