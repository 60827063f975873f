import { weekOf } from '../../src/domain/chasing.ts'
import * as contacts from '../../src/store/contacts.ts'
import * as people from '../../src/store/people.ts'
import { settingChecks } from '../../src/store/register.ts'
import * as reminders from '../../src/store/reminders.ts'
import * as roundDates from '../../src/store/round-dates.ts'
import * as rounds from '../../src/store/rounds.ts'
import { ownSchools, schoolsOfCouncil } from '../../src/store/schools.ts'
import {
  allRounds,
  eachRound,
  eachSchool,
  isEmpty,
  letters,
  noted,
  numberOf,
  type Reads,
  type Said,
  sorted,
} from './ask.ts'
import { councils, day, schools, today } from './described.ts'
import { calledSchools, isVouched, readsDate, readsFile, relationOf, worksThere } from './oracle.ts'

/** Every read of rounds, schools, calls and people. */
export const readsOfSchools: Reads = {
  roundsOfCouncil: async ({ query, scope }) => [{ about: '', gave: await rounds.roundsOfCouncil(query, scope) }],
  roundById: async ({ query, scope, viewer, known }) =>
    Promise.all(
      known.rounds.map(async ({ id, council }): Promise<Said> => {
        const gave = await rounds.roundById(query, scope, id)
        const ought = viewer.part !== 'school' && viewer.part.of === council
        return { about: council, gave, says: gave !== undefined, ought }
      }),
    ),
  overlayOf: async ({ query, scope, viewer }) => {
    const gave = await rounds.overlayOf(query, scope)
    return [{ about: '', gave, says: gave.length, ought: viewer.part !== 'school' && viewer.part.of === '992' ? 1 : 0 }]
  },
  submissionsOf: async ({ query, scope, viewer, known }) => {
    const gave = await rounds.submissionsOf(query, scope)
    const ought = known.receipts.filter(({ file, council }) =>
      viewer.part === 'school' ? readsFile(viewer, file, council) : viewer.part.of === council,
    )
    return [
      {
        about: '',
        gave: [],
        says: sorted(gave.map(({ receipt }) => receipt)),
        ought: sorted(ought.map(({ receipt }) => receipt)),
      },
    ]
  },
  ledSchools: async ({ query, scope, viewer }) => {
    const gave = await people.ledSchools(query, scope)
    return [{ about: '', gave: [], says: viewer.part !== 'school' || gave.size === 0, ought: true }]
  },
  standingOfRound: (ask) => eachRound(ask, (round) => rounds.standingOfRound(ask.query, ask.scope, round)),
  openedBy: async ({ query, scope, viewer, known }) =>
    Promise.all(
      known.rounds.map(async ({ number, council }): Promise<Said> => {
        const gave = await rounds.openedBy(query, scope, number)
        const own = viewer.part !== 'school' && viewer.part.of === council
        return { about: council, gave: [], says: own || isEmpty(gave), ought: true }
      }),
    ),
  roundDates: async (ask) => {
    const gave = await roundDates.roundDates(ask.query, ask.scope, allRounds(ask))
    const ought = councils.flatMap((council) =>
      calledSchools.filter((at) => readsDate(ask.viewer, council, at)).map((at) => `${council} ${at}`),
    )
    const councilOf = (round: number) => ask.known.rounds.find(({ number }) => number === round)?.council
    const letterOf = (school: number) => letters.find((at) => numberOf(ask.known.schools, at) === school)
    const says = gave
      .filter(({ kind }) => kind === 'extended')
      .map(({ round, school }) => `${councilOf(round)} ${letterOf(school)}`)
    return [{ about: '', gave, says: sorted(says), ought: sorted(ought) }]
  },
  roundsOpenToSome: async ({ query, scope, viewer }) => {
    const gave = await roundDates.roundsOpenToSome(query, scope)
    const { part } = viewer
    return [{ about: '', gave, says: part === 'school' || gave.every(({ laCode }) => laCode === part.of), ought: true }]
  },
  closedRoundOf: async ({ query, scope, viewer, known }) =>
    Promise.all(
      known.references.map(async ({ id, child, at, closed }): Promise<Said> => {
        const gave = await roundDates.closedRoundOf(query, scope, id)
        const ought = closed && relationOf(viewer, child, viewer.part === 'school' ? at : undefined) !== 'closed'
        return { about: `${child} at ${at}`, gave, says: gave !== undefined, ought }
      }),
    ),
  contactsWith: (ask) => eachSchool(ask, (school) => contacts.contactsWith(ask.query, ask.scope, school)),
  openActions: async (ask) => {
    const gave = await contacts.openActions(ask.query, ask.scope)
    return [{ about: '', gave, says: gave.length, ought: noted(ask) }]
  },
  lastContacts: async (ask) => {
    const gave = await contacts.lastContacts(ask.query, ask.scope)
    return [{ about: '', gave: [...gave], says: gave.size, ought: noted(ask) }]
  },
  contactCosts: async (ask) => {
    const gave = await contacts.contactCosts(ask.query, ask.scope, day(-30))
    return [{ about: '', gave, says: gave.contacts, ought: noted(ask) }]
  },
  contactChecks: async (ask) => {
    const gave = await contacts.contactChecks(ask.query, ask.scope)
    return [{ about: '', gave: [...gave], says: gave.size, ought: noted(ask) }]
  },
  remindersSent: async (ask) => {
    const gave = await reminders.remindersSent(ask.query, ask.scope, weekOf(today), ask.now as never)
    return [{ about: '', gave: [...gave], says: gave.size, ought: noted(ask) }]
  },
  settingChecks: (ask) =>
    eachSchool(
      ask,
      (school) => settingChecks(ask.query, ask.scope, school),
      (at) => (ask.viewer.part !== 'school' && calledSchools.includes(at) ? 1 : 0),
    ),
  remindersTo: (ask) => eachSchool(ask, (school) => reminders.remindersTo(ask.query, ask.scope, school)),
  reminderSetting: async (ask) => {
    const gave = await reminders.reminderSetting(ask.query, ask.scope)
    return [{ about: '', gave, says: gave?.version ?? 0, ought: noted(ask) > 0 ? 1 : 0 }]
  },
  peopleAtOwnSchools: async ({ query, scope, viewer }) => {
    const gave = await people.peopleAtOwnSchools(query, scope)
    return [{ about: '', gave, says: isEmpty(gave), ought: viewer.part !== 'school' }]
  },
  peopleOfCouncil: async ({ query, scope, viewer }) => {
    const gave = await people.peopleOfCouncil(query, scope)
    return [{ about: '', gave, says: isEmpty(gave), ought: viewer.part === 'school' }]
  },
  contactsAt: async ({ query, scope, viewer, known }) =>
    Promise.all(
      letters.map(async (at): Promise<Said> => {
        const gave = [...(await people.contactsAt(query, scope, numberOf(known.schools, at), scope.person))]
        return { about: at, gave, says: isEmpty(gave), ought: !worksThere(viewer, at) }
      }),
    ),
  vouchedFor: async ({ query, scope, viewer, known }) =>
    Promise.all(
      letters.map(async (at): Promise<Said> => {
        const gave = await people.vouchedFor(query, scope, numberOf(known.schools, at))
        const ought = councils.filter((council) => isVouched(viewer, at, council))
        const says = councils.filter((council) => gave.includes(numberOf(known.councils, council)))
        return { about: at, gave: [], says, ought }
      }),
    ),
  ownSchools: async ({ query, scope, viewer }) => {
    const gave = await ownSchools(query, scope)
    const ought = schools.filter(({ letter }) => worksThere(viewer, letter)).map(({ name }) => name)
    return [{ about: '', gave, says: sorted(gave.map(({ name }) => name)), ought: sorted(ought) }]
  },
  schoolsOfCouncil: async ({ query, scope, viewer }) => {
    const gave = await schoolsOfCouncil(query, scope)
    return [{ about: '', gave, says: viewer.part !== 'school' || gave.length === 0, ought: true }]
  },
}
