import { commandWords as words } from '../../templates/words/en/command.ts'
import { may } from '../access/scope.ts'
import { todayInLondon } from '../domain/dates.ts'
import { keepsRecords, worksWithReturns } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { operatorOf } from '../store/mark.ts'
import { type NamedPart, partsOf, personByEmail } from '../store/people.ts'
import { virtualSchools } from '../store/schools.ts'
import { type Call, Stop } from './settings.ts'

/** Who acts on the command line, with the parts they have today. `operator` is the demo's own, who may act for any school. */
export type Actor = {
  readonly person: number | null
  readonly parts: readonly NamedPart[]
  readonly operator: boolean
}

/** Finds who acts: the person named, the demo's operator, or nobody yet on a store without people. */
export const actorOf = async (runtime: Runtime, call: Call): Promise<Actor> => {
  const { query } = runtime.db
  const operator = await operatorOf(query)
  const email = call.given.by ?? operator
  if (email === undefined) {
    const anyone = await query.selectFrom('person').select('number').limit(1).executeTakeFirst()
    if (anyone) throw new Stop(64, words.whoDoesIt)
    return { person: null, parts: [], operator: true }
  }
  const person = await personByEmail(query, email)
  const parts = person ? await partsOf(query, person.number, todayInLondon(runtime.now())) : []
  if (!person || parts.length === 0) throw new Stop(2, words.whoDoesIt)
  return { person: person.number, parts, operator: call.given.by === undefined }
}

/** The virtual school named by its council's code, if one was named. */
export const namedVirtualSchool = async (runtime: Runtime, call: Call): Promise<number | undefined> => {
  const code = call.given['virtual-school']
  if (code === undefined) return undefined
  const found = (await virtualSchools(runtime.db.query)).find(({ laCode }) => laCode === code)
  if (!found) throw new Stop(2, words.noVirtualSchool)
  return found.number
}

const councilsWhere = (actor: Actor, holds: typeof worksWithReturns): readonly number[] =>
  actor.parts.flatMap(({ part }) => (part.kind === 'council' && holds(part.role) ? [part.virtualSchool] : []))

/** The councils whose returns and files this person works with. */
export const returnCouncils = (actor: Actor): readonly number[] => councilsWhere(actor, worksWithReturns)

/** The councils whose imports this person publishes and takes back: on the command line as on a page. */
export const importCouncils = (actor: Actor): readonly number[] =>
  actor.parts.flatMap(({ part }) => (part.kind === 'council' && may(part, 'run rounds') ? [part.virtualSchool] : []))

/** The councils whose people this person adds and ends. */
export const peopleCouncils = (actor: Actor): readonly number[] => councilsWhere(actor, keepsRecords)

/** The one virtual school whose roll this person brings in. */
export const rollCouncil = (actor: Actor, named: number | undefined): number => {
  const own = peopleCouncils(actor)
  const target = named ?? own[0]
  if (target === undefined) throw new Stop(2, words.noVirtualSchool)
  if (!actor.operator && !own.includes(target)) throw new Stop(2, words.notTheirs)
  return target
}
