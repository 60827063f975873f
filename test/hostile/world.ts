import type { ReturnSheetRow } from '../../connectors/termly-return/rows.ts'
import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, plainDate, plusMinutes, todayInLondon } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { confirmBlindly, denyPlace } from '../../src/intake/confirm-place.ts'
import { asChange, confirmReturn } from '../../src/intake/confirm-return.ts'
import { setRowAside } from '../../src/intake/mend.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import { intakeScope, receiveReturn } from '../../src/intake/receive-return.ts'
import { receiveRoll } from '../../src/intake/receive-roll.ts'
import { plansOf } from '../../src/plans/plans.ts'
import { countedBoardOf } from '../../src/returns/board.ts'
import { returnSheet } from '../../src/returns/sheet.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { addVirtualSchools } from '../../src/seed/demo.ts'
import { csvFile } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { rowsOfImport } from '../../src/store/import-rows.ts'
import { importsOfDelivery } from '../../src/store/imports.ts'
import { addPeople, disablePerson, personByEmail, startSession } from '../../src/store/people.ts'
import { setPlanRound } from '../../src/store/plans.ts'
import { sealPupil } from '../../src/store/pupils.ts'
import { closeRound, openRound, openRounds, roundsOfCouncil, setOverlay } from '../../src/store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { statement } from '../../src/store/statement.ts'
import { hashOf, newSecret } from '../../src/web/secrets.ts'
import {
  type Appointment,
  type ChildName,
  type Council,
  childNamed,
  childNames,
  councils,
  day,
  emailOf,
  type FileName,
  files,
  type PersonName,
  people,
  personNames,
  rollFile,
  schools,
  today,
  uniqueOf,
  type Viewer,
} from './described.ts'
import { bringInMarks, countTables, letFilesWait } from './world-marks.ts'
import { askForMoney } from './world-money.ts'
import {
  callSchools,
  type Numbers,
  numberOfChild,
  numberOfPerson,
  saveLayouts,
  typeOnScreen,
  urnOf,
} from './world-schools.ts'
import { bringInTransfer, sendTransfer } from './world-transfer.ts'

const at = (runtime: NodeRuntime, now: Instant): NodeRuntime => ({ ...runtime, now: () => now })

const pupilRow = (name: ChildName) => {
  const child = childNamed(name)
  const { born, upn, careFrom } = uniqueOf(name)
  return [
    ...[`RefQx${name}`, upn, `SurQx${name}`, `Qx${name}`, born, child.year ?? '8', careFrom],
    ...(child.noDisclose ? ['Y', emailOf('handler')] : [null, null]),
    ...[`WorkerQx${name}`, name === 'onroll' ? emailOf('worker') : `sw.qx${name}@people.example`],
    ...[`TargetQx${name}`, day(60)],
  ]
}

