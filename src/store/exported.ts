import { sql } from 'kysely'
import type { Query } from './db.ts'
import { isSealed } from './scope.ts'

/** Current answers by natural keys, for an operator's export of the whole store. Sealed children are left out. */
export const exportedAnswers = async (query: Query) =>
  query
    .selectFrom('answer')
    .innerJoin('round', 'round.number', 'answer.round_number')
    .innerJoin('pupil', 'pupil.number', 'answer.pupil_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'pupil.virtual_school_number')
    .innerJoin('school', 'school.number', 'answer.school_number')
    .innerJoin('import', 'import.number', 'answer.import_number')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .leftJoin('answer_fact', (join) =>
      join
        .onRef('answer_fact.import_number', '=', 'answer.import_number')
        .onRef('answer_fact.row_number', '=', 'answer.row_number')
        .onRef('answer_fact.item', '=', 'answer.item'),
    )
    .select([
      'virtual_school.la_code as laCode',
      'round.academic_year as academicYear',
      'round.term',
      'school.first_urn as school',
      'pupil.child_reference as childReference',
      'answer.item',
      'answer.state',
      'answer.value',
      'delivery.file_name as fileName',
      'answer_fact.sheet',
      'answer_fact.cell',
      'answer_fact.line',
    ])
    .where((where) => where.not(isSealed('pupil.number')))
    .orderBy('virtual_school.la_code')
    .orderBy('round.academic_year')
    .orderBy('round.term')
    .orderBy('school.first_urn')
    .orderBy('pupil.child_reference')
    .orderBy('answer.item')
    .execute()

/** The marks that stand by natural keys, by council, child and week. Sealed children are left out. */
export const exportedMarks = async (query: Query) =>
  query
    .selectFrom('mark_week')
    .innerJoin('pupil', 'pupil.number', 'mark_week.pupil_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'pupil.virtual_school_number')
    .leftJoin('school', 'school.number', 'mark_week.school_number')
    .select([
      'virtual_school.la_code as laCode',
      'pupil.child_reference as reference',
      'mark_week.week',
      'school.first_urn as school',
      'mark_week.marks',
    ])
    .where((where) => where.not(isSealed('pupil.number')))
    .orderBy('virtual_school.la_code')
    .orderBy('pupil.child_reference')
    .orderBy('mark_week.week')
    .orderBy('school.first_urn')
    .orderBy('mark_week.import_number')
    .orderBy('mark_week.row_number')
    .orderBy('mark_week.ordinal')
    .execute()

type Line = readonly [string, string, string, string, string | null]

const lines = async (query: Query, select: string): Promise<readonly Line[]> => {
  const rows = await query
    .selectFrom(sql<{ a: string; b: string; c: string; d: string; e: string | null }>`(${sql.raw(select)})`.as('line'))
    .select(['a', 'b', 'c', 'd', 'e'])
    .orderBy('a')
    .orderBy('b')
    .orderBy('c')
    .orderBy('d')
    .orderBy('e')
    .execute()
  return rows.map(({ a, b, c, d, e }) => [a, b, c, d, e])
}

const notSealed = `not exists (select 1 from pupil_guard g where g.pupil_number = p.number and g.kind = 'sealed')
  and not exists (select 1 from care_period e where e.pupil_number = p.number and e.end_reason = 'adopted')`

const child = `join pupil p on p.number = t.pupil_number
  join virtual_school v on v.number = p.virtual_school_number where ${notSealed}`

/** Every current statement of the roll as (kind, council, key, name, value). Sealed children are left out. */
export const exportedRoll = async (query: Query): Promise<readonly Line[]> => [
  ...(await lines(
    query,
    `select 'school' as a, coalesce(t.la_code, '') as b, s.first_urn as c, coalesce(t.phase, '') as d, t.name || '|' || coalesce(t.country, '') as e
     from school_detail t join school s on s.number = t.school_number`,
  )),
  ...(await lines(
    query,
    `select 'urn' as a, '' as b, s.first_urn as c, t.urn as d, coalesce(t.first_day, '') || '/' || coalesce(t.last_day, '') as e
     from school_urn t join school s on s.number = t.school_number`,
  )),
  ...(await lines(
    query,
    `select 'appointment' as a, v.la_code as b, p.email as c, t.role || coalesce('@' || s.first_urn, '') as d,
       coalesce(t.name, '') || '|' || coalesce(t.first_day, '') || '/' || coalesce(t.last_day, '') as e
     from appointment t join person p on p.number = t.person_number
     join virtual_school v on v.number = t.virtual_school_number left join school s on s.number = t.school_number`,
  )),
  ...(await lines(
    query,
    `select 'pupil' as a, v.la_code as b, p.child_reference as c, t.attribute as d, t.value as e from pupil_detail t ${child}`,
  )),
  ...(await lines(
    query,
    `select 'identifier' as a, v.la_code as b, p.child_reference as c, t.kind || ' ' || t.value as d,
       coalesce(t.first_day, '') || '/' || coalesce(t.last_day, '') as e from pupil_identifier t ${child}`,
  )),
  ...(await lines(
    query,
    `select 'care' as a, v.la_code as b, p.child_reference as c, t.first_day as d,
       coalesce(t.last_day, '') || '|' || coalesce(t.end_reason, '') as e from care_period t ${child}`,
  )),
  ...(await lines(
    query,
    `select 'plan' as a, v.la_code as b, p.child_reference as c, t.academic_year || ' ' || t.term as d,
       coalesce(t.due_on, '') || '|' || coalesce(t.held_on, '') || '|' || coalesce(t.submitted_on, '') || '|' ||
       coalesce(t.rating, '') || '|' || coalesce(t.rated_on, '') || '|' || coalesce(t.rated_by, '') as e
     from plan_status t ${child}`,
  )),
  ...(await lines(
    query,
    `select 'place' as a, v.la_code as b, p.child_reference as c, s.first_urn || ' ' || t.first_day as d,
       coalesce(t.last_day, '') || '|' || coalesce(t.enrolment_status, '') as e
     from place t join school s on s.number = t.school_number ${child}`,
  )),
]
