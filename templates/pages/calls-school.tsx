import type { ContactKind, ContactOutcome } from '../../src/domain/chasing.ts'
import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import { Button, Link, Picks, SelectField, TextArea, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type ReturnState, ReturnStateShown } from '../components/return-state.tsx'
import { State } from '../components/state.tsx'
import { contactKindWords, contactOutcomeWords, callsWords as words } from '../words/en/calls.ts'
import { shortMoment } from '../words/en/dates.ts'

/** What is typed of a contact, as it was typed. */
export type ContactTyped = {
  readonly kind: string
  readonly day: string
  readonly withWhom: string
  readonly said: string
  readonly outcome: string
  readonly minutes: string
  readonly what: string
  readonly owner: string
  readonly actionDue: string
}

export type CallsSchoolProps = {
  readonly frame: Frame
  readonly today: PlainDate
  readonly school: { readonly id: string; readonly name: string; readonly area: string }
  readonly people: readonly { readonly name: string; readonly role: string; readonly email: string }[]
  readonly hasLead: boolean
  readonly checked: { readonly day: PlainDate; readonly by: string } | null
  readonly owed: readonly {
    readonly round: string
    readonly name: string
    readonly state: ReturnState
    readonly due: PlainDate
    readonly extended: boolean
    readonly reopened: boolean
    readonly questions: number
    readonly minutes: number
  }[]
  readonly returns: readonly {
    readonly name: string
    readonly pupils: number
    readonly at: Instant
    /** The date due where it came after it. */
    readonly lateFor: PlainDate | null
    readonly withdrawn: boolean
  }[]
  readonly contacts: readonly {
    readonly id: string
    readonly kind: ContactKind
    readonly day: PlainDate
    readonly minutes: number | null
    readonly withWhom: string
    readonly said: string
    readonly outcome: ContactOutcome
    readonly by: string
    readonly action: {
      readonly what: string
      readonly owner: string
      readonly due: PlainDate
      readonly doneAt: Instant | null
      readonly doneBy: string
    } | null
  }[]
  readonly reminders: readonly { readonly at: Instant; readonly recipients: number; readonly by: string }[]
  readonly colleagues: readonly { readonly id: string; readonly name: string }[]
  readonly values: ContactTyped
  readonly toMend?: readonly ToMend[]
}

