import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { FundingPaymentPage, PayeePage } from '../../../templates/pages/funding-payment.tsx'
import { paymentWords as words } from '../../../templates/words/en/funding.ts'
import { interventionNamed, trackWords } from '../../../templates/words/en/money.ts'
import { may } from '../../access/scope.ts'
import { parseTypedDate } from '../../domain/dates.ts'
import { holdsBankDetails } from '../../domain/funding/bank-details.ts'
import { financialYearOf } from '../../domain/funding/financial-year.ts'
import { parsePounds, pence } from '../../domain/funding/pence.ts'
import { standingOf } from '../../domain/funding/standing.ts'
import { paymentRoutes } from '../../domain/funding/states.ts'
import { holdsUpn, newPublicId } from '../../domain/identifiers.ts'
import { gatePartsOfEntitlement, gatesOfEntitlements } from '../../funding/gate.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { applicationByNumber } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { Conflict, type Statement } from '../../store/db.ts'
import { move } from '../../store/movements.ts'
import { addPayee, changePayee, type Payee, payeesOf } from '../../store/payees.ts'
import { cancelPayment, isReturned, passPayment } from '../../store/payment-steps.ts'
import { eventsOfPayment, type Payment, paymentById, pupilsOfPayments } from '../../store/payments.ts'
import { usesOfPayments } from '../../store/use-reports.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { partAndTerm } from '../money-opened.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { settle } from '../settle.ts'
import { only, signedIn } from '../viewer.ts'
import { shownPayment } from './funding-payments.tsx'

/** One payment of a council, and one payee. */
export const fundingPaymentPageRoutes = new Hono<Web>()
fundingPaymentPageRoutes.use(paths.fundingPayment(':payment'), signedIn, only('see payments'))
fundingPaymentPageRoutes.use(paths.fundingPaymentPass(':payment'), signedIn, only('run the fund'))
for (const path of [
  paths.fundingPaymentReturn(':payment'),
  paths.fundingPaymentCancel(':payment'),
  paths.fundingPayee(':payee'),
])
  fundingPaymentPageRoutes.use(path, signedIn, only('make payments'))

const stands = (payment: Payment) =>
  payment.state === 'paid' ? trackWords.standing.paid : trackWords.councilStanding[standingOf(null, payment, false)]

/** What a payment is for and what it waits for, as far as the viewer may know of the child. */
const whatFor = async (context: WebContext, payment: Payment) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const nothing = { what: '', whatHref: null, gate: [], gatePassed: false, mayPass: false, uses: [] }
  if (!may(viewer.part, 'decide on money')) return nothing
  if (payment.application !== null) {
    const application = await applicationByNumber(query, viewer.scope, payment.application)
    return application
      ? {
          ...nothing,
          what: `${interventionNamed(application.intervention)}, ${application.reference ?? ''}`,
          whatHref: paths.fundingApplication(application.id),
        }
      : nothing
  }
  const [pupils, gates, uses, { rules }] = await Promise.all([
    pupilsOfPayments(query, viewer.scope, [payment.number]),
    gatesOfEntitlements(query, viewer.scope, [payment.number]),
    usesOfPayments(query, viewer.scope, [payment.number]),
    rulesOn(query, payment.virtualSchool, viewer.scope.today),
  ])
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'payment seen',
    payment.id,
  )
  const row = gates.get(payment.number)
  const gate = payment.state === 'approved' ? gatePartsOfEntitlement(row, rules) : []
  const what = partAndTerm(payment)
  const [pupil] = pupils
  return {
    what: pupil ? words.of(what, shortName(pupil.forename, pupil.surname)) : what,
    whatHref: pupil && may(viewer.part, 'read pupils') ? paths.pupil(pupil.id) : null,
    gate,
    gatePassed: row?.passed === 1,
    mayPass: may(viewer.part, 'run the fund') && gate.some((part) => part.waits),
    uses: uses.toReversed(),
  }
}

