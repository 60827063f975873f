import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { readCsv, writeCsv } from '../../connectors/format/csv.ts'
import type { Mapping } from '../../connectors/school-layout/rows.ts'
import { configFor } from '../../src/config.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { openNodeRuntime } from '../../src/runtime/node/open.ts'
import { addLayout } from '../../src/store/layouts.ts'
import { fillWorkbook } from '../make.ts'
import { temporaryFolder } from '../runtime/temporary.ts'

const dataDir = temporaryFolder()
const pupils = 12
const workbook = join(dataDir, 'seed', `round-${pupils}.xlsx`)
const csv = join(dataDir, 'seed', `round-${pupils}.csv`)

const vsx = (...call: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join('scripts', 'vsx.mjs'), ...call, '--data', dataDir],
    {
      encoding: 'utf8',
    },
  )
  return { code: status, out: stdout, said: stderr }
}

type Printed = {
  readonly outcome: string
  readonly import: string | null
  readonly rows: Readonly<Record<string, number>>
  readonly records: Readonly<Record<string, number>>
  readonly findings: readonly {
    readonly code: string
    readonly severity: string
    readonly at: object
    readonly message: string
  }[]
}

const imported = (
  file: string,
  ...more: readonly string[]
): { readonly code: number | null; readonly result: Printed } => {
  const { code, out } = vsx('import', file, '--json', ...more)
  return { code, result: JSON.parse(out) as Printed }
}

const put = (name: string, bytes: Uint8Array) => {
  const path = join(dataDir, name)
  writeFileSync(path, bytes)
  return path
}

/** All that a store holds, as one hash: what it exports, how many imports it knows, and which files it keeps. */
const stateOfStore = () => {
  const kept = readdirSync(join(dataDir, 'files'), { recursive: true }).map(String).sort()
  return createHash('sha256')
    .update(vsx('export', 'returns', '--out', '-').out)
    .update(vsx('export', 'roll', '--out', '-').out)
    .update(vsx('imports', '--json').out)
    .update(kept.join('\n'))
    .digest('hex')
}

beforeAll(() => {
  expect(vsx('seed', 'round', '--pupils', String(pupils)).code).toBe(0)
}, 120_000)

describe('vsx import of what cannot be read', () => {
  const refusals: readonly (readonly [string, string, () => Uint8Array])[] = [
    ['a truncated workbook', 'FILE_TRUNCATED', () => readFileSync(workbook).subarray(0, 9000)],
    ['an empty file', 'FILE_EMPTY', () => new Uint8Array()],
    [
      'a document renamed',
      'FILE_NOT_A_WORKBOOK',
      () => zipSync({ '[Content_Types].xml': strToU8('<a/>'), 'word/document.xml': strToU8('<a/>') }),
    ],
    ['an encrypted workbook', 'FILE_ENCRYPTED', () => encrypted()],
    [
      '300 MB when unpacked',
      'FILE_TOO_LARGE_UNPACKED',
      () =>
        zipSync({
          '[Content_Types].xml': strToU8('<a/>'),
          'xl/workbook.xml': strToU8('<a/>'),
          'xl/worksheets/sheet1.xml': new Uint8Array(300_000_000),
        }),
    ],
  ]
  const encrypted = () => {
    const bytes = new Uint8Array(4096)
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    bytes.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024)
    return bytes
  }

  test.each(refusals)('%s is refused with one sentence, and nothing changes', (name, code, make) => {
    const before = stateOfStore()
    const file = put(`${name.replaceAll(' ', '-')}.xlsx`, make())
    const { code: exit, result } = imported(file)
    expect(exit).toBe(2)
    expect(result).toMatchObject({ outcome: 'refused', import: null, rows: { read: 0, accepted: 0, rejected: 0 } })
    expect(result.findings.map((finding) => finding.code)).toEqual([code])
    expect(stateOfStore()).toBe(before)
  })
})

