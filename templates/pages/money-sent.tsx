import type { PlainDate } from '../../src/domain/dates.ts'
import type { TypedApplication } from '../../src/domain/funding/application.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import type { MoneyStanding } from '../../src/domain/funding/standing.ts'
import { Details, Glance } from '../components/figures.tsx'
import { Button, FileField, TextArea, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import {
  Asked,
  type FileShown,
  Files,
  Gate,
  type GateShown,
  History,
  type NextShown,
  nextSays,
  type ToldEvent,
  type UseShown,
  Uses,
} from '../components/money-parts.tsx'
import { paths } from '../components/paths.ts'
import { MoneyState } from '../components/track.tsx'
import { UseForm } from '../components/use-form.tsx'
import { applicationWords, evidenceWords, moneyWords, sentWords as words } from '../words/en/application.ts'
import { day, nearDay } from '../words/en/dates.ts'
import { fundWords, interventionNamed, pounds } from '../words/en/money.ts'
import { How, type HowDecided } from './money-application.tsx'

export type SentProps = {
  readonly frame: Frame
  readonly id: string
  readonly reference: string
  readonly council: string
  readonly fund: FundCode
  readonly names: readonly string[]
  readonly project: boolean
  readonly intervention: string
  readonly typed: TypedApplication
  readonly asked: Pence
  readonly agreed: Pence | null
  readonly sentOn: PlainDate
  readonly standing: MoneyStanding
  readonly since: PlainDate
  readonly days: number
  readonly next: NextShown
  readonly remittance: string | null
  readonly events: readonly ToldEvent[]
  readonly uses: readonly UseShown[]
  readonly files: readonly FileShown[]
  readonly gate: readonly GateShown[]
  readonly how: HowDecided
  /** What somebody asks; empty where nothing is asked. */
  readonly question: string
  readonly reviewBy: PlainDate | null
  readonly mayWithdraw: boolean
  readonly mayReport: boolean
  /** What was typed into the one form that was sent, to mend. */
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** An application that has been sent, as its school follows it: where it stands, what happened, and the one thing to do. */
export const MoneySentPage = (props: SentProps) => {
  const who = props.project ? moneyWords.projectOf(props.names.length) : (props.names[0] ?? moneyWords.oneLeft)
  return (
    <Layout
      title={`${interventionNamed(props.intervention)}, ${props.reference}`}
      frame={props.frame}
      here="money"
      back={{ href: paths.money, text: applicationWords.leave }}
      toMend={props.toMend}
    >
      <p class="over">{`${props.reference}, ${fundWords[props.fund]}, ${props.council}`}</p>
      <h1 class="govuk-heading-l">{applicationWords.heading(interventionNamed(props.intervention), who)}</h1>
      <Glance
        figures={[
          { name: words.asked, value: pounds(props.asked) },
          ...(props.agreed === null ? [] : [{ name: words.agreed, value: pounds(props.agreed) }]),
          { name: words.sent, value: day(props.sentOn) },
        ]}
      />
      {props.project && <p class="lead">{`${applicationWords.children}: ${props.names.join(', ')}`}</p>}
      <MoneyState
        standing={props.standing}
        since={
          props.standing === 'paid' || props.standing === 'reported'
            ? moneyWords.paidOn(nearDay(props.since), props.remittance ?? '')
            : moneyWords.since(nearDay(props.since), props.days)
        }
      />
      {nextSays(props.next) !== '' && <p>{nextSays(props.next)}</p>}
      <div class="split part">
        <div>
          {props.question !== '' && <Answer props={props} />}
          {props.mayReport && (
            <UseForm
              action={paths.moneyUse(props.id)}
              again={props.uses.length > 0}
              baseline={props.typed.baseline}
              values={props.values}
              toMend={props.toMend}
            />
          )}
          {props.reviewBy && <Review props={props} by={props.reviewBy} />}
          {props.uses.length > 0 && <Uses uses={props.uses} />}
          <Files files={props.files} />
          <Details summary={evidenceWords.add} open={mendOf(props.toMend, 'file') !== undefined}>
            <form action={paths.moneyEvidence(props.id)} method="post" enctype="multipart/form-data">
              <FileField
                id="file"
                label={evidenceWords.add}
                hint={evidenceWords.says}
                accept=".pdf,.png,.jpg,.jpeg"
                toMend={mendOf(props.toMend, 'file')}
              />
              <Button second>{evidenceWords.do}</Button>
            </form>
          </Details>
          <History events={props.events} />
          <Asked typed={props.typed} asked={props.asked} />
        </div>
        <div class="side">
          {['waiting', 'question', 'second', 'set_up', 'agreed'].includes(props.standing) && (
            <Gate parts={props.gate} council={props.council} urgent={props.typed.urgent === 'yes'} sent />
          )}
          <How council={props.council} how={props.how} />
          {props.mayWithdraw && (
            <Details summary={words.withdrawHeading} open={mendOf(props.toMend, 'why') !== undefined}>
              <form action={paths.moneyWithdraw(props.id)} method="post">
                <p>{words.withdrawSays}</p>
                <TextField
                  id="why"
                  label={words.withdrawWhy}
                  value={props.values['why']}
                  maxlength={300}
                  toMend={mendOf(props.toMend, 'why')}
                />
                <Button second>{applicationWords.withdraw}</Button>
              </form>
            </Details>
          )}
        </div>
      </div>
    </Layout>
  )
}

const mendOf = (toMend: readonly ToMend[], field: string) => toMend.find((one) => one.field === field)?.text

const Answer = ({ props }: { readonly props: SentProps }) => (
  <section class="note note--wait" aria-labelledby="asks">
    <h2 class="govuk-heading-m" id="asks">
      {words.answerHeading}
    </h2>
    <p class="said">{props.question}</p>
    <form action={paths.moneyAnswer(props.id)} method="post">
      <TextArea
        id="answer"
        label={words.answer}
        value={props.values['answer']}
        maxlength={2000}
        toMend={mendOf(props.toMend, 'answer')}
      />
      <Button>{words.sendAnswer}</Button>
    </form>
  </section>
)

const Review = ({ props, by }: { readonly props: SentProps; readonly by: PlainDate }) => (
  <section aria-labelledby="ask-review">
    <h2 class="govuk-heading-m" id="ask-review">
      {words.reviewHeading}
    </h2>
    <p>{words.reviewSays(nearDay(by))}</p>
    <form action={paths.moneyReview(props.id)} method="post">
      <TextArea
        id="review"
        label={words.review}
        value={props.values['review']}
        maxlength={2000}
        toMend={mendOf(props.toMend, 'review')}
      />
      <Button second>{words.askReview}</Button>
    </form>
  </section>
)
