import { sql } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { FundCode } from '../domain/funding/funds.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { ApplicationEvent, ApplicationState } from '../domain/funding/states.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { detail } from './pupil-detail.ts'
import { asList, isAmong, openRead, scopedRead } from './read.ts'
import { namesPupilOfApplication, readsApplication, seesPupil, worksAtFor } from './scope.ts'

/** A request for money as lists show it. */
export type ListedApplication = {
  readonly number: number
  readonly id: string
  /** Null while it is a draft. */
  readonly reference: string | null
  readonly virtualSchool: number
  readonly council: string
  readonly school: number
  readonly fund: FundCode
  readonly kind: 'child' | 'project'
  readonly state: ApplicationState
  readonly events: number
  readonly intervention: string
  readonly asked: Pence
  readonly agreed: Pence | null
  readonly urgent: boolean
  readonly year: FinancialYear | null
  readonly sentAt: Instant | null
  readonly decidedAt: Instant | null
  readonly madeAt: Instant
  /** The day of the next panel whose agenda it is on, today's among them; null where it is on none. */
  readonly panelOn: PlainDate | null
}

const applications = (query: Query, scope: Scope) =>
  query
    .selectFrom('application')
    .innerJoin('virtual_school', 'virtual_school.number', 'application.virtual_school_number')
    .select([
      'application.number',
      'application.id',
      'application.reference',
      'application.virtual_school_number as virtualSchool',
      'virtual_school.name as council',
      'application.school_number as school',
      'application.fund',
      'application.kind',
      'application.state',
      'application.events',
      'application.intervention',
      'application.asked',
      'application.agreed',
      sql<number>`application.urgent`.as('urgent'),
      'application.year',
      'application.sent_at as sentAt',
      'application.decided_at as decidedAt',
      'application.made_at as madeAt',
      sql<PlainDate | null>`(select min(m.day) from panel_item i join panel_meeting m on m.number = i.meeting_number
        where i.application_number = application.number and m.day >= ${scope.today})`.as('panelOn'),
    ])

const withUrgent = <Row extends { readonly urgent: number }>(row: Row): Omit<Row, 'urgent'> & { urgent: boolean } => ({
  ...row,
  urgent: row.urgent === 1,
})

/** The applications the viewer may open, newest first. */
export const applicationsOf = async (query: Query, scope: Scope): Promise<readonly ListedApplication[]> =>
  (await readApplications(query, scope, {})).map(withUrgent)

const readApplications = scopedRead((query, scope) =>
  applications(query, scope)
    .where(
      scope.part.kind === 'council'
        ? sql<boolean>`application.virtual_school_number = ${scope.part.virtualSchool}`
        : sql<boolean>`application.school_number in (select a.school_number from appointment a
            where a.person_number = ${scope.person})`,
    )
    .where(readsApplication(scope))
    .orderBy('application.number', 'desc')
    .limit(2000),
)

/** The applications for one pupil that the viewer may open, newest first. */
export const applicationsForPupil = async (
  query: Query,
  scope: Scope,
  pupil: number,
): Promise<readonly ListedApplication[]> => (await readForPupil(query, scope, { pupil })).map(withUrgent)

const readForPupil = scopedRead((query, scope, { pupil }: { pupil: number }) =>
  applications(query, scope)
    .innerJoin('application_pupil', 'application_pupil.application_number', 'application.number')
    .where('application_pupil.pupil_number', '=', pupil)
    .where(namesPupilOfApplication(scope, 'application_pupil.pupil_number', 'application.school_number'))
    .where(readsApplication(scope))
    .orderBy('application.number', 'desc'),
)

/** One application with what was typed. */
export type Application = ListedApplication & { readonly typed: string }

/** An application the viewer may open, by its public id. */
export const applicationById = async (query: Query, scope: Scope, id: string): Promise<Application | undefined> =>
  (await readApplicationById(query, scope, { id })).map(withUrgent)[0]

