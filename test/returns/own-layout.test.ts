import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { utils, write } from 'xlsx'
import { writeCsv } from '../../connectors/format/csv.ts'
import { guessValue, schoolLayout } from '../../connectors/registry.ts'
import type { Mapping } from '../../connectors/school-layout/rows.ts'
import type { ReturnSheet } from '../../connectors/termly-return/rows.ts'
import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import type { Item } from '../../src/domain/return/item.ts'
import type { Scope } from '../../src/domain/scope.ts'
import { asChange, confirmReturn } from '../../src/intake/confirm-return.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import { type ReceivedReturn, receiveReturn, stageReturn } from '../../src/intake/receive-return.ts'
import { inWords } from '../../src/returns/drafts.ts'
import { guessedLayout, mappingOf } from '../../src/returns/layouts.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { randomFrom } from '../../src/seed/random.ts'
import { filledSheetOf } from '../../src/seed/returns.ts'
import { importsOfDelivery } from '../../src/store/imports.ts'
import { addLayout, ownLayouts } from '../../src/store/layouts.ts'
import { personByEmail, vouchedFor } from '../../src/store/people.ts'
import { deliveryReport, standingSame } from '../../src/store/report.ts'
import { openRounds } from '../../src/store/rounds.ts'
import { ownSchools, type School } from '../../src/store/schools.ts'
import { makeUpn, type Random, seededRandom } from '../make.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

let runtime: NodeRuntime
let person: number
let scope: Scope
let school: School
let councils: readonly number[]
const dataDir = temporaryFolder()

beforeAll(async () => {
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  await seedDemo(runtime)
  person = (await personByEmail(runtime.db.query, 'd.okoro@ellerwick.example'))?.number ?? 0
  scope = scopeFor(person, { kind: 'school' }, runtime.now())
  const own = (await ownSchools(runtime.db.query, scope))[0]
  if (!own) throw new Error('no school')
  school = own
  councils = await vouchedFor(runtime.db.query, scope, school.number)
}, 120_000)
afterAll(async () => runtime.close())

const sender = () => ({ school: school.number, virtualSchools: councils, by: person, via: 'page' as const })

const published = async () => {
  const rounds = (await openRounds(runtime.db.query)).map(({ number }) => number)
  const rows = await runtime.db.query
    .selectFrom('answer')
    .select(['round_number', 'pupil_number', 'school_number', 'item', 'state', 'value'])
    .where('school_number', '=', school.number)
    .where('round_number', 'in', rounds)
    .execute()
  return rows.map((row) => Object.values(row).join('|')).sort()
}

const publishedBy = async (received: ReceivedReturn) => {
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const parts = await importsOfDelivery(runtime.db.query, scope, received.delivery)
  for (const part of parts) {
    const said = { by: person, part: 'school', warningsAccepted: true }
    const { outcome } = await confirmReturn(runtime, scope, part, said)
    if (outcome !== 'submitted') throw new Error(outcome)
  }
  const said = await published()
  for (const part of parts) await withdrawImport(runtime, { ...asChange(part, { by: person, part: 'school' }) })
  return said
}

let saved = 0
const save = async (mapping: Mapping) => {
  saved += 1
  const name = `layout ${saved}`
  await runtime.db.commit(
    addLayout({
      id: newPublicId(),
      school: school.number,
      name,
      mapping: JSON.stringify(mapping),
      by: person,
      at: runtime.now(),
    }),
  )
  const layout = (await ownLayouts(runtime.db.query, scope)).find((one) => one.name === name)
  if (!layout) throw new Error('not saved')
  return layout
}

const send = async (name: string, bytes: Uint8Array, mapping: Mapping) => {
  const parsed = await runtime.start({ name: 'parse-school-layout', file: { name, bytes }, mapping })
  if (parsed.outcome === 'refused') return parsed
  const layout = await save(mapping)
  return stageReturn(runtime, { name, bytes }, parsed, sender(), undefined, { version: layout.versionNumber, mapping })
}

type Made = { readonly name: string; readonly bytes: Uint8Array; readonly mapping: Mapping }

