import type { R2Bucket } from '@cloudflare/workers-types'
import type { Files } from '../../runtime.ts'
import { checkedKey } from '../file-key.ts'

/** Kept files in an R2 bucket. */
export const bucketFiles = (bucket: R2Bucket): Files => ({
  put: async (key, bytes) => {
    await bucket.put(checkedKey(key), bytes)
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
