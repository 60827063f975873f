import { mondayOf, weekOf } from '../../src/domain/attendance/week.ts'
import * as boards from '../../src/store/attendance-boards.ts'
import * as routes from '../../src/store/attendance-routes.ts'
import * as cohort from '../../src/store/cohort-marks.ts'
import * as marks from '../../src/store/marks.ts'
import { pupilsFollowedToMark } from '../../src/store/marks-match.ts'
import { waitingFiles } from '../../src/store/waiting-files.ts'
import { type Ask, allPupils, byPupil, eachChild, letters, numberOf, type Reads, type Said, sorted } from './ask.ts'
import {
  type ChildName,
  childNamed,
  childNames,
  councils,
  day,
  type Letter,
  markedOn,
  markOf,
  today,
} from './described.ts'
import { lookedAfter, readsCalls, relationOf, worksThere } from './oracle.ts'

const [first, last] = [weekOf(day(-1000)), weekOf(today)]
const year = 2026

/** Whether the viewer reads what the register of a school says of a child. */
const readsAt = ({ viewer }: Ask, name: ChildName, at: Letter) =>
  relationOf(viewer, name, viewer.part === 'school' ? at : undefined) !== 'closed'

const marksRead = (ask: Ask, name: ChildName) =>
  sorted(letters.filter((at) => markedOn(name, at) !== null && readsAt(ask, name, at)).map((at) => markOf(name, at)))

const ofTeam = ({ viewer }: Ask) => viewer.part !== 'school'

const isOpen = (ask: Ask, name: ChildName) => ofTeam(ask) && relationOf(ask.viewer, name) === 'open'

const eachLetter = (ask: Ask, read: (school: number, at: Letter) => Promise<Omit<Said, 'about'>>) =>
  Promise.all(letters.map(async (at) => ({ about: at, ...(await read(numberOf(ask.known.schools, at), at)) })))

