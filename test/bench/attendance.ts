import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { readMarksCsv } from '../../connectors/attendance-marks/parse.ts'
import { sha256OfFile } from '../../src/cli/streamed-file.ts'
import { configFor } from '../../src/config.ts'
import { mondayOf } from '../../src/domain/attendance/week.ts'
import { plusDays } from '../../src/domain/dates.ts'
import { inSteps } from '../../src/intake/in-steps.ts'
import { publishImports } from '../../src/intake/publish.ts'
import { marksStep, receiveMarks } from '../../src/intake/receive-marks.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedRound } from '../../src/seed/round.ts'
import { countedMarks } from '../../src/store/mark-weeks.ts'
import { importsAsChanges } from '../../src/store/report.ts'
import { virtualSchools } from '../../src/store/schools.ts'
import { statement } from '../../src/store/statement.ts'
import { seededRandom } from '../make.ts'
import type { Benchmark, Measured } from './bench.ts'

/** A year of sessions, and as many children as make a million marks of it. */
const days = 190
const pupils = Number(process.env['VSX_BENCH_PUPILS'] ?? 2632)
const marks = pupils * days * 2
const config = configFor('http://127.0.0.1', 'machine')

const own = (folder: string) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'vsx-bench-'))
  cpSync(join(folder, 'store'), dataDir, { recursive: true })
  return dataDir
}

