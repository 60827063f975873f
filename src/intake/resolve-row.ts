import type { PlainDate } from '../domain/dates.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { dueRows, pupilFacts } from '../store/answers.ts'
import { audit } from '../store/audit.ts'
import { Conflict, type Query } from '../store/db.ts'
import { factsOfImport } from '../store/import-rows.ts'
import { overlaysOfRounds, roundsByNumber } from '../store/rounds.ts'
import { assertOne, statement } from '../store/statement.ts'
import { type ImportChange, publishStatements } from './publish.ts'
import { returnPrecedence } from './receive-return.ts'
import type { StagedFacts } from './stage.ts'
import { asAnswer, insertTranslated, translatedAnswers, translatingAt } from './translate.ts'

/** A row nobody could match, as a person decides about it. */
export type UnmatchedRow = {
  readonly importNumber: number
  readonly importId: string
  readonly rowNumber: number
  readonly virtualSchool: number
  /** What the row brings beside a return's answers, as facts of the pupil named, and how they rank among others. */
  readonly brings?: { readonly precedence: number; readonly facts: readonly StagedFacts[] }
  /** Whether the row is of an attendance file: its marks or totals wait beside it, and rank as the file does. */
  readonly ofAttendance?: boolean
}

type Said = { readonly by: number; readonly part: string }

const unmatchedInUse = `select count(*) from import_row r join import i on i.number = r.import_number
  where r.import_number = ? and r.row_number = ? and r.state = 'unmatched' and i.state = 'published'`

const stillUnmatched = (row: UnmatchedRow) => assertOne(unmatchedInUse, [row.importNumber, row.rowNumber])

/**
 * When care ends new data ends, and a transfer file speaks of a pupil once: asked where it is written, so that a seal or
 * another row that comes between is seen.
 */
const takesWhatIsBrought = (row: UnmatchedRow, pupil: number, today: PlainDate) =>
  assertOne(
    `select count(*) from pupil p where p.number = ? and p.virtual_school_number = ?
       and exists (select 1 from care_period k where k.pupil_number = p.number
         and (k.first_day is null or k.first_day <= ?) and (k.last_day is null or k.last_day >= ?))
       and not exists (select 1 from care_period e where e.pupil_number = p.number and e.end_reason = 'adopted')
       and not exists (select 1 from pupil_guard g where g.pupil_number = p.number and g.kind = 'sealed')
       and not exists (select 1 from import file join import i on i.delivery_number = file.delivery_number
         join import_row r on r.import_number = i.number
         where file.number = ? and ? = 0 and i.state in ('staged', 'published') and r.pupil_number = p.number and r.state = 'ready')`,
    [pupil, row.virtualSchool, today, today, row.importNumber, row.ofAttendance ? 1 : 0],
  )

const decide = (row: UnmatchedRow, reason: string, said: Said, at: string) =>
  statement(
    `update import_row set state = 'set_aside', reason = ?, decided_by = ?, decided_at = ?
     where import_number = ? and row_number = ?`,
    [reason, said.by, at, row.importNumber, row.rowNumber],
  )

/** What the school's scale gives for the grades of an unmatched row, now that its pupil is known. */
const translatedRow = async (query: Query, scope: Scope, row: UnmatchedRow, pupil: number) => {
  const facts = (await factsOfImport(query, scope, row.importNumber)).filter((one) => one.rowNumber === row.rowNumber)
  const of = await query
    .selectFrom('import')
    .select(['round_number as round', 'school_number as school'])
    .where('number', '=', row.importNumber)
    .executeTakeFirst()
  const numbers = of?.round ? [of.round] : []
  const [[round], due, pupilsFacts, overlays] = await Promise.all([
    roundsByNumber(query, numbers),
    dueRows(query, scope, numbers, [pupil]),
    pupilFacts(query, scope, [pupil]),
    overlaysOfRounds(query, numbers),
  ])
  const one = due.find(({ school }) => school === of?.school)
  if (!round || !one) return []
  const against = {
    term: round.term,
    overlay: overlays.get(round.number) ?? new Map(),
    facts: pupilsFacts.get(pupil) ?? new Set(),
  }
  return translatedAnswers(facts.map(asAnswer), one, against, await translatingAt(query, scope, one.school, due))
}

const insertBrought = (importId: string, { family, columns, rows }: StagedFacts) =>
  statement(
    `insert or ignore into ${family}_fact (import_number, ${columns.join(', ')})
     select (select number from import where id = ?), ${columns.map((_, at) => `value ->> ${at}`).join(', ')}
     from json_each(?)`,
    [importId, JSON.stringify(rows)],
  )

const totalColumns =
  'kind, first_day, last_day, possible, attended, authorised, unauthorised, reasons, percentage, basis'

/** Where a line names no school it is the one where the child was on its last day, as for a line that fitted somebody. */
const schoolBy = (day: string) => `case school_number when 0 then coalesce((select p.school_number from place p
  where p.pupil_number = ? and p.first_day <= ${day} order by p.first_day desc limit 1), 0) else school_number end`

