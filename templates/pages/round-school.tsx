import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { Bar, Details, Glance, Table } from '../components/figures.tsx'
import { Link } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type ReturnState, ReturnStateShown, type RowState, RowStateShown } from '../components/return-state.tsx'
import { boardWords as words } from '../words/en/board.ts'
import { figure, list, yearGroupWords } from '../words/en/counts.ts'
import { nearDay, roundWords, shortMoment } from '../words/en/dates.ts'

export type RoundSchoolProps = {
  readonly frame: Frame
  readonly round: { readonly id: string; readonly term: Term; readonly academicYear: number }
  readonly school: { readonly id: string; readonly name: string }
  readonly state: ReturnState
  readonly late: boolean
  readonly due: PlainDate
  /** Dates set for this school alone, in the order they were set. */
  readonly dates: readonly {
    readonly kind: 'extended' | 'reopened'
    readonly day: PlainDate
    readonly reason: string
    readonly by: string
  }[]
  readonly roundIsClosed: boolean
  readonly pupils: readonly {
    readonly id: string
    readonly shortName: string
    readonly yearGroup: string | null
    readonly answered: number
    readonly asked: number
    /** Null while nothing came for this pupil in this round. */
    readonly row: RowState | null
    /** Labels of the questions still to answer. */
    readonly left: readonly string[]
  }[]
  readonly setAside: readonly { readonly pupil: string; readonly reason: string }[]
  readonly receipts: readonly {
    readonly id: string
    readonly reference: string
    readonly pupils: number
    readonly sentBy: string
    readonly sentAt: Instant
    readonly late: boolean
    readonly state: 'current' | 'replaced' | 'withdrawn'
  }[]
  readonly people: readonly { readonly name: string; readonly role: string; readonly email: string }[]
}

/** One school in a round: its pupils' rows and answers, its receipts, and who answers there. */
export const RoundSchoolPage = (props: RoundSchoolProps) => {
  const answered = props.pupils.reduce((total, pupil) => total + pupil.answered, 0)
  const asked = props.pupils.reduce((total, pupil) => total + pupil.asked, 0)
  const round = roundWords(props.round.term, props.round.academicYear)
  return (
    <Layout
      title={words.schoolTitle(props.school.name, round)}
      frame={props.frame}
      here="rounds"
      back={{ href: paths.board(props.round.id), text: words.backToBoard }}
    >
      <p class="over">{round}</p>
      <h1 class="govuk-heading-l">{props.school.name}</h1>
      <p>
        <ReturnStateShown state={props.state} late={props.late} />
      </p>
      <Glance
        figures={[
          { name: words.answersIn, value: figure(answered), base: `of ${figure(asked)}` },
          { name: words.pupils, value: figure(props.pupils.length) },
          { name: words.due, value: nearDay(props.due) },
        ]}
      />
      <div class="split part">
        <div>
          <Pupils pupils={props.pupils} />
          {props.setAside.length > 0 && (
            <section class="part" aria-labelledby="aside">
              <h2 class="govuk-heading-m" id="aside">
                {words.setAside}
              </h2>
              <ul class="flat rows">
                {props.setAside.map(({ pupil, reason }) => (
                  <li>{words.setAsideRow(pupil, reason)}</li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <div class="side">
          <Dates props={props} />
          <Receipts receipts={props.receipts} />
          <section aria-labelledby="people">
            <h2 class="govuk-heading-m" id="people">
              {words.people}
            </h2>
            {props.people.length === 0 && (
              <p>
                {words.noPeople} <Link href={paths.school(props.school.id)}>{words.addPerson}</Link>
              </p>
            )}
            <ul class="flat rows">
              {props.people.map(({ name, role, email }) => (
                <li>
                  <b>{name}</b>, {role}
                  <br />
                  <a class="govuk-link" href={`mailto:${email}`}>
                    {email}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </Layout>
  )
}

const Pupils = ({ pupils }: { readonly pupils: RoundSchoolProps['pupils'] }) => {
  const { pupilColumns: columns } = words
  return (
    <Table
      caption={words.pupilsIn}
      columns={[
        { head: columns.pupil },
        { head: columns.year, whole: true },
        { head: columns.answers, number: true },
        { head: columns.state, whole: true },
        { head: columns.left },
      ]}
      rows={pupils.map((pupil) => ({
        head: <Link href={paths.pupil(pupil.id)}>{pupil.shortName}</Link>,
        cells: [
          yearGroupWords(pupil.yearGroup),
          <>
            {figure(pupil.answered)} <span class="quiet">of {figure(pupil.asked)}</span>
            <Bar part={pupil.answered} base={pupil.asked} />
          </>,
          pupil.row === null ? <ReturnStateShown state="not_started" /> : <RowStateShown state={pupil.row} />,
          pupil.left.length === 0 ? (
            <span class="quiet">{words.allIn}</span>
          ) : (
            <StillToAnswer left={pupil.left} all={pupil.left.length === pupil.asked} pupil={pupil.shortName} />
          ),
        ],
      }))}
    />
  )
}

const Dates = ({ props }: { readonly props: RoundSchoolProps }) => (
  <section aria-labelledby="dates">
    <h2 class="govuk-heading-m" id="dates">
      {words.dates}
    </h2>
    <ul class="flat rows small">
      <li>{words.dueSays(props.due)}</li>
      {props.dates.map(({ kind, day, by, reason }) => (
        <li>{kind === 'extended' ? words.extendedSays(day, by, reason) : words.reopenedSays(day, by, reason)}</li>
      ))}
    </ul>
    <p class="gap">
      <Link href={paths.roundSchoolDate(props.round.id, props.school.id)}>
        {props.roundIsClosed ? words.reopen : words.extend}
      </Link>
    </p>
    <p>
      <Link href={paths.callsSchool(props.school.id)}>{words.schoolCalls}</Link>
    </p>
  </section>
)

const Receipts = ({ receipts }: { readonly receipts: RoundSchoolProps['receipts'] }) => (
  <section aria-labelledby="receipts">
    <h2 class="govuk-heading-m" id="receipts">
      {words.receipts}
    </h2>
    {receipts.length === 0 ? (
      <p class="quiet">{words.noReceipts}</p>
    ) : (
      <ul class="flat rows small">
        {receipts.map(({ reference, pupils, sentBy, sentAt, late, state }) => (
          <li>
            {words.receiptRow(reference, pupils, sentBy, shortMoment(sentAt))}
            {late && <span class="quiet"> ({words.sentLate})</span>}
            {state !== 'current' && <span class="quiet"> ({words[state]})</span>}
          </li>
        ))}
      </ul>
    )}
  </section>
)

/** A few questions by name; many behind one press, so that the list of pupils stays a list. */
const StillToAnswer = (props: { readonly left: readonly string[]; readonly all: boolean; readonly pupil: string }) =>
  props.left.length <= 3 ? (
    <span class="small">{list(props.left)}</span>
  ) : (
    <Details
      summary={
        <>
          {props.all ? words.everything : words.questionsLeft(props.left.length)}
          <span class="govuk-visually-hidden"> {words.ofPupil(props.pupil)}</span>
        </>
      }
    >
      {list(props.left)}
    </Details>
  )
