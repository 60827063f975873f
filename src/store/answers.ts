import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import { decidingDetails, factsOfDetails } from '../domain/return/ask.ts'
import type { AnswerState, PupilFact, Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { detail } from './pupil-detail.ts'
import { detailsOfPupils } from './pupils.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { roundDays } from './rounds.ts'
import { amongOwn, followsPupil, followsPupilAt, readsImport } from './scope.ts'

/** One pupil a school is asked about in one open round, as of the viewer's day. */
export type DueRow = {
  readonly round: number
  readonly pupil: number
  readonly pupilId: string
  readonly school: number
  readonly reference: string | null
  readonly surname: string
  readonly forename: string
  readonly born: PlainDate | null
  readonly yearGroup: string
  readonly upn: string
  readonly enrolmentStatus: string | null
  readonly placeBegan: PlainDate
  readonly placeEnded: PlainDate | null
}

/**
 * The pupils asked about in rounds: looked after today, with a confirmed place that overlaps the days from the round's
 * as-at date on. Where a child is dually registered the main school answers. `rounds` and `pupils` are numbers; where no
 * pupils are given it is all whom the viewer could be about.
 */
export const dueRows = async (
  query: Query,
  scope: Scope,
  rounds: readonly number[],
  pupils?: readonly number[],
): Promise<readonly DueRow[]> => readDueRows(query, scope, { rounds: asList(rounds), pupils: pupils && asList(pupils) })

const readDueRows = scopedRead((query, scope, given: { rounds: string; pupils: string | undefined }) =>
  query
    .selectFrom('pupil')
    // Cross joins keep this order: from few pupils to their rounds and places, never from all of a region's.
    .crossJoin('round')
    .crossJoin('place')
    .innerJoin('place_confirmation', (join) =>
      join
        .onRef('place_confirmation.pupil_number', '=', 'place.pupil_number')
        .onRef('place_confirmation.school_number', '=', 'place.school_number')
        .onRef('place_confirmation.first_day', '=', 'place.first_day'),
    )
    .leftJoin('row_reference', (join) =>
      join
        .onRef('row_reference.round_number', '=', 'round.number')
        .onRef('row_reference.pupil_number', '=', 'pupil.number')
        .onRef('row_reference.school_number', '=', 'place.school_number'),
    )
    .select([
      'round.number as round',
      'pupil.number as pupil',
      'pupil.id as pupilId',
      'place.school_number as school',
      'row_reference.reference',
      detail('surname').as('surname'),
      detail('forename').as('forename'),
      sql<PlainDate | null>`nullif(${detail('date_of_birth')}, '')`.as('born'),
      detail('year_group').as('yearGroup'),
      sql<string>`coalesce((select u.value from pupil_identifier u where u.pupil_number = pupil.number and u.kind = 'upn'
        and (u.first_day is null or u.first_day <= ${scope.today})
        and (u.last_day is null or u.last_day >= ${scope.today})
        order by coalesce(u.first_day, '') desc, u.value limit 1), '')`.as('upn'),
      sql<string | null>`max(place.enrolment_status)`.as('enrolmentStatus'),
      sql<PlainDate>`min(place.first_day)`.as('placeBegan'),
      sql<PlainDate | null>`case when max(place.last_day is null) then null else max(place.last_day) end`.as(
        'placeEnded',
      ),
    ])
    .where(given.pupils ? isAmong('pupil.number', given.pupils) : amongOwn(scope, 'pupil.number'))
    .whereRef('round.virtual_school_number', '=', 'pupil.virtual_school_number')
    .where(sql<boolean>`+round.number in (select value from json_each(${given.rounds}))`)
    .whereRef('place.pupil_number', '=', 'pupil.number')
    .where('place.first_day', '<=', scope.today)
    .whereRef('place.first_day', '<=', 'round.cut_off')
    .where(sql<boolean>`(place.last_day is null or place.last_day >= round.as_at)`)
    .where(sql<boolean>`coalesce(place.enrolment_status, '') <> 'S'`)
    .where(
      sql<boolean>`exists (select 1 from care_period k where k.pupil_number = pupil.number
        and k.first_day <= ${scope.today} and (k.last_day is null or k.last_day >= ${scope.today}))`,
    )
    .where(followsPupilAt(scope, 'pupil.number', 'place.school_number'))
    .groupBy(['round.number', 'pupil.number', 'place.school_number'])
    .orderBy('round.cut_off')
    .orderBy('round.number')
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('pupil.number'),
)

/**
 * Whose answers the viewer may read, decided once for each pupil rather than for each answer: a school its own of a
 * pupil (`school`), a council those of its pupils from every school (`school` is null).
 */
export const followedAmong = (query: Query, scope: Scope, pupils: string) =>
  scope.part.kind === 'council'
    ? query
        .selectFrom('pupil')
        .select(['pupil.number as pupil', sql<number | null>`null`.as('school')])
        .distinct()
        .where(isAmong('pupil.number', pupils))
        .where(followsPupil(scope, 'pupil.number'))
    : query
        .selectFrom('place')
        .select(['place.pupil_number as pupil', sql<number | null>`place.school_number`.as('school')])
        .distinct()
        .where(isAmong('place.pupil_number', pupils))
        .where(followsPupilAt(scope, 'place.pupil_number', 'place.school_number'))

/** Of the answers of such pupils, those that the viewer may read. */
export const sentByOrToAll = (school: string) =>
  sql<boolean>`(followed.school is null or followed.school = ${sql.ref(school)})`

/** A current answer, and the row of the file it came from. */
export type CurrentAnswer = {
  readonly round: number
  readonly pupil: number
  readonly school: number
  readonly item: string
  readonly state: AnswerState
  readonly value: string
}

/** The current answers about pupils in rounds: a school reads its own, a council all of its own pupils'. */
export const answersInRounds = async (
  query: Query,
  scope: Scope,
  rounds: readonly number[],
  pupils: readonly number[],
): Promise<readonly CurrentAnswer[]> =>
  readAnswersInRounds(query, scope, { rounds: asList(rounds), pupils: asList(pupils) })

const readAnswersInRounds = scopedRead((query, scope, { rounds, pupils }: { rounds: string; pupils: string }) =>
  query
    .selectFrom(followedAmong(query, scope, pupils).as('followed'))
    .crossJoin('answer')
    .select([
      'answer.round_number as round',
      'answer.pupil_number as pupil',
      'answer.school_number as school',
      'answer.item',
      sql<AnswerState>`answer.state`.as('state'),
      'answer.value',
    ])
    .where(isAmong('answer.round_number', rounds))
    .whereRef('answer.pupil_number', '=', 'followed.pupil')
    .where(sentByOrToAll('answer.school_number'))
    .where('answer.state', '<>', 'cleared'),
)

/** The latest standing answer to each of some items, for prefilling: a school's own, from any round. */
export const latestAnswers = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  items: ReadonlySet<string>,
): Promise<readonly CurrentAnswer[]> => {
  const given = (await readGivenAnswers(query, scope, { pupils: asList(pupils) })).flatMap(({ pupil, answers }) =>
    (JSON.parse(answers) as [number, number, string, string][]).flatMap(
      ([round, school, item, value]): CurrentAnswer[] =>
        items.has(item) ? [{ round, pupil, school, item, state: 'given', value }] : [],
    ),
  )
  const days = await roundDays(query, [...new Set(given.map(({ round }) => round))])
  const dayOf = ({ round }: CurrentAnswer) => days.get(round) ?? ''
  const latest = new Map<string, CurrentAnswer>()
  for (const one of given) {
    const key = `${one.pupil}/${one.school}/${one.item}`
    const other = latest.get(key)
    // Of two on one day the greater value stands: some order there has to be, the same at every look.
    if (!other || dayOf(other) < dayOf(one) || (dayOf(other) === dayOf(one) && other.value < one.value))
      latest.set(key, one)
  }
  return [...latest.values()]
}

