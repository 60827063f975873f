import { attendanceTables } from './schema/attendance.ts'
import { attendancePageTables } from './schema/attendance-pages.ts'
import { chasingTables } from './schema/chasing.ts'
import type { Column } from './schema/column.ts'
import { fundingTables } from './schema/funding.ts'
import { intakeTables } from './schema/intake.ts'
import { layoutTables } from './schema/layouts.ts'
import { machineryTables } from './schema/machinery.ts'
import { organisationTables } from './schema/organisation.ts'
import { peopleTables } from './schema/people.ts'
import { planTables } from './schema/plans.ts'
import { registerTables } from './schema/register.ts'
import { returnsTables } from './schema/returns.ts'
import { rollTables } from './schema/roll.ts'
import { transferTables } from './schema/transfer.ts'

/** Every table and column of the store with its class. A column of the migrations that is not here fails the check. */
export const tables = {
  ...organisationTables,
  ...peopleTables,
  ...intakeTables,
  ...layoutTables,
  ...rollTables,
  ...returnsTables,
  ...chasingTables,
  ...registerTables,
  ...planTables,
  ...transferTables,
  ...attendanceTables,
  ...attendancePageTables,
  ...fundingTables,
  ...machineryTables,
} as const

type Tables = typeof tables
type ValueOf<Kind> = Kind extends Column<infer Value> ? Value : never

/** The store's tables as Kysely sees them; rows keep their snake_case names inside `store/`. */
export type Schema = {
  [Table in keyof Tables]: { [Name in keyof Tables[Table]]: ValueOf<Tables[Table][Name]> }
}
