import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import type { Severity } from '../domain/finding.ts'
import type { AnswerState } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { detailOf } from './pupil-detail.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { readsRow } from './scope.ts'

/** A row of a file, as received and as matched. */
export type ImportRow = {
  readonly importNumber: number
  readonly rowNumber: number
  readonly state: 'ready' | 'held' | 'unmatched' | 'not_asked' | 'set_aside'
  readonly pupil: number | null
  readonly pupilId: string | null
  readonly surname: string
  readonly forename: string
  readonly yearGroup: string
  readonly upn: string
  readonly sheet: string | null
  readonly upnSent: string | null
  readonly upnCell: string | null
  readonly surnameSent: string | null
  readonly forenameSent: string | null
  readonly bornSent: string | null
  readonly kind: string
  readonly reason: string | null
  readonly said: RowSaid
}

/** What a row says, in short. */
export type RowSaid = {
  /** The questions it answers: the items of all cells that could be read. */
  readonly items: readonly string[]
  /** How many cells were read, with those that could not be. */
  readonly cells: number
  readonly sheets: readonly string[]
}

const detail = (attribute: string) => detailOf('import_row.pupil_number', attribute)

const rows = (query: Query) =>
  query
    .selectFrom('import_row')
    .innerJoin('import', 'import.number', 'import_row.import_number')
    .leftJoin('pupil', 'pupil.number', 'import_row.pupil_number')
    .select([
      'import_row.import_number as importNumber',
      'import_row.row_number as rowNumber',
      'import_row.state',
      'import_row.pupil_number as pupil',
      'pupil.id as pupilId',
      detail('surname').as('surname'),
      detail('forename').as('forename'),
      detail('year_group').as('yearGroup'),
      sql<string>`coalesce((select u.value from pupil_identifier u where u.pupil_number = import_row.pupil_number
        and u.kind = 'upn' and u.last_day is null order by u.first_day desc limit 1), '')`.as('upn'),
      'import_row.sheet',
      'import_row.upn_sent as upnSent',
      'import_row.upn_cell as upnCell',
      'import_row.surname_sent as surnameSent',
      'import_row.forename_sent as forenameSent',
      'import_row.born_sent as bornSent',
      'import_row.kind',
      'import_row.reason',
      sql<string>`(select json_array(json_group_array(f.item) filter (where f.state <> 'unread'), count(*),
          json_group_array(distinct f.sheet) filter (where f.sheet is not null))
        from answer_fact f where f.import_number = import_row.import_number
        and f.row_number = import_row.row_number)`.as('said'),
    ])

const withSaid = <Row extends { readonly said: string }>(all: readonly Row[]) =>
  all.map((row) => {
    const [items = [], cells = 0, sheets = []] = JSON.parse(row.said) as [string[]?, number?, string[]?]
    return { ...row, said: { items, cells, sheets } satisfies RowSaid }
  })

/** One import, or several. */
type OfImports = number | readonly number[]

const importList = (of: OfImports) => ({ imports: asList(typeof of === 'number' ? [of] : of) })

/** The rows of an import that the viewer may read, in the file's order. */
export const rowsOfImport = async (query: Query, scope: Scope, of: OfImports): Promise<readonly ImportRow[]> =>
  withSaid(await readRows(query, scope, importList(of)))

const readRows = scopedRead((query, scope, given: { imports: string }) =>
  rows(query)
    .where(isAmong('import_row.import_number', given.imports))
    .where(readsRow(scope))
    .orderBy('import_row.import_number')
    .orderBy('import_row.row_number'),
)

/** Rows nobody could match, of imports in use, with the file each came in: for the council to decide. */
export const unmatchedRows = async (query: Query, scope: Scope) => withSaid(await readUnmatchedRows(query, scope, {}))

