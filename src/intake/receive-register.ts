import { openRegister, registerEdition } from '../../connectors/registry.ts'
import type { Establishment, EstablishmentLink, RegisterRow } from '../../connectors/school-register/rows.ts'
import type { Finding } from '../domain/finding.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { carryOn, conversionsDue, openQuestions, registerLines } from '../store/register.ts'
import { importsAsChanges } from '../store/report.ts'
import { abandonImport, type ImportChange, publishImports } from './publish.ts'
import { beginStaging, type StagedFacts, type StagedRow } from './stage.ts'

/** A register as an operator brings it in: its bytes in pieces, and their fingerprint and number. */
export type RegisterSource = {
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array>
  readonly sha256: string
  readonly bytes: number
}

export type ReceivedRegister =
  | { readonly outcome: 'refused'; readonly finding: Finding }
  | { readonly outcome: 'staged'; readonly delivery: string; readonly changed: number; readonly unchanged: number }

/** A national register stands above a council's own list of schools, and below what an officer typed. */
export const registerPrecedence = 150

/**
 * Receives a register of schools and stages the lines that say something new; the rest are counted. No copy is kept:
 * the register is published, and holds names and telephones that are not for us.
 */
export const receiveRegister = async (
  runtime: Runtime,
  source: RegisterSource,
  sender: { readonly virtualSchool: number; readonly by: number | null },
): Promise<ReceivedRegister> => {
  const opened = await openRegister(source.chunks)
  if (opened.outcome === 'refused') return opened
  const family = opened.kind === 'links' ? 'link' : 'establishment'
  const known = new Map(await registerLines(runtime.db.query, family))
  const gathered: Gathered = { rows: [], facts: [], read: 0, unchanged: 0, changed: 0, missing: known }
  const [delivery, part] = [newPublicId(), newPublicId()]
  const staging = await beginStaging(runtime.db, {
    id: delivery,
    connector: 'school-register',
    connectorEdition: registerEdition,
    fileEdition: opened.kind,
    fileName: source.name.slice(0, 200),
    sha256: source.sha256,
    bytes: source.bytes,
    fileKey: null,
    deleteOn: null,
    school: null,
    sentBy: sender.by,
    sentAt: runtime.now(),
    via: 'command',
    imports: [
      { id: part, virtualSchool: sender.virtualSchool, round: null, school: null, precedence: registerPrecedence },
    ],
  })
  const flush = async (fileFindings: readonly Finding[]) => {
    await staging.add(part, { rows: gathered.rows, fileFindings, facts: [factsOf(family, gathered.facts)] })
    gathered.changed += gathered.rows.length
    gathered.rows = []
    gathered.facts = []
  }
  for await (const piece of opened.pieces) {
    if (piece.outcome === 'refused') {
      await abandonDelivery(runtime, delivery, sender.by)
      return piece
    }
    for (const row of piece.rows) gather(gathered, row)
    if (gathered.rows.length >= rowsAPiece) await flush([])
  }
  await flush(goneFrom(opened.kind, gathered))
  await staging.finish({ rowsRead: gathered.read, rowsUnchanged: gathered.unchanged, rowsLeftOut: 0 })
  return { outcome: 'staged', delivery, changed: gathered.changed, unchanged: gathered.unchanged }
}

/** Rows held in memory before they are written. */
const rowsAPiece = 2_000

const abandonDelivery = async (runtime: Runtime, delivery: string, by: number | null) => {
  for (const change of await importsAsChanges(runtime.db.query, delivery))
    await abandonImport(runtime, { ...change, by, part: 'command', reason: 'refused' })
}

type Value = string | number | null
type Gathered = {
  rows: StagedRow[]
  facts: Value[][]
  read: number
  unchanged: number
  changed: number
  /** What was known and no line has named yet. */
  readonly missing: Map<string, string>
}

const entryOf = (record: Establishment): readonly string[] => [
  record.name,
  record.laCode,
  record.laName,
  record.establishmentNumber,
  record.type,
  record.phase,
  record.status,
  record.opened ?? '',
  record.closed ?? '',
  record.town,
  record.ukprn,
  record.country,
]

const entryColumns = [
  'row_number',
  'urn',
  'name',
  'la_code',
  'la_name',
  'establishment_number',
  'type',
  'phase',
].concat(['status', 'opened', 'closed', 'town', 'ukprn', 'country'])

const linkColumns = ['row_number', 'urn', 'link_urn', 'link_type', 'established']

const factsOf = (family: 'link' | 'establishment', rows: readonly Value[][]): StagedFacts => ({
  family: `register_${family}`,
  columns: family === 'link' ? linkColumns : entryColumns,
  rows,
})

const lineOf = (record: Establishment | EstablishmentLink): readonly [string, string] =>
  record.kind === 'link'
    ? [`${record.urn}/${record.linkUrn}/${record.linkType}`, record.established ?? '']
    : [record.key, entryOf(record).join('\u001f')]

const gather = (gathered: Gathered, row: RegisterRow) => {
  gathered.read += 1
  const { record } = row
  if (record) {
    const [key, line] = lineOf(record)
    const before = gathered.missing.get(key)
    gathered.missing.delete(key)
    if (before === line) {
      gathered.unchanged += 1
      return
    }
    gathered.facts.push(
      record.kind === 'link'
        ? [row.number, record.urn, record.linkUrn, record.linkType, record.established ?? '']
        : [row.number, record.key, ...entryOf(record)],
    )
  }
  gathered.rows.push({
    ...unsent,
    rowNumber: row.number,
    state: record ? 'ready' : 'held',
    kind: record?.kind ?? 'unread',
    findings: row.findings,
  })
}

const unsent = {
  pupil: null,
  sheet: null,
  reference: null,
  upnSent: null,
  upnCell: null,
  surnameSent: null,
  forenameSent: null,
  bornSent: null,
}

/** Lines a newer register no longer has are for a person to look at, and stay. The Welsh list speaks of Wales alone. */
const goneFrom = (kind: string, { missing }: Gathered): readonly Finding[] => {
  const gone = [...missing.keys()].filter((key) => kind === 'links' || key.startsWith('W') === (kind === 'welsh'))
  return gone.length === 0
    ? []
    : [{ code: 'REGISTER_LINES_GONE', severity: 'warning', at: {}, parameters: { count: gone.length } }]
}

/**
 * Publishes a staged register: schools that carried on under a new number do so from that day, with their people,
 * history and open work. Tells how many questions the register leaves to a person.
 */
export const publishRegister = async (
  runtime: Runtime,
  delivery: string,
  said: { readonly by: number | null; readonly part: string; readonly also?: ImportChange['also'] },
): Promise<{ readonly outcome: 'published' | 'changed-meanwhile'; readonly questions: number }> => {
  const { query } = runtime.db
  const changes = await importsAsChanges(query, delivery)
  const done = await publishImports(
    runtime,
    changes.map((change) => ({ ...change, ...said, also: [...(said.also ?? []), ...carryOn()] })),
  )
  if (done.outcome !== 'published') return { ...done, questions: 0 }
  // A chain of conversions (two new numbers in one year) is followed to its end; what a commit does not move stays.
  for (let [due, last] = [await conversionsDue(query), Number.POSITIVE_INFINITY]; due > 0 && due < last; ) {
    await runtime.db.commit([...carryOn()])
    ;[due, last] = [await conversionsDue(query), due]
  }
  return { ...done, questions: (await openQuestions(query)).length }
}
