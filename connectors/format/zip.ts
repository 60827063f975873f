import { Inflate, zipSync } from 'fflate'
import { type Refusal, RefusedFile, refuse, refusing } from './refusal.ts'

/** The bounds of what is unpacked: a workbook of 10,000 pupils fits, a bomb does not. */
export type ZipLimits = { readonly entries: number; readonly entryBytes: number; readonly totalBytes: number }

/** The names in an archive and the bytes of the parts that were wanted; nothing else was unpacked. */
export type ZipFile = {
  readonly outcome: 'read'
  readonly names: readonly string[]
  readonly parts: ReadonlyMap<string, Uint8Array>
}

type Entry = {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/**
 * Unpacks the wanted parts of a zip archive within bounds. Sizes are refused by what the directory declares before
 * anything is unpacked, and by the bytes that really come out while it is: the directory may lie.
 */
export const readZip = (bytes: Uint8Array, wanted: (name: string) => boolean, limits: ZipLimits): ZipFile | Refusal =>
  refusing(() => {
    const entries = readDirectory(bytes, limits)
    const parts = new Map<string, Uint8Array>()
    for (const entry of entries) if (wanted(entry.name)) parts.set(entry.name, unpack(bytes, entry))
    return { outcome: 'read', names: entries.map((entry) => entry.name), parts }
  }, refuse('FILE_DAMAGED'))

/** Packs parts without compressing them: for a parser that is handed what has passed `readZip`. */
export const storeZip = (parts: ReadonlyMap<string, Uint8Array>): Uint8Array =>
  zipSync(Object.fromEntries(parts), { level: 0 })

const damaged = () => new RefusedFile(refuse('FILE_DAMAGED'))
const truncated = () => new RefusedFile(refuse('FILE_TRUNCATED'))
const tooLarge = (limits: ZipLimits) =>
  new RefusedFile(refuse('FILE_TOO_LARGE_UNPACKED', { megabytes: Math.floor(limits.totalBytes / 1_048_576) }))

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const localEntry = 0x04034b50

const readDirectory = (bytes: Uint8Array, limits: ZipLimits): readonly Entry[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === undefined) throw truncated()
  const count = view.getUint16(end + 10, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) throw damaged()
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) throw damaged()
  if (count > limits.entries) throw tooLarge(limits)
  if (start + size > end) throw truncated()
  const entries: Entry[] = []
  let at = start
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryEntry) throw damaged()
    entries.push(readEntry(bytes, view, at))
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  checkEntries(entries, start, limits)
  return entries
}

/** The end record is the last thing but a comment of at most 65,535 bytes. */
const findEnd = (view: DataView): number | undefined => {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === endOfDirectory) return at
  }
  return undefined
}

const readEntry = (bytes: Uint8Array, view: DataView, at: number): Entry => {
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  if ((flags & 0x2041) !== 0 || method === 99) throw new RefusedFile(refuse('FILE_ENCRYPTED'))
  if (method !== 0 && method !== 8) throw damaged()
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)))
  const entry: Entry = {
    name,
    method,
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  }
  if (entry.packed === 0xffffffff || entry.size === 0xffffffff || entry.offset === 0xffffffff) throw damaged()
  return entry
}

const checkEntries = (entries: readonly Entry[], directoryStart: number, limits: ZipLimits) => {
  const total = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (total > limits.totalBytes || entries.some((entry) => entry.size > limits.entryBytes)) throw tooLarge(limits)
  if (new Set(entries.map((entry) => entry.name.toLowerCase())).size !== entries.length) throw damaged()
  if (entries.some((entry) => isUnsafeName(entry.name))) throw damaged()
  let free = 0
  for (const entry of entries.toSorted((one, other) => one.offset - other.offset)) {
    if (entry.offset < free) throw damaged()
    free = entry.offset + 30 + entry.packed
    if (free > directoryStart) throw truncated()
  }
}

const isUnsafeName = (name: string) =>
  name.length === 0 ||
  name.length > 250 ||
  /(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:/i.test(name) ||
  [...name].some((letter) => letter < ' ')

/**
 * Deflate reaches about 1,000 : 1, so one step of input may bring a thousand times as much: small steps bound how far
 * past the declared size an archive that lies can go.
 */
const step = 4096

const unpack = (bytes: Uint8Array, entry: Entry): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(entry.offset, true) !== localEntry) throw damaged()
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  const packed = bytes.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed) throw truncated()
  const content = entry.method === 0 ? packed : inflate(packed, entry.size)
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw damaged()
  return content
}

const inflate = (packed: Uint8Array, size: number): Uint8Array => {
  const content = new Uint8Array(size)
  let length = 0
  const inflater = new Inflate((chunk) => {
    if (length + chunk.length > size) throw damaged()
    content.set(chunk, length)
    length += chunk.length
  })
  for (let at = 0; at < packed.length; at += step) {
    inflater.push(packed.subarray(at, at + step), at + step >= packed.length)
  }
  return length === size ? content : content.subarray(0, length)
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  // By position: walking millions of bytes with an iterator takes three times as long.
  for (let at = 0; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (crcTable[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
