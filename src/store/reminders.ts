import { sql } from 'kysely'
import type { ReminderRule } from '../domain/chasing.ts'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { worksOnReturns } from './scope.ts'
import { assertOne } from './statement.ts'

/** The reminders that the viewer's virtual school has sent each school: in one week, in all since a day, and the last. */
export const remindersSent = async (query: Query, scope: Scope, week: PlainDate, since: Instant) => {
  const rows = await query
    .selectFrom('reminder')
    .select([
      'reminder.school_number as school',
      sql<number>`sum(reminder.week = ${week})`.as('inWeek'),
      sql<number>`sum(reminder.at >= ${since})`.as('since'),
      sql<Instant>`max(reminder.at)`.as('last'),
    ])
    .where(worksOnReturns(scope, 'reminder.virtual_school_number'))
    .groupBy('reminder.school_number')
    .execute()
  return new Map(rows.map(({ school, inWeek, since, last }) => [school, { inWeek, since, last }]))
}

/** Each reminder of the viewer's virtual school to one school, latest first. */
export const remindersTo = async (query: Query, scope: Scope, school: number) =>
  query
    .selectFrom('reminder')
    .select(['reminder.at', 'reminder.recipients', nameOfPerson('reminder.by_person').as('by')])
    .where('reminder.school_number', '=', school)
    .where(worksOnReturns(scope, 'reminder.virtual_school_number'))
    .orderBy('reminder.at', 'desc')
    .execute()

/**
 * Notes the next reminder of a week to a school, in the commit of its mail. Its place in the week is what its sender saw
 * free: a Conflict where somebody has taken it, or where it is more than the virtual school allows itself.
 */
export const noteReminder = (
  query: Query,
  reminder: {
    readonly virtualSchool: number
    readonly school: number
    readonly week: PlainDate
    readonly ordinal: number
    readonly most: number
    readonly recipients: number
    readonly at: Instant
    readonly by: number | null
  },
): readonly Statement[] => [
  assertOne(
    `select (? between 1 and ?) and (select count(*) from reminder where virtual_school_number = ? and school_number = ?
       and week = ?) = ? - 1`,
    [reminder.ordinal, reminder.most, reminder.virtualSchool, reminder.school, reminder.week, reminder.ordinal],
  ),
  query.insertInto('reminder').values({
    virtual_school_number: reminder.virtualSchool,
    school_number: reminder.school,
    week: reminder.week,
    ordinal: reminder.ordinal,
    recipients: reminder.recipients,
    at: reminder.at,
    by_person: reminder.by,
  }),
]

/** How a virtual school has set its reminders. */
export type ReminderSetting = ReminderRule & {
  readonly version: number
  readonly reason: string
  readonly at: Instant
  readonly by: string
}

/** How the viewer's virtual school has set its reminders; undefined where it never did. */
export const reminderSetting = async (query: Query, scope: Scope): Promise<ReminderSetting | undefined> =>
  query
    .selectFrom('reminder_setting')
    .select([
      'reminder_setting.version',
      'reminder_setting.a_week as aWeek',
      'reminder_setting.days_before as daysBefore',
      'reminder_setting.reason',
      'reminder_setting.at',
      nameOfPerson('reminder_setting.by_person').as('by'),
    ])
    .where(worksOnReturns(scope, 'reminder_setting.virtual_school_number'))
    .orderBy('reminder_setting.version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Sets how a virtual school reminds, under the version after the one its writer saw. */
export const setReminders = (
  query: Query,
  virtualSchool: number,
  setting: Omit<ReminderSetting, 'by'> & { readonly by: number },
): Statement =>
  query.insertInto('reminder_setting').values({
    virtual_school_number: virtualSchool,
    version: setting.version,
    a_week: setting.aWeek,
    days_before: setting.daysBefore,
    reason: setting.reason,
    at: setting.at,
    by_person: setting.by,
  })

/** The virtual schools that have ever set their reminders: the only ones whose reminders may go out by themselves. */
export const councilsThatSet = async (query: Query): Promise<readonly number[]> => {
  const rows = await query
    .selectFrom('reminder_setting')
    .select('virtual_school_number as council')
    .distinct()
    .where('days_before', '>', 0)
    .execute()
  return rows.map(({ council }) => council)
}
