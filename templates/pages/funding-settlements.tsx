import type { PlainDate } from '../../src/domain/dates.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import type { PaymentState } from '../../src/domain/funding/states.ts'
import { Button, Link, TextField } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { day } from '../words/en/dates.ts'
import { pounds } from '../words/en/money.ts'
import { settleWords as words } from '../words/en/radar.ts'
import type { FundingParts } from './funding-queue.tsx'

type ShownSettlement = {
  readonly id: string
  readonly reference: string
  readonly name: string
  readonly because: keyof typeof words.because
  readonly on: PlainDate
  readonly rule: keyof typeof words.rules
  readonly amount: Pence
  readonly school: string
  readonly state: PaymentState
  /** Null while it is on its way. */
  readonly paidOn: PlainDate | null
  readonly spent: Pence
  readonly stays: Pence
  readonly back: Pence
  readonly onwards: { readonly amount: Pence; readonly school: string } | null
  readonly settled: string | null
  readonly returned: Pence
  /** What came back and is still to be paid on, and to whom. */
  readonly passOn: { readonly amount: Pence; readonly school: string } | null
  readonly isPassedOn: boolean
}

type SettlementsProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly open: readonly ShownSettlement[]
  readonly done: readonly ShownSettlement[]
  readonly values: { readonly id: string; readonly why: string } | null
  readonly toMend: readonly ToMend[]
}

/** What was approved or paid for children who have left since: what the rules propose, and what a person decides. */
export const FundingSettlementsPage = (props: SettlementsProps) => (
  <Layout title={words.title} frame={props.frame} here="funding" toMend={props.toMend}>
    <h1 class="govuk-heading-l">{words.heading(props.open.length)}</h1>
    <FundingNav here="settlements" may={props.parts} />
    <p class="lead measure">{words.lead}</p>
    {props.open.length > 0 && (
      <ul class="flat rows">
        {[...props.open.filter(isOnItsWay), ...props.open.filter((one) => !isOnItsWay(one))].map((one) => (
          <li>
            <One one={one} />
            <form action={paths.fundingSettle(one.id)} method="post">
              <TextField
                id={`why-${one.id}`}
                name="why"
                label={isOnItsWay(one) ? words.whyPay : words.why}
                value={props.values?.id === one.id ? props.values.why : ''}
                maxlength={300}
                toMend={props.toMend.find(({ field }) => field === `why-${one.id}`)?.text}
              />
              <p class="act">
                <Button second>{isOnItsWay(one) ? words.pay : words.stay}</Button>
                <Link href={paths.fundingPayment(one.id)} also={one.reference}>
                  {isOnItsWay(one) ? words.cancel : words.came}
                </Link>
              </p>
            </form>
          </li>
        ))}
      </ul>
    )}
    {props.done.length > 0 && (
      <section class="part" aria-labelledby="done">
        <h2 class="govuk-heading-m" id="done">
          {words.done}
        </h2>
        <ul class="flat rows">
          {props.done.map((one) => (
            <li>
              <One one={one} />
              <p class="said">
                {[
                  one.settled === null ? '' : (isOnItsWay(one) ? words.paidAllTheSame : words.settled)(one.settled),
                  one.returned > 0 ? words.cameBack(one.returned) : '',
                  one.isPassedOn ? words.passedOn : '',
                ]
                  .filter((text) => text !== '')
                  .join(' ')}
              </p>
              {one.passOn && (
                <form action={paths.fundingPassOn(one.id)} method="post">
                  <input type="hidden" name="seen" value={String(one.passOn.amount)} />
                  <Button second>{words.passOn(one.passOn.amount, one.passOn.school)}</Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </section>
    )}
  </Layout>
)

const isOnItsWay = ({ paidOn }: ShownSettlement) => paidOn === null

const One = ({ one }: { readonly one: ShownSettlement }) => (
  <>
    <h3 class="govuk-heading-s">{words.who(one.name, words.because[one.because], day(one.on))}</h3>
    <p>
      {one.paidOn === null
        ? `${one.reference}: ${words.onItsWay(one.amount, one.school, one.state === 'with_finance')}`
        : `${one.reference}: ${words.paid(one.amount, one.school, day(one.paidOn))}. ${
            one.spent > 0 ? words.spent(one.spent) : words.nothingSpent
          }`}
    </p>
    <p>
      {`${words.rules[one.rule]} `}
      <b>
        {[
          one.stays > 0 ? (isOnItsWay(one) ? words.due : words.stays)(one.stays) : '',
          one.back > 0 ? (isOnItsWay(one) ? words.notDue : words.back)(one.back) : '',
          one.onwards
            ? (isOnItsWay(one) ? words.dueElsewhere : words.onwards)(one.onwards.amount, one.onwards.school)
            : '',
        ]
          .filter((text) => text !== '')
          .join(' ') || pounds(one.back)}
      </b>
    </p>
  </>
)
