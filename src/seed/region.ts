import type { Runtime } from '../runtime.ts'
import { type SeedProgress, schoolsOf, seedCouncils } from './councils.ts'
import { seedDemo } from './demo.ts'
import { randomFrom } from './random.ts'

const names = [
  ...['Alderwick', 'Brackenmoor', 'Carrowdale', 'Dunmarsh', 'Eskerby'],
  ...['Fallowmere', 'Gorsehithe', 'Harrowfen', 'Inglebeck', 'Jackdaw Hill'],
]

/** Ten councils beside the demo's four: with its sixty children they look after 12,000. */
const councils = names.map((name, index) => ({ laCode: String(981 + index), name, pupils: 1194 }))

const schools = schoolsOf(councils, 20, 910_000)

/**
 * Fills an empty store with the demo and, beside it, ten more councils with 11,940 children at 200 schools, a round of
 * this term open in each and three returns in five sent. Fictional, and the same for the same seed and day.
 */
export const seedRegion = async (
  runtime: Runtime,
  seed = 1,
  progress: SeedProgress = () => undefined,
): Promise<void> => {
  await seedDemo(runtime, seed)
  const away = (laCode: string, phase: string) =>
    schools.filter((school) => school.phase === phase && school.laCode !== laCode)
  const plan = { councils, schools, away, atSchoolFor: [40, 700], inCareFor: [100, 1500], sent: 60 } as const
  await seedCouncils(runtime, plan, randomFrom(seed + 1), progress)
}
