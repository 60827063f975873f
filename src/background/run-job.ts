import { readWaitingFile } from '../intake/waiting-file.ts'
import { remindBeforeDue } from '../returns/remind.ts'
import type { Runtime } from '../runtime.ts'
import type { Job, JobResult, ParseJob } from './job.ts'
import { sendMail } from './send-mail.ts'

/** How a runtime reads a sent file away from the page: in a thread, or in the same isolate. */
type ReadsFiles = (job: ParseJob) => Promise<JobResult[ParseJob['name']]>

/** Runs a named job to its end: the one list of jobs, for both runtimes. */
export const runJob = async <Name extends Job['name']>(
  job: Extract<Job, { name: Name }>,
  runtime: Runtime,
  parse: ReadsFiles,
): Promise<JobResult[Name]> => {
  const named: Job = job
  const result: JobResult[Job['name']] =
    named.name === 'send-mail'
      ? await sendMail(runtime)
      : named.name === 'remind'
        ? await remindBeforeDue(runtime)
        : named.name === 'read-waiting-file'
          ? { outcome: await readWaitingFile(runtime, named.id) }
          : await parse(named)
  // Which result belongs to which name is what JobResult states; the compiler cannot follow it through a union.
  return result as JobResult[Name]
}