/** All that was ever given of each pupil, as one list in JSON: a row for each answer would cost more than the answers. */
const readGivenAnswers = scopedRead((query, scope, { pupils }: { pupils: string }) =>
  query.selectFrom(followedAmong(query, scope, pupils).as('followed')).select([
    'followed.pupil',
    sql<string>`(select json_group_array(json_array(a.round_number, a.school_number, a.item, a.value)) from answer a
        where a.pupil_number = followed.pupil and (followed.school is null or followed.school = a.school_number)
          and a.state = 'given')`.as('answers'),
  ]),
)

/** One answer of an earlier round, and the round it was given in. */
export type AnswerOfRound = {
  readonly pupil: number
  readonly school: number
  readonly virtualSchool: number
  readonly item: string
  readonly value: string
  readonly round: number
  readonly asAt: PlainDate
  readonly academicYear: number
  readonly term: Term
}

/** The answers that stand with a value to some items in every round, of schools that the viewer may read them of. */
export const answersOfRounds = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
  items: readonly string[],
): Promise<readonly AnswerOfRound[]> =>
  query
    .selectFrom('answer')
    .innerJoin('round', 'round.number', 'answer.round_number')
    .select([
      'answer.pupil_number as pupil',
      'answer.school_number as school',
      'round.virtual_school_number as virtualSchool',
      'answer.item',
      'answer.value',
      'round.number as round',
      'round.as_at as asAt',
      'round.academic_year as academicYear',
      'round.term',
    ])
    .where(sql<boolean>`answer.pupil_number in (select value from json_each(${JSON.stringify(pupils)}))`)
    .where(sql<boolean>`answer.item in (select value from json_each(${JSON.stringify(items)}))`)
    .where('answer.state', '=', 'given')
    .where(followsPupilAt(scope, 'answer.pupil_number', 'answer.school_number'))
    .execute()

