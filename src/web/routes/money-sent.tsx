import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { MoneySentPage } from '../../../templates/pages/money-sent.tsx'
import { applicationWords, sentWords as words } from '../../../templates/words/en/application.ts'
import { daysBetween, plusDays, todayInLondon } from '../../domain/dates.ts'
import { standingOf } from '../../domain/funding/standing.ts'
import { type ApplicationEvent, stepOf } from '../../domain/funding/states.ts'
import { holdsUpn, newPublicId } from '../../domain/identifiers.ts'
import { releaseOf } from '../../funding/decide.ts'
import { gateParts, gatesOf } from '../../funding/gate.ts'
import { typedFrom } from '../../funding/typed.ts'
import { applicationHappens } from '../../store/application-steps.ts'
import { type Application, eventsOfApplications, type HappenedEvent } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import type { Statement } from '../../store/db.ts'
import { evidenceOf } from '../../store/evidence.ts'
import { paymentsForApplications } from '../../store/payments.ts'
import { reportUse, useReportsOf } from '../../store/use-reports.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { type Around, howDecided, nextOf, openApplication, toldToSchool } from '../money-opened.ts'
import { frameOf, reply } from '../reply.tsx'
import { shortName } from '../seen.ts'
import { settle } from '../settle.ts'
import { readUse } from '../use-of-money.ts'
import { only, signedIn } from '../viewer.ts'

/** What a school does with an application it has sent: answer, withdraw, ask for a review, report the use. */
export const moneySentRoutes = new Hono<Web>()
for (const path of [
  paths.moneyAnswer(':application'),
  paths.moneyWithdraw(':application'),
  paths.moneyReview(':application'),
  paths.moneyUse(':application'),
])
  moneySentRoutes.use(path, signedIn, only('ask for money'))

type Shown = { readonly values?: Readonly<Record<string, string>>; readonly toMend?: readonly ToMend[] }

/** Until when a school may ask for a review of a refusal, where there has been none; null where it may not. */
const reviewUntil = (application: Application, events: readonly HappenedEvent[], days: number) =>
  application.state === 'declined' &&
  application.decidedAt !== null &&
  !events.some(({ event }) => event === 'review_asked')
    ? plusDays(todayInLondon(application.decidedAt), days)
    : null

/** Shows an application that has been sent, as its school follows it. */
export const showSent = async (context: WebContext, application: Application, around: Around, shown: Shown = {}) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const numbers = [application.number]
  const [happened, uses, payments, gates, how, files] = await Promise.all([
    eventsOfApplications(query, scope, numbers),
    useReportsOf(query, scope, numbers),
    paymentsForApplications(query, scope, numbers),
    gatesOf(query, scope, [application]),
    howDecided(context, application.virtualSchool, around.rules),
    evidenceOf(query, scope, numbers),
  ])
  const events = toldToSchool(happened)
  const payment = payments.find(({ state }) => state !== 'cancelled')
  const typed = typedFrom(application.typed)
  const until = reviewUntil(application, events, around.rules.reviewDays)
  const told = toldToSchool(events)
  const last = told.at(-1)
  const since = payment?.paidOn ?? todayInLondon(payment?.sentAt ?? last?.at ?? application.madeAt)
  const standing = standingOf(application.state, payment ?? null, uses.length > 0)
  const gate = gateParts(gates.get(application.number), around.rules, {
    urgent: application.urgent,
    passed: events.some(({ event }) => event === 'gate_passed'),
  })
  return reply.page(
    context,
    <MoneySentPage
      frame={frameOf(context)}
      id={application.id}
      reference={application.reference ?? ''}
      council={application.council}
      fund={application.fund}
      names={around.pupils.map(({ forename, surname }) => shortName(forename, surname))}
      project={application.kind === 'project'}
      intervention={application.intervention}
      typed={typed}
      asked={application.asked}
      agreed={application.state === 'approved' ? application.agreed : null}
      sentOn={todayInLondon(application.sentAt ?? application.madeAt)}
      standing={standing}
      since={since}
      days={daysBetween(since, scope.today)}
      next={nextOf(application, standing, { rules: around.rules, last, payment, gate, today: scope.today })}
      remittance={payment?.reference ?? null}
      events={told}
      uses={uses.toReversed()}
      files={files}
      gate={gate}
      how={how}
      question={application.state === 'question' ? (events.findLast(({ event }) => event === 'asked')?.said ?? '') : ''}
      reviewBy={until !== null && until >= scope.today ? until : null}
      mayWithdraw={stepOf(application.state, 'withdrawn') !== undefined}
      mayReport={payment?.state === 'paid'}
      values={shown.values ?? {}}
      toMend={shown.toMend ?? []}
    />,
    (shown.toMend ?? []).length > 0 ? 422 : 200,
  )
}

