import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { Details, Say, Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, TextField } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { briefMoment, day, momentWords, roundWords, shortMoment } from '../words/en/dates.ts'
import { receiptWords as words } from '../words/en/receipt.ts'

/** Whether what a receipt stands for is still what the council sees. */
export type ReceiptState = 'current' | 'replaced' | 'withdrawn'

export type ReceiptProps = {
  readonly frame: Frame
  readonly id: string
  readonly reference: string
  readonly state: ReceiptState
  readonly council: string
  readonly school: string
  readonly round: { readonly term: Term; readonly academicYear: number; readonly asAt: PlainDate }
  readonly sentBy: string
  readonly sentAt: Instant
  /** The date due when it was sent, where it was sent after it; null where it came in time. */
  readonly lateFor: PlainDate | null
  /** Null where the answers were typed on screen. */
  readonly file: { readonly name: string; readonly sha256: string } | null
  /** Councils whose part of the same answers still waits to be confirmed, and where. */
  readonly waiting: { readonly upload: string; readonly councils: readonly string[] } | null
  readonly pupils: readonly {
    readonly id: string
    readonly shortName: string
    readonly answers: number
    readonly stillToAnswer: number
  }[]
  readonly setAside: readonly { readonly row: number; readonly reason: string }[]
  /** Warnings that were accepted, each as a sentence naming its cell. */
  readonly accepted: readonly string[]
  readonly replacedBy: string | null
  readonly withdrawn: { readonly by: string; readonly at: Instant } | null
  /** Whether this person may withdraw it. */
  readonly mayWithdraw: boolean
}

