import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { MoneyPaymentPage } from '../../../templates/pages/money-payment.tsx'
import { pence } from '../../domain/funding/pence.ts'
import { standingOf } from '../../domain/funding/standing.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { gatePartsOfEntitlement, gatesOfEntitlements } from '../../funding/gate.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { audit } from '../../store/audit.ts'
import { isUsed } from '../../store/payment-steps.ts'
import { paymentById, pupilsOfPayments } from '../../store/payments.ts'
import { reportUseOfPayment, usesOfPayments } from '../../store/use-reports.ts'
import type { Web, WebContext } from '../context.ts'
import { howDecided, partAndTerm } from '../money-opened.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { settle } from '../settle.ts'
import { readUse } from '../use-of-money.ts'
import { only, signedIn } from '../viewer.ts'

/** One payment by entitlement of a school: where it stands, and the report of how it was used. */
export const moneyPaymentRoutes = new Hono<Web>()
for (const path of [paths.moneyPayment(':payment'), paths.moneyPaymentUse(':payment')])
  moneyPaymentRoutes.use(path, signedIn, only('ask for money'))

/** A payment by entitlement that the viewer's school may see, with the child as far as the school follows it. */
const openPayment = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const payment = await paymentById(query, viewer.scope, context.req.param('payment') ?? '')
  if (!payment || payment.application !== null) return undefined
  const [[pupil], uses, { rules }] = await Promise.all([
    pupilsOfPayments(query, viewer.scope, [payment.number]),
    usesOfPayments(query, viewer.scope, [payment.number]),
    rulesOn(query, payment.virtualSchool, viewer.scope.today),
  ])
  await noteSeen(context, pupil ? [pupil.number] : [], 'payment seen', payment.id)
  return { payment, pupil, uses, rules }
}

type Opened = NonNullable<Awaited<ReturnType<typeof openPayment>>>

const mayReport = ({ payment, pupil }: Opened) => payment.state === 'paid' && pupil !== undefined

const show = async (
  context: WebContext,
  opened: Opened,
  values: Readonly<Record<string, string>> = {},
  toMend: readonly ToMend[] = [],
) => {
  const { runtime, viewer } = context.var
  const { payment, pupil, uses, rules } = opened
  const [gates, how] = await Promise.all([
    // What is missing for a child, and that it has come into care anew, is for a school that follows the child.
    gatesOfEntitlements(runtime.db.query, viewer.scope, payment.state === 'approved' && pupil ? [payment.number] : []),
    howDecided(context, payment.virtualSchool, rules),
  ])
  const row = gates.get(payment.number)
  return reply.page(
    context,
    <MoneyPaymentPage
      frame={frameOf(context)}
      {...payment}
      what={partAndTerm(payment)}
      child={pupil ? shortName(pupil.forename, pupil.surname) : null}
      standing={standingOf(null, payment, uses.length > 0)}
      gate={gatePartsOfEntitlement(row, rules)}
      urgent={row !== undefined && row.newToCare > 0}
      how={how}
      uses={uses.toReversed()}
      mayReport={mayReport(opened)}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

moneyPaymentRoutes.get(paths.moneyPayment(':payment'), async (context) => {
  const opened = await openPayment(context)
  return opened ? show(context, opened) : reply.notFound(context)
})

moneyPaymentRoutes.post(paths.moneyPaymentUse(':payment'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await openPayment(context)
  if (!opened) return reply.notFound(context)
  const { payment, pupil, uses } = opened
  if (!mayReport(opened)) return reply.changedMeanwhile(context, paths.moneyPayment(payment.id))
  const { values, toMend, report } = readUse(context, pence(payment.amount - payment.returned))
  if (!report) return show(context, opened, values, toMend)
  const at = runtime.now()
  const by = viewer.person.number
  return settle(
    context,
    [
      reportUseOfPayment(newPublicId(), payment.id, { sequence: uses.length + 1, ...report, at }, by),
      ...isUsed(payment, at, by),
      audit(runtime.db.query, {
        at,
        person: by,
        part: 'school',
        action: 'payment used',
        virtualSchool: payment.virtualSchool,
        subject: payment.id,
        ...(pupil ? { pupil: pupil.number } : {}),
      }),
    ],
    paths.moneyPayment(payment.id),
  )
})