const asWorkbook = (rows: readonly (readonly string[])[], sheet: string): Uint8Array => {
  const workbook = utils.book_new()
  utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Report of the day']]), 'Cover')
  utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows.map((row) => [...row])), sheet)
  return new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx' }))
}

const shuffled = <Thing>(random: Random, things: readonly Thing[]): readonly Thing[] =>
  things
    .map((thing) => ({ thing, at: random.number(1_000_000) }))
    .sort((one, other) => one.at - other.at)
    .map(({ thing }) => thing)

/** A layout nobody has seen: other headings, another order, other words, other pupils, rows above the headings. */
const strangeLayout = (random: Random, sheet: ReturnSheet): Made => {
  const codes = [...new Set(sheet.rows.flatMap((row) => [...row.known.keys()]))]
  const mark = random.digits(6)
  const head = (code: string) => `Hd${mark} ${code.length}-${codes.indexOf(code) + 3}`
  const ownWord = (code: string, words: string) => `w${mark}.${codes.indexOf(code)} ${words.toUpperCase()}`
  const ours = sheet.rows.map((row) => ({
    upn: row.upn,
    cell: (code: string): string => {
      const [item, answer] = [itemOf(code), row.known.get(code)]
      if (!item || !answer) return ''
      return item.type.kind === 'choice' ? ownWord(code, inWords(item, answer)) : inWords(item, answer)
    },
  }))
  const others = Array.from({ length: 5 }, () => ({ upn: makeUpn(random), cell: (code: string) => `Other ${code}` }))
  const columns = shuffled(random, ['upn', ...codes, 'x1', 'x2', 'x3'])
  const rows = shuffled(random, [...ours, ...others]).map((row) =>
    columns.map((code) =>
      code === 'upn' ? row.upn : code.startsWith('x') && !itemOf(code) ? `Secret ${code}` : row.cell(code),
    ),
  )
  const heads = columns.map((code) => (code === 'upn' ? `Number ${mark}` : head(code)))
  const above = Array.from({ length: random.number(4) }, (_, index) => [`Title ${index}`])
  const values = new Map<string, Record<string, string>>()
  for (const row of sheet.rows)
    for (const [code, answer] of row.known) {
      const item = itemOf(code)
      if (item?.type.kind !== 'choice') continue
      const words = values.get(code) ?? {}
      words[ownWord(code, inWords(item, answer)).toLowerCase().replace(/[‘’]/g, "'").replace(/[–—]/g, '-')] =
        answer.state === 'given' ? (answer.value ?? '') : answer.state
      values.set(code, words)
    }
  const xlsx = random.chance(0.5)
  const all = [...above, heads, ...rows]
  return {
    name: xlsx ? 'own.xlsx' : 'own.csv',
    bytes: xlsx ? asWorkbook(all, 'Export') : writeCsv(all),
    mapping: {
      sheet: xlsx ? 'Export' : null,
      columns: columns.flatMap((target, index) =>
        target === 'upn' || itemOf(target) ? [{ head: heads[index] ?? '', nth: 1, target }] : [],
      ),
      values: Object.fromEntries(values),
      ignored: [],
      rows: 'whole_school',
    },
  }
}

describe('a layout of the school’s own', () => {
  test('any mapping of any layout of the same answers publishes the same records as our own workbook', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const sheet = await filledSheetOf(runtime, school, councils, person, randomFrom(seed))
        if (!sheet) throw new Error('nothing is asked')
        const byOurs = await publishedBy(
          await receiveReturn(runtime, { name: 'our.xlsx', bytes: await writeReturnWorkbook(sheet) }, sender()),
        )
        const made = strangeLayout(seededRandom(seed), sheet)
        const byTheirs = await publishedBy(await send(made.name, made.bytes, made.mapping))
        expect(byOurs.length).toBeGreaterThan(50)
        expect(byTheirs).toEqual(byOurs)
      }),
      { numRuns: 5, seed: 20261125 },
    )
  }, 120_000)
})

const bytesUnder = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n')

