import { useOutcomes } from '../../src/domain/funding/application.ts'
import { sentWords as words } from '../words/en/application.ts'
import { outcomeWords } from '../words/en/money.ts'
import { Button, Picks, TextArea, TextField } from './form.tsx'
import type { ToMend } from './layout.tsx'

type UseFormProps = {
  readonly action: string
  /** It has been reported on before: the newest report counts. */
  readonly again: boolean
  /** Where the child was before, as the application says it; empty where nobody said it. */
  readonly baseline: string
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
}

/** How money was used, as its school reports it: what was spent, hours given, how the target stands, where the child is now. */
export const UseForm = ({ action, again, baseline, values, toMend }: UseFormProps) => {
  const mend = (field: string) => toMend.find((one) => one.field === field)?.text
  return (
    <section aria-labelledby="use">
      <h2 class="govuk-heading-m" id="use">
        {words.useHeading}
      </h2>
      {again && <p>{words.useSays}</p>}
      <form action={action} method="post">
        <TextField
          id="spent"
          label={words.spent}
          value={values['spent']}
          width={10}
          maxlength={16}
          inputmode="decimal"
          toMend={mend('spent')}
        />
        <TextField
          id="hoursGiven"
          label={words.hoursGiven}
          value={values['hoursGiven']}
          width={10}
          maxlength={10}
          inputmode="decimal"
          toMend={mend('hoursGiven')}
        />
        <Picks
          name="outcome"
          legend={words.outcome}
          value={values['outcome']}
          options={useOutcomes.map((value) => ({ value, text: outcomeWords[value] }))}
          toMend={mend('outcome')}
        />
        <TextArea
          id="measured"
          label={words.measured}
          hint={words.measuredHint(baseline)}
          value={values['measured']}
          maxlength={2000}
          toMend={mend('measured')}
        />
        <TextArea
          id="useSaid"
          label={words.useSaid}
          value={values['useSaid']}
          maxlength={2000}
          toMend={mend('useSaid')}
        />
        <Button>{words.sendUse}</Button>
      </form>
    </section>
  )
}
