import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { bundle } from './build.mjs'
import { prepare } from './prepare.mjs'
import { runNode } from './run.mjs'

// One program in two parts: without --side it prepares, runs every side in a process of its own, one after the other in
// turn, and prints medians; with --side it is such a process.

const root = join(import.meta.dirname, '..')
const folder = join(root, 'test', 'bench')
const known = ['return', 'ctf', 'attendance', 'pages']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    side: { type: 'string' },
    at: { type: 'string' },
  },
})
const names = positionals.length === 0 ? known : positionals
const unknown = names.find((name) => !known.includes(name))
if (unknown !== undefined) {
  process.stderr.write(`npm run bench -- [NAME] [--json]\nNAME is one of: ${known.join(', ')}\n`)
  process.exit(64)
}

const builtAt = (name) => join(root, 'build', 'bench', `${name}.js`)
const load = async (name) => (await import(pathToFileURL(builtAt(name)).href)).benchmark

const oneRun = async (name, side, at) => {
  const measured = await (await load(name)).run(side, at)
  const peakMB = process.resourceUsage().maxRSS / 1024
  process.stdout.write(`\n@@${JSON.stringify({ ...measured, peakMB })}\n`)
}

const median = (numbers) => {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const apart = async (name, side, at, flags) => {
  const { code, printed } = await runNode([...flags, import.meta.filename, name, '--side', side, '--at', at], {
    keep: true,
  })
  const line = printed.split('\n').find((one) => one.startsWith('@@'))
  if (code !== 0 || !line) throw new Error(`${name}, ${side}: ${printed}`)
  return JSON.parse(line.slice(2))
}

const say = (line) => void process.stderr.write(`${line}\n`)

const whole = async (name) => {
  mkdirSync(join(root, 'build', 'bench'), { recursive: true })
  writeFileSync(builtAt(name), await bundle(join(folder, `${name}.ts`)))
  const { runs: usual, rows, prepare: make, flags = [] } = await load(name)
  const runs = Number(process.env.VSX_BENCH_RUNS ?? usual)
  const at = mkdtempSync(join(tmpdir(), 'vsx-bench-'))
  try {
    say(`${name}: making what is measured`)
    await make(at)
    const sides = [...new Set(rows.flatMap(({ ours, baseline }) => [ours, baseline]))]
    const measured = new Map(sides.map((side) => [side, []]))
    for (let run = 1; run <= runs; run += 1)
      for (const side of sides) {
        const one = await apart(name, side, at, flags)
        measured.get(side).push(one)
        say(`${name}: run ${run} of ${runs}, ${side}: ${one.ms.toFixed(1)} ms`)
      }
    return rows.map(({ name: row, size, ours, baseline, beside, atMost, by }) => {
      const [own, other] = [measured.get(ours), measured.get(baseline)]
      const medianOf = (all, key) => median(all.map(({ more }) => more[key]))
      const more = Object.fromEntries(Object.keys(own[0].more ?? {}).map((key) => [key, medianOf(own, key)]))
      // Where requests a second are compared, the milliseconds are what one request then takes of a second.
      const msOf = (all) => (by === 'aSecond' ? 1000 / medianOf(all, 'aSecond') : median(all.map(({ ms }) => ms)))
      const [oursMs, baselineMs] = [msOf(own), msOf(other)]
      if (by === 'aSecond') more.baselineASecond = medianOf(other, 'aSecond')
      return {
        name: row,
        size,
        oursMs,
        baseline: beside,
        baselineMs,
        ratio: oursMs / baselineMs,
        peakMB: Math.max(...own.map(({ peakMB }) => peakMB)),
        atMost,
        ...more,
      }
    })
  } finally {
    rmSync(at, { recursive: true, force: true })
  }
}

if (values.side !== undefined) await oneRun(names[0], values.side, values.at)
else {
  await prepare({ dev: true })
  const results = []
  for (const name of names) results.push(...(await whole(name)))
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
  else
    for (const one of results) {
      const { name, size, oursMs, baseline, baselineMs, ratio, peakMB, atMost, ...more } = one
      const rest = Object.entries(more).map(([key, value]) => `${key} ${Number(value.toFixed(1))}`)
      process.stdout.write(
        `${name}, ${size}: ${oursMs.toFixed(1)} ms; ${baseline}: ${baselineMs.toFixed(1)} ms; ratio ${ratio.toFixed(2)} (at most ${atMost}); peak ${peakMB.toFixed(0)} MB${rest.length > 0 ? `; ${rest.join('; ')}` : ''}\n`,
      )
    }
}
