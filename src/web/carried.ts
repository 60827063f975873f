/** The most that a page carries of a file, packed, in bytes. */
export const carriedBytes = 2_000_000

const through = async (bytes: Uint8Array, by: CompressionStream | DecompressionStream, most: number) => {
  const reader = new Response(new Uint8Array(bytes)).body?.pipeThrough(by).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > most) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

/**
 * A file as text that a page carries back to us in its own form, so that nothing of it is stored between two steps;
 * undefined where it is too large for that.
 */
export const carriedText = async (bytes: Uint8Array): Promise<string | undefined> => {
  const packed = await through(bytes, new CompressionStream('deflate'), carriedBytes)
  if (!packed) return undefined
  let text = ''
  for (let at = 0; at < packed.length; at += 8192) text += String.fromCharCode(...packed.subarray(at, at + 8192))
  return btoa(text)
}

/** The file that a page carried, at most so many bytes unpacked; undefined where the text is none. */
export const carriedFile = async (text: string, most: number): Promise<Uint8Array | undefined> => {
  try {
    const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    return packed.length === 0 ? undefined : await through(packed, new DecompressionStream('deflate'), most)
  } catch {
    // Not a file that we have sent along: the page that asks for one is shown again.
    return undefined
  }
}
