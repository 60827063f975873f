import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, instant, plainDate, plusMinutes, todayInLondon } from '../../src/domain/dates.ts'
import { emptyApplication } from '../../src/domain/funding/application.ts'
import { type FinancialYear, financialYearAt } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import type { Scope } from '../../src/domain/scope.ts'
import {
  type Decision,
  decisionStatements,
  problemOfDecision,
  releaseOf,
  undoStatements,
} from '../../src/funding/decide.ts'
import { usualFundingRules } from '../../src/funding/rules.ts'
import { pick, type Random, randomFrom, whole } from '../../src/seed/random.ts'
import {
  type Application,
  applicationById,
  applicationHappens,
  beginApplication,
  eventsOfApplications,
  giveReference,
  type HappenedEvent,
} from '../../src/store/applications.ts'
import { Conflict, type Db, type Statement } from '../../src/store/db.ts'
import { setAllocation } from '../../src/store/funding-rules.ts'
import { haveInterest } from '../../src/store/panel.ts'
import { approveRun, proposeRun } from '../../src/store/pay-runs.ts'
import { schoolAsPayee } from '../../src/store/payees.ts'
import { cancelPayment, isPaid, isReturned, type Payment, paymentsOf, sendToFinance } from '../../src/store/payments.ts'
import { statement } from '../../src/store/statement.ts'

import { decideInModel, type Model, type ModelPayment, modelLets, people, potsOf, reaches } from './money-model.ts'

const fund = 'pupil_premium_plus' as const

type World = {
  readonly db: Db
  readonly random: Random
  readonly model: Model
  readonly council: number
  readonly schools: readonly number[]
  readonly pupils: { number: number; school: number; inCare: boolean }[]
  readonly scope: Scope
  now: Instant
  next: number
  readonly tag: string
  /** Applications and payments as somebody saw them a while ago. */
  readonly seenApplications: { application: Application; events: readonly HappenedEvent[] }[]
  readonly seenPayments: Payment[]
}

const setUp = async (db: Db, seed: number, index: number): Promise<World> => {
  const random = randomFrom(seed)
  const council = 1000 + index
  const schools = [10_000 + index * 2, 10_001 + index * 2]
  const pupils = [0, 1, 2].map((at) => ({
    number: 100_000 + index * 3 + at,
    school: schools[at % 2] ?? 0,
    inCare: true,
  }))
  const now = instant(
    Date.parse(pick(random, ['2026-11-02T09:00:00Z', '2027-03-30T20:00:00Z', '2028-02-28T09:00:00Z'])),
  )
  await db.commit([
    statement('insert into virtual_school (number, id, la_code, name, mailbox) values (?, ?, ?, ?, ?)', [
      ...[
        council,
        `council${index}`,
        index.toString(36).padStart(3, '0'),
        `Council ${index}`,
        `c${index}@people.example`,
      ],
    ]),
    ...schools.map((number) =>
      statement('insert into school (number, id, first_urn) values (?, ?, ?)', [number, `s${number}`, `u${number}`]),
    ),
    ...pupils.map(({ number }) =>
      statement('insert into pupil (number, id, virtual_school_number, child_reference) values (?, ?, ?, ?)', [
        ...[number, `p${number}`, council, `r${number}`],
      ]),
    ),
    ...(index === 0
      ? [1, 2, 3, 4, 5].map((number) =>
          statement('insert into person (number, id, email) values (?, ?, ?)', [
            ...[number, `person${number}`, `person${number}@people.example`],
          ]),
        )
      : []),
    schoolAsPayee(council, { id: `payee${index}`, school: schools[0] ?? 0, name: 'Set up' }, now, null),
    statement("update payee set supplier_reference = 'V1' where id = ?", [`payee${index}`]),
  ])
  return {
    ...{ db, random, council, schools, pupils, now, next: 0, tag: `${index}` },
    model: {
      ...{ pots: new Map(), given: new Map(), applications: new Map(), payments: new Map(), entitled: new Set() },
      approvedRuns: 0,
    },
    scope: scopeFor(3, { kind: 'council', virtualSchool: council, role: 'head' }, now),
    seenApplications: [],
    seenPayments: [],
  }
}

const newId = (world: World, kind: string) => {
  world.next += 1
  return `${kind}${world.tag}n${world.next}`
}

/** Commits, and says whether it happened. */
const happened = async ({ db }: World, statements: readonly Statement[]): Promise<boolean> => {
  try {
    await db.commit(statements)
    return true
  } catch (problem) {
    if (problem instanceof Conflict) return false
    throw problem
  }
}

type Step = (world: World) => Promise<string | undefined>

const differs = (what: string, real: unknown, model: unknown) =>
  real === model ? undefined : `${what}: the store ${String(real)}, the model ${String(model)}`