const readUnmatchedRows = scopedRead((query, scope) =>
  rows(query)
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .leftJoin('round', 'round.number', 'import.round_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'import.school_number')
    .select([
      'import.id as importId',
      'delivery.file_name as fileName',
      'delivery.file_key as fileKey',
      'delivery.connector',
      'delivery.sent_at as sentAt',
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'import.school_number as school',
      sql<PlainDate>`coalesce(round.as_at, '')`.as('asAt'),
    ])
    .where(sql<boolean>`import.unmatched > 0`)
    .where('import_row.state', '=', 'unmatched')
    .where('import.state', '=', 'published')
    .where(readsRow(scope))
    .orderBy('delivery.sent_at')
    .orderBy('import_row.row_number'),
)

/** A finding on a row, as kept. */
export type KeptFinding = {
  readonly importNumber: number
  readonly rowNumber: number
  readonly ordinal: number
  readonly code: string
  readonly severity: Severity
  readonly item: string | null
  readonly sheet: string | null
  readonly cell: string | null
  readonly line: number | null
  readonly path: string | null
  readonly parameters: string
  readonly acceptedBy: number | null
  /** What the cell holds that it is about, as sent; null where there is none. */
  readonly sent: string | null
}

/** The findings of an import, by row, all or the first of them; those of the file itself stand at row 0. */
export const findingsOf = async (
  query: Query,
  scope: Scope,
  of: OfImports,
  most?: number,
): Promise<readonly KeptFinding[]> => readFindings(query, scope, { ...importList(of), most })

const readFindings = scopedRead((query, scope, given: { imports: string; most: number | undefined }) =>
  query
    .selectFrom('finding')
    .innerJoin('import', 'import.number', 'finding.import_number')
    .leftJoin('import_row', (join) =>
      join
        .onRef('import_row.import_number', '=', 'finding.import_number')
        .onRef('import_row.row_number', '=', 'finding.row_number'),
    )
    .leftJoin('answer_fact', (join) =>
      join
        .onRef('answer_fact.import_number', '=', 'finding.import_number')
        .onRef('answer_fact.row_number', '=', 'finding.row_number')
        .onRef('answer_fact.item', '=', 'finding.item'),
    )
    .select([
      'finding.import_number as importNumber',
      'finding.row_number as rowNumber',
      'finding.ordinal',
      'finding.code',
      'finding.severity',
      'finding.item',
      'finding.sheet',
      'finding.cell',
      'finding.line',
      'finding.path',
      'finding.parameters',
      'finding.accepted_by as acceptedBy',
      'answer_fact.raw as sent',
    ])
    .where(isAmong('finding.import_number', given.imports))
    .where(readsRow(scope))
    .orderBy('finding.import_number')
    .orderBy('finding.row_number')
    .orderBy('finding.ordinal')
    .$if(given.most !== undefined, (all) => all.limit(sql<number>`${given.most}`)),
)

/** What a row of an import says, cell by cell. */
export type SentFact = {
  readonly importNumber: number
  readonly rowNumber: number
  readonly item: string
  readonly state: AnswerState | 'unread'
  readonly value: string
  readonly raw: string
  readonly sheet: string | null
  readonly cell: string | null
  readonly line: number | null
  readonly mendedFrom: string | null
  /** The version of the school's scale it was worked out with; null where it was sent. */
  readonly scale: number | null
}

/** The answers an import's rows hold, published or not. */
export const factsOfImport = async (query: Query, scope: Scope, of: OfImports): Promise<readonly SentFact[]> =>
  readFacts(query, scope, importList(of))

const readFacts = scopedRead((query, scope, given: { imports: string }) =>
  query
    // In this order: whether a row may be read is decided once for it, and not for each of its answers.
    .selectFrom('import')
    .crossJoin('import_row')
    .crossJoin('answer_fact')
    .select([
      'answer_fact.import_number as importNumber',
      'answer_fact.row_number as rowNumber',
      'answer_fact.item',
      sql<AnswerState | 'unread'>`answer_fact.state`.as('state'),
      'answer_fact.value',
      'answer_fact.raw',
      'answer_fact.sheet',
      'answer_fact.cell',
      'answer_fact.line',
      'answer_fact.mended_from as mendedFrom',
      'answer_fact.scale_version as scale',
    ])
    .where(isAmong('import.number', given.imports))
    .whereRef('import_row.import_number', '=', 'import.number')
    .where(readsRow(scope))
    .whereRef('answer_fact.import_number', '=', 'import_row.import_number')
    .whereRef('answer_fact.row_number', '=', 'import_row.row_number')
    .orderBy('answer_fact.import_number')
    .orderBy('answer_fact.row_number')
    .orderBy('answer_fact.item'),
)
