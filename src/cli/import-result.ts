import { basename } from 'node:path'
import type { SentFile } from '../../connectors/connector.ts'
import type { ConnectorName } from '../../connectors/registry.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import type { Finding } from '../domain/finding.ts'
import { sha256 } from '../intake/receive-return.ts'
import type { Report } from '../store/report.ts'
import { type Call, print } from './settings.ts'

type Outcome = keyof typeof words.outcome

/** What reads the file: a connector that knows its own files, or a school's own layout. */
export type ReadBy = ConnectorName | 'school-layout'

/** What came of a file: how far it went, by which connector, its report or why it was refused, and receipts. */
export type Result = {
  readonly outcome: Outcome
  readonly connector: ReadBy | 'school-register' | null
  readonly report: Report | null
  readonly refusal: Finding | null
  readonly receipts: readonly string[]
  /** Where the file was never whole in memory: what is known of it. */
  readonly sent?: { readonly sha256: string; readonly bytes: number }
}

/** What comes of a file that is refused whole. */
export const refused = (finding: Finding, connector: Result['connector'] = null): Result => ({
  outcome: 'refused',
  connector,
  report: null,
  refusal: finding,
  receipts: [],
})

const message = (finding: Pick<Finding, 'code' | 'parameters'>) => {
  const { title, rule, mend } = wordsOfFinding(finding)
  return [`${title}.`, rule, mend].filter((text) => text !== '').join(' ')
}

const noRows = { read: 0, accepted: 0, rejected: 0, matched: 0, unmatched: 0, leftOut: 0 }

const noRecords = {
  pupil: 0,
  'return-answer': 0,
  'attendance-mark': 0,
  'attendance-total': 0,
  assessment: 0,
  place: 0,
  suspension: 0,
}

/** Says what came of a file, for people or as JSON. Gives the exit code. */
export const finish = async (call: Call, path: string, file: SentFile | null, result: Result): Promise<number> => {
  const outcome: Outcome = call.given['dry-run'] && result.outcome !== 'refused' ? 'checked' : result.outcome
  const { report } = result
  const findings = result.refusal ? [result.refusal] : (report?.findings ?? [])
  // A row about nobody asked about is no row to mend.
  const rejected = (report?.rows.rejected ?? 0) - (report?.rows.leftOut ?? 0)
  if (call.given.json) {
    const imports = report?.imports ?? []
    print(
      JSON.stringify({
        outcome,
        import: outcome === 'checked' || !report ? null : imports.length === 1 ? imports[0] : report.delivery,
        ...(imports.length > 1 && outcome !== 'checked' ? { imports } : {}),
        connector: result.connector ?? report?.connector ?? null,
        edition: report?.edition ?? null,
        file: {
          name: file?.name ?? basename(path),
          sha256: file ? await sha256(file.bytes) : (result.sent?.sha256 ?? null),
          bytes: file?.bytes.byteLength ?? result.sent?.bytes ?? 0,
        },
        rows: report?.rows ?? noRows,
        records: { ...noRecords, ...report?.records },
        findings: findings.map((finding) => ({
          code: finding.code,
          severity: finding.severity,
          at: finding.at,
          message: message(finding),
        })),
        ...(report?.notRead ? { notRead: report.notRead } : {}),
        ...(result.receipts.length > 0 && outcome !== 'checked' ? { receipts: result.receipts } : {}),
      }),
    )
  } else {
    print(words.outcome[outcome])
    if (report) print(words.rows(report.rows))
    if (report?.notRead && report.notRead.length > 0) print(words.notRead(report.notRead))
    for (const finding of findings.slice(0, 200))
      print(
        `  ${finding.at.cell ?? (finding.at.line === undefined ? '' : `line ${finding.at.line}`)} ${message(finding)}`,
      )
    if (outcome !== 'checked') for (const receipt of result.receipts) print(words.receipt(receipt))
    if (report && outcome !== 'checked') for (const id of report.imports) print(words.importIs(id))
  }
  if (outcome === 'refused') return 2
  if (outcome === 'checked') return rejected > 0 ? 1 : 0
  if (outcome === 'already-published') return 0
  return outcome === 'staged' || rejected > 0 ? 1 : 0
}
