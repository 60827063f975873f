import { type Instant, instant } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { type StagedFacts, type StagedImport, stage } from '../../src/intake/stage.ts'
import type { Runtime } from '../../src/runtime.ts'
import { pick, type Random, randomFrom, whole } from '../../src/seed/random.ts'
import type { Db } from '../../src/store/db.ts'
import { families } from '../../src/store/derive.ts'
import { insertMany, statement } from '../../src/store/statement.ts'
import { transferFamilies } from '../../src/store/transfer-families.ts'

/**
 * Random histories of publishing and withdrawing. Each is played out in one set of councils, schools and children, and
 * beside it, in a second set just like the first, only what remains in the end is ever published. The current tables of
 * the two must say the same.
 */

type World = {
  readonly councils: readonly number[]
  readonly rounds: readonly number[]
  readonly schools: readonly number[]
  readonly pupils: readonly number[]
  readonly people: readonly number[]
}

const base36 = (number: number) => number.toString(36).toUpperCase().padStart(3, '0')

const numbersOf = async (
  db: Db,
  table: 'virtual_school' | 'school' | 'person' | 'pupil' | 'round',
  ids: readonly string[],
) => {
  const rows = await db.query
    .selectFrom(table)
    .select(['number', 'id'])
    .where('id', 'in', [...ids])
    .execute()
  return ids.map((id) => rows.find((row) => row.id === id)?.number ?? 0)
}

/** A set of two councils with a round each, two schools, four children and two people: identities without facts. */
const newWorld = async (db: Db, index: number): Promise<World> => {
  const ids = (count: number) => Array.from({ length: count }, () => newPublicId() as string)
  const [councils, schools, pupils, people, rounds] = [ids(2), ids(2), ids(4), ids(2), ids(2)]
  await db.commit([
    ...insertMany(
      'virtual_school',
      ['id', 'la_code', 'name', 'mailbox'],
      councils.map((id, at) => [id, base36(index * 2 + at), 'Council', 'a@b.example']),
    ),
    ...insertMany(
      'school',
      ['id', 'first_urn'],
      schools.map((id, at) => [id, `${index}-${at}`]),
    ),
    ...insertMany(
      'person',
      ['id', 'email'],
      people.map((id, at) => [id, `p${index}-${at}@school.example`]),
    ),
    ...pupils.map((id, at) =>
      statement(
        'insert into pupil (id, virtual_school_number, child_reference) values (?, (select number from virtual_school where id = ?), ?)',
        [id, councils[at % 2], `C${at}`],
      ),
    ),
    ...rounds.map((id, at) =>
      statement(
        `insert into round (id, virtual_school_number, academic_year, term, as_at, cut_off, cut_off_rule, opened_at, opened_by, closed_at)
         values (?, (select number from virtual_school where id = ?), 2026, 'autumn', '2026-10-01', '2026-11-01', '', '2026-10-01T00:00:00.000Z', null, null)`,
        [id, councils[at]],
      ),
    ),
  ])
  return {
    councils: await numbersOf(db, 'virtual_school', councils),
    schools: await numbersOf(db, 'school', schools),
    pupils: await numbersOf(db, 'pupil', pupils),
    people: await numbersOf(db, 'person', people),
    rounds: await numbersOf(db, 'round', rounds),
  }
}

/** What one import says, in the places of a world rather than its numbers: the same in both sets. */
type Said = {
  readonly council: number
  readonly precedence: number
  readonly rows: readonly { readonly held: boolean }[]
  readonly facts: readonly {
    readonly family: string
    readonly row: number
    readonly key: readonly (string | number)[]
    readonly values: readonly (string | null)[]
  }[]
}

const days = ['2024-01-10', '2024-06-01', '2025-02-03']
const maybe = (random: Random, value: string) => (random() < 0.35 ? null : random() < 0.12 ? '' : value)

const answersSaid = (random: Random, council: number, row: number): Said['facts'] => {
  const pupil = pick(random, [0, 2]) + council
  return ['status', 'hours_offered', 'sen', 'full_time']
    .filter(() => random() < 0.6)
    .map((item) => {
      const state = pick(random, ['given', 'given', 'given', 'not_known', 'cleared', 'unread'])
      return {
        family: 'answer',
        row,
        key: [`round:${council}`, `pupil:${pupil}`, `school:${row % 2}`, item],
        values: [state, state === 'given' ? pick(random, ['C', '25', 'K', 'Y', '12']) : ''],
      }
    })
}

