import { Hono } from 'hono'
import { readPaidFile } from '../../../connectors/registry.ts'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { FundingPaymentsPage, PaidFilePage, type ShownPayment } from '../../../templates/pages/funding-payments.tsx'
import { RefusedPage } from '../../../templates/pages/upload.tsx'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { paymentWords as words } from '../../../templates/words/en/funding.ts'
import { may } from '../../access/scope.ts'
import { type PlainDate, todayInLondon } from '../../domain/dates.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { paymentTable } from '../../exports/money.ts'
import { blockedPayments } from '../../funding/gate.ts'
import { reconcile } from '../../funding/reconcile.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { settlementsOf } from '../../funding/settlement.ts'
import { sha256 } from '../../intake/receive-return.ts'
import { audit } from '../../store/audit.ts'
import { Conflict } from '../../store/db.ts'
import { keepPaidFile, paidFilesOf, paidLinesOf } from '../../store/paid-files.ts'
import { arePaid, sendToFinance } from '../../store/payment-steps.ts'
import { batchesOf, type Payment, paymentsByReference, paymentsOf } from '../../store/payments.ts'
import { paymentsToSettle } from '../../store/settlements.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { fundingParts } from '../funding-frame.ts'
import { fields } from '../guards.ts'
import { frameOf, reply } from '../reply.tsx'
import { settle } from '../settle.ts'
import { type FileKind, fileKinds, replyTable } from '../table-file.ts'
import { only, signedIn } from '../viewer.ts'

/** A council's payments on their way to finance and back. */
export const fundingPaymentRoutes = new Hono<Web>()
for (const path of [
  paths.fundingPayments,
  ...fileKinds.map((kind) => paths.fundingBatch(':batch', kind)),
  paths.fundingPaidFile(':file'),
])
  fundingPaymentRoutes.use(path, signedIn, only('see payments'))
for (const path of [paths.fundingPaymentsSend, paths.fundingPaymentsPaid])
  fundingPaymentRoutes.use(path, signedIn, only('make payments'))

/** A payment as pages about it show it. */
export const shownPayment = (payment: Payment, today: PlainDate): ShownPayment => ({
  id: payment.id,
  reference: payment.reference,
  payee: payment.payee,
  payeeId: payment.payeeId,
  amount: payment.amount,
  dueOn: payment.dueOn,
  isLate: payment.state !== 'paid' && payment.dueOn < today,
  paidOn: payment.paidOn,
})

/** How many payments on their way are for a child who has left since, and nobody has settled: for who may settle them. */
const leftSince = async (context: WebContext): Promise<number> => {
  const { runtime, viewer } = context.var
  if (!may(viewer.part, 'run the fund')) return 0
  const [all, { rules }] = await Promise.all([
    paymentsToSettle(runtime.db.query, viewer.scope),
    rulesOn(runtime.db.query, ownCouncil(context), viewer.scope.today),
  ])
  return settlementsOf(all, rules).filter(({ one, isDone }) => one.paidOn === null && !isDone).length
}

/** The payments that wait, apart by what each waits for. */
const waiting = async (context: WebContext, payments: readonly Payment[]) => {
  const { runtime, viewer } = context.var
  const approved = payments.filter(({ state }) => state === 'approved')
  const { rules } = await rulesOn(runtime.db.query, ownCouncil(context), viewer.scope.today)
  const blocked = await blockedPayments(
    runtime.db.query,
    viewer.scope,
    approved.map(({ number }) => number),
    rules,
  )
  return {
    held: approved.filter(({ number }) => blocked.has(number)),
    setUp: approved.filter((one) => !blocked.has(one.number) && one.supplierReference === ''),
    ready: approved.filter((one) => !blocked.has(one.number) && one.supplierReference !== ''),
  }
}

const show = async (context: WebContext, toMend: readonly ToMend[] = []) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { today } = viewer.scope
  const [payments, batches, files, left] = await Promise.all([
    paymentsOf(query, viewer.scope),
    batchesOf(query, viewer.scope),
    paidFilesOf(query, viewer.scope),
    leftSince(context),
  ])
  const { held, setUp, ready } = await waiting(context, payments)
  const shown = (rows: readonly Payment[]) => rows.map((payment) => shownPayment(payment, today))
  const withFinance = payments.filter(({ state }) => state === 'with_finance')
  const ids = [...new Set(withFinance.flatMap(({ number }) => batches.get(number) ?? []))]
  return reply.page(
    context,
    <FundingPaymentsPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      mayPay={may(viewer.part, 'make payments')}
      setUp={shown(setUp)}
      leftSince={left}
      ready={shown(ready)}
      held={shown(held)}
      batches={ids.map((id) => {
        const own = withFinance.filter(({ number }) => batches.get(number) === id)
        return { id, on: todayInLondon(own[0]?.sentAt ?? runtime.now()), payments: shown(own) }
      })}
      paid={shown(payments.filter(({ state }) => state === 'paid')).slice(0, 200)}
      files={files}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

fundingPaymentRoutes.get(paths.fundingPayments, (context) => show(context))

fundingPaymentRoutes.post(paths.fundingPaymentsSend, async (context) => {
  const { runtime, viewer } = context.var
  const asked = new Set(fields(context, 'payment'))
  const { ready } = await waiting(context, await paymentsOf(runtime.db.query, viewer.scope))
  const chosen = ready.filter(({ id }) => asked.has(id))
  if (chosen.length === 0) return show(context, [{ text: words.toMend.nothing, field: 'to-send' }])
  const at = runtime.now()
  const batch = newPublicId()
  return settle(
    context,
    [
      ...sendToFinance(chosen, batch, at, viewer.person.number),
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'payments sent to finance',
        virtualSchool: ownCouncil(context),
        subject: batch,
      }),
    ],
    paths.fundingPayments,
  )
})

