import { plusDays, plusMinutes, todayInLondon } from '../../src/domain/dates.ts'
import { emptyApplication } from '../../src/domain/funding/application.ts'
import { financialYearAt } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import {
  type Decision,
  decisionStatements,
  interestStatements,
  problemOfDecision,
  releaseOf,
} from '../../src/funding/decide.ts'
import { usualFundingRules } from '../../src/funding/rules.ts'
import { pick, whole } from '../../src/seed/random.ts'
import { applicationHappens, beginApplication, giveReference } from '../../src/store/application-steps.ts'
import { putOnAgenda } from '../../src/store/panel.ts'
import { paymentsOf } from '../../src/store/payments.ts'
import { statement } from '../../src/store/statement.ts'
import { decideInModel, modelLets, people, potsOf, reaches } from './money-model.ts'
import { differs, fund, happened, look, modelPayment, newId, type Seen, type Step, type World } from './money-world.ts'

/** An application as somebody sees it: now, or as it was. */
const someApplication = async (world: World) => {
  const ids = [...world.model.applications.keys()]
  if (ids.length === 0) return undefined
  if (world.seenApplications.length > 0 && world.random() < 0.25) return pick(world.random, world.seenApplications)
  // What one of two has agreed is rare, and where the most can go wrong.
  const inState = (...states: readonly string[]) =>
    ids.filter((id) => states.includes(world.model.applications.get(id)?.state ?? ''))
  const some = pick(world.random, [inState('second'), inState('question'), inState('waiting', 'declined'), ids])
  return look(world, pick(world.random, some.length > 0 ? some : ids))
}

/** A school asks for money. */
export const apply: Step = async (world) => {
  const open = [...world.model.applications.values()].filter(
    ({ state }) => state !== 'approved' && state !== 'withdrawn',
  )
  if (open.length > 4) return decide(world)
  const id = newId(world, 'a')
  // To the penny at the limits, and often what needs two people: there the most can go wrong.
  const pounds = world.random() < 0.5 ? whole(world.random, 1, 2_000) : whole(world.random, 2_001, 3_000)
  const asked = world.random() < 0.2 ? pick(world.random, [500_00, 500_01, 2000_00, 2000_01] as const) : pounds * 100
  const pupil = pick(world.random, world.pupils)
  const urgent = world.random() < 0.5
  await world.db.commit([
    ...beginApplication(
      {
        ...{ id, virtualSchool: world.council, school: pupil.school, fund, kind: 'child' },
        ...{ typed: JSON.stringify(emptyApplication), pupils: [pupil.number] },
      },
      world.now,
      5,
    ),
    statement("update application set asked = ?, intervention = 'other', urgent = ? where id = ?", [
      ...[asked, urgent ? 1 : 0, id],
    ]),
    giveReference(id, financialYearAt(world.now), world.now),
    ...applicationHappens({ id, events: 0 }, { event: 'sent' }, { state: 'waiting' }, world.now, 5),
  ])
  world.model.applications.set(id, {
    ...{ state: 'waiting', events: 1, asked, promised: null, declinedBy: null, reviewed: false, urgent },
    ...{ payment: null, interests: new Set<number>(), onAgenda: false },
  })
  return undefined
}

const modelSees = ({ application, events, onAgendaInModel }: Seen) => {
  const promised = events.findLast(({ event }) => event === 'seconded')
  const declined = events.findLast(({ event }) => event === 'declined')
  return {
    ...{ state: application.state, asked: application.asked, urgent: application.urgent },
    promised: promised ? { amount: promised.amount ?? 0, by: promised.person ?? 0, year: 0 } : null,
    declinedBy: declined?.person ?? null,
    reviewed: events.some(({ event }) => event === 'review_asked'),
    onAgenda: onAgendaInModel,
  }
}

/** Somebody says that they have an interest in an application: what they promised as one of two is taken back. */
export const interest: Step = async (world) => {
  const ids = [...world.model.applications.keys()]
  if (ids.length === 0) return undefined
  const { application, events } = await look(world, pick(world.random, ids))
  const own = world.model.applications.get(application.id)
  const first = own?.state === 'second' ? own.promised : null
  const person = first && world.random() < 0.5 ? first.by : pick(world.random, people).person
  const done = await happened(world, interestStatements(application, events, 'a cousin', world.now, person))
  const expected = own?.interests.has(person) === false
  own?.interests.add(person)
  if (own && expected && first?.by === person) {
    const pots = potsOf(world.model, first.year)
    pots.committed -= first.amount
    pots.allocated += first.amount
    Object.assign(own, { state: 'waiting', promised: null, events: own.events + 1 })
  }
  return differs('an interest', done, expected)
}

/** Applications are put on the agenda of today's meeting, or of one that is still to come. */
export const agenda: Step = async (world) => {
  const ids = [...world.model.applications.keys()].filter(() => world.random() < 0.6)
  const held = world.random() < 0.8
  const day = held ? world.scope.today : plusDays(world.scope.today, 400)
  const numbers: number[] = []
  for (const id of ids) numbers.push((await look(world, id)).application.number)
  await world.db.commit(
    putOnAgenda(
      world.council,
      { id: newId(world, 'meeting'), day },
      numbers,
      world.now,
      pick(world.random, people).person,
    ),
  )
  for (const id of held ? ids : []) Object.assign(world.model.applications.get(id) ?? {}, { onAgenda: true })
  return undefined
}

