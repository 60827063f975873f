import type { LocalRollRow } from '../../connectors/local-roll/rows.ts'
import type { Finding } from '../domain/finding.ts'
import type { Runtime } from '../runtime.ts'
import { abandonImport, publishImports } from './publish.ts'
import { type RollSender, stageRoll } from './receive-roll.ts'

/** What came of a form: its record is in use, or the findings that keep it out. */
export type Recorded =
  | { readonly outcome: 'recorded'; readonly import: string }
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] }

/**
 * Brings one record in from a form on the same path as a file: staged, checked, published, with the person who typed it
 * as its source. A record that is held back is given up and changes nothing.
 */
export const recordForm = async (
  runtime: Runtime,
  sender: RollSender,
  record: NonNullable<LocalRollRow['record']>,
): Promise<Recorded> => {
  const bytes = new TextEncoder().encode(JSON.stringify(record))
  const row: LocalRollRow = { number: 1, at: {}, findings: [], record }
  const read = { edition: 'form', rows: [row], findings: [] }
  const staged = await stageRoll(runtime, { name: 'form', bytes }, read, { ...sender, via: 'form' })
  if (staged.outcome === 'refused') return { outcome: 'refused', findings: [staged.finding] }
  const { query } = runtime.db
  const part = await query
    .selectFrom('import')
    .select(['id', 'number'])
    .where('id', '=', staged.imports[0] ?? '')
    .executeTakeFirstOrThrow()
  const change = { ...part, virtualSchool: sender.virtualSchool, by: sender.by, part: 'form' }
  const held = await query
    .selectFrom('finding')
    .select(['code', 'severity', 'item', 'parameters'])
    .where('import_number', '=', part.number)
    .where('severity', '=', 'error')
    .execute()
  if (held.length > 0) {
    await abandonImport(runtime, change)
    return {
      outcome: 'refused',
      findings: held.map(({ code, severity, item, parameters }) => ({
        code,
        severity,
        at: item === null ? {} : { column: item },
        parameters: JSON.parse(parameters),
      })),
    }
  }
  await publishImports(runtime, [change])
  return { outcome: 'recorded', import: part.id }
}
