import { cutOffDate, termOf } from '../domain/calendar.ts'
import { type Instant, type PlainDate, plusDays, plusMinutes, todayInLondon } from '../domain/dates.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { markDemo, markOperator } from '../store/mark.ts'
import { closeRound, openRound } from '../store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../store/schools.ts'
import { insertMany } from '../store/statement.ts'
import { type DemoChild, demoChildren, yearGroupOf } from './demo-children.ts'
import { seedFunding } from './funding.ts'
import { seedMarks } from './marks.ts'
import { demoCouncils, demoDeputy, demoOfficers, demoOperator, demoSchools } from './people.ts'
import { csvFile, type Random, randomFrom } from './random.ts'
import { sendFictionalReturn } from './returns.ts'
import { bringInRoll } from './roll.ts'

/** Who can sign in to a demo, with their role in words a newcomer knows. */
export const demoPeople: readonly { readonly name: string; readonly email: string; readonly role: string }[] = [
  {
    name: 'Dana Okoro',
    email: 'd.okoro@ellerwick.example',
    role: 'designated teacher, Ellerwick Academy (three councils)',
  },
  { name: 'Helen Marsh', email: 'h.marsh@wendlemoor.example', role: 'data officer, Wendlemoor' },
  { name: 'Amrit Dhillon', email: 'a.dhillon@wendlemoor.example', role: 'head of the virtual school, Wendlemoor' },
  { name: 'Carys Bowen', email: 'c.bowen@wendlemoor.example', role: 'officer, Wendlemoor' },
  { name: 'Yusuf Brandt', email: 'y.brandt@kestrelham.example', role: 'data officer, Kestrelham' },
  { name: 'Nell Harte', email: 'n.harte@pebble-lane.example', role: 'early years manager, Pebble Lane Nursery' },
  {
    name: 'Rob Amos',
    email: 'r.amos@fenwold-college.example',
    role: 'lead for looked-after students, Fenwold College',
  },
  { name: 'Tomasz Hale', email: 't.hale@wendlemoor.example', role: 'social worker, Wendlemoor' },
]

/** The same machine at another moment: what was done weeks ago is seeded as done weeks ago. */
const at = (runtime: Runtime, moment: Instant): Runtime => ({ ...runtime, now: () => moment })

/**
 * Fills an empty store with the fictional region: four councils, fourteen schools and other settings, sixty children, last term's returns,
 * and a round of this term under way. Fictional throughout; marked as a demo for ever.
 */
export const seedDemo = async (runtime: Runtime, seed = 1): Promise<void> => {
  const now = runtime.now()
  const today = todayInLondon(now)
  const random = randomFrom(seed)
  await runtime.db.commit([
    markDemo(runtime.db.query),
    markOperator(runtime.db.query, demoOperator),
    ...addVirtualSchools(demoCouncils),
  ])
  const councils = new Map((await virtualSchools(runtime.db.query)).map((one) => [one.laCode, one.number]))
  const children = demoChildren(today, random)
  const beginning = at(runtime, plusMinutes(now, -60 * 24 * 400))
  for (const council of demoCouncils) {
    const number = councils.get(council.laCode) ?? 0
    await bringInRoll(beginning, number, schoolsFile())
  }
  for (const council of demoCouncils) {
    const number = councils.get(council.laCode) ?? 0
    const own = children.filter(({ laCode }) => laCode === council.laCode)
    const urns = new Set(own.flatMap(({ places }) => places.map(({ urn }) => urn)))
    await bringInRoll(beginning, number, staffFile(council.laCode, urns))
    await bringInRoll(
      beginning,
      number,
      pupilsFile(
        own.map((child) => ({ ...child, careEnd: null })),
        today,
      ),
    )
    await bringInRoll(beginning, number, placesFile(own))
    const ended = own.filter(({ careEnd }) => careEnd !== null)
    if (ended.length > 0)
      await bringInRoll(at(runtime, plusMinutes(now, -60 * 24 * 38)), number, pupilsFile(ended, today))
  }
  await seedRounds(runtime, councils, random)
  await seedAttendance(runtime, councils, children)
  await seedFunding(runtime, councils, (moment) => at(runtime, moment))
}

/** The year's marks of two councils, one school's from its own register for every council it speaks to. */
const seedAttendance = async (
  runtime: Runtime,
  councils: ReadonlyMap<string, number>,
  children: ReturnType<typeof demoChildren>,
) => {
  const lead = await runtime.db.query
    .selectFrom('person')
    .select('number')
    .where('email', '=', demoPeople[0]?.email ?? '')
    .executeTakeFirst()
  for (const laCode of ['991', '992', '993']) {
    const number = councils.get(laCode) ?? 0
    const own = children.filter((child) => child.laCode === laCode)
    const feed = lead ? { by: lead.number, virtualSchools: [number] } : null
    await seedMarks(runtime, { laCode, number }, own, feed, (moment) => at(runtime, moment))
  }
}

/** The statements that make virtual schools. */
export const addVirtualSchools = (
  councils: readonly { readonly laCode: string; readonly name: string; readonly mailbox: string }[],
) =>
  insertMany(
    'virtual_school',
    ['id', 'la_code', 'name', 'mailbox'],
    councils.map((council) => [newPublicId(), council.laCode, council.name, council.mailbox]),
  )

const schoolsFile = () =>
  csvFile('schools.csv', [
    ['urn', 'previous_urn', 'urn_first_day', 'school_name', 'phase', 'la_code', 'country'],
    ...demoSchools.map((school) => [school.urn, null, null, school.name, school.phase, school.laCode, 'England']),
  ])

