import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { detail } from './pupil-detail.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { followsPupil, followsPupilAt, isSealed, ofOwnCouncil, seesPupil, worksAt, worksAtFor } from './scope.ts'
import { statement } from './statement.ts'

/** A pupil as lists show them, to somebody who may open their record today. */
export type ListedPupil = {
  readonly number: number
  readonly id: string
  readonly virtualSchool: number
  readonly council: string
  readonly childReference: string
  readonly surname: string
  readonly forename: string
  readonly born: PlainDate | null
  readonly yearGroup: string
  /** The UPN in use today; empty where none is known. */
  readonly upn: string
}

const currentUpn = (scope: Scope) => sql<string>`coalesce((select u.value from pupil_identifier u
  where u.pupil_number = pupil.number and u.kind = 'upn'
    and (u.first_day is null or u.first_day <= ${scope.today}) and (u.last_day is null or u.last_day >= ${scope.today})
  order by coalesce(u.first_day, '') desc, u.value limit 1), '')`

const listed = (query: Query, scope: Scope) =>
  query
    .selectFrom('pupil')
    .innerJoin('virtual_school', 'virtual_school.number', 'pupil.virtual_school_number')
    .select([
      'pupil.number',
      'pupil.id',
      'pupil.virtual_school_number as virtualSchool',
      'virtual_school.name as council',
      'pupil.child_reference as childReference',
      detail('surname').as('surname'),
      detail('forename').as('forename'),
      sql<PlainDate | null>`nullif(${detail('date_of_birth')}, '')`.as('born'),
      detail('year_group').as('yearGroup'),
      currentUpn(scope).as('upn'),
    ])

/** Every pupil the viewer may open today, by surname. */
export const pupilsOf = async (query: Query, scope: Scope): Promise<readonly ListedPupil[]> =>
  listed(query, scope)
    .where(seesPupil(scope, 'pupil.number'))
    .where(sql<boolean>`exists (select 1 from pupil_detail h where h.pupil_number = pupil.number)`)
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('pupil.number')
    .execute()

/** One pupil the viewer may open today; undefined is the same for "not there" and "not yours". */
export const pupilById = async (query: Query, scope: Scope, id: string): Promise<ListedPupil | undefined> =>
  listed(query, scope).where('pupil.id', '=', id).where(seesPupil(scope, 'pupil.number')).executeTakeFirst()

/**
 * One pupil whom the viewer may follow: as above, or, for a school, a child who left and of whom it may still finish
 * and read back what it sent itself. `open` says whether the record itself may be opened today.
 */
export const followedPupilById = async (
  query: Query,
  scope: Scope,
  id: string,
): Promise<(ListedPupil & { readonly open: boolean }) | undefined> => {
  const [row] = await readFollowedPupil(query, scope, { id })
  return row && { ...row, open: row.open === 1 }
}

const readFollowedPupil = scopedRead((query, scope, { id }: { id: string }) =>
  listed(query, scope)
    .select(sql<number>`${seesPupil(scope, 'pupil.number')}`.as('open'))
    .where('pupil.id', '=', id)
    .where(followsPupil(scope, 'pupil.number')),
)

/** The viewer's pupils with exactly this UPN or council reference: never a former UPN, never a likeness. */
export const pupilsByExactNumber = async (query: Query, scope: Scope, sent: string): Promise<readonly ListedPupil[]> =>
  listed(query, scope)
    .where(seesPupil(scope, 'pupil.number'))
    .where(
      sql<boolean>`(pupil.child_reference = ${sent.trim()} or exists (select 1 from pupil_identifier q
        where q.pupil_number = pupil.number and q.kind = 'upn' and q.value = ${sent.replace(/\s+/g, '').toUpperCase()}
        and (q.last_day is null or q.last_day >= ${scope.today})))`,
    )
    .limit(5)
    .execute()

