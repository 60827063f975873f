import type { Scope } from '../../src/domain/scope.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { type ChildName, councils, type Letter, schools, type Viewer } from './described.ts'
import { type Known, opensImport } from './known.ts'
import { calledSchools, readsCalls } from './oracle.ts'

export type Ask = {
  readonly query: NodeRuntime['db']['query']
  readonly scope: Scope
  readonly viewer: Viewer
  readonly known: Known
  readonly now: string
}

/** What a read gave, and, where the oracle knows it, what it ought to have said beside holding no foreign canary. */
export type Said = { readonly about: string; readonly gave: unknown; readonly says?: unknown; readonly ought?: unknown }

export const numberOf = <Key>(map: ReadonlyMap<Key, { readonly number: number }>, key: Key): number => {
  const found = map.get(key)
  if (!found) throw new Error(`${String(key)} is not in the store`)
  return found.number
}

export const letters = schools.map(({ letter }) => letter)

export const eachChild = async (
  { known }: Ask,
  ask: (name: ChildName, pupil: { readonly id: string; readonly number: number }) => Promise<Omit<Said, 'about'>>,
): Promise<readonly Said[]> =>
  Promise.all([...known.pupils].map(async ([name, pupil]) => ({ about: name, ...(await ask(name, pupil)) })))

export const eachImport = async (
  { known, viewer }: Ask,
  ask: (one: Known['imports'][number], opens: boolean) => Promise<Omit<Said, 'about'>>,
): Promise<readonly Said[]> =>
  Promise.all(
    known.imports.map(async (one) => ({
      about: `${one.fileName} for ${one.council}`,
      ...(await ask(one, opensImport(viewer, one))),
    })),
  )

/** A council's own round has it; nobody else's asks for it. */
export const eachRound = async (
  { known, viewer }: Ask,
  ask: (round: number) => Promise<readonly unknown[] | object>,
): Promise<readonly Said[]> =>
  Promise.all(
    known.rounds.map(async ({ number, council }): Promise<Said> => {
      const gave = await ask(number)
      const own = viewer.part !== 'school' && viewer.part.of === council
      return { about: council, gave: [], says: own || (Array.isArray(gave) && gave.length === 0), ought: true }
    }),
  )

/** What a viewer's own council has noted, of so many things at each school it called. */
export const noted = ({ viewer }: Ask, at?: string): number =>
  councils.some((council) => readsCalls(viewer, council))
    ? calledSchools.filter((letter) => at === undefined || letter === at).length
    : 0

export const eachSchool = async (
  ask: Ask,
  read: (school: number) => Promise<readonly unknown[]>,
  ought: (at: Letter) => number = (at) => noted(ask, at),
): Promise<readonly Said[]> =>
  Promise.all(
    letters.map(async (at) => {
      const gave = await read(numberOf(ask.known.schools, at))
      return { about: at, gave, says: gave.length, ought: ought(at) }
    }),
  )

export const isEmpty = (list: readonly unknown[]) => list.length === 0
export const allPupils = ({ known }: Ask) => [...known.pupils.values()].map(({ number }) => number)
export const allRounds = ({ known }: Ask) => known.rounds.map(({ number }) => number)
export const byPupil = <Value>(map: ReadonlyMap<number, Value>, say: (value: Value) => unknown) =>
  [...map].map(([pupil, value]) => ({ pupil, value: say(value) }))
export const sorted = (list: readonly string[]) => [...list].sort()

/** Reads of the store by the name each is exported under, each asked for everything there is. */
export type Reads = Readonly<Record<string, (ask: Ask) => Promise<readonly Said[]>>>
