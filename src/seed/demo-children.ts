import { type PlainDate, plusDays } from '../domain/dates.ts'
import { demoSchools, forenames, surnames } from './people.ts'
import { fictionalUpn, pick, type Random, whole } from './random.ts'

/** A fictional place at a school, by URN. */
export type DemoPlace = {
  readonly urn: string
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate | null
  readonly status: 'C' | 'M' | 'S' | 'F'
  readonly confirmed: boolean
}

/** A fictional looked-after child of one council. */
export type DemoChild = {
  readonly reference: string
  readonly surname: string
  readonly forename: string
  readonly born: PlainDate
  readonly year: number
  readonly upn: string | null
  readonly careFrom: PlainDate
  readonly careEnd: { readonly on: PlainDate; readonly reason: string } | null
  readonly noDiscloseHandler: string | null
  readonly socialWorker: { readonly name: string; readonly email: string; readonly since: PlainDate }
  readonly targets: readonly string[]
  readonly places: readonly DemoPlace[]
}

const startYear = (today: PlainDate) => Number(today.slice(0, 4)) - (today.slice(5) < '09-01' ? 1 : 0)

/** A birthday that puts a child in a year group in the academic year of a day. */
const bornFor = (year: number, today: PlainDate, random: Random): PlainDate =>
  plusDays(`${startYear(today) - year - 5}-09-01` as PlainDate, whole(random, 0, 363))

/** A year as a number in the words of the common basic data set: 0 is Reception, below it the nursery years. */
export const yearGroupOf = (year: number): string => (year > 0 ? String(year) : (['R', 'N2', 'N1'][-year] ?? 'E2'))

const workers: Readonly<Record<string, { readonly name: string; readonly email: string }>> = {
  '991': { name: 'Tomasz Hale', email: 't.hale@wendlemoor.example' },
  '992': { name: 'Priya Lund', email: 'p.lund@kestrelham.example' },
  '993': { name: 'Ewan Grist', email: 'e.grist@north-ashdale.example' },
  '994': { name: 'Mara Teal', email: 'm.teal@port-sallow.example' },
}

const targets = ['Reads aloud to a small group', 'Is secure with fractions', 'Brings what is needed to each lesson']

type Story = {
  readonly laCode: string
  readonly forename: string
  readonly surname: string
  readonly year: number
  readonly urn: string
  readonly change?: (child: DemoChild, today: PlainDate) => DemoChild
}

const longPast = (today: PlainDate) => plusDays(today, -500)

/** The children with a story of their own: one for each thing that a child's record can be. */
const stories: readonly Story[] = [
  { laCode: '993', forename: 'Kofi', surname: 'Boateng', year: 11, urn: '900001' },
  { laCode: '991', forename: 'Amara', surname: 'Denby', year: 8, urn: '900001' },
  { laCode: '991', forename: 'Jayden', surname: 'Thorne', year: 9, urn: '900001' },
  { laCode: '992', forename: 'Ruby', surname: 'Sallis', year: 7, urn: '900001' },
  { laCode: '992', forename: 'Callum', surname: 'Wray', year: 10, urn: '900001' },
  // Asserted only: Ellerwick is told of one more child, and not who.
  {
    laCode: '992',
    forename: 'Tamsin',
    surname: 'Orrell',
    year: 9,
    urn: '900001',
    change: (child) => ({ ...child, places: child.places.map((place) => ({ ...place, confirmed: false })) }),
  },
  // At two schools at once: the main school answers.
  {
    laCode: '991',
    forename: 'Reece',
    surname: 'Marlow',
    year: 10,
    urn: '900004',
    change: (child, today) => ({
      ...child,
      places: [
        ...child.places.map((place): DemoPlace => ({ ...place, status: 'M' })),
        { urn: '900005', firstDay: plusDays(today, -120), lastDay: null, status: 'S', confirmed: true },
      ],
    }),
  },
  // Moved ten days ago.
  {
    laCode: '991',
    forename: 'Bella',
    surname: 'Hearn',
    year: 5,
    urn: '900006',
    change: (child, today) => ({
      ...child,
      places: [
        ...child.places.map((place): DemoPlace => ({ ...place, lastDay: plusDays(today, -11) })),
        { urn: '900007', firstDay: plusDays(today, -10), lastDay: null, status: 'C', confirmed: true },
      ],
    }),
  },
  // No UPN yet.
  {
    laCode: '991',
    forename: 'Sunny',
    surname: 'Pike',
    year: 1,
    urn: '900008',
    change: (child) => ({ ...child, upn: null }),
  },
  // Adopted: the record is sealed.
  {
    laCode: '991',
    forename: 'Alfie',
    surname: 'Carter-Lowe',
    year: 4,
    urn: '900002',
    change: (child, today) => ({ ...child, careEnd: { on: plusDays(today, -40), reason: 'adopted' } }),
  },
  // No-disclose: one officer handles it.
  {
    laCode: '991',
    forename: 'Nadia',
    surname: 'Farrow',
    year: 8,
    urn: '900011',
    change: (child) => ({ ...child, noDiscloseHandler: 'c.bowen@wendlemoor.example' }),
  },
]