const rollSaid = (random: Random, council: number, row: number): Said['facts'] => {
  const pupil = `pupil:${pick(random, [0, 2]) + council}`
  const school = `school:${whole(random, 0, 1)}`
  const day = pick(random, days)
  switch (whole(random, 0, 7)) {
    case 0:
      return ['surname', 'year_group', 'target_1']
        .filter(() => random() < 0.7)
        .map((attribute) => ({
          family: 'pupil_detail',
          row,
          key: [pupil, attribute],
          values: [pick(random, ['Ash', 'Birch', '5', ''])],
        }))
    case 1:
      return [
        {
          family: 'pupil_identifier',
          row,
          key: [pupil, 'upn', pick(random, ['U1', 'U2'])],
          values: [maybe(random, day), maybe(random, '2026-01-01')],
        },
      ]
    case 2:
      return [
        {
          family: 'care_period',
          row,
          key: [pupil, day],
          values: [maybe(random, '2026-03-01'), maybe(random, 'returned_home')],
        },
      ]
    case 3:
      return [
        {
          family: 'place',
          row,
          key: [pupil, school, day],
          values: [maybe(random, '2026-05-05'), maybe(random, pick(random, ['C', 'M', 'S']))],
        },
      ]
    case 4:
      return [
        {
          family: 'school_detail',
          row,
          key: [school],
          values: ['name', 'phase', 'la', 'country'].map((name) => maybe(random, `${name} ${whole(random, 1, 3)}`)),
        },
      ]
    case 5:
      return [
        {
          family: 'school_urn',
          row,
          key: [school, pick(random, ['900001', '900002'])],
          values: [maybe(random, day), maybe(random, '2026-08-31')],
        },
      ]
    case 6:
      return [
        {
          family: 'plan_status',
          row,
          key: [pupil, 2026, pick(random, ['autumn', 'spring'])],
          values: [...days, 'green', '2026-11-02', 'Ada'].map((value) => maybe(random, value)),
        },
      ]
    default:
      return [
        {
          family: 'appointment',
          row,
          key: [`person:${whole(random, 0, 1)}`, school, `council:${council}`, pick(random, ['deputy', 'colleague'])],
          values: [maybe(random, pick(random, ['Ada', 'Bea'])), maybe(random, day), maybe(random, '2026-06-30')],
        },
      ]
  }
}

/** A few parts of a pupil's record as a transfer file states them: of any of its families. */
const transferSaid = (random: Random, council: number, row: number): Said['facts'] => {
  const pupil = `pupil:${pick(random, [0, 2]) + council}`
  const school = `school:${whole(random, 0, 1)}`
  const family = pick(random, transferFamilies)
  const spare = (name: string) => `${name} ${whole(random, 1, 2)}`
  return [
    {
      family: family.current,
      row,
      key: [pupil, school, ...family.key.slice(2).map(spare)],
      values: family.values.map((name) => maybe(random, spare(name))),
    },
  ]
}

const newSaid = (random: Random): Said => {
  const council = whole(random, 0, 1)
  const rows = Array.from({ length: whole(random, 1, 4) }, () => ({ held: random() < 0.15 }))
  const isReturn = random() < 0.5
  const isTransfer = !isReturn && random() < 0.4
  return {
    council,
    precedence: isReturn ? 50 : isTransfer ? 40 : pick(random, [100, 100, 200]),
    rows,
    facts: rows.flatMap((_, row) =>
      isReturn
        ? answersSaid(random, council, row + 1)
        : (isTransfer ? transferSaid : rollSaid)(random, council, row + 1),
    ),
  }
}

const place = (world: World, part: string | number): string | number => {
  const [kind, at] = String(part).split(':')
  const lists: Readonly<Record<string, readonly number[]>> = {
    council: world.councils,
    round: world.rounds,
    school: world.schools,
    pupil: world.pupils,
    person: world.people,
  }
  return at === undefined ? part : (lists[kind ?? '']?.[Number(at)] ?? part)
}

const stagedAs = (said: Said, world: World): StagedImport => {
  const byFamily = new Map<string, (string | number | null)[][]>()
  for (const fact of said.facts) {
    const extra = fact.family === 'answer' ? ['raw'] : []
    const row = [fact.row, ...fact.key.map((part) => place(world, part)), ...fact.values, ...extra]
    byFamily.set(fact.family, [...(byFamily.get(fact.family) ?? []), row])
  }
  const facts: StagedFacts[] = [...byFamily].map(([family, rows]) => {
    const known = families.find(({ current }) => current === family)
    return {
      family,
      columns: ['row_number', ...(known?.key ?? []), ...(known?.values ?? []), ...(family === 'answer' ? ['raw'] : [])],
      rows,
    }
  })
  return {
    id: newPublicId(),
    virtualSchool: world.councils[said.council] ?? 0,
    round: null,
    school: null,
    precedence: said.precedence,
    fileFindings: [],
    facts,
    rows: said.rows.map(({ held }, at) => ({
      rowNumber: at + 1,
      state: held ? ('held' as const) : ('ready' as const),
      pupil: null,
      sheet: null,
      reference: null,
      upnSent: null,
      upnCell: null,
      surnameSent: null,
      forenameSent: null,
      bornSent: null,
      kind: 'history',
      findings: [],
    })),
  }
}

