/** Text of a file and how its bytes were read. */
export type DecodedText = {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
}

/**
 * Reads bytes as text: by byte order mark, else as UTF-8, else as windows-1252 (what Excel saves where it is not asked
 * for UTF-8). Undefined where the bytes are no text at all.
 */
export const decodeText = (bytes: Uint8Array): DecodedText | undefined => {
  const decoded = decodeBytes(bytes)
  return decoded.text.includes('\u0000') ? undefined : decoded
}

const decodeBytes = (bytes: Uint8Array): DecodedText => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes)
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return decodeAs('windows-1252', bytes)
  }
}

const decodeAs = (encoding: DecodedText['encoding'], bytes: Uint8Array): DecodedText => {
  const text = new TextDecoder(encoding).decode(bytes)
  return { text: encoding === 'windows-1252' ? withoutControls(text) : text, encoding }
}

/** What windows-1252 has from 0x80 on; Node 20's decoder leaves these bytes as control characters. */
const from80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Text that windows-1252 gave, with its letters and marks from 0x80 on. */
export const withoutControls = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (control) => from80[control.charCodeAt(0) - 0x80] ?? control)
