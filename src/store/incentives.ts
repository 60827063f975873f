import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { asList, isAmong, openRead, scopedRead } from './read.ts'
import { amongOwn, followsPupilAt, seesFund, seesPupil } from './scope.ts'
import { jsonChunks, statement } from './statement.ts'

/** What a council pays for GCSE entries and results in an academic year. */
export type IncentiveScheme = {
  readonly number: number
  readonly id: string
  readonly virtualSchool: number
  readonly council: string
  readonly academicYear: number
  readonly anEntry: Pence
  readonly aPass: Pence
  readonly aHigh: Pence
  readonly most: Pence
  readonly source: string
}

/** The schemes of some councils, newest first: amounts, and nothing of a child. */
export const schemesOf = async (query: Query, councils: readonly number[]): Promise<readonly IncentiveScheme[]> =>
  readSchemes(query, { councils: asList(councils) })

const readSchemes = openRead((query, { councils }: { councils: string }) =>
  query
    .selectFrom('incentive_scheme')
    .innerJoin('virtual_school', 'virtual_school.number', 'incentive_scheme.virtual_school_number')
    .select([
      'incentive_scheme.number',
      'incentive_scheme.id',
      'incentive_scheme.virtual_school_number as virtualSchool',
      'virtual_school.name as council',
      'incentive_scheme.academic_year as academicYear',
      'incentive_scheme.an_entry as anEntry',
      'incentive_scheme.a_pass as aPass',
      'incentive_scheme.a_high as aHigh',
      'incentive_scheme.most',
      'incentive_scheme.source',
    ])
    .where(isAmong('incentive_scheme.virtual_school_number', councils))
    .orderBy('incentive_scheme.academic_year', 'desc'),
)

