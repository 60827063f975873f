import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import {
  comparesDatesOfBirth,
  decidesOnMoney,
  readsPupils,
  type Scope,
  seesPayments,
  worksWithReturns,
} from '../domain/scope.ts'

type Condition = Expression<SqlBool>

const never = sql<SqlBool>`0`

/** A column of the read it stands in, as table.column: only ever written in code. */
const column = (name: string): RawBuilder<unknown> => sql.ref(name)

const coversToday = (scope: Scope, alias: string) =>
  sql`(${column(`${alias}.first_day`)} is null or ${column(`${alias}.first_day`)} <= ${scope.today})
    and (${column(`${alias}.last_day`)} is null or ${column(`${alias}.last_day`)} >= ${scope.today})`

/** The pupil is sealed (adopted, protected identity): never read, matched, suggested, counted or exported. */
export const isSealed = (pupil: string): Condition =>
  sql<SqlBool>`(exists (select 1 from pupil_guard g where g.pupil_number = ${column(pupil)} and g.kind = 'sealed')
    or exists (select 1 from care_period e where e.pupil_number = ${column(pupil)} and e.end_reason = 'adopted'))`

const inCare = (scope: Scope, pupil: string) =>
  sql`exists (select 1 from care_period k where k.pupil_number = ${column(pupil)} and ${coversToday(scope, 'k')})`

/** The person works at the school today, as some virtual school vouches: for lists that name no child. */
export const worksAt = (scope: Scope, school: string): Condition =>
  scope.part.kind === 'school'
    ? sql<SqlBool>`${column(school)} in (select a.school_number from appointment a
        where a.person_number = ${scope.person} and ${coversToday(scope, 'a')})`
    : never

/** The person works at the school today, as the virtual school of a round, import or pupil vouches. */
export const worksAtFor = (scope: Scope, school: string, virtualSchool: string): Condition =>
  scope.part.kind === 'intake'
    ? sql<SqlBool>`${column(school)} = ${scope.part.school}
        and ${column(virtualSchool)} in (select value from json_each(${JSON.stringify(scope.part.virtualSchools)}))`
    : scope.part.kind === 'school'
      ? // The school alone first: few rows are of it, and an index finds them.
        sql<SqlBool>`${column(school)} in (select a.school_number from appointment a
          where a.person_number = ${scope.person})
        and exists (select 1 from appointment a where a.person_number = ${scope.person}
          and a.school_number = ${column(school)} and a.virtual_school_number = ${column(virtualSchool)}
          and ${coversToday(scope, 'a')})`
      : never

/** The row belongs to the virtual school the person acts for. */
export const ofOwnCouncil = (scope: Scope, virtualSchool: string): Condition =>
  scope.part.kind === 'council' ? sql<SqlBool>`${column(virtualSchool)} = ${scope.part.virtualSchool}` : never

/**
 * Narrows a list of schools to those that the person's virtual school brought in, or whose people it appointed. No child
 * decides it, and it says nothing of who may read.
 */
export const amongOwnSchools = (scope: Scope, school: string): Condition =>
  scope.part.kind === 'council'
    ? sql<SqlBool>`${column(school)} in (
        select f.school_number from import i join school_detail_fact f on f.import_number = i.number
          where i.virtual_school_number = ${scope.part.virtualSchool} and i.state = 'published'
        union select a.school_number from appointment a where a.virtual_school_number = ${scope.part.virtualSchool})`
    : never

/** The row belongs to the virtual school the person acts for, as somebody who works with its returns. */
export const worksOnReturns = (scope: Scope, virtualSchool: string): Condition =>
  scope.part.kind === 'council' && worksWithReturns(scope.part.role) ? ofOwnCouncil(scope, virtualSchool) : never

const council = (scope: Scope, pupil: string): Condition => {
  if (scope.part.kind !== 'council') return never
  const own = sql`exists (select 1 from pupil o where o.number = ${column(pupil)}
    and o.virtual_school_number = ${scope.part.virtualSchool}) and not ${isSealed(pupil)}`
  const email = sql`(select s.email from person s where s.number = ${scope.person})`
  const attribute = (name: string) =>
    sql`exists (select 1 from pupil_detail d where d.pupil_number = ${column(pupil)} and d.attribute = ${name}
      and lower(d.value) = ${email})`
  if (scope.part.role === 'social_worker') return sql<SqlBool>`(${own} and ${attribute('social_worker_email')})`
  if (!readsPupils(scope.part.role)) return never
  if (scope.part.role === 'head') return sql<SqlBool>`(${own})`
  return sql<SqlBool>`(${own} and (not exists (select 1 from pupil_guard g where g.pupil_number = ${column(pupil)}
    and g.kind = 'no_disclose') or ${attribute('handled_by')}))`
}

/**
 * A confirmed place of the pupil at a school where the person works, vouched for by the pupil's virtual school; for a
 * file, at the school it came from, of a virtual school it may speak to.
 */
