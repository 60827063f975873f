import { Worker } from 'node:worker_threads'
import type { Parsed } from '../../../connectors/connector.ts'
import { unpackReturn } from '../../background/crossing.ts'
import type { JobResult, ParseJob } from '../../background/job.ts'
import { Busy } from '../../runtime.ts'
import { builtFile } from './places.ts'

/** What the thread that reads a file says: what it made of it, or at which fault of ours it stopped. */
export type FromParser =
  | { readonly parsed: JobResult[ParseJob['name']] }
  /** A return, as `unpackReturn` reads it. */
  | { readonly packed: string }
  | { readonly stopped: string }

/** Bounds on reading one file away from the pages. */
export type ParserLimits = {
  readonly memoryMegabytes: number
  readonly seconds: number
  readonly atOnce: number
  readonly queued: number
}

/** What a server that also answers pages can spare. */
export const serverParserLimits: ParserLimits = { memoryMegabytes: 192, seconds: 30, atOnce: 2, queued: 20 }

/** What is said of a file that took more memory or time to read than any return needs. */
const tooHeavy: Parsed<never> = {
  outcome: 'refused',
  finding: { code: 'FILE_TOO_HEAVY', severity: 'error', at: {}, parameters: {} },
}

const parseInThread = (job: ParseJob, limits: ParserLimits, script: string) =>
  new Promise<JobResult[ParseJob['name']]>((resolve, reject) => {
    // A copy of its own, handed over: the caller still needs the bytes to keep them.
    const bytes = job.file.bytes.slice()
    const thread = new Worker(script, {
      workerData: { ...job, file: { ...job.file, bytes } },
      transferList: [bytes.buffer],
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMegabytes, maxYoungGenerationSizeMb: 96 },
    })
    const timer = setTimeout(() => end(() => resolve(tooHeavy)), limits.seconds * 1000)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
      void thread.terminate()
    }
    thread.once('message', (answer: FromParser) =>
      end(() => {
        if ('stopped' in answer) reject(new Error(`reading stopped: ${answer.stopped}`))
        else resolve('packed' in answer ? unpackReturn(answer.packed) : answer.parsed)
      }),
    )
    thread.once('error', (error: Error & { readonly code?: string }) =>
      end(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(tooHeavy) : reject(error))),
    )
    thread.once('exit', () => end(() => resolve(tooHeavy)))
  })

/** Reads files in threads of bounded memory and time, a few at once; more wait their turn, and too many are refused. */
export const openParser = (limits: ParserLimits, script = builtFile('parse-thread.js')) => {
  const turns: (() => void)[] = []
  let running = 0
  return async (job: ParseJob): Promise<JobResult[ParseJob['name']]> => {
    if (running >= limits.atOnce) {
      if (turns.length >= limits.queued) throw new Busy('too many files are being read')
      await new Promise<void>((resolve) => turns.push(resolve))
    } else running += 1
    try {
      return await parseInThread(job, limits, script)
    } finally {
      const next = turns.shift()
      if (next) next()
      else running -= 1
    }
  }
}
