import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { draftsPupilAt, worksAt } from './scope.ts'
import { insertMany, statement } from './statement.ts'

/** The newest wording of one answer that a school typed on screen. */
export type Draft = {
  readonly round: number
  readonly pupil: number
  readonly school: number
  readonly item: string
  readonly version: number
  /** As typed; empty where it was taken back. */
  readonly raw: string
  readonly savedBy: string
  readonly savedAt: Instant
  /** It went with an import that is published, and says nothing of its own any more. */
  readonly sent: boolean
}

/** The newest drafts about pupils in rounds: a school's own, never a council's to read. All are numbers. */
export const draftsInRounds = async (
  query: Query,
  scope: Scope,
  rounds: readonly number[],
  pupils: readonly number[],
): Promise<readonly Draft[]> => {
  const rows = await readDrafts(query, scope, { rounds: asList(rounds), pupils: asList(pupils) })
  return rows.map((row) => ({ ...row, sent: row.sent === 1 }))
}

const readDrafts = scopedRead((query, scope, { rounds, pupils }: { rounds: string; pupils: string }) =>
  query
    .selectFrom('draft_answer')
    .select([
      'draft_answer.round_number as round',
      'draft_answer.pupil_number as pupil',
      'draft_answer.school_number as school',
      'draft_answer.item',
      'draft_answer.version',
      'draft_answer.raw',
      nameOfPerson('draft_answer.saved_by').as('savedBy'),
      'draft_answer.saved_at as savedAt',
      sql<number>`exists (select 1 from import i where i.number = draft_answer.sent_in and i.state = 'published')`.as(
        'sent',
      ),
    ])
    .where(isAmong('draft_answer.round_number', rounds))
    .where(isAmong('draft_answer.pupil_number', pupils))
    .where(draftsPupilAt(scope, 'draft_answer.pupil_number', 'draft_answer.school_number'))
    .where(
      sql<boolean>`draft_answer.version = (select max(n.version) from draft_answer n
        where n.round_number = draft_answer.round_number and n.pupil_number = draft_answer.pupil_number
        and n.school_number = draft_answer.school_number and n.item = draft_answer.item)`,
    ),
)

/** One wording to keep, under the version after the one its writer saw. */
export type NewDraft = Pick<Draft, 'round' | 'pupil' | 'school' | 'item' | 'version' | 'raw'>

/** Keeps wordings. A Conflict where somebody else has saved one of them meanwhile. */
export const saveDrafts = (drafts: readonly NewDraft[], at: Instant, by: number): readonly Statement[] =>
  insertMany(
    'draft_answer',
    ['round_number', 'pupil_number', 'school_number', 'item', 'version', 'raw', 'saved_by', 'saved_at'],
    drafts.map((one) => [one.round, one.pupil, one.school, one.item, one.version, one.raw, by, at]),
  )

/**
 * Notes, in the commit that publishes an import, that the drafts of what it answers went with it. A draft saved after
 * the import was made stays: it is newer than what was sent.
 */
export const draftsWentWith = (importNumber: number): Statement =>
  statement(
    `insert into draft_answer (round_number, pupil_number, school_number, item, version, raw, saved_by, saved_at, sent_in)
     select d.round_number, d.pupil_number, d.school_number, d.item, d.version + 1, d.raw, d.saved_by, d.saved_at, i.number
     from import i
     join delivery l on l.number = i.delivery_number
     join draft_answer d on d.round_number = i.round_number and d.school_number = i.school_number
     where i.number = ? and d.saved_at <= l.sent_at
       and d.version = (select max(n.version) from draft_answer n where n.round_number = d.round_number
         and n.pupil_number = d.pupil_number and n.school_number = d.school_number and n.item = d.item)
       and exists (select 1 from answer_fact f
         join import_row r on r.import_number = f.import_number and r.row_number = f.row_number and r.state = 'ready'
         where f.pupil_number = d.pupil_number and f.round_number = d.round_number
           and f.school_number = d.school_number and f.item = d.item and f.import_number = i.number
           and f.state <> 'unread')`,
    [importNumber],
  )

/** Notes who asked whom at a school to carry on with its return. */
export const noteHandover = (
  query: Query,
  handover: { readonly school: number; readonly at: Instant; readonly to: number; readonly by: number },
): Statement =>
  query.insertInto('return_handover').values({
    school_number: handover.school,
    at: handover.at,
    to_person: handover.to,
    by_person: handover.by,
  })

/** Who was last asked to carry on with the return of each of the viewer's schools. */
export const handovers = async (query: Query, scope: Scope) =>
  query
    .selectFrom('return_handover')
    .select([
      'return_handover.school_number as school',
      sql<Instant>`max(return_handover.at)`.as('at'),
      'return_handover.to_person as to',
      nameOfPerson('return_handover.to_person').as('toName'),
      nameOfPerson('return_handover.by_person').as('byName'),
    ])
    .where(worksAt(scope, 'return_handover.school_number'))
    .groupBy('return_handover.school_number')
    .execute()
