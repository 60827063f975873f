import { z } from 'zod'
import { startWords } from '../../../templates/words/en/start.ts'
import { isLoopback } from '../../config.ts'

/** What the environment says of where to listen and where the data is. */
export type Settings = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Undefined where nobody set it: then it is the address listened on. */
  readonly origin: string | undefined
  /** Whether only this machine can reach the portal, directly or by the address it says it has. */
  readonly local: boolean
}

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  VSX_DATA: z.string().min(1).default('./data'),
  VSX_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
})

/** Reads the settings of a server; throws one sentence a setting that needs mending, by its name. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  // A setting that is there but empty is one nobody made.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = Environment.safeParse(set)
  if (!read.success) {
    const lines = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new Error([startWords.settings, ...lines].join('\n'))
  }
  const { PORT: port, HOST: host, VSX_DATA: dataDir, VSX_ORIGIN: origin } = read.data
  const local = isLoopback(host) && (origin === undefined || isLoopback(new URL(origin).hostname))
  if (!local && !origin?.startsWith('https://')) throw new Error(startWords.needsOrigin)
  return { port, host, dataDir, origin, local }
}
