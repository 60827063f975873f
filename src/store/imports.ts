import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { Severity } from '../domain/finding.ts'
import type { AnswerState } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { followsPupil, readsImport, readsRow } from './scope.ts'

/** What one file brought for one virtual school, and how far it has come. */
export type Import = {
  readonly number: number
  readonly id: string
  readonly deliveryId: string
  readonly deliveryNumber: number
  readonly connector: string
  readonly connectorEdition: string
  readonly fileEdition: string
  readonly fileName: string
  readonly fileKey: string | null
  readonly deleteOn: PlainDate | null
  readonly sha256: string
  readonly bytes: number
  readonly rowsRead: number
  /** Rows of a whole school's export about nobody asked about. */
  readonly rowsLeftOut: number
  /** The school's own layout it was read with. */
  readonly layoutId: string | null
  readonly layoutName: string | null
  readonly layoutVersion: number | null
  /** Names of what the file holds and nobody read, as JSON; null where the whole of a file is read. */
  readonly notRead: string | null
  readonly via: string
  readonly sentBy: string
  readonly sentByNumber: number | null
  readonly sentAt: Instant
  readonly virtualSchool: number
  readonly virtualSchoolId: string
  readonly council: string
  readonly laCode: string
  readonly round: number | null
  readonly school: number | null
  readonly schoolName: string
  readonly state: 'staging' | 'staged' | 'published' | 'withdrawn' | 'abandoned'
  readonly publishedAt: Instant | null
  readonly withdrawnAt: Instant | null
  readonly ready: number
  readonly held: number
  readonly unmatched: number
  readonly notAsked: number
  readonly setAside: number
}

/** How many rows of an import are in each state, counted in one pass over them: a list as JSON. */
const rowsByState = sql<string>`(select json_array(coalesce(sum(t.state = 'ready'), 0),
    coalesce(sum(t.state = 'held'), 0), coalesce(sum(t.state = 'unmatched'), 0),
    coalesce(sum(t.state = 'not_asked'), 0), coalesce(sum(t.state = 'set_aside'), 0))
  from import_row t where t.import_number = import.number)`

const imports = (query: Query) =>
  query
    .selectFrom('import')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'import.virtual_school_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'import.school_number')
    .leftJoin('layout_version', 'layout_version.number', 'delivery.layout_version_number')
    .leftJoin('layout', 'layout.number', 'layout_version.layout_number')
    .select([
      'import.number',
      'import.id',
      'delivery.id as deliveryId',
      'delivery.number as deliveryNumber',
      'delivery.connector',
      'delivery.connector_edition as connectorEdition',
      'delivery.file_edition as fileEdition',
      'delivery.file_name as fileName',
      'delivery.file_key as fileKey',
      'delivery.delete_on as deleteOn',
      'delivery.sha256',
      'delivery.bytes',
      'delivery.rows_read as rowsRead',
      'delivery.rows_left_out as rowsLeftOut',
      'layout.id as layoutId',
      'layout.name as layoutName',
      'layout_version.version as layoutVersion',
      'delivery.not_read as notRead',
      'delivery.via',
      nameOfPerson('delivery.sent_by').as('sentBy'),
      'delivery.sent_by as sentByNumber',
      'delivery.sent_at as sentAt',
      'import.virtual_school_number as virtualSchool',
      'virtual_school.id as virtualSchoolId',
      'virtual_school.name as council',
      'virtual_school.la_code as laCode',
      'import.round_number as round',
      'import.school_number as school',
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'import.state',
      'import.published_at as publishedAt',
      'import.withdrawn_at as withdrawnAt',
      rowsByState.as('rowsByState'),
    ])

const counted = <Row extends { readonly rowsByState: string }>(all: readonly Row[]) =>
  all.map(({ rowsByState, ...row }) => {
    const [ready = 0, held = 0, unmatched = 0, notAsked = 0, setAside = 0] = JSON.parse(rowsByState) as number[]
    return { ...row, ready, held, unmatched, notAsked, setAside }
  })

/** The imports the viewer may know of, newest first, at most 200. */
export const importsOf = async (query: Query, scope: Scope): Promise<readonly Import[]> =>
  counted(
    await imports(query)
      .where(readsImport(scope))
      .where('import.state', 'not in', ['staging', 'abandoned'])
      .orderBy('import.number', 'desc')
      .limit(200)
      .execute(),
  )

/** Whether an import is part of a return, and not of a roll, a register or a transfer file. */
export const isReturn = ({ connector }: Pick<Import, 'connector'>): boolean =>
  connector === 'termly-return' || connector === 'school-layout'

/** Uploads that wait to be mended or confirmed, newest first. */
export const waitingReturns = async (query: Query, scope: Scope) => readWaitingReturns(query, scope, {})

const readWaitingReturns = scopedRead((query, scope) =>
  query
    .selectFrom('import')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .select(['delivery.id as deliveryId', 'import.round_number as round', 'import.school_number as school'])
    .where('import.state', '=', 'staged')
    .where(readsImport(scope))
    .orderBy('import.number', 'desc'),
)

