import type { SentFile } from '../../connectors/connector.ts'
import { publishImports } from '../intake/publish.ts'
import { stageRoll } from '../intake/receive-roll.ts'
import type { Runtime } from '../runtime.ts'

/** Brings one CSV of a fictional roll in through the same path as a real one, and publishes it. Throws where it is not clean. */
export const bringInRoll = async (
  runtime: Runtime,
  virtualSchool: number,
  file: SentFile,
  by: number | null = null,
): Promise<void> => {
  const parsed = await runtime.start({ name: 'parse-local-roll', file })
  if (parsed.outcome === 'refused') throw new Error(`seed file ${file.name}: ${parsed.finding.code}`)
  const staged = await stageRoll(runtime, file, parsed, { virtualSchool, by, via: 'seed' })
  if (staged.outcome === 'refused') throw new Error(`seed file ${file.name}: ${staged.finding.code}`)
  const parts = await runtime.db.query
    .selectFrom('import')
    .select(['id', 'number', 'virtual_school_number'])
    .where('id', 'in', [...staged.imports])
    .execute()
  const held = await runtime.db.query
    .selectFrom('finding')
    .select(['code', 'item', 'line'])
    .where(
      'import_number',
      'in',
      parts.map(({ number }) => number),
    )
    .where('severity', '=', 'error')
    .executeTakeFirst()
  if (held) throw new Error(`seed file ${file.name}: ${held.code} ${held.item ?? ''} line ${held.line ?? ''}`)
  await publishImports(
    runtime,
    parts.map((part) => ({
      id: part.id,
      number: part.number,
      virtualSchool: part.virtual_school_number,
      by,
      part: 'seed',
    })),
  )
}
