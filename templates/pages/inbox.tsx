import { daysBetween, type PlainDate } from '../../src/domain/dates.ts'
import type { PlanState } from '../../src/domain/plan.ts'
import { minutesFor } from '../../src/domain/return/completeness.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { Bar, Details } from '../components/figures.tsx'
import { Button, ButtonLink, Link, TextField } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { PlanStateShown } from '../components/plan-shown.tsx'
import { type ReturnState, ReturnStateShown } from '../components/return-state.tsx'
import { diaryDay, termWords, wholeDay } from '../words/en/dates.ts'
import { inboxWords as words } from '../words/en/inbox.ts'
import { planWords } from '../words/en/plan.ts'

/** One council's round, as a school has it to do. */
export type DueRow = {
  readonly round: string
  readonly council: string
  /** The school asked, where the reader works at several; its workbook is one of its own. */
  readonly school?: { readonly id: string; readonly name: string }
  readonly term: Term
  readonly due: PlainDate
  /** Why it is due then, as a sentence: shown folded away. */
  readonly dueRule?: string
  /** That the council gave this school a date of its own, or opened the round again for it, and why: always shown. */
  readonly note?: string | undefined
  readonly state: ReturnState
  /** Answers asked of these pupils; the base of the two figures that follow. */
  readonly asked: number
  /** Already known before the school said anything in this round. */
  readonly known: number
  /** Answered by the school in this round, drafts counted. */
  readonly answered: number
  /** Questions left as the form counts them: all that is known from before counts once a pupil. */
  readonly left: number
  readonly pupils: readonly { readonly shortName: string; readonly yearGroup: string | null }[]
  /** An upload that waits to be mended or confirmed. */
  readonly upload: string | null
  readonly receipt: string | null
}

/** A place a council asserts and the school has not confirmed: only counted, never named. */
export type AssertedNote = {
  readonly virtualSchool: string
  readonly council: string
  readonly children: number
  /** Set when what was just keyed fitted nobody: the form is shown open again. */
  readonly noMatch: boolean
}

/** Something that changed since the last visit; `about` is a pupil's first name and initial, or a subject. */
export type SinceEntry = { readonly about: string; readonly text: string; readonly from: string }

/** A plan (PEP) whose next meeting comes up, as its council shows it. */
export type PlanNote = {
  readonly pupil: string
  readonly shortName: string
  readonly council: string
  readonly due: PlainDate
  readonly state: PlanState
}

export type InboxProps = {
  readonly frame: Frame
  readonly today: PlainDate
  /** In the order of the dates due. */
  readonly rows: readonly DueRow[]
  readonly asserted: readonly AssertedNote[]
  /** Plans overdue or due within six weeks: shown, not asked. */
  readonly plans: readonly PlanNote[]
  /** What of its money waits for the school. */
  readonly money: { readonly questions: number; readonly toReport: number }
  readonly since?: { readonly from: PlainDate; readonly entries: readonly SinceEntry[] }
  /** One sentence about what was just done, such as a place confirmed. */
  readonly done?: string
}

const leftOf = (row: DueRow) => (row.state === 'submitted' ? 0 : row.left)

const headingOf = (rows: readonly DueRow[]) => {
  const open = rows.filter(({ state }) => state !== 'submitted')
  if (rows.length === 0) return { heading: words.headingNothing, lead: words.leadNothing }
  if (open.length === 0) return { heading: words.headingSent(rows.length), lead: words.leadSent }
  const councils = new Set(open.map(({ council }) => council)).size
  const left = open.reduce((total, row) => total + leftOf(row), 0)
  const pupils = open.reduce((total, row) => total + row.pupils.length, 0)
  return {
    heading: left === 0 ? words.headingToSend(councils) : words.headingLeft(councils, pupils, minutesFor(left)),
    lead: councils === 1 ? words.leadOne : words.leadSeveral(councils),
  }
}

