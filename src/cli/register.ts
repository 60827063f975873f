import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { looksLikeRegister, registerEdition } from '../../connectors/registry.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import type { Finding } from '../domain/finding.ts'
import { acceptWarnings } from '../intake/mend.ts'
import { publishRegister, type RegisterSource, receiveRegister } from '../intake/receive-register.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { deliveryReport, importsAsChanges, type Report, standingSame } from '../store/report.ts'
import { progressOf } from './progress.ts'
import { type Call, tell } from './settings.ts'
import { actorOf, namedVirtualSchool, rollCouncil } from './who.ts'

/** What came of a register. */
export type RegisterResult =
  | { readonly outcome: 'refused'; readonly finding: Finding }
  | {
      readonly outcome: 'published' | 'staged' | 'already-published'
      readonly report: Report
      readonly sent: { readonly sha256: string; readonly bytes: number }
    }

const gzipped = (start: Uint8Array) => start[0] === 0x1f && start[1] === 0x8b

const startOf = async (path: string): Promise<Uint8Array> => {
  for await (const chunk of createReadStream(path, { end: 65_535 })) return new Uint8Array(chunk)
  return new Uint8Array(0)
}

/** The bytes of a file, out of its .gz where it is one, in pieces; each is passed to `seen` as it stood on the disk. */
const piecesOf = (path: string, packed: boolean, seen: (bytes: Uint8Array) => void): AsyncIterable<Uint8Array> => {
  const file = createReadStream(path, { highWaterMark: 262_144 })
  file.on('data', (chunk) => seen(typeof chunk === 'string' ? Buffer.from(chunk) : chunk))
  if (!packed) return file
  const opened = createGunzip()
  pipeline(file, opened).catch(() => undefined)
  return opened
}

/** Whether a file on this machine is a register of schools, by its first line. */
export const isRegister = async (path: string): Promise<boolean> => {
  const start = await startOf(path)
  if (!gzipped(start)) return looksLikeRegister(start)
  for await (const chunk of piecesOf(path, true, () => undefined)) return looksLikeRegister(chunk)
  return false
}

const fingerprint = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

/**
 * Brings in a register of schools. It belongs to no virtual school; whoever keeps records for one may bring it in, and
 * the import is listed there. The very same file again is told by its fingerprint before anything else is read.
 */
export const importRegister = async (runtime: NodeRuntime, call: Call, path: string): Promise<RegisterResult> => {
  const { query } = runtime.db
  const actor = await actorOf(runtime, call)
  const virtualSchool = rollCouncil(actor, await namedVirtualSchool(runtime, call))
  if (!call.given.json) tell(words.reading)
  const sha256 = await fingerprint(path)
  const same = await standingSame(query, sha256, registerEdition, { school: null, virtualSchools: [virtualSchool] })
  const { size } = statSync(path)
  const sent = { sha256, bytes: size }
  if (same !== undefined) return { outcome: 'already-published', report: await deliveryReport(query, same), sent }
  const progress = progressOf(words.counted.bytes, call.given.json)
  let read = 0
  const source: RegisterSource = {
    name: basename(path).replace(/\.gz$/i, ''),
    chunks: piecesOf(path, gzipped(await startOf(path)), (bytes) => {
      read += bytes.length
      progress.at(Math.round(read / 1000), Math.round(size / 1000))
    }),
    ...sent,
  }
  const received = await receiveRegister(runtime, source, { virtualSchool, by: actor.person })
  progress.end()
  if (received.outcome === 'refused') return received
  const staged = await deliveryReport(query, received.delivery)
  const warnings = staged.findings.some(({ severity }) => severity === 'warning')
  if (call.given.stage || (warnings && !call.given['accept-warnings']))
    return { outcome: 'staged', report: staged, sent }
  const changes = await importsAsChanges(query, received.delivery)
  const { questions } = await publishRegister(runtime, received.delivery, {
    by: actor.person,
    part: 'command',
    also: changes.map(({ number }) => acceptWarnings(number, actor.person)),
  })
  if (!call.given.json && questions > 0) tell(words.schoolsToSettle(questions))
  return { outcome: 'published', report: await deliveryReport(query, received.delivery), sent }
}
