import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { receiptEmail } from '../../../templates/emails/emails.ts'
import { checkWords } from '../../../templates/words/en/check.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { itemOf } from '../../domain/return/dictionary.ts'
import { datesFor } from '../../domain/school-dates.ts'
import { confirmReturn } from '../../intake/confirm-return.ts'
import { type Mending, mendImport, setRowAside } from '../../intake/mend.ts'
import { openReturns, pupilStandings } from '../../returns/due.ts'
import { saveTyped, type Typed, wordingOf } from '../../returns/form.ts'
import { Conflict } from '../../store/db.ts'
import { factsOfImport, type SentFact } from '../../store/import-rows.ts'
import { addToOutbox } from '../../store/outbox.ts'
import { roundDates } from '../../store/round-dates.ts'
import {
  fieldName,
  findingId,
  type PartShown,
  partsOf,
  reads,
  roundOf,
  roundsOf,
  type StillToMend,
  showCheck,
  stillToAnswerOf,
} from '../check-shown.tsx'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fields } from '../guards.ts'
import { reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** Everything found in an upload, mended in place, set aside or confirmed, one council at a time. */
export const checkRoutes = new Hono<Web>()
checkRoutes.use('/return/uploads/*', signedIn, only('answer returns'))

checkRoutes.get(paths.check(':upload'), (context) => showCheck(context, []))

checkRoutes.post(paths.check(':upload'), async (context) => {
  const shown = await partsOf(context, context.req.param('upload') ?? '')
  if (shown.length === 0) return reply.notFound(context)
  const notMended: StillToMend[] = []
  try {
    for (const one of shown.filter(({ part: { state } }) => state === 'staged')) {
      const { part } = one
      const mendings = [...context.var.form.entries()].flatMap(([name, value]): Mending[] => {
        const found = new RegExp(`^mend-${part.id}-(\\d+)-(\\w+)$`).exec(name)
        return found?.[1] && found[2] && typeof value === 'string'
          ? [{ row: Number(found[1]), item: found[2], typed: value }]
          : []
      })
      if (mendings.length === 0) continue
      // As it was before the mending: that is what was typed on screen.
      const before =
        part.via === 'form'
          ? await factsOfImport(context.var.runtime.db.query, context.var.viewer.scope, part.number)
          : []
      const left = await mendImport(context.var.runtime, context.var.viewer.scope, part, mendings, reads(context))
      notMended.push(...left.map((still) => ({ ...still, field: fieldName(part, still.row, still.item) })))
      if (part.via === 'form') await mendDrafts(context, one, before, mendings)
    }
  } catch (problem) {
    if (problem instanceof Conflict) return reply.changedMeanwhile(context, context.req.path)
    throw problem
  }
  if (notMended.length > 0) return showCheck(context, notMended, 422)
  return reply.goTo(context, paths.check(context.req.param('upload') ?? ''))
})

/** What was typed on screen is mended where it was typed as well, unless a colleague has changed it there since. */
const mendDrafts = async (
  context: WebContext,
  { part, rows }: PartShown,
  facts: readonly SentFact[],
  mendings: readonly Mending[],
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  for (const row of rows) {
    const read = async () =>
      (await openReturns(query, viewer.scope)).find(
        ({ due }) => due.round === part.round && due.pupil === row.pupil && due.school === part.school,
      )
    const one = await read()
    if (!one) continue
    const typed = mendings.flatMap(({ row: number, item: code, typed: raw }): Typed[] => {
      const item = itemOf(code)
      const sent = facts.find((fact) => fact.rowNumber === number && fact.item === code)
      if (!item || number !== row.rowNumber || raw.trim() === '') return []
      const { shown, version } = wordingOf(one, item, new Map())
      return shown === (sent?.raw ?? '') ? [{ item: code, raw, base: version, shown }] : []
    })
    if (typed.length > 0) await saveTyped(runtime, viewer.scope, read, new Map(), { typed, affirm: false })
  }
}

checkRoutes.post(paths.checkSetAside(':upload'), async (context) => {
  const shown = await partsOf(context, context.req.param('upload') ?? '')
  const row = Number(field(context, 'row'))
  const one = shown.find(
    ({ part, rows }) =>
      part.state === 'staged' && rows.some(({ rowNumber, state }) => rowNumber === row && state === 'held'),
  )
  if (!one) return reply.notFound(context)
  const reason = field(context, 'reason')
  if (reason === '') return showCheck(context, [], 422, checkWords.reasonNeeded)
  await setRowAside(context.var.runtime, context.var.viewer.scope, one.part, row, reason)
  return reply.goTo(context, paths.check(context.req.param('upload') ?? ''))
})

checkRoutes.post(paths.checkConfirm(':upload'), async (context) => {
  const { runtime, viewer } = context.var
  const upload = context.req.param('upload') ?? ''
  const shown = await partsOf(context, upload)
  const one = shown.find(({ part }) => part.virtualSchoolId === field(context, 'council'))
  if (one?.part.state !== 'staged') return reply.notFound(context)
  const ticked = new Set(fields(context, 'accept'))
  const unticked = one.findings.filter(
    (finding) =>
      finding.severity === 'warning' && finding.acceptedBy === null && !ticked.has(findingId(one.part, finding)),
  )
  const round = roundOf(one.part, await roundsOf(context, [one]))
  const given = await roundDates(runtime.db.query, viewer.scope, round ? [round.number] : [])
  if (!round || !datesFor(round, given, one.part.school ?? 0, viewer.scope.today).open)
    return showCheck(context, [], 422, checkWords.roundClosed(one.part.council))
  const returns = await pupilStandings(runtime.db.query, viewer.scope, [round])
  const ready = one.rows.filter(({ state }) => state === 'ready')
  const now = runtime.now()
  const seen = /^\d{1,6}$/.exec(field(context, 'seen'))?.[0]
  const confirmed = await confirmReturn(runtime, viewer.scope, one.part, {
    ...(seen === undefined ? {} : { seen: Number(seen) }),
    by: viewer.person.number,
    part: 'school',
    warningsAccepted: unticked.length === 0,
    mail: (receipt) => {
      const words = receiptEmail({
        reference: receipt,
        council: one.part.council,
        term: round.term,
        academicYear: round.academicYear,
        pupils: ready.length,
        stillToAnswer: ready.reduce((sum, row) => sum + stillToAnswerOf(one, row, returns), 0),
        sentBy: viewer.named.name,
        sentAt: now,
        address: `${runtime.config.origin}${paths.receipt(receipt)}`,
      })
      return [addToOutbox(runtime.db.query, { id: newPublicId(), to: viewer.person.email, ...words, at: now })]
    },
  })
  void runtime.start({ name: 'send-mail' }).catch(() => undefined)
  switch (confirmed.outcome) {
    case 'submitted':
      return reply.goTo(context, paths.receipt(confirmed.receipt))
    case 'warnings':
      return showCheck(context, [], 422, checkWords.tickFirst)
    case 'held':
      return showCheck(context, [], 422, checkWords.heldFirst)
    case 'changed-meanwhile':
      return showCheck(context, [], 409, undefined, one.part.number)
  }
})
