import { sql } from 'kysely'
import type { PlainDate } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { namesPupilOfApplication, readsApplication } from './scope.ts'

/** A judgement of a child in a return, of a child for whom money was approved. */
export type JudgedAround = {
  readonly application: number
  readonly pupil: number
  readonly item: string
  readonly state: string
  readonly value: string
  readonly asAt: PlainDate
}

/** What returns say of the attainment of children for whom money was approved, oldest first. */
export const judgementsAround = async (
  query: Query,
  scope: Scope,
  items: readonly string[],
): Promise<readonly JudgedAround[]> =>
  scope.part.kind === 'council' ? readJudgements(query, scope, { items: asList(items) }) : []

const readJudgements = scopedRead((query, scope, { items }: { items: string }) =>
  query
    .selectFrom('application')
    .innerJoin('application_pupil', 'application_pupil.application_number', 'application.number')
    .innerJoin('answer', 'answer.pupil_number', 'application_pupil.pupil_number')
    .innerJoin('round', 'round.number', 'answer.round_number')
    .select([
      'application.number as application',
      'answer.pupil_number as pupil',
      'answer.item',
      'answer.state',
      'answer.value',
      'round.as_at as asAt',
    ])
    .where(
      scope.part.kind === 'council'
        ? sql<boolean>`application.virtual_school_number = ${scope.part.virtualSchool}`
        : sql<boolean>`0`,
    )
    .where('application.state', '=', 'approved')
    .where(isAmong('answer.item', items))
    .where(readsApplication(scope))
    .where(namesPupilOfApplication(scope, 'application_pupil.pupil_number', 'application.school_number'))
    .orderBy('application.number')
    .orderBy('round.as_at'),
)
