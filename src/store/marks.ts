import { sql } from 'kysely'
import type { PackedWeek } from '../domain/attendance/tally.ts'
import type { Instant, PlainDate } from '../domain/dates.ts'
import { type Scope, worksWithReturns } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { detail } from './pupil-detail.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { followsPupilAt } from './scope.ts'

/** A child's week at a school as it stands, with the row of the file it came in. */
export type MarkedWeek = PackedWeek & {
  readonly schoolName: string
  readonly importNumber: number
  readonly rowNumber: number
  readonly ordinal: number
}

const marksRead = (query: Query) =>
  query
    // In this order: whose pupil it is is decided once, and not for each week.
    .selectFrom('pupil')
    .crossJoin('mark_week')
    .leftJoin('school_detail', 'school_detail.school_number', 'mark_week.school_number')
    .select([
      'mark_week.week',
      'mark_week.school_number as school',
      sql<string>`coalesce(school_detail.country, 'England')`.as('country'),
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'mark_week.marks',
      'mark_week.import_number as importNumber',
      'mark_week.row_number as rowNumber',
      'mark_week.ordinal',
    ])
    .whereRef('mark_week.pupil_number', '=', 'pupil.number')

/**
 * One pupil's marks of some weeks as they stand: all to the council; to a school those of its own register alone, while
 * it may follow the pupil.
 */
export const marksOfPupil = async (
  query: Query,
  scope: Scope,
  pupil: number,
  fromWeek: number,
  toWeek: number,
): Promise<readonly MarkedWeek[]> => readMarksOfPupil(query, scope, { pupil, fromWeek, toWeek })

const readMarksOfPupil = scopedRead((query, scope, given: { pupil: number; fromWeek: number; toWeek: number }) =>
  marksRead(query)
    .where('pupil.number', '=', given.pupil)
    .where('mark_week.week', '>=', given.fromWeek)
    .where('mark_week.week', '<=', given.toWeek)
    .where(followsPupilAt(scope, 'pupil.number', 'mark_week.school_number'))
    .orderBy('mark_week.week'),
)

/** The same of some pupils, by pupil: what a return is filled in from. */
export const marksOfPupils = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  fromWeek: number,
  toWeek: number,
): Promise<readonly (MarkedWeek & { readonly pupil: number })[]> =>
  pupils.length === 0 ? [] : readMarksOfPupils(query, scope, { pupils: asList(pupils), fromWeek, toWeek })

const readMarksOfPupils = scopedRead((query, scope, given: { pupils: string; fromWeek: number; toWeek: number }) =>
  marksRead(query)
    .select('pupil.number as pupil')
    .where(isAmong('pupil.number', given.pupils))
    .where('mark_week.week', '>=', given.fromWeek)
    .where('mark_week.week', '<=', given.toWeek)
    .where(followsPupilAt(scope, 'pupil.number', 'mark_week.school_number'))
    .orderBy('pupil.number')
    .orderBy('mark_week.week'),
)

/** The first and last week, of some weeks, in which each school's register has marks of some pupils. */
export const marksReach = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  fromWeek: number,
  toWeek: number,
): Promise<
  readonly { readonly pupil: number; readonly school: number; readonly first: number; readonly last: number }[]
> =>
  pupils.length === 0
    ? []
    : (await readMarksReach(query, scope, { pupils: asList(pupils), fromWeek, toWeek })).flatMap(
        ({ pupil, school, first, last }) => (first === null || last === null ? [] : [{ pupil, school, first, last }]),
      )

const readMarksReach = scopedRead((query, scope, given: { pupils: string; fromWeek: number; toWeek: number }) => {
  const end = (order: 'asc' | 'desc') =>
    sql<number | null>`(select m.week from mark_week m where m.pupil_number = place.pupil_number
      and m.week >= ${given.fromWeek} and m.week <= ${given.toWeek} and m.school_number = place.school_number
      order by m.week ${sql.raw(order)} limit 1)`
  return (
    query
      .selectFrom('pupil')
      .crossJoin('place')
      .select(['place.pupil_number as pupil', 'place.school_number as school'])
      // One seek from either end, however long the year is.
      .select([end('asc').as('first'), end('desc').as('last')])
      .distinct()
      .where(isAmong('pupil.number', given.pupils))
      .whereRef('place.pupil_number', '=', 'pupil.number')
      .where(followsPupilAt(scope, 'pupil.number', 'place.school_number'))
  )
})