/** One import the viewer may read. */
export const importById = async (query: Query, scope: Scope, id: string): Promise<Import | undefined> =>
  counted(
    await imports(query)
      .where('import.id', '=', id)
      .where('import.state', '<>', 'staging')
      .where(readsImport(scope))
      .execute(),
  )[0]

/** The parts of one file that the viewer may read: one for each virtual school, by council. */
export const importsOfDelivery = async (query: Query, scope: Scope, delivery: string): Promise<readonly Import[]> =>
  counted(await readImportsOfDelivery(query, scope, { delivery }))

const readImportsOfDelivery = scopedRead((query, scope, { delivery }: { delivery: string }) =>
  imports(query)
    .where('delivery.id', '=', delivery)
    .where('import.state', '<>', 'staging')
    .where(readsImport(scope))
    .orderBy('virtual_school.name'),
)

/** How many virtual schools a file holds rows for, whoever asks: a file is opened whole only where it is all one's own. */
export const councilsInDelivery = async (query: Query, delivery: number): Promise<number> => {
  const row = await query
    .selectFrom('import')
    .select(sql<number>`count(distinct virtual_school_number)`.as('count'))
    .where('delivery_number', '=', delivery)
    .executeTakeFirst()
  return row?.count ?? 0
}

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

const detail = (attribute: string) =>
  sql<string>`coalesce((select v.value from pupil_detail v where v.pupil_number = import_row.pupil_number
    and v.attribute = ${attribute}), '')`

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

/** Rows nobody could match, of imports still standing, with the file each came in: for the council to decide. */
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
    .where('import_row.state', '=', 'unmatched')
    .where('import.state', 'in', ['staged', 'published'])
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

/** The findings of an import, by row; those of the file itself stand at row 0. */
export const findingsOf = async (query: Query, scope: Scope, of: OfImports): Promise<readonly KeptFinding[]> =>
  readFindings(query, scope, importList(of))

const readFindings = scopedRead((query, scope, given: { imports: string }) =>
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
    .orderBy('finding.ordinal'),
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

/** What happened to an import, in order, and who did it. */
export const eventsOf = async (query: Query, scope: Scope, importNumber: number) =>
  query
    .selectFrom('import_event')
    .innerJoin('import', 'import.number', 'import_event.import_number')
    .select([
      'import_event.event',
      'import_event.at',
      'import_event.reason',
      nameOfPerson('import_event.by_person').as('by'),
    ])
    .where('import_event.import_number', '=', importNumber)
    .where(readsImport(scope))
    .orderBy('import_event.sequence')
    .execute()

/** Every import of the store in short, newest first: for its operator. */
export const importsListed = async (query: Query) =>
  query
    .selectFrom('import')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'import.virtual_school_number')
    .select([
      'import.id',
      'delivery.id as delivery',
      'import.state',
      'delivery.sent_at as sentAt',
      'virtual_school.la_code as council',
      'delivery.connector',
      'delivery.file_name as fileName',
    ])
    .orderBy('import.number', 'desc')
    .execute()

/** What rests on a published import: its facts and pupils, the receipts it stands behind, the places people confirmed. */
export const restedOn = async (query: Query, scope: Scope, importNumber: number) => {
  const [facts, receipts, confirmations] = await Promise.all([
    query
      .selectFrom('answer')
      .innerJoin('import', 'import.number', 'answer.import_number')
      .select([sql<number>`count(*)`.as('facts'), sql<number>`count(distinct answer.pupil_number)`.as('pupils')])
      .where('answer.import_number', '=', importNumber)
      .where(readsImport(scope))
      .executeTakeFirst(),
    query
      .selectFrom('submission')
      .innerJoin('import', 'import.number', 'submission.import_number')
      .select('submission.receipt')
      .where('submission.import_number', '=', importNumber)
      .where(readsImport(scope))
      .execute(),
    query
      .selectFrom('place')
      .innerJoin('import', 'import.number', 'place.import_number')
      .innerJoin('place_confirmation', (join) =>
        join
          .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
          .onRef('place_confirmation.school_number', '=', 'place.school_number')
          .onRef('place_confirmation.first_day', '=', 'place.first_day'),
      )
      .select(sql<number>`count(*)`.as('count'))
      .where('place.import_number', '=', importNumber)
      .where(readsImport(scope))
      .executeTakeFirst(),
  ])
  return {
    facts: facts?.facts ?? 0,
    pupils: facts?.pupils ?? 0,
    receipts: receipts.map(({ receipt }) => receipt),
    confirmations: confirmations?.count ?? 0,
  }
}

/**
 * How many rows of a whole file are about pupils whom the viewer may not follow today: sealed since, left, or of
 * another council. Such a file is not opened any more, not even by who sent it.
 */
export const closedRowsInDelivery = async (query: Query, scope: Scope, delivery: number): Promise<number> => {
  const row = await query
    .selectFrom('import_row')
    .innerJoin('import', 'import.number', 'import_row.import_number')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('import.delivery_number', '=', delivery)
    .where('import_row.pupil_number', 'is not', null)
    .where((where) => where.not(followsPupil(scope, 'import_row.pupil_number')))
    .executeTakeFirst()
  return row?.count ?? 0
}
