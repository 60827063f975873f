import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commonTransferFile, openTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { connectorFindingWords } from '../../templates/words/en/findings-connectors.ts'
import { everything, keptText, secret, transferFile, transferPupil, transferVariants } from '../transfer-files.ts'

const variants = Object.entries(transferVariants).map(([name, make]) => [name, make] as const)
const read = (name: string, bytes: Uint8Array) => commonTransferFile.parse({ name, bytes })

it('a file of more pupils than any school has is refused, and not taken apart to its end', () => {
  const file = (pupils: number) => new TextEncoder().encode(transferFile({ pupils: ['<Pupil/>'.repeat(pupils)] }))
  expect(read('x', file(20_000))).toMatchObject({ outcome: 'read' })
  const finding = { code: 'TRANSFER_TOO_MANY_PUPILS' }
  expect(read('x', file(20_001))).toMatchObject({ outcome: 'refused', finding })
  expect(connectorFindingWords).toHaveProperty(finding.code)
})

it('what is to check is never more than people can look at: the worst of a pupil first, and not of a whole file', () => {
  const twice = (times: number) => transferPupil(1, '<UPN>A1</UPN>'.repeat(times), { UPN: 'no shape' })
  const file = (pupils: readonly string[]) => read('x', new TextEncoder().encode(transferFile({ pupils })))
  const [few, many] = [file([twice(50)]), file([twice(5000)])]
  if (!('rows' in few && 'rows' in many)) throw new Error('not read')
  const errors = (one: typeof few) => one.rows[0]?.findings.filter(({ severity }) => severity === 'error')
  expect(errors(few)?.length).toBeGreaterThan(0)
  expect(errors(many)).toEqual(errors(few))
  expect(many.rows[0]?.findings).toHaveLength(101)
  expect(many.rows[0]?.findings.at(-1)?.code).toBe('TRANSFER_MORE_TO_CHECK')
  const finding = { code: 'TRANSFER_TOO_MANY_FINDINGS' }
  expect(file(Array.from({ length: 600 }, () => twice(100)))).toMatchObject({ outcome: 'refused', finding })
  for (const code of ['TRANSFER_MORE_TO_CHECK', finding.code]) expect(connectorFindingWords).toHaveProperty(code)
})

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
          kept += keptText(piece.kept)
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
      expect(kept + keptText(last.kept)).toBe(keptText(whole.kept))
    }
  })

  it.each(variants)('%s lets nothing through that is never read', (name, make) => {
    const parsed = read(name, make())
    const shown = 'rows' in parsed ? JSON.stringify({ ...parsed, kept: keptText(parsed.kept) }) : JSON.stringify(parsed)
    expect(shown).not.toContain(secret)
  })

  it('keeps a copy that reads the same, with every line where it was', () => {
    for (const [name, make] of variants) {
      const first = read(name, make())
      if (!('rows' in first)) continue
      const again = read(name, new TextEncoder().encode(keptText(first.kept)))
      if (!('rows' in again)) throw new Error(`${name}: ${again.finding.code}`)
      expect(
        again.rows.map((row) => ({ ...row, findings: [] })),
        name,
      ).toEqual(first.rows.map((row) => ({ ...row, findings: [] })))
    }
  })

  it('gives each pupil’s part of the copy by itself, whatever the pieces', () => {
    const text = transferFile({ pupils: [1, 2, 3].map((seed) => transferPupil(seed, everything)) })
    const whole = read('x.xml', new TextEncoder().encode(text))
    if (!('rows' in whole)) throw new Error('refused')
    for (const { number, upn } of whole.rows) {
      const own = keptText(whole.kept.filter(({ unit }) => unit === number))
      expect(own).toMatch(/^<Pupil>.*<\/Pupil>$/s)
      expect(own).toContain(upn)
      expect(keptText(whole.kept.filter(({ unit }) => unit !== number))).not.toContain(upn)
    }
  })
})
