import type { Finding } from '../src/domain/finding.ts'
import { findColumns, marksColumns } from './attendance-marks/columns.ts'
import { attendanceMarks, parseMarks, readMarksCsv } from './attendance-marks/parse.ts'
import { findTotals, totalsColumns } from './attendance-totals/columns.ts'
import { attendanceTotals, parseTotals, readTotalsCsv } from './attendance-totals/parse.ts'
import { commonTransferFile } from './common-transfer-file/parse.ts'
import { transferFileName, writeTransferFile } from './common-transfer-file/write.ts'
import type { SentFile } from './connector.ts'
import { fileKind } from './format/bytes.ts'
import { readCsv } from './format/csv.ts'
import { refuse } from './format/refusal.ts'
import { comparable } from './format/text.ts'
import { whyNoWorkbook } from './format/xlsx.ts'
import { localRoll } from './local-roll/parse.ts'
import { readPaidFile } from './paid-file/parse.ts'
import { guessTarget, guessValue, isMeaning } from './school-layout/guess.ts'
import { keptCopy } from './school-layout/kept.ts'
import { lookAt } from './school-layout/look.ts'
import { markLayout } from './school-layout/mark.ts'
import { schoolLayout } from './school-layout/parse.ts'
import { markOf } from './school-layout/sheets.ts'
import { looksLikeRegister, openRegister, registerEdition } from './school-register/parse.ts'
import { markReturn } from './termly-return/mark.ts'
import { termlyReturn } from './termly-return/parse.ts'

/** A school's own layout is no file of ours to recognise: it is read through a mapping that a person has made. */
export {
  attendanceMarks,
  attendanceTotals,
  commonTransferFile,
  comparable,
  findColumns,
  findTotals,
  guessTarget,
  guessValue,
  isMeaning,
  keptCopy,
  localRoll,
  lookAt,
  looksLikeRegister,
  markLayout,
  markOf,
  markReturn,
  marksColumns,
  openRegister,
  parseMarks,
  parseTotals,
  readMarksCsv,
  readPaidFile,
  readTotalsCsv,
  registerEdition,
  schoolLayout,
  termlyReturn,
  totalsColumns,
  transferFileName,
  writeTransferFile,
}

/** Every connector by its name. A new format is one more line here. */
export const connectors = {
  'termly-return': termlyReturn,
  'local-roll': localRoll,
  'common-transfer-file': commonTransferFile,
  'attendance-marks': attendanceMarks,
  'attendance-totals': attendanceTotals,
} as const

/** The name of a connector, as `vsx import --as` takes it. */
export type ConnectorName = keyof typeof connectors

/** Whether a text names a connector. */
export const isConnectorName = (name: string): name is ConnectorName => Object.hasOwn(connectors, name)

/** The connector whose content a file holds, or one plain reason why none can read it. */
export type Recognised =
  | { readonly outcome: 'recognised'; readonly name: ConnectorName }
  | { readonly outcome: 'refused'; readonly finding: Finding }

/** Tells by a file's content, never by its name, which connector reads it. */
export const recogniseConnector = (file: SentFile): Recognised => {
  for (const name of Object.keys(connectors).filter(isConnectorName)) {
    if (connectors[name].recognises(file)) return { outcome: 'recognised', name }
  }
  const kind = fileKind(file.bytes)
  if (kind === 'zip' || kind === 'old-office') return whyNoWorkbook(file.bytes) ?? refuse('TEMPLATE_UNKNOWN')
  const read = readCsv(file.bytes)
  return read.outcome === 'refused' ? read : refuse('FILE_NOT_RECOGNISED', { kind })
}

/** Whether a file is XML as it stands: it can be read as its bytes come, without being unpacked first. */
export const isPlainXml = (bytes: Uint8Array): boolean => fileKind(bytes) === 'xml'

/** Whether a file is plain text, such as CSV: it can be read as its bytes come. */
export const isPlainText = (bytes: Uint8Array): boolean => fileKind(bytes) === 'other'
