import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import {
  FundingAgendaPage,
  FundingQueuePage,
  type QueuedApplication,
  type QueueShow,
  queueShows,
} from '../../../templates/pages/funding-queue.tsx'
import { agendaWords } from '../../../templates/words/en/funding.ts'
import { financialYearWords } from '../../../templates/words/en/money.ts'
import { may } from '../../access/scope.ts'
import { daysBetween, parseTypedDate, todayInLondon } from '../../domain/dates.ts'
import { financialYearOf } from '../../domain/funding/financial-year.ts'
import { overCommitted } from '../../domain/funding/ledger.ts'
import { type Pence, pence, sumOf } from '../../domain/funding/pence.ts'
import { standingOf } from '../../domain/funding/standing.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { applicationTable } from '../../exports/money.ts'
import { needed } from '../../funding/decide.ts'
import { medianOf } from '../../funding/median.ts'
import { daysLeft, radarDays } from '../../funding/radar.ts'
import type { FundingRules } from '../../funding/rules.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { applicationsOf, eventsOfApplications, type ListedApplication, pupilCounts } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { potBalances } from '../../store/movements.ts'
import { agendaSince, putOnAgenda } from '../../store/panel.ts'
import { type Payment, paymentsOf } from '../../store/payments.ts'
import { schoolNames } from '../../store/schools.ts'
import { useReportsOf } from '../../store/use-reports.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import { fields } from '../guards.ts'
import { frameOf, reply } from '../reply.tsx'
import { type FileKind, fileKinds, replyTable } from '../table-file.ts'
import { only, signedIn } from '../viewer.ts'

/** A council's applications for money: the queue, the agenda of its panel, and the list as a file. */
export const fundingRoutes = new Hono<Web>()
for (const path of [paths.funding, paths.fundingAgenda, ...fileKinds.map((kind) => paths.fundingFile(kind))])
  fundingRoutes.use(path, signedIn, only('decide on money'))

/** What an application needs before it is agreed to; nothing once it is decided. */
const needsOf = ({ state, asked }: ListedApplication, rules: FundingRules) => {
  if (state !== 'waiting' && state !== 'question' && state !== 'second') return null
  const { panel, second } = needed(asked, rules)
  return second ? ('second' as const) : panel ? ('panel' as const) : ('officer' as const)
}

type Listed = ListedApplication & { readonly shown: QueuedApplication; readonly schoolName: string }

/** The applications the viewer may open, with where each stands and what it needs. */
const listed = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const [applications, payments, { rules }] = await Promise.all([
    applicationsOf(query, scope),
    paymentsOf(query, scope),
    rulesOn(query, ownCouncil(context), scope.today),
  ])
  const numbers = applications.map(({ number }) => number)
  const [names, uses, events, counts] = await Promise.all([
    schoolNames(query, [...new Set(applications.map(({ school }) => school))]),
    useReportsOf(query, scope, numbers),
    eventsOfApplications(query, scope, numbers),
    pupilCounts(query, numbers),
  ])
  const paid = new Map(
    payments.flatMap((one) => (one.application === null || one.state === 'cancelled' ? [] : [[one.application, one]])),
  )
  const reported = new Set(uses.map(({ application }) => application))
  const rows = applications.map((one): Listed => {
    const payment = paid.get(one.number)
    const schoolName = names.get(one.school)?.name ?? ''
    const closed = one.state === 'approved' || one.state === 'declined' || one.state === 'withdrawn'
    const last = events.findLast(({ application }) => application === one.number)
    const until = closed && last ? todayInLondon(one.decidedAt ?? last.at) : scope.today
    return {
      ...one,
      schoolName,
      shown: {
        number: one.number,
        id: one.id,
        reference: one.reference ?? '',
        intervention: one.intervention,
        project: one.kind === 'project' ? (counts.get(one.number) ?? 0) : null,
        school: schoolName,
        amount: one.agreed ?? one.asked,
        days: daysBetween(todayInLondon(one.sentAt ?? one.madeAt), until),
        urgent: one.urgent,
        deferredTo: last?.event === 'deferred' ? last.day : null,
        review: last?.event === 'review_asked',
        standing: standingOf(
          one.state,
          payment ?? (may(viewer.part, 'see payments') ? null : 'unseen'),
          reported.has(one.number),
        ),
        needs: needsOf(one, rules),
      },
    }
  })
  return { rows, payments, rules }
}

const showing: Readonly<Record<QueueShow, readonly string[]>> = {
  open: ['waiting', 'second'],
  asked: ['question'],
  agreed: ['approved'],
  ended: ['declined', 'withdrawn'],
}

/** Urgent ones first, then who has waited longest. */
const byWaiting = (rows: readonly Listed[]) =>
  rows.toSorted(
    (one, other) =>
      Number(other.urgent) - Number(one.urgent) || other.shown.days - one.shown.days || one.number - other.number,
  )

const median = (days: readonly number[]) => {
  const found = medianOf(days)
  return found === undefined ? null : { days: found, of: days.length }
}

