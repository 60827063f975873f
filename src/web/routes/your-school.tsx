import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { paths } from '../../../templates/components/paths.ts'
import { type AdminField, AdminForm } from '../../../templates/pages/admin-form.tsx'
import { SignedOutPage } from '../../../templates/pages/sign-in.tsx'
import { YourSchoolPage } from '../../../templates/pages/your-school.tsx'
import { adminWords } from '../../../templates/words/en/admin.ts'
import { roleIn } from '../../../templates/words/en/roles.ts'
import { parseTypedDate, plusDays } from '../../domain/dates.ts'
import { schoolRoles } from '../../domain/scope.ts'
import { recordForm } from '../../intake/record-form.ts'
import { audit } from '../../store/audit.ts'
import { type Appointed, endSessions, peopleAtOwnSchools, sessionsOf, vouchedFor } from '../../store/people.ts'
import { ownSchools, type School } from '../../store/schools.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { cookieName, only, signedIn } from '../viewer.ts'

/** Who answers at a school, named by the school itself; and where the reader is signed in. */
export const yourSchoolRoutes = new Hono<Web>()
yourSchoolRoutes.use(paths.yourSchool, signedIn, only('run own school'))
yourSchoolRoutes.use(`${paths.yourSchool}/*`, signedIn, only('run own school'))

/** A lead appoints deputies and colleagues; a deputy appoints colleagues. Nobody appoints above or beside themselves. */
const mayAppoint = (role: string): readonly string[] => {
  if (role === 'designated_teacher') return ['deputy', 'colleague']
  return role === 'deputy' ? ['colleague'] : []
}

yourSchoolRoutes.get(paths.yourSchool, async (context) => {
  const { runtime, viewer } = context.var
  const [people, schools, sessions] = await Promise.all([
    peopleAtOwnSchools(runtime.db.query, viewer.scope),
    ownSchools(runtime.db.query, viewer.scope),
    sessionsOf(runtime.db.query, viewer.person.number, runtime.now()),
  ])
  const shown = [...new Map(people.map((one) => [`${one.person}/${one.role}`, one])).values()]
  const appointable = mayAppoint(viewer.named.role)
  return reply.page(
    context,
    <YourSchoolPage
      frame={frameOf(context)}
      school={viewer.named.at}
      people={shown.map((one) => ({
        id: one.person,
        name: one.name,
        email: one.email,
        role: roleIn(one.role, [one.schoolPhase]),
        you: one.personNumber === viewer.person.number,
        firstDay: one.firstDay,
        lastDay: one.lastDay,
        mayEnd: appointable.includes(one.role),
      }))}
      schools={schools.map(({ id, name }) => ({ id, name }))}
      hasDeputy={shown.some(({ role }) => role === 'deputy')}
      mayAdd={appointable.length > 0}
      sessions={sessions.map((one) => ({
        here: one.id === viewer.session.id,
        since: one.createdAt,
        until: one.expiresAt,
      }))}
    />,
  )
})

type Typed = { readonly name: string; readonly email: string; readonly role: string; readonly school: string }

const showAdd = async (context: WebContext, typed: Typed, toMend: readonly { text: string; field: string }[]) => {
  const { runtime, viewer } = context.var
  const schools = await ownSchools(runtime.db.query, viewer.scope)
  const fields: readonly AdminField[] = [
    { name: 'name', kind: 'text', value: typed.name, longest: 120 },
    { name: 'email', kind: 'email', value: typed.email, longest: 254 },
    {
      name: 'role',
      kind: 'select',
      value: typed.role,
      options: mayAppoint(viewer.named.role).map((value) => ({ value, text: roleIn(value) })),
    },
    ...(schools.length > 1
      ? [
          {
            name: 'school' as const,
            kind: 'select' as const,
            value: typed.school,
            options: schools.map(({ id, name }) => ({ value: id, text: name })),
          },
        ]
      : []),
  ]
  return reply.page(
    context,
    <AdminForm
      frame={frameOf(context)}
      form="colleagueAdd"
      here="yourSchool"
      action={paths.yourSchoolAdd}
      backTo={paths.yourSchool}
      fields={fields}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

yourSchoolRoutes.get(paths.yourSchoolAdd, (context) =>
  mayAppoint(context.var.viewer.named.role).length === 0
    ? reply.notFound(context)
    : showAdd(context, { name: '', email: '', role: '', school: '' }, []),
)

const appoint = async (
  context: WebContext,
  school: School,
  person: { readonly email: string; readonly name: string; readonly role: string; readonly lastDay: string | null },
) => {
  const { runtime, viewer } = context.var
  const lastDay = person.lastDay === null ? null : (parseTypedDate(person.lastDay) ?? null)
  for (const virtualSchool of await vouchedFor(runtime.db.query, viewer.scope, school.number))
    await recordForm(
      runtime,
      { virtualSchool, by: viewer.person.number, via: 'form' },
      {
        kind: 'staff',
        email: person.email,
        name: person.name,
        role: person.role,
        urn: school.urn,
        firstDay: person.lastDay === null ? viewer.scope.today : null,
        lastDay,
      },
    )
  await runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: 'school',
      action: lastDay === null ? 'colleague appointed' : 'colleague ended',
      subject: school.id,
    }),
  ])
}