const someDecision = (world: World, asked: number, promised: number | undefined): Decision => {
  const others = ['ask', 'defer', 'decline'] as const
  const kind = world.random() < 0.7 ? 'approve' : pick(world.random, others)
  if (kind === 'defer') return { kind, day: todayInLondon(plusMinutes(world.now, 9 * 24 * 60)) }
  if (kind !== 'approve') return { kind }
  const amount =
    promised !== undefined && world.random() < 0.8
      ? promised
      : pick(world.random, [asked, asked, asked, asked, asked + 1, 1, 0])
  return { kind, amount: pence(amount), payee: null }
}

const rules = usualFundingRules

/** One or several people decide on an application, as they see it. */
export const decide: Step = async (world) => {
  const seen = await someApplication(world)
  if (!seen) return undefined
  const { application, events, onAgenda } = seen
  const own = world.model.applications.get(application.id)
  const decision = someDecision(
    world,
    application.asked,
    application.state === 'second' ? own?.promised?.amount : undefined,
  )
  const amount = decision.kind === 'approve' ? decision.amount : 0
  const deciders = world.random() < 0.3 ? people.filter(() => world.random() < 0.6) : [pick(world.random, people)]
  const standing = { events, rules, onAgenda, schoolName: 'School' }
  const tries: { who: (typeof people)[number]; done: Promise<boolean> }[] = []
  for (const who of deciders) {
    // An interest that was said after the page was opened is not known to it.
    const hasInterest = own?.interests.has(who.person) === true && world.random() < 0.6
    const decider = { person: who.person, role: who.role, hasInterest }
    const problem = problemOfDecision(application, decision, decider, standing)
    const lets = !hasInterest && modelLets(modelSees(seen), decision.kind, amount, who)
    const wrong = differs(
      `${who.role} ${decision.kind} ${amount} from ${application.state}`,
      problem === undefined,
      lets,
    )
    if (wrong) return wrong
    if (problem === undefined)
      tries.push({
        who,
        done: happened(
          world,
          decisionStatements(application, decision, decider, standing, { said: 'said', note: '' }, world.now),
        ),
      })
  }
  const expected =
    own?.events === application.events &&
    reaches(world.model, financialYearAt(world.now), application.id, decision.kind, amount)
  const done = await Promise.all(tries.map(async ({ who, done }) => ({ who, won: await done })))
  const winners = done.filter(({ won }) => won)
  if (winners[0]) {
    decideInModel(world.model, financialYearAt(world.now), application.id, decision.kind, amount, winners[0].who.person)
    await payInModel(world, application.id)
  }
  return differs(
    `${tries.length} decisions ${decision.kind} from ${application.state}`,
    winners.length,
    expected && tries.some(({ who }) => !own.interests.has(who.person)) ? 1 : 0,
  )
}

/** Notes in the model the payment that an approval made. */
const payInModel = async (world: World, id: string) => {
  const own = world.model.applications.get(id)
  if (own?.state !== 'approved') return
  const payment = (await paymentsOf(world.db.query, world.scope)).find(
    (one) => one.state === 'approved' && !world.model.payments.has(one.id),
  )
  if (!payment) throw new Error('an approval without a payment')
  own.payment = payment.id
  world.model.payments.set(payment.id, modelPayment(payment, id))
}

/** A school answers, withdraws or asks for a review. */
export const school: Step = async (world) => {
  const seen = await someApplication(world)
  if (!seen) return undefined
  const { application, events } = seen
  const own = world.model.applications.get(application.id)
  if (!own) return undefined
  const possible: Readonly<Record<string, readonly ('withdrawn' | 'answered' | 'review_asked')[]>> = {
    waiting: ['withdrawn'],
    question: ['answered', 'answered', 'withdrawn'],
    second: ['withdrawn'],
    declined: own.reviewed ? [] : ['review_asked'],
  }
  const choices = possible[application.state] ?? []
  if (choices.length === 0 || world.random() < (application.state === 'waiting' ? 0.7 : 0.1)) return undefined
  const event = pick(world.random, choices)
  const to = event === 'withdrawn' ? 'withdrawn' : 'waiting'
  const done = await happened(world, [
    ...applicationHappens(application, { event, said: 'said' }, { state: to }, world.now, 5),
    ...(event === 'withdrawn' ? releaseOf(application, events, world.now, 5) : []),
  ])
  const expected = own.events === application.events
  if (done) {
    own.events += 1
    if (event === 'withdrawn' && own.state === 'second' && own.promised) {
      const pots = potsOf(world.model, own.promised.year)
      pots.committed -= own.promised.amount
      pots.allocated += own.promised.amount
      own.promised = null
    }
    if (event === 'review_asked') own.reviewed = true
    own.state = to
  }
  return differs(`${event} by the school`, done, expected)
}