/** The youngest and the oldest: a nursery and a college answer as schools do, each its own questions. */
const beforeAndAfterSchool: readonly Story[] = [
  {
    laCode: '991',
    forename: 'Wren',
    surname: 'Tolley',
    year: -1,
    urn: '900013',
    change: (child, today) => ({
      ...child,
      careFrom: plusDays(today, -300),
      targets: ['Joins in at story time'],
      places: child.places.map((place): DemoPlace => ({ ...place, firstDay: plusDays(today, -280) })),
    }),
  },
  {
    laCode: '991',
    forename: 'Marcus',
    surname: 'Innes',
    year: 12,
    urn: '900014',
    change: (child, today) => ({
      ...child,
      targets: ['Passes GCSE English'],
      places: child.places.map((place): DemoPlace => ({ ...place, status: 'F', firstDay: plusDays(today, -260) })),
    }),
  },
]

/** How many children each council has beside those, by school. */
const others: readonly { readonly laCode: string; readonly urn: string; readonly children: number }[] = [
  { laCode: '991', urn: '900002', children: 4 },
  { laCode: '991', urn: '900003', children: 5 },
  { laCode: '991', urn: '900004', children: 7 },
  { laCode: '991', urn: '900005', children: 2 },
  { laCode: '991', urn: '900006', children: 4 },
  { laCode: '991', urn: '900007', children: 6 },
  { laCode: '991', urn: '900008', children: 1 },
  { laCode: '991', urn: '900009', children: 1 },
  { laCode: '991', urn: '900010', children: 2 },
  { laCode: '992', urn: '900011', children: 5 },
  { laCode: '992', urn: '900004', children: 2 },
  { laCode: '992', urn: '900012', children: 2 },
  { laCode: '992', urn: '900007', children: 1 },
  { laCode: '993', urn: '900009', children: 3 },
  { laCode: '994', urn: '900010', children: 2 },
]

/** The demo's sixty children, the same for the same seed and day. */
export const demoChildren = (
  today: PlainDate,
  random: Random,
): readonly (DemoChild & { readonly laCode: string })[] => {
  let serial = 0
  const make = (story: Story) => {
    serial += 1
    const worker = workers[story.laCode] ?? { name: '', email: '' }
    const child: DemoChild = {
      reference: `${story.laCode}-${String(1000 + serial * 7)}`,
      surname: story.surname,
      forename: story.forename,
      born: bornFor(story.year, today, random),
      year: story.year,
      upn: fictionalUpn(story.laCode, serial * 13),
      careFrom: plusDays(today, -whole(random, 420, 1500)),
      careEnd: null,
      noDiscloseHandler: null,
      socialWorker: { ...worker, since: plusDays(today, -whole(random, 30, 400)) },
      targets: targets.slice(0, 1 + (serial % 3)),
      places: [
        {
          urn: story.urn,
          firstDay: plusDays(longPast(today), whole(random, 0, 60)),
          lastDay: null,
          status: 'C',
          confirmed: true,
        },
      ],
    }
    return { ...(story.change?.(child, today) ?? child), laCode: story.laCode }
  }
  const rest = others.flatMap(({ laCode, urn, children }) =>
    Array.from({ length: children }, (): Story => {
      const school = demoSchools.find((one) => one.urn === urn)
      return {
        laCode,
        urn,
        forename: pick(random, forenames),
        surname: pick(random, surnames),
        year: pick(random, school?.years ?? [8]),
      }
    }),
  )
  return [...stories, ...rest, ...beforeAndAfterSchool].map(make)
}