/** What one file says of a pupil's week, whether it stands or not. */
export type SaidWeek = {
  readonly importNumber: number
  readonly rowNumber: number
  readonly ordinal: number
  readonly week: number
  readonly school: number
  readonly marks: string
  /** The line of each mark, as lines after `rowNumber`: one number, or a list by session. */
  readonly lines: string
}

/** All that files in use say of a pupil's weeks at a school whose register the viewer may read, in the order they came. */
export const weeksSaid = async (
  query: Query,
  scope: Scope,
  pupil: number,
  fromWeek: number,
  toWeek: number,
): Promise<readonly SaidWeek[]> => readWeeksSaid(query, scope, { pupil, fromWeek, toWeek })

const readWeeksSaid = scopedRead((query, scope, given: { pupil: number; fromWeek: number; toWeek: number }) =>
  query
    .selectFrom('pupil')
    .crossJoin('mark_week_fact as f')
    .innerJoin('import', 'import.number', 'f.import_number')
    .innerJoin('import_row', (join) =>
      join
        .onRef('import_row.import_number', '=', 'f.import_number')
        .onRef('import_row.row_number', '=', 'f.row_number'),
    )
    .select([
      'f.import_number as importNumber',
      'f.row_number as rowNumber',
      'f.ordinal',
      'f.week',
      'f.school_number as school',
      'f.marks',
      'f.lines',
    ])
    .where('pupil.number', '=', given.pupil)
    .whereRef('f.pupil_number', '=', 'pupil.number')
    .where('f.week', '>=', given.fromWeek)
    .where('f.week', '<=', given.toWeek)
    .where('import.state', '=', 'published')
    .where('import_row.state', '=', 'ready')
    .where(followsPupilAt(scope, 'pupil.number', 'f.school_number'))
    .orderBy('import.publish_order')
    .orderBy('f.week')
    .orderBy('f.ordinal'),
)

/** The file or form that marks came in. */
export type MarkSource = {
  readonly importNumber: number
  readonly via: string
  /** Empty for who reads no file of the sender's. */
  readonly fileName: string
  readonly saidBy: string
  readonly sentAt: Instant
}

/**
 * The files that the marks of one pupil came in, by import. A school is told the name of a file only where a school sent
 * it: one of the council's or its contractor's is not the school's to know of.
 */
export const markSources = async (
  query: Query,
  scope: Scope,
  pupil: number,
  imports: readonly number[],
): Promise<ReadonlyMap<number, MarkSource>> => {
  if (imports.length === 0) return new Map()
  const rows = await readMarkSources(query, scope, { pupil, imports: asList(imports) })
  const ofCouncil = scope.part.kind === 'council' && worksWithReturns(scope.part.role)
  return new Map(
    rows.map(({ bySchool, ...row }) => [
      row.importNumber,
      ofCouncil || bySchool === 1 ? row : { ...row, fileName: '', saidBy: '' },
    ]),
  )
}

const readMarkSources = scopedRead((query, scope, given: { pupil: number; imports: string }) =>
  query
    .selectFrom('import')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .select([
      'import.number as importNumber',
      sql<number>`import.school_number is not null`.as('bySchool'),
      'delivery.via',
      'delivery.file_name as fileName',
      nameOfPerson('delivery.sent_by').as('saidBy'),
      'delivery.sent_at as sentAt',
    ])
    .where(isAmong('import.number', given.imports))
    .where(
      sql<boolean>`exists (select 1 from mark_week_fact m where m.pupil_number = ${given.pupil}
        and m.import_number = import.number and ${followsPupilAt(scope, 'm.pupil_number', 'm.school_number')})`,
    ),
)

/** A pupil on a school's roll in a week, whose place there is confirmed. */
export type OnRollThen = {
  readonly pupil: number
  readonly id: string
  readonly virtualSchool: number
  readonly council: string
  readonly forename: string
  readonly surname: string
  readonly yearGroup: string
  readonly upn: string
  readonly reference: string
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate | null
}