/** The whole intake of a file of marks: read, checked, matched, kept, staged and published. */
const intake = async (folder: string): Promise<Omit<Measured, 'peakMB'>> => {
  const dataDir = own(folder)
  const runtime = await openNodeRuntime({ dataDir, config, quiet: true })
  const { query } = runtime.db
  const path = join(folder, 'marks.csv')
  const virtualSchool = (await virtualSchools(query))[0]?.number ?? 0
  const before = statSync(join(dataDir, 'store.sqlite')).size
  const started = performance.now()
  const received = await receiveMarks(
    runtime,
    { name: 'marks.csv', sha256: await sha256OfFile(path), bytes: statSync(path).size, layout: null, copied: true },
    readMarksCsv(inSteps(createReadStream(path, { highWaterMark: 262_144 }), marksStep), null),
    { from: { kind: 'council', virtualSchool }, by: null, via: 'command' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const changes = await importsAsChanges(query, received.delivery)
  await publishImports(
    runtime,
    changes.map((change) => ({ ...change, by: null, part: 'command' })),
  )
  const ms = performance.now() - started
  const count = async (sql: string) => ((await query.read(sql, []))[0] as { readonly count: number }).count
  const held = await count(`select sum(${countedMarks}) as count from mark_week`)
  if (held !== marks) throw new Error(`${held} marks are held, not ${marks}`)
  const pages = (like: string) => count(`select sum(pgsize) as count from dbstat where name like '${like}'`)
  const [current, history] = [await pages('mark_week'), await pages('mark_week_fact%')]
  await runtime.close()
  const after = statSync(join(dataDir, 'store.sqlite')).size
  rmSync(dataDir, { recursive: true, force: true })
  return {
    ms,
    more: {
      bytesAMark: current / marks,
      historyBytesAMark: history / marks,
      storeMB: after / 1e6,
      grownMB: (after - before) / 1e6,
    },
  }
}

const ran = (program: string, args: readonly string[], input?: string): number => {
  const started = performance.now()
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', ...(input === undefined ? {} : { input }) })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
  return performance.now() - started
}

/** Another process brings the file in while this one serves: how late its loop runs, and how long a small write waits. */
const beside = async (folder: string): Promise<Omit<Measured, 'peakMB'>> => {
  const dataDir = own(folder)
  const runtime = await openNodeRuntime({ dataDir, config, quiet: true })
  let [loopLagMs, longestCommitMs, busy, commits] = [0, 0, 0, 0]
  let last = performance.now()
  const tick = setInterval(() => {
    const now = performance.now()
    loopLagMs = Math.max(loopLagMs, now - last - 5)
    last = now
  }, 5)
  let going = true
  const writing = (async () => {
    while (going) {
      const began = performance.now()
      await runtime.db
        .commit([statement("update store_mark set value = value where name = 'kind'")])
        .catch((problem: Error) => {
          if (!/busy|locked/i.test(problem.message)) throw problem
          busy += 1
        })
      commits += 1
      longestCommitMs = Math.max(longestCommitMs, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })()
  const started = performance.now()
  const vsx = spawn(
    process.execPath,
    [
      ...['--max-semi-space-size=2', join(process.cwd(), 'build', 'cli.js'), 'import', join(folder, 'marks.csv')],
      ...['--data', dataDir, '--json', '--accept-warnings'],
    ],
    { stdio: 'ignore' },
  )
  const code = await new Promise((resolve) => vsx.on('exit', resolve))
  const ms = performance.now() - started
  going = false
  await writing
  clearInterval(tick)
  await runtime.close()
  rmSync(dataDir, { recursive: true, force: true })
  if (code !== 0) throw new Error(`vsx import ended with ${code}`)
  return { ms, more: { loopLagMs, longestCommitMs, busy, commits } }
}

/** Debian's sqlite3 puts the same lines into a bare table with the same key, and checks nothing. */
const bareImport = (folder: string): number => {
  const store = join(mkdtempSync(join(tmpdir(), 'vsx-bench-')), 'bare.sqlite')
  const ms = ran(
    'sqlite3',
    [store],
    `create table mark (upn text, surname text, forename text, born text, school text, day text, session text, code text, primary key (upn, day, session)) without rowid;
.mode csv
.import --skip 1 ${join(folder, 'marks.csv')} mark
`,
  )
  rmSync(store, { force: true })
  return ms
}

const pythonLoader = (folder: string): number => {
  const store = join(mkdtempSync(join(tmpdir(), 'vsx-bench-')), 'loaded.sqlite')
  const loader = join(process.cwd(), 'test', 'bench', 'attendance-loader.py')
  const ms = ran('python3', [loader, join(folder, 'marks.csv'), store, join(folder, 'pupils.csv')])
  rmSync(store, { force: true })
  return ms
}

const codes = ['/', '/', '/', '/', '/', '/', '/', '/', '/', '/', '/', '/', 'L', 'I', 'N', 'M', 'C2', 'O', 'B', 'K']

const sides: Readonly<
  Record<string, (folder: string) => Omit<Measured, 'peakMB'> | Promise<Omit<Measured, 'peakMB'>>>
> = {
  intake,
  beside,
  bareImport: (folder) => ({ ms: bareImport(folder) }),
  pythonLoader: (folder) => ({ ms: pythonLoader(folder) }),
}
const row = { name: 'attendance', size: `${marks.toLocaleString('en-GB')} session marks`, ours: 'intake' }

/** A year of a council's session marks into the store, beside two plain ways of loading the same file. */
export const benchmark: Benchmark = {
  runs: 3,
  // As `vsx` runs: a small young generation keeps the memory of a long import flat.
  flags: ['--max-semi-space-size=2'],
  rows: [
    { ...row, baseline: 'bareImport', beside: 'sqlite3 .import', atMost: 2.5 },
    {
      ...row,
      name: 'attendance beside a server',
      ours: 'beside',
      baseline: 'intake',
      beside: 'the same without a server that writes',
      atMost: 2,
    },
    { ...row, baseline: 'pythonLoader', beside: 'Python csv and sqlite3 with the same checks', atMost: 0.4 },
  ],
  prepare: async (folder) => {
    const store = join(folder, 'store')
    mkdirSync(store, { recursive: true })
    migrateStore(store)
    const runtime = await openNodeRuntime({ dataDir: store, config, quiet: true })
    await seedRound(runtime, { pupils, seed: 1 })
    const known = await runtime.db.query
      .selectFrom('pupil_identifier as i')
      .innerJoin('place as p', 'p.pupil_number', 'i.pupil_number')
      .innerJoin('school as s', 's.number', 'p.school_number')
      .select(['i.value as upn', 'i.pupil_number as pupil', 's.first_urn as urn'])
      .where('i.kind', '=', 'upn')
      .orderBy('i.pupil_number')
      .execute()
    await runtime.close()
    writeFileSync(join(folder, 'pupils.csv'), known.map(({ upn, pupil, urn }) => `${upn},${pupil},${urn}\n`).join(''))
    const random = seededRandom(5)
    const out = createWriteStream(join(folder, 'marks.csv'))
    out.write('UPN,Surname,Forename,Date of birth,School,Date,Session,Mark\r\n')
    // Thirty-eight weeks from Monday 1 September 2025, a day at a time as a contractor writes them.
    const first = 2904
    for (let at = 0; at < days; at += 1) {
      const day = plusDays(mondayOf(first + Math.floor(at / 5)), at % 5)
      const written = `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
      let lines = ''
      for (const { upn, pupil, urn } of known)
        for (const session of ['AM', 'PM']) {
          const code = random.pick(codes)
          const mark = code === '/' && session === 'PM' ? '\\' : code
          lines += `${upn},Qx${pupil},Zed,01/02/2012,${urn},${written},${session},${mark}\r\n`
        }
      if (!out.write(lines)) await new Promise((resolve) => out.once('drain', () => resolve(undefined)))
    }
    out.end()
    await finished(out)
  },
  run: async (side, folder) => {
    const measure = sides[side]
    if (!measure) throw new Error(`there is no side ${side}`)
    return measure(folder)
  },
}