/** Everything a school has to do for every council, by date due, with what is left in questions and minutes. */
export const InboxPage = ({ frame, today, rows, asserted, plans, money, since, done }: InboxProps) => {
  const { heading, lead } = headingOf(rows)
  const begun = rows.some(({ state, upload }) => state === 'in_progress' || upload !== null)
  return (
    <Layout title={words.title} frame={frame} here="inbox">
      <div class={since ? 'split' : undefined}>
        <div>
          {done && (
            <p class="note note--done" role="status">
              {done}
            </p>
          )}
          <p class="over">{wholeDay(today)}</p>
          <h1 class="govuk-heading-l">{heading}</h1>
          <p class="lead">{lead}</p>
          {rows.length > 0 && <Ways rows={rows} begun={begun} />}
          {money.questions + money.toReport > 0 && (
            <p class="note note--wait">
              {`${words.money(money.questions, money.toReport)} `}
              <Link href={paths.money}>{words.moneyLink}</Link>
            </p>
          )}
          {rows.length > 0 && (
            <section class="part" aria-labelledby="due">
              <h2 class="govuk-heading-m" id="due">
                {words.byDate}
              </h2>
              <ol class="flat rows">
                {rows.map((row) => (
                  <Due row={row} today={today} />
                ))}
              </ol>
              <Details summary={words.why}>
                {rows.flatMap(({ council, dueRule, note }) =>
                  dueRule || note
                    ? [
                        <p class="govuk-body small">
                          {words.whyDates(council, [dueRule, note].filter(Boolean).join(' '))}
                        </p>,
                      ]
                    : [],
                )}
                <p class="govuk-body small">{words.whyMinutes}</p>
              </Details>
            </section>
          )}
          {asserted.map((note) => (
            <Asserted note={note} />
          ))}
          {plans.length > 0 && <Plans plans={plans} />}
        </div>
        {since && (
          <div class="side">
            <section aria-labelledby="new">
              <h2 class="govuk-heading-m" id="new">
                {words.since(since.from)}
              </h2>
              <ul class="flat rows small">
                {since.entries.map(({ about, text, from }) => (
                  <li>
                    <b>{about}</b> {text} <span class="quiet">{from}</span>
                  </li>
                ))}
              </ul>
            </section>
          </div>
        )}
      </div>
    </Layout>
  )
}

const Plans = ({ plans }: { readonly plans: readonly PlanNote[] }) => (
  <section class="part" aria-labelledby="plans">
    <h2 class="govuk-heading-m" id="plans">
      {planWords.inbox}
    </h2>
    <p class="small quiet">{planWords.inboxSays}</p>
    <ul class="flat rows">
      {plans.map((plan) => (
        <li class="pair pair--wrap">
          <span>
            <Link href={paths.pupil(plan.pupil)}>{plan.shortName}</Link>
            <br />
            <span class="small quiet">{planWords.inboxRow(plan.council, plan.due)}</span>
          </span>
          <PlanStateShown state={plan.state} />
        </li>
      ))}
    </ul>
  </section>
)

const actionOf = (row: DueRow) => {
  if (row.state === 'submitted' && row.receipt !== null)
    return { text: words.action.receipt, href: paths.receipt(row.receipt) }
  if (row.upload !== null)
    return { text: leftOf(row) === 0 ? words.action.send : words.action.carryOn, href: paths.check(row.upload) }
  return row.answered > 0
    ? { text: words.action.carryOn, href: paths.form }
    : { text: words.action.start, href: paths.formNextOf(row.round) }
}

