import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { say } from './say.mjs'

const root = join(import.meta.dirname, '..')
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.vsx-installed')
const sqlite = join(modules, 'better-sqlite3')
const sqliteBinary = join(sqlite, 'build', 'Release', 'better_sqlite3.node')

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
const hashOf = (path) => createHash('sha256').update(read(path)).digest('hex')

/** What a finished installation looks like: the lock file, the Node it was compiled for, and with which packages. */
const stampFor = (kind) => `${hashOf(join(root, 'package-lock.json'))} ${process.version} ${kind}`

/** Whether somebody ran npm by hand and left exactly what the lock file names. */
const installedByHand = () => {
  const installed = read(join(modules, '.package-lock.json'))
  if (!installed || !existsSync(sqliteBinary)) return false
  const there = JSON.parse(installed).packages
  const named = JSON.parse(read(join(root, 'package-lock.json'))).packages
  const same = Object.entries(named).every(
    ([path, { version, integrity, optional }]) =>
      path === '' || (there[path] ? there[path].version === version && there[path].integrity === integrity : optional),
  )
  if (!same) return false
  const loads = "const Database = require('better-sqlite3'); new Database(':memory:').close()"
  return spawnSync(process.execPath, ['-e', loads], { cwd: root, stdio: 'ignore' }).status === 0
}

const npm = (args, environment = {}) =>
  spawnSync('npm', args, {
    cwd: root,
    // npm's own words go where ours go: standard output stays clean for commands that print JSON.
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  }).status === 0

const missingTools = () =>
  ['python3', 'make', 'g++'].filter((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error)

/** Compiles SQLite's binding for this Node, with Node's own headers where they lie beside it. */
const compileSqlite = () => {
  const headers = join(dirname(process.execPath), '..')
  const withHeaders = existsSync(join(headers, 'include', 'node', 'node.h'))
  say('Compiling SQLite for this machine (better-sqlite3). This takes one to two minutes, once.')
  if (withHeaders)
    say('npm may warn about "nodedir" here: it tells the compiler where Node\'s headers are, and is harmless.')
  if (
    npm(['rebuild', 'better-sqlite3'], withHeaders ? { npm_config_nodedir: headers } : {}) &&
    existsSync(sqliteBinary)
  )
    return
  const missing = missingTools()
  throw new Error(
    missing.length > 0
      ? `SQLite could not be compiled: ${missing.join(', ')} not found. On Debian: apt-get install python3 make g++`
      : 'SQLite could not be compiled: the lines above say why.',
  )
}

/** Installs exactly what package-lock.json names, unless it is there already. `dev` adds what tests and checks need. */
export const ensureInstalled = ({ dev }) => {
  const [, , have] = read(stampFile).split(' ')
  if (have && read(stampFile) === stampFor(have) && (have === 'all' || !dev)) return
  if (installedByHand()) {
    writeFileSync(stampFile, stampFor('all'))
    return
  }
  const kind = dev ? 'all' : 'running'
  say(
    dev
      ? 'Installing the packages that package-lock.json names, with those for tests (about 500 MB, half a minute or so).'
      : 'Installing the packages that package-lock.json names (about 100 MB, under half a minute).',
  )
  // A binding compiled for this very version and Node is kept aside: npm ci empties the folder.
  const versionOf = () => JSON.parse(read(join(sqlite, 'package.json')) || '{}').version
  const [, compiledFor] = read(stampFile).split(' ')
  const before = compiledFor === process.version && existsSync(sqliteBinary) ? versionOf() : undefined
  const aside = mkdtempSync(join(tmpdir(), 'vsx-install-'))
  try {
    if (before) cpSync(sqliteBinary, join(aside, 'binding.node'))
    if (!npm(['ci', '--ignore-scripts', dev ? '--include=dev' : '--omit=dev'])) {
      throw new Error(
        'npm could not install the packages: the lines above say why. Are the package registries reachable?',
      )
    }
    if (before && before === versionOf()) cpSync(join(aside, 'binding.node'), sqliteBinary)
    else compileSqlite()
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  writeFileSync(stampFile, stampFor(kind))
}
