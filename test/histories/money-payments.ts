import { plainDate, todayInLondon } from '../../src/domain/dates.ts'
import { financialYearAt } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { undoStatements } from '../../src/funding/decide.ts'
import { pick, whole } from '../../src/seed/random.ts'
import { approveRun, proposeRun } from '../../src/store/pay-runs.ts'
import { cancelPayment, isPaid, isReturned, sendToFinance } from '../../src/store/payment-steps.ts'
import { type Payment, paymentsOf } from '../../src/store/payments.ts'
import { type ModelPayment, potsOf } from './money-model.ts'
import { byOneOrTwo, differs, fund, happened, look, newId, type Step, type World } from './money-world.ts'

const somePayment = async (world: World): Promise<Payment | undefined> => {
  if (world.seenPayments.length > 0 && world.random() < 0.25) return pick(world.random, world.seenPayments)
  const all = await paymentsOf(world.db.query, world.scope)
  world.seenPayments.push(...all)
  const paid = all.filter(({ state }) => state === 'paid')
  // Where some has come back already, the rest is soon more than there is.
  const returned = paid.filter((one) => one.returned > 0 && one.returned < one.amount)
  if (returned.length > 0 && world.random() < 0.3) return pick(world.random, returned)
  return all.length === 0 ? undefined : pick(world.random, paid.length > 0 && world.random() < 0.4 ? paid : all)
}

/** A payment goes to finance, is paid, comes back or is taken back. */
export const pay: Step = async (world) => {
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
    const { done, twice } = await byOneOrTwo(world, () => sendToFinance([payment], 'batch', world.now, 4))
    if (twice) return 'sent to finance twice'
    if (done) Object.assign(own, { state: 'with_finance', events: own.events + 1 })
    return differs('sent to finance', done, fresh && payment.state === 'approved' && own.setUp)
  }
  if (what === 'paid') {
    const { done, twice } = await byOneOrTwo(world, () =>
      isPaid(payment, payment, todayInLondon(world.now), world.now, 4),
    )
    if (twice) return 'paid twice'
    if (done) {
      Object.assign(own, { state: 'paid', events: own.events + 1 })
      pots.approved -= own.amount
      pots.paid += own.amount
    }
    return differs('paid', done, fresh && payment.state === 'with_finance')
  }
  if (what === 'return') {
    const amount = pick(world.random, [payment.amount, whole(world.random, 1, payment.amount)])
    const day = todayInLondon(world.now)
    const { done, twice } = await byOneOrTwo(world, () =>
      isReturned(payment, payment, pence(amount), day, 'moved', world.now, 4),
    )
    if (twice) return 'came back twice'
    const expected = fresh && payment.state === 'paid' && own.returned + amount <= own.amount
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
  const pots = potsOf(world.model, own.year)
  const application = own.application === null ? undefined : await look(world, own.application)
  if (application && application.application.state !== 'approved') return undefined
  const { done, twice } = await byOneOrTwo(world, () =>
    application
      ? undoStatements(application.application, payment, 'why', world.now, 3)
      : cancelPayment(payment, payment, 'why', world.now, 3),
  )
  if (twice) return 'taken back twice'
  if (done) {
    Object.assign(own, { state: 'cancelled', events: own.events + 1 })
    pots.approved -= own.amount
    pots.allocated += own.amount
    const of = own.application === null ? undefined : world.model.applications.get(own.application)
    if (of) Object.assign(of, { state: 'waiting', events: of.events + 1, payment: null })
    for (const key of world.model.entitled) if (key.endsWith(` ${payment.id}`)) world.model.entitled.delete(key)
  }
  return differs('taken back', done, fresh && (payment.state === 'approved' || payment.state === 'with_finance'))
}

/** A pay run is proposed and approved. */
export const runOf: Step = async (world) => {
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
  const of = { virtualSchool: world.council, fund, year }
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
