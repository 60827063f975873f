import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { checkWords as words } from '../words/en/check.ts'
import { momentWords, roundWords } from '../words/en/dates.ts'
import { Details } from './figures.tsx'
import { Button, Link, SelectField, TextField, Tick } from './form.tsx'
import { paths } from './paths.ts'
import { State } from './state.tsx'

/** A warning that must be said to be right before its council's part can go. */
export type WarningToAccept = { readonly finding: string; readonly cell: string; readonly text: string }

/** A row that is held back, by its number and the cells that hold it. */
export type HeldRow = { readonly number: number; readonly pupil: string | null; readonly cells: readonly string[] }

/** One council's part of an upload, as it stands for confirming. */
export type CheckCouncil = {
  readonly virtualSchool: string
  readonly name: string
  /** The round it answers: a council may have two open. */
  readonly round: { readonly term: Term; readonly academicYear: number } | null
  readonly due: PlainDate
  /** ready: can be sent (once its warnings are ticked); held: rows to mend or set aside first; empty: nothing to
   *  send; closed: the round takes nothing today, and what is here waits. */
  readonly state: 'ready' | 'held' | 'sent' | 'empty' | 'closed'
  /** Pupils whose rows go on confirming. */
  readonly pupilsReady: number
  readonly stillToAnswer: number
  readonly held: readonly HeldRow[]
  readonly warnings: readonly WarningToAccept[]
  readonly receipt: { readonly id: string; readonly reference: string } | null
  /** The school's newest submission to this council's round when the page was made; 0 for none. */
  readonly seen: number
  /** What stands sent already, and which of its answers these would replace. */
  readonly replaces: Replaces | null
}

/** Answers that stand sent and that the ones to confirm would replace. */
export type Replaces = {
  readonly sentBy: string
  readonly sentAt: Instant
  /** It was sent while this page was open: said first, and in full. */
  readonly meanwhile: boolean
  readonly answers: readonly {
    readonly pupil: string
    readonly label: string
    readonly theirs: string
    readonly yours: string
  }[]
}

type Props = {
  readonly upload: string
  readonly councils: readonly CheckCouncil[]
  readonly today: PlainDate
  readonly confirmedBy: string
}

/** Confirms each council's part by itself, with its warnings ticked and its held rows mended or set aside. */
export const CheckConfirm = ({ upload, councils, today, confirmedBy }: Props) =>
  councils.length === 0 ? null : (
    <section class="part" aria-labelledby="confirm">
      <h2 class="govuk-heading-m" id="confirm">
        {words.confirm}
      </h2>
      <ul class="flat rows">
        {councils.map((council) => (
          <li class="send tight">
            <div>
              <h3 class="govuk-heading-s">{council.name}</h3>
              <p class="small quiet">
                {council.round && `${roundWords(council.round.term, council.round.academicYear)}: `}
                {words.pupilsDue(council.pupilsReady + council.held.length, council.due, council.due < today)}
              </p>
            </div>
            <div>
              <CouncilPart upload={upload} council={council} />
            </div>
          </li>
        ))}
      </ul>
      <p class="small quiet gap">{words.confirmAs(confirmedBy)}</p>
    </section>
  )

const CouncilPart = ({ upload, council }: { readonly upload: string; readonly council: CheckCouncil }) => {
  if (council.state === 'sent')
    return (
      <p>
        <State shape="done" word={words.sentWord} />{' '}
        {council.receipt && (
          <Link href={paths.receipt(council.receipt.id)}>{words.sentReceipt(council.receipt.reference)}</Link>
        )}
      </p>
    )
  if (council.state === 'empty')
    return (
      <p>
        <State shape="none" word={words.nothingToSend} />
      </p>
    )
  if (council.state === 'closed')
    return (
      <>
        <p>
          <State shape="held" word={words.closedWord} />
        </p>
        <p class="small quiet measure">{words.roundClosed(council.name)}</p>
      </>
    )
  if (council.state === 'held') return <Held upload={upload} council={council} />
  return (
    <form action={paths.checkConfirm(upload)} method="post">
      <input type="hidden" name="council" value={council.virtualSchool} />
      <input type="hidden" name="seen" value={String(council.seen)} />
      {council.replaces && <Replacing replaces={council.replaces} />}
      {council.warnings.map((warning) => (
        <p>
          <Tick name="accept" id={`accept-${warning.finding}`} value={warning.finding} required>
            {words.isRight(warning.cell, warning.text)}
          </Tick>
        </p>
      ))}
      {council.stillToAnswer > 0 && (
        <p class="small quiet measure">{words.stillBefore(council.stillToAnswer, council.pupilsReady)}</p>
      )}
      <p class="gap">
        <button type="submit" class="govuk-button">
          {words.send(council.pupilsReady, council.name)}
        </button>
      </p>
    </form>
  )
}

const Replacing = ({ replaces }: { readonly replaces: Replaces }) => {
  const { answers, sentBy, sentAt, meanwhile } = replaces
  const said = words.alreadySent(sentBy, momentWords(sentAt), answers.length, meanwhile)
  if (answers.length === 0) return <p class={meanwhile ? 'note note--wait' : 'small quiet measure'}>{said}</p>
  return (
    <div class={meanwhile ? 'note note--wait' : undefined} role={meanwhile ? 'alert' : undefined}>
      <p class="small">{said}</p>
      <Details summary={words.whatChanges(answers.length)} open={meanwhile}>
        <dl class="say say--wide">
          {answers.map(({ pupil, label, theirs, yours }) => (
            <div>
              <dt>{words.answerOf(pupil, label)}</dt>
              <dd>{words.fromTo(theirs, yours)}</dd>
            </div>
          ))}
        </dl>
      </Details>
    </div>
  )
}

const Held = ({ upload, council }: { readonly upload: string; readonly council: CheckCouncil }) => {
  const id = `aside-${council.virtualSchool}`
  return (
    <>
      <p>
        <State shape="held" word={words.notYet(council.held.length)} />
      </p>
      <p class="small quiet">{words.mendCells(council.held.flatMap(({ cells }) => cells))}</p>
      <Details summary={words.setAside(council.held.length)}>
        <form action={paths.checkSetAside(upload)} method="post">
          <p class="small quiet measure">{words.setAsideSays}</p>
          <SelectField
            id={`${id}-row`}
            name="row"
            label={words.whichRow}
            options={council.held.map(({ number, pupil }) => ({
              value: String(number),
              text: words.row(number, pupil, null),
            }))}
          />
          <TextField
            id={`${id}-reason`}
            name="reason"
            label={words.reason}
            hint={words.reasonHint}
            maxlength={300}
            required
          />
          <Button second>{words.setAsideButton}</Button>
        </form>
      </Details>
    </>
  )
}