const readApplicationById = scopedRead((query, scope, { id }: { id: string }) =>
  applications(query, scope)
    .select('application.typed')
    .where('application.id', '=', id)
    .where(readsApplication(scope)),
)

/** An application the viewer may open, by its number. */
export const applicationByNumber = async (
  query: Query,
  scope: Scope,
  number: number,
): Promise<ListedApplication | undefined> =>
  (await readApplicationByNumber(query, scope, { number })).map(withUrgent)[0]

const readApplicationByNumber = scopedRead((query, scope, { number }: { number: number }) =>
  applications(query, scope).where('application.number', '=', number).where(readsApplication(scope)),
)

/** A pupil whom money is asked for, as far as the viewer may know the child at all. */
export type ApplicationPupil = {
  readonly application: number
  readonly number: number
  readonly id: string
  readonly forename: string
  readonly surname: string
  readonly yearGroup: string
}

/** The pupils of some applications whom the viewer may know. */
export const pupilsOfApplications = async (
  query: Query,
  scope: Scope,
  numbers: readonly number[],
): Promise<readonly ApplicationPupil[]> => readPupils(query, scope, { numbers: asList(numbers) })

const readPupils = scopedRead((query, scope, { numbers }: { numbers: string }) =>
  query
    .selectFrom('application_pupil')
    .innerJoin('application', 'application.number', 'application_pupil.application_number')
    .innerJoin('pupil', 'pupil.number', 'application_pupil.pupil_number')
    .select([
      'application_pupil.application_number as application',
      'pupil.number',
      'pupil.id',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
      detail('year_group').as('yearGroup'),
    ])
    .where(isAmong('application_pupil.application_number', numbers))
    .where(readsApplication(scope))
    .where(namesPupilOfApplication(scope, 'application_pupil.pupil_number', 'application.school_number'))
    .orderBy('application_pupil.application_number')
    .orderBy('pupil.number'),
)

/** Something that happened to an application. `note` stays among those who decide: it is empty for a school. */
export type HappenedEvent = {
  readonly application: number
  readonly sequence: number
  readonly event: ApplicationEvent
  readonly at: Instant
  readonly person: number | null
  readonly by: string
  readonly said: string
  readonly note: string
  readonly amount: Pence | null
  readonly day: PlainDate | null
  /** Whom the first of two agreed to pay, by public id, for those who decide; null is the school. */
  readonly payee?: string | null
}

/** What happened to some applications, oldest first. */
export const eventsOfApplications = async (
  query: Query,
  scope: Scope,
  numbers: readonly number[],
): Promise<readonly HappenedEvent[]> => readEvents(query, scope, { numbers: asList(numbers) })

const readEvents = scopedRead((query, scope, { numbers }: { numbers: string }) =>
  query
    .selectFrom('application_event')
    .innerJoin('application', 'application.number', 'application_event.application_number')
    .select([
      'application_event.application_number as application',
      'application_event.sequence',
      'application_event.event',
      'application_event.at',
      'application_event.by_person as person',
      nameOfPerson('application_event.by_person').as('by'),
      'application_event.said',
      (scope.part.kind === 'council' ? sql<string>`application_event.note` : sql<string>`''`).as('note'),
      'application_event.amount',
      'application_event.day',
      (scope.part.kind === 'council'
        ? sql<string | null>`(select y.id from payee y where y.number = application_event.payee_number)`
        : sql<string | null>`null`
      ).as('payee'),
    ])
    .where(isAmong('application_event.application_number', numbers))
    .where(readsApplication(scope))
    .orderBy('application_event.application_number')
    .orderBy('application_event.sequence'),
)

/** References of what was sent for some pupils and an intervention since a moment, among what the viewer may open. */
export const askedSince = async (
  query: Query,
  scope: Scope,
  asked: { readonly pupils: readonly number[]; readonly intervention: string; readonly since: Instant },
): Promise<readonly string[]> =>
  (await readAskedSince(query, scope, { ...asked, pupils: asList(asked.pupils) })).map(({ reference }) => reference)

