import { sql } from 'kysely'
import { type Instant, type PlainDate, todayInLondon } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { asksThemselves, namesPupilOfApplication, readsApplication } from './scope.ts'
import { statement } from './statement.ts'

/** An application on the agenda of a panel's meeting, in the order it was put there. */
export type AgendaItem = { readonly meeting: string; readonly day: PlainDate; readonly application: number }

/** What is on the agenda of the viewer's council since a day, of what the viewer may open: the next meeting first. */
export const agendaSince = async (query: Query, scope: Scope, since: PlainDate): Promise<readonly AgendaItem[]> =>
  scope.part.kind === 'council' ? readAgenda(query, scope, { since }) : []

const readAgenda = scopedRead((query, scope, { since }: { since: PlainDate }) =>
  query
    .selectFrom('panel_item')
    .innerJoin('panel_meeting', 'panel_meeting.number', 'panel_item.meeting_number')
    .innerJoin('application', 'application.number', 'panel_item.application_number')
    .select(['panel_meeting.id as meeting', 'panel_meeting.day', 'application.number as application'])
    .where('panel_meeting.day', '>=', since)
    .where(readsApplication(scope))
    .orderBy('panel_meeting.day')
    .orderBy('panel_item.at')
    .orderBy('application.number'),
)

/** Whether an application is on the agenda of a meeting that has been held, or is held on the day. */
export const isOnAgenda = async (query: Query, scope: Scope, application: number): Promise<boolean> =>
  (await readOnAgenda(query, scope, { application })).length > 0

const readOnAgenda = scopedRead((query, scope, { application }: { application: number }) =>
  query
    .selectFrom('panel_item')
    .innerJoin('panel_meeting', 'panel_meeting.number', 'panel_item.meeting_number')
    .innerJoin('application', 'application.number', 'panel_item.application_number')
    .select('panel_meeting.day')
    .where('application.number', '=', application)
    .where('panel_meeting.day', '<=', scope.today)
    .where(readsApplication(scope))
    .limit(1),
)

/** Whether the viewer asks for the money themselves: by working at the school, or by having spoken for it. */
export const isAskedByViewer = async (query: Query, scope: Scope, application: number): Promise<boolean> =>
  (await readAskedByViewer(query, scope, { application })).length > 0

const readAskedByViewer = scopedRead((query, scope, { application }: { application: number }) =>
  query
    .selectFrom('application')
    .select('application.number')
    .where('application.number', '=', application)
    .where(asksThemselves(scope))
    .where(readsApplication(scope)),
)

/**
 * Puts applications on the agenda of a council's meeting of a day; what is on it already stays where it is. What was on the
 * agenda of another meeting still to come moves from there; a meeting that has been held keeps what was on its agenda.
 */
export const putOnAgenda = (
  virtualSchool: number,
  meeting: { readonly id: string; readonly day: PlainDate },
  applications: readonly number[],
  at: Instant,
  by: number,
): readonly Statement[] => [
  statement(
    `insert into panel_meeting (id, virtual_school_number, day, at, by_person) values (?, ?, ?, ?, ?)
     on conflict (virtual_school_number, day) do nothing`,
    [meeting.id, virtualSchool, meeting.day, at, by],
  ),
  statement(
    `insert or ignore into panel_item (meeting_number, application_number, at)
     select m.number, a.number, ? from panel_meeting m join application a on a.virtual_school_number = m.virtual_school_number
     where m.virtual_school_number = ? and m.day = ? and a.number in (select value from json_each(?))`,
    [at, virtualSchool, meeting.day, asList(applications)],
  ),
  statement(
    `delete from panel_item where application_number in (select value from json_each(?)) and meeting_number in
     (select m.number from panel_meeting m where m.virtual_school_number = ? and m.day <> ? and m.day >= ?)`,
    [asList(applications), virtualSchool, meeting.day, todayInLondon(at)],
  ),
]

/** Somebody's word that they have an interest in an application and do not decide on it. */
export type Interest = {
  readonly application: number
  readonly person: number
  readonly by: string
  readonly said: string
  readonly at: Instant
}

/** Who has an interest in some applications: among those who decide, never for a school. */
export const interestsIn = async (
  query: Query,
  scope: Scope,
  applications: readonly number[],
): Promise<readonly Interest[]> =>
  scope.part.kind === 'council' ? readInterests(query, scope, { applications: asList(applications) }) : []

const readInterests = scopedRead((query, scope, { applications }: { applications: string }) =>
  query
    .selectFrom('application_conflict')
    .innerJoin('application', 'application.number', 'application_conflict.application_number')
    .select([
      'application.number as application',
      'application_conflict.person_number as person',
      nameOfPerson('application_conflict.person_number').as('by'),
      'application_conflict.said',
      'application_conflict.at',
    ])
    .where(isAmong('application.number', applications))
    .where(readsApplication(scope))
    .orderBy('application_conflict.at'),
)

/** Notes that somebody has an interest in an application: they do not decide on it. */
export const haveInterest = (application: number, person: number, said: string, at: Instant): Statement =>
  statement('insert into application_conflict (application_number, person_number, at, said) values (?, ?, ?, ?)', [
    application,
    person,
    at,
    said,
  ])

