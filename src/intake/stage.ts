import type { Instant, PlainDate } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import type { PublicId } from '../domain/identifiers.ts'
import { audit } from '../store/audit.ts'
import type { Db, Statement } from '../store/db.ts'
import { insertMany } from '../store/statement.ts'

export type RowState = 'ready' | 'held' | 'unmatched' | 'not_asked' | 'set_aside'

/** One row as it will stand in the store before anybody publishes it. */
export type StagedRow = {
  readonly rowNumber: number
  readonly state: RowState
  readonly pupil: number | null
  readonly sheet: string | null
  readonly reference: string | null
  readonly upnSent: string | null
  readonly upnCell: string | null
  readonly surnameSent: string | null
  readonly forenameSent: string | null
  readonly bornSent: string | null
  readonly kind: string
  /** Lines of the file that this row stands for, where it is more than one. */
  readonly lines?: number
  readonly findings: readonly Finding[]
}

type Value = string | number | null

/** Facts of one family: rows in the order of `columns`, each beginning with its row number. */
export type StagedFacts = {
  readonly family: string
  readonly columns: readonly string[]
  readonly rows: Iterable<readonly Value[]> & { readonly length: number }
}

/** What a file brings for one virtual school. */
export type StagedImport = {
  readonly id: PublicId
  readonly virtualSchool: number
  readonly round: number | null
  readonly school: number | null
  readonly precedence: number
  readonly rows: readonly StagedRow[]
  readonly fileFindings: readonly Finding[]
  readonly facts: readonly StagedFacts[]
}

export type StagedDelivery = {
  readonly id: PublicId
  readonly connector: string
  readonly connectorEdition: string
  readonly fileEdition: string
  readonly fileName: string
  readonly sha256: string
  readonly bytes: number
  readonly fileKey: string | null
  /** The hash of the kept copy where it is less than what was sent. */
  readonly keptSha256?: string
  readonly deleteOn: PlainDate | null
  readonly school: number | null
  readonly sentBy: number | null
  readonly sentAt: Instant
  readonly via: 'page' | 'command' | 'form' | 'seed'
  readonly rowsRead: number
  /** The version of the school's own layout it was read with, and its rows of which nothing is kept. */
  readonly layout?: { readonly version: number; readonly rowsLeftOut: number }
  readonly imports: readonly StagedImport[]
}

/** SQL statements a commit: enough to be quick, few enough that a page's own write never waits long. */
const statementsACommit = 4

/** Commits under way at once: one is written while the next is made ready. */
const commitsAtOnce = 2

/** Rows, findings and facts of one import, in the order of the file. */
export type StagedPiece = Pick<StagedImport, 'rows' | 'fileFindings' | 'facts'>

/** A file on its way into the store, a piece at a time: what is added is read by nobody until `finish`, and then staged. */
export type Staging = {
  readonly add: (importId: string, piece: StagedPiece, progress?: Progress) => Promise<void>
  readonly finish: (counted: {
    readonly rowsRead: number
    readonly rowsUnchanged: number
    readonly rowsLeftOut: number
  }) => Promise<void>
}

type Progress = (done: number, of: number) => void
type Begun = Omit<StagedDelivery, 'imports' | 'rowsRead' | 'rowsUnchanged'> & {
  readonly imports: readonly Omit<StagedImport, keyof StagedPiece>[]
}

/**
 * Begins to write a file's rows where no reader sees them: the delivery and its imports as `staging`. A crash before
 * `finish` leaves nothing that anyone reads.
 */
export const beginStaging = async (db: Db, delivery: Begun): Promise<Staging> => {
  await db.commit([
    db.query.insertInto('delivery').values({
      id: delivery.id,
      connector: delivery.connector,
      connector_edition: delivery.connectorEdition,
      file_edition: delivery.fileEdition,
      file_name: delivery.fileName,
      sha256: delivery.sha256,
      bytes: delivery.bytes,
      file_key: delivery.fileKey,
      kept_sha256: delivery.keptSha256 ?? (delivery.fileKey ? delivery.sha256 : null),
      delete_on: delivery.deleteOn,
      school_number: delivery.school,
      sent_by: delivery.sentBy,
      sent_at: delivery.sentAt,
      via: delivery.via,
      rows_read: 0,
      layout_version_number: delivery.layout?.version ?? null,
      rows_left_out: 0,
    }),
    ...delivery.imports.map((part) =>
      db.query.insertInto('import').values((values) => ({
        id: part.id,
        delivery_number: values.selectFrom('delivery').select('number').where('id', '=', delivery.id),
        virtual_school_number: part.virtualSchool,
        round_number: part.round,
        school_number: part.school,
        precedence: part.precedence,
        state: 'staging' as const,
        publish_order: null,
        published_at: null,
        withdrawn_at: null,
      })),
    ),
  ])
  const numbers = await db.query
    .selectFrom('import')
    .select(['id', 'number'])
    .where('delivery_number', '=', (part) => part.selectFrom('delivery').select('number').where('id', '=', delivery.id))
    .execute()
  const numberOf = new Map<string, number>(numbers.map((row) => [row.id, row.number]))
  return {
    add: async (importId, piece, progress = () => undefined) => {
      const underWay: Promise<void>[] = []
      const write = async (statements: readonly Statement[]) => {
        if (underWay.length >= commitsAtOnce) await underWay.shift()
        const commit = db.commit(statements)
        // Whoever waits for it hears of its failure; one that nobody comes to wait for any more is no second fault.
        commit.catch(() => undefined)
        underWay.push(commit)
      }
      const slices = slicesOf(piece)
      let ready: Statement[] = []
      for (const [done, slice] of slices.entries()) {
        progress(done, slices.length)
        for (const statement of slice(numberOf.get(importId) ?? 0)) {
          ready.push(statement)
          if (ready.length < statementsACommit) continue
          await write(ready)
          ready = []
        }
      }
      if (ready.length > 0) await write(ready)
      await Promise.all(underWay)
      progress(slices.length, slices.length)
    },
    finish: async ({ rowsRead, rowsUnchanged, rowsLeftOut }) =>
      db.commit([
        db.query
          .updateTable('delivery')
          .set({ rows_read: rowsRead, rows_unchanged: rowsUnchanged, rows_left_out: rowsLeftOut })
          .where('id', '=', delivery.id),
        ...delivery.imports.flatMap((part) => [
          db.query
            .updateTable('import')
            .set({ state: 'staged' })
            .where('id', '=', part.id)
            .where('state', '=', 'staging'),
          db.query.insertInto('import_event').values({
            import_number: numberOf.get(part.id) ?? 0,
            sequence: 1,
            event: 'staged',
            at: delivery.sentAt,
            by_person: delivery.sentBy,
            reason: '',
          }),
          audit(db.query, {
            at: delivery.sentAt,
            person: delivery.sentBy,
            part: delivery.via,
            action: 'file read',
            virtualSchool: part.virtualSchool,
            subject: part.id,
          }),
        ]),
      ]),
  }
}

