import { type PlanRule, planTriggers, planUnits } from '../../src/domain/plan.ts'
import { Table } from '../components/figures.tsx'
import { Button, SelectField, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { sentence } from '../words/en/counts.ts'
import { day } from '../words/en/dates.ts'
import { planRuleWords, planWords as words } from '../words/en/plan.ts'

export type PlanRulesProps = {
  readonly frame: Frame
  readonly usual: readonly PlanRule[]
  readonly own: readonly PlanRule[]
  readonly values: Readonly<Record<'after' | 'count' | 'unit' | 'validFrom' | 'source', string>>
  readonly toMend: readonly ToMend[]
}

/** When plans are due: the usual rules, a council's own from which day, and setting one. */
export const PlanRulesPage = ({ frame, usual, own, values, toMend }: PlanRulesProps) => {
  const mend = (name: string) => toMend.find(({ field }) => field === name)?.text
  return (
    <Layout
      title={words.rulesTitle}
      frame={frame}
      here="rounds"
      back={{ href: paths.rounds, text: words.backToRounds }}
      toMend={toMend}
    >
      <h1 class="govuk-heading-l">{words.rulesTitle}</h1>
      <p class="lead measure">{words.rulesLead}</p>
      {own.length > 0 && <Rules caption={words.own} rules={own} />}
      <Rules caption={words.usual} rules={usual} />
      <section class="part" aria-labelledby="set">
        <h2 class="govuk-heading-m" id="set">
          {words.setOwn}
        </h2>
        <form class="measure" action={paths.planRules} method="post" novalidate>
          <div class="fields">
            <SelectField
              id="after"
              label={words.after}
              options={planTriggers.map((value) => ({ value, text: words.afters[value] }))}
              value={values.after}
              toMend={mend('after')}
            />
            <TextField
              id="count"
              label={words.count}
              width={4}
              inputmode="numeric"
              value={values.count}
              toMend={mend('count')}
            />
            <SelectField
              id="unit"
              label={words.unit}
              options={planUnits.map((value) => ({ value, text: words.unitNames[value] }))}
              value={values.unit}
              toMend={mend('unit')}
            />
          </div>
          <TextField
            id="validFrom"
            label={words.validFrom}
            hint={words.validFromHint}
            width={10}
            value={values.validFrom}
            toMend={mend('validFrom')}
          />
          <TextField
            id="source"
            label={words.sourceLabel}
            hint={words.sourceHint}
            maxlength={200}
            value={values.source}
            toMend={mend('source')}
          />
          <p class="act">
            <Button>{words.setButton}</Button>
          </p>
        </form>
      </section>
    </Layout>
  )
}

const Rules = ({ caption, rules }: { readonly caption: string; readonly rules: readonly PlanRule[] }) => (
  <Table
    caption={caption}
    columns={[
      { head: words.rulesColumns.rule },
      { head: words.rulesColumns.from },
      { head: words.rulesColumns.source },
    ]}
    rows={rules.map((rule) => ({ head: sentence(planRuleWords(rule)), cells: [day(rule.validFrom), rule.source] }))}
  />
)
