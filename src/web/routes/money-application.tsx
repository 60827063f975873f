import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { coachSays } from '../../../templates/components/money-parts.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { MoneyDraftPage } from '../../../templates/pages/money-application.tsx'
import { applicationWords as words } from '../../../templates/words/en/application.ts'
import { firstDayOfTerm, termOf } from '../../domain/calendar.ts'
import { instant } from '../../domain/dates.ts'
import {
  applicationFields,
  applicationLimits,
  type Coached,
  coach,
  maySend,
  readApplication,
  type TypedApplication,
} from '../../domain/funding/application.ts'
import { financialYearOf } from '../../domain/funding/financial-year.ts'
import { holdsUpn } from '../../domain/identifiers.ts'
import { gateParts, gatesOf } from '../../funding/gate.ts'
import { typedBy, typedFrom, withRoom } from '../../funding/typed.ts'
import { applicationHappens, giveReference, keepPupilsOfDraft, saveApplication } from '../../store/application-steps.ts'
import { type Application, askedSince, pupilsToAskFor } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { Conflict, type Statement } from '../../store/db.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { type Around, howDecided, openApplication } from '../money-opened.ts'
import { frameOf, reply } from '../reply.tsx'
import { hashOf } from '../secrets.ts'
import { shortName } from '../seen.ts'
import { settle } from '../settle.ts'
import { only, signedIn } from '../viewer.ts'
import { showSent } from './money-sent.tsx'

/** One application of a school: the draft, the coach, and the sending. What follows is in `money-sent`. */
export const moneyApplicationRoutes = new Hono<Web>()
moneyApplicationRoutes.use(paths.moneyApplication(':application'), signedIn, only('ask for money'))

const checksOf = async (
  context: WebContext,
  { pupils, rules }: Around,
  typed: TypedApplication,
): Promise<readonly Coached[]> => {
  const { runtime, viewer } = context.var
  const { today } = viewer.scope
  const { academicYear, term } = termOf(today)
  const before =
    typed.intervention === ''
      ? []
      : await askedSince(runtime.db.query, viewer.scope, {
          pupils: pupils.map(({ number }) => number),
          intervention: typed.intervention,
          since: instant(Date.parse(`${firstDayOfTerm(academicYear, term)}T00:00:00Z`)),
        })
  return coach(typed, { today, excluded: rules.excluded, own: rules.interventions, before })
}

/** Tells one state of a draft from another, so that two people who type at once find out. */
const markOf = async ({ typed }: Application): Promise<string> => (await hashOf(typed)).slice(0, 16)