const show = async (
  context: WebContext,
  payment: Payment,
  values: Readonly<Record<string, string>> = {},
  toMend: readonly ToMend[] = [],
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const mayPay = may(viewer.part, 'make payments')
  const of = await whatFor(context, payment)
  return reply.page(
    context,
    <FundingPaymentPage
      frame={frameOf(context)}
      payment={{
        ...shownPayment(payment, viewer.scope.today),
        state: stands(payment),
        returned: payment.returned,
        approvedAt: payment.approvedAt,
      }}
      events={(await eventsOfPayment(query, viewer.scope, payment.id)).map((event) => ({
        ...event,
        note: event.event === 'sent_to_finance' ? '' : event.note,
      }))}
      {...of}
      mayChangePayee={mayPay}
      mayReturn={mayPay && payment.state === 'paid' && payment.returned < payment.amount}
      mayCancel={mayPay && payment.application === null && ['approved', 'with_finance'].includes(payment.state)}
      seen={payment.events}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

const paymentOf = (context: WebContext) =>
  paymentById(context.var.runtime.db.query, context.var.viewer.scope, context.req.param('payment') ?? '')

fundingPaymentPageRoutes.get(paths.fundingPayment(':payment'), async (context) => {
  const payment = await paymentOf(context)
  return payment ? show(context, payment) : reply.notFound(context)
})

const whyToMend = (why: string): readonly ToMend[] => [
  ...(why === '' ? [{ text: words.toMend.why, field: 'why' }] : []),
  ...(holdsUpn(why) ? [{ text: words.toMend.upn, field: 'why' }] : []),
]

/** Commits with its audit row, and goes back to the payment. */
const settleNoted = (context: WebContext, payment: Payment, action: string, statements: readonly Statement[]) => {
  const { runtime, viewer } = context.var
  return settle(
    context,
    [
      ...statements,
      audit(runtime.db.query, {
        at: runtime.now(),
        person: viewer.person.number,
        part: viewer.named.role,
        action,
        virtualSchool: ownCouncil(context),
        subject: payment.id,
      }),
    ],
    paths.fundingPayment(payment.id),
  )
}

fundingPaymentPageRoutes.post(paths.fundingPaymentReturn(':payment'), async (context) => {
  const { runtime, viewer } = context.var
  const payment = await paymentOf(context)
  if (!payment) return reply.notFound(context)
  if (payment.state !== 'paid' || field(context, 'seen') !== String(payment.events))
    return reply.changedMeanwhile(context, paths.fundingPayment(payment.id))
  const values = {
    amount: field(context, 'amount').slice(0, 20),
    day: field(context, 'day').slice(0, 40),
    why: field(context, 'why').slice(0, 300),
  }
  const most = pence(payment.amount - payment.returned)
  const amount = parsePounds(values.amount)
  const day = parseTypedDate(values.day)
  const { today } = viewer.scope
  const toMend: ToMend[] = [
    ...(amount !== undefined && amount > 0 && amount <= most
      ? []
      : [{ text: words.toMend.amount(most), field: 'amount' }]),
    ...(day !== undefined && day <= today ? [] : [{ text: words.toMend.day, field: 'day' }]),
    ...whyToMend(values.why),
  ]
  if (toMend.length > 0 || amount === undefined || day === undefined) return show(context, payment, values, toMend)
  const at = runtime.now()
  const by = viewer.person.number
  // What comes back in its own financial year can be used again; later it is the department's.
  const again =
    payment.year === financialYearOf(today)
      ? move(payment, { cause: 'carry_over', from: 'returned', to: 'allocated', amount, payment: payment.id }, at, by)
      : []
  return settleNoted(context, payment, 'payment came back', [
    ...isReturned(payment, payment, amount, day, values.why, at, by),
    ...again,
  ])
})

fundingPaymentPageRoutes.post(paths.fundingPaymentPass(':payment'), async (context) => {
  const { runtime, viewer } = context.var
  const payment = await paymentOf(context)
  if (!payment) return reply.notFound(context)
  const { mayPass } = await whatFor(context, payment)
  if (!mayPass) return reply.changedMeanwhile(context, paths.fundingPayment(payment.id))
  const why = field(context, 'passWhy').slice(0, 300)
  const toMend = whyToMend(why).map(({ text }) => ({ text, field: 'passWhy' }))
  return toMend.length > 0
    ? show(context, payment, { passWhy: why }, toMend)
    : settleNoted(
        context,
        payment,
        'payment: may be paid before everything is in',
        passPayment(payment, why, runtime.now(), viewer.person.number),
      )
})

fundingPaymentPageRoutes.post(paths.fundingPaymentCancel(':payment'), async (context) => {
  const { runtime, viewer } = context.var
  const payment = await paymentOf(context)
  // What was decided on an application is taken back on its own page.
  if (!payment || payment.application !== null) return reply.notFound(context)
  if (!['approved', 'with_finance'].includes(payment.state) || field(context, 'seen') !== String(payment.events))
    return reply.changedMeanwhile(context, paths.fundingPayment(payment.id))
  const why = field(context, 'why').slice(0, 300)
  const toMend = whyToMend(why)
  if (toMend.length > 0) return show(context, payment, { why }, toMend)
  return settleNoted(
    context,
    payment,
    'payment cancelled',
    cancelPayment(payment, payment, why, runtime.now(), viewer.person.number),
  )
})

/** The payee of an address; a new one, that is no school, as `new`. */
const payeeOf = async (context: WebContext): Promise<Omit<Payee, 'number'> | undefined> => {
  const id = context.req.param('payee') ?? ''
  if (id === 'new') return { id: '', name: '', route: 'invoice', supplierReference: '', costCode: '', school: null }
  return (await payeesOf(context.var.runtime.db.query, context.var.viewer.scope)).find((one) => one.id === id)
}

fundingPaymentPageRoutes.get(paths.fundingPayee(':payee'), async (context) => {
  const payee = await payeeOf(context)
  return payee
    ? reply.page(
        context,
        <PayeePage
          frame={frameOf(context)}
          id={payee.id || 'new'}
          values={{
            name: payee.name,
            route: payee.route,
            supplier: payee.supplierReference,
            costCode: payee.costCode,
          }}
          toMend={[]}
        />,
      )
    : reply.notFound(context)
})

fundingPaymentPageRoutes.post(paths.fundingPayee(':payee'), async (context) => {
  const { runtime, viewer } = context.var
  const payee = await payeeOf(context)
  if (!payee) return reply.notFound(context)
  const values = {
    name: field(context, 'name').slice(0, 120),
    route: field(context, 'route'),
    supplier: field(context, 'supplier').slice(0, 40),
    costCode: field(context, 'costCode').slice(0, 40),
  }
  const route = paymentRoutes.find((one) => one === values.route)
  const bank = (['name', 'supplier', 'costCode'] as const).filter((name) => holdsBankDetails(values[name]))
  const toMend: ToMend[] = [
    ...(values.name === '' ? [{ text: words.toMend.name, field: 'name' }] : []),
    ...(route ? [] : [{ text: words.toMend.route, field: 'route' }]),
    ...bank.map((name) => ({ text: words.toMend.bank, field: name })),
  ]
  const again = (mend: readonly ToMend[]) =>
    reply.page(
      context,
      <PayeePage frame={frameOf(context)} id={payee.id || 'new'} values={values} toMend={mend} />,
      422,
    )
  if (toMend.length > 0 || !route) return again(toMend)
  const at = runtime.now()
  const id = payee.id || newPublicId()
  const now = { id, name: values.name, route, supplierReference: values.supplier, costCode: values.costCode }
  try {
    await runtime.db.commit([
      ...(payee.id === ''
        ? [addPayee(ownCouncil(context), { ...now, school: null }, at, viewer.person.number)]
        : changePayee(ownCouncil(context), now)),
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: payee.id === '' ? 'payee added' : 'payee changed',
        virtualSchool: ownCouncil(context),
        subject: id,
      }),
    ])
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
    return again([{ text: words.toMend.withFinance, field: 'supplier' }])
  }
  return reply.goTo(context, paths.fundingPayments)
})
