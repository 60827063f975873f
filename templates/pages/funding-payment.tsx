import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import { type Pence, pence } from '../../src/domain/funding/pence.ts'
import { type PaymentEvent, type PaymentRoute, paymentRoutes } from '../../src/domain/funding/states.ts'
import { Button, Link, SelectField, TextField } from '../components/form.tsx'
import { GateAside } from '../components/gate-aside.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { type GateShown, type UseShown, Uses } from '../components/money-parts.tsx'
import { paths } from '../components/paths.ts'
import { day, shortMoment } from '../words/en/dates.ts'
import { paymentWords as words } from '../words/en/funding.ts'
import { pounds, routeWords } from '../words/en/money.ts'
import type { ShownPayment } from './funding-payments.tsx'

type PayeeProps = {
  readonly frame: Frame
  readonly id: string
  readonly values: {
    readonly name: string
    readonly route: string
    readonly supplier: string
    readonly costCode: string
  }
  readonly toMend: readonly ToMend[]
}

/** A payee: how it is paid, and what finance's system calls it. No bank details have a field. */
export const PayeePage = ({ frame, id, values, toMend }: PayeeProps) => {
  const mend = (field: string) => toMend.find((one) => one.field === field)?.text
  return (
    <Layout
      title={words.payee}
      frame={frame}
      here="fundingPayments"
      back={{ href: paths.fundingPayments, text: words.back }}
      toMend={toMend}
    >
      <h1 class="govuk-heading-l">{values.name === '' ? words.payee : values.name}</h1>
      <form action={paths.fundingPayee(id)} method="post">
        <TextField id="name" label={words.payeeName} value={values.name} maxlength={120} toMend={mend('name')} />
        <SelectField
          id="route"
          label={words.payeeRoute}
          value={values.route}
          options={paymentRoutes.map((value: PaymentRoute) => ({ value, text: routeWords[value] }))}
          toMend={mend('route')}
        />
        <TextField
          id="supplier"
          label={words.supplier}
          hint={words.supplierHint}
          value={values.supplier}
          width={20}
          maxlength={40}
          toMend={mend('supplier')}
        />
        <TextField
          id="costCode"
          label={words.costCode}
          value={values.costCode}
          width={20}
          maxlength={40}
          toMend={mend('costCode')}
        />
        <p class="act">
          <Button>{words.save}</Button>
          <Link href={paths.fundingPayments}>{words.back}</Link>
        </p>
      </form>
    </Layout>
  )
}

type PaymentProps = {
  readonly frame: Frame
  readonly payment: ShownPayment & { readonly state: string; readonly returned: Pence; readonly approvedAt: Instant }
  readonly events: readonly {
    readonly event: PaymentEvent
    readonly at: Instant
    readonly by: string
    readonly amount: Pence | null
    readonly day: PlainDate | null
    readonly note: string
  }[]
  /** What it is for, in words: an application by its reference and address, or a part of the rules for a child and term. */
  readonly what: string
  readonly whatHref: string | null
  readonly gate: readonly GateShown[]
  readonly gatePassed: boolean
  readonly mayPass: boolean
  readonly uses: readonly UseShown[]
  readonly mayChangePayee: boolean
  readonly mayReturn: boolean
  readonly mayCancel: boolean
  readonly seen: number
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** One payment: what happened to it, what came back, and, before it is paid, taking it back. */
export const FundingPaymentPage = (props: PaymentProps) => {
  const { payment } = props
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  return (
    <Layout
      title={words.one(payment.reference)}
      frame={props.frame}
      here="fundingPayments"
      back={{ href: paths.fundingPayments, text: words.back }}
      toMend={props.toMend}
    >
      <p class="over">{payment.reference}</p>
      <h1 class="govuk-heading-l">{`${pounds(payment.amount)}, ${payment.payee}`}</h1>
      <p class="lead">
        {payment.paidOn === null
          ? `${payment.state}. ${words.columns.due} ${day(payment.dueOn)}.`
          : `${words.columns.paidOn} ${day(payment.paidOn)}.`}
      </p>
      {props.what !== '' && (
        <p>{props.whatHref === null ? props.what : <Link href={props.whatHref}>{props.what}</Link>}</p>
      )}
      {props.mayChangePayee && (
        <p>
          <Link href={paths.fundingPayee(payment.payeeId)}>{words.changePayee(payment.payee)}</Link>
        </p>
      )}
      <GateAside
        parts={props.gate}
        passed={props.gatePassed}
        pass={
          props.mayPass
            ? {
                action: paths.fundingPaymentPass(payment.id),
                why: props.values['passWhy'],
                toMend: mend('passWhy'),
              }
            : null
        }
      />
      <h2 class="govuk-heading-m">{words.what}</h2>
      <ol class="flat rows">
        <li>
          <b>{words.approved}</b>
          <br />
          <span class="small quiet">{shortMoment(payment.approvedAt)}</span>
        </li>
        {props.events.map((event) => (
          <li>
            <b>
              {words.events[event.event]}
              {event.amount === null ? '' : `, ${pounds(event.amount)}`}
              {event.day === null ? '' : `, ${day(event.day)}`}
            </b>
            <br />
            <span class="small quiet">{`${shortMoment(event.at)}${event.by === '' ? '' : `, ${event.by}`}`}</span>
            {event.note !== '' && <p class="said">{event.note}</p>}
          </li>
        ))}
      </ol>
      {props.uses.length > 0 && <Uses uses={props.uses} />}
      {props.mayReturn && (
        <section class="part" aria-labelledby="came-back">
          <h2 class="govuk-heading-m" id="came-back">
            {words.returnHeading}
          </h2>
          <form action={paths.fundingPaymentReturn(payment.id)} method="post">
            <input type="hidden" name="seen" value={String(props.seen)} />
            <TextField
              id="amount"
              label={words.returnAmount}
              hint={words.returnHint(pence(payment.amount - payment.returned))}
              value={props.values['amount']}
              width={10}
              maxlength={16}
              toMend={mend('amount')}
            />
            <TextField
              id="day"
              label={words.returnDay}
              value={props.values['day']}
              width={20}
              maxlength={40}
              toMend={mend('day')}
            />
            <TextField
              id="why"
              label={words.returnWhy}
              hint={words.returnWhyHint}
              value={props.values['why']}
              maxlength={300}
              toMend={mend('why')}
            />
            <Button second>{words.returnDo}</Button>
          </form>
        </section>
      )}
      {props.mayCancel && (
        <section class="part" aria-labelledby="cancel">
          <h2 class="govuk-heading-m" id="cancel">
            {words.cancelHeading}
          </h2>
          <p>{words.cancelSays}</p>
          <form action={paths.fundingPaymentCancel(payment.id)} method="post">
            <input type="hidden" name="seen" value={String(props.seen)} />
            <TextField
              id="why"
              label={words.returnWhy}
              hint={words.returnWhyHint}
              value={props.values['why']}
              maxlength={300}
              toMend={mend('why')}
            />
            <Button second>{words.cancelDo}</Button>
          </form>
        </section>
      )}
    </Layout>
  )
}
