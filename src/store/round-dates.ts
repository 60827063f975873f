import { type RawBuilder, sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { RoundDate } from '../domain/school-dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { type Round, rounds } from './rounds.ts'
import { amongOwnCouncils, followsPupilAt, ofOwnCouncil, worksAtFor } from './scope.ts'
import { assertOne, statement } from './statement.ts'

/** The dates set for single schools in rounds: a council reads those of its own rounds, a school its own. */
export const roundDates = async (
  query: Query,
  scope: Scope,
  roundNumbers: readonly number[],
): Promise<readonly RoundDate[]> => readRoundDates(query, scope, { rounds: asList(roundNumbers) })

const readRoundDates = scopedRead((query, scope, given: { rounds: string }) =>
  query
    .selectFrom('round_date')
    .innerJoin('round', 'round.number', 'round_date.round_number')
    .select([
      'round_date.round_number as round',
      'round_date.school_number as school',
      'round_date.sequence',
      'round_date.kind',
      'round_date.day',
      'round_date.reason',
      'round_date.at',
      // A school reads the reason, and not which officer gave it.
      sql<string>`case when ${ofOwnCouncil(scope, 'round.virtual_school_number')}
        then ${nameOfPerson('round_date.by_person')} else '' end`.as('by'),
    ])
    .where(isAmong('round_date.round_number', given.rounds))
    .where((where) =>
      where.or([
        ofOwnCouncil(scope, 'round.virtual_school_number'),
        worksAtFor(scope, 'round_date.school_number', 'round.virtual_school_number'),
      ]),
    )
    .orderBy('round_date.round_number')
    .orderBy('round_date.school_number')
    .orderBy('round_date.sequence'),
)

/** The closed round that a row reference is of, where the reader may still follow the child at that school. */
export const closedRoundOf = async (query: Query, scope: Scope, reference: string) =>
  query
    .selectFrom('row_reference')
    .innerJoin('round', 'round.number', 'row_reference.round_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'round.virtual_school_number')
    .select(['virtual_school.name as council', 'round.closed_at as closedAt'])
    .where('row_reference.reference', '=', reference)
    .where('round.closed_at', 'is not', null)
    .where(followsPupilAt(scope, 'row_reference.pupil_number', 'row_reference.school_number'))
    .executeTakeFirst()

/** Sets a date for one school, under the number after the one its writer saw: a Conflict where somebody was first. */
export const setRoundDate = (query: Query, date: Omit<RoundDate, 'by'> & { readonly by: number | null }): Statement =>
  query.insertInto('round_date').values({
    round_number: date.round,
    school_number: date.school,
    sequence: date.sequence,
    kind: date.kind,
    day: date.day,
    reason: date.reason,
    at: date.at,
    by_person: date.by,
  })

/** Nobody has closed the round, or it is open again today for the school that `school` names. */
const takesAnswers = (school: RawBuilder<unknown>, today: PlainDate) =>
  sql<boolean>`(round.closed_at is null or exists (select 1 from round_date d where d.round_number = round.number
    and d.school_number = ${school} and d.kind = 'reopened' and d.day >= ${today}
    and d.sequence = (select max(n.sequence) from round_date n where n.round_number = d.round_number
      and n.school_number = d.school_number and n.kind = 'reopened')))`

/** The rounds that take a school's answers today: dates and terms only. Who is asked for what stands in the due rows. */
export const roundsOpenAt = async (query: Query, school: number, today: PlainDate): Promise<readonly Round[]> =>
  rounds(query)
    .where(takesAnswers(sql`${school}`, today))
    .orderBy('round.cut_off')
    .orderBy('virtual_school.name')
    .execute()

/**
 * The rounds of the viewer's virtual schools that take answers today of any school at all: dates and terms only, to be
 * asked of each school.
 */
export const roundsOpenToSome = async (query: Query, scope: Scope): Promise<readonly Round[]> =>
  readRoundsOpenToSome(query, scope, {})

const readRoundsOpenToSome = scopedRead((query, scope) =>
  rounds(query)
    .where(amongOwnCouncils(scope, 'round.virtual_school_number'))
    .where(takesAnswers(sql`d.school_number`, scope.today))
    .orderBy('round.cut_off')
    .orderBy('virtual_school.name'),
)

/** Undoes a list of writes unless the round takes the school's answers at that very moment. */
export const assertTakesAnswers = (round: number, school: number, today: PlainDate): Statement =>
  assertOne(
    `select count(*) from round r where r.number = ? and (r.closed_at is null or exists (
       select 1 from round_date d where d.round_number = r.number and d.school_number = ? and d.kind = 'reopened'
       and d.day >= ? and d.sequence = (select max(n.sequence) from round_date n where n.round_number = d.round_number
         and n.school_number = d.school_number and n.kind = 'reopened')))`,
    [round, school, today],
  )

/** Undoes a list of writes unless the round is closed (or, asked so, open) at that very moment. */
export const assertRound = (round: number, state: 'open' | 'closed'): Statement =>
  assertOne(`select count(*) from round where number = ? and (closed_at is null) = ?`, [
    round,
    state === 'open' ? 1 : 0,
  ])

/** Closes a round that is open; a Conflict where somebody has closed it already. */
export const closeOpenRound = (round: number, at: Instant): readonly Statement[] => [
  assertRound(round, 'open'),
  statement('update round set closed_at = ? where number = ?', [at, round]),
]
