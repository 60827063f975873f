import type { R2Bucket } from '@cloudflare/workers-types'
import type { Files } from '../../runtime.ts'
import { checkedKey } from '../file-key.ts'

/** Kept files in an R2 bucket. */
export const bucketFiles = (bucket: R2Bucket): Files => ({
  put: async (key, bytes) => {
    await bucket.put(checkedKey(key), bytes)
  },
  // A bucket wants the length first, so the parts are gathered: a page takes files of bounded size.
  putParts: async (key, parts) => {
    const gathered: Uint8Array[] = []
    for await (const part of parts) gathered.push(part)
    const whole = new Uint8Array(await new Blob(gathered as BlobPart[]).arrayBuffer())
    await bucket.put(checkedKey(key), whole)
    const digest = await crypto.subtle.digest('SHA-256', whole)
    return { sha256: Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('') }
  },
  get: async (key) => {
    const found = await bucket.get(checkedKey(key))
    return found ? new Uint8Array(await found.arrayBuffer()) : undefined
  },
  remove: (key) => bucket.delete(checkedKey(key)),
  list: async () => {
    const keys: string[] = []
    let cursor: string | undefined
    do {
      const page = await bucket.list(cursor === undefined ? {} : { cursor })
      keys.push(...page.objects.map(({ key }) => key))
      cursor = page.truncated ? page.cursor : undefined
    } while (cursor !== undefined)
    return keys.sort()
  },
})
