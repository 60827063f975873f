import { cutOffDate, termOf } from '../domain/calendar.ts'
import { type PlainDate, plusDays, todayInLondon } from '../domain/dates.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { openRound } from '../store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../store/schools.ts'
import { addVirtualSchools } from './demo.ts'
import { forenames, surnames } from './people.ts'
import { csvFile, fictionalUpn, pick, type Random, whole } from './random.ts'
import { sendFictionalReturn } from './returns.ts'
import { bringInRoll } from './roll.ts'

/** A fictional council that looks after some children; its code is none that any council has. */
export type SeedCouncil = { readonly laCode: string; readonly name: string; readonly pupils: number }

/** A fictional school in a council's area, with the address of its lead. */
export type SeedSchool = {
  readonly urn: string
  readonly laCode: string
  readonly name: string
  readonly phase: 'primary' | 'secondary'
  readonly lead: string
}

/** A fictional child as the rolls and the registers name it. */
export type SeedChild = {
  readonly reference: string
  readonly upn: string
  readonly year: number
  readonly school: SeedSchool
}

/** Councils to be filled, the schools that their children go to, and how long ago, in days, those children came there and into care. */
export type SeedPlan = {
  readonly councils: readonly SeedCouncil[]
  readonly schools: readonly SeedSchool[]
  /** The schools in other councils' areas that a council's children go to. */
  readonly away: (laCode: string, phase: SeedSchool['phase']) => readonly SeedSchool[]
  readonly atSchoolFor: readonly [number, number]
  readonly inCareFor: readonly [number, number]
  /** How many schools in a hundred have sent their return of this term. */
  readonly sent: number
}

/** How far seeding has come. */
export type SeedProgress = (done: number, of: number, what: 'councils' | 'returns') => void

/** Fictional schools in the areas of some councils, so many in each, every other one a primary school. */
export const schoolsOf = (
  councils: readonly { readonly laCode: string; readonly name: string }[],
  each: number,
  firstUrn: number,
): readonly SeedSchool[] =>
  councils.flatMap(({ laCode, name }, council) =>
    Array.from({ length: each }, (_, index): SeedSchool => {
      const phase = index % 2 === 0 ? 'primary' : 'secondary'
      const urn = String(firstUrn + council * 100 + index)
      return {
        urn,
        laCode,
        name: `${name} ${phase === 'primary' ? 'Primary School' : 'High School'} ${index + 1}`,
        phase,
        lead: `lead.${urn}@school.example`,
      }
    }),
  )

/** A year group's own kind of school: three in four in the council's area, one in four elsewhere. */
const schoolFor = (plan: SeedPlan, here: readonly SeedSchool[], laCode: string, year: number, random: Random) => {
  const phase = year < 7 ? 'primary' : 'secondary'
  const athome = random() < 0.75
  return pick(random, athome ? here.filter((school) => school.phase === phase) : plan.away(laCode, phase))
}

const bringInCouncil = async (
  runtime: Runtime,
  plan: SeedPlan,
  { laCode, pupils }: SeedCouncil,
  number: number,
  random: Random,
): Promise<readonly SeedChild[]> => {
  const today = todayInLondon(runtime.now())
  const here = plan.schools.filter((school) => school.laCode === laCode)
  const children = Array.from({ length: pupils }, (_, index): SeedChild => {
    const year = 1 + (index % 11)
    const school = schoolFor(plan, here, laCode, year, random)
    return { reference: `${laCode}-${index + 1}`, upn: fictionalUpn(laCode, index), year, school }
  })
  const went = new Set(children.map(({ school }) => school))
  const used = plan.schools.filter((school) => went.has(school))
  const startYear = termOf(today).academicYear
  const bring = (name: string, rows: readonly (readonly (string | null)[])[]) =>
    bringInRoll(runtime, number, csvFile(name, rows))
  await bring('schools.csv', [
    ['urn', 'school_name', 'phase', 'la_code', 'country'],
    ...used.map((school) => [school.urn, school.name, school.phase, school.laCode, 'England']),
  ])
  await bring('staff.csv', [
    ['email', 'name', 'role', 'urn'],
    ...used.map((school) => [school.lead, `Lead of ${school.urn}`, 'designated_teacher', school.urn]),
    [`data.${laCode}@council.example`, `Data officer ${laCode}`, 'data_officer', null],
    [`head.${laCode}@council.example`, `Head ${laCode}`, 'head', null],
  ])
  await bring('pupils.csv', [
    ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'care_first_day'],
    ...children.map(({ reference, upn, year }, index) => [
      reference,
      upn,
      `${pick(random, surnames)}${index}`,
      pick(random, forenames),
      plusDays(`${startYear - year - 5}-09-01` as PlainDate, whole(random, 0, 363)),
      String(year),
      plusDays(today, -whole(random, ...plan.inCareFor)),
    ]),
  ])
  await bring('places.csv', [
    ['child_reference', 'urn', 'first_day', 'enrolment_status', 'confirmed_how'],
    ...children.map(({ reference, school }) => [
      reference,
      school.urn,
      plusDays(today, -whole(random, ...plan.atSchoolFor)),
      'C',
      'call',
    ]),
  ])
  return children
}

const openRoundOf = async (runtime: Runtime, virtualSchool: number, random: Random) => {
  const today = todayInLondon(runtime.now())
  const { academicYear, term } = termOf(today)
  const asAt = plusDays(today, -30)
  await runtime.db.commit(
    openRound(runtime.db.query, {
      id: newPublicId(),
      virtualSchool,
      academicYear,
      term,
      asAt,
      cutOff: cutOffDate(asAt, { date: plusDays(today, whole(random, -5, 20)) }).date,
      cutOffRule: 'date_set_by_council',
      at: runtime.now(),
      by: null,
    }),
  )
}

/**
 * Adds councils to a store: their schools, leads, officers and children through the roll's own path, a round of this term
 * in each, and returns of a share of the schools. `also` has what else each council gets.
 */
export const seedCouncils = async (
  runtime: Runtime,
  plan: SeedPlan,
  random: Random,
  progress: SeedProgress,
  also: (number: number, children: readonly SeedChild[]) => Promise<void> = async () => undefined,
): Promise<void> => {
  const { db } = runtime
  const today = todayInLondon(runtime.now())
  const mailboxOf = (name: string) => `virtual.school@${name.toLowerCase().replace(/\s/g, '-')}.example`
  await db.commit(
    addVirtualSchools(plan.councils.map(({ laCode, name }) => ({ laCode, name, mailbox: mailboxOf(name) }))),
  )
  const numbers = new Map((await virtualSchools(db.query)).map((one) => [one.laCode, one.number]))
  for (const [done, council] of plan.councils.entries()) {
    const number = numbers.get(council.laCode) ?? 0
    const children = await bringInCouncil(runtime, plan, council, number, random)
    await openRoundOf(runtime, number, random)
    await also(number, children)
    progress(done + 1, plan.councils.length, 'councils')
  }
  const own = plan.councils.map(({ laCode }) => numbers.get(laCode) ?? 0)
  const sending = plan.schools.filter(() => random() < plan.sent / 100)
  for (const [done, { urn, lead }] of sending.entries()) {
    const school = await schoolByUrn(db.query, today, urn)
    const person = await db.query.selectFrom('person').select('number').where('email', '=', lead).executeTakeFirst()
    if (school && person) await sendFictionalReturn(runtime, school, own, person.number, random, { share: 0.95 })
    progress(done + 1, sending.length, 'returns')
  }
}
