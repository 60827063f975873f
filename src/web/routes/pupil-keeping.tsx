import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import type { AdminField } from '../../../templates/pages/admin-form.tsx'
import { itemWords } from '../../../templates/words/en/items.ts'
import { keepingWords } from '../../../templates/words/en/keeping.ts'
import { itemOf } from '../../domain/return/dictionary.ts'
import { audit } from '../../store/audit.ts'
import { namedSchoolsOf, settleNamedSchool } from '../../store/named-schools.ts'
import { type ListedPupil, placesOf, pupilById, sealPupil } from '../../store/pupils.ts'
import { schoolById, schoolsOfCouncil } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { reply } from '../reply.tsx'
import { type RollForm, recordRollForm, showRollForm, typedIn } from '../roll-form.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** Small forms that keep one pupil's record: adding it, care, places, and what guards it. */
export const pupilKeepingRoutes = new Hono<Web>()
for (const path of [
  paths.pupilAdd,
  paths.pupilCareEnd(':pupil'),
  paths.pupilPlaceAdd(':pupil'),
  paths.pupilPlaceEnd(':pupil', ':place'),
  paths.pupilGuards(':pupil'),
  paths.namedSchool(':pupil'),
])
  pupilKeepingRoutes.use(path, signedIn, only('keep pupils'))

const optionsOf = (code: string) => {
  const type = itemOf(code)?.type
  const words = itemWords[code]?.options
  return type?.kind === 'choice' ? type.options.map((value) => ({ value, text: words?.[value] ?? value })) : []
}

const addForm: RollForm = {
  form: 'pupilAdd',
  here: 'pupils',
  action: paths.pupilAdd,
  backTo: paths.pupils,
  fields: [
    { name: 'childReference', kind: 'text', column: 'child_reference', longest: 60 },
    { name: 'forename', kind: 'text', column: 'forename', longest: 80 },
    { name: 'surname', kind: 'text', column: 'surname', longest: 80 },
    { name: 'dateOfBirth', kind: 'date', column: 'date_of_birth' },
    { name: 'upn', kind: 'text', column: 'upn', longest: 20 },
    { name: 'yearGroup', kind: 'select', column: 'year_group', options: optionsOf('year_group') },
    { name: 'careFirstDay', kind: 'date', column: 'care_first_day' },
    { name: 'socialWorkerName', kind: 'text', column: 'social_worker_name', longest: 120 },
    { name: 'socialWorkerEmail', kind: 'email', column: 'social_worker_email', longest: 254 },
  ],
}

pupilKeepingRoutes.get(paths.pupilAdd, (context) => showRollForm(context, addForm))
pupilKeepingRoutes.post(paths.pupilAdd, (context) =>
  recordRollForm(context, addForm, ownCouncil(context), paths.pupils),
)

/** The pupil a form is about, where the viewer may open the record; opening the form is noted like any other look. */
const pupilOf = async (context: WebContext): Promise<ListedPupil | undefined> => {
  const { runtime, viewer } = context.var
  if (viewer.part.kind !== 'council') return undefined
  const pupil = await pupilById(runtime.db.query, viewer.scope, context.req.param('pupil') ?? '')
  if (pupil) await noteSeen(context, [pupil.number], 'record kept', context.req.routePath)
  return pupil
}

pupilKeepingRoutes.post(paths.namedSchool(':pupil'), async (context) => {
  const { runtime, viewer } = context.var
  const pupil = await pupilOf(context)
  const questions = pupil ? await namedSchoolsOf(runtime.db.query, viewer.scope, pupil.number) : []
  const said = field(context, 'school')
  const question = questions.find(({ laCode, establishment, urn }) => `${laCode}/${establishment}/${urn}` === said)
  if (!pupil || !question) return reply.notFound(context)
  const at = runtime.now()
  await runtime.db.commit([
    settleNamedSchool(pupil.number, question, viewer.person.number, at),
    audit(runtime.db.query, {
      at,
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'named school settled',
      pupil: pupil.number,
      virtualSchool: ownCouncil(context),
      subject: pupil.id,
    }),
  ])
  return reply.goTo(context, paths.pupil(pupil.id))
})

const careEnds = ['adopted', 'special_guardianship', 'returned_home', 'turned_18', 'other_council', 'other'] as const

const careForm = (pupil: ListedPupil): RollForm => ({
  form: 'careEnd',
  here: 'pupils',
  action: paths.pupilCareEnd(pupil.id),
  backTo: paths.pupil(pupil.id),
  about: pupil.childReference,
  fields: [
    { name: 'lastDay', kind: 'date', column: 'care_last_day' },
    {
      name: 'reason',
      kind: 'select',
      column: 'care_end_reason',
      options: careEnds.map((value) => ({ value, text: keepingWords.careEnds[value] })),
    },
  ],
  fixed: { child_reference: pupil.childReference },
})

pupilKeepingRoutes.get(paths.pupilCareEnd(':pupil'), async (context) => {
  const pupil = await pupilOf(context)
  return pupil ? showRollForm(context, careForm(pupil)) : reply.notFound(context)
})

pupilKeepingRoutes.post(paths.pupilCareEnd(':pupil'), async (context) => {
  const pupil = await pupilOf(context)
  if (!pupil) return reply.notFound(context)
  const form = careForm(pupil)
  const typed = typedIn(context, form)
  if (typed['lastDay'] === '' || typed['reason'] === '')
    return showRollForm(context, form, typed, [
      { text: keepingWords.careEndNeeds, field: typed['lastDay'] === '' ? 'lastDay' : 'reason' },
    ])
  const sealed = typed['reason'] === 'adopted'
  return recordRollForm(context, form, ownCouncil(context), sealed ? paths.pupils : paths.pupil(pupil.id))
})

