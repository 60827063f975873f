import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { plainDate } from '../../src/domain/dates.ts'
import { countPlans } from '../../src/domain/plan.ts'
import type { Scope } from '../../src/domain/scope.ts'
import { asChange } from '../../src/intake/confirm-return.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import { plansOf } from '../../src/plans/plans.ts'
import { boardOf, countedBoardOf, type SchoolOnBoard } from '../../src/returns/board.ts'
import { boardsWrong } from '../../src/returns/counts.ts'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedDemo } from '../../src/seed/demo.ts'
import { randomFrom } from '../../src/seed/random.ts'
import { sendFictionalReturn } from '../../src/seed/returns.ts'
import { countedBoard, keepCounts, staleSchools } from '../../src/store/boards.ts'
import { Conflict, type Statement } from '../../src/store/db.ts'
import { importsOf } from '../../src/store/imports.ts'
import { personByEmail } from '../../src/store/people.ts'
import { setPlanRule } from '../../src/store/plans.ts'
import { confirmPlace, placesToConfirm, pupilsOf, sealPupil } from '../../src/store/pupils.ts'
import { type Round, roundsOfCouncil } from '../../src/store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { statement } from '../../src/store/statement.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

const folder = temporaryFolder()
let runtime: NodeRuntime
let head: Scope
let officer: Scope
let round: Round

beforeAll(async () => {
  migrateStore(folder)
  runtime = await openNodeRuntime({ dataDir: folder, config: testConfig, quiet: true })
  await seedDemo(runtime)
  const { query } = runtime.db
  const council = (await virtualSchools(query)).find(({ laCode }) => laCode === '991')?.number ?? 0
  head = scopeFor(0, { kind: 'council', virtualSchool: council, role: 'head' }, runtime.now())
  officer = scopeFor(0, { kind: 'council', virtualSchool: council, role: 'officer' }, runtime.now())
  const [newest] = await roundsOfCouncil(query, head)
  if (!newest) throw new Error('no round')
  round = newest
}, 120_000)

afterAll(async () => {
  await runtime.close()
})

const counted = (scope = head, of = round) => countedBoardOf(runtime, plansOf, scope, of)

const commit = (...statements: Statement[]) => runtime.db.commit(statements)

/** Looks at the board, which counts what is stale; then everything kept must be what is counted anew. */
const looked = async () => {
  const board = await counted()
  expect(await staleSchools(runtime.db.query, head, round.number)).toEqual([])
  expect(await boardsWrong(runtime, plansOf)).toBe(0)
  return board
}

const newestReturn = async () => {
  const found = (await importsOf(runtime.db.query, head)).find(
    (one) => one.connector === 'termly-return' && one.state === 'published' && one.round === round.number,
  )
  if (!found) throw new Error('no return has come')
  return found
}

