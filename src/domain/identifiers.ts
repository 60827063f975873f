/** A 128-bit random identifier made by the application: the only identifier in an address, a file or JSON. */
export type PublicId = string & { readonly __brand: 'PublicId' }

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** A new public identifier: 26 characters of 5 bits, without letters that are read as digits. */
export const newPublicId = (): PublicId => {
  const bytes = crypto.getRandomValues(new Uint8Array(26))
  return Array.from(bytes, (byte) => alphabet[byte % 32]).join('') as PublicId
}

const checkLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/**
 * A unique pupil number of the permanent form: a check letter and twelve digits, or of the temporary form, which
 * ends in a letter. DfE, "Unique pupil numbers: a guide for schools and local authorities", section on structure.
 */
export type Upn = string & { readonly __brand: 'Upn' }

/** Reads a UPN with spaces and small letters allowed; undefined when it has not the shape of one. */
export const parseUpn = (text: string): Upn | undefined => {
  const tidy = text.replace(/\s+/g, '').toUpperCase()
  return /^[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]$/.test(tidy) ? (tidy as Upn) : undefined
}

/**
 * The check letter that twelve characters of a UPN call for: each digit times its place (2 to 13), summed, modulo
 * 23. In a temporary UPN the last letter counts as its index in the same alphabet.
 */
export const upnCheckLetter = (twelve: string): string => {
  const sum = [...twelve].reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : checkLetters.indexOf(character)
    return total + value * (index + 2)
  }, 0)
  return checkLetters[sum % 23] ?? ''
}

/** Whether the first letter of a UPN is the one its other characters call for. A wrong one warns, it never rejects. */
export const hasUpnCheckLetter = (upn: Upn): boolean => upn[0] === upnCheckLetter(upn.slice(1))

/** Whether a text that is to name no child holds something in the shape of a UPN. */
export const holdsUpn = (text: string): boolean => /\b[A-Za-z]\s?\d{11}[\dA-Za-z]\b/.test(text)

/** A school's unique reference number in the register: six digits, kept as text. */
export const isUrn = (text: string): boolean => /^\d{6}$/.test(text)

/** A local authority's code as DfE writes it: three digits, kept as text. */
export const isLaCode = (text: string): boolean => /^\d{3}$/.test(text)

/** Why a child has no UPN, as the yearly return on looked-after children words it: too young, from abroad, and so on. */
export const upnReasons = ['UN1', 'UN2', 'UN3', 'UN4', 'UN5'] as const

/** What stands where a UPN belongs: a permanent one, a temporary one (it may become permanent), or why there is none. */
export type SentUpn =
  | { readonly kind: 'permanent' | 'temporary'; readonly upn: Upn; readonly checked: boolean }
  | { readonly kind: 'none'; readonly reason: (typeof upnReasons)[number] }

/** Reads what stands where a UPN belongs; undefined when it is neither a UPN nor a reason for having none. */
export const readUpn = (text: string): SentUpn | undefined => {
  const reason = upnReasons.find((one) => one === text.trim().toUpperCase())
  if (reason) return { kind: 'none', reason }
  const upn = parseUpn(text)
  if (!upn) return undefined
  return { kind: /\d$/.test(upn) ? 'permanent' : 'temporary', upn, checked: hasUpnCheckLetter(upn) }
}

/** A unique learner number: ten digits, the first not 0. */
export type Uln = string & { readonly __brand: 'Uln' }

/** Reads a ULN with spaces allowed; undefined when it has not the shape of one. */
export const parseUln = (text: string): Uln | undefined => {
  const tidy = text.replace(/\s+/g, '')
  return /^[1-9]\d{9}$/.test(tidy) ? (tidy as Uln) : undefined
}

/** Whether the digits of a ULN, times 10 down to 1, sum to 10 modulo 11. A wrong one warns, it never rejects. */
export const hasUlnCheckDigit = (uln: Uln): boolean =>
  [...uln].reduce((sum, digit, index) => sum + Number(digit) * (10 - index), 0) % 11 === 10

/** A local authority's code and a school's number within it: what schools call their DfE number. */
export type DfeNumber = { readonly la: LaCode; readonly establishment: string }

/** A local authority's code, three digits as text. */
export type LaCode = string & { readonly __brand: 'LaCode' }

/** Reads a local authority's code; undefined for anything else, `XXX` and `MMM` of a transfer file among it. */
export const parseLaCode = (text: string): LaCode | undefined => {
  const tidy = text.trim()
  return isLaCode(tidy) ? (tidy as LaCode) : undefined
}

/** Reads a school's number from its two parts; undefined where either is unknown. */
export const parseDfeNumber = (la: string, establishment: string): DfeNumber | undefined => {
  const [code, number] = [parseLaCode(la), establishment.trim()]
  return code && /^\d{4}$/.test(number) ? { la: code, establishment: number } : undefined
}

/** A school's unique reference number, six digits as text. */
export type Urn = string & { readonly __brand: 'Urn' }

/** Reads a URN; undefined for anything else, the `XXXXXX` of a transfer file among it. */
export const parseUrn = (text: string): Urn | undefined => {
  const tidy = text.trim()
  return isUrn(tidy) ? (tidy as Urn) : undefined
}
