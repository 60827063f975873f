import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { connectorFindingWords } from '../../templates/words/en/findings-connectors.ts'

const sources = readdirSync('connectors', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`connectors/${name}`, 'utf8'))
const values = readFileSync('src/domain/return/value.ts', 'utf8')

describe('words of the connectors’ findings', () => {
  const made = new Set(
    [...sources, values].flatMap((text) =>
      [...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+|BLANK)'/g)].map(([, code]) => code ?? ''),
    ),
  )
  made.delete('SELECT')

  it('are there for every code that is made', () => {
    const codes = [...made].filter((code) => !/^CSV_MAX/.test(code))
    expect(codes.length).toBeGreaterThan(40)
    for (const code of codes) expect(connectorFindingWords).toHaveProperty(code)
  })

  it('are for no code that is not made', () => {
    for (const code of Object.keys(connectorFindingWords)) expect([...made]).toContain(code)
  })

  it('blame nobody', () => {
    for (const [code, word] of Object.entries(connectorFindingWords)) {
      const text = [word.title({}), word.rule({}), word.mend({})].join(' ')
      expect(text, code).not.toMatch(/\b(error|invalid|failed|must|wrong with you|please note|undefined)\b|!/i)
      expect(word.rule({}), code).toMatch(/[.:]$/)
      expect(word.title({}), code).not.toMatch(/\.$/)
    }
  })
})
