import type { PlainDate } from '../../src/domain/dates.ts'
import { Say } from '../components/figures.tsx'
import { ButtonLink } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { formWords as words } from '../words/en/form.ts'

/** A school's answers to a round that takes none any more: what is kept, what was just typed, and whom to ask. */
export const RoundClosedPage = (props: {
  readonly frame: Frame
  readonly council: string
  readonly closedOn: PlainDate
  /** What was typed and could not be saved, to be copied. */
  readonly typed: readonly { readonly label: string; readonly raw: string }[]
}) => (
  <Layout
    title={words.closedTitle}
    frame={props.frame}
    here="inbox"
    back={{ href: paths.inbox, text: words.backToInbox }}
  >
    <h1 class="govuk-heading-l">{words.closedHeading(props.council, props.closedOn)}</h1>
    <p class="lead measure">{words.closedKept}</p>
    <p class="govuk-body measure">{words.closedNext(props.council)}</p>
    {props.typed.length > 0 && (
      <section class="note note--wait tight measure" aria-labelledby="typed">
        <h2 class="govuk-heading-s" id="typed">
          {words.closedTyped}
        </h2>
        <Say wide pairs={props.typed.map(({ label, raw }) => ({ term: label, says: raw }))} />
      </section>
    )}
    <p class="gap">
      <ButtonLink href={paths.inbox}>{words.backToInbox}</ButtonLink>
    </p>
  </Layout>
)
