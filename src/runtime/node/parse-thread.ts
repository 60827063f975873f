import { parentPort, workerData } from 'node:worker_threads'
import { packReturn, type ReadReturn } from '../../background/crossing.ts'
import type { ParseJob } from '../../background/job.ts'
import { parseJob } from '../../background/parse-job.ts'
import type { FromParser } from './parser.ts'

/** A thread that reads one file and ends: its memory is bounded, and nothing of one file outlives it. */
const say = (message: FromParser) => parentPort?.postMessage(message)

try {
  const job = workerData as ParseJob
  const parsed = await parseJob(job)
  const isReturn = job.name === 'parse-termly-return' || job.name === 'parse-school-layout'
  // What each name gives is what JobResult states; the compiler cannot follow it through a union.
  if (isReturn && parsed.outcome === 'read') say({ packed: packReturn(parsed as ReadReturn) })
  else say({ parsed })
} catch (error) {
  // A parser's message can quote the file; only the kind of fault and where it happened may leave.
  const { name, stack } = error as Error
  const places = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  say({ stopped: [name, ...places.slice(0, 8)].join('\n') })
}
