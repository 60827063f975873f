import { withoutControls } from './encoding.ts'
import { RefusedFile, refuse } from './refusal.ts'

/** The bytes of an XML document as text, piece by piece. Throws RefusedFile where they are not in their encoding. */
export type XmlText = {
  readonly decode: (bytes: Uint8Array) => string
  readonly end: () => string
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
type Decode = (bytes: Uint8Array, more: boolean) => string

/** What a declaration may name, and how it is read: a declaration that can be read as bytes is never in UTF-16. */
const declared: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['utf-16', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
])

/** Enough bytes to hold a byte order mark and a declaration. */
const headBytes = 512

/** Reads bytes by their byte order mark, else by the encoding that the document declares, else as UTF-8. */
export const xmlText = (): XmlText => {
  let head: Uint8Array = new Uint8Array()
  let decode: Decode | undefined
  const begin = (bytes: Uint8Array, more: boolean): string => {
    decode = decoderOf(encodingOf(bytes))
    return decode(bytes, more)
  }
  return {
    decode: (bytes) => {
      if (decode) return decode(bytes, true)
      head = head.length === 0 ? bytes : joined(head, bytes)
      return head.length < headBytes ? '' : begin(head, true)
    },
    end: () => (decode ? decode(new Uint8Array(), false) : begin(head, false)),
  }
}

/** The first bytes of a document as text, as far as they can be read: enough to tell its root. */
export const xmlHead = (bytes: Uint8Array): string => {
  try {
    return decoderOf(encodingOf(bytes))(bytes.subarray(0, 65_536), true)
  } catch {
    return ''
  }
}

const joined = (one: Uint8Array, other: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(one.length + other.length)
  whole.set(one)
  whole.set(other, one.length)
  return whole
}

const decoderOf = (encoding: Encoding): Decode => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  return (bytes, more) => {
    try {
      const text = decoder.decode(bytes, { stream: more })
      return encoding === 'windows-1252' ? withoutControls(text) : text
    } catch {
      throw new RefusedFile(refuse('XML_ENCODING_WRONG', { encoding }))
    }
  }
}

const encodingOf = (bytes: Uint8Array): Encoding => {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0x3c && second === 0) return 'utf-16le'
  if (first === 0 && second === 0x3c) return 'utf-16be'
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, headBytes))
  const name = /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([^"']{1,40})["']/.exec(start)?.[1]
  if (name === undefined) return 'utf-8'
  const encoding = declared.get(name.toLowerCase())
  if (encoding === undefined) throw new RefusedFile(refuse('XML_ENCODING_UNKNOWN'))
  return encoding
}
