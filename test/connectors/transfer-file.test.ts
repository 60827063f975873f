import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commonTransferFile, openTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { connectorFindingWords } from '../../templates/words/en/findings-connectors.ts'
import { secret, transferVariants } from '../transfer-files.ts'

const variants = Object.entries(transferVariants).map(([name, make]) => [name, make] as const)
const read = (name: string, bytes: Uint8Array) => commonTransferFile.parse({ name, bytes })

describe('a transfer file of every producer and quirk', () => {
  it.each(variants)('%s is read as it was', (name, make) => {
    const parsed = read(name, make())
    const shown = 'rows' in parsed ? { ...parsed, kept: undefined } : parsed
    const path = new URL(`golden/transfer/${name}.json`, import.meta.url)
    const text = `${JSON.stringify(shown, null, 1)}\n`
    if (process.env['VSX_GOLDEN'] === 'write') writeFileSync(path, text)
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(path, 'utf8')))
  })

  it.each(variants)('%s is read the same in pieces of any size, and has words for what it found', (name, make) => {
    const bytes = make()
    if (bytes[0] === 0x1f || bytes[0] === 0x50) return
    const whole = read(name, bytes)
    const found = 'rows' in whole ? [...whole.findings, ...whole.rows.flatMap((row) => row.findings)] : [whole.finding]
    for (const { code } of found) expect(connectorFindingWords).toHaveProperty(code)
    for (const size of [1, 7, 1000]) {
      const stream = openTransferFile()
      const rows = []
      let kept = ''
      let refused: unknown
      for (let at = 0; at < bytes.length && refused === undefined; at += size) {
        const piece = stream.push(bytes.subarray(at, at + size))
        if (piece.outcome === 'refused') refused = piece
        else {
          rows.push(...piece.rows)
          kept += new TextDecoder().decode(piece.kept)
        }
      }
      const end = refused ?? stream.end()
      if (!('rows' in whole)) {
        expect(end).toMatchObject({ outcome: 'refused', finding: { code: whole.finding.code } })
        continue
      }
      expect(end).toMatchObject({
        outcome: 'read',
        edition: whole.edition,
        notRead: whole.notRead,
        findings: whole.findings,
      })
      const last = end as typeof whole
      expect([...rows, ...last.rows]).toEqual(whole.rows)
      expect(kept + new TextDecoder().decode(last.kept)).toBe(new TextDecoder().decode(whole.kept))
    }
  })

  it.each(variants)('%s lets nothing through that is never read', (name, make) => {
    const parsed = read(name, make())
    const shown =
      'rows' in parsed
        ? JSON.stringify({ ...parsed, kept: new TextDecoder().decode(parsed.kept) })
        : JSON.stringify(parsed)
    expect(shown).not.toContain(secret)
  })

  it('keeps a copy that reads the same, with every line where it was', () => {
    for (const [name, make] of variants) {
      const first = read(name, make())
      if (!('rows' in first)) continue
      const again = read(name, first.kept)
      if (!('rows' in again)) throw new Error(`${name}: ${again.finding.code}`)
      expect(
        again.rows.map((row) => ({ ...row, findings: [] })),
        name,
      ).toEqual(first.rows.map((row) => ({ ...row, findings: [] })))
    }
  })
})
