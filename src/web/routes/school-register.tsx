import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import {
  SchoolFindPage,
  SchoolQuestionsPage,
  SettingAddPage,
  type SettingValues,
} from '../../../templates/pages/register.tsx'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { registerWords } from '../../../templates/words/en/register.ts'
import { parsePlainDate, parseTypedDate } from '../../domain/dates.ts'
import { isLaCode, newPublicId } from '../../domain/identifiers.ts'
import { ownSchoolNumber, schoolNumberKind, settingKinds } from '../../domain/school-number.ts'
import { recordForm } from '../../intake/record-form.ts'
import { audit } from '../../store/audit.ts'
import { Conflict } from '../../store/db.ts'
import { peopleOfCouncil } from '../../store/people.ts'
import { ownPupilsAtSchools } from '../../store/pupils.ts'
import {
  answerQuestion,
  carryOn,
  findEstablishments,
  hasRegister,
  noteSettingCheck,
  openQuestions,
  type RegisterQuestion,
  takeUp,
} from '../../store/register.ts'
import { schoolByUrn, schoolNumbersByUrn } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** The national register of schools: finding a school in it, settings it lacks, and what it leaves to a person. */
export const schoolRegisterRoutes = new Hono<Web>()
for (const path of [paths.schoolFind, paths.schoolTake, paths.schoolQuestions, paths.settingAdd])
  schoolRegisterRoutes.use(path, signedIn, only('keep people'))

const shown = 25

schoolRegisterRoutes.get(paths.schoolFind, async (context) => {
  const { query } = context.var.runtime.db
  const search = (context.req.query('q') ?? '').trim().slice(0, 100)
  const found = search === '' ? null : await findEstablishments(query, search, shown)
  const here = await schoolNumbersByUrn(query, found?.map(({ urn }) => urn) ?? [])
  const idOf = async (urn: string) =>
    here.has(urn) ? ((await schoolByUrn(query, context.var.viewer.scope.today, urn))?.id ?? null) : null
  return reply.page(
    context,
    <SchoolFindPage
      frame={frameOf(context)}
      listed={await hasRegister(query)}
      search={search}
      found={
        found &&
        (await Promise.all(
          found
            .slice(0, shown)
            .map(async ({ laName, ...one }) => ({ ...one, area: laName, school: await idOf(one.urn) })),
        ))
      }
      more={(found?.length ?? 0) > shown}
    />,
  )
})

schoolRegisterRoutes.post(paths.schoolTake, async (context) => {
  const { runtime, viewer } = context.var
  const { db } = runtime
  const [entry] = await findEstablishments(db.query, field(context, 'urn').slice(0, 20), 1)
  if (!entry || entry.urn !== field(context, 'urn')) return reply.notFound(context)
  await db.commit([
    ...takeUp([{ id: newPublicId(), urn: entry.urn }]),
    audit(db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'school taken from the register',
      virtualSchool: ownCouncil(context),
      subject: entry.urn,
    }),
  ])
  const school = await schoolByUrn(db.query, viewer.scope.today, entry.urn)
  return reply.goTo(context, school ? paths.school(school.id) : paths.schools)
})

const keyOf = ({ schoolId, kind, urn, linkUrn }: RegisterQuestion) => [schoolId, kind, urn, linkUrn].join('.')

/** What the register leaves open about schools where this council has a pupil or somebody named. */
const ownQuestions = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [questions, pupils, people] = await Promise.all([
    openQuestions(query),
    ownPupilsAtSchools(query, viewer.scope),
    peopleOfCouncil(query, viewer.scope),
  ])
  const named = new Set(people.map(({ school }) => school))
  return questions
    .filter(({ school }) => pupils.has(school) || named.has(school))
    .map((question) => ({ question, pupils: pupils.get(question.school) ?? 0 }))
}

/** How many schools of this council wait to be settled. */
export const schoolsToSettle = async (context: WebContext): Promise<number> => (await ownQuestions(context)).length

const showQuestions = async (context: WebContext, unanswered: string | null) =>
  reply.page(
    context,
    <SchoolQuestionsPage
      frame={frameOf(context)}
      questions={(await ownQuestions(context)).map(({ question, pupils }) => ({
        key: keyOf(question),
        kind: question.kind,
        name: question.name,
        next: question.linkName,
        day: parsePlainDate(question.day) ?? null,
        pupils,
      }))}
      unanswered={unanswered}
    />,
    unanswered === null ? 200 : 422,
  )

schoolRegisterRoutes.get(paths.schoolQuestions, (context) => showQuestions(context, null))

