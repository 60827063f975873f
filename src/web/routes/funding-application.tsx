import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { applicationEmail, workerEmail } from '../../../templates/emails/money.ts'
import { type DecisionKind, FundingApplicationPage } from '../../../templates/pages/funding-application.tsx'
import { roundWords } from '../../../templates/words/en/dates.ts'
import { decideWords as words } from '../../../templates/words/en/funding.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { may } from '../../access/scope.ts'
import { daysBetween, parseTypedDate, todayInLondon } from '../../domain/dates.ts'
import { parsePounds } from '../../domain/funding/pence.ts'
import { standingOf } from '../../domain/funding/standing.ts'
import { stepOf } from '../../domain/funding/states.ts'
import { holdsUpn, newPublicId } from '../../domain/identifiers.ts'
import { itemOf, items } from '../../domain/return/dictionary.ts'
import type { Term } from '../../domain/return/item.ts'
import {
  type Decider,
  type Decision,
  decisionStatements,
  declinedBefore,
  needed,
  problemOfDecision,
  type Standing,
  undoStatements,
} from '../../funding/decide.ts'
import { gateParts, gatesOf } from '../../funding/gate.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { typedFrom } from '../../funding/typed.ts'
import {
  type Application,
  applicationById,
  applicationHappens,
  applicationsForPupil,
  eventsOfApplications,
  pupilsOfApplications,
} from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { Conflict, type Statement } from '../../store/db.ts'
import { addToOutbox } from '../../store/outbox.ts'
import { attainmentFor, childrenSince, haveInterest, interestsIn, isOnAgenda, toTellOf } from '../../store/panel.ts'
import { payeesOf } from '../../store/payees.ts'
import { paymentsOf } from '../../store/payments.ts'
import { schoolNames } from '../../store/schools.ts'
import { useReportsOf } from '../../store/use-reports.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** One application as a council decides on it. */
export const fundingApplicationRoutes = new Hono<Web>()
for (const path of [
  paths.fundingApplication(':application'),
  paths.fundingDecide(':application'),
  paths.fundingInterest(':application'),
  paths.fundingPass(':application'),
  paths.fundingUndo(':application'),
])
  fundingApplicationRoutes.use(path, signedIn, only('decide on money'))

const open = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const application = await applicationById(query, scope, context.req.param('application') ?? '')
  if (!application || viewer.part.kind !== 'council') return undefined
  const numbers = [application.number]
  const [pupils, events, interests, onAgenda, { rules }, names, payments, gates] = await Promise.all([
    pupilsOfApplications(query, scope, numbers),
    eventsOfApplications(query, scope, numbers),
    interestsIn(query, scope, numbers),
    isOnAgenda(query, scope, application.number),
    rulesOn(query, application.virtualSchool, scope.today),
    schoolNames(query, [application.school]),
    paymentsOf(query, scope),
    gatesOf(query, scope, [application]),
  ])
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'application seen',
    application.id,
  )
  const decider: Decider = {
    person: viewer.person.number,
    role: viewer.part.role,
    hasInterest: interests.some(({ person }) => person === viewer.person.number),
  }
  const standing: Standing = { events, rules, onAgenda, schoolName: names.get(application.school)?.name ?? '' }
  const payment = payments.find((one) => one.application === application.number && one.state !== 'cancelled')
  const passed = events.some(({ event }) => event === 'gate_passed')
  const gate = gateParts(gates.get(application.number), rules, { urgent: application.urgent, passed })
  return { application, pupils, interests, decider, standing, payment, passed, gate }
}

type Opened = NonNullable<Awaited<ReturnType<typeof open>>>
type Shown = { readonly values?: Readonly<Record<string, string>>; readonly toMend?: readonly ToMend[] }

const bandItems = items
  .filter(({ code, section }) => section === 'attainment' && code.endsWith('_band'))
  .map(({ code }) => code)

/** A subject without what the question asks of it: the heading says that. */
const subjectOf = (item: string) => (itemWords[item]?.label ?? item).split(':')[0] ?? item