/** Sets a council's scheme of a year; a second one of the same year undoes the commit. */
export const setScheme = (scheme: Omit<IncentiveScheme, 'number' | 'council'>, at: Instant, by: number): Statement =>
  statement(
    `insert into incentive_scheme (id, virtual_school_number, academic_year, an_entry, a_pass, a_high, most, source, at,
       by_person) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[scheme.id, scheme.virtualSchool, scheme.academicYear, scheme.anEntry, scheme.aPass, scheme.aHigh],
      ...[scheme.most, scheme.source, at, by],
    ],
  )

/** A pupil of year 10 or 11 who takes part, at a school with a confirmed place. */
export type IncentivePupil = {
  readonly number: number
  readonly id: string
  readonly virtualSchool: number
  readonly forename: string
  readonly surname: string
  readonly yearGroup: string
  readonly school: number
  readonly schoolName: string
}

const detail = (attribute: string) =>
  sql<string>`coalesce((select d.value from pupil_detail d where d.pupil_number = pupil.number
    and d.attribute = ${attribute}), '')`

/**
 * The pupils of years 10 and 11 who take part: of a council those it may open, of a school those it follows, a leaver
 * until the day its tail ends, since results come after the last day at school.
 */
export const incentivePupils = async (query: Query, scope: Scope): Promise<readonly IncentivePupil[]> =>
  readIncentivePupils(query, scope, {})

const readIncentivePupils = scopedRead((query, scope) =>
  query
    .selectFrom('place')
    .innerJoin('place_confirmation', (join) =>
      join
        .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
        .onRef('place_confirmation.school_number', '=', 'place.school_number')
        .onRef('place_confirmation.first_day', '=', 'place.first_day'),
    )
    .innerJoin('pupil', 'pupil.number', 'place.pupil_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'place.school_number')
    .select([
      'pupil.number',
      'pupil.id',
      'pupil.virtual_school_number as virtualSchool',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
      detail('year_group').as('yearGroup'),
      'place.school_number as school',
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
    ])
    .where(sql<boolean>`${detail('year_group')} in ('10', '11')`)
    .where(
      sql<boolean>`exists (select 1 from care_period k where k.pupil_number = pupil.number
        and k.first_day <= ${scope.today} and (k.last_day is null or k.last_day >= ${scope.today}))`,
    )
    .where(
      sql<boolean>`place.first_day = (select max(n.first_day) from place n
        join place_confirmation c on c.pupil_number = n.pupil_number and c.school_number = n.school_number
          and c.first_day = n.first_day
        where n.pupil_number = place.pupil_number and n.first_day <= ${scope.today})`,
    )
    .where(amongOwn(scope, 'pupil.number'))
    .where(
      scope.part.kind === 'council'
        ? seesPupil(scope, 'pupil.number')
        : followsPupilAt(scope, 'pupil.number', 'place.school_number'),
    )
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('pupil.number'),
)

/** What can happen for a child in a scheme. */
export type IncentiveEvent = 'told' | 'entries' | 'results' | 'approved'

/** Something that happened for a child in a scheme. */
export type IncentiveHappened = {
  readonly scheme: number
  readonly pupil: number
  readonly sequence: number
  readonly event: IncentiveEvent
  readonly entries: number | null
  readonly passes: number | null
  readonly highs: number | null
  readonly amount: Pence | null
  readonly at: Instant
}

/** What happened for pupils in schemes, oldest first, of those whom the viewer may know. */
export const incentiveEvents = async (query: Query, scope: Scope): Promise<readonly IncentiveHappened[]> =>
  readIncentiveEvents(query, scope, {})

const readIncentiveEvents = scopedRead((query, scope) =>
  query
    .selectFrom('incentive_event')
    .innerJoin('pupil', 'pupil.number', 'incentive_event.pupil_number')
    .select([
      'incentive_event.scheme_number as scheme',
      'incentive_event.pupil_number as pupil',
      'incentive_event.sequence',
      'incentive_event.event',
      'incentive_event.entries',
      'incentive_event.passes',
      'incentive_event.highs',
      'incentive_event.amount',
      'incentive_event.at',
    ])
    .where(amongOwn(scope, 'incentive_event.pupil_number'))
    .where(
      scope.part.kind === 'council'
        ? seesPupil(scope, 'incentive_event.pupil_number')
        : followsPupilAt(scope, 'incentive_event.pupil_number', 'incentive_event.school_number'),
    )
    .orderBy('incentive_event.scheme_number')
    .orderBy('incentive_event.pupil_number')
    .orderBy('incentive_event.sequence'),
)

/** A line of the file for finance: a reference and an amount. Whom it is for stands in no file. */
export type IncentivePayment = { readonly reference: string; readonly amount: Pence; readonly at: Instant }

/** What has been approved in the schemes of the viewer's council: references and amounts alone. */
export const incentivePayments = async (query: Query, scope: Scope): Promise<readonly IncentivePayment[]> =>
  readIncentivePayments(query, scope, {})

const readIncentivePayments = scopedRead((query, scope) =>
  query
    .selectFrom('incentive_event')
    .innerJoin('incentive_scheme', 'incentive_scheme.number', 'incentive_event.scheme_number')
    .select(['incentive_event.reference', 'incentive_event.amount', 'incentive_event.at'])
    .where('incentive_event.event', '=', 'approved')
    .where('incentive_event.reference', 'is not', null)
    .$narrowType<{ reference: string; amount: Pence }>()
    .where(seesFund(scope, 'incentive_scheme.virtual_school_number'))
    .orderBy('incentive_event.reference'),
)

/** Something that is to happen for a child, after so many things that have. */
export type NewIncentive = {
  readonly pupil: number
  readonly after: number
  readonly event: IncentiveEvent
  readonly school: number
  readonly entries?: number | null
  readonly passes?: number | null
  readonly highs?: number | null
  readonly amount?: Pence | null
}

/**
 * Lets things happen in a scheme, each for a child: whoever comes second finds the number taken, and an approval happens
 * once for a child (Conflict). What is approved gets a reference that names nobody.
 */
export const incentivesHappen = (
  scheme: number,
  some: readonly NewIncentive[],
  at: Instant,
  by: number,
): readonly Statement[] =>
  jsonChunks(
    some.map((one) => [
      ...[one.pupil, one.after + 1, one.event, one.school, one.entries ?? null, one.passes ?? null],
      ...[one.highs ?? null, one.amount ?? null],
    ]),
  ).map((json) =>
    statement(
      `insert into incentive_event (scheme_number, pupil_number, sequence, event, school_number, entries, passes, highs,
         amount, reference, at, by_person)
       select s.number, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
         value ->> 7, case when value ->> 2 = 'approved' then v.la_code || '-' || printf('%02d', s.academic_year % 100)
           || '-G' || printf('%03d', 1 + key + (select count(*) from incentive_event o
             join incentive_scheme t on t.number = o.scheme_number
             where t.virtual_school_number = v.number and o.reference is not null)) end, ?, ?
       from incentive_scheme s join virtual_school v on v.number = s.virtual_school_number, json_each(?)
       where s.number = ?`,
      [at, by, json, scheme],
    ),
  )