const ownPlace = (scope: Scope, pupil: string, when: RawBuilder<unknown>) => {
  const here =
    scope.part.kind === 'intake'
      ? sql`p.school_number = ${scope.part.school}
          and w.virtual_school_number in (select value from json_each(${JSON.stringify(scope.part.virtualSchools)}))`
      : sql`exists (select 1 from appointment a where a.school_number = p.school_number
          and a.virtual_school_number = w.virtual_school_number and a.person_number = ${scope.person}
          and ${coversToday(scope, 'a')})`
  return sql`exists (select 1 from place p
    join place_confirmation c on c.pupil_number = p.pupil_number and c.school_number = p.school_number
      and c.first_day = p.first_day
    join pupil w on w.number = p.pupil_number
    where p.pupil_number = ${column(pupil)} and ${here} and ${when})`
}

/**
 * The person may open the pupil's record today. A school: while the place is confirmed and runs today, and the child is
 * looked after today. A council: its own pupils, by role; a no-disclose child only by who handles it and the head.
 */
export const seesPupil = (scope: Scope, pupil: string): Condition =>
  scope.part.kind === 'council'
    ? council(scope, pupil)
    : sql<SqlBool>`(${ownPlace(scope, pupil, coversToday(scope, 'p'))} and ${inCare(scope, pupil)}
        and not ${isSealed(pupil)})`

/**
 * Narrows a read to the pupils it can be about at all, so that an index finds them: the council's own, or whoever ever
 * had a place at one of the viewer's schools. It says nothing of who may be read: that is for the conditions here.
 */
export const amongOwn = (scope: Scope, pupil: string): Condition => {
  switch (scope.part.kind) {
    case 'council':
      return sql<SqlBool>`${column(pupil)} in (select o.number from pupil o
        where o.virtual_school_number = ${scope.part.virtualSchool})`
    case 'school':
      return sql<SqlBool>`${column(pupil)} in (select p.pupil_number from appointment a
        cross join place p on p.school_number = a.school_number where a.person_number = ${scope.person})`
    case 'intake':
      return sql<SqlBool>`${column(pupil)} in (select p.pupil_number from place p
        where p.school_number = ${scope.part.school})`
  }
}

/** Narrows a read to the virtual schools it can be about at all, as `amongOwn` does to the pupils. */
export const amongOwnCouncils = (scope: Scope, virtualSchool: string): Condition => {
  switch (scope.part.kind) {
    case 'council':
      return sql<SqlBool>`${column(virtualSchool)} = ${scope.part.virtualSchool}`
    case 'school':
      return sql<SqlBool>`${column(virtualSchool)} in (select a.virtual_school_number from appointment a
        where a.person_number = ${scope.person} and ${coversToday(scope, 'a')})`
    case 'intake':
      return sql<SqlBool>`${column(virtualSchool)} in (select value from json_each(${JSON.stringify(scope.part.virtualSchools)}))`
  }
}

const tailRuns = (scope: Scope, alias: string) =>
  sql`${column(`${alias}.last_day`)} >= case when exists (select 1 from pupil_detail y
      where y.pupil_number = ${column(`${alias}.pupil_number`)} and y.attribute = 'year_group' and y.value in ('11', '13'))
    then ${scope.tail.leavers} else ${scope.tail.others} end`

/**
 * The person may finish, correct and read back what their school itself sent of the pupil: while the place is
 * confirmed and has begun, and for a dated tail after it ended, as long as the child is looked after today.
 */
export const followsPupil = (scope: Scope, pupil: string): Condition =>
  scope.part.kind === 'council'
    ? council(scope, pupil)
    : sql<SqlBool>`(${ownPlace(
        scope,
        pupil,
        sql`p.first_day <= ${scope.today} and (p.last_day is null or ${tailRuns(scope, 'p')})`,
      )} and ${inCare(scope, pupil)} and not ${isSealed(pupil)})`

/**
 * The same for one school: `school` names the column of the read. A council reads its own pupils' answers from any
 * school; a school only its own, from the days the tail allows.
 */
export const followsPupilAt = (scope: Scope, pupil: string, school: string): Condition =>
  scope.part.kind === 'council'
    ? council(scope, pupil)
    : sql<SqlBool>`(${ownPlace(
        scope,
        pupil,
        sql`p.school_number = ${column(school)} and p.first_day <= ${scope.today}
          and (p.last_day is null or ${tailRuns(scope, 'p')})`,
      )} and ${inCare(scope, pupil)} and not ${isSealed(pupil)})`

/** The same for what a school has typed and not sent: the school's own, whatever the council may read. */
export const draftsPupilAt = (scope: Scope, pupil: string, school: string): Condition =>
  scope.part.kind === 'council' ? never : followsPupilAt(scope, pupil, school)

/**
 * A file's rows for one virtual school: read by the school that sent them, and, once the school has confirmed them (a
 * draft is the school's own), by who works with returns in that virtual school.
 */
