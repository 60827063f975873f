import { startWords } from '../templates/words/en/start.ts'
import { configFor } from './config.ts'
import { openAssets } from './runtime/node/assets.ts'
import { type Listening, listen } from './runtime/node/listen.ts'
import { migrateStore } from './runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from './runtime/node/open.ts'
import { readSettings, type Settings } from './runtime/node/settings.ts'
import { demoPeople, seedDemo } from './seed/demo.ts'
import { isDemo, isEmpty } from './store/mark.ts'
import { createApp } from './web/app.ts'

const print = (line: string) => void process.stdout.write(`${line}\n`)

const listenAsSet = async ({ host, port }: Settings): Promise<Listening> => {
  try {
    return await listen(host, port)
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'EADDRINUSE') throw new Error(startWords.portTaken(port))
    throw error
  }
}

/**
 * What waits in the outbox was tried once when it was written; this takes up what was not sent then. Once an hour it
 * also sends the reminders that a council asked to go out by themselves.
 */
const sweepMail = (runtime: NodeRuntime) => {
  let [sweeping, sweeps] = [false, 0]
  const timer = setInterval(async () => {
    if (sweeping) return
    sweeping = true
    if (sweeps % 60 === 0) await runtime.start({ name: 'remind' }).catch(() => print(startWords.jobStopped))
    sweeps += 1
    await runtime.start({ name: 'send-mail' }).catch(() => print(startWords.jobStopped))
    sweeping = false
  }, 60_000)
  return () => clearInterval(timer)
}

const openStore = async (settings: Settings, origin: string): Promise<NodeRuntime> => {
  const applied = migrateStore(settings.dataDir)
  if (applied.length > 0) print(startWords.migrated(applied.length))
  const runtime = await openNodeRuntime({ dataDir: settings.dataDir, config: configFor(origin, 'machine') })
  try {
    if (settings.local && (await isEmpty(runtime.db.query))) {
      print(startWords.seeding)
      await seedDemo(runtime)
    }
    if (!settings.local && (await isDemo(runtime.db.query))) throw new Error(startWords.demoStaysHere)
  } catch (error) {
    await runtime.close()
    throw error
  }
  return runtime
}

const stopOnSignal = (stop: () => Promise<void>) => {
  let stopping = false
  const onSignal = () => {
    // Asked twice: whoever waits has waited enough. The store loses nothing that was committed.
    if (stopping) process.exit(1)
    stopping = true
    print(`\n${startWords.stopping}`)
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

const main = async () => {
  const settings = readSettings(process.env)
  const listening = await listenAsSet(settings)
  const shownHost = settings.host.includes(':') ? `[${settings.host}]` : settings.host
  const origin = settings.origin ?? `http://${shownHost}:${listening.port}`
  const runtime = await openStore(settings, origin)
  const app = createApp(() => runtime)
  const assets = openAssets()
  listening.answerWith((request, environment) => assets(request) ?? app.fetch(request, environment))
  const stopSweeping = sweepMail(runtime)
  stopOnSignal(async () => {
    stopSweeping()
    await listening.stop()
    await runtime.close()
  })

  print(startWords.ready(origin))
  if (await isDemo(runtime.db.query)) {
    print(startWords.demo)
    for (const { name, email, role } of demoPeople) print(startWords.person(email, name, role))
  }
  print(startWords.stop)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
