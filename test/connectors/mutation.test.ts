import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { recogniseConnector } from '../../connectors/registry.ts'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { connectorFindingWords } from '../../templates/words/en/findings-connectors.ts'
import { processorTime } from '../cpu.ts'
import { makeReturnSheet, type Random, seededRandom } from '../make.ts'

const sheet = makeReturnSheet({ seed: 99, pupils: 6, known: 0.3 })

const mutated = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = bytes.slice()
  for (let count = 1 + random.number(8); count > 0; count -= 1) copy[random.number(copy.length)] = random.number(256)
  const cut = random.number(copy.length)
  if (random.chance(0.15)) return copy.slice(0, cut)
  if (random.chance(0.15)) return new Uint8Array([...copy.slice(0, cut), ...copy.slice(random.number(copy.length))])
  return copy
}

/** Changes bytes inside one part and packs it well again, so that the change reaches the parser. */
const mutatedInside = (bytes: Uint8Array, random: Random): Uint8Array => {
  const parts = unzipSync(bytes)
  const name = random.pick(Object.keys(parts).filter((part) => part.startsWith('xl/') || part.startsWith('[')))
  const part = parts[name]
  if (!part) return bytes
  return zipSync({ ...parts, [name]: mutated(part, random) }, { level: 1 })
}

/** Reads a file and looks at all that must hold of any file, whatever is in it. */
const checkAny = (bytes: Uint8Array, seed: number) => {
  const started = processorTime()
  recogniseConnector({ name: 'x', bytes })
  const parsed = termlyReturn.parse({ name: 'x', bytes })
  expect(processorTime() - started, `seed ${seed}`).toBeLessThan(2000)
  const findings =
    parsed.outcome === 'refused'
      ? [parsed.finding]
      : [...parsed.findings, ...parsed.rows.flatMap((row) => row.findings)]
  for (const { code } of findings) expect(connectorFindingWords, `seed ${seed}`).toHaveProperty(code)
  if (parsed.outcome === 'refused') return
  for (const row of parsed.rows) {
    const unread = row.answers.filter(({ state }) => state === 'unread').map(({ at }) => at.cell ?? at.column)
    const places = row.findings.map(({ at }) => at.cell ?? at.column)
    for (const place of unread) expect(places, `seed ${seed}`).toContain(place)
  }
}

describe('a return with bytes changed at random', () => {
  it('never throws, never hangs and always has words, as a workbook', async () => {
    const bytes = await writeReturnWorkbook(sheet)
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seededRandom(seed)
      checkAny(seed % 2 === 0 ? mutated(bytes, random) : mutatedInside(bytes, random), seed)
    }
  }, 120_000)

  it('never throws, never hangs and always has words, as CSV', () => {
    const bytes = writeReturnCsv(sheet)
    for (let seed = 1; seed <= 300; seed += 1) checkAny(mutated(bytes, seededRandom(seed)), seed)
  }, 120_000)
})
