import { Hono } from 'hono'
import { isPlainXml } from '../../../connectors/registry.ts'
import { paths } from '../../../templates/components/paths.ts'
import { TransferFilesPage, type TransferFilesProps } from '../../../templates/pages/transfer-files.tsx'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { transferWords as words } from '../../../templates/words/en/transfer.ts'
import { may } from '../../access/scope.ts'
import { transferBytes } from '../../config.ts'
import { asChange } from '../../intake/confirm-return.ts'
import { acceptWarnings } from '../../intake/mend.ts'
import { publishImports } from '../../intake/publish.ts'
import { sha256 } from '../../intake/receive-return.ts'
import { receiveTransfer, type TransferSender, transferPieces, wholeTransfer } from '../../intake/receive-transfer.ts'
import { Busy } from '../../runtime.ts'
import { findingsOf } from '../../store/import-rows.ts'
import { type Import, importsOf, importsOfDelivery } from '../../store/imports.ts'
import { vouchedFor } from '../../store/people.ts'
import { ownSchools } from '../../store/schools.ts'
import type { Web, WebContext } from '../context.ts'
import { followed } from '../followed.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** Common Transfer Files from a school or from a virtual school's own officer: the same page for both. */
export const transferRoutes = new Hono<Web>()
transferRoutes.use(paths.schoolTransfers, signedIn, only('answer returns'))
transferRoutes.use(`${paths.schoolTransfers}/*`, signedIn, only('answer returns'))
transferRoutes.use(paths.transfers, signedIn, only('run rounds'))
transferRoutes.use(`${paths.transfers}/*`, signedIn, only('run rounds'))

const shownFiles = 10
const shownFindings = 50

const pathFor = (context: WebContext) =>
  context.var.viewer.part.kind === 'school' ? paths.schoolTransfers : paths.transfers

/** A council changes what it brought in itself; a school what it sent. */
const mayUse = (context: WebContext, parts: readonly Import[]) =>
  parts.some(({ state }) => state === 'staged') &&
  (context.var.viewer.part.kind === 'school' ||
    (may(context.var.viewer.part, 'run rounds') && parts.every(({ school }) => school === null)))

/** What is to check in a file, as far as the page tells it. */
const toCheckIn = ({ var: { runtime, viewer } }: WebContext, parts: readonly Import[]) =>
  findingsOf(
    runtime.db.query,
    viewer.scope,
    parts.map(({ number }) => number),
    shownFindings,
  )

const filesShown = async (context: WebContext): Promise<TransferFilesProps['files']> => {
  const { runtime, viewer } = context.var
  const imports = (await importsOf(runtime.db.query, viewer.scope)).filter(
    ({ connector }) => connector === 'common-transfer-file',
  )
  const deliveries = [...new Set(imports.map(({ deliveryId }) => deliveryId))].slice(0, shownFiles)
  return Promise.all(
    deliveries.map(async (id) => {
      const parts = imports.filter(({ deliveryId }) => deliveryId === id)
      const found = await toCheckIn(context, parts)
      const sum = (count: (one: Import) => number) => parts.reduce((total, one) => total + count(one), 0)
      const [first] = parts
      const usable = mayUse(context, parts)
      return {
        id,
        fileName: first?.fileName ?? '',
        sentAt: first?.sentAt ?? runtime.now(),
        state: first?.state ?? '',
        taken: sum(({ ready }) => ready),
        others: first?.rowsLeftOut ?? 0,
        unmatched: sum(({ unmatched }) => unmatched),
        held: sum(({ held }) => held),
        notRead: JSON.parse(first?.notRead ?? '[]') as readonly string[],
        toCheck: found.map((finding) => ({
          place: finding.path?.replace('CTfile/CTFpupilData/', '') ?? `line ${finding.line}`,
          ...wordsOfFinding({ code: finding.code, parameters: JSON.parse(finding.parameters) }),
        })),
        mayUse: usable,
      }
    }),
  )
}

const show = async (
  context: WebContext,
  more: { readonly toMend?: string; readonly refused?: TransferFilesProps['refused'] } = {},
) =>
  reply.page(
    context,
    <TransferFilesPage
      frame={frameOf(context)}
      action={pathFor(context)}
      uploadBytes={transferBytes}
      refused={more.refused ?? []}
      {...(more.toMend ? { toMend: more.toMend } : {})}
      files={await filesShown(context)}
    />,
    more.toMend || more.refused ? 422 : 200,
  )

const senderOf = async (context: WebContext): Promise<TransferSender | undefined> => {
  const { runtime, viewer } = context.var
  const base = { by: viewer.person.number, via: 'page' as const }
  if (viewer.part.kind === 'council')
    return { ...base, from: { kind: 'council', virtualSchool: viewer.part.virtualSchool } }
  const schools = await ownSchools(runtime.db.query, viewer.scope)
  const named = field(context, 'school')
  const school = named === '' ? schools[0] : schools.find(({ id }) => id === named)
  if (!school) return undefined
  const virtualSchools = await vouchedFor(runtime.db.query, viewer.scope, school.number)
  return { ...base, from: { kind: 'school', school: school.number, virtualSchools } }
}

const take = async (context: WebContext, file: File, sender: TransferSender) => {
  const { runtime } = context.var
  const sent = { name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) }
  const described = { name: sent.name, sha256: await sha256(sent.bytes), bytes: sent.bytes.byteLength }
  const pieces = isPlainXml(sent.bytes)
    ? transferPieces(file.stream())
    : wholeTransfer(await runtime.start({ name: 'parse-common-transfer-file', file: sent }))
  const received = await receiveTransfer(runtime, described, pieces, sender)
  return received.outcome === 'refused' ? [{ fileName: sent.name, ...wordsOfFinding(received.finding) }] : []
}

const receive = async (context: WebContext) => {
  const files = context.var.form.getAll('file').filter((one): one is File => one instanceof File && one.size > 0)
  if (files.length === 0) return show(context, { toMend: words.noFile })
  const sender = await senderOf(context)
  if (!sender) return reply.notFound(context)
  try {
    const refused = []
    for (const file of files) refused.push(...(await take(context, file, sender)))
    return refused.length > 0 ? show(context, { refused }) : reply.goTo(context, pathFor(context))
  } catch (problem) {
    if (problem instanceof Busy) return reply.tooMany(context, 1)
    throw problem
  }
}

const use = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const parts = await importsOfDelivery(runtime.db.query, viewer.scope, context.req.param('upload') ?? '')
  if (parts.some(({ connector }) => connector !== 'common-transfer-file') || !mayUse(context, parts))
    return reply.notFound(context)
  const toCheck = await toCheckIn(context, parts)
  if (toCheck.length > 0 && field(context, 'accept') === '') return show(context, { toMend: words.acceptFirst })
  const said = { by: viewer.person.number, part: viewer.named.role }
  const { outcome } = await publishImports(
    runtime,
    parts
      .filter(({ state }) => state === 'staged')
      .map((one) => ({ ...asChange(one, said), also: [acceptWarnings(one.number, said.by)] })),
  )
  return outcome === 'published'
    ? reply.goTo(context, pathFor(context))
    : reply.changedMeanwhile(context, pathFor(context))
}

transferRoutes.get(paths.schoolTransfers, (context) => show(context))
transferRoutes.post(paths.schoolTransfers, (context) => followed(context, () => receive(context)))
transferRoutes.post(paths.schoolTransfer(':upload'), use)
transferRoutes.get(paths.transfers, (context) => show(context))
transferRoutes.post(paths.transfers, (context) => followed(context, () => receive(context)))
transferRoutes.post(paths.transfer(':upload'), use)
