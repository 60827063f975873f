import { sql } from 'kysely'
import { mondayOf, weekOf } from '../domain/attendance/week.ts'
import { type PlainDate, plainDate } from '../domain/dates.ts'
import type { Query, Statement } from './db.ts'
import { statement } from './statement.ts'

const columns = 'pupil_number, week, import_number, row_number, ordinal, school_number, marks'

/** One packed session of a week, at `slot`: three characters, or fewer at the end of what is said. */
const packedAt = (slot: string) => `substr(f.marks, ${slot} * 3 + 1, 3)`

const slots = Array.from({ length: 14 }, (_, slot) => slot)

/**
 * Until this week K was no code of a register but what feeds wrote for a mark that had not come; since then it is a
 * session that the council arranged. See the code tables.
 */
const kSince = weekOf(plainDate('2024-08-19'))

/** Whether a text of SQL is a mark that was not entered. */
const notEntered = (code: string) => `(${code} in ('-', '*') or (f.week < ${kSince} and ${code} glob 'K*'))`

/** A week put together again from the sessions that one fact won. */
const rebuilt = slots.map((slot) => `max(case when slot = ${slot} then code else '   ' end)`).join(' || ')

/**
 * What counts of the facts of some weeks: of an import published and not withdrawn, in a row that is ready. `among`
 * selects pupil_number and week; without it every week of the store is taken.
 */
const countingOf = (among: string | null) => {
  const facts =
    among === null
      ? 'mark_week_fact f'
      : `(${among}) t cross join mark_week_fact f on f.pupil_number = t.pupil_number and f.week = t.week`
  return `select f.pupil_number, f.week, f.import_number, f.row_number, f.ordinal, f.school_number, f.marks, f.said,
      i.precedence, i.publish_order
    from ${facts}
    cross join import i on i.number = f.import_number and i.state = 'published'
    cross join import_row r on r.import_number = f.import_number and r.row_number = f.row_number and r.state = 'ready'
    where f.pupil_number is not null`
}

/**
 * What counts of a week, with what is asked of it before it is taken apart: `settled` where the best of its facts speaks
 * of every session that any of them speaks of, for one school, and leaves none "not entered". That fact stands whole.
 */
const ranked = (among: string | null) => `select *,
    max((said | best) <> best or school_number <> best_school) over (partition by pupil_number, week) = 0
      and instr(best_marks, '-') = 0 and instr(best_marks, '*') = 0
      and (week >= ${kSince} or instr(best_marks, 'K') = 0) as settled
  from (select *, row_number() over ranks as rank, first_value(said) over ranks as best,
      first_value(marks) over ranks as best_marks, first_value(school_number) over ranks as best_school,
      count(*) over (partition by pupil_number, week) as facts
    from (${countingOf(among)})
    window ranks as (partition by pupil_number, week
      order by precedence desc, publish_order desc, row_number desc, ordinal desc))`

/** Weeks of which one fact alone counts: they stand as they are. */
const alone = (among: string | null) =>
  `select pupil_number, week, max(import_number) as import_number, row_number, ordinal, school_number, marks
    from (${countingOf(among)}) group by pupil_number, week having count(*) = 1`

/** Of some weeks those of which more than one fact speaks, whether it counts or not. */
const several = (among: string) => `select t.pupil_number, t.week from (${among}) t
  where (select count(*) from mark_week_fact c where c.pupil_number = t.pupil_number and c.week = t.week) > 1`

const settled = (among: string | null) =>
  `select ${columns} from (${ranked(among)}) where facts > 1 and settled and rank = 1`

/** Whether the child has a place at the school on the day of a session; day 4 of the count that SQL keeps begins week 0. */
const here = (() => {
  const day = "date(((f.week * 7) + (s.value / 2) + 4) * 86400, 'unixepoch')"
  return `exists (select 1 from place p where p.pupil_number = f.pupil_number and p.school_number = f.school_number
    and p.first_day <= ${day} and (p.last_day is null or p.last_day >= ${day}))`
})()

/**
 * Weeks of which facts speak that are put together session by session. Within a school a mark stands before "not
 * entered", then the better source, then the later file. Between schools a child who is registered at two is marked D
 * at the one and attends the other: D, then a session that was not possible, yield to any other mark. Of marks that say
 * as much, one of the school where the child has a place that day stands: a school that goes on marking a child who has
 * left takes nothing from the school that the child is at.
 */
