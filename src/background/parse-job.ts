import { localRoll, markReturn, termlyReturn } from '../../connectors/registry.ts'
import type { JobResult, ParseJob } from './job.ts'

/** Reads a sent file with the connector its job names, or marks in it what is to mend. */
export const parseJob = async (job: ParseJob): Promise<JobResult[ParseJob['name']]> => {
  switch (job.name) {
    case 'parse-termly-return':
      return termlyReturn.parse(job.file)
    case 'parse-local-roll':
      return localRoll.parse(job.file)
    case 'mark-termly-return':
      return markReturn(job.file.bytes, job.faults)
  }
}
