import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeReturnCsv } from '../../connectors/termly-return/write.ts'
import { configFor } from '../../src/config.ts'
import { mondayOf, weekOf } from '../../src/domain/attendance/week.ts'
import { plusMinutes, todayInLondon } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { receiveReturn } from '../../src/intake/receive-return.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { seedNation } from '../../src/seed/nation.ts'
import { randomFrom } from '../../src/seed/random.ts'
import { seedRegion } from '../../src/seed/region.ts'
import { filledSheetOf } from '../../src/seed/returns.ts'
import { seedRound } from '../../src/seed/round.ts'
import { partsOf, personByEmail, startSession, writePart } from '../../src/store/people.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { hashOf, newSecret } from '../../src/web/secrets.ts'
import { paths } from '../../templates/components/paths.ts'

export const origin = 'http://127.0.0.1'

const lead = 'd.okoro@ellerwick.example'
const officer = 'h.marsh@wendlemoor.example'
const regionOfficer = 'data.981@council.example'
const nationOfficer = 'data.401@council.example'

/** One page as somebody opens it: its address, and a cookie. */
export type Opened = { readonly path: string; readonly cookie: string }
export type Pages = Readonly<Record<string, Opened>>

/** Opens a store that was made. */
export const openStore = (folder: string): Promise<NodeRuntime> =>
  openNodeRuntime({ dataDir: folder, config: configFor(origin, 'machine'), quiet: true })

const signIn = async ({ db, now }: NodeRuntime, email: string): Promise<string> => {
  const person = await personByEmail(db.query, email)
  const [first] = person ? await partsOf(db.query, person.number, now().slice(0, 10) as never) : []
  if (!person || !first) throw new Error(`${email} is not in the store`)
  const token = newSecret()
  await db.commit([
    startSession(db.query, {
      tokenHash: await hashOf(token),
      id: newPublicId(),
      person: person.number,
      part: writePart(first.part),
      trusted: true,
      at: now(),
      expiresAt: plusMinutes(now(), 600),
    }),
  ])
  return `vsx-session=${token}`
}

