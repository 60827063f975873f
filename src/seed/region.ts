import { cutOffDate, termOf } from '../domain/calendar.ts'
import { type PlainDate, plusDays, todayInLondon } from '../domain/dates.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { openRound } from '../store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../store/schools.ts'
import { addVirtualSchools, seedDemo } from './demo.ts'
import { forenames, surnames } from './people.ts'
import { csvFile, fictionalUpn, pick, type Random, randomFrom, whole } from './random.ts'
import { sendFictionalReturn } from './returns.ts'
import { bringInRoll } from './roll.ts'

/** How far the seeding of a region has come. */
export type RegionProgress = (done: number, of: number, what: 'councils' | 'returns') => void

const names = [
  ...['Alderwick', 'Brackenmoor', 'Carrowdale', 'Dunmarsh', 'Eskerby'],
  ...['Fallowmere', 'Gorsehithe', 'Harrowfen', 'Inglebeck', 'Jackdaw Hill'],
]

/** Ten councils beside the demo's four; their codes are none that any council has. */
const councils = names.map((name, index) => ({
  laCode: String(981 + index),
  name,
  mailbox: `virtual.school@${name.toLowerCase().replace(/\s/g, '-')}.example`,
}))

/** Pupils of each of the ten: with the demo's sixty they make 12,000. */
const pupilsEach = 1194
const schoolsEach = 20

type RegionSchool = {
  readonly urn: string
  readonly laCode: string
  readonly name: string
  readonly phase: 'primary' | 'secondary'
  readonly lead: string
}

const schools: readonly RegionSchool[] = councils.flatMap(({ laCode, name }, council) =>
  Array.from({ length: schoolsEach }, (_, index): RegionSchool => {
    const phase = index % 2 === 0 ? 'primary' : 'secondary'
    const urn = String(910000 + council * 100 + index)
    return {
      urn,
      laCode,
      name: `${name} ${phase === 'primary' ? 'Primary School' : 'High School'} ${index + 1}`,
      phase,
      lead: `lead.${urn}@school.example`,
    }
  }),
)

/** A year group's own kind of school: three in four in the council's area, one in four at a neighbour's. */
const schoolFor = (laCode: string, year: number, random: Random): RegionSchool => {
  const phase = year < 7 ? 'primary' : 'secondary'
  const here = random() < 0.75
  return pick(
    random,
    schools.filter((school) => school.phase === phase && (school.laCode === laCode) === here),
  )
}

const bringInCouncil = async (runtime: Runtime, laCode: string, number: number, today: PlainDate, random: Random) => {
  const children = Array.from({ length: pupilsEach }, (_, index) => {
    const year = 1 + (index % 11)
    return { index, year, school: schoolFor(laCode, year, random) }
  })
  const used = schools.filter((school) => children.some((child) => child.school.urn === school.urn))
  const reference = (index: number) => `${laCode}-${index + 1}`
  const startYear = termOf(today).academicYear
  await bringInRoll(
    runtime,
    number,
    csvFile('schools.csv', [
      ['urn', 'school_name', 'phase', 'la_code', 'country'],
      ...used.map((school) => [school.urn, school.name, school.phase, school.laCode, 'England']),
    ]),
  )
  await bringInRoll(
    runtime,
    number,
    csvFile('staff.csv', [
      ['email', 'name', 'role', 'urn'],
      ...used.map((school) => [school.lead, `Lead of ${school.urn}`, 'designated_teacher', school.urn]),
      [`data.${laCode}@council.example`, `Data officer ${laCode}`, 'data_officer', null],
      [`head.${laCode}@council.example`, `Head ${laCode}`, 'head', null],
    ]),
  )
  await bringInRoll(
    runtime,
    number,
    csvFile('pupils.csv', [
      ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'care_first_day'],
      ...children.map(({ index, year }) => [
        reference(index),
        fictionalUpn(laCode, index),
        `${pick(random, surnames)}${index}`,
        pick(random, forenames),
        plusDays(`${startYear - year - 5}-09-01` as PlainDate, whole(random, 0, 363)),
        String(year),
        plusDays(today, -whole(random, 100, 1500)),
      ]),
    ]),
  )
  await bringInRoll(
    runtime,
    number,
    csvFile('places.csv', [
      ['child_reference', 'urn', 'first_day', 'enrolment_status', 'confirmed_how'],
      ...children.map(({ index, school }) => [
        reference(index),
        school.urn,
        plusDays(today, -whole(random, 40, 700)),
        'C',
        'call',
      ]),
    ]),
  )
}

/**
 * Fills an empty store with the demo and, beside it, ten more councils with 11,940 children at 200 schools, a round of
 * this term open in each and three returns in five sent. Fictional, and the same for the same seed and day.
 */
export const seedRegion = async (
  runtime: Runtime,
  seed = 1,
  progress: RegionProgress = () => undefined,
): Promise<void> => {
  await seedDemo(runtime, seed)
  const random = randomFrom(seed + 1)
  const today = todayInLondon(runtime.now())
  const term = termOf(today)
  await runtime.db.commit(addVirtualSchools(councils))
  const numbers = new Map((await virtualSchools(runtime.db.query)).map((one) => [one.laCode, one.number]))
  for (const [done, { laCode }] of councils.entries()) {
    const number = numbers.get(laCode) ?? 0
    await bringInCouncil(runtime, laCode, number, today, random)
    const asAt = plusDays(today, -30)
    await runtime.db.commit(
      openRound(runtime.db.query, {
        id: newPublicId(),
        virtualSchool: number,
        academicYear: term.academicYear,
        term: term.term,
        asAt,
        cutOff: cutOffDate(asAt, { date: plusDays(today, whole(random, -5, 20)) }).date,
        cutOffRule: 'date_set_by_council',
        at: runtime.now(),
        by: null,
      }),
    )
    progress(done + 1, councils.length, 'councils')
  }
  const own = councils.map(({ laCode }) => numbers.get(laCode) ?? 0)
  const sending = schools.filter(() => random() < 0.6)
  for (const [done, { urn, lead }] of sending.entries()) {
    const school = await schoolByUrn(runtime.db.query, today, urn)
    const person = await runtime.db.query
      .selectFrom('person')
      .select('number')
      .where('email', '=', lead)
      .executeTakeFirst()
    if (school && person) await sendFictionalReturn(runtime, school, own, person.number, random, { share: 0.95 })
    progress(done + 1, sending.length, 'returns')
  }
}
