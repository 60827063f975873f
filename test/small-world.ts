import type { ReturnSheet, ReturnSheetRow } from '../connectors/termly-return/rows.ts'
import { type Instant, instant, plainDate, todayInLondon } from '../src/domain/dates.ts'
import { newPublicId } from '../src/domain/identifiers.ts'
import { confirmReturn } from '../src/intake/confirm-return.ts'
import { intakeScope, type ReceivedReturn, receiveReturn } from '../src/intake/receive-return.ts'
import { returnSheet } from '../src/returns/sheet.ts'
import { migrateStore } from '../src/runtime/node/migrate.ts'
import { openNodeRuntime } from '../src/runtime/node/open.ts'
import { addVirtualSchools } from '../src/seed/demo.ts'
import { csvFile, fictionalUpn } from '../src/seed/random.ts'
import { bringInRoll } from '../src/seed/roll.ts'
import { importsOfDelivery } from '../src/store/imports.ts'
import { personByEmail } from '../src/store/people.ts'
import { closeRound, openRound, openRounds } from '../src/store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../src/store/schools.ts'
import { temporaryFolder, testConfig } from './runtime/temporary.ts'

/** A pupil of the small world: what the council's roll says. */
export type SmallPupil = {
  readonly surname: string
  readonly year: string
  readonly born: string
  readonly planBy?: string
}

const urn = '900070'
export const smallPeople = {
  lead: 'lead@small.example',
  officer: 'officer@small.example',
  data: 'data@small.example',
  head: 'head@small.example',
} as const

/** One council and one school with a few pupils, at a moment that a test sets: quicker than the demo, and empty of answers. */
export const smallWorld = async (pupils: readonly SmallPupil[]) => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  let now = '2026-11-20T10:00:00.000Z' as Instant
  const runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true, now: () => now })
  const { db } = runtime
  await db.commit(addVirtualSchools([{ laCode: '991', name: 'Wendlemoor', mailbox: 'vs@small.example' }]))
  const council = (await virtualSchools(db.query))[0]?.number ?? 0
  const bring = (name: string, rows: readonly (readonly (string | null)[])[]) =>
    bringInRoll(runtime, council, csvFile(name, rows))
  await bring('schools.csv', [
    ['urn', 'school_name', 'phase', 'la_code', 'country'],
    [urn, 'Small Bridge School', 'all-through', '991', 'England'],
  ])
  await bring('staff.csv', [
    ['email', 'name', 'role', 'urn'],
    [smallPeople.lead, 'Lee Small', 'designated_teacher', urn],
    [smallPeople.officer, 'Olu Small', 'officer', null],
    [smallPeople.data, 'Dee Small', 'data_officer', null],
    [smallPeople.head, 'Hal Small', 'head', null],
  ])
  await bring('pupils.csv', [
    ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'care_first_day', 'plan_next_by'],
    ...pupils.map(({ surname, year, born, planBy }, index) => [
      ...[`S-${index}`, fictionalUpn('991', 900 + index), surname, `${surname}a`, born, year, '2024-01-10'],
      planBy ?? null,
    ]),
  ])
  await bring('places.csv', [
    ['child_reference', 'urn', 'first_day', 'enrolment_status', 'confirmed_how'],
    ...pupils.map((_, index) => [`S-${index}`, urn, '2024-09-03', 'C', 'call']),
  ])
  const school = await schoolByUrn(db.query, todayInLondon(now), urn)
  const by = (await personByEmail(db.query, smallPeople.lead))?.number ?? 0
  if (!school) throw new Error('no school')
  const scope = () => intakeScope(runtime, school.number, [council], by)
  const set = (day: string) => {
    now = instant(Date.parse(`${day}T10:00:00.000Z`))
  }

  const open = async (day: string, academicYear: number, term: 'autumn' | 'spring' | 'summer', asAt: string) => {
    set(day)
    await db.commit((await openRounds(db.query)).map(({ number }) => closeRound(db.query, number, now)))
    await db.commit(
      openRound(db.query, {
        ...{ id: newPublicId(), virtualSchool: council, academicYear, term, asAt: plainDate(asAt) },
        ...{ cutOff: plainDate(asAt.replace(/\d\d$/, '28')), cutOffRule: 'date_set_by_council', at: now, by: null },
      }),
    )
  }

  /** The sheet of the open round with some answers for some pupils, by surname; pupils who are not named are left out. */
  const sheet = async (said: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<ReturnSheet> => {
    const made = await returnSheet(runtime, scope(), school, new Map(), by)
    if (!made) throw new Error('nobody is due')
    const rows = made.sheet.rows.flatMap((row): ReturnSheetRow[] => {
      const own = said[row.surname]
      const given = Object.entries({ status: 'C', ...own }).map(
        ([item, value]) => [item, { state: 'given', value }] as const,
      )
      return own ? [{ ...row, known: new Map(given) }] : []
    })
    return { ...made.sheet, rows }
  }

  const send = (name: string, bytes: Uint8Array) =>
    receiveReturn(runtime, { name, bytes }, { school: school.number, virtualSchools: [council], by, via: 'page' })

  const partOf = async (received: ReceivedReturn) => {
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    const part = (await importsOfDelivery(db.query, scope(), received.delivery))[0]
    if (!part) throw new Error('nothing staged')
    return part
  }

  const confirm = async (received: ReceivedReturn) => {
    const confirmed = await confirmReturn(runtime, scope(), await partOf(received), {
      ...{ by, part: 'school', warningsAccepted: true },
    })
    if (confirmed.outcome !== 'submitted') throw new Error(confirmed.outcome)
    return confirmed.receipt
  }

  return { runtime, council, school, by, scope, set, open, sheet, send, partOf, confirm }
}
