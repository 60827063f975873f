import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { SettingKind } from '../domain/school-number.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { currentOf, families } from './derive.ts'
import { nameOfPerson } from './person-name.ts'
import { ofOwnCouncil } from './scope.ts'
import { statement } from './statement.ts'

/** What the register says of one establishment today. */
export type RegisterEntry = {
  readonly urn: string
  readonly name: string
  readonly laCode: string
  readonly laName: string
  readonly phase: string
  readonly type: string
  readonly status: string
  readonly town: string
  readonly country: string
}

const entries = (query: Query) =>
  query
    .selectFrom('register_establishment')
    .select([
      'urn',
      sql<string>`coalesce(name, '')`.as('name'),
      sql<string>`coalesce(la_code, '')`.as('laCode'),
      sql<string>`coalesce(la_name, '')`.as('laName'),
      sql<string>`coalesce(phase, '')`.as('phase'),
      sql<string>`coalesce(type, '')`.as('type'),
      sql<string>`coalesce(status, '')`.as('status'),
      sql<string>`coalesce(town, '')`.as('town'),
      sql<string>`coalesce(country, 'England')`.as('country'),
    ])

/** Whether any register was brought in. */
export const hasRegister = async (query: Query): Promise<boolean> =>
  (await query.selectFrom('register_establishment').select('urn').limit(1).executeTakeFirst()) !== undefined

/**
 * Establishments whose name, town or authority holds every word of a search, or whose URN it is: open ones first. At
 * most `most`, with one more where there are others.
 */
export const findEstablishments = async (
  query: Query,
  search: string,
  most: number,
): Promise<readonly RegisterEntry[]> => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)
  if (words.length === 0) return []
  return entries(query)
    .where(
      sql<boolean>`(urn = ${search.trim().toUpperCase()} or not exists (select 1 from json_each(${JSON.stringify(words)}) w
        where instr(lower(coalesce(name, '') || ' ' || coalesce(town, '') || ' ' || coalesce(la_name, '')), w.value) = 0))`,
    )
    .orderBy(sql`case status when 'open' then 0 when 'closing' then 0 when 'proposed' then 1 else 2 end`)
    .orderBy('name')
    .orderBy('urn')
    .limit(most + 1)
    .execute()
}

/** Which of some URNs the register lists and no school here has yet. */
export const listedOnly = async (query: Query, urns: readonly string[]): Promise<readonly string[]> => {
  const rows = await query
    .selectFrom('register_establishment as e')
    .select('e.urn')
    .where(
      sql<boolean>`e.urn in (select value from json_each(${JSON.stringify(urns)}))
        and not exists (select 1 from school s where s.first_urn = e.urn)
        and not exists (select 1 from school_urn_fact u where u.urn = e.urn)`,
    )
    .orderBy('e.urn')
    .execute()
  return rows.map(({ urn }) => urn)
}

/** Everything the register says today, one text for each line of it: what a newer file is compared with. */
export const registerLines = async (
  query: Query,
  kind: 'establishment' | 'link',
): Promise<ReadonlyMap<string, string>> => {
  const known = new Map<string, string>()
  if (kind === 'link') {
    const rows = await query
      .selectFrom('register_link')
      .select(['urn', 'link_urn', 'link_type', 'established'])
      .execute()
    for (const row of rows) known.set(`${row.urn}/${row.link_urn}/${row.link_type}`, row.established ?? '')
    return known
  }
  const rows = await query
    .selectFrom('register_establishment')
    .select(['urn', lineOfEntry.as('line')])
    .execute()
  for (const row of rows) known.set(row.urn, row.line)
  return known
}

const entryColumns = [
  'name',
  'la_code',
  'la_name',
  'establishment_number',
  'type',
  'phase',
  'status',
  'opened',
  'closed',
].concat(['town', 'ukprn', 'country'])

const lineOfEntry = sql<string>`${sql.raw(entryColumns.map((column) => `coalesce(${column}, '')`).join(' || char(31) || '))}`

const urnInForce = `(select u.urn from school_urn u where u.school_number = s.number
  order by coalesce(u.first_day, '') desc, u.urn desc limit 1)`

/**
 * A school here whose number in the register closed, with who follows it: the one establishment where the register
 * names one and that one follows nobody else. That is a conversion: the same school under a new number.
 */