/** A return of the lead's school that waits to be mended: one cell in every third row cannot be read. */
const upload = async (runtime: NodeRuntime, councils: readonly string[]): Promise<string> => {
  const { query } = runtime.db
  const today = runtime.now().slice(0, 10)
  const school = await schoolByUrn(query, today, '900001')
  const person = await personByEmail(query, lead)
  if (!school || !person) throw new Error('the school is not there')
  const own = (await virtualSchools(query)).filter(({ laCode }) => councils.includes(laCode)).map((one) => one.number)
  const sheet = await filledSheetOf(runtime, school, own, person.number, randomFrom(7))
  if (!sheet) throw new Error('nothing is due')
  const faulty = {
    ...sheet,
    rows: sheet.rows.map((row, index) =>
      index % 3 === 0
        ? { ...row, known: new Map([...row.known, ['hours_offered', { state: 'given', value: 'lots' } as const]]) }
        : row,
    ),
  }
  const received = await receiveReturn(
    runtime,
    { name: 'return.csv', bytes: writeReturnCsv(faulty) },
    { school: school.number, virtualSchools: own, by: person.number, via: 'page' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  return received.delivery
}

const boardOfLatest = async (runtime: NodeRuntime, laCode: string): Promise<string> => {
  const { id } = await runtime.db.query
    .selectFrom('round')
    .innerJoin('virtual_school', 'virtual_school.number', 'round.virtual_school_number')
    .select('round.id')
    .where('virtual_school.la_code', '=', laCode)
    .orderBy('round.as_at', 'desc')
    .executeTakeFirstOrThrow()
  return paths.board(id)
}

/** The pupil of the lead's school of whom the most is told. */
const fullestPupil = async (runtime: NodeRuntime): Promise<string> => {
  const school = await schoolByUrn(runtime.db.query, runtime.now().slice(0, 10), '900001')
  const { id } = await runtime.db.query
    .selectFrom('pupil')
    .innerJoin('answer', 'answer.pupil_number', 'pupil.number')
    .select('pupil.id')
    .where('answer.school_number', '=', school?.number ?? 0)
    .groupBy('pupil.number')
    .orderBy((order) => order.fn.countAll(), 'desc')
    .orderBy('pupil.number')
    .executeTakeFirstOrThrow()
  return id
}

/** The pages of attendance of a council: a child of whom every week is known, the last whole week of its school, the tables. */
const attendancePages = async (runtime: NodeRuntime, laCode: string, cookie: string): Promise<Pages> => {
  const { child, school } = await runtime.db.query
    .selectFrom('mark_week')
    .innerJoin('pupil', 'pupil.number', 'mark_week.pupil_number')
    .innerJoin('virtual_school', 'virtual_school.number', 'pupil.virtual_school_number')
    .innerJoin('school', 'school.number', 'mark_week.school_number')
    .select(['pupil.id as child', 'school.id as school'])
    .where('virtual_school.la_code', '=', laCode)
    .groupBy('pupil.number')
    .orderBy((order) => order.fn.countAll(), 'desc')
    .orderBy('pupil.number')
    .executeTakeFirstOrThrow()
  const monday = mondayOf(weekOf(todayInLondon(runtime.now())) - 1)
  return {
    'child-year': { path: paths.pupilAttendance(child), cookie },
    week: { path: paths.schoolWeekOf(school, monday), cookie },
    tables: { path: paths.attendance, cookie },
  }
}

const ownOf = (pages: Pages): Pages =>
  Object.fromEntries(Object.entries(pages).map(([name, opened]) => [`${name}-own`, opened]))

const demoCouncils = ['991', '992', '993', '994']

const makeStore = async (folder: string, seed: (runtime: NodeRuntime) => Promise<unknown>): Promise<NodeRuntime> => {
  mkdirSync(folder, { recursive: true })
  migrateStore(folder)
  const runtime = await openStore(folder)
  await seed(runtime)
  return runtime
}

const ownPages: Readonly<Record<'region' | 'nation', (runtime: NodeRuntime) => Promise<Pages>>> = {
  region: async (region) => ({
    'board-1194': { path: await boardOfLatest(region, '981'), cookie: await signIn(region, regionOfficer) },
  }),
  nation: async (nation) => {
    const cookie = await signIn(nation, nationOfficer)
    return ownOf({
      ...(await attendancePages(nation, '401', cookie)),
      board: { path: await boardOfLatest(nation, '401'), cookie },
    })
  },
}

const keep = (folder: string, pages: Pages) => writeFileSync(join(folder, 'pages.json'), JSON.stringify(pages))

const pagesOf = async (runtime: NodeRuntime): Promise<Pages> => {
  const [school, council] = [await signIn(runtime, lead), await signIn(runtime, officer)]
  return {
    inbox: { path: paths.inbox, cookie: school },
    pupil: { path: paths.pupil(await fullestPupil(runtime)), cookie: school },
    board: { path: await boardOfLatest(runtime, '991'), cookie: council },
    check: { path: paths.check(await upload(runtime, demoCouncils)), cookie: school },
    ...(await attendancePages(runtime, '991', council)),
  }
}

const large = { region: seedRegion, nation: seedNation }

/** What is opened in a store of a size that takes minutes to make. */
export const pagesFor = async (runtime: NodeRuntime, size: keyof typeof large): Promise<Pages> => ({
  ...(await pagesOf(runtime)),
  ...(await ownPages[size](runtime)),
})

/** Makes the stores at every size, and beside each which pages are opened in it. */
export const makeStores = async (folder: string): Promise<void> => {
  const demo = await makeStore(join(folder, 'demo'), (runtime) => seedDemo(runtime))
  keep(join(folder, 'demo'), await pagesOf(demo))
  await demo.close()
  for (const size of ['region', 'nation'] as const) {
    const store = join(folder, size)
    const made = process.env[`VSX_BENCH_${size.toUpperCase()}`]
    if (made) cpSync(made, store, { recursive: true })
    const runtime = await makeStore(store, async (empty) => (made ? undefined : large[size](empty)))
    keep(store, await pagesFor(runtime, size))
    await runtime.close()
  }
  const round = await makeStore(join(folder, 'round'), (runtime) => seedRound(runtime, { pupils: 200, seed: 1 }))
  keep(join(folder, 'round'), {
    'check-200': { path: paths.check(await upload(round, ['991'])), cookie: await signIn(round, lead) },
  })
  await round.close()
}