/** One fact about a pupil with the row it came from. */
export type PupilDetail = {
  readonly attribute: string
  readonly value: string
  readonly importNumber: number
  readonly rowNumber: number
}

/**
 * What the council holds and shows of one pupil: names, year group, social worker, plan dates, targets. Who handles a
 * no-disclose child is the council's own to know.
 */
export const detailsOf = async (
  query: Query,
  scope: Scope,
  pupil: number,
): Promise<ReadonlyMap<string, PupilDetail>> => {
  const rows = await readDetails(query, scope, { pupil })
  return new Map(rows.map((row) => [row.attribute, row]))
}

const readDetails = scopedRead((query, scope, { pupil }: { pupil: number }) =>
  query
    .selectFrom('pupil_detail')
    .select(['attribute', 'value', 'import_number as importNumber', 'row_number as rowNumber'])
    .where('pupil_number', '=', pupil)
    .where(seesPupil(scope, 'pupil_detail.pupil_number'))
    .$if(scope.part.kind !== 'council', (shown) => shown.where('attribute', '<>', 'handled_by')),
)

/** Some details of many pupils, by pupil and attribute: for prefilling a school's own return. */
export const detailsOfPupils = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  attributes: readonly string[],
): Promise<ReadonlyMap<number, ReadonlyMap<string, string>>> => {
  const rows = await readDetailsOfPupils(query, scope, { pupils: asList(pupils), attributes: asList(attributes) })
  const details = new Map<number, Map<string, string>>()
  for (const row of rows) {
    const held = details.get(row.pupil) ?? new Map<string, string>()
    held.set(row.attribute, row.value)
    details.set(row.pupil, held)
  }
  return details
}

const readDetailsOfPupils = scopedRead((query, scope, given: { pupils: string; attributes: string }) =>
  query
    // In this order: whether a pupil may be followed is decided once, and not for each detail.
    .selectFrom('pupil')
    .crossJoin('pupil_detail')
    .select(['pupil_detail.pupil_number as pupil', 'pupil_detail.attribute', 'pupil_detail.value'])
    .where(isAmong('pupil.number', given.pupils))
    .where(followsPupil(scope, 'pupil.number'))
    .whereRef('pupil_detail.pupil_number', '=', 'pupil.number')
    .where(isAmong('pupil_detail.attribute', given.attributes)),
)

/** The council's own references of its pupils: a school's file never holds them. */
export const referencesOfPupils = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<ReadonlyMap<number, string>> => {
  const rows = await query
    .selectFrom('pupil')
    .select(['number', 'child_reference as reference'])
    .where(sql<boolean>`pupil.number in (select value from json_each(${JSON.stringify(pupils)}))`)
    .where(ofOwnCouncil(scope, 'pupil.virtual_school_number'))
    .where(seesPupil(scope, 'pupil.number'))
    .execute()
  return new Map(rows.map(({ number, reference }) => [number, reference]))
}

/** A pupil's place at a school, and whether it is confirmed. */
export type Place = {
  readonly schoolNumber: number
  readonly schoolId: string
  readonly school: string
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate | null
  readonly enrolmentStatus: string | null
  readonly confirmed: string | null
}

/** The places of one pupil: all to the council; to a school only its own, until its tail has run. */
export const placesOf = async (query: Query, scope: Scope, pupil: number): Promise<readonly Place[]> =>
  readPlaces(query, scope, { pupil })

