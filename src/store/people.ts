import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { PublicId } from '../domain/identifiers.ts'
import { councilRoles, type Part, type Scope, schoolRoles } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { openRead, scopedRead } from './read.ts'
import { ofOwnCouncil, worksAt, worksAtFor } from './scope.ts'
import { insertMany } from './statement.ts'

export type Person = { readonly number: number; readonly id: string; readonly email: string }

/** The person with an e-mail address, where there is one who may still sign in. Before any scope: signing in. */
export const personByEmail = async (query: Query, email: string): Promise<Person | undefined> =>
  query
    .selectFrom('person')
    .select(['number', 'id', 'email'])
    .where('email', '=', email.trim().toLowerCase())
    .where('disabled_at', 'is', null)
    .executeTakeFirst()

const today = (day: PlainDate) =>
  sql<boolean>`(appointment.first_day is null or appointment.first_day <= ${day})
    and (appointment.last_day is null or appointment.last_day >= ${day})`

const readParts = openRead((query, { person, day }: { person: number; day: PlainDate }) =>
  query
    .selectFrom('appointment')
    .innerJoin('virtual_school', 'virtual_school.number', 'appointment.virtual_school_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'appointment.school_number')
    .select([
      'appointment.school_number',
      'appointment.virtual_school_number',
      'appointment.role',
      'appointment.name',
      'virtual_school.name as council',
      'school_detail.name as school',
      'school_detail.phase',
    ])
    .where('appointment.person_number', '=', person)
    .where(today(day))
    .orderBy('school_detail.name')
    .orderBy('virtual_school.name'),
)

/** A part a person may act in today, with the words to call it by. */
export type NamedPart = {
  readonly part: Part
  readonly name: string
  readonly at: string
  readonly role: string
  /** The phases of the schools, as the roll or a register words them; none for a part in a virtual school. */
  readonly phases: readonly (string | null)[]
}

/** The parts a person may act in on a day: their schools taken together, and each role in a virtual school. */
export const partsOf = async (query: Query, person: number, day: PlainDate): Promise<readonly NamedPart[]> => {
  const rows = await readParts(query, { person, day })
  const schools = rows.filter((row) => row.school_number > 0)
  const parts: NamedPart[] = []
  const first = schools[0]
  if (first) {
    const names = [...new Set(schools.map((row) => row.school ?? ''))]
    const role = schoolRoles.find((known) => schools.some((row) => row.role === known)) ?? 'colleague'
    const phases = [...new Set(schools.map(({ phase }) => phase))]
    parts.push({ part: { kind: 'school' }, name: first.name ?? '', at: names.join(', '), role, phases })
  }
  for (const row of rows) {
    const role = councilRoles.find((known) => known === row.role)
    if (row.school_number > 0 || !role) continue
    parts.push({
      part: { kind: 'council', virtualSchool: row.virtual_school_number, role },
      name: row.name ?? '',
      at: row.council,
      role,
      phases: [],
    })
  }
  return parts
}

/** A person's part at a school or in a virtual school, as listed for those who may see it. */
export type Appointed = {
  readonly person: string
  readonly personNumber: number
  readonly email: string
  readonly name: string
  readonly role: string
  readonly firstDay: PlainDate | null
  readonly lastDay: PlainDate | null
  readonly virtualSchool: number
  readonly school: number
  /** The school's public id; empty for a part in a council's own team. */
  readonly schoolId: string
  readonly schoolName: string
  readonly schoolPhase: string | null
}

const appointed = (query: Query, day: PlainDate) =>
  query
    .selectFrom('appointment')
    .innerJoin('person', 'person.number', 'appointment.person_number')
    .leftJoin('school', 'school.number', 'appointment.school_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'appointment.school_number')
    .select([
      'person.id as person',
      'person.number as personNumber',
      'person.email',
      sql<string>`coalesce(appointment.name, '')`.as('name'),
      'appointment.role',
      'appointment.first_day as firstDay',
      'appointment.last_day as lastDay',
      'appointment.virtual_school_number as virtualSchool',
      'appointment.school_number as school',
      sql<string>`coalesce(school.id, '')`.as('schoolId'),
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'school_detail.phase as schoolPhase',
    ])
    .where(today(day))
    .orderBy('appointment.role')
    .orderBy('appointment.name')

/** Who works for looked-after children at the person's own schools today. */
export const peopleAtOwnSchools = async (query: Query, scope: Scope): Promise<readonly Appointed[]> =>
  appointed(query, scope.today)
    .where('appointment.school_number', '>', 0)
    .where(worksAt(scope, 'appointment.school_number'))
    .execute()

/** The people of the viewer's own virtual school, and those at schools for whom it vouches. */
export const peopleOfCouncil = async (query: Query, scope: Scope): Promise<readonly Appointed[]> =>
  appointed(query, scope.today).where(ofOwnCouncil(scope, 'appointment.virtual_school_number')).execute()

/** The schools at which somebody leads today, as the viewer's own virtual school vouches. */
export const ledSchools = async (query: Query, scope: Scope): Promise<ReadonlySet<number>> => {
  const [row] = await readLedSchools(query, scope, {})
  return new Set(JSON.parse(row?.schools ?? '[]') as readonly number[])
}

const readLedSchools = scopedRead((query, scope) =>
  query
    .selectFrom('appointment')
    .select(sql<string>`json_group_array(distinct appointment.school_number)`.as('schools'))
    .where('appointment.role', '=', 'designated_teacher')
    .where(today(scope.today))
    .where(ofOwnCouncil(scope, 'appointment.virtual_school_number')),
)

/** Makes sure that people with these e-mail addresses exist; a repeat changes nothing. */
export const addPeople = (people: readonly { readonly id: PublicId; readonly email: string }[]): readonly Statement[] =>
  insertMany(
    'person',
    ['id', 'email'],
    people.map((person) => [person.id, person.email.toLowerCase()]),
    { orIgnore: true },
  )

/** A session as the next request needs it. */
export type Session = {
  readonly id: string
  readonly person: Person
  readonly part: string
  readonly trusted: boolean
  readonly expiresAt: Instant
  readonly seenAt: Instant
}

/** The running session with a token's hash. Before any scope: it makes the scope. */
export const sessionByToken = async (query: Query, tokenHash: string, now: Instant): Promise<Session | undefined> => {
  const [row] = await readSession(query, { tokenHash, now })
  return (
    row && {
      id: row.id,
      person: { number: row.number, id: row.personId, email: row.email },
      part: row.part,
      trusted: row.trusted === 1,
      expiresAt: row.expires_at,
      seenAt: row.seen_at,
    }
  )
}

const readSession = openRead((query, { tokenHash, now }: { tokenHash: string; now: Instant }) =>
  query
    .selectFrom('session')
    .innerJoin('person', 'person.number', 'session.person_number')
    .select(['session.id', 'session.part', 'session.trusted', 'session.expires_at', 'session.seen_at'])
    .select(['person.number', 'person.id as personId', 'person.email'])
    .where('session.token_hash', '=', tokenHash)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', now)
    .where('person.disabled_at', 'is', null),
)

/** The running sessions of one person, newest first. */
export const sessionsOf = async (query: Query, person: number, now: Instant) =>
  query
    .selectFrom('session')
    .select(['id', 'created_at as createdAt', 'seen_at as seenAt', 'expires_at as expiresAt', 'trusted'])
    .where('person_number', '=', person)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute()

export type NewSession = {
  readonly tokenHash: string
  readonly id: PublicId
  readonly person: number
  readonly part: string
  readonly trusted: boolean
  readonly at: Instant
  readonly expiresAt: Instant
}

/** Starts a session. */
export const startSession = (query: Query, session: NewSession): Statement =>
  query.insertInto('session').values({
    token_hash: session.tokenHash,
    id: session.id,
    person_number: session.person,
    part: session.part,
    trusted: session.trusted ? 1 : 0,
    created_at: session.at,
    seen_at: session.at,
    expires_at: session.expiresAt,
    ended_at: null,
  })

/** Notes that a session is in use, and when it would now end. */
export const keepSession = (query: Query, id: string, at: Instant, expiresAt: Instant): Statement =>
  query.updateTable('session').set({ seen_at: at, expires_at: expiresAt }).where('id', '=', id)

/** Turns a session to another part of the same person. */
export const turnSession = (query: Query, id: string, part: string): Statement =>
  query.updateTable('session').set({ part }).where('id', '=', id)

/** Ends one session of a person. */
export const endSession = (query: Query, person: number, id: string, at: Instant): Statement =>
  query
    .updateTable('session')
    .set({ ended_at: at })
    .where('person_number', '=', person)
    .where('id', '=', id)
    .where('ended_at', 'is', null)

/** Ends every session of a person: "sign out everywhere", or when they may no longer sign in. */
export const endSessions = (query: Query, person: number, at: Instant): Statement =>
  query.updateTable('session').set({ ended_at: at }).where('person_number', '=', person).where('ended_at', 'is', null)

/** The text that a session keeps for a part. */
export const writePart = (part: Part): string =>
  part.kind === 'council' ? `council:${part.virtualSchool}:${part.role}` : part.kind

/**
 * Who answers, leads and deputises at a school, as the answers that a workbook offers already filled in, by item code.
 * `person` is who takes the workbook.
 */
export const contactsAt = async (
  query: Query,
  scope: Scope,
  school: number,
  person: number,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await query
    .selectFrom('appointment')
    .innerJoin('person', 'person.number', 'appointment.person_number')
    .select(['appointment.person_number as person', 'appointment.name', 'appointment.role', 'person.email'])
    .where('appointment.school_number', '=', school)
    .where(today(scope.today))
    .where(worksAtFor(scope, 'appointment.school_number', 'appointment.virtual_school_number'))
    .orderBy('appointment.person_number')
    .execute()
  const offered = new Map<string, string>()
  const offer = (item: string, row: (typeof rows)[number] | undefined) => {
    if (row?.name) offered.set(`${item}_name`, row.name)
    if (row) offered.set(`${item}_email`, row.email)
  }
  offer(
    'answered_by',
    rows.find((row) => row.person === person),
  )
  offer(
    'lead',
    rows.find(({ role }) => role === 'designated_teacher'),
  )
  offer(
    'deputy',
    rows.find(({ role }) => role === 'deputy'),
  )
  return offered
}

/** The virtual schools that vouch for the viewer at a school today: those whose children a file of theirs may be about. */
export const vouchedFor = async (query: Query, scope: Scope, school: number): Promise<readonly number[]> => {
  const rows = await query
    .selectFrom('appointment')
    .select('appointment.virtual_school_number as virtualSchool')
    .distinct()
    .where('appointment.school_number', '=', school)
    .where('appointment.person_number', '=', scope.person)
    .where(today(scope.today))
    .where(worksAtFor(scope, 'appointment.school_number', 'appointment.virtual_school_number'))
    .execute()
  return rows.map(({ virtualSchool }) => virtualSchool)
}

/** Takes a person's sign-in away, whatever parts they have. */
export const disablePerson = (query: Query, person: number, at: Instant): Statement =>
  query.updateTable('person').set({ disabled_at: at }).where('number', '=', person)

/** The virtual schools that have ever given a person a part: whose business it is whether they may sign in. */
export const councilsVouchingFor = async (query: Query, person: number): Promise<readonly number[]> => {
  const rows = await query
    .selectFrom('appointment')
    .select('virtual_school_number as council')
    .distinct()
    .where('person_number', '=', person)
    .execute()
  return rows.map(({ council }) => council)
}
