import { scopeFor } from '../../src/access/scope.ts'
import { weekOf } from '../../src/domain/chasing.ts'
import { plusMinutes } from '../../src/domain/dates.ts'
import type { Scope } from '../../src/domain/scope.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import * as answers from '../../src/store/answers.ts'
import * as birthdays from '../../src/store/birthdays.ts'
import * as boards from '../../src/store/boards.ts'
import * as contacts from '../../src/store/contacts.ts'
import * as drafts from '../../src/store/drafts.ts'
import { exportedAnswers, exportedRoll } from '../../src/store/exported.ts'
import { writtenPupils } from '../../src/store/exported-transfer.ts'
import * as imports from '../../src/store/imports.ts'
import { ownLayouts, versionsOfLayout } from '../../src/store/layouts.ts'
import { namedSchoolsOf } from '../../src/store/named-schools.ts'
import * as people from '../../src/store/people.ts'
import * as plans from '../../src/store/plans.ts'
import * as pupils from '../../src/store/pupils.ts'
import { settingChecks } from '../../src/store/register.ts'
import * as reminders from '../../src/store/reminders.ts'
import { knownChildren } from '../../src/store/roll.ts'
import * as roundDates from '../../src/store/round-dates.ts'
import * as rounds from '../../src/store/rounds.ts'
import { ownScales, versionsOfScale } from '../../src/store/scales.ts'
import { ownSchools } from '../../src/store/schools.ts'
import { upnsFollowed } from '../../src/store/transfer-match.ts'
import * as transfers from '../../src/store/transfer-record.ts'
import {
  type ChildName,
  type Council,
  childNamed,
  childNames,
  councils,
  day,
  type Letter,
  schools,
  today,
  uniqueOf,
  type Viewer,
  type ViewerName,
  viewerNamed,
  viewerNames,
} from './described.ts'
import { allowedIn, canariesIn, type Known, opensImport } from './known.ts'
import {
  assertedAt,
  calledSchools,
  canariesOf,
  countedAt,
  dueAt,
  isClosedForEver,
  isVouched,
  readsCalls,
  readsDate,
  readsFile,
  relationOf,
  wordsIn,
  worksThere,
} from './oracle.ts'

type Ask = {
  readonly query: NodeRuntime['db']['query']
  readonly scope: Scope
  readonly viewer: Viewer
  readonly known: Known
  readonly now: string
}

/** What a read gave, and, where the oracle knows it, what it ought to have said beside holding no foreign canary. */
type Said = { readonly about: string; readonly gave: unknown; readonly says?: unknown; readonly ought?: unknown }

const numberOf = <Key>(map: ReadonlyMap<Key, { readonly number: number }>, key: Key): number => {
  const found = map.get(key)
  if (!found) throw new Error(`${String(key)} is not in the store`)
  return found.number
}

const letters = schools.map(({ letter }) => letter)

const eachChild = async (
  { known }: Ask,
  ask: (name: ChildName, pupil: { readonly id: string; readonly number: number }) => Promise<Omit<Said, 'about'>>,
): Promise<readonly Said[]> =>
  Promise.all([...known.pupils].map(async ([name, pupil]) => ({ about: name, ...(await ask(name, pupil)) })))

