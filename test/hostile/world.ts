import type { ReturnSheetRow } from '../../connectors/termly-return/rows.ts'
import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { weekOf } from '../../src/domain/chasing.ts'
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
import { logContact, noteChecked } from '../../src/store/contacts.ts'
import { noteHandover, saveDrafts } from '../../src/store/drafts.ts'
import { importsOfDelivery, rowsOfImport } from '../../src/store/imports.ts'
import { addLayout, layoutNamed, retireLayout } from '../../src/store/layouts.ts'
import { addPeople, disablePerson, personByEmail, startSession } from '../../src/store/people.ts'
import { setPlanRound } from '../../src/store/plans.ts'
import { sealPupil } from '../../src/store/pupils.ts'
import { noteSettingCheck } from '../../src/store/register.ts'
import { noteReminder, setReminders } from '../../src/store/reminders.ts'
import { setRoundDate } from '../../src/store/round-dates.ts'
import {
  addRowReferences,
  closeRound,
  openRound,
  openRounds,
  roundsOfCouncil,
  setOverlay,
} from '../../src/store/rounds.ts'
import { addScale, retireScale, scalesOfSchool } from '../../src/store/scales.ts'
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
  type Letter,
  type PersonName,
  people,
  personNames,
  rollFile,
  schools,
  today,
  uniqueOf,
  type Viewer,
} from './described.ts'

import { bringInTransfer, sendTransfer } from './world-transfer.ts'

type Numbers = ReadonlyMap<Council, number>

const at = (runtime: NodeRuntime, now: Instant): NodeRuntime => ({ ...runtime, now: () => now })
const urnOf = (letter: Letter) => schools.find((one) => one.letter === letter)?.urn ?? ''

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

const callers = { '991': 'head', '992': 'head2', '993': 'data3' } as const

/** Each council has called the first two schools, set a date for each, reminded it and checked its contacts. */
const callSchools = async (runtime: NodeRuntime, numbers: Numbers) => {
  const { query } = runtime.db
  const now = runtime.now()
  const open = await openRounds(query)
  for (const council of councils) {
    const virtualSchool = numbers.get(council) ?? 0
    const by = await numberOfPerson(runtime, callers[council])
    await runtime.db.commit([
      setReminders(query, virtualSchool, {
        ...{ version: 1, aWeek: 2, daysBefore: 0, reason: `SettingQx${council}`, at: now, by },
      }),
    ])
    for (const letter of ['A', 'B'] as const) {
      const school = (await schoolByUrn(query, todayInLondon(now), urnOf(letter)))?.number ?? 0
      const key = `Qxcall${council}${letter}`
      await runtime.db.commit([
        ...logContact(query, {
          ...{ id: newPublicId(), virtualSchool, school, kind: 'call', day: day(-1), minutes: 10, at: now, by },
          ...{ withWhom: `With${key}`, said: `Said${key}`, outcome: 'spoke' },
          action: { what: `Todo${key}`, owner: by, due: day(3) },
        }),
        noteChecked({ virtualSchool, school, day: day(-2), at: now, by }),
        noteSettingCheck(query, {
          ...{ urn: urnOf(letter), virtualSchool, kind: 'other', registered: 'Y', on: day(-2), at: now, by },
          how: `CheckedQx${council}${letter}`,
        }),
        ...noteReminder(query, {
          ...{ virtualSchool, school, week: weekOf(day(0)), ordinal: 1, most: 2, recipients: 1, at: now, by },
        }),
        setRoundDate(query, {
          ...{ round: open.find(({ laCode }) => laCode === council)?.number ?? 0, school, sequence: 1, at: now, by },
          ...{ kind: 'extended', day: day(12), reason: `DateReasonQx${council}${letter}` },
        }),
      ])
    }
  }
  const summer = (await query.selectFrom('round').select('number').where('term', '=', 'summer').execute())[0]
  const first = await schoolByUrn(query, todayInLondon(now), urnOf('A'))
  // Opened again until yesterday: it takes nothing today.
  await runtime.db.commit([
    setRoundDate(query, {
      ...{ round: summer?.number ?? 0, school: first?.number ?? 0, sequence: 1, at: now, by: null },
      ...{ kind: 'reopened', day: day(-1), reason: 'Overtaken' },
    }),
  ])
}

