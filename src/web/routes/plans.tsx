import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { PlanRulesPage, type PlanRulesProps } from '../../../templates/pages/plans.tsx'
import { adminWords } from '../../../templates/words/en/admin.ts'
import { termWords } from '../../../templates/words/en/dates.ts'
import { planWords } from '../../../templates/words/en/plan.ts'
import { termOf } from '../../domain/calendar.ts'
import { type PlainDate, parseTypedDate } from '../../domain/dates.ts'
import { holdsUpn } from '../../domain/identifiers.ts'
import { planTriggers, planUnits, usualPlanRules } from '../../domain/plan.ts'
import type { Term } from '../../domain/return/item.ts'
import { audit } from '../../store/audit.ts'
import { isPlanRound, planRules, setPlanRound, setPlanRule } from '../../store/plans.ts'
import { type ListedPupil, pupilById } from '../../store/pupils.ts'
import { roundById } from '../../store/rounds.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { type RollForm, recordRollForm, showRollForm, typedIn } from '../roll-form.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** Plans (PEPs): where a child's stands, when plans are due, and which round is their school's section. */
export const planRoutes = new Hono<Web>()
planRoutes.use(paths.pupilPlan(':pupil'), signedIn, only('keep pupils'))
planRoutes.use(paths.planRules, signedIn, only('run rounds'))
planRoutes.use(paths.planSection(':round'), signedIn, only('run rounds'))

const terms: readonly Term[] = ['autumn', 'spring', 'summer']

const planForm = (pupil: ListedPupil, today: PlainDate): RollForm => {
  const { academicYear, term } = termOf(today)
  const years = [academicYear - 1, academicYear, academicYear + 1]
  return {
    form: 'planStatus',
    here: 'pupils',
    action: paths.pupilPlan(pupil.id),
    backTo: paths.pupil(pupil.id),
    about: pupil.childReference,
    fields: [
      {
        name: 'planYear',
        kind: 'select',
        column: 'academic_year',
        value: String(academicYear),
        options: years.map((year) => ({ value: String(year), text: `${year} to ${year + 1}` })),
      },
      {
        name: 'planTerm',
        kind: 'select',
        column: 'term',
        value: term,
        options: terms.map((value) => ({ value, text: termWords[value] })),
      },
      { name: 'planDue', kind: 'date', column: 'due_on' },
      { name: 'planHeld', kind: 'date', column: 'held_on' },
      { name: 'planSubmitted', kind: 'date', column: 'submitted_on' },
      { name: 'planRating', kind: 'text', column: 'rating', longest: 40 },
      { name: 'planRatedOn', kind: 'date', column: 'rated_on' },
      { name: 'planRatedBy', kind: 'text', column: 'rated_by', longest: 120 },
    ],
    fixed: { child_reference: pupil.childReference },
  }
}

const formOf = async (context: WebContext): Promise<RollForm | undefined> => {
  const { runtime, viewer } = context.var
  if (viewer.part.kind !== 'council') return undefined
  const pupil = await pupilById(runtime.db.query, viewer.scope, context.req.param('pupil') ?? '')
  if (!pupil) return undefined
  await noteSeen(context, [pupil.number], 'record kept', context.req.routePath)
  return planForm(pupil, viewer.scope.today)
}

planRoutes.get(paths.pupilPlan(':pupil'), async (context) => {
  const form = await formOf(context)
  return form ? showRollForm(context, form) : reply.notFound(context)
})

/** What no file's reader could tell: a form that says nothing, and what is said to have happened on a day to come. */
const planToMend = (typed: Readonly<Record<string, string>>, today: PlainDate): readonly ToMend[] => {
  const said = ['planDue', 'planHeld', 'planSubmitted', 'planRating', 'planRatedOn', 'planRatedBy']
  if (said.every((name) => (typed[name] ?? '') === '')) return [{ text: planWords.toMend.nothing, field: 'planDue' }]
  return (['planHeld', 'planSubmitted', 'planRatedOn'] as const).flatMap((name) => {
    const day = parseTypedDate(typed[name] ?? '')
    return day && day > today
      ? [{ text: `${adminWords.fields[name].label}: ${planWords.toMend.toCome}`, field: name }]
      : []
  })
}

planRoutes.post(paths.pupilPlan(':pupil'), async (context) => {
  const form = await formOf(context)
  if (!form) return reply.notFound(context)
  const typed = typedIn(context, form)
  const toMend = planToMend(typed, context.var.viewer.scope.today)
  return toMend.length > 0
    ? showRollForm(context, form, typed, toMend)
    : recordRollForm(context, form, ownCouncil(context), form.backTo)
})

const showRules = async (context: WebContext, values: PlanRulesProps['values'], toMend: readonly ToMend[]) => {
  const own = ownCouncil(context)
  const rules = await planRules(context.var.runtime.db.query, [own])
  return reply.page(
    context,
    <PlanRulesPage
      frame={frameOf(context)}
      usual={usualPlanRules}
      own={rules.get(own) ?? []}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

planRoutes.get(paths.planRules, (context) =>
  showRules(context, { after: 'plan_held', count: '1', unit: 'term_ends', validFrom: '', source: '' }, []),
)

planRoutes.post(paths.planRules, async (context) => {
  const { runtime, viewer } = context.var
  const values: PlanRulesProps['values'] = {
    after: field(context, 'after'),
    count: field(context, 'count'),
    unit: field(context, 'unit'),
    validFrom: field(context, 'validFrom'),
    source: field(context, 'source').slice(0, 200),
  }
  const after = planTriggers.find((one) => one === values.after)
  const unit = planUnits.find((one) => one === values.unit)
  const count = /^\d{1,3}$/.test(values.count) && Number(values.count) <= 400 ? Number(values.count) : undefined
  const validFrom = parseTypedDate(values.validFrom)
  const { toMend: words } = planWords
  const toMend: ToMend[] = [
    ...(after ? [] : [{ text: words.after, field: 'after' }]),
    ...(count === undefined ? [{ text: words.count, field: 'count' }] : []),
    ...(unit ? [] : [{ text: words.unit, field: 'unit' }]),
    ...(validFrom ? [] : [{ text: words.validFrom, field: 'validFrom' }]),
    ...(values.source === '' ? [{ text: words.source, field: 'source' }] : []),
    ...(holdsUpn(values.source) ? [{ text: words.upn, field: 'source' }] : []),
  ]
  if (toMend.length > 0 || !after || !unit || !validFrom || count === undefined)
    return showRules(context, values, toMend)
  const now = runtime.now()
  await runtime.db.commit([
    setPlanRule(
      ownCouncil(context),
      { after, unit, count, validFrom, source: values.source },
      now,
      viewer.person.number,
    ),
    audit(runtime.db.query, {
      at: now,
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'plan rule set',
      virtualSchool: ownCouncil(context),
      subject: `${after} ${validFrom}`,
    }),
  ])
  return reply.goTo(context, paths.planRules)
})

planRoutes.post(paths.planSection(':round'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const round = await roundById(query, viewer.scope, context.req.param('round') ?? '')
  if (!round) return reply.notFound(context)
  const wanted = field(context, 'is') === 'yes'
  const now = runtime.now()
  if (wanted !== (await isPlanRound(query, round.number)))
    await runtime.db.commit([
      setPlanRound(round.number, wanted, now, viewer.person.number),
      audit(query, {
        at: now,
        person: viewer.person.number,
        part: viewer.named.role,
        action: wanted ? 'round counted as plan section' : 'round no plan section',
        virtualSchool: ownCouncil(context),
        subject: round.id,
      }),
    ])
  return reply.goTo(context, paths.board(round.id))
})
