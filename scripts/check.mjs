import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { prepare } from './prepare.mjs'
import { runNode, tool, totals } from './run.mjs'
import { say } from './say.mjs'

const root = join(import.meta.dirname, '..')
const cruiser = tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs')
const rules = join(root, '.dependency-cruiser.cjs')

/** One forbidden import for every rule that matters: the file that breaks it, and what it imports. */
const planted = {
  domain: ['src/domain/planted.ts', '../store/db.ts'],
  store: ['src/store/planted.ts', '../intake/receive.ts'],
  access: ['src/access/planted.ts', '../web/app.ts'],
  'connector-format': ['connectors/format/planted.ts', '../registry.ts'],
  connectors: ['connectors/local-roll/planted.ts', '../../src/store/db.ts'],
  'school-layout': ['connectors/school-layout/planted.ts', '../local-roll/parse.ts'],
  capabilities: ['src/returns/planted.ts', '../intake/receive.ts'],
  templates: ['templates/pages/planted.tsx', '../../src/store/db.ts'],
  web: ['src/web/planted.ts', '../runtime/node/open.ts'],
  background: ['src/background/planted.ts', '../runtime/node/open.ts'],
  'only-mains-open-a-runtime': ['src/exchange/planted.ts', '../runtime/node/open.ts'],
  'runtimes-apart': ['src/runtime/worker/planted.ts', '../node/open.ts'],
  'worker-never-node': ['src/main.worker.ts', './web/planted.ts'],
  'node-only-in-its-runtime': ['src/insight/planted.ts', 'node:fs'],
  'nothing-of-the-tests': ['src/funding/planted.ts', '../../test/make.ts'],
  'no-cycles': ['src/intake/receive.ts', './planted.ts'],
  'nothing-unresolved': ['src/attendance/planted.ts', './missing.ts'],
}
const sound = [
  'src/store/db.ts',
  'src/web/app.ts',
  'src/runtime/node/open.ts',
  'connectors/registry.ts',
  'connectors/local-roll/parse.ts',
  'test/make.ts',
]

/** Import rules are worth what they catch: each is broken on purpose in a folder of its own, and has to say so. */
const rulesCatch = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vsx-planted-'))
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  try {
    for (const path of sound) write(path, 'export const sound = 1\n')
    for (const [path, target] of Object.values(planted)) write(path, `import '${target}'\nexport const planted = 1\n`)
    write('src/intake/planted.ts', "import './receive.ts'\n")
    copyFileSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'))
    const { code, printed } = await runNode([cruiser, '--config', rules, 'src', 'connectors', 'templates'], {
      cwd: folder,
      keep: true,
    })
    const silent = Object.keys(planted).filter((name) => !printed.includes(`error ${name}:`))
    if (code === 0 || silent.length > 0)
      process.stdout.write(`${printed}\nThese rules caught nothing: ${silent.join(', ')}\n`)
    return code !== 0 && silent.length === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const passes = async (...args) => (await runNode(args, { environment: { CI: '1' } })).code === 0
const dataClasses = join('test', 'store', 'data-classes.test.ts')

const steps = [
  ['Types', () => passes(tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.')],
  ['Form and lint', () => passes(tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--max-diagnostics=40')],
  ['Import rules', () => passes(cruiser, '--config', rules, 'src', 'connectors', 'templates')],
  ['Import rules catch what is planted', rulesCatch],
  ['Unused code', () => passes(tool('knip', 'bin', 'knip.js'), '--no-progress')],
  [
    'Data classes',
    async () =>
      existsSync(join(root, dataClasses)) &&
      (await passes(tool('vitest', 'vitest.mjs'), 'run', '--project', 'node', dataClasses)),
  ],
]

const sum = { passed: 0, failed: 0 }
await prepare({ dev: true })
for (const [name, run] of steps) {
  say(`\nCheck: ${name}`)
  const passed = await run()
  sum[passed ? 'passed' : 'failed'] += 1
  say(`${name}: ${passed ? 'passed' : 'FAILED'}`)
}
process.stdout.write(`\n${totals(sum)}\n`)
process.exitCode = sum.failed > 0 ? 1 : 0
