import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import {
  type Coached,
  type CoachFinding,
  readApplication,
  type TypedApplication,
  type UseOutcome,
} from '../../src/domain/funding/application.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import type { MoneyStanding } from '../../src/domain/funding/standing.ts'
import type { ApplicationEvent } from '../../src/domain/funding/states.ts'
import { evidenceWords, moneyWords, sentWords, applicationWords as words } from '../words/en/application.ts'
import { day, nearDay, shortMoment } from '../words/en/dates.ts'
import { outcomeWords, pounds, purposeWords } from '../words/en/money.ts'
import { Table, Unspaced } from './figures.tsx'
import { Link } from './form.tsx'
import { paths } from './paths.ts'
import { State } from './state.tsx'

/** What a check found, in words. */
export const coachSays = ({ detail }: CoachFinding, council: string): string => {
  if (!detail) return ''
  const { details } = words
  switch (detail.kind) {
    case 'line_differs':
      return details.line_differs(detail.line, detail.comesTo, detail.says)
    case 'line_unread':
    case 'line_unnamed':
      return details[detail.kind](detail.line)
    case 'unread':
      return details.unread[detail.what](detail.typed)
    case 'excluded':
      return details.excluded(detail.line, purposeWords[detail.purpose], council)
    case 'purpose_missing':
      return details.purpose_missing(detail.line)
    case 'asked_before':
      return details.asked_before(detail.references.join(', '))
    default:
      return details[detail.kind]
  }
}

