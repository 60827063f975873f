import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { applicationEmail, workerEmail } from '../../../templates/emails/money.ts'
import { decideWords as words } from '../../../templates/words/en/funding.ts'
import { parseTypedDate } from '../../domain/dates.ts'
import { parsePounds } from '../../domain/funding/pence.ts'
import { stepOf } from '../../domain/funding/states.ts'
import { holdsUpn, newPublicId } from '../../domain/identifiers.ts'
import {
  type Decision,
  type DecisionProblem,
  decisionStatements,
  interestStatements,
  needed,
  problemOfDecision,
  undoStatements,
} from '../../funding/decide.ts'
import { applicationHappens } from '../../store/application-steps.ts'
import type { Application } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { Conflict, type Statement } from '../../store/db.ts'
import { addToOutbox } from '../../store/outbox.ts'
import { toTellOf } from '../../store/panel.ts'
import { payeesOf } from '../../store/payees.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { reply } from '../reply.tsx'
import { settle } from '../settle.ts'
import { type OpenedToDecide, openToDecide, showToDecide } from '../to-decide.tsx'
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

fundingApplicationRoutes.get(paths.fundingApplication(':application'), async (context) => {
  const opened = await openToDecide(context)
  return opened ? showToDecide(context, opened) : reply.notFound(context)
})

const noteOf = (context: WebContext, { application, pupils }: OpenedToDecide, action: string): readonly Statement[] => {
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
      const payees = typed.payee === '' ? [] : await payeesOf(runtime.db.query, viewer.scope)
      const payee = payees.find(({ id, school }) => id === typed.payee && school === null)
      const toMend: readonly ToMend[] = [
        ...(amount === undefined ? [{ text: words.problems.amount, field: 'amount' }] : []),
        ...(typed.payee === '' || payee ? [] : [{ text: words.toMend.payee, field: 'payee' }]),
        ...upn,
      ]
      return amount === undefined
        ? { toMend }
        : { decision: { kind: 'approve', amount, payee: payee?.id ?? null }, toMend }
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

const fieldOf = { amount: 'amount', payee: 'payee', reason: 'said' } as const

/** What stands against a decision, in words; of an amount, how much it may be. */
const saysOf = ({ application, standing }: OpenedToDecide, problem: DecisionProblem): string => {
  if (problem !== 'amount') return words.problems[problem]
  const first =
    application.state === 'second' ? standing.events.findLast(({ event }) => event === 'seconded') : undefined
  return first?.amount ? words.toMend.same(first.amount) : words.toMend.most(application.asked)
}

fundingApplicationRoutes.post(paths.fundingDecide(':application'), async (context) => {
  const { runtime } = context.var
  const opened = await openToDecide(context)
  if (!opened) return reply.notFound(context)
  const { application, decider, standing } = opened
  if (field(context, 'seen') !== String(application.events))
    return reply.changedMeanwhile(context, paths.fundingApplication(application.id))
  const typed = typedDecision(context)
  const { decision, toMend } = await decisionFrom(context, typed)
  if (!decision || toMend.length > 0) return showToDecide(context, opened, { values: typed, toMend })
  const problem = problemOfDecision(application, decision, decider, standing)
  if (problem)
    return showToDecide(context, opened, {
      values: typed,
      toMend: [
        {
          text: saysOf(opened, problem),
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
    const now = await openToDecide(context)
    if (!now) return reply.notFound(context)
    return now.application.events === application.events
      ? showToDecide(context, now, { values: typed, toMend: [{ text: words.beyond, field: 'kind' }] })
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

fundingApplicationRoutes.post(paths.fundingInterest(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await openToDecide(context)
  if (!opened) return reply.notFound(context)
  const { application, standing } = opened
  const { text, toMend } = reasonFrom(context, 'interest')
  if (toMend.length > 0) return showToDecide(context, opened, { values: { interest: text }, toMend })
  return settle(
    context,
    [
      ...interestStatements(application, standing.events, text, runtime.now(), viewer.person.number),
      ...noteOf(context, opened, 'interest in application'),
    ],
    paths.funding,
    paths.fundingApplication(application.id),
  )
})

fundingApplicationRoutes.post(paths.fundingPass(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await openToDecide(context)
  if (opened?.decider.role !== 'head' || opened.decider.hasInterest || opened.decider.asksThemselves)
    return reply.notFound(context)
  const { application, gate } = opened
  const { text, toMend } = reasonFrom(context, 'passWhy')
  if (toMend.length > 0) return showToDecide(context, opened, { values: { passWhy: text }, toMend })
  const step = stepOf(application.state, 'gate_passed')
  if (!step || !gate.some((part) => part.waits))
    return reply.changedMeanwhile(context, paths.fundingApplication(application.id))
  return settle(
    context,
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
  const opened = await openToDecide(context)
  if (opened?.decider.role !== 'head') return reply.notFound(context)
  const { application, payment } = opened
  const { text, toMend } = reasonFrom(context, 'undoWhy')
  if (toMend.length > 0) return showToDecide(context, opened, { values: { undoWhy: text }, toMend })
  if (!payment || payment.state === 'paid' || field(context, 'seen') !== String(application.events))
    return reply.changedMeanwhile(context, paths.fundingApplication(application.id))
  return settle(
    context,
    [
      ...undoStatements(application, payment, text, runtime.now(), viewer.person.number),
      ...noteOf(context, opened, 'application: approval taken back'),
    ],
    paths.fundingApplication(application.id),
  )
})
