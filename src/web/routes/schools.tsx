import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { SchoolPage, SchoolsPage } from '../../../templates/pages/schools.tsx'
import { peopleOfCouncil } from '../../store/people.ts'
import { ownPupilsAtSchools } from '../../store/pupils.ts'
import { settingChecks } from '../../store/register.ts'
import { schoolById, schoolsOfCouncil, urnsOf, virtualSchools } from '../../store/schools.ts'
import { ownCouncil, type Web } from '../context.ts'
import { frameOf, reply } from '../reply.tsx'
import { type RollForm, recordRollForm, showRollForm } from '../roll-form.tsx'
import { only, signedIn } from '../viewer.ts'
import { listedPerson } from './people.tsx'
import { schoolsToSettle } from './school-register.tsx'

/** Schools as continuing places, with who leads there for this council's children. */
export const schoolRoutes = new Hono<Web>()
schoolRoutes.use(paths.schools, signedIn, only('keep people'))
schoolRoutes.use(`${paths.schools}/*`, signedIn, only('keep people'))

const addForm: RollForm = {
  form: 'schoolAdd',
  here: 'schools',
  action: paths.schoolAdd,
  backTo: paths.schools,
  fields: [
    { name: 'schoolName', kind: 'text', column: 'school_name', longest: 120 },
    { name: 'urn', kind: 'text', column: 'urn', longest: 6 },
    { name: 'previousUrn', kind: 'text', column: 'previous_urn', longest: 6 },
    { name: 'urnFirstDay', kind: 'date', column: 'urn_first_day' },
    { name: 'phase', kind: 'text', column: 'phase', longest: 60 },
    { name: 'laCode', kind: 'text', column: 'la_code', longest: 3 },
    {
      name: 'country',
      kind: 'select',
      column: 'country',
      value: 'England',
      options: ['England', 'Wales'].map((value) => ({ value, text: value })),
    },
  ],
}

schoolRoutes.get(paths.schoolAdd, (context) => showRollForm(context, addForm))

schoolRoutes.post(paths.schoolAdd, (context) => recordRollForm(context, addForm, ownCouncil(context), paths.schools))

schoolRoutes.get(paths.schools, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [schools, people, pupils, councils, toSettle] = await Promise.all([
    schoolsOfCouncil(query, viewer.scope),
    peopleOfCouncil(query, viewer.scope),
    ownPupilsAtSchools(query, viewer.scope),
    virtualSchools(query),
    schoolsToSettle(context),
  ])
  const own = councils.find(({ number }) => number === ownCouncil(context))?.laCode
  return reply.page(
    context,
    <SchoolsPage
      frame={frameOf(context)}
      mayAdd
      toSettle={toSettle}
      schools={schools.map((school) => ({
        id: school.id,
        name: school.name,
        urn: school.urn,
        elsewhere:
          school.laCode === own
            ? null
            : (councils.find(({ laCode }) => laCode === school.laCode)?.name ?? school.laCode),
        pupils: pupils.get(school.number) ?? 0,
        lead: people.find((one) => one.school === school.number && one.role === 'designated_teacher')?.name ?? null,
      }))}
    />,
  )
})

schoolRoutes.get(paths.school(':school'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const school = await schoolById(query, viewer.scope.today, context.req.param('school') ?? '')
  if (!school) return reply.notFound(context)
  const [people, councils, urns, checks] = await Promise.all([
    peopleOfCouncil(query, viewer.scope),
    virtualSchools(query),
    urnsOf(query, school.number),
    settingChecks(query, viewer.scope, school.number),
  ])
  return reply.page(
    context,
    <SchoolPage
      frame={frameOf(context)}
      name={school.name}
      phase={school.phase}
      area={councils.find(({ laCode }) => laCode === school.laCode)?.name ?? school.laCode}
      urns={urns.map(({ urn, firstDay }) => ({ urn, from: firstDay }))}
      people={people.filter((one) => one.school === school.number).map((one) => listedPerson(one, viewer.named.at))}
      checks={checks}
      mayEdit
      addPerson={`${paths.peopleAdd}?school=${school.urn}`}
    />,
  )
})
