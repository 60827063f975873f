import { purposes } from '../../src/domain/funding/interventions.ts'
import { Details } from '../components/figures.tsx'
import { Button, Picks, SelectField, TextArea, TextField, Tick } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { rulesWords as words } from '../words/en/funding-rules.ts'
import { purposeWords } from '../words/en/money.ts'
import type { FundingParts } from './funding-queue.tsx'

type Values = Readonly<Record<keyof typeof words.fields, string>>

export type RulesProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly inForce: { readonly from: string; readonly source: string } | null
  readonly published: readonly { readonly authority: string; readonly says: string }[]
  readonly begun: { readonly authority: string; readonly asks: boolean } | null
  readonly values: Omit<Values, 'excluded'>
  readonly excluded: readonly string[]
  /** The versions of the day the form was made from: somebody else's later one is told of. */
  readonly seen: string
  readonly history: readonly { readonly from: string; readonly version: number; readonly source: string }[]
  readonly toMend: readonly ToMend[]
}

const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, text]) => ({ value, text }))

/** How a council decides and pays, as a form its head fills in; each change is in force from a day. */
export const FundingRulesPage = (props: RulesProps) => {
  const { values } = props
  const mend = (field: string) => props.toMend.find((one) => one.field === field)?.text
  type Name = keyof typeof values & string
  const line = (name: Name, hint?: string, width: 10 | 20 = 10) => (
    <TextField
      id={name}
      label={words.fields[name]}
      hint={hint}
      value={values[name]}
      width={width}
      maxlength={300}
      toMend={mend(name)}
    />
  )
  const area = (name: Name, maxlength: number, hint?: string) => (
    <TextArea
      id={name}
      label={words.fields[name]}
      hint={hint}
      value={values[name]}
      maxlength={maxlength}
      toMend={mend(name)}
    />
  )
  const picks = (name: Name, of: Readonly<Record<string, string>>, down = true) => (
    <Picks
      name={name}
      legend={words.fields[name]}
      value={values[name]}
      options={optionsOf(of)}
      down={down}
      toMend={mend(name)}
    />
  )
  return (
    <Layout title={words.title} frame={props.frame} here="funding" toMend={props.toMend}>
      <h1 class="govuk-heading-l">{words.heading}</h1>
      <FundingNav here="rules" may={props.parts} />
      <p class="lead measure">{words.lead}</p>
      <p class={props.inForce ? undefined : 'note note--wait'}>
        {props.inForce ? words.inForce(props.inForce.from, props.inForce.source) : words.usual}
      </p>
      <Details summary={words.begin} open={props.begun !== null}>
        <form action={paths.fundingRules} method="get">
          <p>{words.beginSays}</p>
          <SelectField
            id="begin"
            label={words.begin}
            value={props.begun?.authority}
            options={props.published.map(({ authority, says }) => ({
              value: authority,
              text: `${authority}: ${says}`,
            }))}
          />
          {props.begun?.asks && <p class="note note--wait">{words.beginAsks}</p>}
          <Button second>{words.beginDo}</Button>
        </form>
      </Details>
      <form class="measure" action={paths.fundingRules} method="post">
        <input type="hidden" name="seen" value={props.seen} />
        <h2 class="govuk-heading-m">{words.parts.decide}</h2>
        {line('oneOfficerUpTo')}
        {line('twoPeopleAbove')}
        {line('panelMeets', words.fields.panelHint, 20)}
        {line('reviewDays')}
        {line('payWithin')}
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend">{words.fields.excluded}</legend>
          {purposes.map((purpose) => (
            <Tick name="excluded" value={purpose} checked={props.excluded.includes(purpose)}>
              {purposeWords[purpose]}
            </Tick>
          ))}
        </fieldset>
        {area('interventions', 1500, words.fields.interventionsHint)}
        <h2 class="govuk-heading-m part">{words.parts.gate}</h2>
        {picks('gateReturn', words.gates)}
        {picks('gatePlan', words.gates)}
        {picks('gateUse', words.gates)}
        <h2 class="govuk-heading-m part">{words.parts.pay}</h2>
        {picks('retained', words.retainedKinds, false)}
        {line('retainedAmount')}
        {picks('model', words.models)}
        {line('amount', words.fields.amountHint, 20)}
        {picks('needs', words.needs)}
        {picks('planAmount', words.planAmounts)}
        {line('plansAYear', words.fields.plansHint)}
        <p>
          <Tick name="paysNextTerm" checked={values.paysNextTerm === 'yes'}>
            {words.fields.paysNextTerm}
          </Tick>
        </p>
        <p>
          <Tick name="springFirstHalf" checked={values.springFirstHalf === 'yes'}>
            {words.fields.springFirstHalf}
          </Tick>
        </p>
        {line('by', words.fields.byHint)}
        {line('within')}
        <h2 class="govuk-heading-m part">{words.parts.move}</h2>
        {picks('move', words.moves)}
        {picks('careEnds', { keep: words.moves.keep, recoup: words.moves.recoup, pro_rata: words.moves.pro_rata })}
        {picks('dual', words.duals)}
        {area('assets', 500)}
        <h2 class="govuk-heading-m part">{words.parts.policy}</h2>
        {area('policy', 2000)}
        {line('policyAddress', words.fields.policyHint, 20)}
        {line('validFrom', words.fields.validHint, 20)}
        {line('source', words.fields.sourceHint, 20)}
        <Button>{words.save}</Button>
      </form>
      {props.history.length > 0 && (
        <Details summary={words.history}>
          <ul class="flat rows">
            {props.history.map(({ from, version, source }) => (
              <li>{words.historyLine(from, version, source)}</li>
            ))}
          </ul>
        </Details>
      )}
    </Layout>
  )
}
