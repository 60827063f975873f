import * as answers from '../../src/store/answers.ts'
import * as birthdays from '../../src/store/birthdays.ts'
import * as importRows from '../../src/store/import-rows.ts'
import * as imports from '../../src/store/imports.ts'
import { ownLayouts, versionsOfLayout } from '../../src/store/layouts.ts'
import { ownScales, versionsOfScale } from '../../src/store/scales.ts'
import { eachChild, eachImport, isEmpty, type Reads, sorted } from './ask.ts'
import { type ChildName, childNamed, childNames } from './described.ts'
import { opensImport } from './known.ts'
import { readsFile, relationOf, worksThere } from './oracle.ts'

/** The children in the first school's autumn file: there two days ago, in care, and not sealed then. */
const firstFileHolds = (name: ChildName): boolean => {
  const { council, places, careBegins, sealed } = childNamed(name)
  const there = places.some((one) => one.at === 'A' && !('asserted' in one) && one.from <= -2 && (one.to ?? 0) >= -30)
  return there && council !== '993' && careBegins === undefined && (!sealed || name === 'guarded')
}

/** Every read of files and rows, and of how a school’s own files are read. */
export const readsOfFiles: Reads = {
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
  unmatchedCount: async ({ query, scope, viewer }) => [
    {
      about: '',
      gave: [],
      says: await answers.unmatchedCount(query, scope),
      ought: readsFile(viewer, 'Filesecond', '991') ? 1 : 0,
    },
  ],
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
      const gave = await importRows.rowsOfImport(ask.query, ask.scope, number)
      return { gave, says: opens || isEmpty(gave), ought: true }
    }),
  unmatchedRows: async ({ query, scope, viewer }) => {
    const gave = await importRows.unmatchedRows(query, scope)
    return [{ about: '', gave, says: gave.length, ought: readsFile(viewer, 'Filesecond', '991') ? 1 : 0 }]
  },
  findingsOf: (ask) =>
    eachImport(ask, async ({ number, file, council }, opens) => {
      const gave = await importRows.findingsOf(ask.query, ask.scope, number)
      // In the second council's part of the draft one cell is too long: whoever reads the part reads that.
      const ought = file === 'Filedraft' && council === '992' ? opens : opens && !isEmpty(gave)
      return { gave, says: !isEmpty(gave), ought }
    }),
  factsOfImport: (ask) =>
    eachImport(ask, async ({ number }, opens) => {
      const gave = await importRows.factsOfImport(ask.query, ask.scope, number)
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
}
