import { decideWords as words } from '../words/en/funding.ts'
import { Button, TextField } from './form.tsx'
import { GateItems, type GateShown } from './money-parts.tsx'

type GateAsideProps = {
  readonly parts: readonly GateShown[]
  readonly passed: boolean
  /** Where the head lets it pass; null where nobody may now. */
  readonly pass: {
    readonly action: string
    readonly why: string | undefined
    readonly toMend: string | undefined
  } | null
}

/** What is in before money moves, for the council whose rule it is, and letting it pass with a reason. */
export const GateAside = ({ parts, passed, pass }: GateAsideProps) => {
  if (parts.length === 0) return null
  const waits = parts.some((part) => part.waits)
  return (
    <section class="note tight" aria-labelledby="gate">
      <h2 class="govuk-heading-s" id="gate">
        {words.gateHeading}
      </h2>
      <GateItems parts={parts} />
      <p class="govuk-body small gap">{passed ? words.passed : waits ? words.gateBlocks : words.gateSays}</p>
      {pass && (
        <form action={pass.action} method="post">
          <TextField id="passWhy" label={words.passWhy} value={pass.why} maxlength={300} toMend={pass.toMend} />
          <Button second>{words.pass}</Button>
        </form>
      )}
    </section>
  )
}
