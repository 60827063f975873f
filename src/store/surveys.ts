import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { FinancialYear } from '../domain/funding/financial-year.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { scopedRead } from './read.ts'
import { seesFund, worksAt, worksAtFor } from './scope.ts'
import { statement } from './statement.ts'

/** A survey of one council for a financial year. */
export type Survey = {
  readonly number: number
  readonly id: string
  readonly virtualSchool: number
  readonly council: string
  readonly year: FinancialYear
  readonly openedAt: Instant
  readonly closedAt: Instant | null
}

const surveys = (query: Query) =>
  query
    .selectFrom('survey')
    .innerJoin('virtual_school', 'virtual_school.number', 'survey.virtual_school_number')
    .select([
      'survey.number',
      'survey.id',
      'survey.virtual_school_number as virtualSchool',
      'virtual_school.name as council',
      'survey.year',
      'survey.opened_at as openedAt',
      'survey.closed_at as closedAt',
    ])

/** The surveys of the viewer's council, newest first. */
export const surveysOf = async (query: Query, scope: Scope): Promise<readonly Survey[]> => readSurveys(query, scope, {})

const readSurveys = scopedRead((query, scope) =>
  surveys(query).where(seesFund(scope, 'survey.virtual_school_number')).orderBy('survey.year', 'desc'),
)

/** A survey that asks one of the viewer's schools, which was paid by its council in its year. */
export type AskedSurvey = Survey & { readonly school: number; readonly schoolId: string; readonly schoolName: string }

/** The open surveys that ask the viewer's schools: each school that was paid in the year. */
export const surveysToAnswer = async (query: Query, scope: Scope): Promise<readonly AskedSurvey[]> =>
  scope.part.kind === 'school' ? readToAnswer(query, scope, {}) : []

const readToAnswer = scopedRead((query, scope) =>
  surveys(query)
    .innerJoin('payment', (join) =>
      join
        .onRef('payment.virtual_school_number', '=', 'survey.virtual_school_number')
        .onRef('payment.year', '=', 'survey.year'),
    )
    .innerJoin('school', 'school.number', 'payment.school_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'payment.school_number')
    .select([
      'payment.school_number as school',
      'school.id as schoolId',
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
    ])
    .distinct()
    .where('survey.closed_at', 'is', null)
    .where('payment.state', '<>', 'cancelled')
    .where(worksAtFor(scope, 'payment.school_number', 'payment.virtual_school_number'))
    .orderBy('survey.number', 'desc')
    .orderBy('payment.school_number'),
)

/** What a school answered. A school that did not want to be named has no number. */
export type SurveyAnswer = {
  readonly school: number | null
  readonly attainment: string
  readonly ranked: string
  readonly before: string | null
  readonly after: string | null
  readonly at: Instant
}

/** The newest answer of each school to a survey, for the council that asked. */
export const answersToSurvey = async (query: Query, scope: Scope, id: string): Promise<readonly SurveyAnswer[]> =>
  readSurveyAnswers(query, scope, { id })

const newest = sql<boolean>`survey_answer.sequence = (select max(n.sequence) from survey_answer n
  where n.survey_number = survey_answer.survey_number and n.school_number = survey_answer.school_number)`

const readSurveyAnswers = scopedRead((query, scope, { id }: { id: string }) =>
  query
    .selectFrom('survey_answer')
    .innerJoin('survey', 'survey.number', 'survey_answer.survey_number')
    .select([
      sql<number | null>`case when survey_answer.named = 1 then survey_answer.school_number end`.as('school'),
      'survey_answer.attainment',
      'survey_answer.ranked',
      'survey_answer.before',
      'survey_answer.after',
      'survey_answer.at',
    ])
    .where('survey.id', '=', id)
    .where(newest)
    .where(seesFund(scope, 'survey.virtual_school_number'))
    // In no order that would tell who is who.
    .orderBy('survey_answer.attainment')
    .orderBy('survey_answer.at'),
)

/** What a school of the viewer's answered before, newest of each survey. */
export type OwnAnswer = SurveyAnswer & {
  readonly survey: number
  readonly ofSchool: number
  readonly sequence: number
  readonly named: number
}

/** What the viewer's schools answered to surveys. */
export const ownSurveyAnswers = async (query: Query, scope: Scope): Promise<readonly OwnAnswer[]> =>
  scope.part.kind === 'school' ? readOwnAnswers(query, scope, {}) : []

const readOwnAnswers = scopedRead((query, scope) =>
  query
    .selectFrom('survey_answer')
    .select([
      'survey_answer.survey_number as survey',
      'survey_answer.school_number as ofSchool',
      sql<number | null>`survey_answer.school_number`.as('school'),
      'survey_answer.sequence',
      'survey_answer.named',
      'survey_answer.attainment',
      'survey_answer.ranked',
      'survey_answer.before',
      'survey_answer.after',
      'survey_answer.at',
    ])
    .where(newest)
    .where(worksAt(scope, 'survey_answer.school_number')),
)

/** Opens a council's survey of a financial year; a second one of the same year undoes the commit. */
export const openSurvey = (
  survey: { readonly id: string; readonly virtualSchool: number; readonly year: FinancialYear },
  at: Instant,
  by: number,
): Statement =>
  statement('insert into survey (id, virtual_school_number, year, opened_at, opened_by) values (?, ?, ?, ?, ?)', [
    ...[survey.id, survey.virtualSchool, survey.year, at, by],
  ])

/** Closes a survey: nobody is asked any more. */
export const closeSurvey = (id: string, at: Instant): Statement =>
  statement('update survey set closed_at = ? where id = ? and closed_at is null', [at, id])

/** Answers a survey for a school; a later answer takes the place of an earlier one, which stays on record. */
export const answerSurvey = (
  survey: number,
  school: number,
  answer: {
    readonly sequence: number
    readonly attainment: string
    readonly ranked: readonly string[]
    readonly before: readonly number[] | null
    readonly after: readonly number[] | null
    readonly named: boolean
  },
  at: Instant,
  by: number,
): Statement =>
  statement(
    `insert into survey_answer (survey_number, school_number, sequence, attainment, ranked, before, after, named, at,
       by_person) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[survey, school, answer.sequence, answer.attainment, JSON.stringify(answer.ranked)],
      ...[answer.before && JSON.stringify(answer.before), answer.after && JSON.stringify(answer.after)],
      ...[answer.named ? 1 : 0, at, by],
    ],
  )