/** The checks before an application is sent: what is good, what is to finish and where. */
export const Coach = ({ checks, council }: { readonly checks: readonly Coached[]; readonly council: string }) => (
  <section aria-labelledby="coach">
    <h2 class="govuk-heading-m" id="coach">
      {words.coach(checks.filter(({ good }) => good).length, checks.length)}
    </h2>
    <ul class="flat rows">
      {checks.map((check) => (
        <li class="say">
          <div>
            <span>
              <State shape={check.good ? 'done' : 'check'} word={check.good ? words.good : words.finish} />
            </span>
            <div>
              {check.good ? (
                <b>{words.checks[check.check].good}</b>
              ) : (
                <a class="govuk-link" href={`#${check.field}`}>
                  {words.checks[check.check].finish}
                </a>
              )}
              {!check.good && (
                <>
                  <br />
                  <span class="small">
                    {[check, ...check.also]
                      .map((found) => coachSays(found, council))
                      .concat(check.stops ? words.stops : words.mayAnyway)
                      .filter((text) => text !== '')
                      .join(' ')}
                  </span>
                </>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  </section>
)

/** What a council asks for before it pays. */
export type GateShown = {
  readonly item: 'return' | 'plan' | 'use'
  readonly isIn: boolean
  readonly waits: boolean
}

/** Each thing that a council asks for, and whether it is in. */
export const GateItems = ({ parts }: { readonly parts: readonly GateShown[] }) => (
  <ul class="flat rows">
    {parts.map(({ item, isIn }) => (
      <li class="pair">
        <span>{words.gateItems[item]}</span>
        <State shape={isIn ? 'done' : 'wait'} word={isIn ? words.isIn : words.notIn} />
      </li>
    ))}
  </ul>
)

/** What must be in before money moves, shown before it counts. */
export const Gate = ({
  parts,
  council,
  urgent,
  sent = false,
}: {
  readonly parts: readonly GateShown[]
  readonly council: string
  readonly urgent: boolean
  /** Nobody has to apply for it any more: it has been sent, or is paid without asking. */
  readonly sent?: boolean
}) => {
  if (parts.length === 0) return null
  const waits = parts.some((part) => part.waits)
  return (
    <div class="note note--wait tight">
      <h2 class="govuk-heading-s" id="gate">
        {words.gate(council)}
      </h2>
      <GateItems parts={parts} />
      {!urgent && (
        <p class="govuk-body small gap">
          {[
            sent ? '' : words.gateApply,
            (waits ? words.gateWaits : words.gateSays)(council),
            sent ? '' : words.gateUrgent,
          ]
            .filter((text) => text !== '')
            .join(' ')}
        </p>
      )}
      {parts.some(({ isIn }) => !isIn) && (
        <p class="small">
          <Link href={paths.inbox}>{words.gateToDo}</Link>
        </p>
      )}
    </div>
  )
}

/** Something that happened to an application, as it is told. */
export type ToldEvent = {
  readonly event: ApplicationEvent
  readonly at: Instant
  readonly by: string
  readonly said: string
  /** Empty for a school. */
  readonly note: string
  readonly amount: Pence | null
  readonly day: PlainDate | null
}

/** What comes next for money that a school asked for, and who has it. */
export type NextShown = {
  readonly standing: MoneyStanding
  readonly council: string
  /** Whether a panel decides, and when it meets in the council's own words. */
  readonly panelMeets: string | null
  /** The day of the panel whose agenda it is on. */
  readonly panelOn: PlainDate | null
  readonly deferredTo: PlainDate | null
  readonly dueOn: PlainDate | null
  readonly isLate: boolean
  /** What has to be in before it is paid. */
  readonly heldBy: readonly GateShown['item'][]
}

/** The sentence about what comes next; empty where it is said by what there is to do. */
export const nextSays = (next: NextShown): string => {
  const due = next.dueOn === null ? '' : (next.isLate ? moneyWords.dueLate : moneyWords.dueBy)(nearDay(next.dueOn))
  const held =
    next.heldBy.length === 0
      ? due
      : moneyWords.held(
          next.council,
          next.heldBy.map((item) => words.gateInline[item]),
        )
  switch (next.standing) {
    case 'waiting':
    case 'second':
      if (next.panelOn) return moneyWords.deciding.panelOn(next.council, nearDay(next.panelOn))
      if (next.deferredTo) return moneyWords.deferredTo(nearDay(next.deferredTo))
      return next.panelMeets === null
        ? moneyWords.deciding.officer(next.council)
        : moneyWords.deciding.panel(next.council, next.panelMeets)
    case 'set_up':
      return `${moneyWords.setUp} ${held}`.trim()
    case 'agreed':
      return held
    case 'with_finance':
      return due
    default:
      return ''
  }
}

/** What happened to an application, newest last. */
export const History = ({
  events,
  noteLabel,
}: {
  readonly events: readonly ToldEvent[]
  readonly noteLabel?: string
}) => (
  <section class="part" aria-labelledby="history">
    <h2 class="govuk-heading-m" id="history">
      {sentWords.history}
    </h2>
    <ol class="flat rows">
      {events.map((event) => (
        <li>
          <b>
            {sentWords.events[event.event]}
            {event.amount !== null && `, ${pounds(event.amount)}`}
            {event.day !== null && `, ${day(event.day)}`}
          </b>
          <br />
          <span class="small quiet">{`${shortMoment(event.at)}${event.by === '' ? '' : `, ${event.by}`}`}</span>
          {event.said !== '' && <p class="said">{event.said}</p>}
          {event.note !== '' && (
            <p class="said">
              <b>{noteLabel}</b> {event.note}
            </p>
          )}
        </li>
      ))}
    </ol>
  </section>
)

/** A report of use as it is shown. */
export type UseShown = {
  readonly spent: Pence
  readonly hoursGiven: number | null
  readonly outcome: UseOutcome
  readonly measured: string
  readonly said: string
  readonly at: Instant
  readonly by: string
}

/** What a school said of how money was used, newest first. */
export const Uses = ({ uses }: { readonly uses: readonly UseShown[] }) => (
  <section class="part" aria-labelledby="uses">
    <h2 class="govuk-heading-m" id="uses">
      {sentWords.uses}
    </h2>
    <ul class="flat rows">
      {uses.map((use) => (
        <li>
          <b>{sentWords.useLine(use.spent, outcomeWords[use.outcome])}</b>
          <br />
          <span class="small quiet">
            {`${shortMoment(use.at)}, ${use.by}${use.hoursGiven === null ? '' : `. ${sentWords.useHours(use.hoursGiven / 100)}`}`}
          </span>
          <p class="said">{use.measured}</p>
          {use.said !== '' && <p class="said">{use.said}</p>}
        </li>
      ))}
    </ul>
  </section>
)

/** A file added as evidence. */
export type FileShown = {
  readonly id: string
  readonly fileName: string
  readonly bytes: number
  readonly at: Instant
  readonly by: string
}

/** The files of an application; each is a download. */
export const Files = ({ files }: { readonly files: readonly FileShown[] }) =>
  files.length === 0 ? null : (
    <section class="part" aria-labelledby="files">
      <h2 class="govuk-heading-m" id="files">
        {evidenceWords.heading}
      </h2>
      <ul class="flat rows">
        {files.map((file) => (
          <li>
            <Link href={paths.evidence(file.id)}>
              <Unspaced text={file.fileName} />
            </Link>
            <br />
            <span class="small quiet">
              {evidenceWords.line(shortMoment(file.at), file.by, Math.ceil(file.bytes / 1000))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )

/** What a school asked for, as it sent it. */
export const Asked = ({ typed, asked }: { readonly typed: TypedApplication; readonly asked: Pence }) => {
  const { fields } = words
  const read = readApplication(typed, [])
  const { lines, schoolPays } = read
  const pairs = (
    [
      ['need', typed.need],
      ['baseline', typed.baseline],
      ['baselineOn', read.baselineOn === null ? typed.baselineOn : day(read.baselineOn)],
      ['target', typed.target],
      ['measure', typed.measure],
      ['targetOn', read.targetOn === null ? typed.targetOn : day(read.targetOn)],
      ['owner', typed.owner],
      ['provider', typed.provider],
      ['hours', typed.hours],
      ['urgentWhy', typed.urgent === 'yes' ? typed.urgentWhy : ''],
      ['anyway', typed.anyway],
    ] as const
  ).filter(([, value]) => value !== '')
  return (
    <section class="part" aria-labelledby="asked">
      <h2 class="govuk-heading-m" id="asked">
        {sentWords.what}
      </h2>
      <dl class="rows asked">
        {pairs.map(([name, says]) => (
          <div>
            <dt>{fields[name]}</dt>
            <dd class="said">{says}</dd>
          </div>
        ))}
      </dl>
      <Table
        caption={words.parts.cost}
        captionShown
        columns={[
          { head: words.lineFields.what },
          { head: words.lineFields.purpose },
          { head: words.lineFields.quantity, number: true },
          { head: sentWords.comesTo, number: true },
        ]}
        rows={lines.map((line) => ({
          head: line.what,
          cells: [
            line.purpose === null ? '' : purposeWords[line.purpose],
            line.quantity === null ? '' : String(line.quantity / 100),
            line.amount === null ? '' : pounds(line.amount),
          ],
        }))}
        foot={{
          head: sentWords.asked,
          cells: ['', schoolPays ? sentWords.lessSchool(schoolPays) : '', pounds(asked)],
        }}
      />
    </section>
  )
}