const eachImport = async (
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
const eachRound = async (
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
const noted = ({ viewer }: Ask, at?: string): number =>
  councils.some((council) => readsCalls(viewer, council))
    ? calledSchools.filter((letter) => at === undefined || letter === at).length
    : 0

const eachSchool = async (
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

const isEmpty = (list: readonly unknown[]) => list.length === 0
const allPupils = ({ known }: Ask) => [...known.pupils.values()].map(({ number }) => number)
const allRounds = ({ known }: Ask) => known.rounds.map(({ number }) => number)
const byPupil = <Value>(map: ReadonlyMap<number, Value>, say: (value: Value) => unknown) =>
  [...map].map(([pupil, value]) => ({ pupil, value: say(value) }))
const sorted = (list: readonly string[]) => [...list].sort()

/** Every read of the store that takes a scope, asked for everything there is: by the name it is exported under. */
export const scopedReads: Readonly<Record<string, (ask: Ask) => Promise<readonly Said[]>>> = {
  pupilsOf: async ({ query, scope, viewer, known }) => {
    const gave = await pupils.pupilsOf(query, scope)
    const ought = [...known.pupils].filter(([name]) => relationOf(viewer, name) === 'open').map(([, { id }]) => id)
    return [{ about: '', gave, says: sorted(gave.map(({ id }) => id)), ought: sorted(ought) }]
  },
  pupilById: (ask) =>
    eachChild(ask, async (name, { id }) => {
      const gave = await pupils.pupilById(ask.query, ask.scope, id)
      return { gave, says: gave !== undefined, ought: relationOf(ask.viewer, name) === 'open' }
    }),
  followedPupilById: (ask) =>
    eachChild(ask, async (name, { id }) => {
      const gave = await pupils.followedPupilById(ask.query, ask.scope, id)
      const says = gave ? (gave.open ? 'open' : 'left') : 'closed'
      return { gave, says, ought: relationOf(ask.viewer, name) }
    }),
  pupilsByExactNumber: (ask) =>
    eachChild(ask, async (name) => {
      const { upn } = uniqueOf(name)
      const gave = [
        ...(await pupils.pupilsByExactNumber(ask.query, ask.scope, upn)),
        ...(await pupils.pupilsByExactNumber(ask.query, ask.scope, `RefQx${name}`)),
      ]
      return { gave, says: gave.length, ought: relationOf(ask.viewer, name) === 'open' ? 2 : 0 }
    }),
  detailsOf: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const gave = [...(await pupils.detailsOf(ask.query, ask.scope, number))]
      return { gave, says: !isEmpty(gave), ought: relationOf(ask.viewer, name) === 'open' }
    }),
  detailsOfPupils: async (ask) => {
    const gave = await pupils.detailsOfPupils(ask.query, ask.scope, allPupils(ask), ['surname', 'forename'])
    return [{ about: '', gave: byPupil(gave, (one) => [...one]) }]
  },
  planRows: async (ask) => {
    const gave = await plans.planRows(ask.query, ask.scope, allPupils(ask))
    const ought = childNames.filter((name) => relationOf(ask.viewer, name) === 'open').map((name) => `RatingQx${name}`)
    return [{ about: '', gave, says: sorted(gave.map(({ rating }) => rating ?? '')), ought: sorted(ought) }]
  },
  planDays: async (ask) => {
    const gave = await plans.planDays(ask.query, ask.scope, allPupils(ask))
    const ought = ask.known.pupils.get('onroll')?.number ?? 0
    return [
      {
        about: '',
        gave: byPupil(gave, (one) => one),
        says: gave.has(ought),
        ought: relationOf(ask.viewer, 'onroll') === 'open',
      },
    ]
  },
  planSections: async (ask) => {
    const gave = await plans.planSections(ask.query, ask.scope, allPupils(ask))
    const onroll = ask.known.pupils.get('onroll')?.number ?? 0
    const ought = relationOf(ask.viewer, 'onroll', ask.viewer.part === 'school' ? 'A' : undefined) !== 'closed'
    return [{ about: '', gave, says: gave.some(({ pupil }) => pupil === onroll), ought }]
  },
  careBegan: async (ask) => {
    const gave = await plans.careBegan(ask.query, ask.scope, allPupils(ask))
    const council = ask.viewer.part !== 'school'
    const onroll = ask.known.pupils.get('onroll')?.number ?? 0
    return [
      {
        about: '',
        gave: byPupil(gave, (one) => one),
        says: gave.has(onroll),
        ought: council && relationOf(ask.viewer, 'onroll') === 'open',
      },
    ]
  },
  referencesOfPupils: async (ask) => {
    const gave = await pupils.referencesOfPupils(ask.query, ask.scope, allPupils(ask))
    const own = childNames.filter((name) => ask.viewer.part !== 'school' && relationOf(ask.viewer, name) === 'open')
    const ought = sorted(own.map((name) => `RefQx${name}`))
    return [{ about: '', gave: byPupil(gave, (one) => one), says: sorted([...gave.values()]), ought }]
  },
  placesOf: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const gave = await pupils.placesOf(ask.query, ask.scope, number)
      const atSchool = ask.viewer.part === 'school'
      const own = childNamed(name).places.filter(
        ({ at }) => relationOf(ask.viewer, name, atSchool ? at : undefined) !== 'closed',
      )
      return {
        gave,
        says: sorted(gave.map(({ firstDay }) => firstDay)),
        ought: sorted(own.map((one) => day(one.from))),
      }
    }),
  carePeriodsOf: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const gave = await pupils.carePeriodsOf(ask.query, ask.scope, number)
      const ought = ask.viewer.part !== 'school' && relationOf(ask.viewer, name) === 'open'
      return { gave, says: !isEmpty(gave), ought }
    }),
  assertedCounts: async ({ query, scope, viewer }) => {
    const gave = await pupils.assertedCounts(query, scope)
    const ought = letters.flatMap((at) =>
      councils.flatMap((council) => {
        const count = isVouched(viewer, at, council) ? assertedAt(at, council).length : 0
        return count === 0 ? [] : [`${at} ${council} ${count}`]
      }),
    )
    const letterOf = (name: string) => schools.find((one) => one.name === name)?.letter
    const says = gave.map((one) => `${letterOf(one.school)} ${one.council.slice(-3)} ${one.count}`)
    return [{ about: '', gave, says: sorted(says), ought: sorted(ought) }]
  },
  assertedToCompare: async ({ query, scope, viewer, known }) =>
    Promise.all(
      letters.flatMap((at) =>
        councils.map(async (council): Promise<Said> => {
          const [school, virtualSchool] = [numberOf(known.schools, at), numberOf(known.councils, council)]
          const found = await pupils.assertedToCompare(query, scope, school, virtualSchool)
          const ought = isVouched(viewer, at, council) ? assertedAt(at, council).map((name) => `SurQx${name}`) : []
          return {
            about: `${at} ${council}`,
            gave: [],
            says: sorted(found.map(({ surname }) => surname)),
            ought: sorted(ought),
          }
        }),
      ),
    ),
  placesToConfirm: async ({ query, scope, viewer }) => {
    const gave = await pupils.placesToConfirm(query, scope)
    const own: Council | undefined = viewer.part === 'school' ? undefined : viewer.part.of
    const ought = own
      ? letters.flatMap((at) => assertedAt(at, own)).filter((name) => relationOf(viewer, name) === 'open')
      : []
    return [
      {
        about: '',
        gave,
        says: sorted(gave.map(({ surname }) => surname)),
        ought: sorted(ought.map((name) => `SurQx${name}`)),
      },
    ]
  },
  blindTriesSince: async ({ query, scope, viewer, known, now }) =>
    Promise.all(
      letters.map(async (at): Promise<Said> => {
        const since = plusMinutes(now as never, -60)
        const says = await pupils.blindTriesSince(query, scope, numberOf(known.schools, at), since)
        return { about: at, gave: [], says, ought: at === 'B' && worksThere(viewer, 'B') ? 1 : 0 }
      }),
    ),
  ownPupilsAtSchools: async ({ query, scope, viewer, known }) => {
    const gave = await pupils.ownPupilsAtSchools(query, scope)
    const says = letters.map((at) => gave.get(numberOf(known.schools, at)) ?? 0)
    return [{ about: '', gave: [], says, ought: letters.map((at) => countedAt(viewer, at)) }]
  },
  deniedPlaces: async ({ query, scope, viewer }) => {
    const gave = await pupils.deniedPlaces(query, scope)
    return [
      { about: '', gave: [], says: gave.size, ought: viewer.part !== 'school' && viewer.part.of === '992' ? 1 : 0 },
    ]
  },
  placeAt: async (ask) =>
    (
      await Promise.all(
        letters.map((at) =>
          eachChild(ask, async (name, { number }) => {
            const school = numberOf(ask.known.schools, at)
            const says = await pupils.placeAt(ask.query, ask.scope, number, school, day(-2000))
            const there = childNamed(name).places.some((one) => one.at === at)
            return { gave: [], says, ought: there && relationOf(ask.viewer, name) === 'open' }
          }),
        ),
      )
    ).flat(),
  dueRows: async (ask) => {
    const open = ask.known.rounds.filter(({ closed }) => !closed).map(({ number }) => number)
    const gave = await answers.dueRows(ask.query, ask.scope, open)
    const all = await answers.dueRows(ask.query, ask.scope, allRounds(ask))
    return [
      { about: 'all rounds', gave: all },
      ...letters.map((at): Said => {
        const here = gave.filter(({ school }) => school === numberOf(ask.known.schools, at))
        const ought = dueAt(ask.viewer, at).map((name) => `SurQx${name}`)
        return { about: at, gave: here, says: sorted(here.map(({ surname }) => surname)), ought: sorted(ought) }
      }),
    ]
  },
  draftsInRounds: async (ask) => {
    const gave = await drafts.draftsInRounds(ask.query, ask.scope, allRounds(ask), allPupils(ask))
    return [{ about: '', gave, says: isEmpty(gave), ought: ask.viewer.part !== 'school' || isEmpty(gave) }]
  },
  handovers: async ({ query, scope, viewer }) => {
    const gave = await drafts.handovers(query, scope)
    return [
      {
        about: '',
        gave,
        says: gave.length,
        ought: (['A', 'B'] as const).filter((at) => worksThere(viewer, at)).length,
      },
    ]
  },
  ownLayouts: async ({ query, scope, viewer, known }) => {
    const gave = await ownLayouts(query, scope)
    const ought = known.layouts.filter(({ at }) => worksThere(viewer, at)).map(({ id }) => id)
    return [{ about: '', gave, says: sorted(gave.map(({ id }) => id)), ought: sorted(ought) }]
  },
  versionsOfLayout: async ({ query, scope, viewer, known }) =>
    Promise.all(
      known.layouts.map(async ({ id, at }) => {
        const gave = await versionsOfLayout(query, scope, id)
        return { about: at, gave, says: gave.length, ought: worksThere(viewer, at) ? 1 : 0 }
      }),
    ),
  ownScales: async ({ query, scope, viewer, known }) => {
    const gave = await ownScales(query, scope)
    const ought = known.scales.filter(({ at }) => worksThere(viewer, at)).map(({ id }) => id)
    return [{ about: '', gave, says: sorted(gave.map(({ id }) => id)), ought: sorted(ought) }]
  },
  versionsOfScale: async ({ query, scope, viewer, known }) =>
    Promise.all(
      known.scales.map(async ({ id, at }) => {
        const gave = await versionsOfScale(query, scope, id)
        return { about: at, gave, says: gave.length, ought: worksThere(viewer, at) ? 1 : 0 }
      }),
    ),
  bandSources: async (ask) => {
    const items = ['answered_by_name', 'child_view_words']
    return [{ about: '', gave: await answers.bandSources(ask.query, ask.scope, allRounds(ask), allPupils(ask), items) }]
  },
  gradesSeen: async (ask) => {
    const items = ['answered_by_name', 'child_view_words']
    return [{ about: '', gave: await answers.gradesSeen(ask.query, ask.scope, items) }]
  },
  answersInRounds: async (ask) => [
    { about: '', gave: await answers.answersInRounds(ask.query, ask.scope, allRounds(ask), allPupils(ask)) },
  ],
  latestAnswers: async (ask) => {
    const items = ['answered_by_name', 'child_view_words']
    return [{ about: '', gave: await answers.latestAnswers(ask.query, ask.scope, allPupils(ask), items) }]
  },
  answerHistory: (ask) =>
    eachChild(ask, async (_, { number }) => ({ gave: await answers.answerHistory(ask.query, ask.scope, number) })),
  transferRecordOf: (ask) =>
    eachChild(ask, async (_, { number }) => ({
      gave: await transfers.transferRecordOf(ask.query, ask.scope, number),
    })),
  namedSchoolsOf: (ask) =>
    eachChild(ask, async (_, { number }) => ({ gave: await namedSchoolsOf(ask.query, ask.scope, number) })),
  statedForReturns: async (ask) => [
    { about: '', gave: await transfers.statedForReturns(ask.query, ask.scope, allPupils(ask)) },
  ],
  resultsForReturns: async (ask) => [
    { about: '', gave: await transfers.resultsForReturns(ask.query, ask.scope, allPupils(ask)) },
  ],
  writtenPupils: async (ask) => [{ about: '', gave: await writtenPupils(ask.query, ask.scope, 'all') }],
  upnsFollowed: async (ask) => [{ about: '', gave: await upnsFollowed(ask.query, ask.scope) }],
  unmatchedCount: async ({ query, scope, viewer }) => [
    {
      about: '',
      gave: [],
      says: await answers.unmatchedCount(query, scope),
      ought: readsFile(viewer, 'Filesecond', '991') ? 1 : 0,
    },
  ],
  answersOfRounds: async (ask) => {
    const items = ['answered_by_name', 'child_view_words']
    return [{ about: '', gave: await answers.answersOfRounds(ask.query, ask.scope, allPupils(ask), items) }]
  },
  pupilsBehind: async (ask) => {
    const references = ask.known.references.map(({ id }) => id)
    const gave = await answers.pupilsBehind(ask.query, ask.scope, references)
    const ought = ask.known.references.filter(
      ({ child, at }) => relationOf(ask.viewer, child, ask.viewer.part === 'school' ? at : undefined) !== 'closed',
    )
    return [
      {
        about: '',
        gave,
        says: sorted(gave.map(({ reference }) => reference)),
        ought: sorted(ought.map(({ id }) => id)),
      },
    ]
  },
  birthdaysSent: async (ask) => {
    const of = ask.viewer.part
    const compares = of !== 'school' && ['head', 'officer'].includes(of.role)
    const ofFiles = await eachImport(ask, async ({ number, council, file, state, rows }) => {
      const gave = await birthdays.birthdaysSent(ask.query, ask.scope, { importNumber: number })
      const may = compares && of.of === council && file !== null && state === 'published' && rows.length > 0
      return { gave, says: may || isEmpty(gave), ought: true }
    })
    const ofChildren = await eachChild(ask, async (name, { number }) => {
      const gave = await birthdays.birthdaysSent(ask.query, ask.scope, { pupil: number })
      const may = compares && relationOf(ask.viewer, name) === 'open'
      const sent = name === 'onroll' ? !isEmpty(gave) : may
      return { gave, says: may ? sent : isEmpty(gave), ought: true }
    })
    return [...ofFiles, ...ofChildren]
  },
  pupilFacts: async (ask) => [
    { about: '', gave: byPupil(await answers.pupilFacts(ask.query, ask.scope, allPupils(ask)), (one) => [...one]) },
  ],
  importsOf: async ({ query, scope, viewer, known }) => {
    const gave = await imports.importsOf(query, scope)
    const ought = known.imports.filter((one) => opensImport(viewer, one)).map(({ id }) => id)
    return [{ about: '', gave, says: sorted(gave.map(({ id }) => id)), ought: sorted(ought) }]
  },
  waitingReturns: async ({ query, scope, viewer, known }) => {
    const gave = await imports.waitingReturns(query, scope)
    const ought = known.imports.filter((one) => one.state === 'staged' && opensImport(viewer, one))
    return [
      {
        about: '',
        gave,
        says: sorted(gave.map(({ deliveryId }) => deliveryId)),
        ought: sorted(ought.map(({ delivery }) => delivery.id)),
      },
    ]
  },
  importById: (ask) =>
    eachImport(ask, async ({ id }, ought) => {
      const gave = await imports.importById(ask.query, ask.scope, id)
      return { gave, says: gave !== undefined, ought }
    }),
  importsOfDelivery: (ask) =>
    eachImport(ask, async ({ delivery, id }, ought) => {
      const gave = await imports.importsOfDelivery(ask.query, ask.scope, delivery.id)
      return { gave, says: gave.some((one) => one.id === id), ought }
    }),
  rowsOfImport: (ask) =>
    eachImport(ask, async ({ number }, opens) => {
      const gave = await imports.rowsOfImport(ask.query, ask.scope, number)
      return { gave, says: opens || isEmpty(gave), ought: true }
    }),
  unmatchedRows: async ({ query, scope, viewer }) => {
    const gave = await imports.unmatchedRows(query, scope)
    return [{ about: '', gave, says: gave.length, ought: readsFile(viewer, 'Filesecond', '991') ? 1 : 0 }]
  },
  findingsOf: (ask) =>
    eachImport(ask, async ({ number, file, council }, opens) => {
      const gave = await imports.findingsOf(ask.query, ask.scope, number)
      // In the second council's part of the draft one cell is too long: whoever reads the part reads that.
      const ought = file === 'Filedraft' && council === '992' ? opens : opens && !isEmpty(gave)
      return { gave, says: !isEmpty(gave), ought }
    }),
  factsOfImport: (ask) =>
    eachImport(ask, async ({ number }, opens) => {
      const gave = await imports.factsOfImport(ask.query, ask.scope, number)
      return { gave, says: opens || isEmpty(gave), ought: true }
    }),
  eventsOf: (ask) =>
    eachImport(ask, async ({ number }, opens) => {
      const gave = await imports.eventsOf(ask.query, ask.scope, number)
      return { gave, says: opens || isEmpty(gave), ought: true }
    }),
  restedOn: (ask) =>
    eachImport(ask, async ({ number }, opens) => {
      const gave = await imports.restedOn(ask.query, ask.scope, number)
      const nothing = gave.facts + gave.pupils + gave.confirmations + gave.receipts.length === 0
      return { gave, says: opens || nothing, ought: true }
    }),
  closedRowsInDelivery: async ({ query, scope, viewer, known }) => {
    const one = known.imports.find(({ file }) => file === 'Filefirst')
    const count = await imports.closedRowsInDelivery(query, scope, one?.delivery.number ?? 0)
    const held = childNames.filter((name) => firstFileHolds(name))
    const says = count
    return [
      {
        about: 'Filefirst',
        gave: [],
        says,
        ought: held.filter((name) => relationOf(viewer, name) === 'closed').length,
      },
    ]
  },
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
  countedBoard: (ask) =>
    eachRound(ask, async (round) => (await boards.countedBoard(ask.query, ask.scope, round)) ?? []),
  staleSchools: (ask) => eachRound(ask, (round) => boards.staleSchools(ask.query, ask.scope, round)),
  countedSchools: (ask) => eachRound(ask, (round) => boards.countedSchools(ask.query, ask.scope, round)),
  countedItems: (ask) =>
    eachRound(ask, async (round) => [...(await boards.countedItems(ask.query, ask.scope, round)).keys()]),
  pupilsPlacedAt: async ({ query, scope, viewer, known }) => {
    const gave = await boards.pupilsPlacedAt(
      query,
      scope,
      letters.map((at) => numberOf(known.schools, at)),
    )
    const ought = [...known.pupils].filter(
      ([name]) => relationOf(viewer, name) === 'open' && childNamed(name).places.length > 0,
    )
    return [
      {
        about: '',
        gave: gave.map((pupil) => ({ pupil })),
        says: gave.length,
        ought: ought.length,
      },
    ]
  },
  guardedPupils: async ({ query, scope, viewer, known }) => {
    const gave = await boards.guardedPupils(query, scope)
    const ought = [...known.pupils].filter(
      ([name]) => childNamed(name).noDisclose && relationOf(viewer, name) === 'open',
    )
    return [{ about: '', gave: gave.map((pupil) => ({ pupil })), says: gave.length, ought: ought.length }]
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
}