/** How a current answer came to be: stated by the school (`scale` is null), or worked out by a version of its scale. */
export type BandSource = {
  readonly round: number
  readonly pupil: number
  readonly school: number
  readonly item: string
  readonly scale: number | null
}

/** How the current answers to some items about pupils in rounds came to be. Scales, rounds and pupils are numbers. */
export const bandSources = async (
  query: Query,
  scope: Scope,
  rounds: readonly number[],
  pupils: readonly number[],
  items: readonly string[],
): Promise<readonly BandSource[]> =>
  query
    .selectFrom(followedAmong(query, scope, asList(pupils)).as('followed'))
    .crossJoin('answer')
    .innerJoin('answer_fact', (join) =>
      join
        .onRef('answer_fact.import_number', '=', 'answer.import_number')
        .onRef('answer_fact.row_number', '=', 'answer.row_number')
        .onRef('answer_fact.item', '=', 'answer.item'),
    )
    .select([
      'answer.round_number as round',
      'answer.pupil_number as pupil',
      'answer.school_number as school',
      'answer.item',
      'answer_fact.scale_version as scale',
    ])
    .where(isAmong('answer.round_number', asList(rounds)))
    .whereRef('answer.pupil_number', '=', 'followed.pupil')
    .where(sentByOrToAll('answer.school_number'))
    .where(isAmong('answer.item', asList(items)))
    .execute()

/** A grade as a viewer's school wrote it in its returns, and how often. */
export type GradeSeen = { readonly school: number; readonly word: string; readonly count: number }

/** The words of some grade items in the standing answers of the viewer's own schools, the commonest first. */
export const gradesSeen = async (query: Query, scope: Scope, items: readonly string[]): Promise<readonly GradeSeen[]> =>
  query
    .selectFrom('answer')
    .select(['answer.school_number as school', 'answer.value as word'])
    .select((select) => select.fn.countAll<number>().as('count'))
    .where(sql<boolean>`answer.item in (select value from json_each(${JSON.stringify(items)}))`)
    .where('answer.state', '=', 'given')
    .where(followsPupilAt(scope, 'answer.pupil_number', 'answer.school_number'))
    .groupBy(['answer.school_number', 'answer.value'])
    .orderBy('count', 'desc')
    .orderBy('answer.value')
    .limit(200)
    .execute()

/** How many rows for the council are waiting to be matched. */
export const unmatchedCount = async (query: Query, scope: Scope): Promise<number> => {
  const [row] = await readUnmatchedCount(query, scope, {})
  return row?.count ?? 0
}

const readUnmatchedCount = scopedRead((query, scope) =>
  query
    .selectFrom('import')
    .select(sql<number>`coalesce(sum(import.unmatched), 0)`.as('count'))
    // Written out, and in the very words of the index of the few imports with rows that wait: only so is it of use.
    .where(sql<boolean>`import.unmatched > 0`)
    .where('import.state', '=', 'published')
    .where(readsImport(scope)),
)

/** The facts about pupils that decide what is asked of them: a target in the plan, say. By pupil number. */
export const pupilFacts = async (
  query: Query,
  scope: Scope,
  pupils: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<PupilFact>>> => {
  const details = await detailsOfPupils(query, scope, pupils, decidingDetails)
  return new Map([...details].map(([pupil, own]) => [pupil, factsOfDetails(own)]))
}

/** The pupils behind row references whom the viewer may follow at the school they were made for; others are left out. */
export const pupilsBehind = async (query: Query, scope: Scope, references: readonly string[]) =>
  query
    .selectFrom('row_reference')
    .innerJoin('pupil', 'pupil.number', 'row_reference.pupil_number')
    .select(['row_reference.reference', 'pupil.number as pupil'])
    .select([detail('forename').as('forename'), detail('surname').as('surname')])
    .where(sql<boolean>`row_reference.reference in (select value from json_each(${JSON.stringify(references)}))`)
    .where(followsPupilAt(scope, 'row_reference.pupil_number', 'row_reference.school_number'))
    .orderBy('surname')
    .orderBy('forename')
    .orderBy('row_reference.reference')
    .execute()

/** Where row references lead: the round, pupil and school each was made for. A reference alone tells nothing else. */
export const referencesOf = async (query: Query, references: readonly string[]) =>
  query
    .selectFrom('row_reference')
    .innerJoin('round', 'round.number', 'row_reference.round_number')
    .select([
      'row_reference.reference',
      'row_reference.round_number as round',
      'row_reference.pupil_number as pupil',
      'row_reference.school_number as school',
      'round.virtual_school_number as virtualSchool',
    ])
    .where(sql<boolean>`row_reference.reference in (select value from json_each(${JSON.stringify(references)}))`)
    .execute()
