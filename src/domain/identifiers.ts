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

/** A school's unique reference number in the register: six digits, kept as text. */
export const isUrn = (text: string): boolean => /^\d{6}$/.test(text)

/** A local authority's code as DfE writes it: three digits, kept as text. */
export const isLaCode = (text: string): boolean => /^\d{3}$/.test(text)
