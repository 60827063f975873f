import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { parseJob } from '../../src/background/parse-job.ts'
import { runJob } from '../../src/background/run-job.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { openNodeRuntime } from '../../src/runtime/node/open.ts'
import type { Runtime } from '../../src/runtime.ts'
import { seedRound } from '../../src/seed/round.ts'
import type { Db } from '../../src/store/db.ts'
import { deliveryReport } from '../../src/store/report.ts'
import { statement } from '../../src/store/statement.ts'
import { seededRandom } from '../make.ts'
import { mutated, mutationLevels, type ValidFile } from '../mutations.ts'
import { type Browser, browserFor } from '../web/browser.ts'

/** How many are told apart, and what a defect planted in the machine would be. */
export type Mutations = {
  readonly count: number
  readonly seed: number
  readonly print: (line: string) => void
  readonly plant?: (runtime: Runtime) => Runtime
}

/** One in so many goes through the thread that reads files in the real server, and not in the same one. */
const threadEvery = 50
/** One in so many of those that are taken in is looked at on its page, and asked for with its cells marked. */
const lookEvery = 4

/** Uploads valid files changed at random through the application itself, and says of each what does not hold. */
export const uploadMutations = async ({ count, seed, print, plant = (same) => same }: Mutations) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'vsx-mutations-'))
  migrateStore(dataDir)
  const config = { origin: 'http://127.0.0.1:3000', uploadBytes: 10_000_000, publishRows: 100_000 }
  const threaded = await openNodeRuntime({ dataDir, config, quiet: true })
  const { workbook, csv } = await seedRound(threaded, { pupils: 2, seed: 7 })
  const files: readonly ValidFile[] = [
    { kind: 'workbook', bytes: workbook },
    { kind: 'csv', bytes: csv },
  ]
  const here: Runtime = { ...threaded, start: (job) => runJob(job, here, parseJob) }
  const lead = 'd.okoro@ellerwick.example'
  const [quick, real] = [await browserFor(plant(here), lead), await browserFor(plant(threaded), lead)]
  const store = new Database(join(dataDir, 'store.sqlite'), { readonly: true })
  const told = { taken: 0, asked: 0, refused: 0 }
  let failed = 0
  const faults = console.error
  console.error = () => undefined
  try {
    for (let index = 0; index < count; index += 1) {
      const random = seededRandom(seed + index)
      const [file, level] = [random.pick(files), random.pick(mutationLevels)]
      const bytes = mutated(file, level, random)
      const looks = random.number(lookEvery) === 0
      const browser = random.number(threadEvery) === 0 ? real : quick
      const wrong = await upload(threaded, store, browser, bytes, looks, told).catch(
        (problem: Error) => problem.message,
      )
      if (wrong === undefined) continue
      failed += 1
      print(`seed ${seed + index} (${file.kind}, ${level}): ${wrong}`)
    }
    print(`${told.taken} taken in, ${told.asked} asked what their headings mean, ${told.refused} refused`)
    return { checked: count, failed }
  } finally {
    console.error = faults
    store.close()
    await threaded.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Changes whenever anybody else writes to the store: the same before and after is a store in which nothing changed. */
const versionOf = (store: Database.Database) => Number(store.pragma('data_version', { simple: true }))

const upload = async (
  runtime: Runtime,
  store: Database.Database,
  browser: Browser,
  bytes: Uint8Array,
  looks: boolean,
  told: { taken: number; asked: number; refused: number },
): Promise<string | undefined> => {
  const [before, kept] = [versionOf(store), (await runtime.files.list()).length]
  const answer = await browser.upload('return', bytes)
  // Headings that are not ours lead to the pages on which a school says once what they mean: an answer, and nothing kept.
  if (answer.status === 422 || answer.status === 200) {
    told[answer.status === 200 ? 'asked' : 'refused'] += 1
    if (versionOf(store) !== before) return 'refused, and the store changed'
    return (await runtime.files.list()).length === kept ? undefined : 'refused, and a file was kept'
  }
  if (answer.status !== 303) return `answered ${answer.status}`
  told.taken += 1
  const path = answer.headers.get('location') ?? ''
  const delivery = path.slice(path.lastIndexOf('/') + 1)
  const wrong = await notWhole(runtime, store, delivery)
  if (wrong !== undefined) return wrong
  if (looks) {
    const statuses = [(await browser.get(path)).status, (await browser.get(`${path}/to-mend`)).status]
    if (statuses[0] !== 200 || ![200, 303, 422].includes(statuses[1] ?? 0))
      return `its pages answered ${statuses.join(' and ')}`
  }
  await forget(runtime.db, delivery)
  await runtime.files.remove(`delivery/${delivery}`)
  return undefined
}

/** What does not hold of a file that was taken in: every row accounted for, every part staged, nothing published. */
const notWhole = async (runtime: Runtime, store: Database.Database, delivery: string): Promise<string | undefined> => {
  const { rows } = await deliveryReport(runtime.db.query, delivery)
  if (rows.accepted + rows.rejected !== rows.read)
    return `${rows.read} rows read, ${rows.accepted} accepted, ${rows.rejected} rejected`
  const counted = (sql: string) => Number(store.prepare(sql).pluck().get())
  if (counted("select count(*) from import where school_number is not null and state <> 'staged'") > 0)
    return 'a part is not staged'
  if (counted('select count(*) from answer') > 0) return 'an answer counts that nobody confirmed'
  const loose = counted(
    'select count(*) from answer_fact f where not exists (select 1 from import_row r where r.import_number = f.import_number and r.row_number = f.row_number)',
  )
  return loose > 0 ? 'an answer has no row' : undefined
}

const ofDelivery =
  'import_number in (select i.number from import i join delivery d on d.number = i.delivery_number where d.id = ?)'

const forget = (db: Db, delivery: string) =>
  db.commit([
    ...['answer_fact', 'finding', 'import_row', 'import_event'].map((table) =>
      statement(`delete from ${table} where ${ofDelivery}`, [delivery]),
    ),
    statement('delete from import where delivery_number = (select number from delivery where id = ?)', [delivery]),
    statement('delete from delivery where id = ?', [delivery]),
  ])
