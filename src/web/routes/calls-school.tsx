import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { CallsSchoolPage, type ContactTyped } from '../../../templates/pages/calls-school.tsx'
import { RemindSettingsPage } from '../../../templates/pages/remind-settings.tsx'
import { callsWords } from '../../../templates/words/en/calls.ts'
import { day, roundWords } from '../../../templates/words/en/dates.ts'
import { roleIn } from '../../../templates/words/en/roles.ts'
import { may } from '../../access/scope.ts'
import { contactKinds, contactOutcomes, defaultReminderRule, reminderLimits } from '../../domain/chasing.ts'
import { parseTypedDate } from '../../domain/dates.ts'
import { holdsUpn, newPublicId } from '../../domain/identifiers.ts'
import { minutesFor } from '../../domain/return/completeness.ts'
import { worksWithReturns } from '../../domain/scope.ts'
import { isLate } from '../../returns/late.ts'
import { queueOf } from '../../returns/queue.ts'
import { type AuditEntry, audit } from '../../store/audit.ts'
import { actionDone, contactChecks, contactsWith, logContact, noteChecked, openActions } from '../../store/contacts.ts'
import { Conflict } from '../../store/db.ts'
import { peopleOfCouncil } from '../../store/people.ts'
import { reminderSetting, remindersTo, setReminders } from '../../store/reminders.ts'
import { submissionsOf } from '../../store/rounds.ts'
import { type School, schoolById, virtualSchools } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** One school as a virtual school deals with it: its log of calls, its contacts checked, and how reminders are set. */
export const callSchoolRoutes = new Hono<Web>()
callSchoolRoutes.use(`${paths.calls}/*`, signedIn, only('work with returns'))

const schoolIn = (context: WebContext): Promise<School | undefined> =>
  schoolById(context.var.runtime.db.query, context.var.viewer.scope.today, context.req.param('school') ?? '')

const noted = (context: WebContext, action: string, subject: string) => {
  const { runtime, viewer } = context.var
  const entry: AuditEntry = {
    at: runtime.now(),
    person: viewer.person.number,
    part: viewer.named.role,
    action,
    virtualSchool: ownCouncil(context),
    subject,
  }
  return audit(runtime.db.query, entry)
}

/** Who of the virtual school can be given something to do. */
const colleaguesOf = async (context: WebContext) =>
  (await peopleOfCouncil(context.var.runtime.db.query, context.var.viewer.scope)).filter(
    ({ school, role }) => school === 0 && worksWithReturns(role as 'head'),
  )

