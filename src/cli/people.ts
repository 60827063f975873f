import { commandWords as words } from '../../templates/words/en/command.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { todayInLondon } from '../domain/dates.ts'
import { isLaCode } from '../domain/identifiers.ts'
import { councilRoles, schoolRoles } from '../domain/scope.ts'
import { recordForm } from '../intake/record-form.ts'
import { addVirtualSchools } from '../seed/demo.ts'
import { councilsVouchingFor, disablePerson, endSessions, personByEmail } from '../store/people.ts'
import { type Call, print, Stop, withStore } from './settings.ts'
import { actorOf, namedVirtualSchool, peopleCouncils, rollCouncil } from './who.ts'

/** Adds a virtual school: the first thing a real council does. */
export const virtualSchool = (call: Call): Promise<number> => {
  const [verb, laCode, ...name] = call.rest
  const mailbox = call.given.mailbox
  if (verb !== 'add' || laCode === undefined || !isLaCode(laCode) || name.length === 0 || mailbox === undefined)
    throw new Stop(64, words.needs('add, a council’s code of three digits, a name, and --mailbox EMAIL'))
  return withStore(
    call,
    async ({ db }) => {
      await db.commit(addVirtualSchools([{ laCode, name: name.join(' '), mailbox }]))
      print(words.added)
      return 0
    },
    { make: true },
  )
}

/** Adds a person to a virtual school or a school, or ends what they may do. */
export const user = (call: Call): Promise<number> => {
  const [verb, email] = call.rest
  if (email === undefined || (verb !== 'add' && verb !== 'disable'))
    throw new Stop(64, words.needs('add or disable, and an e-mail address'))
  return verb === 'add' ? add(call, email) : disable(call, email)
}

const add = (call: Call, email: string) => {
  const { name, role, school } = call.given
  if (name === undefined || role === undefined) throw new Stop(64, words.needs('--name and --role'))
  if (![...councilRoles, ...schoolRoles].some((known) => known === role))
    throw new Stop(64, words.needs(`--role, one of ${[...schoolRoles, ...councilRoles].join(', ')}`))
  return withStore(call, async (runtime) => {
    const actor = await actorOf(runtime, call)
    const recorded = await recordForm(
      runtime,
      { virtualSchool: rollCouncil(actor, await namedVirtualSchool(runtime, call)), by: actor.person, via: 'form' },
      { kind: 'staff', email, name, role, urn: school ?? null, firstDay: todayInLondon(runtime.now()), lastDay: null },
    )
    if (recorded.outcome === 'refused')
      throw new Stop(2, recorded.findings.map((finding) => wordsOfFinding(finding).rule).join(' '))
    print(words.added)
    return 0
  })
}

const disable = (call: Call, email: string) =>
  withStore(call, async (runtime) => {
    const actor = await actorOf(runtime, call)
    const { db } = runtime
    const person = await personByEmail(db.query, email)
    const own = peopleCouncils(actor)
    const councils = person ? await councilsVouchingFor(db.query, person.number) : []
    // Signing in is one for the whole store: a council ends only who is nobody else's.
    const theirs = actor.operator || (own.length > 0 && councils.every((council) => own.includes(council)))
    if (!person || !theirs) throw new Stop(2, words.notTheirs)
    const now = runtime.now()
    await db.commit([disablePerson(db.query, person.number, now), endSessions(db.query, person.number, now)])
    print(words.disabled)
    return 0
  })