/** The children in the first school's autumn file: there two days ago, in care, and not sealed then. */
const firstFileHolds = (name: ChildName): boolean => {
  const { council, places, careBegins, sealed } = childNamed(name)
  const there = places.some((one) => one.at === 'A' && !('asserted' in one) && one.from <= -2 && (one.to ?? 0) >= -30)
  return there && council !== '993' && careBegins === undefined && (!sealed || name === 'guarded')
}

/** Text to look through, in which a pupil's number can be told from any other. */
const textOf = (gave: unknown): string =>
  JSON.stringify(gave, (key, value) =>
    (key === 'pupil' || key === 'pupilNumber') && typeof value === 'number' ? `pupil${value}` : value,
  ) ?? ''

const scopeOf = (known: Known, name: ViewerName, now: string): Scope => {
  const { person, part } = viewerNamed(name)
  return scopeFor(
    numberOf(known.people, person),
    part === 'school'
      ? { kind: 'school' }
      : { kind: 'council', virtualSchool: numberOf(known.councils, part.of), role: part.role as 'head' },
    now as never,
  )
}

export type Reading = { readonly asked: number; readonly wrong: readonly string[] }

/** Asks every read for everything as every viewer, and holds what comes back against the oracle. */
export const askReads = async (runtime: NodeRuntime, known: Known, stopAtFirst: boolean): Promise<Reading> => {
  const wrong: string[] = []
  let asked = 0
  const canaries = canariesIn(known)
  for (const name of viewerNames) {
    const viewer = viewerNamed(name)
    const allowed = allowedIn(known, viewer, 'store')
    const scope = scopeOf(known, name, runtime.now())
    const ask: Ask = { query: runtime.db.query, scope, viewer, known, now: runtime.now() }
    for (const [read, run] of Object.entries(scopedReads)) {
      for (const { about, gave, says, ought } of await run(ask)) {
        asked += 1
        const where = `${name} asks ${read}${about === '' ? '' : ` of ${about}`}`
        if (JSON.stringify(says) !== JSON.stringify(ought))
          wrong.push(`${where}: ${JSON.stringify(says)}, not ${JSON.stringify(ought)}`)
        const words = wordsIn(textOf(gave))
        const leaked = canaries.find((canary) => words.has(canary) && !allowed.has(canary))
        if (leaked) wrong.push(`${where}: reads ${leaked}`)
      }
      if (stopAtFirst && wrong.length > 0) return { asked, wrong }
    }
  }
  return { asked, wrong }
}

