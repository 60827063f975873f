import { Hono } from 'hono'
import { isPlainXml } from '../../../connectors/registry.ts'
import { paths } from '../../../templates/components/paths.ts'
import { transferWords as words } from '../../../templates/words/en/transfer.ts'
import { sha256 } from '../../intake/receive-return.ts'
import { receiveTransfer, transferPieces, wholeTransfer } from '../../intake/receive-transfer.ts'
import type { Web } from '../context.ts'
import { followed } from '../followed.ts'
import { type FilesOfAKind, receiveFiles, showFiles, useFile } from '../received-files.tsx'
import { only, signedIn } from '../viewer.ts'

/** Common Transfer Files from a school or from a virtual school's own officer: the same page for both. */
export const transferRoutes = new Hono<Web>()
transferRoutes.use(paths.schoolTransfers, signedIn, only('answer returns'))
transferRoutes.use(`${paths.schoolTransfers}/*`, signedIn, only('answer returns'))
transferRoutes.use(paths.transfers, signedIn, only('run rounds'))
transferRoutes.use(`${paths.transfers}/*`, signedIn, only('run rounds'))

const transferFiles: FilesOfAKind = {
  connectors: ['common-transfer-file'],
  words,
  accept: '.xml,.zip,.gz',
  schoolPath: paths.schoolTransfers,
  councilPath: paths.transfers,
  placeOf: ({ path, line }) => path?.replace('CTfile/CTFpupilData/', '') ?? `line ${line}`,
  take: async ({ var: { runtime } }, file, sender) => {
    const sent = { name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) }
    const described = { name: sent.name, sha256: await sha256(sent.bytes), bytes: sent.bytes.byteLength }
    const pieces = isPlainXml(sent.bytes)
      ? transferPieces(file.stream())
      : wholeTransfer(await runtime.start({ name: 'parse-common-transfer-file', file: sent }))
    const received = await receiveTransfer(runtime, described, pieces, sender)
    return received.outcome === 'refused' ? received.finding : undefined
  },
}

transferRoutes.get(paths.schoolTransfers, (context) => showFiles(context, transferFiles))
transferRoutes.post(paths.schoolTransfers, (context) => followed(context, () => receiveFiles(context, transferFiles)))
transferRoutes.post(paths.schoolTransfer(':upload'), (context) => useFile(context, transferFiles))
transferRoutes.get(paths.transfers, (context) => showFiles(context, transferFiles))
transferRoutes.post(paths.transfers, (context) => followed(context, () => receiveFiles(context, transferFiles)))
transferRoutes.post(paths.transfer(':upload'), (context) => useFile(context, transferFiles))
