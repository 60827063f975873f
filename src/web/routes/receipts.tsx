import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { ReceiptPage, ReceiptsPage } from '../../../templates/pages/receipt.tsx'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { asChange } from '../../intake/confirm-return.ts'
import { withdrawImport } from '../../intake/publish.ts'
import { pupilStandings } from '../../returns/due.ts'
import { isLate } from '../../returns/late.ts'
import { findingsOf, rowsOfImport } from '../../store/import-rows.ts'
import { eventsOf, importById, importsOfDelivery } from '../../store/imports.ts'
import { roundsByNumber, submissionsOf } from '../../store/rounds.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** What a school sent: a receipt for each council and version, kept, printed, and taken back where it was wrong. */
export const receiptRoutes = new Hono<Web>()
receiptRoutes.use(paths.receipts, signedIn, only('answer returns'))
receiptRoutes.use(`${paths.receipts}/*`, signedIn, only('answer returns'))

type Submission = Awaited<ReturnType<typeof submissionsOf>>[number]

const stateOf = (one: Submission, all: readonly Submission[]) => {
  if (one.state === 'withdrawn') return 'withdrawn' as const
  return all.some(
    (other) =>
      other.round === one.round &&
      other.school === one.school &&
      other.version > one.version &&
      other.state === 'published',
  )
    ? ('replaced' as const)
    : ('current' as const)
}

receiptRoutes.get(paths.receipts, async (context) => {
  const { runtime, viewer } = context.var
  const all = await submissionsOf(runtime.db.query, viewer.scope)
  return reply.page(
    context,
    <ReceiptsPage
      frame={frameOf(context)}
      receipts={all.map((one) => ({
        id: one.receipt,
        reference: one.receipt,
        council: one.council,
        term: one.term,
        academicYear: one.academicYear,
        pupils: one.pupils,
        sentBy: one.by,
        sentAt: one.at,
        late: isLate(one),
        state: stateOf(one, all),
      }))}
    />,
  )
})

const found = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const all = await submissionsOf(runtime.db.query, viewer.scope)
  const one = all.find(({ receipt }) => receipt === context.req.param('receipt'))
  const part = one && (await importById(runtime.db.query, viewer.scope, one.importId))
  return one && part ? { all, one, part } : undefined
}

receiptRoutes.get(paths.receipt(':receipt'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const receipt = await found(context)
  if (!receipt) return reply.notFound(context)
  const { all, one, part } = receipt
  const [rows, findings, events, rounds] = await Promise.all([
    rowsOfImport(query, viewer.scope, part.number),
    findingsOf(query, viewer.scope, part.number),
    eventsOf(query, viewer.scope, part.number),
    roundsByNumber(query, [one.round]),
  ])
  const round = rounds[0]
  if (!round) return reply.notFound(context)
  const sent = rows.filter(({ state }) => state === 'ready')
  await noteSeen(
    context,
    sent.flatMap(({ pupil }) => (pupil === null ? [] : [pupil])),
    'receipt seen',
  )
  const returns = await pupilStandings(query, viewer.scope, rounds)
  const later = all.find(
    (other) => other.round === one.round && other.school === one.school && other.version === one.version + 1,
  )
  const waiting = (await importsOfDelivery(query, viewer.scope, one.deliveryId))
    .filter(({ state }) => state === 'staged')
    .map(({ council }) => council)
  const withdrawn = events.find(({ event }) => event === 'withdrawn')
  return reply.page(
    context,
    <ReceiptPage
      frame={frameOf(context)}
      id={one.receipt}
      reference={one.receipt}
      state={stateOf(one, all)}
      council={one.council}
      school={one.schoolName}
      round={{ term: one.term, academicYear: one.academicYear, asAt: round.asAt }}
      sentBy={one.by}
      sentAt={one.at}
      lateFor={isLate(one) ? one.dueThen : null}
      file={part.via === 'form' ? null : { name: one.fileName, sha256: one.sha256 }}
      waiting={waiting.length === 0 ? null : { upload: one.deliveryId, councils: waiting }}
      pupils={sent.map((row) => ({
        id: row.pupilId ?? '',
        shortName: shortName(row.forename, row.surname),
        answers: row.said.items.length,
        stillToAnswer:
          returns.find(({ due }) => due.pupil === row.pupil && due.school === one.school)?.completeness.missing
            .length ?? 0,
      }))}
      setAside={rows
        .filter(({ state }) => state === 'set_aside')
        .map(({ rowNumber, reason }) => ({ row: rowNumber, reason: reason ?? '' }))}
      accepted={findings
        .filter(({ acceptedBy, severity }) => severity === 'warning' && acceptedBy !== null)
        .map((finding) =>
          `${finding.cell ?? ''} ${wordsOfFinding({ code: finding.code, parameters: JSON.parse(finding.parameters) }).title}`.trim(),
        )}
      replacedBy={later?.receipt ?? null}
      withdrawn={withdrawn ? { by: withdrawn.by, at: withdrawn.at } : null}
      mayWithdraw={part.state === 'published'}
    />,
  )
})

receiptRoutes.post(paths.receiptWithdraw(':receipt'), async (context) => {
  const { runtime, viewer } = context.var
  const receipt = await found(context)
  if (receipt?.part.state !== 'published') return reply.notFound(context)
  const reason = field(context, 'reason').slice(0, 300)
  const { outcome } = await withdrawImport(runtime, {
    ...asChange(receipt.part, { by: viewer.person.number, part: 'school' }),
    reason,
  })
  return outcome === 'withdrawn'
    ? reply.goTo(context, paths.receipt(receipt.one.receipt))
    : reply.changedMeanwhile(context, paths.receipt(receipt.one.receipt))
})