describe('what is kept of a school’s own file', () => {
  const exported = async () => {
    const sheet = await filledSheetOf(runtime, school, councils, person, randomFrom(7))
    const pupils = sheet?.rows ?? []
    const stranger = makeUpn(seededRandom(99))
    const rows = [
      ['Zqtitlezq of the day'],
      ['UPN', 'Legal Surname', 'Weekly hours', 'Home address zqheadzq', 'Medical'],
      ...pupils.map(({ upn, surname }, index) => [
        upn,
        surname,
        '25',
        `${index} Zqstreetzq Lane\nZqtownzq`,
        'Zqmedicalzq',
      ]),
      [stranger, 'Zqstrangerzq', '24.75', 'Zqstreetzq 9', 'Zqmedicalzq'],
    ]
    return { rows, pupils, stranger }
  }
  const mapping: Mapping = {
    sheet: null,
    columns: [
      { head: 'UPN', nth: 1, target: 'upn' },
      { head: 'Legal Surname', nth: 1, target: 'surname' },
      { head: 'Weekly hours', nth: 1, target: 'hours_offered' },
    ],
    values: {},
    ignored: [],
    rows: 'whole_school',
  }

  test.each([
    'csv',
    'xlsx',
  ] as const)('not one byte of a column it does not read, or of a stranger’s row: %s', async (kind) => {
    const { rows, pupils, stranger } = await exported()
    const bytes = kind === 'csv' ? writeCsv(rows) : asWorkbook(rows, 'Export')
    const read = { ...mapping, sheet: kind === 'csv' ? null : 'Export' }
    const received = await send(`own.${kind}`, bytes, read)
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    const report = await deliveryReport(runtime.db.query, received.delivery)
    expect(report.rows).toMatchObject({ read: pupils.length + 1, matched: pupils.length, leftOut: 1 })
    expect(report.rows.accepted + report.rows.rejected).toBe(report.rows.read)
    const everything = `${bytesUnder(dataDir)}\n${JSON.stringify(report)}`
    for (const word of [
      'Zqtitlezq',
      'zqheadzq',
      'Zqstreetzq',
      'Zqtownzq',
      'Zqmedicalzq',
      'Zqstrangerzq',
      '24.75',
      stranger,
    ])
      expect(everything.includes(word), word).toBe(false)
    for (const { upn } of pupils) expect(everything).toContain(upn)
  })

  test.each(['csv', 'xlsx'] as const)('every kept cell stands where it stood: %s', async (kind) => {
    const { rows, pupils } = await exported()
    const bytes = kind === 'csv' ? writeCsv(rows) : asWorkbook(rows, 'Export')
    const read = { ...mapping, sheet: kind === 'csv' ? null : 'Export' }
    const whole = schoolLayout(read).parse({ name: 'own', bytes })
    if (whole.outcome === 'refused') throw new Error(whole.finding.code)
    const kept = whole.rows.slice(0, pupils.length)
    const copy = await runtime.start({
      name: 'keep-allowed',
      file: { name: 'own', bytes },
      mapping: read,
      rows: kept.map(({ number }) => number),
    })
    if (copy.outcome === 'refused') throw new Error(copy.finding.code)
    const again = schoolLayout(read).parse({ name: 'own', bytes: copy.bytes })
    expect(again.outcome === 'read' ? again.rows : again).toEqual(kept)
  })

  test('a refused file is not kept, and leaves no row', async () => {
    const before = (await runtime.files.list()).length
    const refused = await send(
      'own.csv',
      writeCsv([
        ['UPN', 'Zqothercolumn'],
        ['A1', 'b'],
      ]),
      mapping,
    )
    expect(refused.outcome).toBe('refused')
    expect((await runtime.files.list()).length).toBe(before)
  })

  test('the same file again is published already only by the same version of the same layout', async () => {
    const { rows } = await exported()
    const bytes = writeCsv(rows)
    const received = await send('own.csv', bytes, mapping)
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    for (const part of await importsOfDelivery(runtime.db.query, scope, received.delivery))
      await confirmReturn(runtime, scope, part, { by: person, part: 'school', warningsAccepted: true })
    const file = await runtime.db.query
      .selectFrom('delivery')
      .select(['sha256', 'connector_edition as edition', 'layout_version_number as version'])
      .where('id', '=', received.delivery)
      .executeTakeFirstOrThrow()
    const target = { school: school.number, virtualSchools: councils }
    const same = (version: number | null) => standingSame(runtime.db.query, file.sha256, file.edition, target, version)
    expect(await same(file.version)).toBe(received.delivery)
    expect(await same((file.version ?? 0) + 1)).toBeUndefined()
    expect(await same(null)).toBeUndefined()
  })
})