const readAskedSince = scopedRead((query, scope, given: { pupils: string; intervention: string; since: Instant }) =>
  query
    .selectFrom('application')
    .innerJoin('application_pupil', 'application_pupil.application_number', 'application.number')
    .select('application.reference')
    .distinct()
    .where(isAmong('application_pupil.pupil_number', given.pupils))
    .where('application.intervention', '=', given.intervention)
    .where('application.sent_at', '>=', given.since)
    .where('application.state', '<>', 'withdrawn')
    .where('application.reference', 'is not', null)
    .where(namesPupilOfApplication(scope, 'application_pupil.pupil_number', 'application.school_number'))
    .where(readsApplication(scope))
    .$narrowType<{ reference: string }>()
    .orderBy('application.reference'),
)

/** A council's decisions since a moment: when each application was sent and decided, and nothing of whom it was for. */
export const decisionsSince = async (
  query: Query,
  councils: readonly number[],
  since: Instant,
): Promise<readonly { readonly council: number; readonly sentAt: Instant; readonly decidedAt: Instant }[]> =>
  readDecisions(query, { councils: asList(councils), since })

const readDecisions = openRead((query, { councils, since }: { councils: string; since: Instant }) =>
  query
    .selectFrom('application')
    .select(['virtual_school_number as council', 'sent_at as sentAt', 'decided_at as decidedAt'])
    .where(isAmong('virtual_school_number', councils))
    .where('decided_at', '>=', since)
    .where('sent_at', 'is not', null)
    .$narrowType<{ sentAt: Instant; decidedAt: Instant }>(),
)

/** A pupil whom the viewer's school may ask money for today, with the school. */
export type PupilToAskFor = {
  readonly number: number
  readonly id: string
  readonly virtualSchool: number
  readonly council: string
  readonly laCode: string
  readonly forename: string
  readonly surname: string
  readonly yearGroup: string
  readonly school: number
  readonly schoolId: string
  readonly schoolName: string
}

/** The pupils in care with a confirmed place that runs today at a school of the viewer's, by council and surname. */
export const pupilsToAskFor = async (query: Query, scope: Scope): Promise<readonly PupilToAskFor[]> =>
  scope.part.kind === 'school' ? readToAskFor(query, scope, {}) : []

const readToAskFor = scopedRead((query, scope) =>
  query
    .selectFrom('place')
    .innerJoin('place_confirmation', (join) =>
      join
        .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
        .onRef('place_confirmation.school_number', '=', 'place.school_number')
        .onRef('place_confirmation.first_day', '=', 'place.first_day'),
    )
    .innerJoin('pupil', 'pupil.number', 'place.pupil_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'pupil.virtual_school_number')
    .innerJoin('school', 'school.number', 'place.school_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'place.school_number')
    .select([
      'pupil.number',
      'pupil.id',
      'pupil.virtual_school_number as virtualSchool',
      'virtual_school.name as council',
      'virtual_school.la_code as laCode',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
      detail('year_group').as('yearGroup'),
      'place.school_number as school',
      'school.id as schoolId',
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
    ])
    .where(worksAtFor(scope, 'place.school_number', 'pupil.virtual_school_number'))
    .where('place.first_day', '<=', scope.today)
    .where((where) => where.or([where('place.last_day', 'is', null), where('place.last_day', '>=', scope.today)]))
    .where(seesPupil(scope, 'pupil.number'))
    // Two places at one school that both run today are one child.
    .distinct()
    .orderBy('virtual_school.name')
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('pupil.number'),
)

/** How many children some applications are for: numbers alone. */
export const pupilCounts = async (
  query: Query,
  applications: readonly number[],
): Promise<ReadonlyMap<number, number>> =>
  new Map((await readPupilCounts(query, { applications: asList(applications) })).map((row) => [row.number, row.count]))

const readPupilCounts = openRead((query, { applications }: { applications: string }) =>
  query
    .selectFrom('application_pupil')
    .select(['application_number as number', sql<number>`count(*)`.as('count')])
    .where(isAmong('application_number', applications))
    .groupBy('application_number'),
)
