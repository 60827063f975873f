import type { MarkedFile, Parsed, SentFile } from '../../connectors/connector.ts'
import type { LocalRollRow } from '../../connectors/local-roll/rows.ts'
import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import type { Fault } from '../domain/finding.ts'

/** What can be started away from a page: a value that crosses threads. */
export type Job =
  | { readonly name: 'parse-termly-return'; readonly file: SentFile }
  | { readonly name: 'parse-local-roll'; readonly file: SentFile }
  | { readonly name: 'mark-termly-return'; readonly file: SentFile; readonly faults: readonly Fault[] }
  | { readonly name: 'send-mail' }
  | { readonly name: 'remind' }

/** The jobs that read a sent file: pure work that may run in another thread. */
export type ParseJob = Extract<Job, { readonly file: SentFile }>

export type JobResult = {
  'parse-termly-return': Parsed<ReturnRow>
  'parse-local-roll': Parsed<LocalRollRow>
  'mark-termly-return': MarkedFile
  'send-mail': { readonly sent: number; readonly waiting: number }
  /** How many schools were reminded: none, unless a council asked for it. */
  remind: { readonly sent: number }
}