describe('vsx import of a filled-in return', () => {
  test('a dry run says what would come, and changes nothing', () => {
    const before = stateOfStore()
    const { code, result } = imported(workbook, '--dry-run')
    expect(code).toBe(0)
    expect(result).toMatchObject({
      outcome: 'checked',
      import: null,
      rows: { read: pupils, accepted: pupils, matched: pupils },
    })
    expect(stateOfStore()).toBe(before)
  })

  test('the workbook is published; the same file again changes nothing; its CSV says the same', () => {
    const first = imported(workbook)
    expect(first.code).toBe(0)
    expect(first.result).toMatchObject({
      outcome: 'published',
      rows: { read: pupils, accepted: pupils, rejected: 0, matched: pupils, unmatched: 0 },
      findings: [],
    })
    expect(first.result.records['return-answer']).toBeGreaterThan(pupils * 10)
    const before = stateOfStore()
    const again = imported(workbook)
    expect([again.code, again.result.outcome, again.result.import]).toEqual([
      0,
      'already-published',
      first.result.import,
    ])
    expect(stateOfStore()).toBe(before)
    const valuesOf = () =>
      vsx('export', 'returns', '--out', '-')
        .out.split('\n')
        .map((line) => line.split(',').slice(0, 8).join(','))
    const values = valuesOf()
    const asCsv = imported(csv)
    expect([asCsv.code, asCsv.result.outcome, asCsv.result.records]).toEqual([0, 'published', first.result.records])
    expect(valuesOf()).toEqual(values)
    expect(imported(workbook).result.outcome).toBe('published')
  })

  test('a gzip of it is the same file in a wrapper', () => {
    const wrapped = put('round.csv.gz', gzipSync(readFileSync(csv)))
    expect(imported(wrapped).result).toMatchObject({ rows: { read: pupils, accepted: pupils } })
  })

  test('a row with a fault is held back and said at its cell; the rest is published', () => {
    const bytes = fillWorkbook(new Uint8Array(readFileSync(workbook)), [{ cell: 'H8', value: 'on role' }])
    const { code, result } = imported(put('one-fault.xlsx', bytes))
    expect(code).toBe(1)
    expect(result).toMatchObject({ outcome: 'published', rows: { read: pupils, accepted: pupils - 1, rejected: 1 } })
    expect(result.findings).toHaveLength(1)
    expect(result.findings[0]).toMatchObject({
      code: 'CHOICE_NOT_LISTED',
      severity: 'error',
      at: { sheet: 'Return', cell: 'H8' },
    })
    expect(vsx('verify').code).toBe(0)
  })

  test('a row with neither reference nor known UPN is kept, matched to nobody and not published', () => {
    const bytes = fillWorkbook(new Uint8Array(readFileSync(workbook)), [
      { cell: 'A8', value: null },
      { cell: 'G8', value: null },
    ])
    const { result } = imported(put('no-reference.xlsx', bytes))
    expect(result.rows).toEqual({
      read: pupils,
      accepted: pupils,
      rejected: 0,
      matched: pupils - 1,
      unmatched: 1,
      leftOut: 0,
    })
  })

  test('a warning stops at staged until a person accepts it', () => {
    const bytes = fillWorkbook(new Uint8Array(readFileSync(workbook)), [{ cell: 'M8', value: 45 }])
    const file = put('a-warning.xlsx', bytes)
    const staged = imported(file)
    expect([staged.code, staged.result.outcome, staged.result.findings.map(({ code }) => code)]).toEqual([
      1,
      'staged',
      ['HOURS_ABOVE_USUAL'],
    ])
    expect(imported(file, '--accept-warnings')).toMatchObject({ code: 0, result: { outcome: 'published' } })
  })

  test('what is withdrawn is current no longer', () => {
    const { result } = imported(workbook)
    const before = vsx('export', 'returns', '--out', '-').out
    expect(vsx('withdraw', result.import ?? '').code).toBe(0)
    expect(vsx('export', 'returns', '--out', '-').out).not.toBe(before)
    expect(vsx('verify').code).toBe(0)
  })
})

describe('vsx import through a layout that a school has saved', () => {
  const save = 'SIMS list'

  test('reads the school’s own export by name; the same file again changes nothing; other headings are refused', async () => {
    const read = readCsv(new Uint8Array(readFileSync(csv)))
    if (read.outcome === 'refused') throw new Error(read.finding.code)
    const cells = read.records.map((record) => record.cells)
    const codes = cells.find((row) => row.includes('upn')) ?? []
    const at = codes.indexOf('upn')
    const upns = cells.map((row) => row[at] ?? '').filter((cell) => /^[A-Z]\d{11}[\dA-Z]$/.test(cell))
    expect(upns).toHaveLength(pupils)
    const mapping: Mapping = {
      sheet: null,
      columns: [
        { head: 'Unique number', nth: 1, target: 'upn' },
        { head: 'Hrs', nth: 1, target: 'hours_offered' },
      ],
      values: {},
      ignored: [],
      rows: 'whole_school',
    }
    const config = configFor('http://127.0.0.1', 'machine')
    const runtime = await openNodeRuntime({ dataDir, config, quiet: true })
    const { number } = await runtime.db.query.selectFrom('school').select('number').executeTakeFirstOrThrow()
    const kept = { id: newPublicId(), school: number, name: save, mapping: JSON.stringify(mapping) }
    await runtime.db.commit(addLayout({ ...kept, by: null, at: runtime.now() }))
    await runtime.close()

    const table = (heads: readonly string[]) => [heads, ...upns.map((upn) => [upn, '24']), ['Z999999999999', '24']]
    const own = put('own.csv', new Uint8Array(writeCsv(table(['Unique number', 'Hrs']))))
    const first = imported(own, '--mapping', save)
    expect(first.result).toMatchObject({
      outcome: 'published',
      rows: { read: pupils + 1, accepted: pupils, rejected: 1, matched: pupils, unmatched: 0, leftOut: 1 },
      records: { 'return-answer': pupils },
    })
    expect(imported(own, '--mapping', save)).toMatchObject({ result: { outcome: 'already-published' } })
    const other = put('other.csv', new Uint8Array(writeCsv(table(['Unique number', 'Hours']))))
    const refused = imported(other, '--mapping', save)
    expect([refused.code, refused.result.findings[0]?.code]).toEqual([2, 'LAYOUT_DIFFERS'])
    expect(vsx('verify').code).toBe(0)
  })
})

test('wrong usage ends with 64', () => {
  expect(vsx('import').code).toBe(64)
  expect(vsx('nonsense').code).toBe(64)
  expect(vsx('import', workbook, '--mapping').code).toBe(64)
  expect(vsx('import', workbook, '--mapping', 'nobody saved this').code).toBe(2)
})

test('a backup, put back elsewhere, verifies and exports the same', () => {
  const copy = join(dataDir, 'copy.vsx')
  expect(vsx('backup', copy).code).toBe(0)
  const elsewhere = join(dataDir, 'elsewhere')
  const run = (...call: readonly string[]) =>
    spawnSync(process.execPath, [join('scripts', 'vsx.mjs'), ...call, '--data', elsewhere], { encoding: 'utf8' })
  expect(run('restore', copy).status).toBe(0)
  expect(run('verify').status).toBe(0)
  expect(run('export', 'returns', '--out', '-').stdout).toBe(vsx('export', 'returns', '--out', '-').out)
  expect(run('restore', copy).status).toBe(2)
})
