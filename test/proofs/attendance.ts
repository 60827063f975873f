import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MarksRow } from '../../connectors/attendance-marks/rows.ts'
import { configFor } from '../../src/config.ts'
import {
  absenceBand,
  attendedOf,
  bySchool,
  byWeek,
  emptyTally,
  marksOf,
  possibleOf,
  sumTallies,
  type Tally,
  weekTallier,
  whileOnRoll,
} from '../../src/domain/attendance/tally.ts'
import { type Instant, type PlainDate, plusDays } from '../../src/domain/dates.ts'
import { publishImports, withdrawImport } from '../../src/intake/publish.ts'
import { receiveMarks } from '../../src/intake/receive-marks.ts'
import { intakeScope } from '../../src/intake/receive-return.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { addVirtualSchools } from '../../src/seed/demo.ts'
import { csvFile, fictionalUpn, pick, type Random, randomFrom, whole } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { importsAsChanges } from '../../src/store/report.ts'
import { virtualSchools } from '../../src/store/schools.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { type SlowPlace, type SlowStatement, slowYear } from '../slow-attendance.ts'

/** Children's years in a whole run. */
export const count = 10_000

const childrenAtOnce = 250
const today = '2025-07-20' as PlainDate
const now = `${today}T10:00:00.000Z` as Instant
const schools = [
  ['900501', 'Aldermoor', 'England'],
  ['900502', 'Brenlow', 'England'],
  ['900503', 'Carnwen', 'Wales'],
  ['900504', 'Dunsage', 'England'],
] as const