const giveBatch = (kind: FileKind) => async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [payments, batches] = await Promise.all([paymentsOf(query, viewer.scope), batchesOf(query, viewer.scope)])
  const own = payments.filter(({ number }) => batches.get(number) === context.req.param('batch'))
  if (own.length === 0) return reply.notFound(context)
  await runtime.db.commit([
    audit(query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'payments file taken',
      virtualSchool: ownCouncil(context),
      subject: context.req.param('batch') ?? '',
    }),
  ])
  return replyTable(context, paymentTable(own), 'payments', kind)
}
for (const kind of fileKinds) fundingPaymentRoutes.get(paths.fundingBatch(':batch', kind), giveBatch(kind))

fundingPaymentRoutes.post(paths.fundingPaymentsPaid, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const sent = context.var.form.get('file')
  if (!(sent instanceof File) || sent.size === 0) return show(context, [{ text: words.noFile, field: 'file' }])
  const file = { name: sent.name.slice(0, 200), bytes: new Uint8Array(await sent.arrayBuffer()) }
  const read = readPaidFile(file)
  if (read.outcome === 'refused')
    return reply.page(
      context,
      <RefusedPage
        frame={frameOf(context)}
        fileName={file.name}
        words={wordsOfFinding(read.finding)}
        from="payments"
      />,
      422,
    )
  const named = [...new Set(read.lines.map(({ reference }) => reference))]
  const { lines, paid } = reconcile(
    read.lines,
    await paymentsByReference(query, viewer.scope, named),
    viewer.scope.today,
  )
  const at = runtime.now()
  const id = newPublicId()
  try {
    await runtime.db.commit([
      ...keepPaidFile(
        ownCouncil(context),
        { id, fileName: file.name, sha256: await sha256(file.bytes) },
        lines,
        at,
        viewer.person.number,
      ),
      ...arePaid(
        ownCouncil(context),
        paid.map(({ payment, line }) => ({ ...payment, day: line.day ?? viewer.scope.today })),
        at,
        viewer.person.number,
      ),
      audit(query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'paid file read',
        virtualSchool: ownCouncil(context),
        subject: id,
      }),
    ])
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
    const now = new Map(
      (await paymentsByReference(query, viewer.scope, named)).map((payment) => [payment.id, payment.events]),
    )
    return paid.some(({ payment }) => now.get(payment.id) !== payment.events)
      ? reply.changedMeanwhile(context, paths.fundingPayments)
      : show(context, [{ text: words.same, field: 'file' }])
  }
  return reply.goTo(context, paths.fundingPaidFile(id))
})

fundingPaymentRoutes.get(paths.fundingPaidFile(':file'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const file = (await paidFilesOf(query, viewer.scope)).find(({ id }) => id === context.req.param('file'))
  if (!file) return reply.notFound(context)
  const [lines, payments] = await Promise.all([
    paidLinesOf(query, viewer.scope, file.id),
    paymentsOf(query, viewer.scope),
  ])
  const named = new Set(lines.map(({ reference }) => reference))
  const sent = new Map(
    (await paymentsByReference(query, viewer.scope, [...named])).map((payment) => [payment.reference, payment]),
  )
  return reply.page(
    context,
    <PaidFilePage
      frame={frameOf(context)}
      fileName={file.fileName}
      lines={lines.map((line) => ({
        ...line,
        ours: line.result === 'differs' ? (sent.get(line.reference)?.amount ?? null) : null,
        result:
          line.result === 'unknown' && sent.get(line.reference)?.state === 'cancelled' ? 'cancelled' : line.result,
      }))}
      missing={payments
        .filter(({ state, reference }) => state === 'with_finance' && !named.has(reference.toUpperCase()))
        .map((payment) => shownPayment(payment, viewer.scope.today))}
    />,
  )
})
