import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configFor } from '../../src/config.ts'
import { type Instant, instant } from '../../src/domain/dates.ts'
import { openAssets } from '../../src/runtime/node/assets.ts'
import { listen } from '../../src/runtime/node/listen.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { createApp } from '../../src/web/app.ts'

/** A portal that answers on this machine: where, and how to stop it. */
export type Portal = { readonly base: string; readonly stop: () => Promise<void> }

/** The real application over a real store in a folder of its own, whose day a journey can choose. */
export type NodePortal = Portal & {
  readonly runtime: NodeRuntime
  readonly clock: {
    /** Moves to ten in the morning of a day, 'YYYY-MM-DD'. */
    readonly set: (day: string) => void
    readonly later: (days: number) => void
  }
}

const day = 86_400_000

/**
 * A store that has been made once in this run, copied to a folder of its own. `make` fills an empty folder; whoever asks
 * for the same store meanwhile makes it too, and the first to be ready is kept.
 */
const copyOfStore = async (name: string, make: (folder: string) => Promise<void>): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'vsx-journey-'))
  const shared = process.env['VSX_JOURNEY_STORES']
  const kept = shared === undefined ? undefined : join(shared, name)
  if (kept !== undefined && existsSync(kept)) {
    cpSync(kept, folder, { recursive: true })
    return folder
  }
  await make(folder)
  if (kept !== undefined) {
    const ready = mkdtempSync(`${kept}-`)
    cpSync(folder, ready, { recursive: true })
    if (!existsSync(kept)) renameSync(ready, kept)
  }
  return folder
}

const seededAt = 'seeded-at'

const seedOn = (startsOn: string | undefined) => async (dataDir: string) => {
  const ahead = startsOn ? Date.parse(`${startsOn}T10:00:00.000Z`) - Date.now() : 0
  const now = (): Instant => instant(Date.now() + ahead)
  migrateStore(dataDir)
  // Where it will listen is no part of what is seeded.
  const config = configFor('http://127.0.0.1', 'machine')
  const runtime = await openNodeRuntime({ dataDir, config, quiet: true, now })
  await seedDemo(runtime)
  await runtime.close()
  writeFileSync(join(dataDir, seededAt), now())
}

/** Opens the demo as it would be on a day, today where none is said; time goes on from there. */
export const nodePortal = async (startsOn?: string): Promise<NodePortal> => {
  const dataDir = await copyOfStore(startsOn ?? 'today', seedOn(startsOn))
  let ahead = startsOn ? Date.parse(readFileSync(join(dataDir, seededAt), 'utf8')) - Date.now() : 0
  const set = (to: string) => {
    ahead = Date.parse(`${to}T10:00:00.000Z`) - Date.now()
  }
  const now = (): Instant => instant(Date.now() + ahead)
  const listening = await listen('127.0.0.1', 0)
  const base = `http://127.0.0.1:${listening.port}`
  const runtime = await openNodeRuntime({ dataDir, config: configFor(base, 'machine'), quiet: true, now })
  const app = createApp(() => runtime)
  const assets = openAssets()
  listening.answerWith((request, environment) => assets(request) ?? app.fetch(request, environment))
  return {
    base,
    runtime,
    clock: {
      set,
      later: (days) => {
        ahead += days * day
      },
    },
    stop: async () => {
      await listening.stop()
      await runtime.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const answers = (address: string) =>
  fetch(address).then(
    (answer) => answer.ok,
    () => false,
  )

/** The same application inside workerd, with a local D1 and R2 of its own, as `npm run dev:worker` starts it. */
export const workerPortal = async (): Promise<Portal> => {
  const free = await onlyWorkerd()
  try {
    const state = await copyOfStore('workerd', async (folder) => (await startWorkerd(folder)).stop())
    const { base, stop } = await startWorkerd(state)
    return {
      base,
      stop: async () => {
        await stop()
        free()
        rmSync(state, { recursive: true, force: true })
      },
    }
  } catch (problem) {
    free()
    throw problem
  }
}

/** Waits until no other file of this run has a workerd: one that starts builds, and one that runs would start again. */
const onlyWorkerd = async (): Promise<() => void> => {
  const shared = process.env['VSX_JOURNEY_STORES']
  if (shared === undefined) return () => undefined
  const lock = join(shared, 'workerd-runs')
  const until = Date.now() + 240_000
  for (;;) {
    try {
      mkdirSync(lock)
      return () => rmSync(lock, { recursive: true, force: true })
    } catch {
      if (Date.now() > until) throw new Error('another file of this run keeps its workerd')
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}

const startWorkerd = async (state: string): Promise<Portal> => {
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/dev-worker.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: String(port), VSX_DATA: state },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said = `${said}${piece}`.slice(-4000)
    })
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
  }
  const base = `http://127.0.0.1:${port}`
  const until = Date.now() + 120_000
  while (!(await answers(`${base}/readyz`))) {
    if (Date.now() < until && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 500))
    else {
      await stop()
      throw new Error(`workerd did not answer. It said:\n${said}`)
    }
  }
  return { base, stop }
}