const extractOf = async (context: WebContext, { application, pupils }: Opened) => {
  const { runtime, viewer } = context.var
  const rows = await attainmentFor(runtime.db.query, viewer.scope, application.number, bandItems)
  return rows.map((row) => {
    const pupil = pupils.find(({ number }) => number === row.pupil)
    const item = itemOf(row.item)
    const options = item ? itemWords[item.code]?.options : undefined
    return {
      name: pupil ? shortName(pupil.forename, pupil.surname) : '',
      item: subjectOf(row.item),
      value: options?.[row.value] ?? row.value,
      term: roundWords(row.term as Term, row.academicYear),
    }
  })
}

const kindsFor = ({ application, standing, decider }: Opened): readonly DecisionKind[] => {
  const first = application.state === 'second' && standing.events.findLast(({ event }) => event === 'seconded')
  const can = (event: Parameters<typeof stepOf>[1]) => stepOf(application.state, event)?.by === 'council'
  return [
    ...(can('approved') && !(first && first.person === decider.person) ? (['approve'] as const) : []),
    ...(can('asked') ? (['ask'] as const) : []),
    ...(can('deferred') ? (['defer'] as const) : []),
    ...(can('declined') ? (['decline'] as const) : []),
  ]
}

const needsOf = ({ application, standing }: Opened) => {
  if (stepOf(application.state, 'declined')?.by !== 'council') return null
  const { panel, second } = needed(application.asked, standing.rules)
  return second ? ('second' as const) : panel ? ('panel' as const) : ('officer' as const)
}

const show = async (context: WebContext, opened: Opened, { values = {}, toMend = [] }: Shown = {}) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const { application, pupils, interests, decider, standing, payment, passed, gate } = opened
  const [since, uses, payees, extract, others] = await Promise.all([
    childrenSince(query, scope, application.number),
    useReportsOf(query, scope, [application.number]),
    payeesOf(query, scope),
    extractOf(context, opened),
    Promise.all(pupils.map(({ number }) => applicationsForPupil(query, scope, number))),
  ])
  const before = [...new Map(others.flat().map((one) => [one.number, one])).values()].filter(
    ({ number }) => number !== application.number,
  )
  const kinds = kindsFor(opened)
  const closed = kinds.length === 0
  const last = standing.events.findLast(({ event }) => event === 'seconded')
  const mayDecide = !closed && !decider.hasInterest && declinedBefore(standing.events) !== decider.person
  return reply.page(
    context,
    <FundingApplicationPage
      frame={frameOf(context)}
      id={application.id}
      reference={application.reference ?? ''}
      fund={application.fund}
      school={standing.schoolName}
      intervention={application.intervention}
      pupils={pupils.map((pupil) => {
        const now = since.find((one) => one.pupil === pupil.number)
        return {
          id: may(viewer.part, 'read pupils') ? pupil.id : null,
          name: shortName(pupil.forename, pupil.surname),
          leftOn: now?.leftOn ?? null,
          careEndedOn: now?.careEndedOn ?? null,
        }
      })}
      project={application.kind === 'project'}
      typed={typedFrom(application.typed)}
      asked={application.asked}
      agreed={application.state === 'approved' ? application.agreed : null}
      days={daysBetween(
        todayInLondon(application.sentAt ?? application.madeAt),
        closed && application.decidedAt ? todayInLondon(application.decidedAt) : scope.today,
      )}
      needs={needsOf(opened)}
      standing={standingOf(
        application.state,
        payment ? { state: payment.state, isSetUp: payment.supplierReference !== '' } : null,
        uses.length > 0,
      )}
      before={before.map((one) => ({
        id: one.id,
        reference: one.reference ?? '',
        intervention: one.intervention,
        amount: one.agreed ?? one.asked,
        standing: standingOf(one.state, null, false),
      }))}
      extract={extract}
      gate={application.state === 'declined' || application.state === 'withdrawn' ? [] : gate}
      gatePassed={passed}
      mayPass={decider.role === 'head' && !passed && payment?.state === 'approved' && gate.some((part) => part.waits)}
      events={standing.events}
      uses={uses.toReversed()}
      interests={interests}
      decide={
        mayDecide
          ? {
              kinds,
              seen: application.events,
              second: application.state === 'second' && last?.amount ? { amount: last.amount, by: last.by } : null,
              payees: payees.filter(({ school }) => school === null),
            }
          : null
      }
      mayDeclareInterest={!closed && !decider.hasInterest}
      payment={
        payment
          ? {
              reference: payment.reference,
              dueOn: payment.dueOn,
              standing: standingOf(
                null,
                { state: payment.state, isSetUp: payment.supplierReference !== '' },
                uses.length > 0,
              ),
              mayUndo: decider.role === 'head' && payment.state !== 'paid',
              seen: application.events,
            }
          : null
      }
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

fundingApplicationRoutes.get(paths.fundingApplication(':application'), async (context) => {
  const opened = await open(context)
  return opened ? show(context, opened) : reply.notFound(context)
})

const noteOf = (context: WebContext, { application, pupils }: Opened, action: string): readonly Statement[] => {
  const { runtime, viewer } = context.var
  return pupils.map(({ number }) =>
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action,
      pupil: number,
      virtualSchool: ownCouncil(context),
      subject: application.id,
    }),
  )
}

