import { Gunzip } from 'fflate'
import { fileKind } from './bytes.ts'
import { type Refusal, RefusedFile, refuse, refusing } from './refusal.ts'
import { readZip } from './zip.ts'

/**
 * A file out of its .gz or .zip, bounded by what really comes out; any other file as it is. An archive holds exactly one
 * file of the wanted name.
 */
export const unpacked = (bytes: Uint8Array, mostBytes: number, wanted: RegExp): Uint8Array | Refusal => {
  const kind = fileKind(bytes)
  if (kind === 'zip') return fromZip(bytes, mostBytes, wanted)
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  const opened = refusing(
    () => ({ outcome: 'read' as const, bytes: gunzip(bytes, mostBytes) }),
    refuse('FILE_TRUNCATED'),
  )
  return opened.outcome === 'refused' ? opened : opened.bytes
}

const tooLarge = (mostBytes: number) =>
  refuse('FILE_TOO_LARGE_UNPACKED', { megabytes: Math.floor(mostBytes / 1_000_000) })

const fromZip = (bytes: Uint8Array, mostBytes: number, wanted: RegExp): Uint8Array | Refusal => {
  const limits = { entries: 20, entryBytes: mostBytes, totalBytes: mostBytes }
  const opened = readZip(bytes, (name) => wanted.test(name), limits)
  if (opened.outcome === 'refused') return opened
  const [first, ...more] = [...opened.parts.values()]
  if (!first || more.length > 0) return refuse('ARCHIVE_NOT_ONE_FILE', { found: opened.parts.size })
  return first
}

/** Deflate reaches about 1,000 : 1: small steps bound how far past the limit a small file can go. */
const step = 4096

const gunzip = (packed: Uint8Array, mostBytes: number): Uint8Array => {
  const chunks: Uint8Array[] = []
  let length = 0
  let whole = false
  const opened = new Gunzip((chunk, final) => {
    length += chunk.length
    if (length > mostBytes) throw new RefusedFile(tooLarge(mostBytes))
    chunks.push(chunk)
    whole = final
  })
  for (let at = 0; at < packed.length; at += step)
    opened.push(packed.subarray(at, at + step), at + step >= packed.length)
  if (!whole) throw new RefusedFile(refuse('FILE_TRUNCATED'))
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
