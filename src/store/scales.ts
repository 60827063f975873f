import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { PublicId } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, openRead } from './read.ts'
import { worksAt } from './scope.ts'
import { statement } from './statement.ts'

/** A school's own scale in one version. `words` is JSON: the domain knows what is in it. */
export type SavedScale = {
  readonly number: number
  readonly id: string
  readonly school: number
  readonly code: string
  readonly name: string
  readonly version: number
  readonly versionNumber: number
  readonly words: string
  readonly madeBy: string
  readonly madeAt: Instant
  readonly retiredAt: Instant | null
  readonly retiredBy: string
}

const scales = (query: Query) =>
  query
    .selectFrom('grade_scale')
    .innerJoin('grade_scale_version', 'grade_scale_version.scale_number', 'grade_scale.number')
    .select([
      'grade_scale.number',
      'grade_scale.id',
      'grade_scale.school_number as school',
      'grade_scale.code',
      'grade_scale.name',
      'grade_scale_version.version',
      'grade_scale_version.number as versionNumber',
      'grade_scale_version.words',
      nameOfPerson('grade_scale_version.made_by').as('madeBy'),
      'grade_scale_version.made_at as madeAt',
      'grade_scale.retired_at as retiredAt',
      nameOfPerson('grade_scale.retired_by').as('retiredBy'),
    ])
    .orderBy('grade_scale.retired_at')
    .orderBy('grade_scale.name')
    .orderBy('grade_scale_version.version', 'desc')

const newest = sql<boolean>`grade_scale_version.version = (select max(n.version) from grade_scale_version n
  where n.scale_number = grade_scale.number)`

/** The scales of the viewer's own schools, each in its newest version. */
export const ownScales = async (query: Query, scope: Scope): Promise<readonly SavedScale[]> =>
  scales(query).where(newest).where(worksAt(scope, 'grade_scale.school_number')).execute()

/** Every version of one scale of the viewer's own schools, newest first. */
export const versionsOfScale = async (query: Query, scope: Scope, id: string): Promise<readonly SavedScale[]> =>
  scales(query).where('grade_scale.id', '=', id).where(worksAt(scope, 'grade_scale.school_number')).execute()

/** The scales in use at a school: what a return of it is translated by. They name no pupil. */
export const scalesOfSchool = async (query: Query, school: number): Promise<readonly SavedScale[]> =>
  scales(query)
    .where(newest)
    .where('grade_scale.school_number', '=', school)
    .where('grade_scale.retired_at', 'is', null)
    .execute()

/** Who said what a version of a scale means, and when. */
export type ScaleVersion = {
  readonly name: string
  readonly version: number
  readonly by: string
  readonly at: Instant
}

/** Versions of scales by number, as an answer worked out with one names it. They name no pupil. */
export const scaleVersions = async (
  query: Query,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, ScaleVersion>> => {
  if (numbers.length === 0) return new Map()
  const rows = await readScaleVersions(query, { numbers: asList(numbers) })
  return new Map(rows.map(({ number, ...version }) => [number, version]))
}

const readScaleVersions = openRead((query, { numbers }: { numbers: string }) =>
  query
    .selectFrom('grade_scale_version')
    .innerJoin('grade_scale', 'grade_scale.number', 'grade_scale_version.scale_number')
    .select([
      'grade_scale_version.number',
      'grade_scale.name',
      'grade_scale_version.version',
      nameOfPerson('grade_scale_version.made_by').as('by'),
      'grade_scale_version.made_at as at',
    ])
    .where(isAmong('grade_scale_version.number', numbers)),
)

/** A version of a scale to keep. */
export type NewScaleVersion = {
  readonly scale: string
  readonly version: number
  readonly words: string
  readonly by: number | null
  readonly at: Instant
}

/** Keeps the next version of a scale. A Conflict where somebody else has changed it meanwhile. */
export const addScaleVersion = (one: NewScaleVersion): Statement =>
  statement(
    `insert into grade_scale_version (scale_number, version, words, made_by, made_at)
     select number, ?, ?, ?, ? from grade_scale where id = ?`,
    [one.version, one.words, one.by, one.at, one.scale],
  )

/** Keeps a scale under a name that is free at its school, in its first version. */
export const addScale = (
  scale: Omit<NewScaleVersion, 'scale' | 'version'> & {
    readonly id: PublicId
    readonly school: number
    readonly code: string
    readonly name: string
  },
): readonly Statement[] => [
  statement('insert into grade_scale (id, school_number, code, name) values (?, ?, ?, ?)', [
    scale.id,
    scale.school,
    scale.code,
    scale.name,
  ]),
  addScaleVersion({ scale: scale.id, version: 1, words: scale.words, by: scale.by, at: scale.at }),
]

/** Takes a scale out of use. What was worked out with it stays and says so. */
export const retireScale = (query: Query, scale: number, at: Instant, by: number): Statement =>
  query
    .updateTable('grade_scale')
    .set({ retired_at: at, retired_by: by })
    .where('number', '=', scale)
    .where('retired_at', 'is', null)
