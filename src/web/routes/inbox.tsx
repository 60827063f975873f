import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { type AssertedNote, type DueRow, InboxPage, type PlanNote } from '../../../templates/pages/inbox.tsx'
import { inboxWords } from '../../../templates/words/en/inbox.ts'
import { cutOffWords } from '../../../templates/words/en/return.ts'
import { plusDays } from '../../domain/dates.ts'
import type { SchoolDates } from '../../domain/school-dates.ts'
import { confirmBlindly, denyPlace } from '../../intake/confirm-place.ts'
import { plansOf } from '../../plans/plans.ts'
import { openReturns, type PupilReturn, standingOf } from '../../returns/due.ts'
import { questionsLeft } from '../../returns/form.ts'
import { setAsideAmong, setAsideKey } from '../../returns/set-aside.ts'
import { waitingReturns } from '../../store/imports.ts'
import { assertedCounts } from '../../store/pupils.ts'
import { submissionsOf } from '../../store/rounds.ts'
import { ownSchools } from '../../store/schools.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { contactsOf } from '../known-contacts.ts'
import { moneyToDo } from '../money-opened.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** A school's one list of what is due to every council, and the blind confirmation of a place. */
export const inboxRoutes = new Hono<Web>()
inboxRoutes.use(paths.inbox, signedIn, only('answer returns'))
inboxRoutes.use(`${paths.inbox}/*`, signedIn, only('answer returns'))

inboxRoutes.get(paths.inbox, (context) => showInbox(context, {}))

const showInbox = async (
  context: WebContext,
  said: { readonly noMatch?: string | undefined; readonly done?: string },
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [returns, asserted, uploads, submissions] = await Promise.all([
    openReturns(query, viewer.scope),
    assertedCounts(query, viewer.scope),
    waitingReturns(query, viewer.scope),
    submissionsOf(query, viewer.scope),
  ])
  await noteSeen(
    context,
    returns.map(({ due }) => due.pupil),
    'list seen',
    'inbox',
  )
  const [schools, setAside, contacts] = await Promise.all([
    ownSchools(query, viewer.scope),
    setAsideAmong(query, viewer.scope, returns, submissions),
    contactsOf(context, returns),
  ])
  const groups = new Map<string, PupilReturn[]>()
  for (const one of returns) {
    const key = `${one.due.round}/${one.due.school}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const rows = [...groups.values()].flatMap((own): DueRow[] => {
    const first = own[0]
    if (!first) return []
    const { round, due, dates } = first
    const school = schools.find(({ number }) => number === due.school)
    const submission = submissions.find(
      (one) => one.round === due.round && one.school === due.school && one.state === 'published',
    )
    const waiting = uploads.find((one) => one.round === due.round && one.school === due.school)
    const asked = own.reduce((sum, one) => sum + one.completeness.base, 0)
    const answered = own.reduce((sum, one) => sum + one.completeness.answered, 0)
    const known = own.reduce(
      (sum, one) =>
        sum + one.completeness.missing.filter((item) => one.known.has(item) || one.asBefore.has(item)).length,
      0,
    )
    return [
      {
        round: round.id,
        council: round.council,
        ...(school && schools.length > 1 ? { school: { id: school.id, name: school.name } } : {}),
        term: round.term,
        due: dates.due,
        dueRule: ruleWords(round.cutOffRule),
        note: dateNote(round.council, dates),
        state: standingOf({
          submitted: submission !== undefined,
          pupilsWithoutAnswers: own.filter((one) => one.answers.size === 0 && !setAside.has(setAsideKey(one))).length,
          opened: answered > 0 || waiting !== undefined,
          overdue: dates.due < viewer.scope.today,
        }),
        asked,
        known,
        answered,
        left: own.reduce((sum, one) => sum + questionsLeft(one, contacts.get(due.school) ?? new Map()), 0),
        pupils: own.map((one) => ({
          shortName: shortName(one.due.forename, one.due.surname),
          yearGroup: one.due.yearGroup || null,
        })),
        upload: waiting?.deliveryId ?? null,
        receipt: submission?.receipt ?? null,
      },
    ]
  })
  const [plans, money] = await Promise.all([plansComing(context, returns), moneyToDo(context)])
  const notes: AssertedNote[] = asserted.map((one) => ({
    virtualSchool: `${one.virtualSchoolId}-${one.schoolId}`,
    council: one.council,
    children: one.count,
    noMatch: said.noMatch === `${one.virtualSchoolId}-${one.schoolId}`,
  }))
  return reply.page(
    context,
    <InboxPage
      frame={frameOf(context)}
      today={viewer.scope.today}
      rows={rows}
      asserted={notes}
      plans={plans}
      money={money}
      {...(said.done ? { done: said.done } : {})}
    />,
    said.noMatch ? 422 : 200,
  )
}

/** What the council set for this school alone, and why. */
const dateNote = (council: string, { extended, reopened }: SchoolDates): string | undefined => {
  if (reopened) return inboxWords.reopened(council, reopened.day, reopened.reason)
  return extended ? inboxWords.extended(council, extended.day, extended.reason) : undefined
}

/** The plans of those pupils that are overdue or due within six weeks, soonest first. */
const plansComing = async (context: WebContext, returns: readonly PupilReturn[]): Promise<readonly PlanNote[]> => {
  const { runtime, viewer } = context.var
  const pupils = [...new Map(returns.map((one) => [one.due.pupil, one])).values()]
  const plans = await plansOf(
    runtime.db.query,
    viewer.scope,
    pupils.map(({ due, round }) => ({ number: due.pupil, virtualSchool: round.virtualSchool })),
  )
  return pupils
    .flatMap(({ due, round }): PlanNote[] => {
      const standing = plans.get(due.pupil)?.standing
      return standing?.due && standing.due.date <= plusDays(viewer.scope.today, 42)
        ? [
            {
              pupil: due.pupilId,
              shortName: shortName(due.forename, due.surname),
              council: round.council,
              due: standing.due.date,
              state: standing.state,
            },
          ]
        : []
    })
    .sort((one, other) => (one.due < other.due ? -1 : 1))
}

/** Why a round is due when it is: the rule's key, and its parameters as JSON. */
const ruleWords = (rule: string): string => {
  const [, key, parameters] = /^(\w+)(?: (\{.*\}))?$/.exec(rule) ?? []
  const words = key === 'weekdays_after_as_at' || key === 'date_set_by_council' ? cutOffWords[key] : undefined
  return words ? words(parameters ? JSON.parse(parameters) : {}) : ''
}

inboxRoutes.post(paths.asserted(':which'), async (context) => {
  const { runtime, viewer } = context.var
  const which = context.req.param('which')
  const counts = await assertedCounts(runtime.db.query, viewer.scope)
  const asserted = counts.find((one) => `${one.virtualSchoolId}-${one.schoolId}` === which)
  if (!asserted) return reply.notFound(context)
  if (field(context, 'answer') === 'nobody') {
    await denyPlace(runtime, viewer.scope, asserted)
    return showInbox(context, { done: inboxWords.denied(asserted.council) })
  }
  const keyed = {
    upn: field(context, 'upn'),
    forename: field(context, 'forename'),
    surname: field(context, 'surname'),
    dateOfBirth: field(context, 'dateOfBirth'),
  }
  const outcome = await confirmBlindly(runtime, viewer.scope, asserted, keyed)
  if (outcome === 'too-many') return reply.tooMany(context, 60)
  if (outcome === 'confirmed') return showInbox(context, { done: inboxWords.confirmed(asserted.council) })
  return showInbox(context, { noMatch: which })
})
