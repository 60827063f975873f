import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commonTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { parseJob } from '../../src/background/parse-job.ts'
import { runJob } from '../../src/background/run-job.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { openNodeRuntime } from '../../src/runtime/node/open.ts'
import type { Runtime } from '../../src/runtime.ts'
import { seedRound } from '../../src/seed/round.ts'
import { deliveryReport } from '../../src/store/report.ts'
import { statement } from '../../src/store/statement.ts'
import { transferFamilies } from '../../src/store/transfer-families.ts'
import { connectorFindingWords } from '../../templates/words/en/findings-connectors.ts'
import { type Random, seededRandom } from '../make.ts'
import { keptText, transferVariants } from '../transfer-files.ts'
import { browserFor } from '../web/browser.ts'

/** Mutated files in a whole run. */
export const count = 10_000

const bytesOf = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = bytes.slice()
  for (let left = 1 + random.number(8); left > 0; left -= 1) copy[random.number(copy.length)] = random.number(256)
  return random.chance(0.2) ? copy.slice(0, random.number(copy.length)) : copy
}

/** Takes out, repeats, moves, nests or renames whole elements of the text. */
const structureOf = (text: string, random: Random): string => {
  const tags = [...text.matchAll(/<(\w+)>[^<]*<\/\1>/g)]
  if (tags.length === 0) return text
  const [one, other] = [random.pick(tags), random.pick(tags)]
  const without = text.replace(one[0], '')
  return random.pick([
    without,
    text.replace(one[0], one[0] + one[0]),
    without.replace(other[0], one[0] + other[0]),
    text.replace(one[0], `<${other[1]}>${one[0]}</${other[1]}>`),
    text.replaceAll(
      `${one[1]}>`,
      `${random.pick(['__proto__', 'constructor', 'toString', 'Contacts', 'pupil', 'x:y'])}>`,
    ),
    text.replace(one[0], `${one[0]}<!-- ${one[1]} --><?p ${one[1]}?>`),
  ])
}

const values = [
  '',
  '-1',
  '99999999999999999999',
  '2026-02-30',
  '0000-00-00',
  'A'.repeat(20_000),
  '&#x10FFFF;',
  '&amp;lt;script&gt;',
  "'; drop table pupil; --",
  '=cmd|x!A1',
  '<![CDATA[x]]>',
  '\u202e\u0645',
  '__proto__',
  'NaN',
]

const withValue = (text: string, random: Random): string => {
  const tags = [...text.matchAll(/<(\w+)>([^<]*)<\/\1>/g)]
  if (tags.length === 0) return text
  const one = random.pick(tags)
  return text.replace(one[0], () => `<${one[1]}>${random.pick(values)}</${one[1]}>`)
}

const mutated = (random: Random): Uint8Array => {
  const bytes = random.pick(Object.values(transferVariants))()
  if (random.chance(0.33)) return bytesOf(bytes, random)
  const text = new TextDecoder().decode(bytes)
  let changed = text
  for (let left = 1 + random.number(3); left > 0; left -= 1)
    changed = random.chance(0.5) ? structureOf(changed, random) : withValue(changed, random)
  return new TextEncoder().encode(changed)
}

/** What is wrong with how one file was read; empty where all holds. */
const wrongWith = (bytes: Uint8Array): string => {
  const started = performance.now()
  const read = commonTransferFile.parse({ name: 'x.xml', bytes })
  if (performance.now() - started > 2000) return 'took more than two seconds'
  const found = 'rows' in read ? [...read.findings, ...read.rows.flatMap((row) => row.findings)] : [read.finding]
  for (const { code, parameters } of found) {
    const words = connectorFindingWords[code]
    if (!words) return `no words for ${code}`
    if (`${words.title(parameters)} ${words.rule(parameters)} ${words.mend(parameters)}`.includes('undefined'))
      return `words of ${code}`
  }
  if (!('rows' in read)) return ''
  if (read.rows.some((row, index) => row.number !== index + 1)) return 'pupils out of their order'
  const again = commonTransferFile.parse({ name: 'x.xml', bytes: new TextEncoder().encode(keptText(read.kept)) })
  if (!('rows' in again)) return `the copy is refused: ${again.finding.code}`
  const bare = (rows: typeof read.rows) => JSON.stringify(rows.map((row) => ({ ...row, findings: [] })))
  return bare(again.rows) === bare(read.rows) ? '' : 'the copy reads differently'
}

const lead = 'd.okoro@ellerwick.example'
const uploads = '/return/transfer-files'

/** One in so many of those that are taken in is also used. */
const useEvery = 20

