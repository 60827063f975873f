import type { Instant } from '../domain/dates.ts'
import type { PublicId } from '../domain/identifiers.ts'
import type { Query, Statement } from './db.ts'
import { statement } from './statement.ts'

/** Whose layout it is: a school's, or one of a virtual school for what its contractor sends. */
export type LayoutOwner =
  | { readonly kind: 'school'; readonly school: number }
  | { readonly kind: 'council'; readonly virtualSchool: number }

/** How the columns of an attendance file are read, as a person said it; `mapping` is the connector's own, as JSON. */
export type AttendanceLayout = {
  readonly number: number
  readonly name: string
  readonly version: number
  readonly connector: 'attendance-marks' | 'attendance-totals'
  readonly mapping: string
}

/** The newest version of each layout that an owner has saved, by name. */
export const attendanceLayoutsOf = async (query: Query, owner: LayoutOwner): Promise<readonly AttendanceLayout[]> =>
  query
    .selectFrom('attendance_layout as l')
    .select(['l.number', 'l.name', 'l.version', 'l.connector', 'l.mapping'])
    .where((where) =>
      owner.kind === 'school'
        ? where('l.school_number', '=', owner.school)
        : where('l.virtual_school_number', '=', owner.virtualSchool),
    )
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('attendance_layout as n')
            .select('n.number')
            .whereRef('n.name', '=', 'l.name')
            .whereRef('n.version', '>', 'l.version')
            .where((same) =>
              owner.kind === 'school'
                ? same('n.school_number', '=', owner.school)
                : same('n.virtual_school_number', '=', owner.virtualSchool),
            ),
        ),
      ),
    )
    .orderBy('l.name')
    .execute()

/** Saves a layout as the next version of its name; an earlier version stays with the files that were read with it. */
export const saveAttendanceLayout = (
  owner: LayoutOwner,
  layout: Pick<AttendanceLayout, 'name' | 'connector' | 'mapping'>,
  said: { readonly id: PublicId; readonly by: number | null; readonly at: Instant },
): Statement => {
  const [virtualSchool, school] = owner.kind === 'school' ? [null, owner.school] : [owner.virtualSchool, null]
  return statement(
    `insert into attendance_layout (id, virtual_school_number, school_number, connector, name, version, mapping, made_by, made_at)
     select ?, ?, ?, ?, ?, 1 + coalesce(max(version), 0), ?, ?, ? from attendance_layout
     where name = ? and virtual_school_number is ? and school_number is ?`,
    [
      ...[said.id, virtualSchool, school, layout.connector, layout.name, layout.mapping, said.by, said.at],
      ...[layout.name, virtualSchool, school],
    ],
  )
}
