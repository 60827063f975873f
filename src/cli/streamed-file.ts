import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { SentFile } from '../../connectors/connector.ts'
import type { Finding } from '../domain/finding.ts'
import { sha256 } from '../intake/receive-return.ts'

/** The bytes read at once: some dozens of pupils of a transfer file. */
const step = 1 << 18

/** The most that may come out of a .gz, in bytes. */
const mostUnpacked = 400_000_000

/** A file on the disk or in memory that is read as a stream, and can be read more than once. */
export type StreamedFile = {
  readonly file: { readonly name: string; readonly sha256: string; readonly bytes: number }
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

/** The hash of a file's bytes, read as a stream. */
export const sha256OfFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: step })) hash.update(chunk)
  return hash.digest('hex')
}

/** A file on the disk, where its beginning is recognised: it is read as a stream, whatever its size. */
export const streamedFromDisk = async (
  path: string,
  name: string,
  recognises: (file: SentFile) => boolean,
): Promise<StreamedFile | undefined> => {
  const head = await headOf(path)
  const gzip = isGzip(head)
  const start = gzip ? await firstOf(path) : head
  if (!start || !recognises({ name, bytes: start })) return undefined
  const { size } = await stat(path)
  return { file: { name, sha256: await sha256OfFile(path), bytes: size }, chunks: () => fromDisk(path, gzip) }
}

const firstOf = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    for await (const chunk of fromDisk(path, true)) return chunk
  } catch {
    return undefined
  }
  return undefined
}

/** A file that is in memory already. */
export const streamedFromMemory = async (file: SentFile): Promise<StreamedFile> => ({
  file: { name: file.name, sha256: await sha256(file.bytes), bytes: file.bytes.byteLength },
  chunks: () => fromMemory(file.bytes),
})

/** The bytes of a file as they come, with how far it is in megabytes. */
export async function* countedChunks(
  source: StreamedFile,
  at: (done: number, of: number) => void,
): AsyncGenerator<Uint8Array, void> {
  let done = 0
  for await (const chunk of source.chunks()) {
    done += chunk.length
    at(Math.round(done / 1e6), Math.max(Math.round(done / 1e6), Math.round(source.file.bytes / 1e6)))
    yield chunk
  }
}

/** Whether reading stopped because a .gz is broken or holds too much. */
export const isBadGzip = (problem: Error & { readonly code?: unknown }) =>
  problem instanceof RangeError || /^Z_|^ERR_STREAM_PREMATURE/.test(String(problem.code))

/** What is said of such a file. */
export const badGzip = (problem: Error): Finding =>
  problem instanceof RangeError
    ? {
        code: 'FILE_TOO_LARGE_UNPACKED',
        severity: 'error',
        at: {},
        parameters: { megabytes: mostUnpacked / 1_000_000 },
      }
    : { code: 'FILE_TRUNCATED', severity: 'error', at: {}, parameters: {} }
