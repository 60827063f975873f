import type { PlainDate } from '../../src/domain/dates.ts'
import type { Phase, Term } from '../../src/domain/return/item.ts'
import { Bar, Details, Say, Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, Picks, SelectField } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { phaseWords, callsWords as words } from '../words/en/calls.ts'
import { figure, percent } from '../words/en/counts.ts'
import { shortDay, wholeDay } from '../words/en/dates.ts'

/** How the list is narrowed: the fields of a GET form. */
export type CallsFilter = {
  readonly area: 'all' | 'here' | 'elsewhere'
  readonly state: 'all' | 'overdue'
  readonly stage: Phase | 'all'
}

/** One school that owes a return. */
export type OwingRow = {
  readonly id: string
  readonly name: string
  readonly elsewhere: string | null
  readonly due: PlainDate
  readonly daysOverdue: number
  readonly extended: boolean
  readonly reopened: boolean
  readonly questions: number
  readonly minutes: number
  readonly lastContact: string | null
  readonly reminded: string | null
  readonly lead: string | null
  readonly checkedOn: PlainDate | null
  readonly next: 'lead' | 'remind' | 'call'
}

export type CallsProps = {
  readonly frame: Frame
  readonly today: PlainDate
  readonly owing: number
  readonly overdue: number
  readonly term: { readonly term: Term; readonly firstDay: PlainDate }
  readonly coverage: { readonly reached: number; readonly base: number }
  readonly cost: Parameters<typeof words.costSays>[0]
  readonly actions: readonly {
    readonly id: string
    readonly school: { readonly id: string; readonly name: string }
    readonly what: string
    readonly owner: string
    readonly due: PlainDate
  }[]
  readonly filter: CallsFilter
  /** After the filter; one page of them. */
  readonly schools: readonly OwingRow[]
  readonly page: { readonly from: number; readonly of: number; readonly size: number }
  readonly aWeek: number
  /** What was just sent, and to how many schools nothing was. */
  readonly sent: { readonly sent: number; readonly not: number } | null
}

/** The query by which a filter is asked for again. */
export const filterQuery = (filter: CallsFilter): string =>
  new URLSearchParams({ area: filter.area, state: filter.state, stage: filter.stage }).toString()

/** Every school that owes a return, what is to be done about it, and how far the contacts of a term reach. */
export const CallsPage = (props: CallsProps) => {
  const { coverage, term } = props
  const share = percent(coverage.reached, coverage.base)
  return (
    <Layout title={words.title} frame={props.frame} here="calls">
      {props.sent && (
        <p class="note note--done" role="status">
          {words.sentNote(props.sent.sent, props.sent.not)}
        </p>
      )}
      <div class="pair pair--wrap">
        <div>
          <p class="over">{wholeDay(props.today)}</p>
          <h1 class="govuk-heading-l">{words.heading(props.owing, props.overdue, coverage.base)}</h1>
        </div>
        <p class="act small">
          <Link href={paths.callsSettings}>{words.settings}</Link>
        </p>
      </div>
      <div class="top">
        <section aria-labelledby="h-reached">
          <h2 class="govuk-visually-hidden" id="h-reached">
            {words.coverageHidden}
          </h2>
          {share === undefined ? (
            <p class="lead">{words.coverageNone}</p>
          ) : (
            <>
              <p class="hero">
                {share}%<span>{words.coverage}</span>
              </p>
              <Bar part={coverage.reached} base={coverage.base} />
              <p class="govuk-body small gap">
                {words.coverageBase(coverage.reached, coverage.base, term.term, term.firstDay)}
              </p>
            </>
          )}
          <h3 class="govuk-heading-s">{words.cost}</h3>
          <p class="govuk-body small">{words.costSays(props.cost)}</p>
        </section>
        <Actions actions={props.actions} today={props.today} />
      </div>
      <Owing props={props} />
    </Layout>
  )
}

