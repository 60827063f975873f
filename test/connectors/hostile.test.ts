import { describe, expect, it } from 'vitest'
import { recogniseConnector } from '../../connectors/registry.ts'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import { connectorFindingWords } from '../../templates/words/en/findings-connectors.ts'
import { processorTime } from '../cpu.ts'
import { hostileFiles } from './hostile-files.ts'

describe('files that are damaged, mistaken or made to do harm', () => {
  it('are at least forty', () => {
    expect(hostileFiles.length).toBeGreaterThanOrEqual(40)
  })

  it.each(hostileFiles.map((file) => [file.name, file] as const))(
    '%s',
    async (_, { code, make, line }) => {
      const bytes = await make()
      const keys = Object.getOwnPropertyNames(Object.prototype).length
      const started = processorTime()
      const recognised = recogniseConnector({ name: 'return.xlsx', bytes })
      const parsed = termlyReturn.parse({ name: 'return.xlsx', bytes })
      // A guard against hanging, not a benchmark: most take a few milliseconds.
      expect(processorTime() - started).toBeLessThan(2000)
      expect(parsed).toMatchObject({ outcome: 'refused', finding: { code, severity: 'error' } })
      if (parsed.outcome !== 'refused') return
      if (line !== undefined) expect(parsed.finding.at.line).toBe(line)
      expect(Object.keys(connectorFindingWords)).toContain(code)
      if (recognised.outcome === 'refused')
        expect(Object.keys(connectorFindingWords)).toContain(recognised.finding.code)
      expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(keys)
    },
    120_000,
  )

  it('of which the whole-file refusals are known before any connector is chosen', async () => {
    const early = hostileFiles.filter(
      ({ name, code }) => /^FILE_(EMPTY|TRUNCATED|ENCRYPTED|OLD|HAS|NOT_A)/.test(code) || name === 'ten thousand parts',
    )
    for (const { code, make } of early) {
      expect(recogniseConnector({ name: 'x', bytes: await make() })).toMatchObject({ finding: { code } })
    }
  })
})