/** What is decided, as it was typed. */
const typedDecision = (context: WebContext) => ({
  kind: field(context, 'kind'),
  amount: field(context, 'amount').slice(0, 20),
  payee: field(context, 'payee'),
  day: field(context, 'day').slice(0, 40),
  said: field(context, 'said').slice(0, 2000),
  note: field(context, 'note').slice(0, 2000),
})

const decisionFrom = async (
  context: WebContext,
  typed: ReturnType<typeof typedDecision>,
): Promise<{ readonly decision?: Decision; readonly toMend: readonly ToMend[] }> => {
  const { runtime, viewer } = context.var
  const upn: ToMend[] = (['said', 'note'] as const)
    .filter((name) => holdsUpn(typed[name]))
    .map((name) => ({ text: words.toMend.upn, field: name }))
  const reason: ToMend[] = typed.said === '' ? [{ text: words.problems.reason, field: 'said' }] : []
  switch (typed.kind) {
    case 'approve': {
      const amount = parsePounds(typed.amount)
      const payee = (await payeesOf(runtime.db.query, viewer.scope)).find(({ id }) => id === typed.payee)
      return amount === undefined
        ? { toMend: [{ text: words.problems.amount, field: 'amount' }, ...upn] }
        : { decision: { kind: 'approve', amount, payee: payee?.id ?? null }, toMend: upn }
    }
    case 'ask':
    case 'decline':
      return { decision: { kind: typed.kind }, toMend: [...reason, ...upn] }
    case 'defer': {
      const day = parseTypedDate(typed.day)
      return day !== undefined && day > viewer.scope.today
        ? { decision: { kind: 'defer', day }, toMend: [...reason, ...upn] }
        : { toMend: [{ text: words.toMend.day, field: 'day' }, ...reason, ...upn] }
    }
    default:
      return { toMend: [{ text: words.toMend.kind, field: 'kind' }, ...upn] }
  }
}

/** The e-mails that tell of a decision; what one of two people agreed is told to nobody yet. */
const mailOf = async (
  context: WebContext,
  application: Application,
  decision: Decision,
  isSettled: boolean,
): Promise<readonly Statement[]> => {
  const { runtime, viewer } = context.var
  if (!isSettled) return []
  const event = ({ approve: 'approved', ask: 'asked', defer: 'deferred', decline: 'declined' } as const)[decision.kind]
  const told = await toTellOf(runtime.db.query, viewer.scope, application.number)
  const reference = application.reference ?? ''
  const at = runtime.now()
  return [...new Map(told.map((one) => [one.email, one])).values()].flatMap(({ email, who }) => {
    if (who === 'school') {
      const address = `${runtime.config.origin}${paths.moneyApplication(application.id)}`
      const mail = applicationEmail({ reference, council: application.council, event, address })
      return [addToOutbox(runtime.db.query, { id: newPublicId(), to: email, ...mail, at })]
    }
    if (event !== 'approved' && event !== 'declined') return []
    const mail = workerEmail({ reference, agreed: event === 'approved' })
    return [addToOutbox(runtime.db.query, { id: newPublicId(), to: email, ...mail, at })]
  })
}

const fieldOf = { amount: 'amount', reason: 'said' } as const

