import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { migrate } from '../../src/runtime/node/migrate.ts'
import { migrationsFolder } from '../../src/runtime/node/places.ts'
import { tables } from '../../src/store/schema.ts'

const columnsOf = (connection: Database.Database, table: string) =>
  (connection.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)

describe('data classes', () => {
  const connection = new Database(':memory:')
  migrate(connection, migrationsFolder)
  const found = connection
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like 'd1_%'",
    )
    .pluck()
    .all() as string[]
  const ours = found.filter((name) => name !== 'migration_checksum')

  test('every table of the migrations is in the schema, and the other way round', () => {
    expect([...ours].sort()).toEqual(Object.keys(tables).sort())
  })

  test.each(ours)('every column of %s has a class', (table) => {
    const classed: Readonly<Record<string, { readonly class: string }>> =
      Object.entries(tables).find(([name]) => name === table)?.[1] ?? {}
    expect(columnsOf(connection, table).sort()).toEqual(Object.keys(classed).sort())
    for (const column of Object.values(classed)) expect(['C1', 'C2', 'C3']).toContain(column.class)
  })

  test('every table is strict', () => {
    const loose = connection
      .prepare("select name from pragma_table_list where type = 'table' and strict = 0 and name not like 'sqlite_%'")
      .pluck()
      .all() as string[]
    expect(loose.filter((name) => ours.includes(name))).toEqual([])
  })

  test('no column is for what has no column: addresses, carers, telephones, former names', () => {
    const names = ours.flatMap((table) => columnsOf(connection, table))
    expect(
      names.filter((name) => /postcode|street|carer|phone|telephone|former|preferred|placement|ethnic/.test(name)),
    ).toEqual([])
    expect(names.filter((name) => /address/.test(name))).toEqual(['to_address'])
  })
})
