import type { Job, JobResult } from './background/job.ts'
import type { Config } from './config.ts'
import type { Instant } from './domain/dates.ts'
import type { Db } from './store/db.ts'

/** Files by key; a key is made of letters, digits, '-' and '/'. Writing the same key with the same bytes again is harmless. */
export type Files = {
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>
  /** Writes a file as its parts come, and gives the hash of the whole; where the parts end badly there is no file. */
  readonly putParts: (key: string, parts: AsyncIterable<Uint8Array>) => Promise<{ readonly sha256: string }>
  readonly get: (key: string) => Promise<Uint8Array | undefined>
  readonly remove: (key: string) => Promise<void>
  readonly list: () => Promise<readonly string[]>
}

/** A plain-text e-mail. Its words name no child; `reference` is unique, so that sending twice can be noticed. */
export type Email = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly reference: string
}

/** All that the application asks of the machine it runs on: a Node server or a Cloudflare Worker. */
export type Runtime = {
  readonly db: Db
  readonly files: Files
  readonly now: () => Instant
  readonly sendEmail: (email: Email) => Promise<void>
  /** Runs a named job away from the page that asks for it: a thread on Node, the same isolate in workerd. */
  readonly start: <Name extends Job['name']>(job: Extract<Job, { name: Name }>) => Promise<JobResult[Name]>
  readonly config: Config
}

/** Too many files are being read already; the sender can try again in a minute. Thrown by `start`. */
export class Busy extends Error {
  override readonly name = 'Busy'
}