const look = async (world: World, id: string) => {
  const application = await applicationById(world.db.query, world.scope, id)
  if (!application) throw new Error('an application is lost')
  const events = await eventsOfApplications(world.db.query, world.scope, [application.number])
  const seen = { application, events }
  world.seenApplications.push(seen)
  return seen
}

/** An application as somebody sees it: now, or as it was. */
const someApplication = async (world: World) => {
  const ids = [...world.model.applications.keys()]
  if (ids.length === 0) return undefined
  if (world.seenApplications.length > 0 && world.random() < 0.25) return pick(world.random, world.seenApplications)
  // What one of two has agreed is rare, and where the most can go wrong.
  const second = ids.filter((id) => world.model.applications.get(id)?.state === 'second')
  return look(world, pick(world.random, second.length > 0 && world.random() < 0.5 ? second : ids))
}

const allocate: Step = async (world) => {
  const year = financialYearAt(world.now)
  const before = world.random() < 0.15 ? whole(world.random, 1, 99) : (world.model.given.get(year) ?? 0)
  // The allocation is cut below what is promised often enough to matter.
  const promised = [...world.model.applications.values()].some(({ state }) => state === 'second')
  const amount = promised && world.random() < 0.6 ? 0 : whole(world.random, 0, 9_000) * 100
  const done = await happened(
    world,
    setAllocation(
      { virtualSchool: world.council, fund, year },
      {
        ...{ sequence: whole(world.random, 0, 0) + 1 + world.next, standing: 'provisional', rate: null, heads: null },
        ...{ amount: pence(amount), source: 'a letter', at: world.now, before: pence(before) },
      },
      3,
    ),
  )
  world.next += 1
  const expected = before === (world.model.given.get(year) ?? 0)
  if (done) {
    potsOf(world.model, year).allocated += amount - before
    world.model.given.set(year, amount)
  }
  return differs('an allocation', done, expected)
}

const apply: Step = async (world) => {
  const id = newId(world, 'a')
  const asked = whole(world.random, 1, 3_000) * 100
  const pupil = pick(world.random, world.pupils)
  await world.db.commit([
    ...beginApplication(
      {
        ...{ id, virtualSchool: world.council, school: pupil.school, fund, kind: 'child' },
        ...{ typed: JSON.stringify(emptyApplication), pupils: [pupil.number] },
      },
      world.now,
      5,
    ),
    statement("update application set asked = ?, intervention = 'other', urgent = 1 where id = ?", [asked, id]),
    giveReference(id, financialYearAt(world.now), world.now),
    ...applicationHappens({ id, events: 0 }, { event: 'sent' }, { state: 'waiting' }, world.now, 5),
  ])
  world.model.applications.set(id, {
    ...{ state: 'waiting', events: 1, asked, promised: null, declinedBy: null, reviewed: false, urgent: true },
    ...{ payment: null, interests: new Set<number>() },
  })
  return undefined
}

const modelSees = ({ application, events }: { application: Application; events: readonly HappenedEvent[] }) => {
  const promised = events.findLast(({ event }) => event === 'seconded')
  const declined = events.findLast(({ event }) => event === 'declined')
  return {
    ...{ state: application.state, asked: application.asked, urgent: application.urgent },
    promised: promised ? { amount: promised.amount ?? 0, by: promised.person ?? 0, year: 0 } : null,
    declinedBy: declined?.person ?? null,
    reviewed: events.some(({ event }) => event === 'review_asked'),
  }
}

const interest: Step = async (world) => {
  const ids = [...world.model.applications.keys()]
  if (ids.length === 0) return undefined
  const { application } = await look(world, pick(world.random, ids))
  const { person } = pick(world.random, people)
  const own = world.model.applications.get(application.id)
  const done = await happened(world, [haveInterest(application.number, person, 'a cousin', world.now)])
  const expected = own?.interests.has(person) === false
  own?.interests.add(person)
  return differs('an interest', done, expected)
}

const someDecision = (world: World, asked: number, promised: number | undefined): Decision => {
  const kind = pick(world.random, ['approve', 'approve', 'approve', 'ask', 'defer', 'decline'] as const)
  if (kind === 'defer') return { kind, day: todayInLondon(plusMinutes(world.now, 9 * 24 * 60)) }
  if (kind !== 'approve') return { kind }
  const amount =
    promised !== undefined && world.random() < 0.7 ? promised : pick(world.random, [asked, asked, asked + 1, 1, 0])
  return { kind, amount: pence(amount), payee: null }
}

const rules = usualFundingRules

