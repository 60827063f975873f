import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { findBrowser } from './browser.mjs'
import { findOffice } from './office.mjs'
import { prepare } from './prepare.mjs'
import { runNode, tool, totals } from './run.mjs'
import { say } from './say.mjs'

const root = join(import.meta.dirname, '..')
const results = mkdtempSync(join(tmpdir(), 'vsx-results-'))
const sum = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const add = ({ passed = 0, failed = 0, skipped = 0, named = [] }) => {
  sum.passed += passed
  sum.failed += failed
  sum.skipped += skipped
  failures.push(...named)
}

/** What a message of a failure says first, without the colours of a terminal. */
const firstLine = (message) =>
  stripVTControlCharacters(`${message ?? ''}`)
    .trim()
    .split('\n')[0]
    .slice(0, 300)

/** Counts a run by vitest's own report and names what failed; a file that could not even be loaded counts as one. */
const counted = (name, file, code) => {
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { failed: 1, named: [`${name}: no report was written`] }
  }
  const named = report.testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const where = `${name}: ${relative(root, path)}`
    const failed = assertionResults.filter((one) => one.status === 'failed')
    if (failed.length > 0)
      return failed.map((one) => `${where} > ${one.fullName}: ${firstLine(one.failureMessages[0])}`)
    return status === 'failed' ? [`${where}: ${firstLine(message)}`] : []
  })
  // A run that ended badly though every test passed (an error outside any test) has failed too.
  if (named.length === 0 && code !== 0) named.push(`${name}: ended with ${code} though no test failed`)
  return {
    passed: report.numPassedTests,
    failed: named.length,
    skipped: report.numPendingTests + report.numTodoTests,
    named,
  }
}

const vitest = async (name, args, environment) => {
  say(`\nTests: ${name}`)
  const file = join(results, `${name}.json`)
  const { code } = await runNode(
    [
      tool('vitest', 'vitest.mjs'),
      'run',
      ...args,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { environment: { CI: '1', WRANGLER_SEND_METRICS: 'false', ...environment } },
  )
  add(counted(name, file, code))
}

const proofs = join(root, 'test', 'proofs')
const proofNames = () =>
  (existsSync(proofs) ? readdirSync(proofs) : [])
    .filter((name) => name.endsWith('.ts'))
    .map((name) => basename(name, '.ts'))
    .sort()

try {
  await prepare({ dev: true })
  const browser = findBrowser()
  await vitest('node', ['--project', 'node'])
  if (browser.path) await vitest('journeys', ['--project', 'journeys'], { CHROMIUM: browser.path })
  else {
    say(`\nThe journeys in a browser (test/journeys) are skipped: ${browser.why}.`)
    await vitest('journeys', ['--project', 'journeys', '--testNamePattern', '^no browser here$'])
  }
  const office = findOffice()
  if (office.path) await vitest('libreoffice', ['--project', 'libreoffice'], { LIBREOFFICE: office.path })
  else {
    say(`\nThe tests with LibreOffice (test/libreoffice) are skipped: ${office.why}.`)
    await vitest('libreoffice', ['--project', 'libreoffice', '--testNamePattern', '^no LibreOffice here$'])
  }
  await vitest('worker', ['--config', 'vitest.worker.config.ts'])
  for (const name of proofNames()) {
    say(`\nProof at a tenth: ${name}`)
    const { code } = await runNode([join(root, 'scripts', 'prove.mjs'), name, '--tenth'])
    add(code === 0 ? { passed: 1 } : { failed: 1, named: [`proof: ${name}`] })
  }
} catch (error) {
  process.stderr.write(`${error.stack ?? error}\n`)
  add({ failed: 1, named: [`${error.message ?? error}`] })
} finally {
  rmSync(results, { recursive: true, force: true })
}

for (const one of failures) process.stdout.write(`\nFailed, ${one}`)
process.stdout.write(`\n${totals(sum)}\n`)
process.exitCode = sum.failed > 0 ? 1 : 0