/** The ways to answer: on screen, or one file for all of a school's councils, so one for each school. */
const Ways = ({ rows, begun }: { readonly rows: readonly DueRow[]; readonly begun: boolean }) => {
  const schools = [...new Map(rows.flatMap(({ school }) => (school ? [[school.id, school] as const] : []))).values()]
  return (
    <>
      <p class="act">
        <ButtonLink href={begun ? paths.form : paths.formNext}>
          {begun ? words.carryOnScreen : words.onScreen}
        </ButtonLink>
        {schools.length === 0 && (
          <ButtonLink href={paths.workbook} second>
            {words.workbook}
          </ButtonLink>
        )}
        <Link href={paths.upload}>{words.upload}</Link>
        {schools.length === 0 && <Link href={paths.returnCsv}>{words.csv}</Link>}
      </p>
      {schools.length > 0 && (
        <ul class="flat">
          {schools.map(({ id, name }) => (
            <li class="act">
              <Link href={paths.workbookOf(id)}>{words.workbookFor(name)}</Link>
              <Link href={paths.returnCsvOf(id)} also={words.actionFor(name)}>
                {words.csv}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const Due = ({ row, today }: { readonly row: DueRow; readonly today: PlainDate }) => {
  const left = leftOf(row)
  const days = daysBetween(today, row.due)
  const { number, month } = diaryDay(row.due)
  const action = actionOf(row)
  const sent = row.state === 'submitted'
  return (
    <li class="due tight">
      <p class="due__when">
        <span class="due__day">{number}</span>{' '}
        <span>
          {month}
          <br />
          {sent ? null : days < 0 ? <b class="state--late">{words.daysLate(-days)}</b> : words.inDays(days)}
        </span>
      </p>
      <div class="due__what">
        <h3 class="govuk-heading-s">{row.school ? `${row.council}, ${row.school.name}` : row.council}</h3>
        <p class="small quiet">
          {words.round(termWords[row.term])}: {words.pupils(row.pupils)}
        </p>
        {row.note && <p class="small">{row.note}</p>}
        <div class="left">
          <Bar part={row.known + row.answered} base={row.asked} />
          <p class="small quiet">{words.known(row.known, row.answered, row.asked)}</p>
        </div>
      </div>
      <p class="due__left num">
        {sent ? null : (
          <>
            <span>
              <b>{left}</b> {words.questions(left)}
            </span>{' '}
            <span class="quiet">{words.minutes(minutesFor(left))}</span>
          </>
        )}
      </p>
      <p class="due__state">
        <ReturnStateShown state={row.state} />
      </p>
      <p class="num">
        <Link href={action.href} also={words.actionFor(row.council)}>
          {action.text}
        </Link>
      </p>
    </li>
  )
}

const Asserted = ({ note }: { readonly note: AssertedNote }) => {
  const id = `asserted-${note.virtualSchool}`
  return (
    <section class="note tight" aria-labelledby={id}>
      <h2 class="govuk-heading-s" id={id}>
        {words.asserted(note.council, note.children)}
      </h2>
      <p>{words.assertedSays}</p>
      {note.noMatch && (
        <p class="state state--no gap" role="alert">
          {words.noMatch}
        </p>
      )}
      <Details summary={words.tell} open={note.noMatch}>
        <form action={paths.asserted(note.virtualSchool)} method="post" novalidate>
          <TextField id={`${id}-upn`} name="upn" label={words.upn} maxlength={20} width={20} />
          <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend">
              <b>{words.or}</b>
            </legend>
            <div class="fields">
              <TextField id={`${id}-forename`} name="forename" label={words.forename} maxlength={100} />
              <TextField id={`${id}-surname`} name="surname" label={words.surname} maxlength={100} />
              <TextField
                id={`${id}-birth`}
                name="dateOfBirth"
                label={words.dateOfBirth}
                hint={words.dateHint}
                maxlength={20}
                width={10}
              />
            </div>
          </fieldset>
          <Button name="answer" value="child">
            {words.thisChild}
          </Button>
        </form>
      </Details>
      <form class="gap" action={paths.asserted(note.virtualSchool)} method="post">
        <Button name="answer" value="nobody" second>
          {words.nobody}
        </Button>
      </form>
    </section>
  )
}