const decide: Step = async (world) => {
  const seen = await someApplication(world)
  if (!seen) return undefined
  const { application, events } = seen
  const own = world.model.applications.get(application.id)
  const decision = someDecision(
    world,
    application.asked,
    application.state === 'second' ? own?.promised?.amount : undefined,
  )
  const amount = decision.kind === 'approve' ? decision.amount : 0
  const deciders = world.random() < 0.2 ? people.filter(() => world.random() < 0.6) : [pick(world.random, people)]
  const standing = { events, rules, onAgenda: true, schoolName: 'School' }
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

const modelPayment = (payment: Payment, application: string | null): ModelPayment => ({
  ...{ state: 'approved', events: 0, amount: payment.amount, returned: 0, year: payment.year },
  ...{ setUp: payment.supplierReference !== '', application },
})

const school: Step = async (world) => {
  const seen = await someApplication(world)
  if (!seen) return undefined
  const { application, events } = seen
  const own = world.model.applications.get(application.id)
  if (!own) return undefined
  const possible: Readonly<Record<string, readonly ('withdrawn' | 'answered' | 'review_asked')[]>> = {
    waiting: ['withdrawn'],
    question: ['answered', 'withdrawn'],
    second: ['withdrawn'],
    declined: own.reviewed ? [] : ['review_asked'],
  }
  const choices = possible[application.state] ?? []
  if (choices.length === 0 || world.random() < 0.3) return undefined
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

const somePayment = async (world: World): Promise<Payment | undefined> => {
  if (world.seenPayments.length > 0 && world.random() < 0.25) return pick(world.random, world.seenPayments)
  const all = await paymentsOf(world.db.query, world.scope)
  world.seenPayments.push(...all)
  const paid = all.filter(({ state }) => state === 'paid')
  return all.length === 0 ? undefined : pick(world.random, paid.length > 0 && world.random() < 0.4 ? paid : all)
}

const pay: Step = async (world) => {
  const payment = await somePayment(world)
  if (!payment) return undefined
  const own = world.model.payments.get(payment.id)
  if (!own) return `a payment nobody made`
  const fresh = own.events === payment.events
  const pots = potsOf(world.model, own.year)
  const usual = { approved: 'send', with_finance: 'paid', paid: 'return', cancelled: 'send' } as const
  const any = ['send', 'paid', 'return', 'undo'] as const
  const what = world.random() < 0.7 ? usual[payment.state] : pick(world.random, any)
  if (what === 'send') {
    const done = await happened(world, sendToFinance(payment, 'batch', world.now, 4))
    if (done) Object.assign(own, { state: 'with_finance', events: own.events + 1 })
    return differs('sent to finance', done, fresh && payment.state === 'approved' && own.setUp)
  }
  if (what === 'paid') {
    // A page lets finance pay what is with it: as it was seen.
    if (payment.state !== 'with_finance') return undefined
    const done = await happened(world, isPaid(payment, payment, todayInLondon(world.now), world.now, 4))
    if (done) {
      Object.assign(own, { state: 'paid', events: own.events + 1 })
      pots.approved -= own.amount
      pots.paid += own.amount
    }
    return differs('paid', done, fresh)
  }
  if (what === 'return') {
    if (payment.state !== 'paid') return undefined
    const amount = pick(world.random, [payment.amount, whole(world.random, 1, payment.amount)])
    const day = todayInLondon(world.now)
    const done = await happened(world, isReturned(payment, payment, pence(amount), day, 'moved', world.now, 4))
    const expected = fresh && own.returned + amount <= own.amount
    if (done) {
      own.events += 1
      own.returned += amount
      pots.paid -= amount
      pots.returned += amount
    }
    return differs('came back', done, expected)
  }
  return undo(world, payment, own, fresh)
}

const undo = async (world: World, payment: Payment, own: ModelPayment, fresh: boolean) => {
  if (payment.state !== 'approved' && payment.state !== 'with_finance') return undefined
  const pots = potsOf(world.model, own.year)
  const application = own.application === null ? undefined : await look(world, own.application)
  if (application && application.application.state !== 'approved') return undefined
  const done = await happened(
    world,
    application
      ? undoStatements(application.application, payment, 'why', world.now, 3)
      : cancelPayment(payment, payment, 'why', world.now, 3),
  )
  if (done) {
    Object.assign(own, { state: 'cancelled', events: own.events + 1 })
    pots.approved -= own.amount
    pots.allocated += own.amount
    const of = own.application === null ? undefined : world.model.applications.get(own.application)
    if (of) Object.assign(of, { state: 'waiting', events: of.events + 1, payment: null })
    for (const key of world.model.entitled) if (key.endsWith(` ${payment.id}`)) world.model.entitled.delete(key)
  }
  return differs('taken back', done, fresh)
}

const runOf: Step = async (world) => {
  const year = financialYearAt(world.now)
  const term = pick(world.random, ['autumn', 'spring'] as const)
  const lines = world.pupils
    .filter(({ inCare }) => inCare)
    .map((pupil) => ({
      ...{ pupil: pupil.number, part: 'base', academicYear: 2026, term, why: null },
      ...{ school: pupil.school, amount: pence(100_00), id: newId(world, 'p') },
    }))
  if (lines.length === 0) return undefined
  const id = newId(world, 'run')
  const of = { virtualSchool: world.council, fund, year: year as FinancialYear }
  const day = plainDate('2026-11-02')
  await world.db.commit(
    proposeRun(of, { id, academicYear: 2026, term, on: day, rulesFrom: day, rulesVersion: 1 }, lines, world.now, 3),
  )
  const before = world.random() < 0.15 ? world.model.approvedRuns + 1 : world.model.approvedRuns
  const done = await happened(
    world,
    approveRun(
      of,
      { id, dueOn: day, approvedBefore: before },
      lines,
      world.schools.map((school) => ({ id: newId(world, 'payee'), school, name: 'School' })),
      world.now,
      3,
    ),
  )
  const key = (pupil: number) => `${pupil} ${term} `
  const twice = lines.some(({ pupil }) => [...world.model.entitled].some((one) => one.startsWith(key(pupil))))
  const total = lines.length * 100_00
  const pots = potsOf(world.model, year)
  const expected = before === world.model.approvedRuns && !twice && pots.allocated >= total
  if (done) {
    world.model.approvedRuns += 1
    pots.allocated -= total
    pots.approved += total
    for (const line of lines) {
      world.model.entitled.add(`${key(line.pupil)}${line.id}`)
      world.model.payments.set(line.id, {
        ...{ state: 'approved', events: 0, amount: line.amount, returned: 0, year, application: null },
        setUp: line.school === world.schools[0],
      })
    }
  }
  return differs('a pay run', done, expected)
}

const life: Step = async (world) => {
  const pupil = pick(world.random, world.pupils)
  if (world.random() < 0.7) pupil.school = pick(world.random, world.schools)
  else pupil.inCare = world.random() < 0.5
  return undefined
}

const steps: readonly Step[] = [
  ...[allocate, allocate, apply, apply, decide, decide, decide, decide, decide, school, interest],
  ...[pay, pay, pay, pay, pay, runOf, life],
]

/** What of the store is not what the model has: pots, states and payments. */
const compare = async (world: World): Promise<readonly string[]> => {
  const { query } = world.db
  const wrong: (string | undefined)[] = []
  const balances = await query
    .selectFrom('pot_balance')
    .select(['year', 'pot', 'amount'])
    .where('virtual_school_number', '=', world.council)
    .execute()
  const sum = balances.reduce((total, { amount }) => total + amount, 0)
  wrong.push(differs('all pots together', sum, 0))
  for (const [year, pots] of world.model.pots)
    for (const [pot, amount] of Object.entries(pots))
      wrong.push(
        differs(`${pot} of ${year}`, balances.find((row) => row.year === year && row.pot === pot)?.amount ?? 0, amount),
      )
  for (const pots of world.model.pots.values())
    for (const pot of ['committed', 'approved', 'paid', 'returned'] as const)
      wrong.push(pots[pot] < 0 ? `${pot} is below nothing` : undefined)
  const applications = await query
    .selectFrom('application')
    .select(['id', 'state', 'events'])
    .where('virtual_school_number', '=', world.council)
    .execute()
  for (const { id, state, events } of applications) {
    const own = world.model.applications.get(id)
    wrong.push(differs(`${id}`, `${state} ${events}`, `${own?.state} ${own?.events}`))
  }
  const payments = await query
    .selectFrom('payment')
    .select(['id', 'state', 'events', 'amount'])
    .where('virtual_school_number', '=', world.council)
    .execute()
  wrong.push(differs('payments', payments.length, world.model.payments.size))
  for (const { id, state, events, amount } of payments) {
    const own = world.model.payments.get(id)
    wrong.push(differs(`${id}`, `${state} ${events} ${amount}`, `${own?.state} ${own?.events} ${own?.amount}`))
  }
  return wrong.filter((one): one is string => one !== undefined)
}

/** Plays one random history of a council's money, and gives every difference from a plain model, at most a few. */
export const playFunding = async (db: Db, seed: number, index: number): Promise<readonly string[]> => {
  const world = await setUp(db, seed, index)
  const length = whole(world.random, 20, 60)
  await allocate(world)
  for (let at = 0; at < length; at += 1) {
    world.now = plusMinutes(world.now, whole(world.random, 1, 300))
    const second = [...world.model.applications.values()].some(({ state }) => state === 'second')
    const next = second && world.random() < 0.35 ? [allocate, decide, decide] : steps
    const wrong = await pick(world.random, next)(world)
    if (wrong !== undefined) return [`step ${at}: ${wrong}`]
    if (at % 5 === 4 || at === length - 1) {
      const differences = await compare(world)
      if (differences.length > 0) return differences.map((one) => `after step ${at}: ${one}`)
    }
  }
  return []
}
