import { Hono } from 'hono'
import { rollShapes } from '../../../connectors/local-roll/columns.ts'
import { paths } from '../../../templates/components/paths.ts'
import { RefusedPage, RollUploadPage } from '../../../templates/pages/upload.tsx'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { uploadWords } from '../../../templates/words/en/upload.ts'
import { receiveRoll } from '../../intake/receive-roll.ts'
import { Busy } from '../../runtime.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { followed, type Kept } from '../followed.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** Bringing in the council's own roll: one CSV at a time, checked before anything is used. */
export const rollRoutes = new Hono<Web>()
rollRoutes.use(paths.roll, signedIn, only('keep the roll'))

const showUpload = (context: WebContext, toMend?: string) =>
  reply.page(
    context,
    <RollUploadPage
      frame={frameOf(context)}
      uploadBytes={context.var.runtime.config.uploadBytes}
      {...(toMend ? { toMend } : {})}
      files={rollShapes.map(({ file, columns }) => ({ name: file, columns: columns.map(({ code }) => code) }))}
    />,
    toMend ? 422 : 200,
  )

rollRoutes.get(paths.roll, (context) => showUpload(context))

rollRoutes.post(paths.roll, (context) => followed(context, (kept) => takeRoll(context, kept)))

const takeRoll = async (context: WebContext, kept: Kept) => {
  const { runtime, viewer } = context.var
  const sent = context.var.form.get('file')
  if (!(sent instanceof File) || sent.size === 0) return showUpload(context, uploadWords.noFile)
  const file = { name: sent.name.slice(0, 200), bytes: new Uint8Array(await sent.arrayBuffer()) }
  try {
    const sender = { virtualSchool: ownCouncil(context), by: viewer.person.number, via: 'page' } as const
    const received = await receiveRoll(runtime, file, sender, kept)
    if (received.outcome === 'refused')
      return reply.page(
        context,
        <RefusedPage
          frame={frameOf(context)}
          fileName={file.name}
          words={wordsOfFinding(received.finding)}
          from="roll"
        />,
        422,
      )
    return reply.goTo(context, paths.import(received.imports[0] ?? ''))
  } catch (problem) {
    if (problem instanceof Busy) return reply.tooMany(context, 1)
    throw problem
  }
}
