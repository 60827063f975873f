import { Hono } from 'hono'
import { fileKind } from '../../../connectors/format/bytes.ts'
import { withoutMetadata } from '../../../connectors/format/picture.ts'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { evidenceWords as words } from '../../../templates/words/en/application.ts'
import { evidenceBytes } from '../../config.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { sha256 } from '../../intake/receive-return.ts'
import { pupilsOfApplications } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { Conflict } from '../../store/db.ts'
import { addEvidence, type Evidence, evidenceById } from '../../store/evidence.ts'
import type { Web, WebContext } from '../context.ts'
import { openApplication } from '../money-opened.ts'
import { reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'
import { showSent } from './money-sent.tsx'

/** Files added to an application as evidence of how money was used. */
export const evidenceRoutes = new Hono<Web>()
evidenceRoutes.use(paths.moneyEvidence(':application'), signedIn, only('ask for money'))
evidenceRoutes.use(paths.evidence(':evidence'), signedIn)

const types = { pdf: 'application/pdf', png: 'image/png', jpeg: 'image/jpeg' } as const

const kindOf = (bytes: Uint8Array): Evidence['kind'] | undefined => {
  const kind = fileKind(bytes)
  if (kind === 'pdf') return 'pdf'
  if (kind !== 'picture') return undefined
  return bytes[0] === 0x89 ? 'png' : 'jpeg'
}

const endings = { pdf: /\.pdf$/i, png: /\.png$/i, jpeg: /\.jpe?g$/i } as const

/**
 * What a file is called where somebody else takes it: no folder, nothing unseen that turns its letters around, and the
 * ending of what it is, so that no machine opens it as anything else.
 */
const nameFor = (name: string, kind: Evidence['kind']): string => {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const short = [...last.replace(/\p{C}/gu, '')].slice(0, 100).join('')
  return endings[kind].test(short) ? short : `${short || 'file'}.${kind === 'jpeg' ? 'jpg' : kind}`
}

evidenceRoutes.post(paths.moneyEvidence(':application'), async (context) => {
  const { runtime, viewer } = context.var
  const opened = await openApplication(context)
  if (!opened || opened.application.state === 'draft') return reply.notFound(context)
  const { application } = opened
  const refuse = (text: string) => {
    const toMend: readonly ToMend[] = [{ text, field: 'file' }]
    return showSent(context, application, opened, { toMend })
  }
  const sent = context.var.form.get('file')
  if (!(sent instanceof File) || sent.size === 0) return refuse(words.toMend.none)
  if (sent.size > evidenceBytes) return refuse(words.toMend.big)
  const given = new Uint8Array(await sent.arrayBuffer())
  const kind = kindOf(given)
  // Where a photograph was taken may be where a child lives.
  const bytes = kind === undefined || kind === 'pdf' ? given : withoutMetadata(given, kind)
  if (!kind || !bytes) return refuse(words.toMend.kind)
  const id = newPublicId()
  const key = `evidence/${id}`
  const at = runtime.now()
  await runtime.files.put(key, bytes)
  try {
    await runtime.db.commit([
      ...addEvidence(
        {
          id,
          application: application.number,
          fileName: nameFor(sent.name, kind),
          kind,
          bytes: bytes.byteLength,
          sha256: await sha256(bytes),
          key,
        },
        at,
        viewer.person.number,
      ),
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: 'school',
        action: 'evidence added',
        virtualSchool: application.virtualSchool,
        subject: application.id,
      }),
    ])
  } catch (problem) {
    await runtime.files.remove(key)
    if (!(problem instanceof Conflict)) throw problem
    return refuse(words.toMend.again)
  }
  return reply.goTo(context, paths.moneyApplication(application.id))
})

evidenceRoutes.get(paths.evidence(':evidence'), async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const file = await evidenceById(runtime.db.query, viewer.scope, context.req.param('evidence') ?? '')
  const bytes = file && (await runtime.files.get(file.key))
  if (!file || !bytes) return reply.notFound(context)
  const pupils = await pupilsOfApplications(runtime.db.query, viewer.scope, [file.application])
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'evidence opened',
    file.id,
  )
  // Always a download: what somebody else made is never shown as a page of ours.
  return reply.file(context, bytes, file.fileName, types[file.kind])
})
