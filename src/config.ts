import { z } from 'zod'

/** What an operator sets, read once at the start. Unknown or wrong settings stop the start-up by name. */
export const Config = z.object({
  /** The address people use, scheme and host: cookies, links and the cross-site guard follow it. */
  origin: z.url(),
  /** The largest file a page takes, in bytes. */
  uploadBytes: z.number().int().positive(),
  /** The most answers or facts one publish may move (D1: 100,000). */
  publishRows: z.number().int().positive(),
  /** An attendance file of more bytes is read after its page has answered; where it is not set, before. */
  waitingBytes: z.number().int().positive().optional(),
})
export type Config = z.infer<typeof Config>

/** The most rows one publish may move: D1 runs it in one request, a machine of one's own takes a council's whole year. */
const publishRows = { d1: 100_000, machine: 5_000_000 } as const

/**
 * On Workers a request has seconds of processor time and shares its memory with others: what takes long goes through a
 * queue. About 20,000 session marks.
 */
const waitingBytes = { d1: 1_000_000, machine: undefined } as const

/** The most that Common Transfer Files sent at once may hold, in bytes: they are read as a stream. */
export const transferBytes = 20_000_000

/** The most that a file added as evidence may hold, in bytes: a photograph or a scanned invoice. */
export const evidenceBytes = 5_000_000

/** The settings of a portal at an address, where an operator sets nothing else. */
export const configFor = (origin: string, engine: keyof typeof publishRows): Config =>
  Config.parse({
    origin: new URL(origin).origin,
    uploadBytes: 10_000_000,
    publishRows: publishRows[engine],
    waitingBytes: waitingBytes[engine],
  })

/** Whether a host name can only be reached from the machine itself. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '::1' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
