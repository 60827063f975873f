import type { Statement } from './db.ts'
import type { Family } from './family.ts'
import { deriveMarksAround } from './mark-weeks.ts'
import { statement } from './statement.ts'
import { transferFamilies } from './transfer-families.ts'

/**
 * Every kind of fact with its current table: what identifies a fact, and what it says. The facts stand in
 * `<current>_fact`.
 */
export const families: readonly Family[] = [
  { current: 'answer', key: ['round_number', 'pupil_number', 'school_number', 'item'], values: ['state', 'value'] },
  { current: 'school_detail', key: ['school_number'], values: ['name', 'phase', 'la_code', 'country'] },
  { current: 'school_urn', key: ['school_number', 'urn'], values: ['first_day', 'last_day'] },
  {
    current: 'appointment',
    key: ['person_number', 'school_number', 'virtual_school_number', 'role'],
    values: ['name', 'first_day', 'last_day'],
  },
  { current: 'pupil_detail', key: ['pupil_number', 'attribute'], values: ['value'] },
  { current: 'pupil_identifier', key: ['pupil_number', 'kind', 'value'], values: ['first_day', 'last_day'] },
  { current: 'care_period', key: ['pupil_number', 'first_day'], values: ['last_day', 'end_reason'] },
  {
    current: 'plan_status',
    key: ['pupil_number', 'academic_year', 'term'],
    values: ['due_on', 'held_on', 'submitted_on', 'rating', 'rated_on', 'rated_by'],
  },
  { current: 'place', key: ['pupil_number', 'school_number', 'first_day'], values: ['last_day', 'enrolment_status'] },
  {
    current: 'register_establishment',
    key: ['urn'],
    values: [
      ...['name', 'la_code', 'la_name', 'establishment_number', 'type', 'phase'],
      ...['status', 'opened', 'closed', 'town', 'ukprn', 'country'],
    ],
  },
  { current: 'register_link', key: ['urn', 'link_urn', 'link_type'], values: ['established'] },
  ...transferFamilies,
  {
    current: 'attendance_total',
    key: ['pupil_number', 'school_number', 'kind', 'first_day', 'last_day'],
    values: ['possible', 'attended', 'authorised', 'unauthorised', 'reasons', 'percentage', 'basis'],
  },
]

/**
 * Sorts a fact among those of one key: source precedence, then publish order, then row. 33 characters. An answer worked
 * out by a school's scale stands below every answer that was stated.
 */
const rankOf = ({ current }: Family) =>
  `printf('%08d%015d%010d', i.precedence${current === 'answer' ? ' - (f.scale_version is not null)' : ''}, i.publish_order, f.row_number)`

/**
 * The winning value of a column among facts of one key: the highest ranked that says anything. Null says nothing; an
 * empty text is "none", which clears what was known.
 */
const winner = (rank: string, column: string) =>
  `nullif(substr(max(case when f.${column} is not null then ${rank} || f.${column} end), 34), '')`

const counts = "i.state = 'published' and r.state = 'ready'"

/**
 * Selects the current rows of a family from all facts published and not withdrawn. `among` narrows it to some facts.
 * The same SQL makes the current table and verifies it.
 */
export const currentOf = (family: Family, among: string): string => {
  const fact = `${family.current}_fact`
  const key = family.key.map((column) => `f.${column}`).join(', ')
  const rank = rankOf(family)
  const textKept = family.current === 'answer' || family.current === 'pupil_detail'
  const values = family.values.map((column) =>
    textKept ? `coalesce(${winner(rank, column)}, '') as ${column}` : `${winner(rank, column)} as ${column}`,
  )
  return `select ${[
    key,
    ...values,
    `cast(substr(max(${rank} || '|' || f.import_number), 35) as integer) as import_number`,
    `cast(substr(max(${rank}), 24, 10) as integer) as row_number`,
  ].join(', ')}
    from ${fact} f
    join import i on i.number = f.import_number
    join import_row r on r.import_number = f.import_number and r.row_number = f.row_number
    where ${counts} ${family.current === 'answer' ? "and f.pupil_number is not null and f.state <> 'unread'" : ''} ${among}
    group by ${key}`
}

