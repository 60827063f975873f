/** The SHA-256 of a secret, in hexadecimal: all that the store keeps of tokens and codes. */
export const hashOf = async (secret: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A new secret of 256 bits, as text fit for a cookie. */
export const newSecret = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A one-time code of six digits, each code as likely as the next. */
export const newCode = (): string => {
  const most = 4_294_000_000
  for (;;) {
    const value = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
    if (value < most) return String(value % 1_000_000).padStart(6, '0')
  }
}

/** Whether two texts are equal, in a time that does not say where they differ. */
export const sameText = (one: string, other: string): boolean => {
  let difference = one.length ^ other.length
  for (let index = 0; index < one.length; index += 1)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index % (other.length || 1))
  return difference === 0
}