/** Stages a file that is whole in memory; see `beginStaging`. `progress` counts its rows, by the share that is written. */
export const stage = async (db: Db, delivery: StagedDelivery, progress: Progress = () => undefined): Promise<void> => {
  const staging = await beginStaging(db, delivery)
  for (const [index, part] of delivery.imports.entries())
    await staging.add(part.id, part, (done, of) => {
      const share = (index + (of === 0 ? 1 : done / of)) / delivery.imports.length
      progress(Math.floor(share * delivery.rowsRead), delivery.rowsRead)
    })
  await staging.finish({
    rowsRead: delivery.rowsRead,
    rowsUnchanged: 0,
    rowsLeftOut: delivery.layout?.rowsLeftOut ?? 0,
  })
}

/** Facts made ready at a time: some commits' worth, so that the first is written while the next is made. */
const factsTogether = 20_000

type Slice = (importNumber: number) => readonly Statement[]

/** A piece in slices, each turned into statements only when its turn comes. */
const slicesOf = (part: StagedPiece): readonly Slice[] => [
  (number) => [...importRows(part, number), ...findingsOf(part, number)],
  ...part.facts.flatMap(({ family, columns, rows }) => {
    const left = rows[Symbol.iterator]()
    return Array.from(
      { length: Math.ceil(rows.length / factsTogether) },
      (): Slice => (number) =>
        insertMany(`${family}_fact`, columns, firstOf(left, factsTogether), {
          orIgnore: true,
          shared: { import_number: number },
        }),
    )
  }),
]

const firstOf = <Row>(left: Iterator<Row>, most: number): readonly Row[] => {
  const rows: Row[] = []
  while (rows.length < most) {
    const next = left.next()
    if (next.done) break
    rows.push(next.value)
  }
  return rows
}

const importRows = (part: StagedPiece, number: number) =>
  insertMany(
    'import_row',
    [
      'row_number',
      'state',
      'pupil_number',
      'sheet',
      'reference',
      'upn_sent',
      'upn_cell',
      'surname_sent',
      'forename_sent',
      'born_sent',
      'kind',
      'lines',
    ],
    part.rows.map((row) => [
      row.rowNumber,
      row.state,
      row.pupil,
      row.sheet,
      row.reference,
      row.upnSent,
      row.upnCell,
      row.surnameSent,
      row.forenameSent,
      row.bornSent,
      row.kind,
      row.lines ?? 1,
    ]),
    { orIgnore: true, shared: { import_number: number } },
  )

const findingsOf = (part: StagedPiece, number: number) =>
  insertMany('finding', findingColumns, [
    ...findingRows(number, 0, part.fileFindings),
    ...part.rows.flatMap((row) => findingRows(number, row.rowNumber, row.findings)),
  ])

/** The columns of a finding as `findingRows` gives them. */
export const findingColumns = [
  'import_number',
  'row_number',
  'ordinal',
  'code',
  'severity',
  'item',
  'sheet',
  'cell',
  'line',
  'path',
  'parameters',
]

/** Findings as rows to insert, numbered within their row of the file. */
export const findingRows = (
  importNumber: number,
  rowNumber: number,
  findings: readonly Finding[],
): readonly (readonly Value[])[] =>
  findings.map((finding, ordinal) => [
    importNumber,
    rowNumber,
    ordinal,
    finding.code,
    finding.severity,
    finding.at.column ?? null,
    finding.at.sheet ?? null,
    finding.at.cell ?? null,
    finding.at.line ?? null,
    finding.at.path ?? null,
    JSON.stringify(finding.parameters),
  ])
