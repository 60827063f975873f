import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { ApplicationEvent, ApplicationState } from '../domain/funding/states.ts'
import type { Statement } from './db.ts'
import { asList } from './read.ts'
import { assertOne, statement } from './statement.ts'

/** A draft of an application to be made. */
export type NewApplication = {
  readonly id: string
  readonly virtualSchool: number
  readonly school: number
  readonly fund: FundCode
  readonly kind: 'child' | 'project'
  readonly typed: string
  readonly pupils: readonly number[]
}

/** Begins a draft. */
export const beginApplication = (draft: NewApplication, at: Instant, by: number | null): readonly Statement[] => [
  statement(
    `insert into application (id, virtual_school_number, school_number, fund, kind, state, events, typed, intervention,
       asked, urgent, made_at, made_by) values (?, ?, ?, ?, ?, 'draft', 0, ?, '', 0, 0, ?, ?)`,
    [draft.id, draft.virtualSchool, draft.school, draft.fund, draft.kind, draft.typed, at, by],
  ),
  statement(
    `insert into application_pupil (application_number, pupil_number)
     select a.number, value from application a, json_each(?) where a.id = ?`,
    [asList(draft.pupils), draft.id],
  ),
]

/** Keeps what was typed into a draft; undone (Conflict) once it has been sent. */
export const saveApplication = (
  id: string,
  draft: { readonly typed: string; readonly intervention: string; readonly asked: Pence; readonly urgent: boolean },
): readonly Statement[] => [
  assertOne("select count(*) from application where id = ? and state = 'draft'", [id]),
  statement('update application set typed = ?, intervention = ?, asked = ?, urgent = ? where id = ?', [
    ...[draft.typed, draft.intervention, draft.asked, draft.urgent ? 1 : 0, id],
  ]),
]

/** Leaves a draft that is about to be sent to the pupils whom its school still may ask for. */
export const keepPupilsOfDraft = (id: string, pupils: readonly number[]): Statement =>
  statement(
    `delete from application_pupil where application_number = (select number from application
       where id = ? and state = 'draft') and pupil_number not in (select value from json_each(?))`,
    [id, asList(pupils)],
  )

/** Something that is to happen to an application. */
export type NewEvent = {
  readonly event: ApplicationEvent
  readonly said?: string
  readonly note?: string
  readonly amount?: Pence | null
  readonly day?: PlainDate | null
  /** Whom one of two agrees to pay, by public id. */
  readonly payee?: string | null
}

/**
 * Lets something happen to an application that had so many events when it was looked at: whoever comes second finds the
 * number taken, and the commit is undone (Conflict).
 */
export const applicationHappens = (
  { id, events }: { readonly id: string; readonly events: number },
  happens: NewEvent,
  to: {
    readonly state: ApplicationState
    readonly agreed?: Pence | null
    readonly year?: FinancialYear | null
  },
  at: Instant,
  by: number | null,
): readonly Statement[] => [
  statement(
    `insert into application_event (application_number, sequence, event, at, by_person, said, note, amount, day,
       payee_number)
     values ((select number from application where id = ?), ?, ?, ?, ?, ?, ?, ?, ?,
       (select number from payee where id = ?))`,
    [
      ...[id, events + 1, happens.event, at, by, happens.said ?? '', happens.note ?? ''],
      ...[happens.amount ?? null, happens.day ?? null, happens.payee ?? null],
    ],
  ),
  statement(
    `update application set state = ?, events = ?, agreed = ?, year = ?,
       decided_at = case when ? in ('approved', 'declined') then ? when ? in ('undone', 'review_asked') then null
         else decided_at end
     where id = ?`,
    [to.state, events + 1, to.agreed ?? null, to.year ?? null, happens.event, at, happens.event, id],
  ),
]

/** Gives a draft that is sent its reference: council, year, a running number; and the moment it was sent. */
export const giveReference = (id: string, year: FinancialYear, at: Instant): Statement =>
  statement(
    `update application set sent_at = ?, reference = (select v.la_code || '-' || printf('%02d', ?) || '-' ||
         printf('%03d', 1 + (select count(*) from application b where b.virtual_school_number = v.number
           and b.reference is not null))
       from virtual_school v where v.number = application.virtual_school_number)
     where id = ? and reference is null`,
    [at, year % 100, id],
  )
