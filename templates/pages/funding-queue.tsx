import type { PlainDate } from '../../src/domain/dates.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import type { MoneyStanding } from '../../src/domain/funding/standing.ts'
import { Details, Glance, Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, Picks, TextField, Tick } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { MoneyStateWord } from '../components/track.tsx'
import { moneyWords } from '../words/en/application.ts'
import { nearDay } from '../words/en/dates.ts'
import { agendaWords, queueWords as words } from '../words/en/funding.ts'
import { interventionNamed, pounds } from '../words/en/money.ts'

/** What the queue shows at a time. */
export const queueShows = ['open', 'asked', 'agreed', 'ended'] as const
export type QueueShow = (typeof queueShows)[number]

/** An application as the queue shows it: no child is named. */
export type QueuedApplication = {
  readonly number: number
  readonly id: string
  readonly reference: string
  readonly intervention: string
  /** How many children a project is for; null for one child. */
  readonly project: number | null
  readonly school: string
  readonly amount: Pence
  readonly days: number
  readonly urgent: boolean
  /** Until when a decision was put off, where that happened last. */
  readonly deferredTo: PlainDate | null
  readonly review: boolean
  readonly standing: MoneyStanding
  readonly needs: 'officer' | 'panel' | 'second' | null
}

type QueueProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly show: QueueShow
  readonly toDecide: number
  readonly oldest: number
  /** The financial year whose money the figures are of. */
  readonly year: string
  readonly free: Pence
  readonly overCommitted: Pence
  /** How many days are left of the financial year, once it draws near. */
  readonly daysLeft: number | null
  readonly promised: Pence
  readonly toPay: Pence
  readonly decision: { readonly days: number; readonly of: number } | null
  readonly payment: { readonly days: number; readonly of: number } | null
  readonly applications: readonly QueuedApplication[]
}

/** Which of the pages about the fund a person may open. */
export type FundingParts = Parameters<typeof FundingNav>[0]['may']

/** Applications as they wait: how long, for whom to decide, and what the fund still holds. */
export const FundingQueuePage = (props: QueueProps) => (
  <Layout title={words.title} frame={props.frame} here="funding">
    <p class="over">{moneyWords.over(props.year)}</p>
    <h1 class="govuk-heading-l">{words.heading(props.toDecide, props.oldest)}</h1>
    <FundingNav here="queue" may={props.parts} />
    <Glance
      figures={[
        { name: words.free, value: pounds(props.free) },
        { name: words.promised, value: pounds(props.promised) },
        { name: words.toPay, value: pounds(props.toPay) },
        ...(props.decision
          ? [
              {
                name: words.decision,
                value: words.medianDays(props.decision.days),
                base: words.base(props.decision.of),
              },
            ]
          : []),
        ...(props.payment
          ? [
              {
                name: words.payment,
                value: words.medianDays(props.payment.days),
                base: words.paidBase(props.payment.of),
              },
            ]
          : []),
      ]}
    />
    {props.overCommitted > 0 && <p class="note note--wait">{words.overCommitted(props.overCommitted)}</p>}
    {props.daysLeft !== null && (
      <p class="note note--wait">
        {words.yearEnd(props.daysLeft)} <Link href={paths.fundingRadar}>{words.yearEndLink}</Link>
      </p>
    )}
    <form action={paths.funding} method="get" class="filters">
      <Picks
        name="show"
        legend={words.showLegend}
        value={props.show}
        options={queueShows.map((value) => ({ value, text: words.show[value] }))}
      />
      <Button second>{words.go}</Button>
    </form>
    {props.applications.length === 0 ? (
      <p>{words.none}</p>
    ) : (
      <Table
        caption={words.show[props.show]}
        columns={[
          { head: words.columns.reference, whole: true },
          { head: words.columns.what },
          { head: words.columns.school },
          { head: words.columns.amount, number: true },
          {
            head: props.show === 'open' || props.show === 'asked' ? words.columns.waiting : words.columns.waited,
            number: true,
          },
          { head: words.columns.state },
          { head: words.columns.needs },
        ]}
        rows={props.applications.map((one) => ({
          head: <Link href={paths.fundingApplication(one.id)}>{one.reference}</Link>,
          cells: [
            <>
              {interventionNamed(one.intervention)}
              {one.project !== null && <span class="small quiet">{words.project(one.project)}</span>}
              {one.urgent && (
                <span class="small">
                  <b>{words.urgent}</b>
                </span>
              )}
            </>,
            one.school,
            pounds(one.amount),
            words.days(one.days),
            <>
              <MoneyStateWord standing={one.standing} />
              {one.deferredTo && <span class="small quiet">{words.deferredTo(nearDay(one.deferredTo))}</span>}
              {one.review && <span class="small quiet">{words.review}</span>}
            </>,
            one.needs === null ? '' : words.needs[one.needs],
          ],
        }))}
      />
    )}
    <p class="act">
      <ButtonLink second href={paths.fundingAgenda}>
        {words.agenda}
      </ButtonLink>
      <Link href={paths.fundingFile('csv')}>{words.csv}</Link>
      <Link href={paths.fundingFile('xlsx')}>{words.xlsx}</Link>
    </p>
  </Layout>
)

type AgendaProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly meetings: readonly { readonly day: PlainDate; readonly items: readonly QueuedApplication[] }[]
  readonly toPut: readonly QueuedApplication[]
  /** On the agenda of a meeting to come and not decided yet: they may be put on another. */
  readonly toMove: readonly QueuedApplication[]
  readonly mayPut: boolean
  readonly values: { readonly day: string; readonly ticked: readonly string[] }
  readonly toMend: readonly ToMend[]
}

const Item = ({ item }: { readonly item: QueuedApplication }) => (
  <>
    {`${item.reference}: ${interventionNamed(item.intervention)}, ${item.school}, ${pounds(item.amount)}, ${words.days(item.days)}`}
    {item.urgent && <b>{`, ${words.urgent.toLowerCase()}`}</b>}
  </>
)

/** The agenda of the panel's meetings, and what is still to be put on one. */
export const FundingAgendaPage = (props: AgendaProps) => {
  const [next] = props.meetings
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  const first = (props.toPut[0] ?? props.toMove[0])?.id
  const tick = (item: QueuedApplication) => (
    <Tick
      name="application"
      value={item.id}
      checked={props.values.ticked.includes(item.id)}
      id={item.id === first ? 'application' : undefined}
    >
      <Item item={item} />
    </Tick>
  )
  const form = (
    <form action={paths.fundingAgenda} method="post">
      {props.toPut.length > 0 && <p>{agendaWords.toPutSays}</p>}
      {mend('application') && (
        <p class="govuk-error-message" id="application-mend">
          {mend('application')}
        </p>
      )}
      {props.toPut.length > 0 && <div class="down">{props.toPut.map((item) => tick(item))}</div>}
      {props.toPut.length === 0 ? (
        <div class="down">{props.toMove.map((item) => tick(item))}</div>
      ) : (
        props.toMove.length > 0 && (
          <Details summary={agendaWords.toMove} open={props.values.ticked.length > 0}>
            <div class="down">{props.toMove.map((item) => tick(item))}</div>
          </Details>
        )
      )}
      <TextField
        id="day"
        label={agendaWords.day}
        hint={agendaWords.dayHint}
        value={props.values.day}
        width={20}
        maxlength={40}
        toMend={mend('day')}
      />
      <Button>{agendaWords.put}</Button>
    </form>
  )
  return (
    <Layout
      title={agendaWords.title}
      frame={props.frame}
      here="funding"
      back={{ href: paths.funding, text: words.title }}
      toMend={props.toMend}
    >
      <h1 class="govuk-heading-l">{agendaWords.heading(next?.items.length ?? 0, next ? nearDay(next.day) : null)}</h1>
      <FundingNav here="agenda" may={props.parts} />
      {props.meetings.map(({ day, items }) => (
        <section class="part" aria-label={agendaWords.meeting(nearDay(day))}>
          <h2 class="govuk-heading-m">{agendaWords.meeting(nearDay(day))}</h2>
          <p>{agendaWords.total(items.reduce((sum, { amount }) => sum + amount, 0) as Pence)}</p>
          <ol class="flat rows">
            {items.map((item) => (
              <li class="pair">
                <Link href={paths.fundingApplication(item.id)}>
                  <Item item={item} />
                </Link>
                <MoneyStateWord standing={item.standing} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {props.mayPut && (
        <section class="part" aria-labelledby="put">
          <h2 class="govuk-heading-m" id="put">
            {agendaWords.toPut}
          </h2>
          {props.toPut.length === 0 && <p>{agendaWords.none}</p>}
          {props.toPut.length > 0
            ? form
            : props.toMove.length > 0 && (
                <Details summary={agendaWords.toMove} open={props.toMend.length > 0}>
                  {form}
                </Details>
              )}
        </section>
      )}
    </Layout>
  )
}