/** The reads that serve no one person: an operator's export, and the roll a file is matched with. Nothing sealed is there. */
export const askUnscoped = async (runtime: NodeRuntime, known: Known): Promise<Reading> => {
  const { query } = runtime.db
  const wrong: string[] = []
  const closed = childNames.filter(isClosedForEver)
  const words = wordsIn(JSON.stringify([await exportedAnswers(query), await exportedRoll(query)]))
  for (const name of closed)
    if (canariesOf(name).some((canary) => words.has(canary))) wrong.push(`an export holds ${name}`)
  for (const council of councils) {
    const own = childNames.filter((name) => childNamed(name).council === council)
    const references = own.map((name) => `RefQx${name}`)
    const { rows, upns } = await knownChildren(query, numberOf(known.councils, council), today, references)
    for (const name of own) {
      const sealed = closed.includes(name)
      if (rows.find(({ reference }) => reference === `RefQx${name}`)?.sealed !== sealed)
        wrong.push(`the roll has ${name} ${sealed ? 'not sealed' : 'sealed'}`)
      if (upns.has(uniqueOf(name).upn) === sealed)
        wrong.push(`the roll ${sealed ? 'knows' : 'lacks'} the UPN of ${name}`)
    }
  }
  return { asked: closed.length + 2 * childNames.length, wrong }
}
