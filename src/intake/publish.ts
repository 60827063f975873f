import type { Instant } from '../domain/dates.ts'
import type { Runtime } from '../runtime.ts'
import { audit } from '../store/audit.ts'
import { Conflict, type Query, type Statement } from '../store/db.ts'
import { deriveAround } from '../store/derive.ts'
import { assertOne, statement } from '../store/statement.ts'

export type ImportChange = {
  readonly id: string
  readonly number: number
  readonly virtualSchool: number
  readonly by: number | null
  readonly part: string
  readonly reason?: string
  /** Further writes that belong to this change, in its commit: a submission, its receipt, an e-mail. */
  readonly also?: readonly Statement[]
}

const inState = (id: string, state: string) =>
  assertOne('select count(*) from import where id = ? and state = ?', [id, state])

const event = (change: ImportChange, name: string, at: Instant) =>
  statement(
    `insert into import_event (import_number, sequence, event, at, by_person, reason)
     select ?, coalesce(max(sequence), 0) + 1, ?, ?, ?, ? from import_event where import_number = ?`,
    [change.number, name, at, change.by, change.reason ?? '', change.number],
  )

const note = (query: Query, change: ImportChange, action: string, at: Instant) =>
  audit(query, {
    at,
    person: change.by,
    part: change.part,
    action,
    virtualSchool: change.virtualSchool,
    subject: change.id,
  })

/**
 * Decisions that a roll's rows carry and that no withdrawal takes back: a place confirmed by telephone, a child whose
 * place must not be disclosed, and the seal that adoption puts on a record.
 */
const decisions = (change: ImportChange, at: Instant): readonly Statement[] => [
  statement(
    `insert or ignore into place_confirmation (pupil_number, school_number, first_day, how, at, by_person)
     select f.pupil_number, f.school_number, f.first_day, f.confirmed_how, ?, ? from place_fact f
     join import_row r on r.import_number = f.import_number and r.row_number = f.row_number
     where f.import_number = ? and f.confirmed_how is not null and r.state = 'ready'`,
    [at, change.by, change.number],
  ),
  statement(
    `insert or ignore into pupil_guard (pupil_number, kind, at, by_person, reason)
     select f.pupil_number, 'no_disclose', ?, ?, 'roll' from pupil_detail_fact f
     join import_row r on r.import_number = f.import_number and r.row_number = f.row_number
     where f.import_number = ? and f.attribute = 'no_disclose' and f.value = 'Y' and r.state = 'ready'`,
    [at, change.by, change.number],
  ),
  statement(
    `insert or ignore into pupil_guard (pupil_number, kind, at, by_person, reason)
     select f.pupil_number, 'sealed', ?, ?, 'adopted' from care_period_fact f
     join import_row r on r.import_number = f.import_number and r.row_number = f.row_number
     where f.import_number = ? and f.end_reason = 'adopted' and r.state = 'ready'`,
    [at, change.by, change.number],
  ),
]

/** The statements that make one staged import's ready rows visible: all of them go into one commit. */
export const publishStatements = (query: Query, change: ImportChange, at: Instant): readonly Statement[] => [
  inState(change.id, 'staged'),
  statement(
    `update import set state = 'published', published_at = ?,
     publish_order = (select coalesce(max(publish_order), 0) + 1 from import) where id = ?`,
    [at, change.id],
  ),
  event(change, 'published', at),
  ...decisions(change, at),
  ...deriveAround(change.id),
  note(query, change, 'import published', at),
  ...(change.also ?? []),
]

/** Publishes staged imports in one commit: all become visible together, or none. */
export const publishImports = async (
  runtime: Runtime,
  changes: readonly ImportChange[],
): Promise<{ readonly outcome: 'published' | 'changed-meanwhile' }> => {
  const at = runtime.now()
  try {
    await runtime.db.commit(changes.flatMap((change) => publishStatements(runtime.db.query, change, at)))
    return { outcome: 'published' }
  } catch (problem) {
    if (problem instanceof Conflict) return { outcome: 'changed-meanwhile' }
    throw problem
  }
}

/**
 * Takes a published import back: what it said is current no longer, and what it had replaced is current again.
 * People's decisions stay. What it said remains in the history.
 */
export const withdrawImport = async (
  runtime: Runtime,
  change: ImportChange,
): Promise<{ readonly outcome: 'withdrawn' | 'changed-meanwhile' }> => {
  const at = runtime.now()
  try {
    await runtime.db.commit([
      inState(change.id, 'published'),
      statement("update import set state = 'withdrawn', withdrawn_at = ? where id = ?", [at, change.id]),
      event(change, 'withdrawn', at),
      ...deriveAround(change.id),
      note(runtime.db.query, change, 'import withdrawn', at),
      ...(change.also ?? []),
    ])
    return { outcome: 'withdrawn' }
  } catch (problem) {
    if (problem instanceof Conflict) return { outcome: 'changed-meanwhile' }
    throw problem
  }
}

/** Gives up a staged import that was never published: its rows stay unread for ever. */
export const abandonImport = async (runtime: Runtime, change: ImportChange): Promise<void> => {
  const at = runtime.now()
  await runtime.db.commit([
    statement("update import set state = 'abandoned' where id = ? and state in ('staged', 'staging')", [change.id]),
    event(change, 'abandoned', at),
  ])
}