yourSchoolRoutes.post(paths.yourSchoolAdd, async (context) => {
  const { runtime, viewer } = context.var
  const typed: Typed = {
    name: field(context, 'name').slice(0, 120),
    email: field(context, 'email').toLowerCase(),
    role: field(context, 'role'),
    school: field(context, 'school'),
  }
  const words = adminWords.toMend
  const toMend = [
    ...(typed.name === '' ? [{ text: words.name, field: 'name' }] : []),
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.email) ? [] : [{ text: words.email, field: 'email' }]),
    ...(mayAppoint(viewer.named.role).includes(typed.role) ? [] : [{ text: words.role, field: 'role' }]),
  ]
  if (toMend.length > 0) return showAdd(context, typed, toMend)
  const schools = await ownSchools(runtime.db.query, viewer.scope)
  const school = typed.school === '' ? schools[0] : schools.find(({ id }) => id === typed.school)
  if (!school) return reply.notFound(context)
  await appoint(context, school, { ...typed, lastDay: null })
  return reply.goTo(context, paths.yourSchool)
})

const colleagueOf = async (context: WebContext): Promise<Appointed | undefined> => {
  const { runtime, viewer } = context.var
  const people = await peopleAtOwnSchools(runtime.db.query, viewer.scope)
  return people.find(
    (one) => one.person === context.req.param('person') && mayAppoint(viewer.named.role).includes(one.role),
  )
}

const showEnd = (
  context: WebContext,
  one: Appointed,
  typed: string,
  toMend: readonly { text: string; field: string }[],
) =>
  reply.page(
    context,
    <AdminForm
      frame={frameOf(context)}
      form="colleagueEnd"
      here="yourSchool"
      action={paths.yourSchoolEnd(one.person)}
      backTo={paths.yourSchool}
      about={one.name}
      fields={[{ name: 'lastDay', kind: 'date', value: typed }]}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )

yourSchoolRoutes.get(paths.yourSchoolEnd(':person'), async (context) => {
  const one = await colleagueOf(context)
  return one ? showEnd(context, one, '', []) : reply.notFound(context)
})

yourSchoolRoutes.post(paths.yourSchoolEnd(':person'), async (context) => {
  const { runtime, viewer } = context.var
  const one = await colleagueOf(context)
  if (!one) return reply.notFound(context)
  const typed = field(context, 'lastDay')
  const lastDay = parseTypedDate(typed)
  if (!lastDay || lastDay > plusDays(viewer.scope.today, 400))
    return showEnd(context, one, typed, [{ text: adminWords.toMend.day, field: 'lastDay' }])
  const school = (await ownSchools(runtime.db.query, viewer.scope)).find(({ number }) => number === one.school)
  if (!school || !schoolRoles.some((role) => role === one.role)) return reply.notFound(context)
  await appoint(context, school, { email: one.email, name: one.name, role: one.role, lastDay })
  return reply.goTo(context, paths.yourSchool)
})

yourSchoolRoutes.post(paths.sessionsEnd, signedIn, async (context) => {
  const { runtime, viewer, demo } = context.var
  await runtime.db.commit([endSessions(runtime.db.query, viewer.person.number, runtime.now())])
  deleteCookie(context, cookieName(context, 'vsx-session'), { path: '/' })
  context.header('clear-site-data', '"cache", "cookies", "storage"')
  return reply.page(context, <SignedOutPage demo={demo} everywhere />)
})