const staffFile = (laCode: string, urns: ReadonlySet<string>) =>
  csvFile('staff.csv', [
    ['email', 'name', 'role', 'urn', 'first_day', 'last_day'],
    ...demoSchools
      .filter(({ urn }) => urns.has(urn))
      .map(({ lead, urn }) => [lead.email, lead.name, 'designated_teacher', urn, null, null]),
    ...(urns.has(demoDeputy.urn) ? [[demoDeputy.email, demoDeputy.name, 'deputy', demoDeputy.urn, null, null]] : []),
    ...demoOfficers
      .filter((officer) => officer.laCode === laCode)
      .map((officer) => [officer.email, officer.name, officer.role, null, null, null]),
  ])

const pupilsFile = (children: readonly DemoChild[], today: PlainDate) =>
  csvFile('pupils.csv', [
    [
      'child_reference',
      'upn',
      'surname',
      'forename',
      'date_of_birth',
      'year_group',
      'care_first_day',
      'care_last_day',
      'care_end_reason',
      'no_disclose',
      'handled_by',
      'social_worker_name',
      'social_worker_email',
      'social_worker_since',
      'plan_held_on',
      'plan_next_by',
      'target_1',
      'target_2',
      'target_3',
    ],
    ...children.map((child) => [
      child.reference,
      child.upn,
      child.surname,
      child.forename,
      child.born,
      yearGroupOf(child.year),
      child.careFrom,
      child.careEnd?.on ?? null,
      child.careEnd?.reason ?? null,
      child.noDiscloseHandler ? 'Y' : null,
      child.noDiscloseHandler,
      child.socialWorker.name,
      child.socialWorker.email,
      child.socialWorker.since,
      plusDays(today, -60),
      plusDays(today, 120),
      child.targets[0] ?? null,
      child.targets[1] ?? null,
      child.targets[2] ?? null,
    ]),
  ])

const placesFile = (children: readonly DemoChild[]) =>
  csvFile('places.csv', [
    ['child_reference', 'urn', 'first_day', 'last_day', 'enrolment_status', 'confirmed_how'],
    ...children.flatMap((child) =>
      child.places.map((place) => [
        child.reference,
        place.urn,
        place.firstDay,
        place.lastDay,
        place.status,
        place.confirmed ? 'call' : null,
      ]),
    ),
  ])

/** When each council wants its answers, counted from today: one has passed, the others are to come. */
const daysToCutOff: Readonly<Record<string, number>> = { '991': -2, '992': 9, '993': 3, '994': 14 }

/** Schools whose return of this term has come, by council. */
const sentAlready: readonly { readonly urn: string; readonly laCodes: readonly string[] }[] = [
  { urn: '900006', laCodes: ['991'] },
  { urn: '900007', laCodes: ['991', '992'] },
  { urn: '900008', laCodes: ['991'] },
  { urn: '900012', laCodes: ['992'] },
  { urn: '900011', laCodes: ['992'] },
]

const seedRounds = async (runtime: Runtime, councils: ReadonlyMap<string, number>, random: Random) => {
  const now = runtime.now()
  const today = todayInLondon(now)
  const term = termOf(today)
  const before = termOf(plusDays(term.firstDay, -20))
  const lastTerm = at(runtime, plusMinutes(`${before.lastDay}T09:30:00.000Z` as Instant, -60 * 24 * 25))
  const all = [...councils.values()]
  for (const number of all)
    await open(lastTerm, number, before, plusDays(before.lastDay, -40), plusDays(before.lastDay, -20))
  await sendFor(
    lastTerm,
    demoSchools.map(({ urn }) => urn),
    all,
    random,
  )
  const closed = await lastTerm.db.query.selectFrom('round').select('number').where('closed_at', 'is', null).execute()
  const closing = `${plusDays(before.lastDay, -5)}T16:00:00.000Z` as Instant
  await runtime.db.commit(closed.map(({ number }) => closeRound(runtime.db.query, number, closing)))
  const opening = at(runtime, plusMinutes(now, -60 * 24 * 24))
  for (const [laCode, number] of councils)
    await open(opening, number, term, plusDays(today, -30), plusDays(today, daysToCutOff[laCode] ?? 7))
  const lately = at(runtime, plusMinutes(now, -60 * 24 * 4))
  for (const { urn, laCodes } of sentAlready)
    await sendFor(
      lately,
      [urn],
      laCodes.map((code) => councils.get(code) ?? 0),
      random,
      0.96,
    )
}

const open = async (
  runtime: Runtime,
  virtualSchool: number,
  term: ReturnType<typeof termOf>,
  asAt: PlainDate,
  cutOff: PlainDate,
) =>
  runtime.db.commit(
    openRound(runtime.db.query, {
      id: newPublicId(),
      virtualSchool,
      academicYear: term.academicYear,
      term: term.term,
      asAt,
      cutOff: cutOffDate(asAt, { date: cutOff }).date,
      cutOffRule: 'date_set_by_council',
      at: runtime.now(),
      by: null,
    }),
  )

const sendFor = async (
  runtime: Runtime,
  urns: readonly string[],
  virtualSchoolNumbers: readonly number[],
  random: Random,
  share = 0.98,
) => {
  for (const urn of urns) {
    const school = await schoolByUrn(runtime.db.query, todayInLondon(runtime.now()), urn)
    const lead = demoSchools.find((one) => one.urn === urn)?.lead.email
    const person = await runtime.db.query
      .selectFrom('person')
      .select('number')
      .where('email', '=', lead ?? '')
      .executeTakeFirst()
    if (school && person)
      await sendFictionalReturn(runtime, school, virtualSchoolNumbers, person.number, random, { share })
  }
}
