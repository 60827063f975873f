import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { createApp } from '../../src/web/app.ts'
import { moment, type PersonName, shutOut, type ViewerName, viewerNamed, viewerNames } from './described.ts'
import { type Known, knownOf } from './known.ts'
import { buildWorld, cookieFor } from './world.ts'

const origin = 'http://127.0.0.1:3000'

/** The real application over the hostile world, with everybody's session. */
export type Portal = {
  readonly app: ReturnType<typeof createApp>
  readonly runtime: NodeRuntime
  readonly known: Known
  readonly cookies: ReadonlyMap<ViewerName | PersonName, string>
  /** One request as a viewer, or as nobody. */
  readonly ask: (
    name: ViewerName | PersonName | null,
    method: string,
    path: string,
    form?: FormData,
  ) => Promise<Response>
}

/** Makes the hostile world in an empty folder. */
export const makeWorld = async (dataDir: string): Promise<void> => {
  migrateStore(dataDir)
  const runtime = await openRuntime(dataDir)
  await buildWorld(runtime)
  await runtime.close()
}

const openRuntime = (dataDir: string) =>
  openNodeRuntime({
    dataDir,
    config: { origin, uploadBytes: 10_000_000, publishRows: 100_000 },
    now: () => moment as ReturnType<NodeRuntime['now']>,
    quiet: true,
  })

/** Opens the portal over a folder that holds the world. */
export const openPortal = async (dataDir: string): Promise<Portal> => {
  const runtime = await openRuntime(dataDir)
  const app = createApp(() => runtime)
  const cookies = new Map<ViewerName | PersonName, string>()
  for (const name of viewerNames) cookies.set(name, await cookieFor(runtime, viewerNamed(name)))
  for (const person of shutOut) cookies.set(person, await cookieFor(runtime, { person, part: 'school' }))
  const ask: Portal['ask'] = async (name, method, path, form) =>
    app.request(`${origin}${path}`, {
      method,
      headers: {
        ...(name === null ? {} : { cookie: cookies.get(name) ?? '' }),
        ...(method === 'GET' ? {} : { 'sec-fetch-site': 'same-origin' }),
      },
      ...(form ? { body: form } : {}),
    })
  return { app, runtime, known: await knownOf(runtime), cookies, ask }
}
