import type { Instant } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import type { PublicId } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { scopedRead } from './read.ts'
import { waitsForReader } from './scope.ts'
import { assertOne, statement } from './statement.ts'

/** A large attendance file that was sent and is read later, by a queue. */
export type WaitingFile = {
  readonly id: PublicId
  readonly school: number | null
  readonly virtualSchool: number | null
  /** The virtual schools that a school's file may speak to, as JSON. */
  readonly virtualSchools: string
  readonly sentBy: number
  readonly fileName: string
  readonly sha256: string
  readonly bytes: number
  readonly layout: number | null
  /** How its saved layout says that columns are read, as JSON; null where its headings say it themselves. */
  readonly mapping: string | null
  readonly attempts: number
  /** The key that opens its bytes. */
  readonly opensWith: string
}

/** Where the bytes of a file that waits are kept until they are read. */
export const waitingKey = (id: string): string => `waiting/${id}`

/** Puts a file on the list of those that wait. */
export const addWaitingFile = (
  file: Omit<WaitingFile, 'mapping' | 'attempts'> & { readonly sentAt: Instant },
): Statement =>
  statement(
    `insert into waiting_file (id, school_number, virtual_school_number, virtual_schools, sent_by, sent_at, file_name,
       sha256, bytes, attendance_layout_number, opens_with, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
    [
      ...[file.id, file.school, file.virtualSchool, file.virtualSchools, file.sentBy, file.sentAt, file.fileName],
      ...[file.sha256, file.bytes, file.layout, file.opensWith],
    ],
  )

/** A file that waits, for the reader of the queue; undefined once it was read, refused or given up. */
export const waitingFile = async (query: Query, id: string): Promise<WaitingFile | undefined> =>
  query
    .selectFrom('waiting_file as w')
    .leftJoin('attendance_layout as l', 'l.number', 'w.attendance_layout_number')
    .select([
      'w.id',
      'w.school_number as school',
      'w.virtual_school_number as virtualSchool',
      'w.virtual_schools as virtualSchools',
      'w.sent_by as sentBy',
      'w.file_name as fileName',
      'w.sha256',
      'w.bytes',
      'w.attendance_layout_number as layout',
      'l.mapping',
      'w.attempts',
      'w.opens_with as opensWith',
    ])
    .where('w.id', '=', id)
    .where('w.state', '<>', 'refused')
    .$narrowType<{ id: PublicId }>()
    .executeTakeFirst()

/** Files that have waited since a moment without being begun, or were begun before it and never ended. */
export const filesLeftWaiting = async (
  query: Query,
  since: Instant,
): Promise<readonly { readonly id: string; readonly sentAt: Instant }[]> =>
  query
    .selectFrom('waiting_file')
    .select(['id', 'sent_at as sentAt'])
    .where('state', '<>', 'refused')
    .where((where) => where(where.fn.coalesce('begun_at', 'sent_at'), '<', since))
    .orderBy('sent_at')
    .limit(20)
    .execute()

/** Begins to read a file: a Conflict where somebody else reads it, who began after `since`. */
export const beginWaitingFile = (id: string, at: Instant, since: Instant): readonly Statement[] => [
  assertOne(
    `select count(*) from waiting_file where id = ? and (state = 'waiting' or (state = 'reading' and begun_at < ?))`,
    [id, since],
  ),
  statement(`update waiting_file set state = 'reading', attempts = attempts + 1, begun_at = ? where id = ?`, [at, id]),
]

/** Lets a file that could not be read just now wait again. */
export const letWaitAgain = (id: string): Statement =>
  statement(`update waiting_file set state = 'waiting' where id = ? and state = 'reading'`, [id])

/** Says why a file was not read: its sender is told, and gives it up. */
export const refuseWaitingFile = (id: string, { code, parameters }: Finding): Statement =>
  statement(`update waiting_file set state = 'refused', code = ?, parameters = ?, opens_with = '' where id = ?`, [
    code,
    JSON.stringify(parameters),
    id,
  ])

/** Takes a file off the list: it was read, or its sender has seen why it was not. */
export const endWaitingFile = (id: string): Statement => statement('delete from waiting_file where id = ?', [id])

/** A file on the list, as its sender sees it. */
export type ListedWaitingFile = {
  readonly id: string
  readonly fileName: string
  readonly sentAt: Instant
  readonly code: string | null
  readonly parameters: string | null
}

/** The files that the viewer's school or virtual school sent and that wait, or were refused, newest first. */
export const waitingFiles = async (query: Query, scope: Scope): Promise<readonly ListedWaitingFile[]> =>
  readWaitingFiles(query, scope, {})

const readWaitingFiles = scopedRead((query, scope) =>
  query
    .selectFrom('waiting_file')
    .select(['id', 'file_name as fileName', 'sent_at as sentAt', 'code', 'parameters'])
    .where(waitsForReader(scope))
    .orderBy('sent_at', 'desc')
    .orderBy('id'),
)
