import type { D1Database, Queue, R2Bucket } from '@cloudflare/workers-types'
import type { Job, JobResult } from '../../background/job.ts'
import { parseJob } from '../../background/parse-job.ts'
import { runJob } from '../../background/run-job.ts'
import type { Config } from '../../config.ts'
import { instant } from '../../domain/dates.ts'
import type { Runtime } from '../../runtime.ts'
import { bucketFiles } from './bucket.ts'
import { batchDb } from './database.ts'

type WorkerSettings = {
  readonly database: D1Database
  readonly bucket: R2Bucket
  readonly config: Config
  readonly sendEmail: Runtime['sendEmail']
  /** Keeps the isolate alive until a started job ends, also when its page has been answered. */
  readonly waitUntil: (promise: Promise<unknown>) => void
  /** Where what takes long is put; without one it is done at once. */
  readonly queue?: Pick<Queue<WaitingMessage>, 'send'>
}

/** What the queue carries: which file waits, and nothing about anybody. */
export type WaitingMessage = { readonly name: 'read-waiting-file'; readonly id: string }

/** The runtime of one request in workerd: D1, R2 and the request's own lifetime. */
export const openWorkerRuntime = ({
  database,
  bucket,
  config,
  sendEmail,
  waitUntil,
  queue,
}: WorkerSettings): Runtime => {
  const runtime: Runtime = {
    db: batchDb(database),
    files: bucketFiles(bucket),
    now: () => instant(Date.now()),
    sendEmail,
    start: async (job) => {
      const named: Job = job
      if (queue && named.name === 'read-waiting-file') {
        await queue.send({ name: named.name, id: named.id })
        return { outcome: 'soon' } as JobResult[typeof job.name]
      }
      const running = runJob(job, runtime, parseJob)
      waitUntil(running.catch(() => undefined))
      return running
    },
    config,
  }
  return runtime
}
