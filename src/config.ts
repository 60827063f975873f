import { z } from 'zod'

/** What an operator sets, read once at the start. Unknown or wrong settings stop the start-up by name. */
export const Config = z.object({
  /** The address people use, scheme and host: cookies, links and the cross-site guard follow it. */
  origin: z.url(),
  /** The largest file a page takes, in bytes. */
  uploadBytes: z.number().int().positive(),
  /** The most answers or facts one publish may move (D1: 100,000). */
  publishRows: z.number().int().positive(),
})
export type Config = z.infer<typeof Config>
