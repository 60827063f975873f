const algorithm = 'AES-GCM'
const ivBytes = 12

const keyFrom = (text: string, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey(
    'raw',
    Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
    algorithm,
    false,
    [use],
  )

/** Seals bytes with a key made for them alone; `about` has to be said again to open them. */
export const seal = async (
  bytes: Uint8Array,
  about: string,
): Promise<{ readonly sealed: Uint8Array; readonly opensWith: string }> => {
  const opensWith = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const additionalData = new TextEncoder().encode(about)
  const key = await keyFrom(opensWith, 'encrypt')
  const closed = await crypto.subtle.encrypt({ name: algorithm, iv, additionalData }, key, new Uint8Array(bytes))
  const sealed = new Uint8Array(ivBytes + closed.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(closed), ivBytes)
  return { sealed, opensWith }
}

/** Opens what was sealed; throws where the key, what it is about or any byte is another. */
export const unseal = async (sealed: Uint8Array, about: string, opensWith: string): Promise<Uint8Array> => {
  const iv = new Uint8Array(sealed.subarray(0, ivBytes))
  const additionalData = new TextEncoder().encode(about)
  const key = await keyFrom(opensWith, 'decrypt')
  const closed = new Uint8Array(sealed.subarray(ivBytes))
  return new Uint8Array(await crypto.subtle.decrypt({ name: algorithm, iv, additionalData }, key, closed))
}
