import { existsSync } from 'node:fs'
import { ensureBuilt } from './build.mjs.mts'

const only = [
  'writer-thread.js',
  ...(existsSync('connectors/registry.ts') ? ['parse-thread.js'] : []),
  ...(existsSync('src/cli.ts') && existsSync('src/web/app.ts') ? ['main.node.js', 'cli.js'] : []),
]

/** Builds before any test runs: the threads are started from the build. */
export const setup = () => ensureBuilt({ only })