/** Every read of marks, totals, routes and attendance tables. */
export const readsOfAttendance: Reads = {
  pupilsFollowedToMark: async (ask) => {
    const gave = await pupilsFollowedToMark(ask.query, ask.scope)
    const ought = childNames.filter((name) => relationOf(ask.viewer, name) !== 'closed' && lookedAfter(name))
    return [
      {
        about: '',
        // Places are for matching a file's rows, and are shown to nobody.
        gave: gave.map(({ places: _, ...one }) => one),
        says: sorted(gave.map(({ reference }) => reference)),
        ought: sorted(ought.map((name) => `RefQx${name}`)),
      },
    ]
  },
  waitingFiles: async (ask) => {
    const gave = await waitingFiles(ask.query, ask.scope)
    const ought = [
      ...councils.filter((council) => readsCalls(ask.viewer, council)),
      ...letters.filter((at) => worksThere(ask.viewer, at)),
    ]
    return [
      {
        about: '',
        gave,
        says: sorted(gave.map(({ fileName }) => fileName)),
        ought: sorted(ought.map((of) => `WaitsQx${of}`)),
      },
    ]
  },
  marksOfPupil: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const gave = await marks.marksOfPupil(ask.query, ask.scope, number, first, last)
      return { gave, says: sorted(gave.map((one) => one.marks.trim())), ought: marksRead(ask, name) }
    }),
  marksOfPupils: async (ask) => {
    const gave = await marks.marksOfPupils(ask.query, ask.scope, allPupils(ask), first, last)
    const ought = sorted(childNames.flatMap((name) => marksRead(ask, name)))
    return [{ about: '', gave, says: sorted(gave.map((one) => one.marks.trim())), ought }]
  },
  marksReach: async (ask) => {
    const gave = await marks.marksReach(ask.query, ask.scope, allPupils(ask), first, last)
    const ought = childNames.flatMap((name) => marksRead(ask, name))
    return [{ about: '', gave, says: gave.length, ought: ought.length }]
  },
  weeksSaid: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const gave = await marks.weeksSaid(ask.query, ask.scope, number, first, last)
      return { gave, says: sorted(gave.map((one) => one.marks.trim())), ought: marksRead(ask, name) }
    }),
  markSources: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const all = ask.known.imports.map((one) => one.number)
      const gave = await marks.markSources(ask.query, ask.scope, number, all)
      return { gave: [...gave.values()], says: gave.size, ought: marksRead(ask, name).length > 0 ? 1 : 0 }
    }),
  pupilsAtSchool: (ask) =>
    eachLetter(ask, async (school, at) => {
      const monday = mondayOf(weekOf(today))
      const gave = await marks.pupilsAtSchool(ask.query, ask.scope, school, monday, day(2))
      const ought = childNames.filter((name) =>
        childNamed(name).places.some(
          (one) => one.at === at && !one.asserted && one.from <= 2 && (one.to ?? 99) >= -2 && readsAt(ask, name, at),
        ),
      )
      return {
        gave: gave.map(({ reference: _, ...one }) => one),
        says: sorted(gave.map(({ surname }) => surname)),
        ought: sorted(ought.map((name) => `SurQx${name}`)),
      }
    }),
  marksOfSchoolWeek: (ask) =>
    eachLetter(ask, async (school, at) => {
      const gave = await marks.marksOfSchoolWeek(ask.query, ask.scope, school, weekOf(day(-5)))
      const ought = childNames.filter((name) => (markedOn(name, at) ?? -9999) >= -9 && readsAt(ask, name, at))
      return {
        gave,
        says: sorted(gave.map((one) => one.marks.trim())),
        ought: sorted(ought.map((name) => markOf(name, at))),
      }
    }),
  totalsOfPupil: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const gave = await marks.totalsOfPupil(ask.query, ask.scope, number, day(-80), today)
      return { gave, says: sorted(gave.map(({ basis }) => basis ?? '')), ought: marksRead(ask, name) }
    }),
  confirmedPlaces: async (ask) => {
    const gave = await cohort.confirmedPlaces(ask.query, ask.scope, allPupils(ask))
    const ought = childNames.flatMap((name) =>
      childNamed(name)
        .places.filter(({ at, asserted }) => !asserted && readsAt(ask, name, at))
        .map(({ from }) => day(from)),
    )
    return [{ about: '', gave, says: sorted(gave.map(({ firstDay }) => firstDay)), ought: sorted(ought) }]
  },
  cohortPupils: async (ask) => {
    const gave = await cohort.cohortPupils(ask.query, ask.scope)
    const ought = childNames.filter((name) => isOpen(ask, name) && lookedAfter(name))
    return [{ about: '', gave, says: gave.length, ought: ought.length }]
  },
  marksOfCohort: async (ask) => {
    const gave = await cohort.marksOfCohort(ask.query, ask.scope, allPupils(ask), first, last)
    const says = [...gave.values()].flat().map((one) => one.marks.trim())
    const ought = sorted(childNames.flatMap((name) => marksRead(ask, name)))
    return [{ about: '', gave: byPupil(gave, (one) => one), says: sorted(says), ought }]
  },
  totalsOfCohort: async (ask) => {
    const gave = await cohort.totalsOfCohort(ask.query, ask.scope, allPupils(ask), day(-1000), today)
    const ought = childNames.flatMap((name) =>
      letters
        .filter((at) => markedOn(name, at) !== null && readsAt(ask, name, at))
        .map((at) => `${numberOf(ask.known.pupils, name)} ${numberOf(ask.known.schools, at)}`),
    )
    const says = gave.map(({ pupil, school }) => `${pupil} ${school}`)
    return [{ about: '', gave: [], says: sorted(says), ought: sorted(ought) }]
  },
  routeLines: async (ask) => {
    const gave = await routes.routeLines(ask.query, ask.scope)
    return [{ about: '', gave: [], says: gave.length, ought: ofTeam(ask) ? 1 : 0 }]
  },
  pupilsToCollect: async (ask) => {
    const gave = await routes.pupilsToCollect(ask.query, ask.scope)
    const ought = childNames.flatMap((name) =>
      isOpen(ask, name) && lookedAfter(name) && !childNamed(name).noDisclose
        ? childNamed(name)
            .places.filter((one) => !one.asserted && one.from <= 0 && (one.to ?? 99) >= 0)
            .map(() => `RefQx${name}`)
        : [],
    )
    return [{ about: '', gave, says: sorted(gave.map(({ reference }) => reference)), ought: sorted(ought) }]
  },
  keptTables: async (ask) => {
    const gave = await boards.keptTables(ask.query, ask.scope, year)
    return [{ about: '', gave: [], says: gave !== undefined, ought: ofTeam(ask) }]
  },
  keptFigures: async (ask) => {
    const gave = await boards.keptFigures(ask.query, ask.scope, year)
    return [{ about: '', gave: [], says: gave.filter(({ kind }) => kind === 'all').length, ought: ofTeam(ask) ? 1 : 0 }]
  },
}
