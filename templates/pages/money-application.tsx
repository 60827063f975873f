import {
  applicationLimits,
  type Coached,
  type TypedApplication,
  type TypedLine,
} from '../../src/domain/funding/application.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import { interventions, purposes } from '../../src/domain/funding/interventions.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import { Details } from '../components/figures.tsx'
import { Button, Link, SelectField, TextArea, TextField, Tick } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { Coach, Gate, type GateShown } from '../components/money-parts.tsx'
import { paths } from '../components/paths.ts'
import { moneyWords, applicationWords as words } from '../words/en/application.ts'
import { fundWords, interventionNamed, interventionWords, purposeWords } from '../words/en/money.ts'

/** How a council decides, as its schools are told. */
export type HowDecided = {
  readonly oneOfficerUpTo: Pence
  readonly twoPeopleAbove: Pence
  readonly panelMeets: string
  readonly policy: string
  readonly policyAddress: string
  /** How many days it has usually taken; null where too few were decided. */
  readonly medianDays: number | null
}

export type DraftProps = {
  readonly frame: Frame
  readonly id: string
  readonly council: string
  readonly fund: FundCode
  readonly names: readonly string[]
  readonly typed: TypedApplication
  /** What its council has beside the thirteen of the survey. */
  readonly ownInterventions: readonly string[]
  readonly asked: Pence
  readonly checks: readonly Coached[]
  readonly gate: readonly GateShown[]
  readonly how: HowDecided
  readonly saved: boolean
  /** Which state of the draft the form was made from. */
  readonly seen: string
  readonly toMend: readonly ToMend[]
}

/** The draft of an application: kept as it is typed, looked at by the coach, with what the council asks for before it pays. */
export const MoneyDraftPage = (props: DraftProps) => {
  const { typed } = props
  const who = props.names.length === 1 ? (props.names[0] ?? '') : moneyWords.project(props.names.length)
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  const area = (name: 'need' | 'baseline' | 'target' | 'measure' | 'urgentWhy' | 'anyway', hint?: string) => (
    <TextArea
      id={name}
      label={words.fields[name]}
      hint={hint}
      value={typed[name]}
      maxlength={applicationLimits.words}
      toMend={mend(name)}
    />
  )
  const line = (name: 'baselineOn' | 'targetOn' | 'owner' | 'provider' | 'hours' | 'schoolPays', hint?: string) => (
    <TextField
      id={name}
      label={words.fields[name]}
      hint={hint}
      value={typed[name]}
      maxlength={applicationLimits.line}
      width={name === 'hours' || name === 'schoolPays' ? 10 : 20}
      toMend={mend(name)}
    />
  )
  return (
    <Layout
      title={words.title(props.council)}
      frame={props.frame}
      here="money"
      back={{ href: paths.money, text: words.leave }}
      toMend={props.toMend}
    >
      <p class="over">{words.over(fundWords[props.fund])}</p>
      <h1 class="govuk-heading-l">
        {typed.intervention === ''
          ? words.title(props.council)
          : words.heading(interventionNamed(typed.intervention), who)}
      </h1>
      <p class="lead">
        {props.asked > 0 ? `${words.asking(props.asked, props.council)}. ` : ''}
        {`${words.children}: ${props.names.join(', ')}`}
      </p>
      {props.saved && <p class="note note--done">{words.saved}</p>}
      <div class="split">
        <form action={paths.moneyApplication(props.id)} method="post">
          <input type="hidden" name="seen" value={props.seen} />
          <h2 class="govuk-heading-m">{words.parts.why}</h2>
          {area('need', words.fields.needHint)}
          {area('baseline', words.fields.baselineHint)}
          {line('baselineOn', words.fields.dateHint)}
          {area('target')}
          {area('measure')}
          {line('targetOn', words.fields.targetOnHint)}
          {line('owner', words.fields.ownerHint)}
          <h2 class="govuk-heading-m part">{words.parts.how}</h2>
          <SelectField
            id="intervention"
            label={words.fields.intervention}
            value={typed.intervention}
            empty={words.fields.interventionEmpty}
            options={[
              ...interventions.map((value) => ({ value, text: interventionWords[value] })),
              ...props.ownInterventions.map((value) => ({ value, text: value })),
            ]}
            toMend={mend('intervention')}
          />
          {line('provider', words.fields.providerHint)}
          {line('hours')}
          <h2 class="govuk-heading-m part">{words.parts.cost}</h2>
          {typed.lines.map((cost, at) => (
            <CostFields cost={cost} at={at + 1} mend={mend} />
          ))}
          {line('schoolPays', words.fields.schoolPaysHint)}
          <p>
            <Tick name="urgent" checked={typed.urgent === 'yes'} id="urgent">
              {words.fields.urgent}
            </Tick>
          </p>
          {area('urgentWhy')}
          <Coach checks={props.checks} council={props.council} />
          {props.checks.some(({ good }) => !good) && <div class="gap">{area('anyway', words.fields.anywayHint)}</div>}
          <div class="chase">
            <p>{props.asked > 0 ? words.asking(props.asked, props.council) : ''}</p>
            <Button second name="do" value="save">
              {words.save}
            </Button>
            <Button name="do" value="send">
              {words.send}
            </Button>
          </div>
        </form>
        <div class="side">
          <Gate parts={props.gate} council={props.council} urgent={typed.urgent === 'yes'} />
          <How council={props.council} how={props.how} />
          <Details summary={words.discard}>
            <form action={paths.moneyWithdraw(props.id)} method="post">
              <p>{words.discardSays(props.council)}</p>
              <Button second>{words.discard}</Button>
            </form>
          </Details>
        </div>
      </div>
    </Layout>
  )
}

