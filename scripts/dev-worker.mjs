import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { assetVersion } from './build.mjs'
import { prepare } from './prepare.mjs'
import { runNode, tool } from './run.mjs'
import { say } from './say.mjs'

const root = join(import.meta.dirname, '..')
const wrangler = tool('wrangler', 'bin', 'wrangler.js')
const environment = { CI: '1', WRANGLER_SEND_METRICS: 'false' }
const port = Number(process.env.PORT || 8787)
const state = process.env.VSX_DATA ? ['--persist-to', process.env.VSX_DATA] : []

await prepare({ dev: true })
say('Bringing the local D1 up to date.')
const migrated = await runNode([wrangler, 'd1', 'migrations', 'apply', 'DB', '--local', ...state], { environment })
if (migrated.code !== 0) process.exit(1)

const origin = `http://127.0.0.1:${port}`
say(`Starting workerd on ${origin}. Ctrl-C stops it.`)
// A process group of its own, started without npx: stopping the group stops wrangler and workerd together.
const child = spawn(
  process.execPath,
  [
    wrangler,
    'dev',
    '--local',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--show-interactive-dev-session=false',
    ...state,
    '--var',
    `VSX_ORIGIN:${origin}`,
    '--var',
    `VSX_DEMO:${process.env.VSX_DEMO ?? '1'}`,
    '--define',
    `ASSET_VERSION:${JSON.stringify(assetVersion())}`,
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment }, detached: true },
)

const signalGroup = (signal) => {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group has ended already.
  }
}
let stopping = false
const stop = () => {
  if (stopping) return
  stopping = true
  signalGroup('SIGTERM')
  setTimeout(() => signalGroup('SIGKILL'), 5_000).unref()
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
process.on('SIGHUP', stop)
process.on('exit', () => signalGroup('SIGKILL'))
child.on('exit', (code) => {
  signalGroup('SIGKILL')
  process.exit(stopping ? 0 : (code ?? 1))
})