/** A school that can send files, with two pupils of the council; `send` gives what does not hold of one. */
const openSchool = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'vsx-ctf-mutations-'))
  migrateStore(dataDir)
  const config = { origin: 'http://127.0.0.1:3000', uploadBytes: 10_000_000, publishRows: 100_000 }
  const threaded = await openNodeRuntime({ dataDir, config, quiet: true })
  await seedRound(threaded, { pupils: 2, seed: 7 })
  const here: Runtime = { ...threaded, start: (job) => runJob(job, here, parseJob) }
  const browser = await browserFor(here, lead)
  const { query } = threaded.db
  const upns = await query.selectFrom('pupil_identifier').select('value').where('kind', '=', 'upn').execute()
  const counted = async (table: 'delivery' | 'import' | 'import_row') =>
    (
      await query
        .selectFrom(table)
        .select((select) => select.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    ).count
  const held = async () =>
    [
      await counted('delivery'),
      await counted('import'),
      await counted('import_row'),
      (await threaded.files.list()).length,
    ].join()

  const ofDelivery =
    'import_number in (select i.number from import i join delivery d on d.number = i.delivery_number where d.id = ?)'
  const forget = async (delivery: string) => {
    const tables = [
      ...transferFamilies.map(({ current }) => `${current}_fact`),
      ...['finding', 'import_row', 'import_event'],
    ]
    await threaded.db.commit([
      ...tables.map((table) => statement(`delete from ${table} where ${ofDelivery}`, [delivery])),
      statement('delete from import where delivery_number = (select number from delivery where id = ?)', [delivery]),
      statement('delete from delivery where id = ?', [delivery]),
    ])
    await threaded.files.remove(`delivery/${delivery}`)
  }

  const told = { taken: 0, ours: 0, refused: 0 }
  const notWhole = async (random: Random): Promise<string> => {
    const newest = await query
      .selectFrom('delivery')
      .select(['id', 'number'])
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
    const { rows } = await deliveryReport(query, newest.id)
    told.taken += 1
    if (rows.matched > 0) told.ours += 1
    if (rows.accepted + rows.rejected !== rows.read)
      return `${rows.read} rows read, ${rows.accepted} accepted, ${rows.rejected} rejected`
    const parts = await query
      .selectFrom('import')
      .select('state')
      .where('delivery_number', '=', newest.number)
      .execute()
    if (parts.some(({ state }) => state !== 'staged')) return 'a part is not staged'
    if (random.number(useEvery) > 0) {
      await forget(newest.id)
      return ''
    }
    const used = await browser.post(`${uploads}/${newest.id}`, { accept: '1' })
    if (used.status !== 303) return `using it answered ${used.status}`
    const page = await browser.get(uploads)
    return page.status === 200 ? '' : `its page answered ${page.status}`
  }

  const send = async (bytes: Uint8Array, random: Random): Promise<string> => {
    const before = await held()
    const answer = await browser.upload('x.xml', bytes, uploads)
    if (answer.status === 303) return notWhole(random)
    if (answer.status !== 422) return `answered ${answer.status}`
    told.refused += 1
    return (await held()) === before ? '' : 'refused, and something was kept'
  }
  const close = async () => {
    await threaded.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { send, close, told, upn: upns[0]?.value ?? '' }
}

/** The same file with one of its pupils being a child that somebody looks after. */
const withOwn = (bytes: Uint8Array, upn: string): Uint8Array => {
  if (bytes[0] !== 0x3c) return bytes
  return new TextEncoder().encode(new TextDecoder().decode(bytes).replace(/<UPN>\w*<\/UPN>/, `<UPN>${upn}</UPN>`))
}

/**
 * Files changed in their bytes, their elements and their values: each is read or refused with a sentence, soon, without
 * a throw; what is kept of one that was read reads the same; and nothing every object inherits was touched. Each is also
 * sent by a school through the application: no fault, nothing taken in by half, every row accounted for.
 */
export const prove = async ({
  count,
  seed,
  print,
}: {
  readonly count: number
  readonly seed: number
  readonly print: (line: string) => void
}): Promise<{ readonly checked: number; readonly failed: number }> => {
  const before = Object.getOwnPropertyNames(Object.prototype).join()
  const school = await openSchool()
  const faults = console.error
  console.error = () => undefined
  let failed = 0
  try {
    for (let index = seed; index < seed + count; index += 1) {
      const random = seededRandom(index)
      const bytes = mutated(random)
      let wrong = ''
      try {
        wrong = wrongWith(bytes) || (await school.send(withOwn(bytes, school.upn), random))
      } catch (problem) {
        wrong = `threw ${String(problem)}`
      }
      if (Object.getOwnPropertyNames(Object.prototype).join() !== before) wrong = 'Object.prototype was touched'
      if (wrong === '') continue
      failed += 1
      if (failed < 20) print(`seed ${index}: ${wrong}`)
    }
    const { taken, ours, refused } = school.told
    print(`${taken} taken in by the application, ${ours} of them with a pupil of ours, ${refused} refused`)
  } finally {
    console.error = faults
    await school.close()
  }
  return { checked: count, failed }
}
