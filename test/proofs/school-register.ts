import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { establishmentsFile, type Generation, linksFile, type Said } from '../connectors/register.ts'
import { seededRandom } from '../make.ts'

/** Schools of a register: as many as the national one holds. */
export const count = 50_000

type Proof = { readonly count: number; readonly seed: number; readonly print: (line: string) => void }

const most = 300

/** One command in a process of its own, with the most memory it ever held. */
const run = async (data: string, ...call: readonly string[]) => {
  const child = spawn(process.execPath, [join('build', 'cli.js'), ...call, '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, said, peak] = ['', '', 0]
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
    } catch {
      clearInterval(look)
    }
  }, 20)
  const [code] = (await once(child, 'close')) as [number]
  clearInterval(look)
  return { code, out, said, peak }
}

const filler = 'X'.repeat(700)

/** A register as long as the real one: about 1.2 kilobytes a line, most of it in columns that are not read. */
const write = async (path: string, generation: Generation, schools: readonly Said[]) => {
  const file = createWriteStream(path)
  const piece = 2_000
  for (let at = 0; at < schools.length; at += piece) {
    const some = schools.slice(at, at + piece).map((one) => ({ ...one, Street: filler }))
    const bytes = establishmentsFile(generation, some)
    const body = at === 0 ? bytes : bytes.subarray(bytes.indexOf(0x0a) + 1)
    if (!file.write(body)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

/**
 * A register of the real one's length goes in within 300 MB of memory, in both generations of its columns; the same
 * lines again write nothing, a few changed lines are the only ones kept, and conversions in bulk are followed.
 */
export const prove = async ({ count: schools, seed, print }: Proof) => {
  const folder = mkdtempSync(join(tmpdir(), 'vsx-register-'))
  const data = join(folder, 'data')
  const random = seededRandom(seed)
  let [checked, failed] = [0, 0]
  const hold = (what: string, holds: boolean) => {
    checked += 1
    if (!holds) failed += 1
    print(`${holds ? 'holds' : 'FAILS'}: ${what}`)
  }
  const said = Array.from(
    { length: schools },
    (_, index): Said => ({
      URN: `${100_000 + index}`,
      EstablishmentName: `School ${index} of ${random.number(900)} Lane, é`,
      'LA (code)': `${201 + (index % 150)}`,
      EstablishmentNumber: `${(index % 7000) + 1000}`,
    }),
  )
  const bring = async (name: string) => {
    const done = await run(data, 'import', join(folder, name), '--json', '--virtual-school', '991', '--accept-warnings')
    const result =
      done.out === '' ? undefined : (JSON.parse(done.out) as { outcome: string; rows: Record<string, number> })
    return { ...done, outcome: result?.outcome, rows: result?.rows }
  }
  const factsIn = async () => {
    const { out } = await run(data, 'verify')
    return out
  }
  try {
    await run(data, 'migrate')
    await run(data, 'virtual-school', 'add', '991', 'Testborough', '--mailbox', 'vs@testborough.example')
    await write(join(folder, 'a.csv'), 2019, said)
    await write(join(folder, 'b.csv'), 2025, said)
    const first = await bring('a.csv')
    print(`first: ${first.outcome}, ${JSON.stringify(first.rows)}, ${first.peak.toFixed(0)} MB`)
    hold(
      `a register of ${schools} schools is published`,
      first.outcome === 'published' && first.rows?.['accepted'] === schools,
    )
    hold(`within ${most} MB (${first.peak.toFixed(0)} MB)`, first.peak > 0 && first.peak < most)
    const same = await bring('a.csv')
    hold('the same file again changes nothing', same.outcome === 'already-published')
    const again = await bring('b.csv')
    hold(
      `the same lines in the other generation of columns are all known (${again.peak.toFixed(0)} MB)`,
      again.outcome === 'published' && again.rows?.['accepted'] === schools && again.peak < most,
    )
    const moved = said.map((one, index) => (index % 5_000 === 7 ? { ...one, EstablishmentName: 'Renamed' } : one))
    await write(join(folder, 'c.csv'), 2025, moved)
    const changed = await bring('c.csv')
    hold('a few changed lines are published among the rest', changed.outcome === 'published')
    const links = linksFile(
      said
        .slice(0, Math.floor(schools / 3))
        .map((one, index) => [one.URN, `${600_000 + index}`, 'Successor', '01-09-2026'] as const),
    )
    const out = createWriteStream(join(folder, 'links.csv'))
    out.end(links)
    await once(out, 'close')
    const linked = await bring('links.csv')
    hold('links are published', linked.outcome === 'published')
    hold('vsx verify finds everything in agreement', (await factsIn()).includes('Everything agrees.'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { checked, failed }
}