fundingApplicationRoutes.post(paths.fundingDecide(':application'), async (context) => {
  const { runtime } = context.var
  const opened = await open(context)
  if (!opened) return reply.notFound(context)
  const { application, decider, standing } = opened
  if (field(context, 'seen') !== String(application.events))
    return reply.changedMeanwhile(context, paths.fundingApplication(application.id))
  const typed = typedDecision(context)
  const { decision, toMend } = await decisionFrom(context, typed)
  if (!decision || toMend.length > 0) return show(context, opened, { values: typed, toMend })
  const problem = problemOfDecision(application, decision, decider, standing)
  if (problem)
    return show(context, opened, {
      values: typed,
      toMend: [
        {
          text: words.problems[problem],
          field: problem in fieldOf ? fieldOf[problem as keyof typeof fieldOf] : 'kind',
        },
      ],
    })
  const settled =
    decision.kind !== 'approve' || application.state === 'second' || !needed(decision.amount, standing.rules).second
  try {
    await runtime.db.commit([
      ...decisionStatements(
        application,
        decision,
        decider,
        standing,
        { said: typed.said, note: typed.note },
        runtime.now(),
      ),
      ...noteOf(context, opened, `application: ${decision.kind}`),
      ...(await mailOf(context, application, decision, settled)),
    ])
  } catch (problem_) {
    if (!(problem_ instanceof Conflict)) throw problem_
    const now = await open(context)
    if (!now) return reply.notFound(context)
    return now.application.events === application.events
      ? show(context, now, { values: typed, toMend: [{ text: words.beyond, field: 'kind' }] })
      : reply.changedMeanwhile(context, paths.fundingApplication(application.id))
  }
  void runtime.start({ name: 'send-mail' }).catch(() => undefined)
  return reply.goTo(context, paths.fundingApplication(application.id))
})

const reasonFrom = (context: WebContext, name: string) => {
  const text = field(context, name).slice(0, 300)
  const toMend: readonly ToMend[] =
    text === ''
      ? [{ text: words.toMend.why, field: name }]
      : holdsUpn(text)
        ? [{ text: words.toMend.upn, field: name }]
        : []
  return { text, toMend }
}

/** Commits, and sends on to the application or says that somebody was first. */
const settle = async (context: WebContext, application: Application, statements: readonly Statement[], to: string) => {
  try {
    await context.var.runtime.db.commit(statements)
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
    return reply.changedMeanwhile(context, paths.fundingApplication(application.id))
  }
  return reply.goTo(context, to)
}

fundingApplicationRoutes.post(paths.fundingInterest(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await open(context)
  if (!opened) return reply.notFound(context)
  const { application } = opened
  const { text, toMend } = reasonFrom(context, 'interest')
  if (toMend.length > 0) return show(context, opened, { values: { interest: text }, toMend })
  return settle(
    context,
    application,
    [
      haveInterest(application.number, viewer.person.number, text, runtime.now()),
      ...noteOf(context, opened, 'interest in application'),
    ],
    paths.funding,
  )
})

fundingApplicationRoutes.post(paths.fundingPass(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await open(context)
  if (opened?.decider.role !== 'head') return reply.notFound(context)
  const { application, gate } = opened
  const { text, toMend } = reasonFrom(context, 'passWhy')
  if (toMend.length > 0) return show(context, opened, { values: { passWhy: text }, toMend })
  const step = stepOf(application.state, 'gate_passed')
  if (!step || !gate.some((part) => part.waits))
    return reply.changedMeanwhile(context, paths.fundingApplication(application.id))
  return settle(
    context,
    application,
    [
      ...applicationHappens(
        application,
        { event: 'gate_passed', note: text },
        { state: step.to, agreed: application.agreed, year: application.year },
        runtime.now(),
        viewer.person.number,
      ),
      ...noteOf(context, opened, 'application: may be paid before everything is in'),
    ],
    paths.fundingApplication(application.id),
  )
})

fundingApplicationRoutes.post(paths.fundingUndo(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await open(context)
  if (opened?.decider.role !== 'head') return reply.notFound(context)
  const { application, payment } = opened
  const { text, toMend } = reasonFrom(context, 'undoWhy')
  if (toMend.length > 0) return show(context, opened, { values: { undoWhy: text }, toMend })
  if (!payment || payment.state === 'paid' || field(context, 'seen') !== String(application.events))
    return reply.changedMeanwhile(context, paths.fundingApplication(application.id))
  return settle(
    context,
    application,
    [
      ...undoStatements(application, payment, text, runtime.now(), viewer.person.number),
      ...noteOf(context, opened, 'application: approval taken back'),
    ],
    paths.fundingApplication(application.id),
  )
})