const successors = `
  select s.number as school, e.urn as old, l.link_urn as new, coalesce(l.established, e.closed, '') as day,
    l.import_number, l.row_number,
    (select count(distinct m.link_urn) from register_link m where m.urn = e.urn and m.link_type like 'Successor%') as into_count,
    (select count(distinct p.urn) from (
      select m.urn from register_link m where m.link_urn = l.link_urn and m.link_type like 'Successor%'
      union select m.link_urn from register_link m where m.urn = l.link_urn and m.link_type like 'Predecessor%') p) as from_count,
    (select max(o.number) from school o where o.number <> s.number and (o.first_urn = l.link_urn
      or exists (select 1 from school_urn q where q.school_number = o.number and q.urn = l.link_urn))) as other
  from school s
  join register_establishment e on e.urn = ${urnInForce} and e.status = 'closed'
  join register_link l on l.urn = e.urn and l.link_type like 'Successor%'
  join register_establishment n on n.urn = l.link_urn and n.status <> 'proposed'`

const plain = `other is null and (into_count = 1 and from_count <= 1 or exists (select 1 from register_answer a
  where a.school_number = school and a.urn = old and a.link_urn = new and a.answer = 'carries_on'))`

/** How many schools here the register would carry on under a new number now. */
export const conversionsDue = async (query: Query): Promise<number> => {
  const row = await query
    .selectFrom(
      sql<{ count: number }>`(select count(*) as count from (${sql.raw(successors)}) where ${sql.raw(plain)})`.as(
        'due',
      ),
    )
    .select('count')
    .executeTakeFirst()
  return row?.count ?? 0
}

const rederived = (current: string, keys: string): readonly Statement[] => {
  const family = families.find((one) => one.current === current)
  if (!family) return []
  const columns = [...family.key, ...family.values, 'import_number', 'row_number'].join(', ')
  return [
    statement(`delete from ${current} where school_number in (${keys})`),
    statement(`insert into ${current} (${columns}) ${currentOf(family, `and f.school_number in (${keys})`)}`),
  ]
}

const touchedByRegister = `select school_number from school_urn_fact f join register_establishment e on e.urn = f.urn`

/**
 * Gives schools here what the register says: their number after a conversion, dated, and the name, phase and authority
 * of the number in force. Facts stand on the register's own lines, so that taking a register back takes them along.
 */
export const carryOn = (): readonly Statement[] => [
  statement(
    `insert or ignore into school_urn_fact (import_number, row_number, school_number, urn, first_day, last_day)
     select import_number, row_number, school, new, nullif(day, ''), null from (${successors}) where ${plain}`,
  ),
  ...rederived('school_urn', touchedByRegister),
  statement(
    `insert or ignore into school_detail_fact (import_number, row_number, school_number, name, phase, la_code, country)
     select e.import_number, e.row_number, s.number, e.name, e.phase, e.la_code, e.country
     from school s join register_establishment e on e.urn = ${urnInForce}`,
  ),
  // Also on the line of the link, which is published last where links come after establishments: the number that
  // closed may stand further down the same file and would otherwise have the last word.
  statement(
    `insert or ignore into school_detail_fact (import_number, row_number, school_number, name, phase, la_code, country)
     select u.import_number, u.row_number, s.number, e.name, e.phase, e.la_code, e.country
     from school s join school_urn_fact u on u.school_number = s.number and u.urn = ${urnInForce}
     join register_link_fact l on l.import_number = u.import_number and l.row_number = u.row_number and l.link_urn = u.urn
     join register_establishment e on e.urn = u.urn`,
  ),
  ...rederived('school_detail', touchedByRegister),
]

/** Makes schools of establishments that the register lists: an identity each, and the number it goes by. */
export const takeUp = (schools: readonly { readonly id: string; readonly urn: string }[]): readonly Statement[] => {
  const named = JSON.stringify(schools.map(({ id, urn }) => [id, urn]))
  const taken = 'select s.number from school s where s.first_urn in (select value ->> 1 from json_each(?))'
  return [
    statement(
      `insert or ignore into school (id, first_urn) select value ->> 0, value ->> 1 from json_each(?)
       where value ->> 1 in (select urn from register_establishment)
       and not exists (select 1 from school_urn_fact u where u.urn = value ->> 1)`,
      [named],
    ),
    statement(
      `insert or ignore into school_urn_fact (import_number, row_number, school_number, urn, first_day, last_day)
       select e.import_number, e.row_number, s.number, e.urn, e.opened, null
       from school s join register_establishment e on e.urn = s.first_urn where s.number in (${taken})`,
      [named],
    ),
    ...carryOn(),
  ]
}

