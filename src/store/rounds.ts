import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { PublicId } from '../domain/identifiers.ts'
import type { Overlay, OverlaySetting } from '../domain/return/ask.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { asList, isAmong, openRead, scopedRead } from './read.ts'
import { ofOwnCouncil, worksAtFor } from './scope.ts'
import { insertMany, statement } from './statement.ts'

/** A virtual school's call for returns: a term, the day facts are as at, and the day answers are due. */
export type Round = {
  readonly number: number
  readonly id: string
  readonly virtualSchool: number
  readonly council: string
  readonly laCode: string
  readonly academicYear: number
  readonly term: Term
  readonly asAt: PlainDate
  readonly cutOff: PlainDate
  readonly cutOffRule: string
  readonly closedAt: Instant | null
}

/** Rounds with their council, to be narrowed: dates and terms only. */
export const rounds = (query: Query) =>
  query
    .selectFrom('round')
    .innerJoin('virtual_school', 'virtual_school.number', 'round.virtual_school_number')
    .select([
      'round.number',
      'round.id',
      'round.virtual_school_number as virtualSchool',
      'virtual_school.name as council',
      'virtual_school.la_code as laCode',
      'round.academic_year as academicYear',
      'round.term',
      'round.as_at as asAt',
      'round.cut_off as cutOff',
      'round.cut_off_rule as cutOffRule',
      'round.closed_at as closedAt',
    ])

/** The council's own rounds, newest first. */
export const roundsOfCouncil = async (query: Query, scope: Scope): Promise<readonly Round[]> =>
  readRoundsOfCouncil(query, scope, {})

const readRoundsOfCouncil = scopedRead((query, scope) =>
  rounds(query)
    .where(ofOwnCouncil(scope, 'round.virtual_school_number'))
    .orderBy('round.as_at', 'desc')
    .orderBy('round.number', 'desc'),
)

/** One of the council's own rounds. */
export const roundById = async (query: Query, scope: Scope, id: string): Promise<Round | undefined> =>
  (await readRound(query, scope, { id }))[0]

const readRound = scopedRead((query, scope, { id }: { id: string }) =>
  rounds(query).where('round.id', '=', id).where(ofOwnCouncil(scope, 'round.virtual_school_number')),
)

/** The rounds that are open today, of any council: dates and terms only. Who is asked for what stands in the due rows. */
export const openRounds = async (query: Query): Promise<readonly Round[]> =>
  rounds(query).where('round.closed_at', 'is', null).orderBy('round.cut_off').orderBy('virtual_school.name').execute()

/** The rounds that ask as at a day or later, open or closed, of any council, newest first: dates and terms only. */
export const roundsSince = async (query: Query, day: PlainDate): Promise<readonly Round[]> =>
  readRoundsSince(query, { day })

const readRoundsSince = openRead((query, { day }: { day: PlainDate }) =>
  rounds(query).where('round.as_at', '>=', day).orderBy('round.as_at', 'desc').orderBy('round.number', 'desc'),
)

/** Rounds by number, open or closed: dates and terms only, for what is known to belong to them. */
export const roundsByNumber = async (query: Query, numbers: readonly number[]): Promise<readonly Round[]> =>
  readRoundsByNumber(query, { numbers: asList(numbers) })

const readRoundsByNumber = openRead((query, { numbers }: { numbers: string }) =>
  rounds(query).where(isAmong('round.number', numbers)),
)

/** The day as at which each of some rounds asks: it says nothing of a child. */
export const roundDays = async (query: Query, numbers: readonly number[]): Promise<ReadonlyMap<number, PlainDate>> => {
  if (numbers.length === 0) return new Map()
  const rows = await readRoundDays(query, { numbers: asList(numbers) })
  return new Map(rows.map(({ number, asAt }) => [number, asAt]))
}

const readRoundDays = openRead((query, { numbers }: { numbers: string }) =>
  query.selectFrom('round').select(['number', 'as_at as asAt']).where(isAmong('number', numbers)),
)

/** A council's choice for an item in one term, or in every term (term ''). */
export type OverlayRow = {
  readonly item: string
  readonly term: Term | null
  readonly setting: 'on' | 'off' | 'optional' | 'required'
}

/** The council's choices among the items, as they will be in the next round it opens. */
export const overlayOf = async (query: Query, scope: Scope): Promise<readonly OverlayRow[]> => {
  const rows = await query
    .selectFrom('item_overlay')
    .select(['item', 'term', 'setting'])
    .where(ofOwnCouncil(scope, 'item_overlay.virtual_school_number'))
    .orderBy('item')
    .orderBy('term')
    .execute()
  return rows.map((row) => ({ ...row, term: row.term === '' ? null : row.term }))
}

/** What a council asks otherwise than the dictionary, by round. It says what is asked, and nothing of a child. */
export const overlaysOfRounds = async (
  query: Query,
  roundNumbers: readonly number[],
): Promise<ReadonlyMap<number, Overlay>> => {
  const rows = await readRoundItems(query, { rounds: asList(roundNumbers) })
  const byRound = new Map<number, Map<string, OverlaySetting>>(roundNumbers.map((round) => [round, new Map()]))
  for (const row of rows) if (row.setting !== 'on') byRound.get(row.round)?.set(row.item, row.setting)
  return byRound
}

const readRoundItems = openRead((query, given: { rounds: string }) =>
  query
    .selectFrom('round_item')
    .select(['round_number as round', 'item', 'setting'])
    .where(isAmong('round_number', given.rounds)),
)

export type NewRound = {
  readonly id: PublicId
  readonly virtualSchool: number
  readonly academicYear: number
  readonly term: Term
  readonly asAt: PlainDate
  readonly cutOff: PlainDate
  readonly cutOffRule: string
  readonly at: Instant
  readonly by: number | null
}

