import type { Instant } from '../../src/domain/dates.ts'
import { Say } from '../components/figures.tsx'
import { ButtonLink } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { momentWords } from '../words/en/dates.ts'
import { outboxWords as words } from '../words/en/help.ts'

export type OutboxProps = {
  readonly frame: Frame
  /** Latest first. */
  readonly emails: readonly {
    readonly to: string
    readonly subject: string
    readonly text: string
    readonly at: Instant
  }[]
}

/** A demo store's e-mails, each with its whole text: the way to a code. */
export const OutboxPage = ({ frame, emails }: OutboxProps) => (
  <Layout title={words.title} frame={frame}>
    <h1 class="govuk-heading-l">{words.title}</h1>
    <p class="lead">{emails.length === 0 ? words.nothing : words.lead}</p>
    {frame.person === null && (
      <p class="act">
        <ButtonLink href={paths.signIn} second={emails.length > 0}>
          {words.signIn}
        </ButtonLink>
      </p>
    )}
    <ol class="flat rows gap">
      {emails.map((email) => (
        <li>
          <h2 class="govuk-heading-s">{email.subject}</h2>
          <Say
            pairs={[
              { term: words.to, says: <span class="mono">{email.to}</span> },
              { term: words.at, says: momentWords(email.at) },
            ]}
          />
          <pre class="mail">{email.text}</pre>
        </li>
      ))}
    </ol>
  </Layout>
)