const paidIn = (payments: readonly Payment[], rows: readonly Listed[]) =>
  payments.flatMap(({ application, paidOn }) => {
    const sentAt = rows.find(({ number }) => number === application)?.sentAt
    return paidOn !== null && sentAt ? [daysBetween(todayInLondon(sentAt), paidOn)] : []
  })

fundingRoutes.get(paths.funding, async (context) => {
  const { runtime, viewer } = context.var
  const { rows, payments } = await listed(context)
  const asked = context.req.query('show')
  const show = queueShows.find((one) => one === asked) ?? 'open'
  const year = financialYearOf(viewer.scope.today)
  const pots = (await potBalances(runtime.db.query, viewer.scope)).filter((one) => one.year === year)
  const of = (amount: (balances: (typeof pots)[number]['balances']) => Pence) =>
    sumOf(pots.map(({ balances }) => amount(balances)))
  const open = rows.filter(({ state }) => showing.open.includes(state))
  const left = daysLeft(year, viewer.scope.today)
  return reply.page(
    context,
    <FundingQueuePage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      show={show}
      toDecide={open.length}
      oldest={Math.max(0, ...open.map(({ shown }) => shown.days))}
      year={financialYearWords(year)}
      free={of(({ allocated }) => pence(Math.max(0, allocated)))}
      overCommitted={of(overCommitted)}
      daysLeft={left <= radarDays && may(viewer.part, 'see payments') ? left : null}
      promised={of(({ committed }) => committed)}
      toPay={of(({ approved }) => approved)}
      decision={median(
        rows.flatMap(({ sentAt, decidedAt }) =>
          sentAt !== null && decidedAt !== null ? [daysBetween(todayInLondon(sentAt), todayInLondon(decidedAt))] : [],
        ),
      )}
      payment={median(paidIn(payments, rows))}
      applications={byWaiting(rows.filter(({ state }) => showing[show].includes(state))).map(({ shown }) => shown)}
    />,
  )
})

const giveFile = (kind: FileKind) => async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { rows } = await listed(context)
  await runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'list of applications taken',
      virtualSchool: ownCouncil(context),
      subject: kind,
    }),
  ])
  const table = applicationTable(rows.map((row) => ({ ...row, standing: row.shown.standing })))
  return replyTable(context, table, 'applications', kind)
}
for (const kind of fileKinds) fundingRoutes.get(paths.fundingFile(kind), giveFile(kind))

const showAgenda = async (
  context: WebContext,
  values: { readonly day: string; readonly ticked: readonly string[] },
  toMend: readonly ToMend[],
) => {
  const { runtime, viewer } = context.var
  const { rows } = await listed(context)
  const items = await agendaSince(runtime.db.query, viewer.scope, viewer.scope.today)
  const days = [...new Set(items.map(({ day }) => day))]
  const placed = new Set(items.map(({ application }) => application))
  return reply.page(
    context,
    <FundingAgendaPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      meetings={days.map((day) => ({
        day,
        items: items
          .filter((item) => item.day === day)
          .flatMap(({ application }) => rows.find(({ number }) => number === application)?.shown ?? []),
      }))}
      toPut={byWaiting(
        rows.filter(
          ({ number, state, shown }) =>
            showing.open.includes(state) && shown.needs !== 'officer' && !placed.has(number),
        ),
      ).map(({ shown }) => shown)}
      toMove={rows
        .filter(({ number, state }) => showing.open.includes(state) && placed.has(number))
        .map(({ shown }) => shown)}
      mayPut={mayPut(context)}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

/** A member of the panel finds the agenda made; the head and officers make it. */
const mayPut = ({ var: { viewer } }: WebContext) =>
  viewer.part.kind === 'council' && viewer.part.role !== 'panel_member'

fundingRoutes.get(paths.fundingAgenda, (context) => showAgenda(context, { day: '', ticked: [] }, []))

fundingRoutes.post(paths.fundingAgenda, async (context) => {
  const { runtime, viewer } = context.var
  if (!mayPut(context)) return reply.notFound(context)
  const values = { day: field(context, 'day').slice(0, 40), ticked: fields(context, 'application').slice(0, 500) }
  const day = parseTypedDate(values.day)
  const { rows } = await listed(context)
  const chosen = rows.filter(({ id, state }) => values.ticked.includes(id) && showing.open.includes(state))
  const toMend: ToMend[] = [
    ...(chosen.length === 0 ? [{ text: agendaWords.toMend.nothing, field: 'application' }] : []),
    ...(day !== undefined && day >= viewer.scope.today ? [] : [{ text: agendaWords.toMend.day, field: 'day' }]),
  ]
  if (toMend.length > 0 || day === undefined) return showAgenda(context, values, toMend)
  const at = runtime.now()
  await runtime.db.commit([
    ...putOnAgenda(
      ownCouncil(context),
      { id: newPublicId(), day },
      chosen.map(({ number }) => number),
      at,
      viewer.person.number,
    ),
    ...chosen.map(({ id }) =>
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'application put on agenda',
        virtualSchool: ownCouncil(context),
        subject: id,
      }),
    ),
  ])
  return reply.goTo(context, paths.fundingAgenda)
})
