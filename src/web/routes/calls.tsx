import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { reminderEmail } from '../../../templates/emails/emails.ts'
import { type CallsFilter, CallsPage, RemindPage, type RemindProps } from '../../../templates/pages/calls.tsx'
import { phaseWords } from '../../../templates/words/en/calls.ts'
import { shortDay } from '../../../templates/words/en/dates.ts'
import { may } from '../../access/scope.ts'
import { todayInLondon } from '../../domain/dates.ts'
import type { Phase } from '../../domain/return/item.ts'
import { type OwingSchool, queueOf } from '../../returns/queue.ts'
import { remindSchool } from '../../returns/remind.ts'
import { openActions } from '../../store/contacts.ts'
import { schoolById, schoolNames, virtualSchools } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { fields } from '../guards.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** Who owes a return, longest overdue first, with what is to be done, and reminders to some of them. */
export const callRoutes = new Hono<Web>()
callRoutes.use(paths.calls, signedIn, only('work with returns'))
callRoutes.use(`${paths.calls}/*`, signedIn, only('work with returns'))

const isPhase = (text: string): text is Phase => Object.hasOwn(phaseWords, text)

const filterOf = (context: WebContext): CallsFilter => {
  const area = context.req.query('area')
  const stage = context.req.query('stage') ?? ''
  return {
    area: area === 'here' || area === 'elsewhere' ? area : 'all',
    state: context.req.query('state') === 'overdue' ? 'overdue' : 'all',
    stage: isPhase(stage) ? stage : 'all',
  }
}

const passes = (one: OwingSchool, { area, state, stage }: CallsFilter) =>
  (area === 'all' || one.here === (area === 'here')) &&
  (state === 'all' || one.daysOverdue > 0) &&
  (stage === 'all' || one.phases.has(stage))

const pageSize = 25

const countIn = (context: WebContext, name: string) =>
  Number(/^\d{1,5}$/.exec(context.req.query(name) ?? '')?.[0] ?? '0')

callRoutes.get(paths.calls, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [queue, actions, councils] = await Promise.all([
    queueOf(runtime, viewer.scope),
    openActions(query, viewer.scope),
    virtualSchools(query),
  ])
  const schools = await schoolNames(
    query,
    actions.map(({ school }) => school),
  )
  const filter = filterOf(context)
  const filtered = queue.schools.filter((one) => passes(one, filter))
  const from = Math.max(0, Math.min(countIn(context, 'from'), Math.max(0, filtered.length - 1)))
  const said = context.req.query('sent') !== undefined
  return reply.page(
    context,
    <CallsPage
      frame={frameOf(context)}
      today={viewer.scope.today}
      owing={queue.schools.length}
      overdue={queue.schools.filter(({ daysOverdue }) => daysOverdue > 0).length}
      term={queue.term}
      coverage={queue.coverage}
      cost={queue.cost}
      actions={actions.flatMap(({ id, school, action }) => {
        const at = schools.get(school)
        return action && at
          ? [{ id, school: { id: at.id, name: at.name }, what: action.what, owner: action.owner, due: action.due }]
          : []
      })}
      filter={filter}
      schools={filtered.slice(from, from + pageSize).map((one) => ({
        id: one.school.id,
        name: one.school.name,
        elsewhere: one.here
          ? null
          : (councils.find(({ laCode }) => laCode === one.school.laCode)?.name ?? one.school.laCode),
        due: one.owed[0]?.dates.due ?? viewer.scope.today,
        daysOverdue: one.daysOverdue,
        extended: one.owed.some(({ dates }) => dates.extended !== null),
        reopened: one.owed.some(({ dates }) => dates.reopened !== null),
        questions: one.questions,
        minutes: one.minutes,
        lastContact: one.lastContact && shortDay(one.lastContact),
        reminded: one.remindedAt && shortDay(todayInLondon(one.remindedAt)),
        lead: one.lead ? one.lead.name || one.lead.email : null,
        checkedOn: one.checkedOn,
        next: one.next === 'lead' && !may(viewer.part, 'keep people') ? 'call' : one.next,
      }))}
      page={{ from, of: filtered.length, size: pageSize }}
      aWeek={queue.rule.aWeek}
      sent={said ? { sent: countIn(context, 'sent'), not: countIn(context, 'not') } : null}
    />,
  )
})

const nameOf = ({ name, email }: { readonly name: string; readonly email: string }) => name || email

callRoutes.get(paths.callsRemind, async (context) => {
  const { runtime, viewer } = context.var
  const queue = await queueOf(runtime, viewer.scope)
  const named = context.req.queries('school') ?? []
  const filter = filterOf(context)
  const chosen = queue.schools.filter((one) => (named.length > 0 ? named.includes(one.school.id) : passes(one, filter)))
  const goes = chosen.filter(({ reminder }) => reminder === 'goes')
  const first = goes[0]?.owed[0]
  const others = named.filter((id) => !chosen.some(({ school }) => school.id === id))
  const owingNothing = await Promise.all(others.map((id) => schoolById(runtime.db.query, viewer.scope.today, id)))
  const stays: RemindProps['stays'] = [
    ...chosen.flatMap(({ reminder, school }) =>
      reminder === 'goes' ? [] : [{ id: school.id, name: school.name, why: reminder }],
    ),
    ...owingNothing.flatMap((one) => (one ? [{ id: one.id, name: one.name, why: 'in' as const }] : [])),
  ]
  return reply.page(
    context,
    <RemindPage
      frame={frameOf(context)}
      aWeek={queue.rule.aWeek}
      goes={goes.map((one) => ({
        id: one.school.id,
        name: one.school.name,
        to: one.answering.map(nameOf),
        due: one.owed[0]?.dates.due ?? viewer.scope.today,
        ordinal: one.remindedInWeek + 1,
      }))}
      stays={stays}
      mail={
        first
          ? reminderEmail({
              council: first.round.council,
              term: first.round.term,
              academicYear: first.round.academicYear,
              due: first.dates.due,
              today: viewer.scope.today,
              address: `${runtime.config.origin}${paths.inbox}`,
            })
          : null
      }
    />,
  )
})

callRoutes.post(paths.callsRemind, async (context) => {
  const { runtime, viewer } = context.var
  const queue = await queueOf(runtime, viewer.scope)
  const by = { virtualSchool: ownCouncil(context), by: viewer.person.number, part: viewer.named.role }
  let [sent, not] = [0, 0]
  for (const to of new Set(fields(context, 'to'))) {
    const [, id, ordinal] = /^(\w{1,40}):(\d{1,2})$/.exec(to) ?? []
    const owing = queue.schools.find(({ school }) => school.id === id)
    const outcome = owing ? await remindSchool(runtime, queue, owing, Number(ordinal), by) : 'meanwhile'
    if (outcome === 'sent') sent += 1
    else not += 1
  }
  void runtime.start({ name: 'send-mail' }).catch(() => undefined)
  return reply.goTo(context, `${paths.calls}?sent=${sent}&not=${not}`)
})