/** Opens a round and fixes the council's overlay in it. A second round for one term is a Conflict. */
export const openRound = (query: Query, round: NewRound): readonly Statement[] => [
  query.insertInto('round').values({
    id: round.id,
    virtual_school_number: round.virtualSchool,
    academic_year: round.academicYear,
    term: round.term,
    as_at: round.asAt,
    cut_off: round.cutOff,
    cut_off_rule: round.cutOffRule,
    opened_at: round.at,
    opened_by: round.by,
    closed_at: null,
  }),
  statement(
    `insert into round_item (round_number, item, setting)
     select (select number from round where id = ?), item,
       substr(max(case term when '' then '0' else '1' end || setting), 2)
     from item_overlay where virtual_school_number = ? and term in ('', ?) group by item`,
    [round.id, round.virtualSchool, round.term],
  ),
]

/** Sets the council's choice for an item. */
export const setOverlay = (virtualSchool: number, row: OverlayRow): Statement =>
  statement(
    `insert into item_overlay (virtual_school_number, item, term, setting) values (?, ?, ?, ?)
     on conflict (virtual_school_number, item, term) do update set setting = excluded.setting`,
    [virtualSchool, row.item, row.term ?? '', row.setting],
  )

/** Closes a round; closing it twice changes nothing. */
export const closeRound = (query: Query, number: number, at: Instant): Statement =>
  query.updateTable('round').set({ closed_at: at }).where('number', '=', number).where('closed_at', 'is', null)

/** Makes sure each pupil asked of a school in a round has a row reference: random, and the same ever after. */
export const addRowReferences = (
  rows: readonly {
    readonly reference: string
    readonly round: number
    readonly pupil: number
    readonly school: number
  }[],
): readonly Statement[] =>
  insertMany(
    'row_reference',
    ['reference', 'round_number', 'pupil_number', 'school_number'],
    rows.map((row) => [row.reference, row.round, row.pupil, row.school]),
    { orIgnore: true },
  )

/** Notes when a school first opened a round's return. */
export const noteReturnOpened = (round: number, school: number, at: Instant, by: number | null): Statement =>
  statement('insert or ignore into return_opened (round_number, school_number, at, by_person) values (?, ?, ?, ?)', [
    round,
    school,
    at,
    by,
  ])

const dueThen = sql<PlainDate>`coalesce((select d.day from round_date d where d.round_number = submission.round_number
  and d.school_number = submission.school_number and d.kind = 'extended' and d.at <= submission.at
  order by d.sequence desc limit 1), round.cut_off)`

/** A school's standing in a round beside the answers: opened, and each submission that still stands or was withdrawn. */
export const submissionsOf = async (query: Query, scope: Scope) => readSubmissions(query, scope, {})

const readSubmissions = scopedRead((query, scope) =>
  query
    .selectFrom('submission')
    .innerJoin('round', 'round.number', 'submission.round_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'round.virtual_school_number')
    .innerJoin('import', 'import.number', 'submission.import_number')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .leftJoin('appointment', (join) =>
      join
        .onRef('appointment.person_number', '=', 'submission.by_person')
        .onRef('appointment.school_number', '=', 'submission.school_number')
        .onRef('appointment.virtual_school_number', '=', 'round.virtual_school_number'),
    )
    .leftJoin('school_detail', 'school_detail.school_number', 'submission.school_number')
    .select([
      'submission.receipt',
      'submission.version',
      'submission.at',
      'submission.pupils',
      'submission.answers',
      'submission.round_number as round',
      'submission.school_number as school',
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      sql<string>`coalesce(appointment.name, '')`.as('by'),
      'round.id as roundId',
      'round.term',
      'round.academic_year as academicYear',
      dueThen.as('dueThen'),
      'virtual_school.name as council',
      'import.id as importId',
      'import.state',
      'import.withdrawn_at as withdrawnAt',
      'delivery.id as deliveryId',
      'delivery.file_name as fileName',
      'delivery.sha256',
      'delivery.rows_read as rowsRead',
    ])
    .groupBy('submission.receipt')
    // One condition each rather than either of two: an index serves only the first.
    .where(
      scope.part.kind === 'council'
        ? ofOwnCouncil(scope, 'round.virtual_school_number')
        : worksAtFor(scope, 'submission.school_number', 'round.virtual_school_number'),
    )
    .orderBy('submission.at', 'desc'),
)

/** When each submission to a council's own round came that stands, and the date due as it stood then. */
export const standingOfRound = async (query: Query, scope: Scope, round: number) =>
  readStandingOfRound(query, scope, { round })

const readStandingOfRound = scopedRead((query, scope, { round }: { round: number }) =>
  query
    .selectFrom('submission')
    .innerJoin('round', 'round.number', 'submission.round_number')
    .innerJoin('import', 'import.number', 'submission.import_number')
    .select(['submission.school_number as school', 'submission.at', dueThen.as('dueThen')])
    .where('submission.round_number', '=', round)
    .where('import.state', '=', 'published')
    .where(ofOwnCouncil(scope, 'round.virtual_school_number')),
)

/** Which schools have opened the return of a council's own round. */
export const openedBy = async (query: Query, scope: Scope, round: number) => readOpenedBy(query, scope, { round })

const readOpenedBy = scopedRead((query, scope, { round }: { round: number }) =>
  query
    .selectFrom('return_opened')
    .innerJoin('round', 'round.number', 'return_opened.round_number')
    .select(['return_opened.school_number as school', 'return_opened.at'])
    .where('return_opened.round_number', '=', round)
    .where(ofOwnCouncil(scope, 'round.virtual_school_number')),
)