export type RegisterQuestion = {
  readonly school: number
  readonly schoolId: string
  readonly name: string
  readonly kind: 'merger' | 'split' | 'closure' | 'two_places'
  /** The number that closed, and the one that follows; '' where none does. */
  readonly urn: string
  readonly linkUrn: string
  readonly linkName: string
  readonly day: string
}

/**
 * What the register leaves to a person and nobody has settled: a school here that merged into another, was split, closed
 * with nobody to follow, or whose successor is a school here already. Worked out from the register as it stands.
 */
export const openQuestions = async (query: Query): Promise<readonly RegisterQuestion[]> =>
  query
    .selectFrom(
      sql<RegisterQuestion>`(select q.*, s.id as schoolId, coalesce(d.name, '') as name, coalesce(n.name, '') as linkName
        from (
          select school, case when other is not null then 'two_places' when into_count > 1 then 'split' else 'merger' end
            as kind, old as urn, new as linkUrn, day from (${sql.raw(successors)}) where not (${sql.raw(plain)})
          union all
          select s.number, 'closure', e.urn, '', coalesce(e.closed, '') from school s
          join register_establishment e on e.urn = ${sql.raw(urnInForce)} and e.status = 'closed'
          where not exists (select 1 from register_link l where l.urn = e.urn and l.link_type like 'Successor%')) q
        join school s on s.number = q.school
        left join school_detail d on d.school_number = q.school
        left join register_establishment n on n.urn = q.linkUrn
        where not exists (select 1 from register_answer a where a.school_number = q.school and a.kind = q.kind
          and a.urn = q.urn and a.link_urn = q.linkUrn))`.as('open'),
    )
    .selectAll()
    .orderBy('name')
    .orderBy('kind')
    .orderBy('urn')
    .orderBy('linkUrn')
    .execute()

export type RegisterAnswer = Pick<RegisterQuestion, 'school' | 'kind' | 'urn' | 'linkUrn'> & {
  readonly answer: 'carries_on' | 'new_place' | 'seen'
  readonly at: Instant
  readonly by: number
  readonly virtualSchool: number
}

/** Keeps what a person settled; the first answer stands, a second meets its key. */
export const answerQuestion = (query: Query, answer: RegisterAnswer): Statement =>
  query.insertInto('register_answer').values({
    school_number: answer.school,
    kind: answer.kind,
    urn: answer.urn,
    link_urn: answer.linkUrn,
    answer: answer.answer,
    at: answer.at,
    by_person: answer.by,
    virtual_school_number: answer.virtualSchool,
  })

/** Notes that somebody made sure of a setting that no register lists. */
export const noteSettingCheck = (
  query: Query,
  check: {
    readonly urn: string
    readonly virtualSchool: number
    readonly kind: SettingKind
    readonly registered: 'Y' | 'N' | 'not_known'
    readonly on: PlainDate
    readonly by: number
    readonly how: string
    readonly at: Instant
  },
): Statement =>
  query.insertInto('setting_check').values((values) => ({
    school_number: values.selectFrom('school').select('number').where('first_urn', '=', check.urn),
    at: check.at,
    virtual_school_number: check.virtualSchool,
    kind: check.kind,
    registered: check.registered,
    checked_on: check.on,
    checked_by: check.by,
    how: check.how,
  }))

/** The checks of a setting that the viewer's own council noted, latest first. */
export const settingChecks = async (query: Query, scope: Scope, school: number) =>
  query
    .selectFrom('setting_check')
    .select(['registered', 'checked_on as on', 'how', nameOfPerson('setting_check.checked_by').as('by')])
    .where('school_number', '=', school)
    .where(ofOwnCouncil(scope, 'setting_check.virtual_school_number'))
    .orderBy('at', 'desc')
    .execute()
