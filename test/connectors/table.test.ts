import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readCsv, withoutFormulaGuard } from '../../connectors/format/csv.ts'
import { readXlsx } from '../../connectors/format/xlsx.ts'
import { plainCsv, tableCsv, tableWorkbook } from '../../connectors/table/write.ts'
import { temporaryFolder } from '../runtime/temporary.ts'

const leads = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', "'", '"', ';', ',', '|', '%', ' =', '"=']
const bodies = [
  ...[
    '1+1',
    'SUM(A1:A9)',
    "cmd|' /C calc'!A0",
    'HYPERLINK("https://x.example","y")',
    'WEBSERVICE("https://x.example")',
  ],
  ...['1', 'A1', '"";=1', 'x\n=1', 'x,=1', 'x;=1', 'x\t=1', 'ordinary words', '0044', '1e5', '#REF!', '{=1}', '$A$1'],
]

/** A thousand texts as somebody would send them who wants a spreadsheet to run one. */
const hostile: readonly string[] = Array.from({ length: 1000 }, (_, at) => {
  const lead = leads[at % leads.length] ?? ''
  const body = bodies[Math.floor(at / leads.length) % bodies.length] ?? ''
  return `${lead}${at % 3 === 0 ? lead : ''}${body}${at}`
})

const rowsOf = (texts: readonly string[]) => texts.map((text) => [text, 1])
const table = (texts: readonly string[]) => ({ title: 'T', columns: ['Text', 'N'], rows: rowsOf(texts), notes: [] })

const cellsOf = (bytes: Uint8Array) => {
  const read = readCsv(bytes)
  if (read.outcome === 'refused') throw new Error(read.finding.code)
  return read.records.slice(1).map(({ cells }) => withoutFormulaGuard(cells[0] ?? ''))
}

/** A formula in a workbook's XML, or a text in CSV that stands unguarded at the beginning of a cell. */
const formulas = (xlsx: Uint8Array) =>
  Object.entries(unzipSync(xlsx))
    .filter(([name]) => name.startsWith('xl/worksheets/'))
    .flatMap(([, bytes]) => new TextDecoder().decode(bytes).match(/<f[ >/]/g) ?? [])

describe('a table that goes out', () => {
  it('keeps every value through CSV and back, and begins no cell with what a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...hostile)), { minLength: 1 }), (texts) => {
        // A CSV reader makes one line break of three kinds, and passes over a line with nothing in it.
        const kept = texts.map((text) => text.replace(/\r\n?/g, '\n').replaceAll('\0', ''))
        const bytes = tableCsv(table(kept))
        expect(cellsOf(bytes)).toEqual(kept)
        for (const line of readable(bytes)) expect(line).not.toMatch(/^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/)
      }),
      { numRuns: 300 },
    )
  })

  it('writes numbers as numbers, minus signs too, and text as text for programs', () => {
    expect(plainCsv([['a', -3, null, '-3', "'x"]])).toBe("a,-3,,'-3,''x\n")
  })

  it('holds no formula as a workbook, and its texts are read back as they were', async () => {
    const texts = hostile.filter((text) => !/^#[A-Z0-9/_!?]+$/.test(text)).map((text) => text.replace(/\r\n?/g, '\n'))
    const bytes = await tableWorkbook('T', [table(texts)])
    expect(formulas(bytes)).toEqual([])
    const read = readXlsx(bytes)
    if (read.outcome === 'refused') throw new Error(read.finding.code)
    const cells = (read.sheets[0]?.rows ?? []).slice(1).map((row) => row.cells[0]?.text.trim() ?? '')
    expect(cells.slice(0, texts.length)).toEqual(texts.map((text) => text.trim()))
  })

  const soffice = spawnSync('soffice', ['--version'], { timeout: 60_000 }).status === 0
  it.runIf(soffice)(
    'makes no formula of a thousand hostile texts in LibreOffice, from either file',
    async () => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'w.xlsx'), await tableWorkbook('T', [table(hostile)]))
      writeFileSync(join(folder, 'c.csv'), tableCsv(table(hostile)))
      const names = ['w.xlsx', 'c.csv'] as const
      const run = spawnSync(
        'soffice',
        [
          ...[`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'fods'],
          ...['--outdir', join(folder, 'out'), ...names.map((name) => join(folder, name))],
        ],
        { timeout: 400_000 },
      )
      expect(run.status, String(run.stderr)).toBe(0)
      for (const name of names) {
        const made = readFileSync(join(folder, 'out', `${name.split('.')[0]}.fods`), 'utf8')
        expect(made.match(/table:formula/g) ?? [], name).toEqual([])
        expect(made).toContain('ordinary words')
      }
    },
    600_000,
  )
})

const readable = (bytes: Uint8Array): readonly string[] => {
  const read = readCsv(bytes)
  return read.outcome === 'refused' ? [] : read.records.slice(1).map(({ cells }) => cells[0] ?? '')
}
