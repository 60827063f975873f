import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { scopedRead } from './read.ts'
import { followsPupil, readsImport } from './scope.ts'

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
  /** Pupils whom its ready rows are about, each once. */
  readonly pupils: number
}

/** How many rows of an import are in each state, and of how many pupils, counted in one pass over them: a list as JSON. */
const rowsByState = sql<string>`(select json_array(coalesce(sum(t.state = 'ready'), 0),
    coalesce(sum(t.state = 'held'), 0), coalesce(sum(t.state = 'unmatched'), 0),
    coalesce(sum(t.state = 'not_asked'), 0), coalesce(sum(t.state = 'set_aside'), 0),
    count(distinct case when t.state = 'ready' then t.pupil_number end))
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
    const [ready = 0, held = 0, unmatched = 0, notAsked = 0, setAside = 0, pupils = 0] = JSON.parse(
      rowsByState,
    ) as number[]
    return { ...row, ready, held, unmatched, notAsked, setAside, pupils }
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