const headingOf = ({ state, council, pupils }: ReceiptProps) => {
  if (state === 'replaced') return words.headingReplaced(council)
  return state === 'withdrawn' ? words.headingWithdrawn(council) : words.heading(council, pupils.length)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** The record of one council's part of a return: what was sent, by whom and when, and what can be done about it. */
export const ReceiptPage = (props: ReceiptProps) => {
  const left = sum(props.pupils.map(({ stillToAnswer }) => stillToAnswer))
  return (
    <Layout
      title={words.title(props.reference)}
      frame={props.frame}
      here="receipts"
      back={{ href: paths.receipts, text: words.backToReceipts }}
    >
      <p class="over">{words.title(props.reference)}</p>
      <h1 class="govuk-heading-l">{headingOf(props)}</h1>
      {props.waiting && (
        <div class="chase">
          <p>{words.waiting(props.waiting.councils)}</p>
          <ButtonLink href={paths.check(props.waiting.upload)}>
            {words.goOn(props.waiting.councils[0] ?? '')}
          </ButtonLink>
        </div>
      )}
      <div class="split">
        <div>
          <Facts props={props} left={left} />
          <section class="part" aria-label={words.whoWasSent}>
            <Table
              caption={words.whoWasSent}
              columns={[
                { head: words.columns.pupil },
                { head: words.columns.answers, number: true },
                { head: words.columns.left, number: true },
              ]}
              rows={props.pupils.map((pupil) => ({
                head: <Link href={paths.pupil(pupil.id)}>{pupil.shortName}</Link>,
                cells: [pupil.answers, pupil.stillToAnswer],
              }))}
            />
          </section>
        </div>
        <div class="side">
          <Next props={props} left={left} />
        </div>
      </div>
    </Layout>
  )
}

const Facts = ({ props, left }: { readonly props: ReceiptProps; readonly left: number }) => (
  <Say
    wide
    pairs={[
      { term: words.reference, says: <b class="mono">{props.reference}</b> },
      { term: words.council, says: props.council },
      { term: words.school, says: props.school },
      { term: words.round, says: roundWords(props.round.term, props.round.academicYear) },
      { term: words.asAt, says: day(props.round.asAt) },
      { term: words.pupils, says: String(props.pupils.length) },
      { term: words.answers, says: String(sum(props.pupils.map(({ answers }) => answers))) },
      { term: words.stillToAnswer, says: String(left) },
      ...(props.setAside.length === 0
        ? []
        : [
            {
              term: words.setAside,
              says: (
                <ul class="flat">
                  {props.setAside.map(({ row, reason }) => (
                    <li>{words.setAsideRow(row, reason)}</li>
                  ))}
                </ul>
              ),
            },
          ]),
      ...(props.accepted.length === 0
        ? []
        : [
            {
              term: words.warnings,
              says: (
                <ul class="flat">
                  {props.accepted.map((text) => (
                    <li>{text}</li>
                  ))}
                </ul>
              ),
            },
          ]),
      { term: words.sentBy, says: props.sentBy },
      { term: words.when, says: momentWords(props.sentAt) },
      ...(props.lateFor === null
        ? []
        : [
            {
              term: words.inTime,
              says: <State shape="late" word={words.sentLate(props.lateFor)} />,
            },
          ]),
      ...(props.file
        ? [
            { term: words.file, says: <span class="mono">{props.file.name}</span> },
            {
              term: words.fingerprint,
              says: <span class="mono">{words.fingerprintSays(props.file.sha256.slice(0, 12))}</span>,
            },
          ]
        : [{ term: words.file, says: words.onScreen }]),
      ...(props.withdrawn
        ? [
            {
              term: words.withdrawnBy,
              says: words.withdrawnSays(props.withdrawn.by, shortMoment(props.withdrawn.at)),
            },
          ]
        : []),
    ]}
  />
)

const Next = ({ props, left }: { readonly props: ReceiptProps; readonly left: number }) => (
  <section aria-labelledby="next">
    <h2 class="govuk-heading-m" id="next">
      {words.next}
    </h2>
    {props.state === 'current' && <p class="govuk-body">{words.nextSays(props.council)}</p>}
    {props.state === 'current' && left > 0 && <p class="govuk-body">{words.nextLeft(left)}</p>}
    {props.replacedBy !== null && (
      <p class="govuk-body">
        <Link href={paths.receipt(props.replacedBy)}>{words.later}</Link>
      </p>
    )}
    <p class="govuk-body">{words.correct}</p>
    <p class="govuk-body">
      <Link href={paths.form}>{words.changeOnScreen}</Link>
    </p>
    <p class="govuk-body">
      <Link href={paths.upload}>{words.upload}</Link>
    </p>
    <p class="small quiet">{words.printed}</p>
    {props.mayWithdraw && props.state !== 'withdrawn' && (
      <Details summary={words.withdraw}>
        <form action={paths.receiptWithdraw(props.id)} method="post">
          <p class="govuk-body small">{words.withdrawSays(props.council)}</p>
          <TextField id="reason" label={words.withdrawReason} maxlength={300} required />
          <Button second>{words.withdrawButton}</Button>
        </form>
      </Details>
    )}
  </section>
)

export type ReceiptsProps = {
  readonly frame: Frame
  readonly receipts: readonly {
    readonly id: string
    readonly reference: string
    readonly council: string
    readonly term: Term
    readonly academicYear: number
    readonly pupils: number
    readonly sentAt: Instant
    readonly sentBy: string
    readonly late: boolean
    readonly state: ReceiptState
  }[]
}

const shapes = { current: 'done', replaced: 'none', withdrawn: 'none' } as const

/** Every receipt of a school, latest first. */
export const ReceiptsPage = ({ frame, receipts }: ReceiptsProps) => {
  const { listColumns: columns } = words
  return (
    <Layout title={words.listTitle} frame={frame} here="receipts">
      <h1 class="govuk-heading-l">{words.listHeading(receipts.length)}</h1>
      {receipts.length === 0 ? (
        <p class="lead">{words.listNothing}</p>
      ) : (
        <Table
          caption={words.listTitle}
          captionShown={false}
          columns={[
            { head: columns.reference },
            { head: columns.council },
            { head: columns.round },
            { head: columns.pupils, number: true },
            { head: columns.when },
            { head: columns.state, whole: true },
          ]}
          rows={receipts.map((receipt) => ({
            head: (
              <Link href={paths.receipt(receipt.id)}>
                <span class="mono">{receipt.reference}</span>
              </Link>
            ),
            cells: [
              receipt.council,
              roundWords(receipt.term, receipt.academicYear),
              receipt.pupils,
              <>
                <span class="whole">{briefMoment(receipt.sentAt)}</span>
                <span class="small quiet">{receipt.late ? words.byLate(receipt.sentBy) : receipt.sentBy}</span>
              </>,
              <State shape={shapes[receipt.state]} word={words.state[receipt.state]} />,
            ],
          }))}
        />
      )}
    </Layout>
  )
}