type Opened = NonNullable<Awaited<ReturnType<typeof openApplication>>>

/** Commits what a school lets happen, with its audit; somebody who was first is told of. */
const happen = async (
  context: WebContext,
  { application, pupils }: Opened,
  event: ApplicationEvent,
  said: string,
  more: readonly Statement[] = [],
) => {
  const { runtime, viewer } = context.var
  const step = stepOf(application.state, event)
  if (step?.by !== 'school') return reply.changedMeanwhile(context, paths.moneyApplication(application.id))
  const at = runtime.now()
  const by = viewer.person.number
  return settle(
    context,
    [
      ...applicationHappens(
        application,
        { event, said },
        {
          state: step.to,
          agreed: event === 'used' ? application.agreed : null,
          year: event === 'used' ? application.year : null,
        },
        at,
        by,
      ),
      ...more,
      ...pupils.map(({ number }) =>
        audit(runtime.db.query, {
          at,
          person: by,
          part: 'school',
          action: `application ${event.replace('_', ' ')}`,
          pupil: number,
          virtualSchool: application.virtualSchool,
          subject: application.id,
        }),
      ),
    ],
    paths.moneyApplication(application.id),
  )
}

/** The most characters of what is said. */
const most = 2000

const wordsOf = (context: WebContext, name: string, missing: string) => {
  const text = field(context, name).slice(0, most)
  const toMend: readonly ToMend[] =
    text === ''
      ? [{ text: missing, field: name }]
      : holdsUpn(text)
        ? [{ text: applicationWords.toMend.upn, field: name }]
        : []
  return { text, toMend }
}

moneySentRoutes.post(paths.moneyAnswer(':application'), async (context) => {
  const opened = await openApplication(context)
  if (!opened || opened.application.state === 'draft') return reply.notFound(context)
  const { text, toMend } = wordsOf(context, 'answer', words.toMend.answer)
  return toMend.length > 0
    ? showSent(context, opened.application, opened, { values: { answer: text }, toMend })
    : happen(context, opened, 'answered', text)
})

moneySentRoutes.post(paths.moneyReview(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await openApplication(context)
  if (!opened || opened.application.state === 'draft') return reply.notFound(context)
  const events = await eventsOfApplications(runtime.db.query, viewer.scope, [opened.application.number])
  const until = reviewUntil(opened.application, events, opened.rules.reviewDays)
  if (until === null || until < viewer.scope.today)
    return reply.changedMeanwhile(context, paths.moneyApplication(opened.application.id))
  const { text, toMend } = wordsOf(context, 'review', words.toMend.why)
  return toMend.length > 0
    ? showSent(context, opened.application, opened, { values: { review: text }, toMend })
    : happen(context, opened, 'review_asked', text)
})

moneySentRoutes.post(paths.moneyWithdraw(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await openApplication(context)
  if (!opened) return reply.notFound(context)
  const { application } = opened
  if (application.state === 'draft') {
    await happen(context, opened, 'withdrawn', '')
    return reply.goTo(context, paths.money)
  }
  const { text, toMend } = wordsOf(context, 'why', words.toMend.why)
  if (toMend.length > 0) return showSent(context, application, opened, { values: { why: text }, toMend })
  const events = await eventsOfApplications(runtime.db.query, viewer.scope, [application.number])
  const released = releaseOf(application, events, runtime.now(), viewer.person.number)
  return happen(context, opened, 'withdrawn', text, released)
})

moneySentRoutes.post(paths.moneyUse(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const opened = await openApplication(context)
  if (!opened || opened.application.state === 'draft') return reply.notFound(context)
  const { application } = opened
  const payments = await paymentsForApplications(query, viewer.scope, [application.number])
  if (!payments.some(({ state }) => state === 'paid'))
    return reply.changedMeanwhile(context, paths.moneyApplication(application.id))
  const { values, toMend, report: read } = readUse(context, application.agreed ?? application.asked)
  if (!read) return showSent(context, application, opened, { values, toMend })
  const before = await useReportsOf(query, viewer.scope, [application.number])
  const report = reportUse(
    newPublicId(),
    application.id,
    {
      sequence: before.length + 1,
      ...read,
      at: runtime.now(),
    },
    viewer.person.number,
  )
  return happen(context, opened, 'used', '', [report])
})
