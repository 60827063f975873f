import { commandWords as words } from '../../templates/words/en/command.ts'
import { scopeFor } from '../access/scope.ts'
import { todayInLondon } from '../domain/dates.ts'
import type { Runtime } from '../runtime.ts'
import { type AttendanceLayout, attendanceLayoutsOf } from '../store/attendance-layouts.ts'
import { vouchedFor } from '../store/people.ts'
import { schoolByUrn } from '../store/schools.ts'
import { type Call, Stop } from './settings.ts'
import { type Actor, namedVirtualSchool, returnCouncils } from './who.ts'

/** From whom a file comes, and for whom it may speak. */
export type FileSender = {
  readonly from:
    | { readonly kind: 'school'; readonly school: number; readonly virtualSchools: readonly number[] }
    | { readonly kind: 'council'; readonly virtualSchool: number }
  readonly by: number | null
  readonly via: 'command'
}

/** Finds from whom a file comes: the school named, or a virtual school's own officer. */
export const senderOf = async (runtime: Runtime, call: Call, actor: Actor): Promise<FileSender> => {
  const named = await namedVirtualSchool(runtime, call)
  const own = returnCouncils(actor)
  const base = { by: actor.person, via: 'command' as const }
  if (call.given.school === undefined) {
    const target = named ?? own[0]
    if (target === undefined) throw new Stop(2, words.noVirtualSchool)
    if (!actor.operator && !own.includes(target)) throw new Stop(2, words.notTheirs)
    return { ...base, from: { kind: 'council', virtualSchool: target } }
  }
  const { query } = runtime.db
  const school = await schoolByUrn(query, todayInLondon(runtime.now()), call.given.school)
  if (!school) throw new Stop(2, words.noSchool)
  const scope = scopeFor(actor.person ?? 0, { kind: 'school' }, runtime.now())
  const all = actor.operator
    ? (await query.selectFrom('virtual_school').select('number').execute()).map(({ number }) => number)
    : [...own, ...(await vouchedFor(query, scope, school.number))]
  const virtualSchools = named === undefined ? all : all.filter((number) => number === named)
  if (virtualSchools.length === 0) throw new Stop(2, words.notTheirs)
  return { ...base, from: { kind: 'school', school: school.number, virtualSchools } }
}

/** From whom and for whom a file comes, as deliveries of the same bytes are told apart. */
export const targetOf = (from: FileSender['from']) =>
  from.kind === 'school'
    ? { school: from.school, virtualSchools: from.virtualSchools }
    : { school: null, virtualSchools: [from.virtualSchool] }

/** The saved layout that a call names, of whoever sends the file; undefined where it names none. */
export const layoutFor = async <Mapping>(
  runtime: Runtime,
  call: Call,
  from: FileSender['from'],
  connector: AttendanceLayout['connector'],
): Promise<{ readonly number: number; readonly mapping: Mapping } | undefined> => {
  const name = call.given.mapping
  if (name === undefined) return undefined
  const saved = await attendanceLayoutsOf(runtime.db.query, from)
  const layout = saved.find((one) => one.name === name && one.connector === connector)
  if (!layout) throw new Stop(2, words.noLayout)
  return { number: layout.number, mapping: JSON.parse(layout.mapping) as Mapping }
}