const statuses: readonly AdminField['value'][] = ['C', 'M', 'S', 'G', 'F', 'O']

const placeForm = async (context: WebContext, pupil: ListedPupil): Promise<RollForm> => {
  const schools = await schoolsOfCouncil(context.var.runtime.db.query, context.var.viewer.scope)
  return {
    form: 'placeAdd',
    here: 'pupils',
    action: paths.pupilPlaceAdd(pupil.id),
    backTo: paths.pupil(pupil.id),
    about: pupil.childReference,
    fields: [
      {
        name: 'school',
        kind: 'select',
        column: 'urn',
        options: schools.filter(({ urn }) => urn !== '').map(({ urn, name }) => ({ value: urn, text: name })),
      },
      { name: 'firstDay', kind: 'date', column: 'first_day' },
      {
        name: 'enrolmentStatus',
        kind: 'select',
        column: 'enrolment_status',
        value: 'C',
        options: optionsOf('status').filter(({ value }) => statuses.includes(value)),
      },
      {
        name: 'confirmedHow',
        kind: 'select',
        column: 'confirmed_how',
        options: [{ value: 'call', text: keepingWords.confirmedByCall }],
      },
    ],
    fixed: { child_reference: pupil.childReference },
  }
}

pupilKeepingRoutes.get(paths.pupilPlaceAdd(':pupil'), async (context) => {
  const pupil = await pupilOf(context)
  return pupil ? showRollForm(context, await placeForm(context, pupil)) : reply.notFound(context)
})

pupilKeepingRoutes.post(paths.pupilPlaceAdd(':pupil'), async (context) => {
  const pupil = await pupilOf(context)
  if (!pupil) return reply.notFound(context)
  return recordRollForm(context, await placeForm(context, pupil), ownCouncil(context), paths.pupil(pupil.id))
})

const placeEndForm = async (context: WebContext, pupil: ListedPupil): Promise<RollForm | undefined> => {
  const { runtime, viewer } = context.var
  const named = context.req.param('place') ?? ''
  const place = (await placesOf(runtime.db.query, viewer.scope, pupil.number)).find(
    (one) => `${one.schoolId}-${one.firstDay}` === named,
  )
  const school = place && (await schoolById(runtime.db.query, viewer.scope.today, place.schoolId))
  return (
    place &&
    school && {
      form: 'placeEnd',
      here: 'pupils',
      action: paths.pupilPlaceEnd(pupil.id, named),
      backTo: paths.pupil(pupil.id),
      about: `${pupil.childReference}, ${place.school}`,
      fields: [{ name: 'lastDay', kind: 'date', column: 'last_day' }],
      fixed: {
        child_reference: pupil.childReference,
        urn: school.urn,
        first_day: place.firstDay,
        enrolment_status: place.enrolmentStatus ?? 'C',
      },
    }
  )
}

pupilKeepingRoutes.get(paths.pupilPlaceEnd(':pupil', ':place'), async (context) => {
  const pupil = await pupilOf(context)
  const form = pupil && (await placeEndForm(context, pupil))
  return form ? showRollForm(context, form) : reply.notFound(context)
})

pupilKeepingRoutes.post(paths.pupilPlaceEnd(':pupil', ':place'), async (context) => {
  const pupil = await pupilOf(context)
  const form = pupil && (await placeEndForm(context, pupil))
  return form ? recordRollForm(context, form, ownCouncil(context), paths.pupil(pupil.id)) : reply.notFound(context)
})

const guardForm = (pupil: ListedPupil): RollForm => ({
  form: 'guards',
  here: 'pupils',
  action: paths.pupilGuards(pupil.id),
  backTo: paths.pupil(pupil.id),
  about: pupil.childReference,
  fields: [
    { name: 'noDisclose', kind: 'tick', column: 'no_disclose' },
    { name: 'handledBy', kind: 'email', column: 'handled_by', longest: 254 },
    { name: 'sealed', kind: 'tick', column: 'sealed' },
    { name: 'reason', kind: 'long', column: 'reason', longest: 300 },
  ],
  fixed: { child_reference: pupil.childReference },
})

pupilKeepingRoutes.get(paths.pupilGuards(':pupil'), async (context) => {
  const pupil = await pupilOf(context)
  return pupil ? showRollForm(context, guardForm(pupil)) : reply.notFound(context)
})

pupilKeepingRoutes.post(paths.pupilGuards(':pupil'), async (context) => {
  const { runtime, viewer } = context.var
  const pupil = await pupilOf(context)
  if (!pupil) return reply.notFound(context)
  const form = guardForm(pupil)
  const typed = typedIn(context, form)
  if (field(context, 'sealed') === 'yes') {
    if (typed['reason'] === '')
      return showRollForm(context, form, typed, [{ text: keepingWords.sealNeedsReason, field: 'reason' }])
    await runtime.db.commit([
      sealPupil(pupil.number, runtime.now(), viewer.person.number, typed['reason'] ?? ''),
      audit(runtime.db.query, {
        at: runtime.now(),
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'record sealed',
        pupil: pupil.number,
        virtualSchool: ownCouncil(context),
      }),
    ])
    return reply.goTo(context, paths.pupils)
  }
  if (typed['noDisclose'] === 'yes' && typed['handledBy'] === '')
    return showRollForm(context, form, typed, [{ text: keepingWords.noDiscloseNeedsHandler, field: 'handledBy' }])
  const roll: RollForm = {
    ...form,
    fields: form.fields.filter(({ column }) => column === 'no_disclose' || column === 'handled_by'),
  }
  return recordRollForm(context, roll, ownCouncil(context), paths.pupils)
})
