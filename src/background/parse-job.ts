import {
  commonTransferFile,
  keptCopy,
  localRoll,
  lookAt,
  markLayout,
  markReturn,
  parseMarks,
  parseTotals,
  schoolLayout,
  termlyReturn,
} from '../../connectors/registry.ts'
import type { JobResult, ParseJob } from './job.ts'

/** Reads a sent file with the connector its job names, or marks in it what is to mend. */
export const parseJob = async (job: ParseJob): Promise<JobResult[ParseJob['name']]> => {
  switch (job.name) {
    case 'parse-termly-return':
      return termlyReturn.parse(job.file)
    case 'parse-local-roll':
      return localRoll.parse(job.file)
    case 'parse-common-transfer-file':
      return commonTransferFile.parse(job.file)
    case 'parse-attendance-marks':
      return parseMarks(job.file, job.mapping)
    case 'parse-attendance-totals':
      return parseTotals(job.file, job.reading)
    case 'mark-termly-return':
      return markReturn(job.file.bytes, job.faults)
    case 'look-at-layout':
      return lookAt(job.file, job.known, job.chosen)
    case 'parse-school-layout':
      return schoolLayout(job.mapping).parse(job.file)
    case 'mark-school-layout':
      return markLayout(job.file.bytes, job.faults, job.mapping)
    case 'keep-allowed':
      return keptCopy(job.file.bytes, job.mapping, job.rows)
  }
}