export const readsImport = (scope: Scope): Condition =>
  scope.part.kind === 'council'
    ? worksWithReturns(scope.part.role)
      ? sql<SqlBool>`(${ofOwnCouncil(scope, 'import.virtual_school_number')}
          and (import.school_number is null or import.state in ('published', 'withdrawn')))`
      : never
    : worksAtFor(scope, 'import.school_number', 'import.virtual_school_number')

/** A file that waits to be read: the business of the school that sent it, or of who works with returns where a council did. */
export const waitsForReader = (scope: Scope): Condition =>
  scope.part.kind === 'council'
    ? worksOnReturns(scope, 'waiting_file.virtual_school_number')
    : worksAt(scope, 'waiting_file.school_number')

/**
 * A row of such a file: none of a pupil whom the reader may no longer follow. A row that names no council is nobody's
 * but the school's.
 */
export const readsRow = (scope: Scope): Condition =>
  sql<SqlBool>`(${readsImport(scope)} and (import_row.pupil_number is null
    or ${followsPupil(scope, 'import_row.pupil_number')})
    ${scope.part.kind === 'council' ? sql`and coalesce(import_row.kind, '') <> 'no_council'` : sql``})`

/** A row whose date of birth may be held against the council's own: an officer's and the head's business, nobody else's. */
export const comparesBirthdays = (scope: Scope): Condition =>
  scope.part.kind === 'council' && comparesDatesOfBirth(scope.part.role) ? readsRow(scope) : never

/**
 * The person may know that money was asked for this pupil at a school: the school while it follows the pupil there, the
 * head and an officer as they open its record, a panel's member unless nobody may learn where the child is.
 */
export const namesPupilOfApplication = (scope: Scope, pupil: string, school: string): Condition => {
  if (scope.part.kind !== 'council') return followsPupilAt(scope, pupil, school)
  if (!decidesOnMoney(scope.part.role)) return never
  if (scope.part.role !== 'panel_member') return council(scope, pupil)
  return sql<SqlBool>`(exists (select 1 from pupil o where o.number = ${column(pupil)}
      and o.virtual_school_number = ${scope.part.virtualSchool}) and not ${isSealed(pupil)}
    and not exists (select 1 from pupil_guard g where g.pupil_number = ${column(pupil)} and g.kind = 'no_disclose'))`
}

/** The person works today at the school that asks, or has spoken for it in this application: it is not theirs to decide. */
export const asksThemselves = (scope: Scope): Condition =>
  sql<SqlBool>`(exists (select 1 from appointment a where a.person_number = ${scope.person}
      and a.school_number = application.school_number and ${coversToday(scope, 'a')})
    or exists (select 1 from application_event s where s.application_number = application.number
      and s.by_person = ${scope.person} and s.event in ('sent', 'answered', 'review_asked')))`

/**
 * An application the person may open. A school: its own, of a pupil it follows there. A council: what has been sent, to
 * who decides; to a member of the panel only what is on an agenda, nothing they said they have an interest in, and nothing
 * that they or their own school ask for.
 */
export const readsApplication = (scope: Scope): Condition => {
  const ofSomebody = sql<SqlBool>`exists (select 1 from application_pupil x where x.application_number = application.number
    and ${namesPupilOfApplication(scope, 'x.pupil_number', 'application.school_number')})`
  if (scope.part.kind !== 'council') return scope.part.kind === 'school' ? ofSomebody : never
  if (!decidesOnMoney(scope.part.role)) return never
  const agenda =
    scope.part.role === 'panel_member'
      ? sql`and exists (select 1 from panel_item n where n.application_number = application.number)
          and not exists (select 1 from application_conflict f where f.application_number = application.number
            and f.person_number = ${scope.person})
          and not ${asksThemselves(scope)}`
      : sql``
  return sql<SqlBool>`(application.virtual_school_number = ${scope.part.virtualSchool} and application.sent_at is not null
    and ${ofSomebody} ${agenda})`
}

/** A payment as a reference, a payee and an amount: its school's, and its council's where the role sees payments. */
export const readsPayment = (scope: Scope): Condition =>
  scope.part.kind === 'council'
    ? seesPayments(scope.part.role)
      ? ofOwnCouncil(scope, 'payment.virtual_school_number')
      : never
    : worksAtFor(scope, 'payment.school_number', 'payment.virtual_school_number')

/** Why a payment by entitlement was let pass: for who decides and may know the child, since it may be of the child. */
export const knowsWhyPassed = (scope: Scope): Condition =>
  scope.part.kind === 'council'
    ? namesPupilOfApplication(scope, 'payment.pupil_number', 'payment.school_number')
    : never

/** What belongs to the fund of the viewer's council: its allocation, pots, payees and finance's files. */
export const seesFund = (scope: Scope, virtualSchool: string): Condition =>
  scope.part.kind === 'council' && (seesPayments(scope.part.role) || decidesOnMoney(scope.part.role))
    ? ofOwnCouncil(scope, virtualSchool)
    : never