/** Who was on a school's roll on any of some days, of those whom the viewer may follow there. */
export const pupilsAtSchool = async (
  query: Query,
  scope: Scope,
  school: number,
  from: PlainDate,
  to: PlainDate,
): Promise<readonly OnRollThen[]> => readPupilsAtSchool(query, scope, { school, from, to })

const readPupilsAtSchool = scopedRead((query, scope, given: { school: number; from: PlainDate; to: PlainDate }) =>
  query
    .selectFrom('place')
    .innerJoin('place_confirmation', (join) =>
      join
        .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
        .onRef('place_confirmation.school_number', '=', 'place.school_number')
        .onRef('place_confirmation.first_day', '=', 'place.first_day'),
    )
    .innerJoin('pupil', 'pupil.number', 'place.pupil_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'pupil.virtual_school_number')
    .select([
      'place.pupil_number as pupil',
      'pupil.id',
      'pupil.virtual_school_number as virtualSchool',
      'virtual_school.name as council',
      'pupil.child_reference as reference',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
      detail('year_group').as('yearGroup'),
      sql<string>`coalesce((select u.value from pupil_identifier u where u.pupil_number = pupil.number
        and u.kind = 'upn' and (u.first_day is null or u.first_day <= ${scope.today})
        and (u.last_day is null or u.last_day >= ${scope.today})
        order by coalesce(u.first_day, '') desc, u.value limit 1), '')`.as('upn'),
      'place.first_day as firstDay',
      'place.last_day as lastDay',
    ])
    .where('place.school_number', '=', given.school)
    .where('place.first_day', '<=', given.to)
    .where((where) => where.or([where('place.last_day', 'is', null), where('place.last_day', '>=', given.from)]))
    .where(followsPupilAt(scope, 'place.pupil_number', 'place.school_number'))
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('place.pupil_number')
    .orderBy('place.first_day'),
)

/** The marks of one week in a school's register, of pupils whom the viewer may follow there. */
export const marksOfSchoolWeek = async (
  query: Query,
  scope: Scope,
  school: number,
  week: number,
): Promise<readonly { readonly pupil: number; readonly marks: string; readonly importNumber: number }[]> =>
  readSchoolWeek(query, scope, { school, week })

const readSchoolWeek = scopedRead((query, scope, given: { school: number; week: number }) =>
  query
    .selectFrom('mark_week')
    .select(['pupil_number as pupil', 'marks', 'import_number as importNumber'])
    .where('school_number', '=', given.school)
    .where('week', '=', given.week)
    .where(followsPupilAt(scope, 'mark_week.pupil_number', 'mark_week.school_number'))
    .orderBy('pupil_number')
    .orderBy('import_number'),
)

/** A total that came as one, with what it is a total of: never made into marks. */
export type AttendanceTotal = {
  readonly kind: string
  readonly school: number
  readonly schoolName: string
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate
  readonly possible: string | null
  readonly attended: string | null
  readonly authorised: string | null
  readonly unauthorised: string | null
  readonly percentage: string | null
  readonly basis: string | null
  readonly importNumber: number
}

/** The totals of one pupil that reach into some days. */
export const totalsOfPupil = async (
  query: Query,
  scope: Scope,
  pupil: number,
  from: PlainDate,
  to: PlainDate,
): Promise<readonly AttendanceTotal[]> => readTotals(query, scope, { pupil, from, to })

const readTotals = scopedRead((query, scope, given: { pupil: number; from: PlainDate; to: PlainDate }) =>
  query
    .selectFrom('attendance_total')
    .leftJoin('school_detail', 'school_detail.school_number', 'attendance_total.school_number')
    .select([
      'attendance_total.kind',
      'attendance_total.school_number as school',
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'attendance_total.first_day as firstDay',
      'attendance_total.last_day as lastDay',
      'attendance_total.possible',
      'attendance_total.attended',
      'attendance_total.authorised',
      'attendance_total.unauthorised',
      'attendance_total.percentage',
      'attendance_total.basis',
      'attendance_total.import_number as importNumber',
    ])
    .where('attendance_total.pupil_number', '=', given.pupil)
    .where('attendance_total.first_day', '<=', given.to)
    .where('attendance_total.last_day', '>=', given.from)
    .where(followsPupilAt(scope, 'attendance_total.pupil_number', 'attendance_total.school_number'))
    .orderBy('attendance_total.first_day'),
)