describe('looking at a file of unknown columns', () => {
  const look = (rows: readonly (readonly string[])[], known: readonly Mapping[] = []) =>
    runtime.start({ name: 'look-at-layout', file: { name: 'own.csv', bytes: writeCsv(rows) }, known, chosen: {} })
  const heads = ['UPN', 'Legal Surname', 'Year Group', 'Reading ARE', 'SEN Status', 'Tutor group']
  const rows = [
    ['Assessment export', ''],
    heads,
    ['A1', 'Ash', 'Year 4', 'EXS', 'K', '4B'],
    ['A2', 'Ash', 'Year 5', 'WTS', 'N', '5A'],
  ]

  test('headings and words are guessed, and made into a mapping that holds no heading nobody needs', async () => {
    const looked = await look(rows)
    if (looked.outcome === 'refused') throw new Error(looked.finding.code)
    expect(looked.headRow).toBe(2)
    const said = guessedLayout(looked, undefined)
    expect([...said.targets.values()]).toEqual(['upn', 'surname', 'year_group', 'reading_band', 'sen', ''])
    const mapping = mappingOf(looked, said)
    expect(mapping.values).toEqual({
      reading_band: { exs: 'at', wts: 'below' },
      sen: { k: 'K', n: 'N' },
      year_group: { 'year 4': '4', 'year 5': '5' },
    })
    expect(JSON.stringify(mapping)).not.toMatch(/tutor/i)
    expect(mapping.ignored).toHaveLength(1)
  })

  test('a code before its words is guessed by the code, else by the words', () => {
    const guess = (item: string, word: string) => guessValue(itemOf(item) as Item, word)
    expect(guess('sen', 'K - SEN Support')).toBe('K')
    expect(guess('sen', 'E – Education, Health and Care Plan')).toBe('E')
    expect(guess('year_group', '7 - Year 7')).toBe('7')
    expect(guess('reading_band', '2: Expected')).toBe('at')
    expect(guess('reading_band', '2 - Ruby')).toBe('')
  })

  test('a column without a heading is told when the layout is made, and again only where another comes', async () => {
    const file = [
      ['UPN', '', 'Weekly hours'],
      ['A999999999999', 'x', '25'],
    ]
    const looked = await look(file)
    if (looked.outcome === 'refused') throw new Error(looked.finding.code)
    expect(looked.unheaded).toEqual([{ letters: 'B', nth: 1 }])
    const mapping = mappingOf(looked, guessedLayout(looked, undefined))
    const found = (rows: readonly (readonly string[])[]) => {
      const parsed = schoolLayout(mapping).parse({ name: 'f.csv', bytes: writeCsv(rows) })
      return parsed.outcome === 'read' && parsed.findings.map(({ code, at }) => `${code} line ${at.line}`)
    }
    expect(found(file)).toEqual([])
    expect(found(file.map((row, index) => [...row, index === 0 ? '' : 'y']))).toEqual(['COLUMN_NO_HEADING line 1'])
  })

  test('the same headings fit, wherever they have moved; changed ones are named', async () => {
    const first = await look(rows)
    if (first.outcome === 'refused') throw new Error(first.finding.code)
    const mapping = mappingOf(first, guessedLayout(first, undefined))
    const moved = await look([[...heads].reverse(), ...rows.slice(2).map((row) => [...row].reverse())], [mapping])
    expect(moved.outcome === 'read' && moved.fit).toEqual({ index: 0, missing: [], added: [] })
    const changed = [...heads.slice(0, 4), 'SEND', 'Tutor group', 'House']
    const drifted = await look([changed, ...rows.slice(2).map((row) => [...row, 'Red'])], [mapping])
    expect(drifted.outcome === 'read' && drifted.fit).toEqual({ index: 0, missing: ['SEN Status'], added: [4, 6] })
    const other = await look(
      [
        ['Name', 'Marks'],
        ['Ash', '4'],
      ],
      [mapping],
    )
    expect(other.outcome === 'read' && other.fit).toBeNull()
  })
})
