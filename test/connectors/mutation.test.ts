import { describe, expect, it } from 'vitest'
import { recogniseConnector } from '../../connectors/registry.ts'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { connectorFindingWords } from '../../templates/words/en/findings-connectors.ts'
import { processorTime } from '../cpu.ts'
import { makeReturnSheet, seededRandom } from '../make.ts'
import { mutated, mutationLevels } from '../mutations.ts'

const sheet = makeReturnSheet({ seed: 99, pupils: 6, known: 0.3 })

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

describe('a return changed at random', () => {
  it('never throws, never hangs and always has words, as a workbook', async () => {
    const bytes = await writeReturnWorkbook(sheet)
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seededRandom(seed)
      checkAny(mutated({ kind: 'workbook', bytes }, random.pick(mutationLevels), random), seed)
    }
  }, 120_000)

  it('never throws, never hangs and always has words, as CSV', () => {
    const bytes = writeReturnCsv(sheet)
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seededRandom(seed)
      checkAny(mutated({ kind: 'csv', bytes }, random.pick(mutationLevels), random), seed)
    }
  }, 120_000)
})