/** The marks and totals that wait with a row of an attendance file, as facts of the pupil named. */
const insertAttendance = (importId: string, row: UnmatchedRow, pupil: number) =>
  [
    `insert into mark_week_fact (import_number, row_number, pupil_number, school_number, week, ordinal, marks, said, lines)
     select (select number from import where id = ?), row_number, ?,
       ${schoolBy(`date('1970-01-05', '+' || (mark_week_fact.week * 7 + 6) || ' days')`)}, week, ordinal, marks, said, lines
     from mark_week_fact where import_number = ? and row_number = ?`,
    `insert into attendance_total_fact (import_number, row_number, pupil_number, school_number, ${totalColumns})
     select (select number from import where id = ?), row_number, ?, ${schoolBy('attendance_total_fact.last_day')}, ${totalColumns}
     from attendance_total_fact where import_number = ? and row_number = ?`,
  ].map((sql) => statement(sql, [importId, pupil, pupil, row.importNumber, row.rowNumber]))

/**
 * Gives an unmatched row's answers to the pupil a person named: as an import of its own beside the file's, so that the
 * cells stay its source and the match can be taken back by itself. Somebody else's decision in between wins; what a row
 * brings fits no pupil who is out of care, or of whom the file has a row already.
 */
export const matchRowTo = async (
  runtime: Runtime,
  scope: Scope,
  row: UnmatchedRow,
  pupil: number,
  said: Said,
): Promise<'matched' | 'fits-not' | 'changed-meanwhile'> => {
  const { db } = runtime
  const at = runtime.now()
  const id = newPublicId()
  const translated = await translatedRow(db.query, scope, row, pupil)
  try {
    await db.commit([
      stillUnmatched(row),
      ...(row.brings || row.ofAttendance ? [takesWhatIsBrought(row, pupil, scope.today)] : []),
      statement(
        `insert into import (id, delivery_number, virtual_school_number, round_number, school_number, precedence, state)
         select ?, delivery_number, virtual_school_number, round_number, school_number,
           coalesce(?, precedence), 'staged' from import where number = ?`,
        [id, row.ofAttendance ? null : (row.brings?.precedence ?? returnPrecedence), row.importNumber],
      ),
      statement(
        `insert into import_row (import_number, row_number, state, pupil_number, sheet, reference, upn_sent, upn_cell,
           surname_sent, forename_sent, born_sent, kind, lines, decided_by, decided_at)
         select (select number from import where id = ?), row_number, 'ready', ?, sheet, reference, upn_sent, upn_cell,
           surname_sent, forename_sent, born_sent, 'matched', lines, ?, ? from import_row where import_number = ? and row_number = ?`,
        [id, pupil, said.by, at, row.importNumber, row.rowNumber],
      ),
      statement(
        `insert into answer_fact (import_number, row_number, item, round_number, pupil_number, school_number, state, value,
           raw, sheet, cell, line)
         select (select number from import where id = ?), row_number, item, round_number, ?, school_number, state, value,
           raw, sheet, cell, line from answer_fact where import_number = ? and row_number = ?`,
        [id, pupil, row.importNumber, row.rowNumber],
      ),
      ...translated.map((one) => insertTranslated(id, row.rowNumber, one)),
      ...(row.brings?.facts ?? []).map((one) => insertBrought(id, one)),
      ...(row.ofAttendance ? insertAttendance(id, row, pupil) : []),
      decide(row, 'matched by a person', said, at),
    ])
    const { number } = await db.query
      .selectFrom('import')
      .select('number')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const change: ImportChange = { id, number, virtualSchool: row.virtualSchool, by: said.by, part: said.part }
    await db.commit([
      ...publishStatements(db.query, change, at),
      audit(db.query, {
        at,
        person: scope.person,
        part: said.part,
        action: 'row matched',
        pupil,
        virtualSchool: row.virtualSchool,
        subject: row.importId,
      }),
    ])
    return 'matched'
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
    const [waits] = await db.query.read(unmatchedInUse, [row.importNumber, row.rowNumber])
    return waits && Object.values(waits)[0] === 1 ? 'fits-not' : 'changed-meanwhile'
  }
}

/** Sets an unmatched row aside with a reason: it is nobody's, and stays readable as sent. */
export const setUnmatchedAside = async (
  runtime: Runtime,
  row: UnmatchedRow,
  reason: string,
  said: Said,
): Promise<'set-aside' | 'changed-meanwhile'> => {
  const at = runtime.now()
  try {
    await runtime.db.commit([
      stillUnmatched(row),
      decide(row, reason.slice(0, 300), said, at),
      audit(runtime.db.query, {
        at,
        person: said.by,
        part: said.part,
        action: 'row set aside',
        virtualSchool: row.virtualSchool,
        subject: row.importId,
      }),
    ])
    return 'set-aside'
  } catch (problem) {
    if (problem instanceof Conflict) return 'changed-meanwhile'
    throw problem
  }
}
