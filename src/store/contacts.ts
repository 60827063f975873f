import { sql } from 'kysely'
import { type ContactKind, type ContactOutcome, unreached } from '../domain/chasing.ts'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { PublicId } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { worksOnReturns } from './scope.ts'
import { statement } from './statement.ts'

/** A call, visit, meeting or e-mail with a school, and what is to be done next. */
export type Contact = {
  readonly id: string
  readonly school: number
  readonly kind: ContactKind
  readonly day: PlainDate
  readonly minutes: number | null
  readonly withWhom: string
  readonly said: string
  readonly outcome: ContactOutcome
  readonly at: Instant
  readonly by: string
  /** Null where nothing was left to do. */
  readonly action: {
    readonly what: string
    readonly owner: string
    readonly due: PlainDate
    readonly doneAt: Instant | null
    readonly doneBy: string
  } | null
}

const contacts = (query: Query) =>
  query
    .selectFrom('school_contact')
    .leftJoin('contact_action', 'contact_action.contact_number', 'school_contact.number')
    .leftJoin('contact_action_done', 'contact_action_done.contact_number', 'school_contact.number')
    .select([
      'school_contact.id',
      'school_contact.school_number as school',
      'school_contact.kind',
      'school_contact.day',
      'school_contact.minutes',
      'school_contact.with_whom as withWhom',
      'school_contact.said',
      'school_contact.outcome',
      'school_contact.at',
      nameOfPerson('school_contact.by_person').as('by'),
      'contact_action.what',
      nameOfPerson('contact_action.owner_person').as('owner'),
      'contact_action.due',
      'contact_action_done.at as doneAt',
      nameOfPerson('contact_action_done.by_person').as('doneBy'),
    ])
    .orderBy('school_contact.day', 'desc')
    .orderBy('school_contact.number', 'desc')

type Row = Awaited<ReturnType<ReturnType<typeof contacts>['execute']>>[number]

const asContact = ({ what, owner, due, doneAt, doneBy, ...contact }: Row): Contact => ({
  ...contact,
  action: what === null || due === null ? null : { what, owner, due, doneAt, doneBy },
})

/** The contacts of the viewer's virtual school with one school, latest first. */
export const contactsWith = async (query: Query, scope: Scope, school: number): Promise<readonly Contact[]> =>
  (
    await contacts(query)
      .where('school_contact.school_number', '=', school)
      .where(worksOnReturns(scope, 'school_contact.virtual_school_number'))
      .execute()
  ).map(asContact)

/** The contacts of the viewer's virtual school with something still to do, soonest due first. */
export const openActions = async (query: Query, scope: Scope): Promise<readonly Contact[]> =>
  (
    await contacts(query)
      .clearOrderBy()
      .where('contact_action.due', 'is not', null)
      .where('contact_action_done.at', 'is', null)
      .where(worksOnReturns(scope, 'school_contact.virtual_school_number'))
      .orderBy('contact_action.due')
      .orderBy('school_contact.number')
      .execute()
  ).map(asContact)

/** When the viewer's virtual school last tried each school, and last reached somebody there. */
export const lastContacts = async (
  query: Query,
  scope: Scope,
): Promise<ReadonlyMap<number, { readonly tried: PlainDate; readonly reached: PlainDate | null }>> => {
  const rows = await query
    .selectFrom('school_contact')
    .select('school_contact.school_number as school')
    .select(sql<PlainDate>`max(school_contact.day)`.as('tried'))
    .select(
      sql<PlainDate | null>`max(case when school_contact.outcome not in (select value from
        json_each(${JSON.stringify(unreached)})) then school_contact.day end)`.as('reached'),
    )
    .where(worksOnReturns(scope, 'school_contact.virtual_school_number'))
    .groupBy('school_contact.school_number')
    .execute()
  return new Map(rows.map(({ school, tried, reached }) => [school, { tried, reached }]))
}

/** What the contacts since a day have cost: how many, and the minutes of those that say how long they took. */
export const contactCosts = async (query: Query, scope: Scope, since: PlainDate) =>
  query
    .selectFrom('school_contact')
    .select([
      sql<number>`count(*)`.as('contacts'),
      sql<number>`count(school_contact.minutes)`.as('timed'),
      sql<number>`coalesce(sum(school_contact.minutes), 0)`.as('minutes'),
    ])
    .where('school_contact.day', '>=', since)
    .where(worksOnReturns(scope, 'school_contact.virtual_school_number'))
    .executeTakeFirstOrThrow()

export type NewContact = Omit<Contact, 'id' | 'by' | 'action'> & {
  readonly id: PublicId
  readonly virtualSchool: number
  readonly by: number
  readonly action: { readonly what: string; readonly owner: number; readonly due: PlainDate } | null
}

/** Logs a contact, with what is to be done next. */
export const logContact = (query: Query, contact: NewContact): readonly Statement[] => [
  query.insertInto('school_contact').values({
    id: contact.id,
    virtual_school_number: contact.virtualSchool,
    school_number: contact.school,
    kind: contact.kind,
    day: contact.day,
    minutes: contact.minutes,
    with_whom: contact.withWhom,
    said: contact.said,
    outcome: contact.outcome,
    at: contact.at,
    by_person: contact.by,
  }),
  ...(contact.action
    ? [
        statement(
          `insert into contact_action (contact_number, what, owner_person, due)
           values ((select number from school_contact where id = ?), ?, ?, ?)`,
          [contact.id, contact.action.what, contact.action.owner, contact.action.due],
        ),
      ]
    : []),
]

/** Says that what was to be done is done: a Conflict where somebody has said so already. */
export const actionDone = (contact: string, at: Instant, by: number): Statement =>
  statement(
    `insert into contact_action_done (contact_number, at, by_person)
     values ((select number from school_contact where id = ?), ?, ?)`,
    [contact, at, by],
  )

/** When somebody of the viewer's virtual school last found each school's contacts right, and who. */
export const contactChecks = async (
  query: Query,
  scope: Scope,
): Promise<ReadonlyMap<number, { readonly day: PlainDate; readonly by: string }>> => {
  const rows = await query
    .selectFrom('contact_check')
    .select(['contact_check.school_number as school', nameOfPerson('contact_check.by_person').as('by')])
    .select(sql<PlainDate>`max(contact_check.day)`.as('day'))
    .where(worksOnReturns(scope, 'contact_check.virtual_school_number'))
    .groupBy('contact_check.school_number')
    .execute()
  return new Map(rows.map(({ school, day, by }) => [school, { day, by }]))
}

/** Notes that a school's contacts were found right today; twice a day changes nothing. */
export const noteChecked = (check: {
  readonly virtualSchool: number
  readonly school: number
  readonly day: PlainDate
  readonly at: Instant
  readonly by: number
}): Statement =>
  statement(
    'insert or ignore into contact_check (virtual_school_number, school_number, day, at, by_person) values (?, ?, ?, ?, ?)',
    [check.virtualSchool, check.school, check.day, check.at, check.by],
  )
