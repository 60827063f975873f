import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { type ListedPerson, PeoplePage } from '../../../templates/pages/schools.tsx'
import { roleIn } from '../../../templates/words/en/roles.ts'
import { councilRoles, schoolRoles } from '../../domain/scope.ts'
import { type Appointed, peopleOfCouncil } from '../../store/people.ts'
import { schoolsByNumber, schoolsOfCouncil, virtualSchools } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { frameOf, reply } from '../reply.tsx'
import { type RollForm, recordRollForm, showRollForm } from '../roll-form.tsx'
import { only, signedIn } from '../viewer.ts'

/** Everybody who can sign in for a virtual school, or for a school as that virtual school vouches. */
export const peopleRoutes = new Hono<Web>()
peopleRoutes.use(paths.people, signedIn, only('keep people'))
peopleRoutes.use(`${paths.people}/*`, signedIn, only('keep people'))

/** A person as lists show them: by their school, or by the council's own team. */
export const listedPerson = (one: Appointed, council: string): ListedPerson => ({
  id: `${one.person}.${one.schoolId}.${one.role}`,
  name: one.name,
  email: one.email,
  role: roleIn(one.role, [one.schoolPhase]),
  place: one.schoolName === '' ? council : one.schoolName,
  firstDay: one.firstDay,
  lastDay: one.lastDay,
})

peopleRoutes.get(paths.people, async (context) => {
  const { runtime, viewer } = context.var
  const people = await peopleOfCouncil(runtime.db.query, viewer.scope)
  return reply.page(
    context,
    <PeoplePage frame={frameOf(context)} people={people.map((one) => listedPerson(one, viewer.named.at))} mayEdit />,
  )
})

const addForm = async (context: WebContext): Promise<RollForm> => {
  const schools = await schoolsOfCouncil(context.var.runtime.db.query, context.var.viewer.scope)
  return {
    form: 'personAdd',
    here: 'people',
    action: paths.peopleAdd,
    backTo: paths.people,
    fields: [
      { name: 'name', kind: 'text', column: 'name', longest: 120 },
      { name: 'email', kind: 'email', column: 'email', longest: 254 },
      {
        name: 'role',
        kind: 'select',
        column: 'role',
        options: [...schoolRoles, ...councilRoles].map((value) => ({ value, text: roleIn(value) })),
      },
      {
        name: 'school',
        kind: 'select',
        column: 'urn',
        value: context.req.query('school') ?? '',
        options: schools.filter(({ urn }) => urn !== '').map(({ urn, name }) => ({ value: urn, text: name })),
      },
      { name: 'firstDay', kind: 'date', column: 'first_day' },
    ],
  }
}

peopleRoutes.get(paths.peopleAdd, async (context) => showRollForm(context, await addForm(context)))

peopleRoutes.post(paths.peopleAdd, async (context) =>
  recordRollForm(context, await addForm(context), ownCouncil(context), paths.people),
)

const endForm = async (context: WebContext): Promise<RollForm | undefined> => {
  const { runtime, viewer } = context.var
  const council = (await virtualSchools(runtime.db.query)).find(({ number }) => number === ownCouncil(context))
  const people = await peopleOfCouncil(runtime.db.query, viewer.scope)
  const named = context.req.param('person')
  const one = people.find((other) => listedPerson(other, '').id === named)
  if (!one || !council) return undefined
  const schools = await schoolsByNumber(runtime.db.query, viewer.scope.today, [one.school])
  const urn = schools.get(one.school)?.urn ?? ''
  return {
    form: 'personEnd',
    here: 'people',
    action: paths.personEnd(named ?? ''),
    backTo: paths.people,
    about: one.name,
    fields: [{ name: 'lastDay', kind: 'date', column: 'last_day' }],
    fixed: { email: one.email, name: one.name, role: one.role, urn },
  }
}

peopleRoutes.get(paths.personEnd(':person'), async (context) => {
  const form = await endForm(context)
  return form ? showRollForm(context, form) : reply.notFound(context)
})

peopleRoutes.post(paths.personEnd(':person'), async (context) => {
  const form = await endForm(context)
  return form ? recordRollForm(context, form, ownCouncil(context), paths.people) : reply.notFound(context)
})
