import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { configFor } from '../config.ts'
import { hasStore, migrateStore } from '../runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../runtime/node/open.ts'

/** A command that was called wrongly, or that cannot be done: ends the process with a code and a sentence. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly code: 1 | 2 | 64
  constructor(code: 1 | 2 | 64, sentence: string) {
    super(sentence)
    this.code = code
  }
}

const options = {
  data: { type: 'string' },
  by: { type: 'string' },
  as: { type: 'string' },
  'virtual-school': { type: 'string' },
  school: { type: 'string' },
  mapping: { type: 'string' },
  census: { type: 'string' },
  period: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  stage: { type: 'boolean', default: false },
  'accept-warnings': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  once: { type: 'boolean', default: false },
  seed: { type: 'string' },
  pupils: { type: 'string' },
  out: { type: 'string' },
  to: { type: 'string' },
  with: { type: 'string' },
  full: { type: 'boolean', default: false },
  previous: { type: 'boolean', default: false },
  reason: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  mailbox: { type: 'string' },
  help: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
} as const

/** The words of one call: what to do, to what, and how. */
export type Call = {
  readonly command: string
  readonly rest: readonly string[]
  readonly given: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']
  readonly dataDir: string
}

/** Reads a call; an option nobody knows is wrong usage. */
export const readCall = (argv: readonly string[]): Call => {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
    const dataDir = resolve(values.data ?? process.env['VSX_DATA'] ?? 'data')
    return { command: positionals[0] ?? '', rest: positionals.slice(1), given: values, dataDir }
  } catch (problem) {
    throw new Stop(64, problem instanceof Error ? problem.message : String(problem))
  }
}

/** A whole number given as an option. */
export const wholeNumber = (text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise
  if (!/^\d{1,9}$/.test(text)) throw new Stop(64, words.needs('a whole number'))
  return Number(text)
}

/** What a command may take that a page may not: the machine is its caller's own. */
const limits = { memoryMegabytes: 2048, seconds: 300, atOnce: 1, queued: 1 }

/** Opens the store of a call for one command, and closes it whatever happens. */
export const withStore = async <Result>(
  call: Call,
  work: (runtime: NodeRuntime) => Promise<Result>,
  { make = false, folder = call.dataDir }: { readonly make?: boolean; readonly folder?: string } = {},
): Promise<Result> => {
  if (!make && !hasStore(folder)) throw new Stop(2, words.noStore(folder))
  migrateStore(folder)
  const config = configFor(process.env['VSX_ORIGIN'] ?? 'http://127.0.0.1:3000', 'machine')
  const runtime = await openNodeRuntime({ dataDir: folder, config, quiet: true, parserLimits: limits })
  try {
    return await work(runtime)
  } finally {
    await runtime.close()
  }
}

/** Writes a line for the person at the terminal, never among the data. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`)

/** Writes a line of the result. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`)
