import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { PublicId } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { worksAt } from './scope.ts'
import { statement } from './statement.ts'

/** A school's own layout as its newest version has it. `mapping` is JSON: the connector knows what is in it. */
export type SavedLayout = {
  readonly number: number
  readonly id: string
  readonly school: number
  readonly name: string
  readonly version: number
  /** The version's number: what a delivery names. */
  readonly versionNumber: number
  readonly mapping: string
  readonly madeBy: string
  readonly madeAt: Instant
  readonly retiredAt: Instant | null
  readonly retiredBy: string
}

const layouts = (query: Query) =>
  query
    .selectFrom('layout')
    .innerJoin('layout_version', 'layout_version.layout_number', 'layout.number')
    .select([
      'layout.number',
      'layout.id',
      'layout.school_number as school',
      'layout.name',
      'layout_version.version',
      'layout_version.number as versionNumber',
      'layout_version.mapping',
      nameOfPerson('layout_version.made_by').as('madeBy'),
      'layout_version.made_at as madeAt',
      'layout.retired_at as retiredAt',
      nameOfPerson('layout.retired_by').as('retiredBy'),
    ])
    .orderBy('layout.retired_at')
    .orderBy('layout.name')
    .orderBy('layout_version.version', 'desc')

const newest = sql<boolean>`layout_version.version = (select max(n.version) from layout_version n
  where n.layout_number = layout.number)`

/** The layouts of the viewer's own schools, each in its newest version; retired ones last. */
export const ownLayouts = async (query: Query, scope: Scope): Promise<readonly SavedLayout[]> =>
  layouts(query).where(newest).where(worksAt(scope, 'layout.school_number')).execute()

/** Every version of one layout of the viewer's own schools, newest first. */
export const versionsOfLayout = async (query: Query, scope: Scope, id: string): Promise<readonly SavedLayout[]> =>
  layouts(query).where('layout.id', '=', id).where(worksAt(scope, 'layout.school_number')).execute()

/** The layout in use at a school under a name: how the command line finds one, for a school it may act for. */
export const layoutNamed = async (query: Query, school: number, name: string): Promise<SavedLayout | undefined> =>
  layouts(query)
    .where(newest)
    .where('layout.school_number', '=', school)
    .where('layout.name', '=', name)
    .where('layout.retired_at', 'is', null)
    .executeTakeFirst()

/** The schools that have a layout in use under a name. */
export const schoolsWithLayout = async (query: Query, name: string): Promise<readonly number[]> => {
  const rows = await query
    .selectFrom('layout')
    .select('school_number as school')
    .where('name', '=', name)
    .where('retired_at', 'is', null)
    .execute()
  return rows.map(({ school }) => school)
}

/** A version of a layout to keep. */
export type NewVersion = {
  readonly layout: string
  readonly version: number
  readonly mapping: string
  readonly by: number | null
  readonly at: Instant
}

const version = (one: NewVersion): Statement =>
  statement(
    `insert into layout_version (layout_number, version, mapping, made_by, made_at)
     select number, ?, ?, ?, ? from layout where id = ?`,
    [one.version, one.mapping, one.by, one.at, one.layout],
  )

/** Keeps a layout under a name that is free at its school, in its first version. */
export const addLayout = (
  layout: Omit<NewVersion, 'layout' | 'version'> & {
    readonly id: PublicId
    readonly school: number
    readonly name: string
  },
): readonly Statement[] => [
  statement('insert into layout (id, school_number, name) values (?, ?, ?)', [layout.id, layout.school, layout.name]),
  version({ layout: layout.id, version: 1, mapping: layout.mapping, by: layout.by, at: layout.at }),
]

/** Keeps the next version of a layout. A Conflict where somebody else has changed it meanwhile. */
export const addVersion = (one: NewVersion): readonly Statement[] => [version(one)]

/** Calls a layout by another name; a Conflict where its school has one of that name in use. */
export const renameLayout = (query: Query, layout: number, name: string): Statement =>
  query.updateTable('layout').set({ name }).where('number', '=', layout)

/** Takes a layout out of use. What was read with it stays as it is. */
export const retireLayout = (query: Query, layout: number, at: Instant, by: number): Statement =>
  query
    .updateTable('layout')
    .set({ retired_at: at, retired_by: by })
    .where('number', '=', layout)
    .where('retired_at', 'is', null)
