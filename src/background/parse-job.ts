import { localRoll, termlyReturn } from '../../connectors/registry.ts'
import type { JobResult, ParseJob } from './job.ts'

/** Reads a sent file with the connector its job names. */
export const parseJob = (job: ParseJob): JobResult[ParseJob['name']] => {
  switch (job.name) {
    case 'parse-termly-return':
      return termlyReturn.parse(job.file)
    case 'parse-local-roll':
      return localRoll.parse(job.file)
  }
}
