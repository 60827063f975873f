import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { SurveyAnswerPage, SurveyResultPage, SurveysPage } from '../../../templates/pages/survey.tsx'
import { surveyWords as words } from '../../../templates/words/en/survey.ts'
import { may } from '../../access/scope.ts'
import { financialYear, financialYearOf } from '../../domain/funding/financial-year.ts'
import { interventions } from '../../domain/funding/interventions.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { attainmentAnswers, surveyBands, surveyResult } from '../../funding/survey-result.ts'
import { audit } from '../../store/audit.ts'
import type { Statement } from '../../store/db.ts'
import {
  answerSurvey,
  answersToSurvey,
  closeSurvey,
  openSurvey,
  ownSurveyAnswers,
  surveysOf,
  surveysToAnswer,
} from '../../store/surveys.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import { frameOf, reply } from '../reply.tsx'
import { settle } from '../settle.ts'
import { only, signedIn } from '../viewer.ts'

/** The survey of what pupil premium did: a council opens it, every school it paid is asked. */
export const surveyRoutes = new Hono<Web>()
surveyRoutes.use(paths.fundingSurveys, signedIn, only('see what money did'))
surveyRoutes.use(paths.fundingSurvey(':survey'), signedIn, only('see what money did'))
surveyRoutes.use(paths.fundingSurveyClose(':survey'), signedIn, only('run the fund'))
surveyRoutes.use(paths.moneySurvey(':survey', ':school'), signedIn, only('ask for money'))

const settleNoted = (context: WebContext, action: string, subject: string, statement: Statement, to: string) => {
  const { runtime, viewer } = context.var
  return settle(
    context,
    [
      statement,
      audit(runtime.db.query, {
        at: runtime.now(),
        person: viewer.person.number,
        part: viewer.named.role,
        action,
        virtualSchool: ownCouncil(context) || null,
        subject,
      }),
    ],
    to,
  )
}

const yearsToAsk = (context: WebContext) => {
  const now = financialYearOf(context.var.viewer.scope.today)
  return [now, now - 1].map(financialYear)
}