/**
 * Rows of an import of which another row, of any import, speaks to the same school about the same pupil in the same
 * round. All answers of a row are about one pupil, school and round, so one of them stands for the row.
 */
const contested = `exists (select 1 from answer_fact own
  join answer_fact other on other.pupil_number = own.pupil_number and other.round_number = own.round_number
    and other.school_number = own.school_number
  where own.import_number = r.import_number and own.row_number = r.row_number
    and own.item = (select min(m.item) from answer_fact m where m.import_number = r.import_number
      and m.row_number = r.row_number)
    and (other.import_number <> r.import_number or other.row_number <> r.row_number))`

/** Answers of rows that nobody contests: nearly all, and current as they stand if the import is published. In key order. */
const uncontestedAnswers = `select f.round_number, f.pupil_number, f.school_number, f.item, f.state, f.value,
    f.import_number, f.row_number
  from (select r.import_number, r.row_number from import i join import_row r on r.import_number = i.number
    where i.id = ? and ${counts} and not ${contested} order by r.pupil_number) n
  cross join answer_fact f on f.import_number = n.import_number and f.row_number = n.row_number
  where f.pupil_number is not null and f.state <> 'unread'`

/** Whom the rows that nobody contests are about: what is current of those came from this import, or there is nothing. */
const uncontestedPupils = `select f.round_number, f.pupil_number, f.school_number
  from (select r.import_number, r.row_number from import_row r
    where r.import_number = (select number from import where id = ?) and not ${contested}) n
  cross join answer_fact f on f.import_number = n.import_number and f.row_number = n.row_number
    and f.item = (select min(m.item) from answer_fact m where m.import_number = n.import_number
      and m.row_number = n.row_number)
  where f.pupil_number is not null`

const contestedAnswers = `select f.round_number, f.pupil_number, f.school_number, f.item
  from (select r.import_number, r.row_number from import_row r
    where r.import_number = (select number from import where id = ?) and ${contested}) n
  cross join answer_fact f on f.import_number = n.import_number and f.row_number = n.row_number`

const answerColumns = 'round_number, pupil_number, school_number, item, state, value, import_number, row_number'

/** Answers are by far the most facts: those that nobody contests are moved without comparing each. */
const deriveAnswers = (family: Family, importId: string): readonly Statement[] => {
  const among = `and (f.round_number, f.pupil_number, f.school_number, f.item) in (${contestedAnswers})`
  return [
    `delete from answer where (round_number, pupil_number, school_number) in (${uncontestedPupils})`,
    `delete from answer where (round_number, pupil_number, school_number, item) in (${contestedAnswers})`,
    `insert into answer (${answerColumns}) ${uncontestedAnswers}`,
    `insert into answer (${answerColumns}) ${currentOf(family, among)}`,
  ].map((sql) => statement(sql, [importId]))
}

/**
 * Makes the current tables right again for every fact an import speaks of: run after the import's state changed, in the
 * same commit. Publishing and withdrawing are the same list of statements, so what is current depends only on which
 * imports are published now, never on the path that led there.
 */
export const deriveAround = (importId: string): readonly Statement[] => [
  ...families.flatMap((family) => {
    if (family.current === 'answer') return deriveAnswers(family, importId)
    const fact = `${family.current}_fact`
    const touched = `select ${family.key.join(', ')} from ${fact} where import_number = (select number from import where id = ?)`
    const keys = `(${family.key.join(', ')})`
    const prefixed = `(${family.key.map((column) => `f.${column}`).join(', ')})`
    const columns = [...family.key, ...family.values, 'import_number', 'row_number']
    return [
      statement(`delete from ${family.current} where ${keys} in (${touched})`, [importId]),
      statement(
        `insert into ${family.current} (${columns.join(', ')}) ${currentOf(family, `and ${prefixed} in (${touched})`)}`,
        [importId],
      ),
    ]
  }),
  ...deriveMarksAround(importId),
]
