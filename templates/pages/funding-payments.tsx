import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import { Details, Table } from '../components/figures.tsx'
import { Button, FileField, Link } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { day, shortMoment } from '../words/en/dates.ts'
import { paymentWords as words } from '../words/en/funding.ts'
import { pounds } from '../words/en/money.ts'
import type { FundingParts } from './funding-queue.tsx'

/** A payment as finance knows it. */
export type ShownPayment = {
  readonly id: string
  readonly reference: string
  readonly payee: string
  readonly payeeId: string
  readonly amount: Pence
  readonly dueOn: PlainDate
  readonly isLate: boolean
  readonly paidOn: PlainDate | null
}

type PaymentsProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly mayPay: boolean
  readonly setUp: readonly ShownPayment[]
  /** Payments on their way for children who have left since: nothing but who settles them is told how many. */
  readonly leftSince: number
  readonly ready: readonly ShownPayment[]
  readonly held: readonly ShownPayment[]
  readonly batches: readonly {
    readonly id: string
    readonly on: PlainDate
    readonly payments: readonly ShownPayment[]
  }[]
  readonly paid: readonly ShownPayment[]
  readonly files: readonly {
    readonly id: string
    readonly fileName: string
    readonly at: Instant
    readonly by: string
  }[]
  readonly toMend: readonly ToMend[]
}

const totalOf = (rows: readonly ShownPayment[]) => rows.reduce((sum, { amount }) => sum + amount, 0) as Pence

const PaymentTable = ({
  caption,
  rows,
  paid = false,
  setUp = false,
}: {
  readonly caption: string
  readonly rows: readonly ShownPayment[]
  readonly paid?: boolean
  readonly setUp?: boolean
}) => (
  <Table
    caption={caption}
    captionShown={false}
    columns={[
      { head: words.columns.reference, whole: true },
      { head: words.columns.payee },
      { head: words.columns.amount, number: true },
      { head: paid ? words.columns.paidOn : words.columns.due, whole: true },
    ]}
    rows={rows.map((row) => ({
      head: <Link href={paths.fundingPayment(row.id)}>{row.reference}</Link>,
      cells: [
        setUp ? (
          <>
            {row.payee}{' '}
            <Link href={paths.fundingPayee(row.payeeId)} also={row.payee}>
              {words.setUpDo}
            </Link>
          </>
        ) : (
          row.payee
        ),
        pounds(row.amount),
        paid && row.paidOn ? day(row.paidOn) : `${day(row.dueOn)}${row.isLate ? `, ${words.late}` : ''}`,
      ],
    }))}
  />
)

