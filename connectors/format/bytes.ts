/** Where a run of ASCII text first stands in bytes at or after a position; -1 where it does not. */
export const indexOfText = (bytes: Uint8Array, text: string, from = 0): number => {
  const [first, second] = [text.charCodeAt(0), text.charCodeAt(1)]
  if (text.length < 2) return bytes.indexOf(first, from)
  // A loop of its own: in XML the first character is everywhere, and a call for each is dearer than a look at each byte.
  for (let at = from; at < bytes.length - 1; at += 1) {
    if (bytes[at] === first && bytes[at + 1] === second && hasTextAt(bytes, text, at)) return at
  }
  return -1
}

/** Where a run of ASCII text last stands in bytes; -1 where it does not. */
export const lastIndexOfText = (bytes: Uint8Array, text: string): number => {
  const first = text.charCodeAt(0)
  for (let at = bytes.lastIndexOf(first); at > 0; at = bytes.lastIndexOf(first, at - 1)) {
    if (hasTextAt(bytes, text, at)) return at
  }
  return hasTextAt(bytes, text, 0) ? 0 : -1
}

/** Whether a run of ASCII text stands at one position. */
export const hasTextAt = (bytes: Uint8Array, text: string, at: number): boolean => {
  if (at + text.length > bytes.length) return false
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false
  }
  return true
}

/** What the first bytes of a file say it is, for sentences that name it; never trusted further than that. */
export type FileKind = 'empty' | 'zip' | 'old-office' | 'pdf' | 'picture' | 'web-page' | 'xml' | 'compressed' | 'other'

/** Tells a file's kind by its first bytes. */
export const fileKind = (bytes: Uint8Array): FileKind => {
  if (bytes.length === 0) return 'empty'
  if (hasTextAt(bytes, 'PK', 0)) return 'zip'
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'old-office'
  if (hasTextAt(bytes, '%PDF', 0)) return 'pdf'
  if (startsWith(bytes, [0x1f, 0x8b]) || hasTextAt(bytes, 'Rar!', 0) || hasTextAt(bytes, '7z', 0)) return 'compressed'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]) || startsWith(bytes, [0xff, 0xd8, 0xff])) return 'picture'
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 256)).replace(/^ï»¿/, '').trimStart()
  if (/^<(!doctype html|html|table|head|body|meta)\b/i.test(start)) return 'web-page'
  return start.startsWith('<') ? 'xml' : 'other'
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte)

/** Pieces of bytes as one. */
export const joined = (pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
