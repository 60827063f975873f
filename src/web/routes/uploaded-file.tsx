import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { Busy } from '../../runtime.ts'
import { closedRowsInDelivery, councilsInDelivery, type Import, importsOfDelivery } from '../../store/imports.ts'
import { showCheck } from '../check-shown.tsx'
import type { Web, WebContext } from '../context.ts'
import { faultsOf } from '../faults.ts'
import { markedName, workbookType } from '../marked-name.ts'
import { reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** The file of an upload for who sent it: as it came, and with what is still to mend marked in it. */
export const uploadedFileRoutes = new Hono<Web>()
uploadedFileRoutes.use('/return/uploads/*', signedIn, only('answer returns'))

/** The parts of an upload whose file this person may open today: who sent it, while every row in it is theirs to follow. */
const ownUpload = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const parts = await importsOfDelivery(runtime.db.query, viewer.scope, context.req.param('upload') ?? '')
  const first = parts[0]
  if (!first || first.fileKey === null || first.sentByNumber !== viewer.person.number) return undefined
  if ((await closedRowsInDelivery(runtime.db.query, viewer.scope, first.deliveryNumber)) > 0) return undefined
  if ((await councilsInDelivery(runtime.db.query, first.deliveryNumber)) !== parts.length) return undefined
  const bytes = await runtime.files.get(first.fileKey)
  return bytes ? { parts, first, bytes } : undefined
}

uploadedFileRoutes.get(paths.uploadFile(':upload'), async (context) => {
  const own = await ownUpload(context)
  if (!own) return reply.notFound(context)
  return reply.file(context, own.bytes, own.first.fileName, 'application/octet-stream')
})

/** Of a school's own layout only what is read is kept: that copy is not the file that was sent. */
const isOurWorkbook = ({ connector, via, layoutId }: Import) =>
  connector === 'termly-return' && via !== 'form' && layoutId === null

uploadedFileRoutes.get(paths.uploadMarked(':upload'), async (context) => {
  const { runtime, viewer } = context.var
  const own = await ownUpload(context)
  if (!own || !isOurWorkbook(own.first)) return reply.notFound(context)
  const { first, parts, bytes } = own
  const { faults, pupils } = await faultsOf(runtime.db.query, viewer.scope, parts)
  if (faults.length === 0) return reply.goTo(context, paths.check(first.deliveryId))
  try {
    const file = { name: first.fileName, bytes }
    const marked = await runtime.start({ name: 'mark-termly-return', file, faults })
    if (marked.outcome === 'refused') return showCheck(context, [], 422, wordsOfFinding(marked.finding).rule)
    await noteSeen(context, pupils, 'return downloaded')
    return reply.file(context, marked.bytes, markedName(first.fileName), workbookType)
  } catch (problem) {
    if (problem instanceof Busy) return reply.tooMany(context, 1)
    throw problem
  }
})