/** The first two schools have each a layout and a scale of their own in use, and one that is not any more. */
const saveLayouts = async (runtime: NodeRuntime) => {
  const { query } = runtime.db
  for (const [letter, by] of [
    ['A', 'lead1'],
    ['B', 'lead2'],
  ] as const) {
    const school = (await schoolByUrn(query, todayInLondon(runtime.now()), urnOf(letter)))?.number ?? 0
    const person = await numberOfPerson(runtime, by)
    const mapping = JSON.stringify({ sheet: null, columns: [], values: {}, ignored: [], rows: 'whole_school' })
    for (const name of ['in use', 'retired'])
      await runtime.db.commit(addLayout({ id: newPublicId(), school, name, mapping, by: person, at: runtime.now() }))
    const retired = await layoutNamed(query, school, 'retired')
    await runtime.db.commit([retireLayout(query, retired?.number ?? 0, runtime.now(), person)])
    const words = JSON.stringify([{ word: 'secure', band: 'at', yearGroup: '', term: '' }])
    for (const name of ['in use', 'retired'])
      await runtime.db.commit(
        addScale({ id: newPublicId(), school, code: 'own', name, words, by: person, at: runtime.now() }),
      )
    const unused = (await scalesOfSchool(query, school)).find(({ name }) => name === 'retired')
    await runtime.db.commit([retireScale(query, unused?.number ?? 0, runtime.now(), person)])
  }
}

/** At the first two schools somebody has typed about every child that ever had a place there, and handed it on. */
const typeOnScreen = async (runtime: NodeRuntime) => {
  const { query } = runtime.db
  const rounds = await openRounds(query)
  for (const [letter, by, to] of [
    ['A', 'lead1', 'deputy1'],
    ['B', 'lead2', 'trust'],
  ] as const) {
    const school = (await schoolByUrn(query, todayInLondon(runtime.now()), urnOf(letter)))?.number ?? 0
    const person = await numberOfPerson(runtime, by)
    const typed = await Promise.all(
      childNames
        .filter((name) => childNamed(name).places.some(({ at: place }) => place === letter))
        .map(async (name) => ({
          name,
          pupil: await numberOfChild(runtime, name),
          round: rounds.find(({ laCode }) => laCode === childNamed(name).council)?.number ?? 0,
        })),
    )
    await runtime.db.commit([
      ...addRowReferences(typed.map((one) => ({ ...one, reference: newPublicId().slice(0, 20), school }))),
      ...saveDrafts(
        typed.flatMap((one) => [
          { ...one, school, item: 'answered_by_name', version: 1, raw: `OnScreenQx${one.name}${letter}` },
          { ...one, school, item: 'child_view_words', version: 1, raw: `WordsOnScreenQx${one.name}${letter}` },
        ]),
        runtime.now(),
        person,
      ),
      noteHandover(query, { school, at: runtime.now(), to: await numberOfPerson(runtime, to), by: person }),
    ])
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

const numberOfPerson = async (runtime: NodeRuntime, name: PersonName): Promise<number> => {
  const person = await personByEmail(runtime.db.query, emailOf(name))
  if (!person) throw new Error(`${name} is not there`)
  return person.number
}

const numberOfChild = async ({ db }: NodeRuntime, name: ChildName): Promise<number> =>
  (
    await db.query
      .selectFrom('pupil')
      .select('number')
      .where('child_reference', '=', `RefQx${name}`)
      .executeTakeFirstOrThrow()
  ).number

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