const showDraft = async (
  context: WebContext,
  application: Application,
  around: Around,
  typed: TypedApplication,
  { saved = false, toMend = [] }: { readonly saved?: boolean; readonly toMend?: readonly ToMend[] } = {},
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [checks, gates, how] = await Promise.all([
    checksOf(context, around, typed),
    gatesOf(query, viewer.scope, [application]),
    howDecided(context, application.virtualSchool, around.rules),
  ])
  return reply.page(
    context,
    <MoneyDraftPage
      frame={frameOf(context)}
      id={application.id}
      council={application.council}
      fund={application.fund}
      names={around.pupils.map(({ forename, surname }) => shortName(forename, surname))}
      typed={withRoom(typed)}
      ownInterventions={around.rules.interventions}
      asked={readApplication(typed, around.rules.interventions).asked}
      checks={checks}
      gate={gateParts(gates.get(application.number), around.rules, { urgent: typed.urgent === 'yes', passed: false })}
      how={how}
      seen={await markOf(application)}
      saved={saved}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

moneyApplicationRoutes.get(paths.moneyApplication(':application'), async (context) => {
  const opened = await openApplication(context)
  if (!opened) return reply.notFound(context)
  const { application, ...around } = opened
  return application.state === 'draft'
    ? showDraft(context, application, around, typedFrom(application.typed), {
        saved: context.req.query('saved') === 'yes',
      })
    : showSent(context, application, around)
})

/** The children of a draft whom its school may ask money for today: one who has left stays to be read, and no more. */
const stillHere = async (context: WebContext, { school }: Application, { pupils }: Around) => {
  const here = await pupilsToAskFor(context.var.runtime.db.query, context.var.viewer.scope)
  return pupils.filter(({ number }) => here.some((one) => one.number === number && one.school === school))
}

/** What must not be kept, however much is still to finish: a number that names a child. */
const notKept = (typed: TypedApplication): readonly ToMend[] => [
  ...applicationFields.filter((name) => holdsUpn(typed[name])).map((name) => ({ text: words.toMend.upn, field: name })),
  ...typed.lines.flatMap((line, at) =>
    holdsUpn(line.what) ? [{ text: words.toMend.upn, field: `what-${at + 1}` }] : [],
  ),
]

const tooLong = (context: WebContext): readonly ToMend[] =>
  applicationFields
    .filter((name) => field(context, name).length > applicationLimits.words)
    .map((name) => ({ text: words.toMend.long, field: name }))

const toFinish = (checks: readonly Coached[], typed: TypedApplication, council: string): readonly ToMend[] => {
  const stopping = checks.filter(({ good, stops }) => stops && !good)
  const said = stopping.flatMap((check) =>
    [check, ...check.also].map((found) => ({
      text: coachSays(found, council) || words.checks[check.check].finish,
      field: found.field,
    })),
  )
  if (stopping.length > 0) return said
  return maySend(checks, typed.anyway) ? [] : [{ text: words.toMend.anyway, field: 'anyway' }]
}

moneyApplicationRoutes.post(paths.moneyApplication(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const opened = await openApplication(context)
  if (!opened) return reply.notFound(context)
  const { application, ...around } = opened
  if (application.state !== 'draft') return reply.changedMeanwhile(context, paths.moneyApplication(application.id))
  const typed = typedBy((name) => field(context, name))
  const refused = [
    ...notKept(typed),
    ...tooLong(context),
    ...(field(context, 'seen') === (await markOf(application)) || JSON.stringify(typed) === application.typed
      ? []
      : [{ text: words.toMend.meanwhile, field: 'need' }]),
  ]
  if (refused.length > 0) return showDraft(context, application, around, typed, { toMend: refused })
  const read = readApplication(typed, around.rules.interventions)
  const at = runtime.now()
  const save = saveApplication(application.id, {
    typed: JSON.stringify(typed),
    intervention: read.intervention ?? '',
    asked: read.asked,
    urgent: read.urgent,
  })
  const note = (action: string): readonly Statement[] =>
    around.pupils.map(({ number }) =>
      audit(query, {
        at,
        person: viewer.person.number,
        part: 'school',
        action,
        pupil: number,
        virtualSchool: application.virtualSchool,
        subject: application.id,
      }),
    )
  const wantsToSend = field(context, 'do') === 'send'
  const checks = wantsToSend ? await checksOf(context, around, typed) : []
  const here = wantsToSend ? await stillHere(context, application, around) : []
  const toMend = wantsToSend
    ? [
        ...(here.length === 0 ? [{ text: words.toMend.left, field: 'need' }] : []),
        ...toFinish(checks, typed, application.council),
        ...(read.urgent && typed.urgentWhy.trim() === '' ? [{ text: words.toMend.urgentWhy, field: 'urgentWhy' }] : []),
      ]
    : []
  if (!wantsToSend || toMend.length > 0) {
    try {
      await runtime.db.commit([...save, ...note('application saved')])
    } catch (problem) {
      if (!(problem instanceof Conflict)) throw problem
      return reply.changedMeanwhile(context, paths.moneyApplication(application.id))
    }
    return toMend.length > 0
      ? showDraft(context, { ...application, typed: JSON.stringify(typed) }, around, typed, { toMend })
      : reply.goTo(context, `${paths.moneyApplication(application.id)}?saved=yes`)
  }
  return settle(
    context,
    [
      ...save,
      keepPupilsOfDraft(
        application.id,
        here.map(({ number }) => number),
      ),
      giveReference(application.id, financialYearOf(viewer.scope.today), at),
      ...applicationHappens(
        application,
        { event: 'sent', amount: read.asked },
        { state: 'waiting' },
        at,
        viewer.person.number,
      ),
      ...note('application sent'),
    ],
    paths.moneyApplication(application.id),
  )
})
