import type { PlainDate } from '../../src/domain/dates.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { Table } from '../components/figures.tsx'
import { Button, Link, TextArea, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type ReturnState, ReturnStateShown } from '../components/return-state.tsx'
import { figure } from '../words/en/counts.ts'
import { roundWords, shortDay } from '../words/en/dates.ts'
import { datesWords as words } from '../words/en/round-dates.ts'

type RoundNamed = { readonly id: string; readonly term: Term; readonly academicYear: number }

export type RoundCloseProps = {
  readonly frame: Frame
  readonly round: RoundNamed & { readonly due: PlainDate }
  readonly today: PlainDate
  readonly closedOn: PlainDate | null
  readonly owing: readonly {
    readonly id: string
    readonly name: string
    readonly state: ReturnState
    readonly questions: number
    readonly minutes: number
    readonly due: PlainDate
  }[]
}

/** Asks whether a round is to close, with what is still owed and what that does. */
export const RoundClosePage = ({ frame, round, today, closedOn, owing }: RoundCloseProps) => {
  const { columns } = words
  return (
    <Layout
      title={words.closeTitle}
      frame={frame}
      here="rounds"
      back={{ href: paths.board(round.id), text: words.backToBoard }}
    >
      <p class="over">{roundWords(round.term, round.academicYear)}</p>
      <h1 class="govuk-heading-l">
        {closedOn === null ? words.closeHeading(owing.length) : words.closedHeading(closedOn)}
      </h1>
      {closedOn === null && (
        <>
          <p class="lead measure">{words.closeSays}</p>
          {today <= round.due && <p class="note note--wait measure">{words.early(round.due)}</p>}
          <p class="govuk-body measure">{words.closeOpen}</p>
          <form action={paths.roundClose(round.id)} method="post">
            <p class="act">
              <Button>{words.button}</Button>
              <Link href={paths.board(round.id)}>{words.leave}</Link>
            </p>
          </form>
        </>
      )}
      {owing.length > 0 && (
        <section class="part" aria-label={words.owed}>
          <Table
            caption={words.owed}
            columns={[
              { head: columns.school },
              { head: columns.state },
              { head: columns.questions, number: true },
              { head: columns.minutes, number: true },
              { head: columns.due },
            ]}
            rows={owing.map((school) => ({
              head: <Link href={paths.roundSchool(round.id, school.id)}>{school.name}</Link>,
              cells: [
                <ReturnStateShown state={school.state} />,
                figure(school.questions),
                words.minutes(school.minutes),
                shortDay(school.due),
              ],
            }))}
          />
        </section>
      )}
    </Layout>
  )
}

export type SchoolDateProps = {
  readonly frame: Frame
  readonly round: RoundNamed
  readonly school: { readonly id: string; readonly name: string }
  readonly kind: 'extended' | 'reopened'
  readonly due: PlainDate
  readonly closedOn: PlainDate | null
  /** The number the date would have: with a newer one there, nothing is saved. */
  readonly seen: number
  readonly values: { readonly day: string; readonly reason: string }
  readonly toMend?: readonly ToMend[]
}

/** A later date for one school in an open round, or an opening again in a closed one, with the reason it reads. */
export const SchoolDatePage = (props: SchoolDateProps) => {
  const { round, school, kind, toMend = [] } = props
  const mend = (id: string) => toMend.find((one) => one.field === id)?.text
  const extends_ = kind === 'extended'
  return (
    <Layout
      title={extends_ ? words.extendTitle : words.reopenTitle}
      frame={props.frame}
      here="rounds"
      back={{ href: paths.roundSchool(round.id, school.id), text: words.backToSchool }}
      toMend={toMend}
    >
      <p class="over">{roundWords(round.term, round.academicYear)}</p>
      <h1 class="govuk-heading-l">{extends_ ? words.extendHeading(school.name) : words.reopenHeading(school.name)}</h1>
      <p class="lead measure">
        {props.closedOn === null ? words.extendSays(props.due) : words.reopenSays(props.closedOn)}
      </p>
      <form action={paths.roundSchoolDate(round.id, school.id)} method="post" novalidate class="measure">
        <input type="hidden" name="seen" value={String(props.seen)} />
        <TextField
          id="day"
          label={extends_ ? words.day : words.lastDay}
          hint={words.dayHint}
          value={props.values.day}
          toMend={mend('day')}
          maxlength={40}
          width={10}
        />
        <TextArea
          id="reason"
          label={words.reason}
          hint={words.reasonHint}
          value={props.values.reason}
          toMend={mend('reason')}
          maxlength={300}
        />
        <p class="act">
          <Button>{extends_ ? words.extendButton : words.reopenButton}</Button>
          <Link href={paths.roundSchool(round.id, school.id)}>{words.leaveDate}</Link>
        </p>
        <p class="small quiet">{words.told}</p>
      </form>
    </Layout>
  )
}