const codes = [
  ...['/', '\\', '/', '\\', '/', 'L', 'B', 'C', 'C1', 'C2', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'J1', 'K', 'M', 'N'],
  ...['O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'X01', 'Y', 'Y1', 'Y7', 'Z', '#', '-', '*', '?', 'ZZ'],
]

type Child = { readonly number: number; readonly upn: string; readonly places: readonly SlowPlace[] }

/** Where a child is on roll: one school, or a move, or two schools at once; the last of them until after today. */
const placesOf = (random: Random, from: PlainDate): readonly SlowPlace[] => {
  const first = whole(random, 0, 3)
  const other = (first + whole(random, 1, 3)) % 4
  const kind = random()
  const start = plusDays(from, whole(random, 0, 60))
  if (kind < 0.4) return [{ school: first, from: start, to: null }]
  const moved = plusDays(start, whole(random, 20, 300))
  if (kind < 0.7)
    return [
      { school: first, from: start, to: moved },
      { school: other, from: plusDays(moved, whole(random, 0, 9)), to: null },
    ]
  return [
    { school: first, from: start, to: null },
    { school: other, from: moved, to: random() < 0.5 ? null : plusDays(moved, whole(random, 5, 120)) },
  ]
}

const openStore = async (children: readonly Child[]): Promise<{ runtime: NodeRuntime; close: () => Promise<void> }> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'vsx-attendance-'))
  migrateStore(dataDir)
  const runtime = await openNodeRuntime({
    dataDir,
    config: configFor('http://127.0.0.1', 'machine'),
    quiet: true,
    now: () => now,
  })
  await runtime.db.commit(addVirtualSchools([{ laCode: '991', name: 'Wendlemoor', mailbox: 'vs@proof.example' }]))
  const council = (await virtualSchools(runtime.db.query))[0]?.number ?? 0
  const bring = (name: string, rows: readonly (readonly (string | null)[])[]) =>
    bringInRoll(runtime, council, csvFile(name, rows))
  await bring('schools.csv', [
    ['urn', 'school_name', 'phase', 'la_code', 'country'],
    ...schools.map(([urn, name, country]) => [urn, name, 'all-through', '991', country]),
  ])
  await bring('pupils.csv', [
    ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'care_first_day'],
    ...children.map(({ number, upn }) => [`P-${number}`, upn, 'Qx', 'Zed', '2012-02-01', '8', '2020-01-01']),
  ])
  await bring('places.csv', [
    ['child_reference', 'urn', 'first_day', 'last_day', 'enrolment_status', 'confirmed_how'],
    ...children.flatMap(({ number, places }) =>
      places.map(({ school, from, to }) => [`P-${number}`, schools[school]?.[0] ?? '', from, to, 'C', 'call']),
    ),
  ])
  return {
    runtime,
    close: async () => {
      await runtime.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Random marks of some children over some days, as one file of a school or of a contractor would bring them. */
const randomFile = (random: Random, children: readonly Child[], from: PlainDate, sender: number | null) => {
  const start = plusDays(from, whole(random, 0, 300))
  const length = whole(random, 3, 80)
  const rows: MarksRow[] = []
  for (const child of children) {
    if (random() < 0.3) continue
    const own = child.places.map(({ school }) => school)
    for (let at = 0; at < length; at += 1) {
      const day = plusDays(start, at)
      if (day > today || random() < 0.35) continue
      const school = sender ?? (random() < 0.9 ? pick(random, own) : whole(random, 0, 3))
      const marks = (['AM', 'PM'] as const).flatMap((session) =>
        random() < 0.9 ? [{ day, session, code: pick(random, codes) }] : [],
      )
      const number = rows.length + 2
      const named = {
        upn: child.upn,
        reference: '',
        surname: '',
        forename: '',
        born: '',
        school: schools[school]?.[0] ?? '',
      }
      rows.push({ number, ...named, marks, findings: [], kept: '' })
    }
  }
  return rows
}

async function* asPieces(rows: readonly MarksRow[]) {
  for (let at = 0; at < rows.length; at += 500)
    yield { outcome: 'read', rows: rows.slice(at, at + 500), grain: 'day', notRead: [] } as const
}

type Kept = { readonly order: number; readonly statements: readonly SlowStatement[]; live: boolean }

/** Plays one store: some files published in any order, some taken back. Gives what each child's files said. */
const playFiles = async (runtime: NodeRuntime, children: readonly Child[], random: Random, from: PlainDate) => {
  const { query } = runtime.db
  const council = (await virtualSchools(query))[0]?.number ?? 0
  const numbers = await query.selectFrom('school').select(['number', 'first_urn as urn']).execute()
  const numberOf = schools.map(([urn]) => numbers.find((one) => one.urn === urn)?.number ?? 0)
  const tail = intakeScope(runtime, 0, [council], 0).tail.others
  const files: (Kept & { readonly changes: Awaited<ReturnType<typeof importsAsChanges>> })[] = []
  for (let file = 0; file < 9; file += 1) {
    const sender = random() < 0.5 ? whole(random, 0, 3) : null
    const rows = randomFile(random, children, from, sender)
    const received = await receiveMarks(
      runtime,
      { name: 'proof', sha256: String(file), bytes: 0, layout: null, copied: false },
      asPieces(rows),
      {
        from:
          sender === null
            ? { kind: 'council', virtualSchool: council }
            : { kind: 'school', school: numberOf[sender] ?? 0, virtualSchools: [council] },
        by: null,
        via: 'command',
      },
    )
    if (received.outcome === 'refused') continue
    const changes = await importsAsChanges(query, received.delivery)
    await publishImports(
      runtime,
      changes.map((change) => ({ ...change, by: null, part: 'proof' })),
    )
    const statements = rows.flatMap((row): SlowStatement[] => {
      const child = children.find(({ upn }) => upn === row.upn)
      const school = schools.findIndex(([urn]) => urn === row.school)
      const speaks =
        sender === null || child?.places.some((place) => place.school === sender && isFollowed(place, tail))
      if (!child || !speaks) return []
      return row.marks.map(({ day, session, code }) => ({
        child: child.number,
        ...{ day, session, code, school },
        source: sender === null ? 1 : 2,
        order: file,
        line: row.number,
      }))
    })
    files.push({ order: file, statements, live: true, changes })
    const back = files.filter(({ live }) => live)
    if (random() < 0.35 && back.length > 0) {
      const one = pick(random, back)
      for (const change of one.changes) await withdrawImport(runtime, { ...change, by: null, part: 'proof' })
      one.live = false
    }
  }
  return { numberOf, statements: files.filter(({ live }) => live).flatMap((one) => one.statements) }
}

/** A school speaks of a child from the first day of the place until the tail after its last. */
const isFollowed = ({ from, to }: SlowPlace, tail: PlainDate) => from <= today && (to === null || to >= tail)

const written = (tally: Tally) =>
  [
    ...[tally.present, tally.educated_elsewhere, tally.authorised, tally.unauthorised, tally.not_possible],
    ...[tally.not_entered, tally.unknown, tally.late],
  ].join(' ')

/** Compares what the portal counts of one child with the slow calculator: gives what differs. */
const compare = (
  child: Child,
  weeks: readonly { readonly week: number; readonly school: number; readonly marks: string }[],
  statements: readonly SlowStatement[],
  numberOf: readonly number[],
  from: PlainDate,
): readonly string[] => {
  const slow = slowYear(
    statements,
    child.places,
    schools.map(([, , country]) => country),
    from,
    today,
  )
  const packed = weeks.map((one) => ({ ...one, country: schools[numberOf.indexOf(one.school)]?.[2] ?? 'England' }))
  const places = child.places.map(({ school, from: firstDay, to: lastDay }) => ({
    school: numberOf[school] ?? 0,
    firstDay,
    lastDay,
  }))
  const days = { from, to: today }
  const tallier = weekTallier()
  const total = sumTallies(packed.map((week) => tallier(week, days, places)))
  const marks = whileOnRoll(marksOf(packed), places).filter(({ day }) => from <= day && day <= today)
  const differences: string[] = []
  const differ = (what: string, ours: string, theirs: string) => {
    if (ours !== theirs) differences.push(`child ${child.number}, ${what}: ${ours}, and the slow calculator ${theirs}`)
  }
  differ('year', written(total), slow.total)
  differ('attended', `${attendedOf(total)} of ${possibleOf(total)}`, slow.attended)
  differ('band', absenceBand(total) ?? 'undefined', slow.band)
  for (const [school, number] of numberOf.entries())
    differ(`school ${school}`, written(bySchool(marks).get(number) ?? emptyTally), slow.bySchool(school))
  for (const [week, tally] of byWeek(marks)) differ(`week ${week}`, written(tally), slow.byWeek(week))
  return differences
}

/** Random children's years through the whole intake, each counted again by a slow calculator that shares no code. */
export const prove = async ({
  count,
  seed,
  print,
}: {
  readonly count: number
  readonly seed: number
  readonly print: (line: string) => void
}): Promise<{ readonly checked: number; readonly failed: number }> => {
  let [checked, failed, statements] = [0, 0, 0]
  for (let batch = 0; checked < count; batch += 1) {
    const random = randomFrom(seed + batch)
    // Each second year runs over 19 August 2024, when the codes of England changed.
    const from = (batch % 2 === 0 ? '2023-09-01' : '2024-09-01') as PlainDate
    const children = Array.from(
      { length: Math.min(childrenAtOnce, count - checked) },
      (_, index): Child => ({
        number: index + 1,
        upn: fictionalUpn('991', index + 1),
        places: placesOf(random, from),
      }),
    )
    const { runtime, close } = await openStore(children)
    try {
      const { numberOf, statements: said } = await playFiles(runtime, children, random, from)
      statements += said.length
      const { query } = runtime.db
      const rows = await query
        .selectFrom('mark_week as m')
        .innerJoin('pupil as p', 'p.number', 'm.pupil_number')
        .select(['p.child_reference as reference', 'm.week', 'm.school_number as school', 'm.marks'])
        .orderBy('m.week')
        .execute()
      for (const child of children) {
        const weeks = rows.filter(({ reference }) => reference === `P-${child.number}`)
        const own = said.filter((one) => one.child === child.number)
        const differences = compare(child, weeks, own, numberOf, from)
        if (differences.length > 0) {
          failed += 1
          print(`seed ${seed + batch}: ${differences.slice(0, 3).join('; ')}`)
        }
      }
      checked += children.length
      const wrong = [...(await verifyStore(query)).current.values()].reduce((sum, one) => sum + one, 0)
      if (wrong > 0) {
        failed += 1
        print(`seed ${seed + batch}: the store does not verify, ${wrong} rows`)
      }
    } finally {
      await close()
    }
  }
  print(`${statements} marks of files that stand`)
  return { checked, failed }
}
