import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read, utils } from 'xlsx'
import { scopeFor } from '../../src/access/scope.ts'
import { configFor } from '../../src/config.ts'
import { confirmReturn } from '../../src/intake/confirm-return.ts'
import { receiveReturn } from '../../src/intake/receive-return.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedRound } from '../../src/seed/round.ts'
import { importsOfDelivery } from '../../src/store/imports.ts'
import { personByEmail } from '../../src/store/people.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import type { Benchmark } from './bench.ts'

const pupils = Number(process.env['VSX_BENCH_PUPILS'] ?? 5000)
const config = { ...configFor('http://127.0.0.1', 'machine'), uploadBytes: 50_000_000 }
const limits = { memoryMegabytes: 2048, seconds: 300, atOnce: 1, queued: 1 }

/** The whole intake of a workbook, from its bytes in memory to its receipt. */
const intake = async (folder: string): Promise<number> => {
  const own = mkdtempSync(join(tmpdir(), 'vsx-bench-'))
  cpSync(join(folder, 'store'), own, { recursive: true })
  const runtime = await openNodeRuntime({ dataDir: own, config, quiet: true, parserLimits: limits })
  const { query } = runtime.db
  const by = (await personByEmail(query, 'd.okoro@ellerwick.example'))?.number ?? 0
  const scope = scopeFor(by, { kind: 'school' }, runtime.now())
  const school = await schoolByUrn(query, scope.today, '900001')
  const councils = (await virtualSchools(query)).map(({ number }) => number)
  const bytes = new Uint8Array(readFileSync(join(folder, 'return.xlsx')))
  const started = performance.now()
  const received = await receiveReturn(
    runtime,
    { name: 'return.xlsx', bytes },
    { school: school?.number ?? 0, virtualSchools: councils, by, via: 'page' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  for (const part of await importsOfDelivery(query, scope, received.delivery)) {
    const { outcome } = await confirmReturn(runtime, scope, part, { by, part: 'school', warningsAccepted: true })
    if (outcome !== 'submitted') throw new Error(outcome)
  }
  const ms = performance.now() - started
  const { count } = await query
    .selectFrom('answer')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count < pupils * 10) throw new Error('the answers are not there')
  await runtime.close()
  rmSync(own, { recursive: true, force: true })
  return ms
}

/** The same bytes read by the same library, called as its manual does, into a row of values each, and nothing more. */
const bareParse = (folder: string): number => {
  const bytes = new Uint8Array(readFileSync(join(folder, 'return.xlsx')))
  const started = performance.now()
  const workbook = read(bytes, { type: 'array' })
  const sheets = workbook.SheetNames.map((name) => utils.sheet_to_json(workbook.Sheets[name] ?? {}))
  const ms = performance.now() - started
  if (Math.max(...sheets.map(({ length }) => length)) < pupils) throw new Error('the rows are not there')
  return ms
}

/** A workbook of 5,000 pupils through the whole intake, beside the bare parse of the same bytes. */
export const benchmark: Benchmark = {
  runs: 5,
  rows: [
    {
      name: 'return',
      size: `${pupils} rows`,
      ours: 'intake',
      baseline: 'parse',
      beside: 'bare sheet parse by the same library (read and sheet_to_json, its defaults)',
      atMost: 2,
    },
  ],
  prepare: async (folder) => {
    const dataDir = join(folder, 'store')
    migrateStore(dataDir)
    const runtime = await openNodeRuntime({ dataDir, config, quiet: true, parserLimits: limits })
    const { workbook } = await seedRound(runtime, { pupils, seed: 1 })
    await runtime.close()
    writeFileSync(join(folder, 'return.xlsx'), workbook)
  },
  run: async (side, folder) => ({ ms: side === 'intake' ? await intake(folder) : bareParse(folder) }),
}
