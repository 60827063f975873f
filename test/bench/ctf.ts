import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { SaxesParser } from 'saxes'
import { configFor } from '../../src/config.ts'
import { publishImports } from '../../src/intake/publish.ts'
import { sha256 } from '../../src/intake/receive-return.ts'
import { receiveTransfer, transferPieces } from '../../src/intake/receive-transfer.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedRound } from '../../src/seed/round.ts'
import { importsAsChanges } from '../../src/store/report.ts'
import { virtualSchools } from '../../src/store/schools.ts'
import { makeUpn, seededRandom } from '../make.ts'
import { wholeSchool } from '../transfer-files.ts'
import type { Benchmark } from './bench.ts'

/** A large school, and how many of its pupils the virtual school looks after. */
const pupils = 2000
const lookedAfter = 100
const config = configFor('http://127.0.0.1', 'machine')
const step = 262_144

async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
}

/** The whole intake of a transfer file: read, matched, checked, kept, staged and published. */
const intake = async (folder: string): Promise<number> => {
  const own = mkdtempSync(join(tmpdir(), 'vsx-bench-'))
  cpSync(join(folder, 'store'), own, { recursive: true })
  const runtime = await openNodeRuntime({ dataDir: own, config, quiet: true })
  const { query } = runtime.db
  const virtualSchool = (await virtualSchools(query))[0]?.number ?? 0
  const bytes = new Uint8Array(readFileSync(join(folder, 'school.xml')))
  const started = performance.now()
  const received = await receiveTransfer(
    runtime,
    { name: 'school.xml', sha256: await sha256(bytes), bytes: bytes.length },
    transferPieces(inPieces(bytes)),
    { from: { kind: 'council', virtualSchool }, by: null, via: 'command' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const changes = await importsAsChanges(query, received.delivery)
  await publishImports(
    runtime,
    changes.map((change) => ({ ...change, by: null, part: 'command' })),
  )
  const ms = performance.now() - started
  const { count } = await query
    .selectFrom('stage_result')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count < lookedAfter) throw new Error('the results are not there')
  await runtime.close()
  rmSync(own, { recursive: true, force: true })
  return ms
}

const bareObjects = (folder: string): number => {
  const bytes = readFileSync(join(folder, 'school.xml'))
  const started = performance.now()
  const read = new XMLParser().parse(bytes) as { readonly CTfile?: unknown }
  if (!read.CTfile) throw new Error('nothing was read')
  return performance.now() - started
}

const barePass = (folder: string): number => {
  const bytes = new Uint8Array(readFileSync(join(folder, 'school.xml')))
  const started = performance.now()
  let elements = 0
  const parser = new SaxesParser()
  parser.on('opentag', () => {
    elements += 1
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let at = 0; at < bytes.length; at += step)
    parser.write(decoder.decode(bytes.subarray(at, at + step), { stream: true }))
  parser.close()
  if (elements < pupils) throw new Error('nothing was read')
  return performance.now() - started
}

const sides: Readonly<Record<string, (folder: string) => number | Promise<number>>> = { intake, bareObjects, barePass }
const row = { name: 'ctf', size: `${pupils} pupils, 15 MB, ${lookedAfter} of them looked after`, ours: 'intake' }

/** A whole school's transfer file into the store, beside two bare readings of the same bytes. */
export const benchmark: Benchmark = {
  runs: 5,
  rows: [
    { ...row, baseline: 'bareObjects', beside: 'fast-xml-parser to objects', atMost: 0.6 },
    { ...row, baseline: 'barePass', beside: 'bare saxes pass', atMost: 2 },
  ],
  prepare: async (folder) => {
    const store = join(folder, 'store')
    mkdirSync(store, { recursive: true })
    migrateStore(store)
    const runtime = await openNodeRuntime({ dataDir: store, config, quiet: true })
    await seedRound(runtime, { pupils: lookedAfter, seed: 1 })
    const known = await runtime.db.query
      .selectFrom('pupil_identifier')
      .select('value')
      .where('kind', '=', 'upn')
      .orderBy('value')
      .execute()
    await runtime.close()
    const random = seededRandom(5)
    const pieces = [...wholeSchool(pupils, 1, (index) => known[index]?.value ?? makeUpn(random))]
    writeFileSync(join(folder, 'school.xml'), pieces.join(''))
  },
  run: async (side, folder) => {
    const measure = sides[side]
    if (!measure) throw new Error(`there is no side ${side}`)
    return { ms: await measure(folder) }
  },
}