const Actions = ({ actions, today }: { readonly actions: CallsProps['actions']; readonly today: PlainDate }) => (
  <section aria-labelledby="h-actions">
    <h2 class="govuk-heading-s" id="h-actions">
      {words.actions}
    </h2>
    {actions.length === 0 ? (
      <p class="quiet">{words.actionsNone}</p>
    ) : (
      <ul class="flat rows">
        {actions.map(({ id, school, what, owner, due }) => (
          <li class="pair">
            <div>
              <Link href={paths.callsSchool(school.id)}>{school.name}</Link>: {what}
              <br />
              <span class={`small ${due < today ? 'state--late' : 'quiet'}`}>{words.actionDue(owner, due, today)}</span>
            </div>
            <form action={paths.callsDone(id)} method="post">
              <button type="submit" class="aslink">
                {words.done}
                <span class="govuk-visually-hidden"> {words.doneFor(school.name)}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    )}
  </section>
)

const Owing = ({ props }: { readonly props: CallsProps }) => {
  const { filter, schools, page } = props
  const link = (from: number) => `${paths.calls}?${filterQuery(filter)}&from=${from}`
  if (props.owing === 0) return <p class="lead part">{words.nothing}</p>
  return (
    <section class="part" aria-labelledby="h-list">
      <h2 class="govuk-heading-m" id="h-list">
        {words.list}
      </h2>
      <form class="filters" action={paths.calls} method="get">
        <Picks
          name="area"
          legend={words.area}
          value={filter.area}
          options={[
            { value: 'all', text: words.all },
            { value: 'here', text: words.here },
            { value: 'elsewhere', text: words.elsewhere },
          ]}
        />
        <Picks
          name="state"
          legend={words.state}
          value={filter.state}
          options={[
            { value: 'all', text: words.all },
            { value: 'overdue', text: words.overdue },
          ]}
        />
        <SelectField
          id="stage"
          label={words.stage}
          value={filter.stage}
          options={[
            { value: 'all', text: words.all },
            ...Object.entries(phaseWords).map(([value, text]) => ({ value, text })),
          ]}
        />
        <Button second>{words.filter}</Button>
      </form>
      {schools.length === 0 ? <p>{words.noneFits}</p> : <OwingTable schools={schools} />}
      {page.of > schools.length && (
        <p class="small quiet gap">
          {words.shown(schools.length, page.of)}{' '}
          {page.from > 0 && <Link href={link(Math.max(0, page.from - page.size))}>{words.previousPage}</Link>}{' '}
          {page.from + schools.length < page.of && (
            <Link href={link(page.from + page.size)}>
              {words.nextPage(Math.min(page.size, page.of - page.from - schools.length))}
            </Link>
          )}
        </p>
      )}
      {schools.length > 0 && (
        <div class="chase">
          <ButtonLink href={paths.callsRemindSome(filterQuery(filter))}>{words.remindThese(page.of)}</ButtonLink>
          <p class="small quiet">{words.remindSays(props.aWeek)}</p>
        </div>
      )}
    </section>
  )
}

const nextOf = ({ id, next }: OwingRow) => {
  if (next === 'lead') return paths.school(id)
  return next === 'remind' ? paths.callsRemindSome(`school=${id}`) : `${paths.callsSchool(id)}#log`
}

const OwingTable = ({ schools }: { readonly schools: readonly OwingRow[] }) => {
  const { columns } = words
  return (
    <Table
      caption={words.list}
      captionShown={false}
      columns={[
        { head: columns.school },
        { head: columns.due },
        { head: columns.owed, number: true },
        { head: columns.contact },
        { head: columns.lead },
        { head: columns.next },
      ]}
      rows={schools.map((school) => ({
        head: (
          <>
            <Link href={paths.callsSchool(school.id)}>{school.name}</Link>
            <span class="small quiet">{school.elsewhere ?? words.hereCell}</span>
          </>
        ),
        cells: [
          <>
            {school.daysOverdue > 0 ? (
              <State shape="late" word={words.late(school.daysOverdue)} />
            ) : (
              words.dueOn(school.due)
            )}
            {school.extended && <span class="small quiet"> {words.extended}</span>}
            {school.reopened && <span class="small quiet"> {words.reopened}</span>}
          </>,
          <>
            {figure(school.questions)} <span class="quiet">{words.owed(school.questions)}</span>
            <br />
            <span class="small quiet">{words.minutes(school.minutes)}</span>
          </>,
          <>
            {school.lastContact ?? <span class="quiet">{words.never}</span>}
            {school.reminded && (
              <>
                <br />
                <span class="small quiet">{words.reminded(school.reminded)}</span>
              </>
            )}
          </>,
          <>
            {school.lead ?? <b class="state--wait">{words.noLead}</b>}
            {school.lead !== null && (
              <>
                <br />
                <span class="small quiet">
                  {school.checkedOn === null ? words.notChecked : words.checked(school.checkedOn)}
                </span>
              </>
            )}
          </>,
          <Link href={nextOf(school)} also={school.name}>
            {words.nextWords[school.next]}
          </Link>,
        ],
      }))}
    />
  )
}

export type RemindProps = {
  readonly frame: Frame
  readonly goes: readonly {
    readonly id: string
    readonly name: string
    readonly to: readonly string[]
    readonly due: PlainDate
    /** The place in the week that the reminder would take: with another one there meanwhile nothing is sent. */
    readonly ordinal: number
  }[]
  readonly stays: readonly {
    readonly id: string
    readonly name: string
    readonly why: keyof typeof words.why
  }[]
  readonly aWeek: number
  /** The mail as the first school would get it. */
  readonly mail: { readonly subject: string; readonly text: string } | null
}

/** Says who would be reminded, who would not and why, and sends on a press. */
export const RemindPage = ({ frame, goes, stays, aWeek, mail }: RemindProps) => {
  const { remindColumns: columns } = words
  return (
    <Layout title={words.remindTitle} frame={frame} here="calls" back={{ href: paths.calls, text: words.backToCalls }}>
      <h1 class="govuk-heading-l">{words.remindHeading(goes.length, stays.length)}</h1>
      <p class="lead measure">{words.remindLead}</p>
      {goes.length > 0 && (
        <form action={paths.callsRemind} method="post">
          {goes.map(({ id, ordinal }) => (
            <input type="hidden" name="to" value={`${id}:${ordinal}`} />
          ))}
          {mail && (
            <Details summary={words.remindRead}>
              <Say
                wide
                pairs={[
                  { term: words.remindSubject, says: mail.subject },
                  { term: words.remindText, says: <span class="mail">{mail.text}</span> },
                ]}
              />
            </Details>
          )}
          <p class="act">
            <Button>{words.remindButton(goes.length)}</Button>
            <Link href={paths.calls}>{words.leave}</Link>
          </p>
        </form>
      )}
      {goes.length > 0 && (
        <section class="part" aria-label={words.remindGoes}>
          <Table
            caption={words.remindGoes}
            even
            columns={[{ head: columns.school }, { head: columns.to }, { head: columns.due }]}
            rows={goes.map((school) => ({
              head: <Link href={paths.callsSchool(school.id)}>{school.name}</Link>,
              cells: [words.to(school.to), shortDay(school.due)],
            }))}
          />
        </section>
      )}
      {stays.length > 0 && (
        <section class="part" aria-label={words.remindStays}>
          <Table
            caption={words.remindStays}
            even
            columns={[{ head: columns.school }, { head: columns.why }]}
            rows={stays.map((school) => ({
              head: <Link href={paths.callsSchool(school.id)}>{school.name}</Link>,
              cells: [words.why[school.why](aWeek)],
            }))}
          />
        </section>
      )}
    </Layout>
  )
}