const publishSaid = async (
  runtime: Runtime,
  said: Said,
  world: World,
): Promise<{ id: string; number: number; virtualSchool: number }> => {
  const part = stagedAs(said, world)
  await stage(runtime.db, {
    id: newPublicId(),
    connector: 'history',
    connectorEdition: '1',
    fileEdition: '1',
    fileName: 'history',
    sha256: '',
    bytes: 0,
    fileKey: null,
    deleteOn: null,
    school: null,
    sentBy: null,
    sentAt: runtime.now(),
    via: 'seed',
    rowsRead: said.rows.length,
    imports: [part],
  })
  const { number } = await runtime.db.query
    .selectFrom('import')
    .select('number')
    .where('id', '=', part.id)
    .executeTakeFirstOrThrow()
  const change = { id: part.id, number, virtualSchool: part.virtualSchool }
  await publishImports(runtime, [{ ...change, by: null, part: 'history' }])
  return change
}

/** What the current tables say of one world, with its own numbers put back to places, and imports to their turn. */
const currentIn = async (db: Db, world: World, turns: ReadonlyMap<number, number>): Promise<readonly string[]> => {
  const places = new Map<string, string>([
    ...world.pupils.map((number, at) => [`pupil_number ${number}`, `pupil:${at}`] as const),
    ...world.schools.map((number, at) => [`school_number ${number}`, `school:${at}`] as const),
    ...world.people.map((number, at) => [`person_number ${number}`, `person:${at}`] as const),
    ...world.councils.map((number, at) => [`virtual_school_number ${number}`, `council:${at}`] as const),
    ...world.rounds.map((number, at) => [`round_number ${number}`, `round:${at}`] as const),
  ])
  const lines: string[] = []
  for (const { current, key, values } of families) {
    const owner = key[current === 'answer' ? 1 : 0] ?? ''
    const numbers = owner === 'pupil_number' ? world.pupils : owner === 'school_number' ? world.schools : world.people
    const rows = await db.query
      .selectFrom(current as 'answer')
      .selectAll()
      .where(owner as 'pupil_number', 'in', [...numbers])
      .execute()
    for (const row of rows) {
      const cells = row as unknown as Readonly<Record<string, string | number | null>>
      const named = [...key, ...values].map((name) => places.get(`${name} ${cells[name]}`) ?? `${name}=${cells[name]}`)
      lines.push(
        [current, ...named, `turn=${turns.get(Number(cells['import_number']))}`, `row=${cells['row_number']}`].join(
          ' ',
        ),
      )
    }
  }
  return lines.sort()
}

/**
 * Plays out one history and its counterpart. Gives what the first says and the second does not, and the other way round;
 * nothing where they agree.
 */
export const playHistory = async (db: Db, seed: number, index: number): Promise<readonly string[]> => {
  const random = randomFrom(seed)
  let ticks = Date.parse('2026-11-01T09:00:00Z')
  const now = (): Instant => {
    ticks += 1000
    return instant(ticks)
  }
  const runtime: Runtime = {
    db,
    now,
    files: {
      put: async () => undefined,
      get: async () => undefined,
      putParts: async () => ({ sha256: '' }),
      remove: async () => undefined,
      list: async () => [],
    },
    sendEmail: async () => undefined,
    start: async () => {
      throw new Error('a history starts no job')
    },
    config: { origin: 'http://127.0.0.1', uploadBytes: 1, publishRows: 1 },
  }
  const [lived, only] = [await newWorld(db, index * 2), await newWorld(db, index * 2 + 1)]
  const candidates = Array.from({ length: 8 }, () => newSaid(random))
  const standing: {
    readonly said: Said
    readonly change: Awaited<ReturnType<typeof publishSaid>>
    readonly turn: number
  }[] = []
  for (let step = 0; step < 12; step += 1) {
    if (standing.length > 0 && random() < 0.4) {
      const [taken] = standing.splice(whole(random, 0, standing.length - 1), 1)
      if (taken) await withdrawImport(runtime, { ...taken.change, by: null, part: 'history', reason: 'history' })
    } else {
      const said = pick(random, candidates)
      standing.push({ said, change: await publishSaid(runtime, said, lived), turn: step })
    }
  }
  const remaining = []
  for (const { said, turn } of standing) remaining.push({ change: await publishSaid(runtime, said, only), turn })
  const one = await currentIn(db, lived, new Map(standing.map(({ change, turn }) => [change.number, turn])))
  const other = await currentIn(db, only, new Map(remaining.map(({ change, turn }) => [change.number, turn])))
  return [
    ...one.filter((line) => !other.includes(line)),
    ...other.filter((line) => !one.includes(line)).map((line) => `missing: ${line}`),
  ]
}
