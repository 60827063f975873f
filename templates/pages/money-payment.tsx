import type { PlainDate } from '../../src/domain/dates.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import type { MoneyStanding } from '../../src/domain/funding/standing.ts'
import { Glance } from '../components/figures.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { Gate, type GateShown, type UseShown, Uses } from '../components/money-parts.tsx'
import { paths } from '../components/paths.ts'
import { MoneyState } from '../components/track.tsx'
import { UseForm } from '../components/use-form.tsx'
import { applicationWords, moneyWords, paidWords as words } from '../words/en/application.ts'
import { nearDay } from '../words/en/dates.ts'
import { fundWords, pounds } from '../words/en/money.ts'
import { How, type HowDecided } from './money-application.tsx'

type MoneyPaymentProps = {
  readonly frame: Frame
  readonly id: string
  readonly reference: string
  readonly council: string
  readonly fund: FundCode
  /** The part of the council's rules and its term. */
  readonly what: string
  /** First name and initial; null where the school no longer follows the child. */
  readonly child: string | null
  readonly amount: Pence
  readonly returned: Pence
  readonly standing: MoneyStanding
  readonly dueOn: PlainDate
  readonly paidOn: PlainDate | null
  readonly gate: readonly GateShown[]
  readonly urgent: boolean
  readonly how: HowDecided
  readonly uses: readonly UseShown[]
  readonly mayReport: boolean
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** A payment that nobody had to ask for, as its school follows it: what it is for, where it stands, how it was used. */
export const MoneyPaymentPage = (props: MoneyPaymentProps) => {
  const { what } = props
  return (
    <Layout
      title={`${what}, ${props.reference}`}
      frame={props.frame}
      here="money"
      back={{ href: paths.money, text: applicationWords.leave }}
      toMend={props.toMend}
    >
      <p class="over">{`${props.reference}, ${fundWords[props.fund]}, ${props.council}`}</p>
      <h1 class="govuk-heading-l">{words.heading(what, props.child ?? moneyWords.oneLeft)}</h1>
      <Glance
        figures={[
          { name: moneyWords.amount, value: pounds(props.amount) },
          ...(props.returned > 0 ? [{ name: words.cameBack, value: pounds(props.returned) }] : []),
        ]}
      />
      <MoneyState
        standing={props.standing}
        since={
          props.paidOn
            ? moneyWords.paidOn(nearDay(props.paidOn), props.reference)
            : moneyWords.dueBy(nearDay(props.dueOn))
        }
      />
      <div class="split part">
        <div>
          <p>{words.says(props.council)}</p>
          {props.mayReport ? (
            <UseForm
              action={paths.moneyPaymentUse(props.id)}
              again={props.uses.length > 0}
              baseline=""
              values={props.values}
              toMend={props.toMend}
            />
          ) : (
            props.child === null && <p>{words.left(props.council)}</p>
          )}
          {props.uses.length > 0 && <Uses uses={props.uses} />}
        </div>
        <div class="side">
          <Gate parts={props.gate} council={props.council} urgent={props.urgent} sent />
          <How council={props.council} how={props.how} />
        </div>
      </div>
    </Layout>
  )
}