schoolRegisterRoutes.post(paths.schoolQuestions, async (context) => {
  const { runtime, viewer } = context.var
  const { db } = runtime
  const key = field(context, 'question')
  const asked = (await ownQuestions(context)).find(({ question }) => keyOf(question) === key)
  if (key === '') return reply.goTo(context, paths.schoolQuestions)
  if (!asked) return reply.changedMeanwhile(context, paths.schoolQuestions)
  const { question } = asked
  const said = field(context, `answer-${key}`)
  const choices = question.kind === 'merger' || question.kind === 'split' ? ['carries_on', 'new_place'] : ['seen']
  if (!choices.includes(said)) return showQuestions(context, key)
  const answer = said === 'carries_on' || said === 'new_place' ? said : 'seen'
  try {
    await db.commit([
      answerQuestion(db.query, {
        ...question,
        answer,
        at: runtime.now(),
        by: viewer.person.number,
        virtualSchool: ownCouncil(context),
      }),
      ...(answer === 'carries_on' ? carryOn() : []),
      ...(answer === 'new_place' ? takeUp([{ id: newPublicId(), urn: question.linkUrn }]) : []),
      audit(db.query, {
        at: runtime.now(),
        person: viewer.person.number,
        part: viewer.named.role,
        action: `school settled: ${answer}`,
        virtualSchool: ownCouncil(context),
        subject: question.schoolId,
      }),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return reply.changedMeanwhile(context, paths.schoolQuestions)
    throw problem
  }
  return reply.goTo(context, paths.schoolQuestions)
})

const emptySetting: SettingValues = {
  name: '',
  kind: '',
  number: '',
  registered: '',
  laCode: '',
  country: 'England',
  checkedOn: '',
  how: '',
}

const showSetting = (context: WebContext, values: SettingValues, toMend: readonly ToMend[]) =>
  reply.page(
    context,
    <SettingAddPage frame={frameOf(context)} values={values} toMend={toMend} />,
    toMend.length > 0 ? 422 : 200,
  )

schoolRegisterRoutes.get(paths.settingAdd, (context) => showSetting(context, emptySetting, []))

schoolRegisterRoutes.post(paths.settingAdd, async (context) => {
  const { runtime, viewer } = context.var
  const read = (name: keyof SettingValues) => field(context, name).trim().slice(0, 300)
  const values: SettingValues = {
    name: read('name').slice(0, 120),
    kind: read('kind'),
    number: read('number').toUpperCase().replace(/\s/g, ''),
    registered: read('registered'),
    laCode: read('laCode'),
    country: read('country') === 'Wales' ? 'Wales' : 'England',
    checkedOn: read('checkedOn'),
    how: read('how'),
  }
  const words = registerWords.setting
  const kind = settingKinds.find((one) => one === values.kind)
  const registered = (['Y', 'N', 'not_known'] as const).find((one) => one === values.registered)
  const typed = parseTypedDate(values.checkedOn)
  const on = typed && typed <= viewer.scope.today ? typed : undefined
  const numbered = values.number === '' || schoolNumberKind(values.number) !== undefined
  const toMend: ToMend[] = [
    ...(values.name === '' ? [{ text: words.needs.name, field: 'name' }] : []),
    ...(kind ? [] : [{ text: words.needs.kind, field: 'kind' }]),
    ...(numbered ? [] : [{ text: words.numberWrong, field: 'number' }]),
    ...(registered ? [] : [{ text: words.needs.registered, field: 'registered' }]),
    ...(isLaCode(values.laCode) ? [] : [{ text: words.needs.area, field: 'laCode' }]),
    ...(on ? [] : [{ text: words.needs.checkedOn, field: 'checkedOn' }]),
    ...(values.how === '' ? [{ text: words.needs.how, field: 'how' }] : []),
  ]
  if (toMend.length > 0 || !kind || !registered || !on) return showSetting(context, values, toMend)
  const urn = values.number === '' ? ownSchoolNumber(newPublicId()) : values.number
  const virtualSchool = ownCouncil(context)
  const recorded = await recordForm(
    runtime,
    { virtualSchool, by: viewer.person.number, via: 'form' },
    {
      kind: 'school',
      urn,
      previousUrn: null,
      urnFirstDay: null,
      name: values.name,
      phase: words.kinds[kind],
      laCode: values.laCode,
      country: values.country === 'Wales' ? 'Wales' : 'England',
    },
  )
  if (recorded.outcome === 'refused')
    return showSetting(
      context,
      values,
      recorded.findings.map((finding) => ({ text: wordsOfFinding(finding).rule, field: 'number' })),
    )
  await runtime.db.commit([
    noteSettingCheck(runtime.db.query, {
      urn,
      virtualSchool,
      kind,
      registered,
      on,
      by: viewer.person.number,
      how: values.how,
      at: runtime.now(),
    }),
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'setting checked',
      virtualSchool,
      subject: urn,
    }),
  ])
  const school = await schoolByUrn(runtime.db.query, viewer.scope.today, urn)
  return reply.goTo(context, school ? paths.school(school.id) : paths.schools)
})
