import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { randomFrom } from '../src/seed/random.ts'

const cli = join(process.cwd(), 'build', 'cli.js')

/** What is imported while it is killed. */
export type Subject = {
  /** Makes the store to begin with and the file; says in words what they are. */
  readonly make: (folder: string) => { readonly file: string; readonly words: string }
  /** What `vsx export` writes of what the file brings. */
  readonly exports: 'returns' | 'attendance'
  /** SQL that tells the import among those published, as `i`; and what selects a row that is staged of it. */
  readonly published: string
  readonly staged: string
}

type Done = { readonly code: number | null; readonly out: string }

/** Runs `vsx` on a store to its end. */
export const vsx = (dataDir: string, ...call: readonly string[]): Done => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...call, '--data', dataDir], {
    encoding: 'utf8',
    maxBuffer: 400_000_000,
  })
  return { code: status, out: status === 0 || status === 1 ? stdout : `${stdout}${stderr}` }
}

const exportOf = (dataDir: string, what: string): string => {
  const { code, out } = vsx(dataDir, 'export', what, '--out', '-')
  if (code !== 0) throw new Error(`export ended with ${code}: ${out}`)
  return out
}

/** How far the import had come when it was killed, read from the store it left behind. */
const stageOf = (
  dataDir: string,
  { published: isPublished, staged: isStaged }: Subject,
): 'before' | 'between' | 'after' => {
  const store = new Database(join(dataDir, 'store.sqlite'), { readonly: true })
  const counted = (sql: string) => Number(store.prepare(sql).pluck().get())
  const published = counted(`select count(*) from import i where i.state = 'published' and ${isPublished}`)
  const staged = counted(`select count(*) from (${isStaged})`)
  store.close()
  if (published > 0) return 'after'
  return staged > 0 ? 'between' : 'before'
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

type Moment = { readonly from: 'start' | 'first row'; readonly milliseconds: number }

const rowsStaged = (store: Database.Database, { staged }: Subject) =>
  Number(store.prepare(`select count(*) from (${staged} limit 1)`).pluck().get()) > 0

/** Starts the import, kills its whole process group at a moment, and waits until it is gone. */
const killAt = async (dataDir: string, file: string, moment: Moment, subject: Subject): Promise<void> => {
  const child = spawn(process.execPath, [cli, 'import', file, '--data', dataDir, '--json'], {
    detached: true,
    stdio: 'ignore',
  })
  let gone = false
  const exit = new Promise<void>((resolve) =>
    child.on('exit', () => {
      gone = true
      resolve()
    }),
  )
  if (moment.from === 'first row') {
    const store = new Database(join(dataDir, 'store.sqlite'), { readonly: true })
    while (!gone && !rowsStaged(store, subject)) await wait(2)
    store.close()
  }
  await wait(moment.milliseconds)
  if (!gone && child.pid) process.kill(-child.pid, 'SIGKILL')
  await exit
}

/** How long an import takes from its first staged row to its end, in milliseconds. */
const windowOf = async (dataDir: string, file: string, subject: Subject): Promise<number> => {
  const child = spawn(process.execPath, [cli, 'import', file, '--data', dataDir, '--json'], { stdio: 'ignore' })
  const store = new Database(join(dataDir, 'store.sqlite'), { readonly: true })
  while (!rowsStaged(store, subject)) await wait(2)
  store.close()
  const first = Date.now()
  await new Promise((resolve) => child.on('exit', resolve))
  return Date.now() - first
}

/**
 * Kills imports of one big file at moments spread over their whole course. After each the store must verify clean and
 * export exactly what it did before the import or after it; importing again must end exactly as an unbroken run.
 */
export const proveKills = async (
  subject: Subject,
  { count, seed, print }: { readonly count: number; readonly seed: number; readonly print: (line: string) => void },
): Promise<{ readonly checked: number; readonly failed: number }> => {
  const random = randomFrom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'vsx-crash-'))
  const [clean, broken] = [join(folder, 'clean'), join(folder, 'broken')]
  try {
    const { file, words } = subject.make(clean)
    const before = exportOf(clean, subject.exports)
    const whole = join(folder, 'whole')
    cpSync(clean, whole, { recursive: true })
    const started = Date.now()
    const window = await windowOf(whole, file, subject)
    const length = Date.now() - started
    const after = exportOf(whole, subject.exports)
    if (before === after) throw new Error('the import changes nothing, so that it proves nothing')
    print(`${words}; an unbroken import takes ${length} ms, ${window} of them after its first staged row`)
    const stages = { before: 0, between: 0, after: 0 }
    let failed = 0
    let checked = 0
    for (let kill = 0; kill < count; kill += 1) {
      rmSync(broken, { recursive: true, force: true })
      cpSync(clean, broken, { recursive: true })
      const share = (kill + random()) / count
      const moment: Moment =
        kill % 2 === 0
          ? { from: 'start', milliseconds: Math.round(length * share) }
          : { from: 'first row', milliseconds: Math.round(window * share) }
      await killAt(broken, file, moment, subject)
      const stage = stageOf(broken, subject)
      stages[stage] += 1
      const verified = vsx(broken, 'verify')
      const now = exportOf(broken, subject.exports)
      const asEither = now === before || now === after
      const again = vsx(broken, 'import', file, '--json')
      const ended = exportOf(broken, subject.exports) === after && vsx(broken, 'verify').code === 0
      const good = verified.code === 0 && asEither && again.code === 0 && ended
      checked += 1
      if (!good) {
        failed += 1
        print(
          `kill ${kill}, ${moment.milliseconds} ms from the ${moment.from} (${stage}): verify ${verified.code}, export ${asEither ? 'whole' : 'torn'}, again ${again.code}, end ${ended ? 'equal' : 'different'}\n${verified.out}${again.out.slice(0, 400)}`,
        )
      }
    }
    print(
      `killed before the first staged row ${stages.before}, between it and publishing ${stages.between}, after ${stages.after}`,
    )
    const enough = Math.ceil(count / 5)
    if (stages.between < enough) {
      print(`too few kills in between: ${stages.between} of at least ${enough}`)
      failed += 1
    }
    return { checked, failed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