const showSchool = async (context: WebContext, school: School, values: ContactTyped, toMend: readonly ToMend[]) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [queue, people, colleagues, checks, contacts, reminders, submissions, councils] = await Promise.all([
    queueOf(runtime, viewer.scope),
    peopleOfCouncil(query, viewer.scope),
    colleaguesOf(context),
    contactChecks(query, viewer.scope),
    contactsWith(query, viewer.scope, school.number),
    remindersTo(query, viewer.scope, school.number),
    submissionsOf(query, viewer.scope),
    virtualSchools(query),
  ])
  const owing = queue.schools.find((one) => one.school.number === school.number)
  const own = people.filter((person) => person.school === school.number)
  return reply.page(
    context,
    <CallsSchoolPage
      frame={frameOf(context)}
      today={viewer.scope.today}
      school={{
        id: school.id,
        name: school.name,
        area: councils.find(({ laCode }) => laCode === school.laCode)?.name ?? school.laCode,
      }}
      people={own.map(({ name, role, email, schoolPhase }) => ({
        name: name || email,
        role: roleIn(role, [schoolPhase]),
        email,
      }))}
      hasLead={own.some(({ role }) => role === 'designated_teacher')}
      checked={checks.get(school.number) ?? null}
      owed={(owing?.owed ?? []).map(({ round, dates, standing, questions }) => ({
        round: round.id,
        name: roundWords(round.term, round.academicYear),
        state: standing,
        due: dates.due,
        extended: dates.extended !== null,
        reopened: dates.reopened !== null,
        questions,
        minutes: minutesFor(questions),
      }))}
      returns={submissions
        .filter((one) => one.school === school.number)
        .slice(0, 12)
        .map((one) => ({
          name: roundWords(one.term, one.academicYear),
          pupils: one.pupils,
          at: one.at,
          lateFor: isLate(one) ? one.dueThen : null,
          withdrawn: one.state === 'withdrawn',
        }))}
      contacts={contacts}
      reminders={reminders}
      colleagues={[...new Map(colleagues.map(({ person, name, email }) => [person, name || email]))].map(
        ([id, name]) => ({ id, name }),
      )}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

callSchoolRoutes.get(paths.callsSchool(':school'), async (context) => {
  const { viewer } = context.var
  const school = await schoolIn(context)
  if (!school) return reply.notFound(context)
  return showSchool(
    context,
    school,
    {
      ...{ kind: 'call', day: day(viewer.scope.today), withWhom: '', said: '', outcome: '', minutes: '' },
      ...{ what: '', owner: viewer.person.id, actionDue: '' },
    },
    [],
  )
})

const typedIn = (context: WebContext): ContactTyped => ({
  kind: field(context, 'kind'),
  day: field(context, 'day').slice(0, 40),
  withWhom: field(context, 'withWhom').slice(0, 300),
  said: field(context, 'said').slice(0, 1000),
  outcome: field(context, 'outcome'),
  minutes: field(context, 'minutes').slice(0, 4),
  what: field(context, 'what').slice(0, 200),
  owner: field(context, 'owner'),
  actionDue: field(context, 'actionDue').slice(0, 40),
})

callSchoolRoutes.post(paths.callsLog(':school'), async (context) => {
  const { runtime, viewer } = context.var
  const school = await schoolIn(context)
  if (!school) return reply.notFound(context)
  const typed = typedIn(context)
  const words = callsWords.toMend
  const kind = contactKinds.find((one) => one === typed.kind)
  const outcome = contactOutcomes.find((one) => one === typed.outcome)
  const when = parseTypedDate(typed.day)
  const minutes = typed.minutes === '' ? null : /^\d{1,3}$/.test(typed.minutes) ? Number(typed.minutes) : undefined
  const owner = (await colleaguesOf(context)).find(({ person }) => person === typed.owner)
  const due = parseTypedDate(typed.actionDue)
  const toMend: ToMend[] = [
    ...(kind ? [] : [{ field: 'kind', text: words.kind }]),
    ...(when ? [] : [{ field: 'day', text: words.day }]),
    ...(when && when > viewer.scope.today ? [{ field: 'day', text: words.future }] : []),
    ...(minutes === undefined || (minutes ?? 0) > 600 ? [{ field: 'minutes', text: words.minutes }] : []),
    ...(typed.withWhom === '' ? [{ field: 'withWhom', text: words.withWhom }] : []),
    ...(outcome ? [] : [{ field: 'outcome', text: words.outcome }]),
    ...(['withWhom', 'said', 'what'] as const).flatMap((name) =>
      holdsUpn(typed[name]) ? [{ field: name, text: words.upn }] : [],
    ),
    ...(typed.what !== '' && !owner ? [{ field: 'owner', text: words.owner }] : []),
    ...(typed.what !== '' && !due ? [{ field: 'actionDue', text: words.actionBy }] : []),
  ]
  if (toMend.length > 0 || !kind || !outcome || !when || minutes === undefined)
    return showSchool(context, school, typed, toMend)
  const id = newPublicId()
  await runtime.db.commit([
    ...logContact(runtime.db.query, {
      ...{ id, virtualSchool: ownCouncil(context), school: school.number, kind, day: when, minutes, outcome },
      ...{ withWhom: typed.withWhom, said: typed.said, at: runtime.now(), by: viewer.person.number },
      action: typed.what !== '' && owner && due ? { what: typed.what, owner: owner.personNumber, due } : null,
    }),
    noted(context, 'contact logged', id),
  ])
  return reply.goTo(context, paths.callsSchool(school.id))
})

callSchoolRoutes.post(paths.callsChecked(':school'), async (context) => {
  const { runtime, viewer } = context.var
  const school = await schoolIn(context)
  if (!school) return reply.notFound(context)
  await runtime.db.commit([
    noteChecked({
      virtualSchool: ownCouncil(context),
      school: school.number,
      day: viewer.scope.today,
      at: runtime.now(),
      by: viewer.person.number,
    }),
    noted(context, 'contacts checked', school.id),
  ])
  return reply.goTo(context, paths.callsSchool(school.id))
})

callSchoolRoutes.post(paths.callsDone(':contact'), async (context) => {
  const { runtime, viewer } = context.var
  const open = await openActions(runtime.db.query, viewer.scope)
  const contact = open.find(({ id }) => id === context.req.param('contact'))
  if (!contact) return reply.notFound(context)
  try {
    await runtime.db.commit([
      actionDone(contact.id, runtime.now(), viewer.person.number),
      noted(context, 'action done', contact.id),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return reply.changedMeanwhile(context, paths.calls)
    throw problem
  }
  return reply.goTo(context, paths.calls)
})

type SettingTyped = { readonly aWeek: string; readonly daysBefore: string; readonly reason: string }

const showSettings = async (context: WebContext, typed: SettingTyped | undefined, toMend: readonly ToMend[]) => {
  const { runtime, viewer } = context.var
  const set = await reminderSetting(runtime.db.query, viewer.scope)
  const rule = set ?? defaultReminderRule(viewer.scope.today)
  return reply.page(
    context,
    <RemindSettingsPage
      frame={frameOf(context)}
      aWeek={rule.aWeek}
      source={'source' in rule ? rule.source : null}
      set={set ?? null}
      maySet={may(viewer.part, 'run rounds')}
      seen={(set?.version ?? 0) + 1}
      values={typed ?? { aWeek: String(rule.aWeek), daysBefore: String(rule.daysBefore), reason: '' }}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

callSchoolRoutes.get(paths.callsSettings, (context) => showSettings(context, undefined, []))

const upTo = (typed: string, most: number): number | undefined =>
  /^\d{1,2}$/.test(typed) && Number(typed) <= most ? Number(typed) : undefined

callSchoolRoutes.post(paths.callsSettings, only('run rounds'), async (context) => {
  const { runtime, viewer } = context.var
  const typed: SettingTyped = {
    aWeek: field(context, 'aWeek').slice(0, 4),
    daysBefore: field(context, 'daysBefore').slice(0, 4),
    reason: field(context, 'reason').slice(0, 300),
  }
  const words = callsWords.settingsToMend
  const aWeek = upTo(typed.aWeek, reminderLimits.aWeek)
  const daysBefore = upTo(typed.daysBefore, reminderLimits.daysBefore)
  const toMend: ToMend[] = [
    ...(aWeek === undefined ? [{ field: 'aWeek', text: words.aWeek }] : []),
    ...(daysBefore === undefined ? [{ field: 'daysBefore', text: words.daysBefore }] : []),
    ...(typed.reason === '' ? [{ field: 'reason', text: words.reason }] : []),
  ]
  if (toMend.length > 0 || aWeek === undefined || daysBefore === undefined) return showSettings(context, typed, toMend)
  const version = Number(/^\d{1,6}$/.exec(field(context, 'seen'))?.[0] ?? '1')
  const at = runtime.now()
  try {
    await runtime.db.commit([
      setReminders(runtime.db.query, ownCouncil(context), {
        ...{ version, aWeek, daysBefore, reason: typed.reason, at, by: viewer.person.number },
      }),
      noted(context, 'reminders set', String(version)),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return reply.changedMeanwhile(context, paths.callsSettings)
    throw problem
  }
  return reply.goTo(context, paths.callsSettings)
})
