import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { type TransferToWrite, TransferWritePage } from '../../../templates/pages/transfer-write.tsx'
import { transferWords } from '../../../templates/words/en/transfer.ts'
import { parseDestination, transferExport } from '../../exports/transfer-file.ts'
import { pupilById } from '../../store/pupils.ts'
import { virtualSchools } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

const { toMend: words } = transferWords.write

/** Transfer files that a virtual school writes itself, where no school will. */
export const transferWriteRoutes = new Hono<Web>()
transferWriteRoutes.use(paths.transferWrite, signedIn, only('keep pupils'))

const plain: TransferToWrite = {
  ...{ pupils: '', where: 'unknown', number: '', version: 'current' },
  ...{ history: false, lookedAfter: false },
}

const show = (context: WebContext, values: TransferToWrite, toMend: readonly ToMend[] = []) =>
  reply.page(
    context,
    <TransferWritePage frame={frameOf(context)} values={values} toMend={toMend} />,
    toMend.length > 0 ? 422 : 200,
  )

transferWriteRoutes.get(paths.transferWrite, async (context) => {
  const { runtime, viewer } = context.var
  const id = context.req.query('pupil')
  if (id === undefined) return show(context, plain)
  const pupil = await pupilById(runtime.db.query, viewer.scope, id)
  if (!pupil) return reply.notFound(context)
  await noteSeen(context, [pupil.number], 'transfer file begun')
  return show(context, { ...plain, pupils: pupil.childReference })
})

const sent = (context: WebContext): TransferToWrite => ({
  pupils: field(context, 'pupils'),
  where: field(context, 'where'),
  number: field(context, 'number').replace(/\D/g, ''),
  version: field(context, 'version'),
  history: field(context, 'history') !== '',
  lookedAfter: field(context, 'lookedAfter') !== '',
})

const whereTo = ({ where, number }: TransferToWrite) => {
  if (where === 'unknown' || where === 'outside') return parseDestination(where)
  const destination = parseDestination(number)
  return destination?.kind === where ? destination : undefined
}

const whereMend = ({ where }: TransferToWrite): ToMend =>
  where === 'school' || where === 'authority'
    ? { field: 'number', text: words[where] }
    : { field: 'where', text: words.where }

transferWriteRoutes.post(paths.transferWrite, async (context) => {
  const { runtime, viewer } = context.var
  const values = sent(context)
  const lines = values.pupils.split(/\r?\n/).map((line) => line.trim())
  const references = [...new Set(lines.filter((line) => line !== ''))]
  const destination = whereTo(values)
  const number = ownCouncil(context)
  const council = (await virtualSchools(runtime.db.query)).find((one) => one.number === number)
  if (!council) return reply.notFound(context)
  const mends: ToMend[] = references.length === 0 ? [{ field: 'pupils', text: words.pupils }] : []
  if (!destination) return show(context, values, [...mends, whereMend(values)])
  const made = await transferExport(
    runtime.db.query,
    viewer.scope,
    council,
    references,
    {
      full: false,
      previousVersion: values.version === 'previous',
      schoolHistory: values.history,
      lookedAfter: values.lookedAfter,
      destination,
    },
    runtime.now(),
  )
  const left = lines.flatMap((line, index) => (made.left.includes(line) ? [index + 1] : []))
  if (left.length > 0) mends.push({ field: 'pupils', text: words.left(left) })
  if (mends.length > 0) return show(context, values, mends)
  await noteSeen(context, made.pupils, 'transfer file written')
  return reply.file(context, made.bytes, made.name, 'application/xml')
})