const showList = async (context: WebContext, toMend: readonly ToMend[] = []) => {
  const { runtime, viewer } = context.var
  const surveys = await surveysOf(runtime.db.query, viewer.scope)
  return reply.page(
    context,
    <SurveysPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      surveys={surveys.map((one) => ({ ...one, isOpen: one.closedAt === null }))}
      years={yearsToAsk(context).filter((year) => !surveys.some((one) => one.year === year))}
      mayOpen={may(viewer.part, 'run the fund')}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

surveyRoutes.get(paths.fundingSurveys, (context) => showList(context))

surveyRoutes.post(paths.fundingSurveys, (context) => {
  const { runtime, viewer } = context.var
  if (!may(viewer.part, 'run the fund')) return reply.notFound(context)
  const year = yearsToAsk(context).find((one) => String(one) === field(context, 'year'))
  if (!year) return showList(context, [{ text: words.toMend.year, field: 'year' }])
  const id = newPublicId()
  const survey = { id, virtualSchool: ownCouncil(context), year }
  return settleNoted(
    context,
    'survey opened',
    id,
    openSurvey(survey, runtime.now(), viewer.person.number),
    paths.fundingSurveys,
  )
})

const ownSurvey = async (context: WebContext) =>
  (await surveysOf(context.var.runtime.db.query, context.var.viewer.scope)).find(
    ({ id }) => id === context.req.param('survey'),
  )

surveyRoutes.get(paths.fundingSurvey(':survey'), async (context) => {
  const { runtime, viewer } = context.var
  const survey = await ownSurvey(context)
  if (!survey) return reply.notFound(context)
  const answers = await answersToSurvey(runtime.db.query, viewer.scope, survey.id)
  return reply.page(
    context,
    <SurveyResultPage
      frame={frameOf(context)}
      id={survey.id}
      year={survey.year}
      isOpen={survey.closedAt === null}
      mayClose={may(viewer.part, 'run the fund')}
      result={surveyResult(answers)}
    />,
  )
})

surveyRoutes.post(paths.fundingSurveyClose(':survey'), async (context) => {
  const survey = await ownSurvey(context)
  if (!survey) return reply.notFound(context)
  return settleNoted(
    context,
    'survey closed',
    survey.id,
    closeSurvey(survey.id, context.var.runtime.now()),
    paths.fundingSurvey(survey.id),
  )
})

/** The survey that asks one of the viewer's schools, with what it answered before. */
const askedOf = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const asked = (await surveysToAnswer(runtime.db.query, viewer.scope)).find(
    (one) => one.id === context.req.param('survey') && one.schoolId === context.req.param('school'),
  )
  if (!asked) return undefined
  const before = (await ownSurveyAnswers(runtime.db.query, viewer.scope)).find(
    (one) => one.survey === asked.number && one.ofSchool === asked.school,
  )
  return { asked, before }
}

type Asked = NonNullable<Awaited<ReturnType<typeof askedOf>>>

const showAnswer = (
  context: WebContext,
  { asked, before }: Asked,
  values: Readonly<Record<string, string>>,
  toMend: readonly ToMend[] = [],
) =>
  reply.page(
    context,
    <SurveyAnswerPage
      frame={frameOf(context)}
      survey={asked.id}
      school={asked.schoolId}
      schoolName={asked.schoolName}
      council={asked.council}
      year={asked.year}
      before={before !== undefined}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )

const valuesBefore = ({ before }: Asked): Readonly<Record<string, string>> => {
  if (!before) return {}
  const ranks = (JSON.parse(before.ranked) as readonly string[]).map((code, at) => [`rank-${code}`, String(at + 1)])
  const counts = (['before', 'after'] as const).flatMap((side) => {
    const text = before[side]
    const list = text === null ? [] : (JSON.parse(text) as readonly number[])
    return surveyBands.flatMap((band, at) => (list[at] === undefined ? [] : [[`${side}-${band}`, String(list[at])]]))
  })
  return {
    attainment: before.attainment,
    named: before.named === 1 ? 'yes' : '',
    ...Object.fromEntries([...ranks, ...counts]),
  }
}

surveyRoutes.get(paths.moneySurvey(':survey', ':school'), async (context) => {
  const found = await askedOf(context)
  return found ? showAnswer(context, found, valuesBefore(found)) : reply.notFound(context)
})

const countsOf = (values: Readonly<Record<string, string>>, side: 'before' | 'after') => {
  const texts = surveyBands.map((band) => values[`${side}-${band}`] ?? '')
  if (texts.every((text) => text === '')) return null
  return texts.every((text) => /^\d{0,4}$/.test(text)) ? texts.map((text) => Number(text || '0')) : undefined
}

surveyRoutes.post(paths.moneySurvey(':survey', ':school'), async (context) => {
  const { runtime, viewer } = context.var
  const found = await askedOf(context)
  if (!found) return reply.notFound(context)
  const names = [
    ...['attainment', 'named'],
    ...interventions.map((code) => `rank-${code}`),
    ...(['before', 'after'] as const).flatMap((side) => surveyBands.map((band) => `${side}-${band}`)),
  ]
  const values = Object.fromEntries(names.map((name) => [name, field(context, name).slice(0, 20)]))
  const attainment = attainmentAnswers.find((one) => one === values['attainment']) ?? ''
  const ranks = interventions.flatMap((code) => {
    const text = values[`rank-${code}`] ?? ''
    return text === '' ? [] : [{ code, rank: /^\d{1,2}$/.test(text) ? Number(text) : 0 }]
  })
  const [before, after] = [countsOf(values, 'before'), countsOf(values, 'after')]
  const inRange = ranks.every(({ rank }) => rank >= 1 && rank <= interventions.length)
  const toMend: ToMend[] = [
    ...(inRange && new Set(ranks.map(({ rank }) => rank)).size === ranks.length
      ? []
      : [{ text: words.toMend.rank, field: 'rank' }]),
    ...(before === undefined ? [{ text: words.toMend.count, field: 'before-below' }] : []),
    ...(after === undefined ? [{ text: words.toMend.count, field: 'after-below' }] : []),
    ...(attainment === '' && ranks.length === 0 && before === null && after === null
      ? [{ text: words.toMend.nothing, field: 'attainment' }]
      : []),
  ]
  if (toMend.length > 0 || before === undefined || after === undefined)
    return showAnswer(context, found, values, toMend)
  const { asked } = found
  return settleNoted(
    context,
    'survey answered',
    asked.id,
    answerSurvey(
      asked.number,
      asked.school,
      {
        sequence: (found.before?.sequence ?? 0) + 1,
        attainment,
        ranked: ranks.toSorted((one, other) => one.rank - other.rank).map(({ code }) => code),
        before,
        after,
        named: values['named'] === 'yes',
      },
      runtime.now(),
      viewer.person.number,
    ),
    `${paths.money}?done=survey`,
  )
})
