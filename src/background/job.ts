import type { MarksMapping, MarksRead } from '../../connectors/attendance-marks/rows.ts'
import type { TotalsRead, TotalsReading } from '../../connectors/attendance-totals/rows.ts'
import type { TransferHeader, TransferPupil } from '../../connectors/common-transfer-file/rows.ts'
import type { MarkedFile, Parsed, ParsedStream, SentFile } from '../../connectors/connector.ts'
import type { LocalRollRow } from '../../connectors/local-roll/rows.ts'
import type { Chosen, KeptCopy, LookedAt, Mapping } from '../../connectors/school-layout/rows.ts'
import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import type { Fault } from '../domain/finding.ts'

/** What can be started away from a page: a value that crosses threads. */
export type Job =
  | { readonly name: 'parse-termly-return'; readonly file: SentFile }
  | { readonly name: 'parse-local-roll'; readonly file: SentFile }
  | { readonly name: 'parse-common-transfer-file'; readonly file: SentFile }
  | { readonly name: 'parse-attendance-marks'; readonly file: SentFile; readonly mapping: MarksMapping | null }
  | { readonly name: 'parse-attendance-totals'; readonly file: SentFile; readonly reading: TotalsReading }
  | { readonly name: 'mark-termly-return'; readonly file: SentFile; readonly faults: readonly Fault[] }
  /** What a file of unknown columns holds, for a person to say what they are. */
  | {
      readonly name: 'look-at-layout'
      readonly file: SentFile
      readonly known: readonly Mapping[]
      readonly chosen: Chosen
    }
  | { readonly name: 'parse-school-layout'; readonly file: SentFile; readonly mapping: Mapping }
  | {
      readonly name: 'mark-school-layout'
      readonly file: SentFile
      readonly mapping: Mapping
      readonly faults: readonly Fault[]
    }
  /** The copy of a school's own file that may be kept: some columns of some rows. */
  | {
      readonly name: 'keep-allowed'
      readonly file: SentFile
      readonly mapping: Mapping
      readonly rows: readonly number[]
    }
  | { readonly name: 'send-mail' }
  | { readonly name: 'remind' }
  /** Reads one of the files that wait, soon. */
  | { readonly name: 'read-waiting-file'; readonly id: string }

/** The jobs that read a sent file: pure work that may run in another thread. */
export type ParseJob = Extract<Job, { readonly file: SentFile }>

/** What became of a file that waited: `soon` where a queue has it, `elsewhere` where another reader is at it. */
export type WaitingOutcome = 'soon' | 'staged' | 'refused' | 'elsewhere' | 'gone'

type Refused = Extract<Parsed<never>, { readonly outcome: 'refused' }>

export type JobResult = {
  'parse-termly-return': Parsed<ReturnRow>
  'parse-local-roll': Parsed<LocalRollRow>
  'parse-common-transfer-file': ParsedStream<TransferPupil, TransferHeader | null>
  'parse-attendance-marks': MarksRead
  'parse-attendance-totals': TotalsRead
  'mark-termly-return': MarkedFile
  'look-at-layout': LookedAt | Refused
  'parse-school-layout': Parsed<ReturnRow>
  'mark-school-layout': MarkedFile
  'keep-allowed': KeptCopy | Refused
  'send-mail': { readonly sent: number; readonly waiting: number }
  /** How many schools were reminded: none, unless a council asked for it. */
  remind: { readonly sent: number }
  'read-waiting-file': { readonly outcome: WaitingOutcome }
}