const pupilColumns = [
  ...['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'care_first_day'],
  ...['no_disclose', 'handled_by', 'social_worker_name', 'social_worker_email', 'target_1', 'plan_next_by'],
]

const appointmentsOf = (name: PersonName): readonly Appointment[] => people[name]

const staffRows = (council: Council) =>
  personNames.flatMap((name) =>
    appointmentsOf(name)
      .filter(({ of }) => of.includes(council))
      .map((one) => [
        ...[emailOf(name), `Name${name}`, one.role, one.at === null ? null : urnOf(one.at)],
        ...[one.from === undefined ? null : day(one.from), one.to === undefined ? null : day(one.to)],
      ]),
  )

const bringInCouncil = async (runtime: NodeRuntime, council: Council, number: number) => {
  const own = childNames.filter((name) => childNamed(name).council === council)
  const bring = (kind: string, rows: readonly (readonly (string | null)[])[]) =>
    bringInRoll(runtime, number, csvFile(`${rollFile(kind, council)}.csv`, rows))
  await bring('schools', [
    ['urn', 'school_name', 'phase', 'la_code', 'country'],
    ...schools.map((one) => [one.urn, one.name, 'secondary', one.laCode, 'England']),
  ])
  await bring('staff', [['email', 'name', 'role', 'urn', 'first_day', 'last_day'], ...staffRows(council)])
  await bring('pupils', [pupilColumns, ...own.map(pupilRow)])
  await bring('places', [
    ['child_reference', 'urn', 'first_day', 'last_day', 'enrolment_status', 'confirmed_how'],
    ...own.flatMap((name) =>
      childNamed(name).places.map((one) => [
        ...[`RefQx${name}`, urnOf(one.at), day(one.from), one.to === undefined ? null : day(one.to)],
        ...[one.status ?? 'C', one.asserted ? null : 'call'],
      ]),
    ),
  ])
}

/** Each council's plans: a day and a quality in words for every child, canaries of its own. */
const bringInPlans = (runtime: NodeRuntime, council: Council, number: number) =>
  bringInRoll(
    runtime,
    number,
    csvFile(`${rollFile('plans', council)}.csv`, [
      ['child_reference', 'academic_year', 'term', 'held_on', 'rating'],
      ...childNames
        .filter((name) => childNamed(name).council === council)
        .map((name) => [`RefQx${name}`, '2026', 'autumn', day(-20), `RatingQx${name}`]),
    ]),
  )

const open = async (
  runtime: NodeRuntime,
  virtualSchool: number,
  round: { readonly year: number; readonly term: 'summer' | 'autumn'; readonly asAt: string; readonly cutOff: string },
) =>
  runtime.db.commit(
    openRound(runtime.db.query, {
      id: newPublicId(),
      virtualSchool,
      academicYear: round.year,
      term: round.term,
      asAt: plainDate(round.asAt),
      cutOff: plainDate(round.cutOff),
      cutOffRule: 'date_set_by_council',
      at: runtime.now(),
      by: null,
    }),
  )

type Spoil = (rows: readonly ReturnSheetRow[]) => readonly ReturnSheetRow[]

const given = (value: string) => ({ state: 'given' as const, value })

/** Fills a school's workbook with canaries, sends it through intake and, unless it stays a draft, confirms it. */
const send = async (
  runtime: NodeRuntime,
  numbers: Numbers,
  name: FileName,
  word = 'Answer',
  spoil: Spoil = (rows) => rows,
): Promise<void> => {
  const { query } = runtime.db
  const file = files[name]
  const school = await schoolByUrn(query, todayInLondon(runtime.now()), urnOf(file.at))
  const person = await personByEmail(query, emailOf(file.by))
  if (!school || !person) throw new Error('the world lacks a school or its lead')
  const virtualSchoolNumbers = file.of.map((council) => numbers.get(council) ?? 0)
  const scope = intakeScope(runtime, school.number, virtualSchoolNumbers, person.number)
  const made = await returnSheet(runtime, scope, school, new Map(), person.number)
  if (!made) throw new Error('nobody is due')
  const rows = made.sheet.rows.map((row) => ({
    ...row,
    known: new Map([
      ...row.known,
      ['status', given('C')] as const,
      ['answered_by_name', given(`${word}${row.forename}${file.at}`)] as const,
      ['child_view_asked', given('Y')] as const,
      ['child_view_words', given(`Words${word}${row.forename}${file.at}`)] as const,
    ]),
  }))
  const bytes = await writeReturnWorkbook({ ...made.sheet, rows: spoil(rows) })
  const sender = {
    school: school.number,
    virtualSchools: virtualSchoolNumbers,
    by: person.number,
    via: 'page',
  } as const
  const received = await receiveReturn(runtime, { name: `${name}.xlsx`, bytes }, sender)
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  if (file.state === 'staged') return
  for (const part of await importsOfDelivery(query, scope, received.delivery))
    for (const row of await rowsOfImport(query, scope, part.number))
      if (row.state === 'held') await setRowAside(runtime, scope, part, row.rowNumber, `Reason${row.surnameSent}`)
  const said = { by: person.number, part: 'school' }
  for (const part of await importsOfDelivery(query, scope, received.delivery)) {
    const { outcome } = await confirmReturn(runtime, scope, part, { ...said, warningsAccepted: true })
    if (outcome !== 'submitted') throw new Error(`${name}: ${outcome}`)
    if (file.state === 'withdrawn') await withdrawImport(runtime, { ...asChange(part, said), reason: `Taken${name}` })
  }
}

/** Rows that fit nobody: one that names a council, one that names none we know. */
const withStrangers: Spoil = (rows) => {
  const first = rows.find(({ council }) => council.code === '991')
  if (!first) throw new Error('nobody to stand beside')
  const stranger = (key: string, council: ReturnSheetRow['council']): ReturnSheetRow => ({
    ...first,
    ...{ council, reference: '', upn: '', surname: `Sur${key}`, forename: key, dateOfBirth: null },
    known: new Map([['answered_by_name', given(`Answer${key}`)]]),
  })
  return [...rows, stranger('Qxunmatched', first.council), stranger('Qxnocouncil', { code: '777', name: 'Elsewhere' })]
}

/** A draft with a cell that is held back in the second council's row. */
const withTooLong: Spoil = (rows) =>
  rows.map((row) =>
    row.council.code === '992'
      ? {
          ...row,
          known: new Map([...row.known, ['answered_by_name', given(`Draft${row.forename}A ${'x'.repeat(90)}`)]]),
        }
      : row,
  )

/** Builds the whole hostile world through the real intake, as it would have come in over a year. */
export const buildWorld = async (runtime: NodeRuntime): Promise<void> => {
  const { db } = runtime
  await db.commit(
    addVirtualSchools(councils.map((laCode) => ({ laCode, name: `Council${laCode}`, mailbox: emailOf(laCode) }))),
  )
  const numbers = new Map((await virtualSchools(db.query)).map((one) => [one.laCode as Council, one.number] as const))
  const numberOf = (council: Council) => numbers.get(council) ?? 0
  const summer = at(runtime, '2026-07-01T09:00:00.000Z' as Instant)
  for (const council of councils) await bringInCouncil(summer, council, numberOf(council))
  for (const council of councils) await bringInPlans(summer, council, numberOf(council))
  for (const council of ['991', '992'] as const)
    await open(summer, numberOf(council), { year: 2025, term: 'summer', asAt: '2026-06-19', cutOff: '2026-07-03' })
  await send(summer, numbers, 'Filesummer')
  for (const name of ['Transferfirst', 'Transferthird', 'Transfersecond'] as const)
    await sendTransfer(summer, numbers, name)
  for (const council of councils) await bringInTransfer(summer, council, numberOf(council))
  for (const round of await openRounds(db.query)) await db.commit([closeRound(db.query, round.number, summer.now())])

  const lately = at(runtime, plusMinutes(runtime.now(), -60 * 48))
  for (const council of councils)
    await open(lately, numberOf(council), { year: 2026, term: 'autumn', asAt: day(-30), cutOff: day(9) })
  await send(lately, numbers, 'Filefirst')
  await send(lately, numbers, 'Filethird')
  await send(lately, numbers, 'Filewithdrawn', 'Withdrawn')
  await send(lately, numbers, 'Filesecond', 'Answer', withStrangers)
  await send(lately, numbers, 'Filedraft', 'Draft', withTooLong)

  const own = (await openRounds(db.query)).find(({ laCode }) => laCode === '991')
  await db.commit([setPlanRound(own?.number ?? 0, true, lately.now(), await numberOfPerson(runtime, 'head'))])
  await typeOnScreen(runtime)
  await callSchools(runtime, numbers)
  await saveLayouts(runtime)
  for (const council of councils) await bringInMarks(lately, council, numberOf(council))
  await askForMoney(lately, numbers)
  await endCares(runtime, numbers)
  await db.commit([
    ...addPeople([{ id: newPublicId(), email: emailOf('nopart') }]),
    setOverlay(numberOf('992'), { item: 'child_view_words', term: 'autumn', setting: 'required' }),
  ])
  await db.commit([disablePerson(db.query, await numberOfPerson(runtime, 'disabled'), runtime.now())])
  await saidBySecondSchool(runtime, numbers)
  const staged = csvFile('Rollstaged991.csv', [
    ['child_reference', 'target_1'],
    ['RefQxonroll', 'TargetStagedQxonroll'],
  ])
  await receiveRoll(runtime, staged, { virtualSchool: numberOf('991'), by: null, via: 'page' })
  await countBoards(runtime)
  await letFilesWait(runtime)
  await countTables(runtime)
}

/** Every board has been looked at, and each has a school that something has changed at since. */
const countBoards = async (runtime: NodeRuntime) => {
  const { query } = runtime.db
  for (const { number } of await virtualSchools(query)) {
    const part = { kind: 'council', virtualSchool: number, role: 'head' } as const
    const scope = scopeFor(0, part, runtime.now())
    for (const round of await roundsOfCouncil(query, scope)) {
      const { schools } = await countedBoardOf(runtime, plansOf, scope, round)
      const school = schools[0]?.school.number ?? 1
      await runtime.db.commit([
        statement('insert into board_stale (round_number, school_number) values (?, ?)', [round.number, school]),
      ])
    }
  }
}

const endCares = async (runtime: NodeRuntime, numbers: Numbers) => {
  const ended = childNames.filter((name) => childNamed(name).careEnds)
  await bringInRoll(
    runtime,
    numbers.get('991') ?? 0,
    csvFile(`${rollFile('ended', '991')}.csv`, [
      ['child_reference', 'care_last_day', 'care_end_reason'],
      ...ended.map((name) => {
        const [days, reason] = childNamed(name).careEnds ?? [0, 'returned_home']
        return [`RefQx${name}`, day(days), reason]
      }),
    ]),
  )
  const head = await numberOfPerson(runtime, 'head')
  for (const name of childNames.filter((one) => childNamed(one).sealed))
    await runtime.db.commit([sealPupil(await numberOfChild(runtime, name), runtime.now(), head, `Reason Qx${name}`)])
}

/** The second school tries a blind confirmation, and says to the second council that it has nobody. */
const saidBySecondSchool = async (runtime: NodeRuntime, numbers: Numbers) => {
  const school = await schoolByUrn(runtime.db.query, today, urnOf('B'))
  const scope = {
    ...intakeScope(runtime, school?.number ?? 0, [], await numberOfPerson(runtime, 'lead2')),
    part: { kind: 'school' as const },
  }
  const asserted = { schoolNumber: school?.number ?? 0, virtualSchool: numbers.get('992') ?? 0 }
  await confirmBlindly(runtime, scope, asserted, { upn: 'A999999999999', forename: '', surname: '', dateOfBirth: '' })
  await denyPlace(runtime, scope, asserted)
}

/** A session cookie for a person, in the part the viewer acts in. */
export const cookieFor = async (runtime: NodeRuntime, { person: name, part }: Viewer): Promise<string> => {
  const { query } = runtime.db
  const person = await query
    .selectFrom('person')
    .select('number')
    .where('email', '=', emailOf(name))
    .executeTakeFirstOrThrow()
  const council =
    part === 'school' ? undefined : (await virtualSchools(query)).find(({ laCode }) => laCode === part.of)?.number
  const token = newSecret()
  const now = runtime.now()
  await runtime.db.commit([
    startSession(query, {
      tokenHash: await hashOf(token),
      id: newPublicId(),
      person: person.number,
      part: part === 'school' ? 'school' : `council:${council}:${part.role}`,
      trusted: true,
      at: now,
      expiresAt: plusMinutes(now, 600),
    }),
  ])
  return `vsx-session=${token}`
}
