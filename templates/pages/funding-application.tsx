import type { PlainDate } from '../../src/domain/dates.ts'
import type { TypedApplication } from '../../src/domain/funding/application.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import type { MoneyStanding } from '../../src/domain/funding/standing.ts'
import { Details, Glance } from '../components/figures.tsx'
import { Button, Link, Picks, SelectField, TextArea, TextField } from '../components/form.tsx'
import { GateAside } from '../components/gate-aside.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import {
  Asked,
  type FileShown,
  Files,
  type GateShown,
  History,
  type ToldEvent,
  type UseShown,
  Uses,
} from '../components/money-parts.tsx'
import { paths } from '../components/paths.ts'
import { MoneyState } from '../components/track.tsx'
import { applicationWords, moneyWords, sentWords } from '../words/en/application.ts'
import { day } from '../words/en/dates.ts'
import { queueWords, decideWords as words } from '../words/en/funding.ts'
import { fundWords, interventionNamed, pounds, trackWords } from '../words/en/money.ts'

export type DecisionKind = 'approve' | 'ask' | 'defer' | 'decline'

export type DecideProps = {
  readonly frame: Frame
  readonly id: string
  readonly reference: string
  readonly fund: FundCode
  readonly school: string
  readonly intervention: string
  readonly pupils: readonly {
    /** Null for who does not open records. */
    readonly id: string | null
    readonly name: string
    readonly leftOn: PlainDate | null
    readonly careEndedOn: PlainDate | null
  }[]
  readonly project: boolean
  readonly typed: TypedApplication
  readonly asked: Pence
  readonly agreed: Pence | null
  readonly days: number
  readonly needs: 'officer' | 'panel' | 'second' | null
  readonly standing: MoneyStanding
  readonly before: readonly {
    readonly id: string
    readonly reference: string
    readonly intervention: string
    readonly amount: Pence
    readonly standing: MoneyStanding
  }[]
  readonly extract: readonly {
    readonly name: string
    readonly item: string
    readonly value: string
    readonly term: string
  }[]
  readonly gate: readonly GateShown[]
  readonly gatePassed: boolean
  readonly mayPass: boolean
  readonly events: readonly ToldEvent[]
  readonly uses: readonly UseShown[]
  readonly files: readonly FileShown[]
  readonly interests: readonly { readonly by: string; readonly said: string }[]
  /** Why this person does not decide on what waits for a decision. */
  readonly notYou: 'has_interest' | 'asks_themselves' | 'reviewed_by_decider' | null
  /** Null where this person cannot decide now. */
  readonly decide: {
    readonly kinds: readonly DecisionKind[]
    readonly seen: number
    readonly second: {
      readonly amount: Pence
      readonly by: string
      /** Whom the first agreed to pay: by public id, empty for the school; and by name. */
      readonly payee: string
      readonly paid: string
    } | null
    readonly payees: readonly { readonly id: string; readonly name: string }[]
  } | null
  readonly mayDeclareInterest: boolean
  readonly payment: {
    readonly reference: string
    readonly dueOn: PlainDate
    readonly paidOn: PlainDate | null
    readonly standing: MoneyStanding
    readonly mayUndo: boolean
    readonly seen: number
  } | null
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** One application as it is decided: what is asked, what is known beside it, and the decision. */
export const FundingApplicationPage = (props: DecideProps) => {
  const who = props.project ? moneyWords.projectOf(props.pupils.length) : (props.pupils[0]?.name ?? '')
  return (
    <Layout
      title={`${interventionNamed(props.intervention)}, ${props.reference}`}
      frame={props.frame}
      here="funding"
      back={{ href: paths.funding, text: words.back }}
      toMend={props.toMend}
    >
      <p class="over">{`${props.reference}, ${fundWords[props.fund]}, ${props.school}`}</p>
      <h1 class="govuk-heading-l">{applicationWords.heading(interventionNamed(props.intervention), who)}</h1>
      <Glance
        figures={[
          { name: sentWords.asked, value: pounds(props.asked) },
          ...(props.agreed === null ? [] : [{ name: sentWords.agreed, value: pounds(props.agreed) }]),
          {
            name: props.decide || props.notYou ? words.waiting : words.waited,
            value: queueWords.days(props.days),
          },
          ...(props.needs === null ? [] : [{ name: words.needs, value: queueWords.needs[props.needs] }]),
        ]}
      />
      <MoneyState standing={props.standing} council />
      {props.pupils.map((pupil) => (
        <>
          {pupil.leftOn && <p class="note note--wait">{words.left(pupil.name, day(pupil.leftOn))}</p>}
          {pupil.careEndedOn && <p class="note note--wait">{words.careEnded(pupil.name, day(pupil.careEndedOn))}</p>}
        </>
      ))}
      <div class="split part">
        <div>
          <Asked typed={props.typed} asked={props.asked} />
          {props.notYou && <p class="note note--wait">{words.problems[props.notYou]}</p>}
          {props.decide && <Decide props={props} decide={props.decide} />}
          {props.uses.length > 0 && <Uses uses={props.uses} />}
          <Files files={props.files} />
          <History events={props.events} noteLabel={words.notePrefix} />
        </div>
        <div class="side">
          <Children props={props} />
          <GateAside
            parts={props.gate}
            passed={props.gatePassed}
            pass={
              props.mayPass
                ? {
                    action: paths.fundingPass(props.id),
                    why: props.values['passWhy'],
                    toMend: mendOf(props, 'passWhy'),
                  }
                : null
            }
          />
          {props.payment && <PaymentAside props={props} payment={props.payment} />}
          <Extract props={props} />
          <Before props={props} />
          <Interests props={props} />
        </div>
      </div>
    </Layout>
  )
}

const mendOf = ({ toMend }: DecideProps, field: string) => toMend.find((one) => one.field === field)?.text

type DecideFormProps = { readonly props: DecideProps; readonly decide: NonNullable<DecideProps['decide']> }

const Decide = ({ props, decide }: DecideFormProps) => (
  <section class="part" aria-labelledby="decide">
    <h2 class="govuk-heading-m" id="decide">
      {words.heading}
    </h2>
    {decide.second && (
      <p class="note">
        {words.second(decide.second)}
        {!decide.kinds.includes('approve') && ` ${words.problems.same_person}`}
      </p>
    )}
    <form action={paths.fundingDecide(props.id)} method="post">
      <input type="hidden" name="seen" value={String(decide.seen)} />
      <Picks
        name="kind"
        legend={words.kindLegend}
        value={props.values['kind']}
        options={decide.kinds.map((value) => ({ value, text: words.kinds[value] }))}
        toMend={mendOf(props, 'kind')}
      />
      {decide.kinds.includes('approve') && (
        <>
          <TextField
            id="amount"
            label={words.amount}
            hint={words.amountHint(decide.second?.amount ?? props.asked)}
            value={props.values['amount']}
            width={10}
            maxlength={16}
            inputmode="decimal"
            toMend={mendOf(props, 'amount')}
          />
          {decide.payees.length > 0 && (
            <SelectField
              id="payee"
              label={words.payee}
              value={props.values['payee'] ?? decide.second?.payee}
              empty={words.payeeSchool}
              options={decide.payees.map(({ id, name }) => ({ value: id, text: name }))}
              toMend={mendOf(props, 'payee')}
            />
          )}
        </>
      )}
      {decide.kinds.includes('defer') && (
        <TextField
          id="day"
          label={words.day}
          hint={words.dayHint}
          value={props.values['day']}
          width={20}
          maxlength={40}
          toMend={mendOf(props, 'day')}
        />
      )}
      <TextArea
        id="said"
        label={words.said}
        hint={words.saidHint}
        value={props.values['said']}
        maxlength={2000}
        toMend={mendOf(props, 'said')}
      />
      <TextArea
        id="note"
        label={words.note}
        hint={words.noteHint}
        value={props.values['note']}
        maxlength={2000}
        toMend={mendOf(props, 'note')}
      />
      <Button>{words.decide}</Button>
    </form>
  </section>
)

const Children = ({ props }: { readonly props: DecideProps }) => (
  <section aria-labelledby="children">
    <h2 class="govuk-heading-s" id="children">
      {applicationWords.children}
    </h2>
    <ul class="flat">
      {props.pupils.map((pupil) => (
        <li>
          {pupil.name}
          {pupil.id !== null && (
            <>
              {' '}
              <Link href={paths.pupil(pupil.id)} also={pupil.name}>
                {words.record}
              </Link>
            </>
          )}
        </li>
      ))}
    </ul>
  </section>
)

type PaymentAsideProps = { readonly props: DecideProps; readonly payment: NonNullable<DecideProps['payment']> }

const PaymentAside = ({ props, payment }: PaymentAsideProps) => (
  <section aria-labelledby="payment">
    <h2 class="govuk-heading-s" id="payment">
      {words.payment}
    </h2>
    <p>
      {payment.paidOn === null
        ? words.paymentLine(payment.reference, trackWords.councilStanding[payment.standing], day(payment.dueOn))
        : words.paidLine(payment.reference, trackWords.councilStanding[payment.standing], day(payment.paidOn))}
    </p>
    {payment.mayUndo && (
      <Details summary={words.undo} open={mendOf(props, 'undoWhy') !== undefined}>
        <form action={paths.fundingUndo(props.id)} method="post">
          <input type="hidden" name="seen" value={String(payment.seen)} />
          <p>{words.undoSays}</p>
          {payment.standing === 'with_finance' && <p>{words.undoWithFinance}</p>}
          <TextField
            id="undoWhy"
            label={words.passWhy}
            value={props.values['undoWhy']}
            maxlength={300}
            toMend={mendOf(props, 'undoWhy')}
          />
          <Button second>{words.undo}</Button>
        </form>
      </Details>
    )}
  </section>
)

const Extract = ({ props }: { readonly props: DecideProps }) =>
  props.extract.length === 0 ? (
    <p class="small quiet">{words.extractNone}</p>
  ) : (
    <section aria-labelledby="extract">
      <h2 class="govuk-heading-s" id="extract">
        {words.extract}
      </h2>
      <ul class="flat">
        {props.extract.map(({ name, item, value, term }) => (
          <li>
            {`${props.pupils.length > 1 ? `${name}, ` : ''}${item}: `}
            <b>{value}</b>
            <span class="small quiet">{` ${term}`}</span>
          </li>
        ))}
      </ul>
    </section>
  )

const Before = ({ props }: { readonly props: DecideProps }) =>
  props.before.length === 0 ? null : (
    <section aria-labelledby="before">
      <h2 class="govuk-heading-s" id="before">
        {words.before}
      </h2>
      <ul class="flat">
        {props.before.map((one) => (
          <li>
            <Link href={paths.fundingApplication(one.id)}>
              {words.beforeLine(
                one.reference,
                interventionNamed(one.intervention),
                one.amount,
                trackWords.councilStanding[one.standing],
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )

const Interests = ({ props }: { readonly props: DecideProps }) => (
  <>
    {props.interests.length > 0 && (
      <section aria-labelledby="interests">
        <h2 class="govuk-heading-s" id="interests">
          {words.interests}
        </h2>
        <ul class="flat">
          {props.interests.map(({ by, said }) => (
            <li>{words.interestLine(by, said)}</li>
          ))}
        </ul>
      </section>
    )}
    {props.mayDeclareInterest && (
      <Details summary={words.interest} open={mendOf(props, 'interest') !== undefined}>
        <form action={paths.fundingInterest(props.id)} method="post">
          <p>{words.interestSays}</p>
          <TextField
            id="interest"
            label={words.interestWhy}
            value={props.values['interest']}
            maxlength={300}
            toMend={mendOf(props, 'interest')}
          />
          <Button second>{words.interestDo}</Button>
        </form>
      </Details>
    )}
  </>
)