const readPlaces = scopedRead((query, scope, { pupil }: { pupil: number }) =>
  query
    .selectFrom('place')
    .innerJoin('school', 'school.number', 'place.school_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'place.school_number')
    .leftJoin('place_confirmation', (join) =>
      join
        .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
        .onRef('place_confirmation.school_number', '=', 'place.school_number')
        .onRef('place_confirmation.first_day', '=', 'place.first_day'),
    )
    .select([
      'place.school_number as schoolNumber',
      'school.id as schoolId',
      sql<string>`coalesce(school_detail.name, '')`.as('school'),
      'place.first_day as firstDay',
      'place.last_day as lastDay',
      'place.enrolment_status as enrolmentStatus',
      'place_confirmation.how as confirmed',
    ])
    .where('place.pupil_number', '=', pupil)
    .where(followsPupilAt(scope, 'place.pupil_number', 'place.school_number'))
    .orderBy('place.first_day', 'desc'),
)

/** Care periods of one pupil: the council's own business, never a school's. */
export const carePeriodsOf = async (query: Query, scope: Scope, pupil: number) =>
  readCarePeriods(query, scope, { pupil })

const readCarePeriods = scopedRead((query, scope, { pupil }: { pupil: number }) =>
  query
    .selectFrom('care_period')
    .innerJoin('pupil', 'pupil.number', 'care_period.pupil_number')
    .select([
      'care_period.first_day as firstDay',
      'care_period.last_day as lastDay',
      'care_period.end_reason as endReason',
    ])
    .where('care_period.pupil_number', '=', pupil)
    .where(ofOwnCouncil(scope, 'pupil.virtual_school_number'))
    .where(seesPupil(scope, 'care_period.pupil_number'))
    .orderBy('care_period.first_day', 'desc'),
)

const assertedToday = (query: Query, scope: Scope) =>
  query
    .selectFrom('place')
    .innerJoin('pupil', 'pupil.number', 'place.pupil_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'pupil.virtual_school_number')
    .innerJoin('school', 'school.number', 'place.school_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'place.school_number')
    .where('place.first_day', '<=', scope.today)
    .where((where) => where.or([where('place.last_day', 'is', null), where('place.last_day', '>=', scope.today)]))
    .where(
      sql<boolean>`not exists (select 1 from place_confirmation c where c.pupil_number = place.pupil_number
        and c.school_number = place.school_number and c.first_day = place.first_day)`,
    )
    .where(
      sql<boolean>`exists (select 1 from care_period k where k.pupil_number = place.pupil_number
        and k.first_day <= ${scope.today} and (k.last_day is null or k.last_day >= ${scope.today}))`,
    )
    .where((where) => where.not(isSealed('place.pupil_number')))
    .where(
      sql<boolean>`not exists (select 1 from pupil_guard n where n.pupil_number = place.pupil_number
        and n.kind = 'no_disclose')`,
    )

/**
 * How many children each virtual school believes to be at each of the viewer's schools, and that no one has confirmed:
 * a count, never who. A no-disclose child is left out: its officer calls.
 */
export const assertedCounts = async (query: Query, scope: Scope) => readAssertedCounts(query, scope, {})

const readAssertedCounts = scopedRead((query, scope) =>
  assertedToday(query, scope)
    .where(worksAtFor(scope, 'place.school_number', 'pupil.virtual_school_number'))
    .select([
      'place.school_number as schoolNumber',
      'school.id as schoolId',
      sql<string>`coalesce(school_detail.name, '')`.as('school'),
      'virtual_school.number as virtualSchool',
      'virtual_school.id as virtualSchoolId',
      'virtual_school.name as council',
    ])
    .select((select) => select.fn.countAll<number>().as('count'))
    .groupBy(['place.school_number', 'virtual_school.number'])
    .orderBy('virtual_school.name'),
)

/**
 * The children a blind confirmation is compared with. What comes back is never shown: it is held against what the
 * school keyed, and only a match is acted on.
 */
export const assertedToCompare = async (query: Query, scope: Scope, school: number, virtualSchool: number) =>
  assertedToday(query, scope)
    .where('place.school_number', '=', school)
    .where('pupil.virtual_school_number', '=', virtualSchool)
    .where(worksAtFor(scope, 'place.school_number', 'pupil.virtual_school_number'))
    .select([
      'place.pupil_number as pupil',
      'place.first_day as firstDay',
      currentUpn(scope).as('upn'),
      detail('surname').as('surname'),
      detail('forename').as('forename'),
      detail('date_of_birth').as('born'),
    ])
    .execute()

/** The council's own list of places that nobody has confirmed yet. */
export const placesToConfirm = async (query: Query, scope: Scope) =>
  assertedToday(query, scope)
    .where(ofOwnCouncil(scope, 'pupil.virtual_school_number'))
    .where(seesPupil(scope, 'place.pupil_number'))
    .select([
      'pupil.id as pupilId',
      'pupil.child_reference as childReference',
      'pupil.number as pupil',
      'school.id as schoolId',
      'place.school_number as schoolNumber',
      sql<string>`coalesce(school_detail.name, '')`.as('school'),
      'place.first_day as firstDay',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
    ])
    .orderBy('place.first_day')
    .execute()

/** How often someone at a school has tried a blind confirmation since a moment. */
export const blindTriesSince = async (query: Query, scope: Scope, school: number, since: string): Promise<number> => {
  const row = await query
    .selectFrom('blind_try')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('school_number', '=', school)
    .where(worksAt(scope, 'blind_try.school_number'))
    .where('at', '>', since as never)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** How many of the viewer's own pupils are at each school today, by school. */
export const ownPupilsAtSchools = async (query: Query, scope: Scope): Promise<ReadonlyMap<number, number>> => {
  const rows = await query
    .selectFrom('place')
    .select('place.school_number as school')
    .select(sql<number>`count(distinct place.pupil_number)`.as('count'))
    .where('place.first_day', '<=', scope.today)
    .where((where) => where.or([where('place.last_day', 'is', null), where('place.last_day', '>=', scope.today)]))
    .where(seesPupil(scope, 'place.pupil_number'))
    .groupBy('place.school_number')
    .execute()
  return new Map(rows.map(({ school, count }) => [school, count]))
}

/** Seals a record for good: a person's decision, with its reason. */
export const sealPupil = (pupil: number, at: Instant, by: number, reason: string): Statement =>
  statement(
    "insert or ignore into pupil_guard (pupil_number, kind, at, by_person, reason) values (?, 'sealed', ?, ?, ?)",
    [pupil, at, by, reason],
  )

/** Confirms a place: what a person heard or a school keyed, and stays whatever file is taken back. */
export const confirmPlace = (
  pupil: number,
  school: number,
  firstDay: PlainDate,
  how: 'keyed_upn' | 'keyed_name' | 'call',
  at: Instant,
  by: number,
): Statement =>
  statement(
    `insert or ignore into place_confirmation (pupil_number, school_number, first_day, how, at, by_person)
     values (?, ?, ?, ?, ?, ?)`,
    [pupil, school, firstDay, how, at, by],
  )

/** When each school last said to the viewer's council that nobody fits, by school. */
export const deniedPlaces = async (query: Query, scope: Scope): Promise<ReadonlyMap<number, Instant>> => {
  const rows = await query
    .selectFrom('place_denial')
    .select(['school_number as school', sql<Instant>`max(at)`.as('at')])
    .where(ofOwnCouncil(scope, 'place_denial.virtual_school_number'))
    .groupBy('school_number')
    .execute()
  return new Map(rows.map(({ school, at }) => [school, at]))
}

/** Whether one of the viewer's pupils has or had a place at a school on or after a day, confirmed or not. */
export const placeAt = async (
  query: Query,
  scope: Scope,
  pupil: number,
  school: number,
  since: PlainDate,
): Promise<boolean> =>
  (await query
    .selectFrom('place')
    .select('first_day')
    .where('pupil_number', '=', pupil)
    .where('school_number', '=', school)
    .where((where) => where.or([where('last_day', 'is', null), where('last_day', '>=', since)]))
    .where(seesPupil(scope, 'place.pupil_number'))
    .executeTakeFirst()) !== undefined
