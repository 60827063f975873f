import { plusMinutes } from '../../src/domain/dates.ts'
import * as boards from '../../src/store/boards.ts'
import * as plans from '../../src/store/plans.ts'
import * as pupils from '../../src/store/pupils.ts'
import {
  allPupils,
  byPupil,
  eachChild,
  eachRound,
  isEmpty,
  letters,
  numberOf,
  type Reads,
  type Said,
  sorted,
} from './ask.ts'
import { type Council, childNamed, childNames, councils, day, schools, uniqueOf } from './described.ts'
import { assertedAt, countedAt, isVouched, relationOf, worksThere } from './oracle.ts'

/** Every read of pupils, their places, care and plans, and of kept boards. */
export const readsOfPupils: Reads = {
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
}