/** Payments on their way: whose payee finance has to set up, what to send, what is with finance, and what was paid. */
export const FundingPaymentsPage = (props: PaymentsProps) => (
  <Layout
    title={words.title}
    frame={props.frame}
    here={props.parts.includes('queue') ? 'funding' : 'fundingPayments'}
    toMend={props.toMend}
  >
    <h1 class="govuk-heading-l">{words.heading(totalOf(props.ready), props.ready.length)}</h1>
    <FundingNav here="payments" may={props.parts} />
    {props.leftSince > 0 && (
      <p class="note note--wait">
        {words.leftSince(props.leftSince)} <Link href={paths.fundingSettlements}>{words.leftSinceDo}</Link>
      </p>
    )}
    {props.setUp.length > 0 && (
      <section class="part" aria-labelledby="set-up">
        <h2 class="govuk-heading-m" id="set-up">
          {words.setUp}
        </h2>
        <p>{words.setUpSays}</p>
        <PaymentTable caption={words.setUp} rows={props.setUp} setUp={props.mayPay} />
      </section>
    )}
    {props.ready.length > 0 && (
      <section class="part" aria-labelledby="to-send">
        <h2 class="govuk-heading-m" id="to-send">
          {words.toSend}
        </h2>
        <PaymentTable caption={words.toSend} rows={props.ready} />
        {props.mayPay && (
          <form action={paths.fundingPaymentsSend} method="post" class="gap">
            {props.ready.map(({ id }) => (
              <input type="hidden" name="payment" value={id} />
            ))}
            <p>{words.sendSays}</p>
            <Button>{words.send(props.ready.length)}</Button>
          </form>
        )}
      </section>
    )}
    {props.held.length > 0 && (
      <section class="part" aria-labelledby="held">
        <h2 class="govuk-heading-m" id="held">
          {words.held}
        </h2>
        <p>{words.heldSays}</p>
        <PaymentTable caption={words.held} rows={props.held} />
      </section>
    )}
    {props.batches.length > 0 && (
      <section class="part" aria-labelledby="with-finance">
        <h2 class="govuk-heading-m" id="with-finance">
          {words.withFinance}
        </h2>
        {props.batches.map(({ id, on, payments }) => (
          <>
            <h3 class="govuk-heading-s">{words.batch(day(on), payments.length, totalOf(payments))}</h3>
            <PaymentTable caption={words.batch(day(on), payments.length, totalOf(payments))} rows={payments} />
            <p class="act gap">
              <Link href={paths.fundingBatch(id, 'csv')} also={day(on)}>
                {words.csv}
              </Link>
              <Link href={paths.fundingBatch(id, 'xlsx')} also={day(on)}>
                {words.xlsx}
              </Link>
            </p>
          </>
        ))}
      </section>
    )}
    {props.mayPay && (
      <section class="part" aria-labelledby="paid-file">
        <h2 class="govuk-heading-m" id="paid-file">
          {words.paidUpload}
        </h2>
        <p>{words.paidSays}</p>
        <form action={paths.fundingPaymentsPaid} method="post" enctype="multipart/form-data">
          <FileField
            id="file"
            label={words.paidFile}
            accept=".csv,.xlsx"
            required
            toMend={props.toMend.find(({ field }) => field === 'file')?.text}
          />
          <Button second>{words.paidDo}</Button>
        </form>
      </section>
    )}
    {props.mayPay && (
      <p>
        <Link href={paths.fundingPayee('new')}>{words.addPayee}</Link>
      </p>
    )}
    {props.files.length > 0 && (
      <Details summary={words.paidFiles}>
        <ul class="flat">
          {props.files.map((file) => (
            <li>
              <Link href={paths.fundingPaidFile(file.id)}>
                {words.fileLine(file.fileName, shortMoment(file.at), file.by)}
              </Link>
            </li>
          ))}
        </ul>
      </Details>
    )}
    {props.paid.length > 0 && (
      <section class="part" aria-labelledby="paid">
        <h2 class="govuk-heading-m" id="paid">
          {words.paid}
        </h2>
        <PaymentTable caption={words.paid} rows={props.paid} paid />
      </section>
    )}
  </Layout>
)

type PaidFileProps = {
  readonly frame: Frame
  readonly fileName: string
  readonly lines: readonly {
    readonly line: number
    readonly reference: string
    readonly amount: Pence | null
    readonly day: PlainDate | null
    readonly result: keyof typeof words.results
    /** What finance was sent, where the file has another amount. */
    readonly ours: Pence | null
  }[]
  readonly missing: readonly ShownPayment[]
}

/** A file of what finance has paid, held line by line against what it was sent. */
export const PaidFilePage = ({ frame, fileName, lines, missing }: PaidFileProps) => (
  <Layout
    title={fileName}
    frame={frame}
    here="fundingPayments"
    back={{ href: paths.fundingPayments, text: words.back }}
  >
    <p class="over">{fileName}</p>
    <h1 class="govuk-heading-l">
      {words.reconciled(lines.filter(({ result }) => result === 'matched').length, lines.length)}
    </h1>
    {lines.some(({ result }) => result !== 'matched' && result !== 'paid_before') && <p>{words.notMatched}</p>}
    <Table
      caption={fileName}
      captionShown={false}
      columns={[
        { head: words.columns.line },
        { head: words.columns.reference, whole: true },
        { head: words.columns.amount, number: true },
        { head: words.columns.paidOn, whole: true },
        { head: words.columns.result },
      ]}
      rows={lines.map((line) => ({
        head: String(line.line),
        cells: [
          line.reference,
          line.amount === null ? '' : pounds(line.amount),
          line.day === null ? '' : day(line.day),
          <>
            {words.results[line.result]}
            {line.ours !== null && <span class="small quiet">{words.ours(line.ours)}</span>}
          </>,
        ],
      }))}
    />
    <section class="part" aria-labelledby="missing">
      <h2 class="govuk-heading-m" id="missing">
        {words.missing}
      </h2>
      {missing.length === 0 ? <p>{words.missingNone}</p> : <PaymentTable caption={words.missing} rows={missing} />}
    </section>
  </Layout>
)