const CostFields = ({
  cost,
  at,
  mend,
}: {
  readonly cost: TypedLine
  readonly at: number
  readonly mend: (field: string) => string | undefined
}) => (
  <fieldset class="costs">
    <legend>{words.line(at)}</legend>
    <TextField
      id={`what-${at}`}
      label={words.lineFields.what}
      value={cost.what}
      maxlength={120}
      toMend={mend(`what-${at}`)}
    />
    <SelectField
      id={`purpose-${at}`}
      label={words.lineFields.purpose}
      value={cost.purpose}
      empty={words.purposeEmpty}
      options={purposes.map((value) => ({ value, text: purposeWords[value] }))}
      toMend={mend(`purpose-${at}`)}
    />
    <TextField
      id={`quantity-${at}`}
      label={words.lineFields.quantity}
      value={cost.quantity}
      inputmode="decimal"
      maxlength={12}
      toMend={mend(`quantity-${at}`)}
    />
    <TextField
      id={`each-${at}`}
      label={words.lineFields.each}
      value={cost.each}
      inputmode="decimal"
      maxlength={16}
      toMend={mend(`each-${at}`)}
    />
    <TextField
      id={`amount-${at}`}
      label={words.lineFields.amount}
      value={cost.amount}
      inputmode="decimal"
      maxlength={16}
      toMend={mend(`amount-${at}`)}
    />
  </fieldset>
)

/** How a council decides on applications, and its policy. */
export const How = ({ council, how }: { readonly council: string; readonly how: HowDecided }) => (
  <section aria-labelledby="how">
    <h2 class="govuk-heading-s" id="how">
      {words.decides(council)}
    </h2>
    <p class="govuk-body small">
      {[
        words.upTo(how.oneOfficerUpTo),
        words.panel(how.oneOfficerUpTo, how.panelMeets),
        words.second(how.twoPeopleAbove),
        how.medianDays === null ? '' : words.median(how.medianDays),
      ]
        .filter((text) => text !== '')
        .join(' ')}
    </p>
    {how.policy !== '' && (
      <>
        <h3 class="govuk-heading-s">{words.policy}</h3>
        <p class="govuk-body small said">{how.policy}</p>
      </>
    )}
    {how.policyAddress !== '' && (
      <p class="small">
        <Link href={how.policyAddress}>{words.policyLink}</Link>
      </p>
    )}
  </section>
)
