import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { SentFile } from '../../connectors/connector.ts'
import { commonTransferFile } from '../../connectors/registry.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { scopeFor } from '../access/scope.ts'
import { todayInLondon } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { sha256 } from '../intake/receive-return.ts'
import {
  type ReceivedTransfer,
  receiveTransfer,
  type TransferFile,
  type TransferSender,
  transferConnectorEdition,
  transferPieces,
} from '../intake/receive-transfer.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { vouchedFor } from '../store/people.ts'
import { standingSame } from '../store/report.ts'
import { schoolByUrn } from '../store/schools.ts'
import { progressOf } from './progress.ts'
import { type Call, Stop } from './settings.ts'
import { type Actor, namedVirtualSchool, returnCouncils } from './who.ts'

/** The bytes read at once: some dozens of pupils. */
const step = 1 << 18

/** The most that may come out of a .gz, in bytes. */
const mostUnpacked = 400_000_000

/** A transfer file on the disk or in memory, that can be read more than once. */
export type TransferSource = {
  readonly file: TransferFile
  readonly chunks: () => AsyncIterable<Uint8Array>
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

async function* fromDisk(path: string, gzip: boolean): AsyncGenerator<Uint8Array, void> {
  const raw = createReadStream(path, { highWaterMark: step })
  let length = 0
  // What goes wrong while unpacking is thrown by the stream that is read.
  const stream = gzip ? pipeline(raw, createGunzip({ chunkSize: step }), () => undefined) : raw
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > mostUnpacked) throw new RangeError('too much comes out')
    yield chunk
  }
}

async function* fromMemory(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
}

const headOf = async (path: string): Promise<Uint8Array> => {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(65_536), 0, 65_536, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** A file on the disk, where what is in it is a transfer file: it is read as a stream, whatever its size. */
export const transferOnDisk = async (path: string, name: string): Promise<TransferSource | undefined> => {
  const head = await headOf(path)
  const gzip = isGzip(head)
  const start = gzip ? await firstOf(path) : head
  if (!start || !commonTransferFile.recognises({ name, bytes: start })) return undefined
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: step })) hash.update(chunk)
  const { size } = await stat(path)
  return { file: { name, sha256: hash.digest('hex'), bytes: size }, chunks: () => fromDisk(path, gzip) }
}

const firstOf = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    for await (const chunk of fromDisk(path, true)) return chunk
  } catch {
    return undefined
  }
  return undefined
}

/** A transfer file that is in memory already. */
export const transferInMemory = async (file: SentFile): Promise<TransferSource> => ({
  file: { name: file.name, sha256: await sha256(file.bytes), bytes: file.bytes.byteLength },
  chunks: () => fromMemory(file.bytes),
})

/** From whom the file comes: the school named, or a virtual school's own officer. */
const senderOf = async (runtime: NodeRuntime, call: Call, actor: Actor): Promise<TransferSender> => {
  const named = await namedVirtualSchool(runtime, call)
  const own = returnCouncils(actor)
  const base = { by: actor.person, via: 'command' as const }
  if (call.given.school === undefined) {
    const target = named ?? own[0]
    if (target === undefined) throw new Stop(2, words.noVirtualSchool)
    if (!actor.operator && !own.includes(target)) throw new Stop(2, words.notTheirs)
    return { ...base, from: { kind: 'council', virtualSchool: target } }
  }
  const { query } = runtime.db
  const school = await schoolByUrn(query, todayInLondon(runtime.now()), call.given.school)
  if (!school) throw new Stop(2, words.noSchool)
  const scope = scopeFor(actor.person ?? 0, { kind: 'school' }, runtime.now())
  const all = actor.operator
    ? (await query.selectFrom('virtual_school').select('number').execute()).map(({ number }) => number)
    : [...own, ...(await vouchedFor(query, scope, school.number))]
  const virtualSchools = named === undefined ? all : all.filter((number) => number === named)
  if (virtualSchools.length === 0) throw new Stop(2, words.notTheirs)
  return { ...base, from: { kind: 'school', school: school.number, virtualSchools } }
}

/** Brings one transfer file in as far as staged; a delivery of the same bytes that still stands whole is named instead. */
export const stageTransfer = async (
  runtime: NodeRuntime,
  call: Call,
  actor: Actor,
  source: TransferSource,
): Promise<
  (ReceivedTransfer & { readonly school: number | null }) | { readonly outcome: 'same'; readonly delivery: string }
> => {
  const sender = await senderOf(runtime, call, actor)
  const { from } = sender
  const target =
    from.kind === 'school'
      ? { school: from.school, virtualSchools: from.virtualSchools }
      : { school: null, virtualSchools: [from.virtualSchool] }
  const same = await standingSame(runtime.db.query, source.file.sha256, transferConnectorEdition, target)
  if (same !== undefined) return { outcome: 'same', delivery: same }
  const progress = progressOf(words.counted.megabytes, call.given.json)
  const received = await receiveTransfer(
    runtime,
    source.file,
    transferPieces(counted(source, progress.at)),
    sender,
  ).catch((problem: Error): ReceivedTransfer => {
    if (!isBadGzip(problem)) throw problem
    return { outcome: 'refused', finding: badGzip(problem) }
  })
  progress.end()
  return { ...received, school: target.school }
}

async function* counted(
  source: TransferSource,
  at: (done: number, of: number) => void,
): AsyncGenerator<Uint8Array, void> {
  let done = 0
  for await (const chunk of source.chunks()) {
    done += chunk.length
    at(Math.round(done / 1e6), Math.max(Math.round(done / 1e6), Math.round(source.file.bytes / 1e6)))
    yield chunk
  }
}

const isBadGzip = (problem: Error & { readonly code?: unknown }) =>
  problem instanceof RangeError || /^Z_|^ERR_STREAM_PREMATURE/.test(String(problem.code))

const badGzip = (problem: Error): Finding =>
  problem instanceof RangeError
    ? {
        code: 'FILE_TOO_LARGE_UNPACKED',
        severity: 'error',
        at: {},
        parameters: { megabytes: mostUnpacked / 1_000_000 },
      }
    : { code: 'FILE_TRUNCATED', severity: 'error', at: {}, parameters: {} }