/** One school as a virtual school deals with it: who answers, what is owed and came, and every call, visit and meeting. */
export const CallsSchoolPage = (props: CallsSchoolProps) => (
  <Layout
    title={words.schoolTitle(props.school.name)}
    frame={props.frame}
    here="calls"
    back={{ href: paths.calls, text: words.backToCalls }}
    {...(props.toMend ? { toMend: props.toMend } : {})}
  >
    <p class="over">{props.school.area}</p>
    <h1 class="govuk-heading-l">{props.school.name}</h1>
    <div class="split gap">
      <div>
        <Owed props={props} />
        <Log props={props} />
        <LogForm props={props} />
      </div>
      <div class="side">
        <Who props={props} />
        <Came returns={props.returns} />
        <section aria-labelledby="h-reminders">
          <h2 class="govuk-heading-m" id="h-reminders">
            {words.reminders}
          </h2>
          {props.reminders.length === 0 ? (
            <p class="quiet">{words.remindersNone}</p>
          ) : (
            <ul class="flat rows small">
              {props.reminders.map(({ at, recipients, by }) => (
                <li>{words.reminderRow(shortMoment(at), recipients, by)}</li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </div>
  </Layout>
)

type Part = { readonly props: CallsSchoolProps }

const Owed = ({ props: { owed, school } }: Part) => (
  <section aria-labelledby="h-owed">
    <h2 class="govuk-heading-m" id="h-owed">
      {words.owedHere}
    </h2>
    {owed.length === 0 ? (
      <p class="quiet">{words.owedNothing}</p>
    ) : (
      <ul class="flat rows">
        {owed.map((one) => (
          <li>
            <Link href={paths.roundSchool(one.round, school.id)}>{words.owedRow(one.name, one.due)}</Link>
            {one.extended && <span class="quiet"> ({words.extended})</span>}
            {one.reopened && <span class="quiet"> ({words.reopened})</span>}
            <br />
            <ReturnStateShown state={one.state} /> {words.owedSays(one.questions, one.minutes)}
            <br />
            <span class="small">
              <Link href={paths.roundSchoolDate(one.round, school.id)} also={one.name}>
                {words.laterDate}
              </Link>
            </span>
          </li>
        ))}
      </ul>
    )}
  </section>
)

const Who = ({ props: { people, hasLead, checked, school } }: Part) => (
  <section aria-labelledby="h-who">
    <h2 class="govuk-heading-m" id="h-who">
      {words.who}
    </h2>
    {!hasLead && (
      <p class="note note--wait tight">
        {words.nobody} <Link href={paths.school(school.id)}>{words.nameLead}</Link>
      </p>
    )}
    <ul class="flat rows">
      {people.map(({ name, role, email }) => (
        <li>
          <b>{name}</b>, {role}
          <br />
          <a class="govuk-link" href={`mailto:${email}`}>
            {email}
          </a>
        </li>
      ))}
    </ul>
    <p class="small gap">{checked === null ? words.unverified : words.verified(checked.day, checked.by)}</p>
    {people.length > 0 && (
      <form action={paths.callsChecked(school.id)} method="post">
        <Button second>{words.checkedToday}</Button>
      </form>
    )}
  </section>
)

const Came = ({ returns }: { readonly returns: CallsSchoolProps['returns'] }) => (
  <section aria-labelledby="h-returns">
    <h2 class="govuk-heading-m" id="h-returns">
      {words.returns}
    </h2>
    {returns.length === 0 ? (
      <p class="quiet">{words.returnsNone}</p>
    ) : (
      <ul class="flat rows small">
        {returns.map(({ name, pupils, at, lateFor, withdrawn }) => (
          <li>
            {words.returnRow(name, pupils, shortMoment(at))}
            {lateFor !== null && (
              <>
                {' '}
                <State shape="late" word={words.returnLate(lateFor)} />
              </>
            )}
            {withdrawn && <span class="quiet"> ({words.withdrawn})</span>}
          </li>
        ))}
      </ul>
    )}
  </section>
)

const Log = ({ props: { contacts } }: Part) => (
  <section class="part" aria-labelledby="h-log">
    <h2 class="govuk-heading-m" id="h-log">
      {words.log}
    </h2>
    {contacts.length === 0 ? (
      <p class="quiet measure">{words.logNone}</p>
    ) : (
      <ul class="flat rows">
        {contacts.map((contact) => (
          <li>
            <b>{words.logHead(contact.kind, contact.day, contact.minutes)}</b>: {contactOutcomeWords[contact.outcome]}
            <br />
            {words.logWith(contact.kind, contact.withWhom)}
            {contact.said !== '' && (
              <>
                <br />
                <span class="mail">{contact.said}</span>
              </>
            )}
            {contact.action && <Action id={contact.id} action={contact.action} />}
            <p class="small quiet">{words.logBy(contact.by)}</p>
          </li>
        ))}
      </ul>
    )}
  </section>
)

type ActionProps = {
  readonly id: string
  readonly action: NonNullable<CallsSchoolProps['contacts'][number]['action']>
}

const Action = ({ id, action }: ActionProps) => (
  <div class="pair">
    <p>
      {words.logAction(action.what, action.owner, action.due)}
      {action.doneAt !== null && (
        <>
          {' '}
          <State shape="done" word={words.logDone(shortMoment(action.doneAt), action.doneBy)} />
        </>
      )}
    </p>
    {action.doneAt === null && (
      <form action={paths.callsDone(id)} method="post">
        <button type="submit" class="aslink">
          {words.done}
          <span class="govuk-visually-hidden"> {action.what}</span>
        </button>
      </form>
    )}
  </div>
)

const LogForm = ({ props: { school, values, colleagues, toMend = [] } }: Part) => {
  const mend = (id: string) => toMend.find((one) => one.field === id)?.text
  return (
    <section class="part measure" aria-labelledby="log">
      <h2 class="govuk-heading-m" id="log">
        {words.form}
      </h2>
      <form action={paths.callsLog(school.id)} method="post" novalidate>
        <Picks
          name="kind"
          legend={words.kind}
          value={values.kind}
          toMend={mend('kind')}
          options={Object.entries(contactKindWords).map(([value, text]) => ({ value, text }))}
        />
        <div class="fields">
          <TextField
            id="day"
            label={words.day}
            hint={words.dayHint}
            value={values.day}
            toMend={mend('day')}
            maxlength={40}
            width={10}
          />
          <TextField
            id="minutes"
            label={words.minutesTaken}
            hint={words.minutesHint}
            value={values.minutes}
            toMend={mend('minutes')}
            inputmode="numeric"
            maxlength={4}
            width={4}
          />
        </div>
        <TextField
          id="withWhom"
          label={words.withWhom}
          hint={words.withWhomHint}
          value={values.withWhom}
          toMend={mend('withWhom')}
          maxlength={300}
        />
        <SelectField
          id="outcome"
          label={words.outcome}
          value={values.outcome}
          empty={words.choose}
          toMend={mend('outcome')}
          options={Object.entries(contactOutcomeWords).map(([value, text]) => ({ value, text }))}
        />
        <TextArea
          id="said"
          label={words.said}
          hint={words.saidHint}
          value={values.said}
          toMend={mend('said')}
          maxlength={1000}
        />
        <TextField
          id="what"
          label={words.action}
          hint={words.actionHint}
          value={values.what}
          toMend={mend('what')}
          maxlength={200}
        />
        <div class="fields">
          <SelectField
            id="owner"
            label={words.owner}
            value={values.owner}
            empty={words.choose}
            toMend={mend('owner')}
            options={colleagues.map(({ id, name }) => ({ value: id, text: name }))}
          />
          <TextField
            id="actionDue"
            label={words.actionBy}
            hint={words.dayHint}
            value={values.actionDue}
            toMend={mend('actionDue')}
            maxlength={40}
            width={10}
          />
        </div>
        <Button>{words.save}</Button>
      </form>
    </section>
  )
}
