import { hasTextAt, indexOfText, joined } from './bytes.ts'

/**
 * A picture as it looks, without what it says of itself: where and when it was taken, by whom, with what, a smaller copy,
 * a film behind it. Which way up it stays. Undefined where it is no whole picture of its kind.
 */
export const withoutMetadata = (bytes: Uint8Array, kind: 'jpeg' | 'png'): Uint8Array<ArrayBuffer> | undefined => {
  const parts = kind === 'jpeg' ? partsOfJpeg(bytes) : partsOfPng(bytes)
  return parts && joined(parts)
}

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7

/** Where the coded picture that begins at a position ends: at the next marker. */
const endOfCoded = (bytes: Uint8Array, from: number): number => {
  for (let at = from; at < bytes.length - 1; at += 1) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !isRestart(next)) return at
  }
  return -1
}

const lookOf = (marker: number, segment: Uint8Array): boolean => {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  // Of the application's segments: the plain header, the colours, and how the colours are stored.
  return marker === 0xe0 || marker === 0xee || (marker === 0xe2 && hasTextAt(segment, 'ICC_PROFILE\0', 4))
}

const partsOfJpeg = (bytes: Uint8Array): readonly Uint8Array[] | undefined => {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at < bytes.length - 1) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    // What follows the end is no part of the picture.
    if (marker === 0xd9) return [...parts, bytes.subarray(at, at + 2)]
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) return undefined
    const segment = bytes.subarray(at, end)
    if (lookOf(marker, segment)) parts.push(segment)
    const turned = marker === 0xe1 ? orientationOf(segment) : undefined
    if (turned) parts.push(turnedBy(turned))
    at = end
    if (marker === 0xda) {
      at = endOfCoded(bytes, end)
      if (at < 0) return undefined
      parts.push(bytes.subarray(end, at))
    }
  }
  return undefined
}

/** Which way up a segment of Exif says the picture is, where it is not as stored: 2 to 8. */
const orientationOf = (segment: Uint8Array): number | undefined => {
  if (!hasTextAt(segment, 'Exif', 4) || segment.length < 22) return undefined
  const view = new DataView(segment.buffer, segment.byteOffset + 10, segment.length - 10)
  const little = view.getUint16(0) === 0x4949
  const first = view.getUint32(4, little)
  if (first + 2 > view.byteLength) return undefined
  const count = view.getUint16(first, little)
  for (let entry = first + 2; entry < first + 2 + count * 12 && entry + 12 <= view.byteLength; entry += 12) {
    if (view.getUint16(entry, little) !== 0x0112) continue
    const value = view.getUint16(entry + 8, little)
    return value >= 2 && value <= 8 ? value : undefined
  }
  return undefined
}

/** A segment of Exif that says which way up the picture is, and nothing else. */
const turnedBy = (orientation: number): Uint8Array =>
  Uint8Array.from([
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0],
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ])

const looks: readonly string[] = [
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs'],
]

const partsOfPng = (bytes: Uint8Array): readonly Uint8Array[] | undefined => {
  if (indexOfText(bytes.subarray(0, 16), 'IHDR') !== 12) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return undefined
    if (looks.some((name) => hasTextAt(bytes, name, at + 4))) parts.push(bytes.subarray(at, end))
    if (hasTextAt(bytes, 'IEND', at + 4)) return parts
    at = end
  }
  return undefined
}