const contested = (among: string | null) => `
  select pupil_number, week, import_number, row_number, ordinal, school_number, rtrim(${rebuilt}) as marks
  from (select *, row_number() over (partition by pupil_number, week, slot
      order by weight desc, here desc, precedence desc, publish_order desc, row_number desc, ordinal desc) as place
    from (select *, row_number() over (partition by pupil_number, week, slot, school_number
        order by weight > 0 desc, precedence desc, publish_order desc, row_number desc, ordinal desc) as own
      from (select f.*, s.value as slot, substr(${packedAt('s.value')} || '   ', 1, 3) as code,
          case when ${notEntered(`trim(${packedAt('s.value')})`)} then 0
            when ${packedAt('s.value')} glob 'D*' then 1 when ${packedAt('s.value')} glob '[XYZQ#]*' then 2 else 3 end
            as weight, ${here} as here
        from (${ranked(among)}) f
        cross join json_each('[${slots.join()}]') s
        where f.facts > 1 and not f.settled and trim(${packedAt('s.value')}) <> ''))
    where own = 1)
  where place = 1
  group by pupil_number, week, import_number, row_number, ordinal, school_number`

/** Selects the marks that stand, of every week of the store: what `mark_week` must hold. */
export const markWeeksDerived = `select ${columns} from (${alone(null)})
  union all ${settled(null)} union all select ${columns} from (${contested(null)})`

const marked = `select distinct pupil_number, week from mark_week_fact
  where import_number = (select number from import where id = ?) and pupil_number is not null`

/** Weeks in which two schools speak of a child of whose places an import speaks. */
const moved = `select distinct f.pupil_number, f.week
  from (select distinct pupil_number from place_fact
    where import_number = (select number from import where id = ?)) p
  cross join mark_week_fact f on f.pupil_number = p.pupil_number
  where exists (select 1 from mark_week_fact o where o.pupil_number = f.pupil_number and o.week = f.week
    and o.school_number <> f.school_number)`

/**
 * Makes `mark_week` right again for every week an import speaks of, and for those that its places decide; run with its
 * change of state, after its places have been, in the same commit. The same list publishes and withdraws.
 */
export const deriveMarksAround = (importId: string): readonly Statement[] =>
  [marked, moved].flatMap((touched) => deriveMarks(touched, importId))

const deriveMarks = (touched: string, importId: string): readonly Statement[] =>
  [
    `delete from mark_week where (pupil_number, week) in (${touched})`,
    `insert into mark_week (${columns}) select ${columns} from (${alone(touched)}) order by pupil_number, week`,
    `insert into mark_week (${columns}) ${settled(several(touched))} order by pupil_number, week`,
    `insert into mark_week (${columns}) select ${columns} from (${contested(several(touched))})`,
  ].map((sql) => statement(sql, [importId]))

/** How many marks a packed week holds, in SQL over its column `marks`. */
export const countedMarks = slots.map((slot) => `(trim(substr(marks, ${slot * 3 + 1}, 3)) <> '')`).join(' + ')

/**
 * How many marks that stand a staged import will change, and the Monday of the first week in which it does. A mark that
 * was not entered yet is no change, and one of a better source stays.
 */
export const replacedMarks = async (
  query: Query,
  importId: string,
): Promise<{ readonly count: number; readonly since: PlainDate | null }> => {
  const row = await query
    .selectFrom(
      sql<{ count: number; week: number | null }>`(select count(*) as count, min(f.week) as week
        from mark_week_fact f
        join mark_week m on m.pupil_number = f.pupil_number and m.week = f.week and m.school_number = f.school_number
          and m.marks <> f.marks
        join import own on own.number = f.import_number
        join import before on before.number = m.import_number and before.precedence <= own.precedence
        cross join json_each(${JSON.stringify(slots)}) s
        where f.import_number = (select number from import where id = ${importId})
          and trim(substr(f.marks, s.value * 3 + 1, 3)) not in ('', '-', '*')
          and trim(substr(m.marks, s.value * 3 + 1, 3)) not in ('', '-', '*', trim(substr(f.marks, s.value * 3 + 1, 3))))`.as(
        'changed',
      ),
    )
    .select(['count', 'week'])
    .executeTakeFirst()
  const week = row?.week ?? null
  return { count: row?.count ?? 0, since: week === null ? null : mondayOf(week) }
}

/** How many of an import's weeks do not stand whole any more: something later says otherwise of them. */
export const replacedMarkWeeks = async (query: Query, importNumber: number): Promise<number> => {
  const row = await query
    .selectFrom('mark_week_fact as f')
    .leftJoin('mark_week as m', (join) =>
      join
        .onRef('m.pupil_number', '=', 'f.pupil_number')
        .onRef('m.week', '=', 'f.week')
        .onRef('m.import_number', '=', 'f.import_number')
        .onRef('m.row_number', '=', 'f.row_number')
        .onRef('m.ordinal', '=', 'f.ordinal'),
    )
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('f.import_number', '=', importNumber)
    .where('f.pupil_number', 'is not', null)
    .where(sql<boolean>`m.marks is not f.marks`)
    .executeTakeFirst()
  return row?.count ?? 0
}