describe('a board that is kept', () => {
  test('is what its schools come to, pupil by pupil', async () => {
    const board = await looked()
    expect(board.schools.length).toBeGreaterThan(3)
    const live = await boardOf(runtime, head, round)
    const { places: _, plans: __, ...kept } = await counted()
    const figures = (one: SchoolOnBoard) => ({
      ...{ name: one.school.name, standing: one.standing, late: one.late, dates: one.dates, count: one.count },
      ...{ pupils: one.pupils, phases: [...one.phases].sort() },
    })
    expect({ ...kept, items: new Map([...kept.items].sort()), schools: kept.schools.map(figures) }).toEqual({
      ...live,
      items: new Map([...live.items].sort()),
      schools: live.schools.map(figures),
    })
  })

  test('knows how the plans stand, and follows a rule of the council', async () => {
    const { query } = runtime.db
    const live = await boardOf(runtime, head, round)
    const standings = async () => {
      const pupils = live.schools.flatMap(({ returns }) =>
        returns.map(({ due }) => ({ number: due.pupil, virtualSchool: round.virtualSchool })),
      )
      return countPlans([...(await plansOf(query, head, pupils)).values()].map(({ standing }) => standing))
    }
    const before = await looked()
    expect(before.plans).toEqual(await standings())
    const lead = await personByEmail(query, 'd.okoro@ellerwick.example')
    const rule = {
      after: 'plan_held',
      validFrom: plainDate('2020-01-01'),
      count: 1,
      unit: 'days',
      source: 'test',
    } as const
    await commit(setPlanRule(round.virtualSchool, rule, runtime.now(), lead?.number ?? 0))
    expect((await countedBoard(query, head, round.number))?.day).toBe('')
    await looked()
    await commit(statement("delete from pupil_detail where attribute = 'plan_next_by'"))
    expect((await looked()).plans).toEqual(await standings())
    expect(await standings()).not.toEqual(before.plans)
  })

  test('counts a child whose place must not be disclosed only for who may see that child', async () => {
    const all = (await counted()).pupils
    const most = (await counted(officer)).pupils
    expect(all).toBeGreaterThan(most)
  })

  test('follows a withdrawal, a return and a seal', async () => {
    const { query } = runtime.db
    const before = await looked()
    const taken = await newestReturn()
    await withdrawImport(runtime, { ...asChange(taken, { by: null, part: 'test' }), reason: 'test' })
    expect(await staleSchools(query, head, round.number)).toEqual([taken.school])
    expect((await looked()).total.answered).toBeLessThan(before.total.answered)

    const school = await schoolByUrn(query, head.today, '900001')
    const lead = await personByEmail(query, 'd.okoro@ellerwick.example')
    const own = head.part.kind === 'council' ? [head.part.virtualSchool] : []
    const withdrawn = await counted()
    if (school && lead) await sendFictionalReturn(runtime, school, own, lead.number, randomFrom(3))
    expect((await looked()).total.answered).toBeGreaterThan(withdrawn.total.answered)

    const complete = await looked()
    const [first] =
      (await boardOf(runtime, head, round)).schools.find((one) => one.school.number === school?.number)?.returns ?? []
    await commit(sealPupil(first?.due.pupil ?? 0, runtime.now(), lead?.number ?? 0, 'test'))
    expect((await looked()).pupils).toBe(complete.pupils - 1)
    expect((await pupilsOf(query, head)).some(({ number }) => number === first?.due.pupil)).toBe(false)
  })

  test('follows a place that is confirmed', async () => {
    const { query } = runtime.db
    for (const { number } of await virtualSchools(query)) {
      const own = scopeFor(0, { kind: 'council', virtualSchool: number, role: 'head' }, runtime.now())
      const [place] = await placesToConfirm(query, own)
      const [newest] = await roundsOfCouncil(query, own)
      if (!place || !newest) continue
      const before = await counted(own, newest)
      await commit(confirmPlace(place.pupil, place.schoolNumber, place.firstDay, 'call', runtime.now(), 1))
      const after = await counted(own, newest)
      expect([after.places, after.pupils]).toEqual([before.places - 1, before.pupils + 1])
      expect(await boardsWrong(runtime, plansOf)).toBe(0)
      return
    }
    throw new Error('every place is confirmed')
  })

  test('would be wrong if a change were not noted', async () => {
    await looked()
    const [trigger] = await runtime.db.query
      .selectFrom(sql<{ sql: string }>`sqlite_master`.as('master'))
      .select('sql')
      .where(sql<boolean>`name = 'board_import'`)
      .execute()
    await commit(statement('drop trigger board_import'))
    await withdrawImport(runtime, { ...asChange(await newestReturn(), { by: null, part: 'test' }), reason: 'test' })
    expect(await boardsWrong(runtime, plansOf)).toBeGreaterThan(0)
    await commit(statement(trigger?.sql ?? ''), statement("update board set day = ''"))
    await looked()
  })

  test('follows the roll taken back and brought in again, whole', async () => {
    await looked()
    for (const part of await importsOf(runtime.db.query, head)) {
      if (part.connector !== 'local-roll' || part.state !== 'published') continue
      await withdrawImport(runtime, { ...asChange(part, { by: null, part: 'test' }), reason: 'test' })
      await looked()
    }
    expect((await looked()).pupils).toBe(0)
  })

  test('keeps nothing that was read before a change', async () => {
    await looked()
    const before = await countedBoard(runtime.db.query, head, round.number)
    if (!before) throw new Error('nothing is kept')
    await commit(statement('update board set changes = changes + 1 where round_number = ?', [round.number]))
    const counted = { day: head.today, places: 0, items: new Map(), again: 'all' as const, schools: [] }
    await expect(runtime.db.commit(keepCounts(round.number, before, counted))).rejects.toThrow(Conflict)
  })
})