/** What the newest return says of a child's attainment, and its plan: what a panel needs beside the application. */
export type Extract = {
  readonly pupil: number
  readonly item: string
  readonly value: string
  readonly academicYear: number
  readonly term: string
}

/** The attainment of an application's children in the newest return that holds any, by question. */
export const attainmentFor = async (
  query: Query,
  scope: Scope,
  application: number,
  items: readonly string[],
): Promise<readonly Extract[]> =>
  scope.part.kind === 'council' ? readAttainment(query, scope, { application, items: asList(items) }) : []

const readAttainment = scopedRead((query, scope, { application, items }: { application: number; items: string }) =>
  query
    .selectFrom('answer')
    .innerJoin('application_pupil', 'application_pupil.pupil_number', 'answer.pupil_number')
    .innerJoin('application', 'application.number', 'application_pupil.application_number')
    .innerJoin('round', 'round.number', 'answer.round_number')
    .select([
      'answer.pupil_number as pupil',
      'answer.item',
      'answer.value',
      'round.academic_year as academicYear',
      'round.term',
    ])
    .where('application.number', '=', application)
    .where('answer.state', '=', 'given')
    .where(isAmong('answer.item', items))
    .where(
      sql<boolean>`round.number = (select w.round_number from answer w join round r on r.number = w.round_number
        where w.pupil_number = answer.pupil_number and w.state = 'given'
          and w.item in (select value from json_each(${items}))
        order by r.as_at desc limit 1)`,
    )
    .where(readsApplication(scope))
    .where(namesPupilOfApplication(scope, 'answer.pupil_number', 'application.school_number'))
    .orderBy('answer.pupil_number')
    .orderBy('answer.item'),
)

/** What has changed for a child since money was asked for: the last day at the school, and of care, where they have ended. */
export type ChildSince = {
  readonly pupil: number
  readonly leftOn: PlainDate | null
  readonly careEndedOn: PlainDate | null
}

/** Which children of an application have left its school, or care, by today. */
export const childrenSince = async (query: Query, scope: Scope, application: number): Promise<readonly ChildSince[]> =>
  scope.part.kind === 'council' ? readChildrenSince(query, scope, { application }) : []

const readChildrenSince = scopedRead((query, scope, { application }: { application: number }) =>
  query
    .selectFrom('application_pupil')
    .innerJoin('application', 'application.number', 'application_pupil.application_number')
    .select([
      'application_pupil.pupil_number as pupil',
      sql<PlainDate | null>`(select max(p.last_day) from place p where p.pupil_number = application_pupil.pupil_number
        and p.school_number = application.school_number and p.last_day < ${scope.today}
        and not exists (select 1 from place q where q.pupil_number = p.pupil_number
          and q.school_number = p.school_number and (q.last_day is null or q.last_day >= ${scope.today})))`.as(
        'leftOn',
      ),
      sql<PlainDate | null>`(select max(k.last_day) from care_period k
        where k.pupil_number = application_pupil.pupil_number and k.last_day < ${scope.today}
        and not exists (select 1 from care_period l where l.pupil_number = k.pupil_number
          and (l.last_day is null or l.last_day >= ${scope.today})))`.as('careEndedOn'),
    ])
    .where('application.number', '=', application)
    .where(readsApplication(scope))
    .where(namesPupilOfApplication(scope, 'application_pupil.pupil_number', 'application.school_number')),
)

/** Whom to tell of a decision: the people of the school who sent and answered, and the children's social workers. */
export type ToTell = { readonly email: string; readonly who: 'school' | 'social_worker' }

/** The addresses to which a decision on an application is told, for who decides on it. */
export const toTellOf = async (query: Query, scope: Scope, application: number): Promise<readonly ToTell[]> => {
  if (scope.part.kind !== 'council') return []
  const rows = await readToTell(query, scope, { application })
  return rows.flatMap(({ school, worker }): ToTell[] => [
    ...(school === null ? [] : [{ email: school, who: 'school' } as const]),
    ...(worker === null || worker === '' ? [] : [{ email: worker, who: 'social_worker' } as const]),
  ])
}

const readToTell = scopedRead((query, scope, { application }: { application: number }) =>
  query
    .selectFrom('application')
    .leftJoin('application_pupil', 'application_pupil.application_number', 'application.number')
    .select([
      sql<string | null>`(select p.email from application_event e join person p on p.number = e.by_person
        where e.application_number = application.number and e.event in ('sent', 'answered', 'review_asked')
          and p.disabled_at is null and exists (select 1 from appointment w where w.person_number = p.number
            and w.school_number = application.school_number and (w.last_day is null or w.last_day >= ${scope.today}))
          order by e.sequence desc limit 1)`.as('school'),
      sql<string | null>`(select d.value from pupil_detail d where d.pupil_number = application_pupil.pupil_number
        and d.attribute = 'social_worker_email')`.as('worker'),
    ])
    .where('application.number', '=', application)
    .where(readsApplication(scope))
    .where(namesPupilOfApplication(scope, 'application_pupil.pupil_number', 'application.school_number')),
)
