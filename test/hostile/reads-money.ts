import { instant } from '../../src/domain/dates.ts'
import * as applications from '../../src/store/applications.ts'
import * as evidence from '../../src/store/evidence.ts'
import * as fundingRules from '../../src/store/funding-rules.ts'
import * as gates from '../../src/store/gates.ts'
import { judgementsAround } from '../../src/store/impact.ts'
import * as incentives from '../../src/store/incentives.ts'
import * as moneyToDo from '../../src/store/money-to-do.ts'
import * as movements from '../../src/store/movements.ts'
import * as paidFiles from '../../src/store/paid-files.ts'
import * as panel from '../../src/store/panel.ts'
import * as payRuns from '../../src/store/pay-runs.ts'
import { payeesOf } from '../../src/store/payees.ts'
import * as payments from '../../src/store/payments.ts'
import * as runChildren from '../../src/store/run-children.ts'
import { paymentsToSettle } from '../../src/store/settlements.ts'
import * as surveys from '../../src/store/surveys.ts'
import { reportedPayments, useReportsOf, usesOfPayments } from '../../src/store/use-reports.ts'
import { type Ask, allPupils, eachChild, isEmpty, type Reads, type Said, sorted } from './ask.ts'
import { childNamed, childNames, councils, today } from './described.ts'
import type { Known } from './known.ts'
import { relationOf } from './oracle.ts'
import { leaves, opensApplication, seesFundOf, seesPayment, speaksFor } from './oracle-money.ts'
import { companion } from './world-money.ts'

const long = instant(Date.parse('2020-01-01T00:00:00Z'))
const bands = ['english_band', 'reading_band', 'mathematics_band', 'status']

const opened = ({ known, viewer }: Ask): Known['applications'] =>
  known.applications.filter(({ child, at }) => opensApplication(viewer, child, at))
const numbers = (of: readonly { readonly number: number }[]) => of.map(({ number }) => number)
const all = ({ known }: Ask) => numbers(known.applications)
const inOrder = (of: readonly number[]) => [...new Set(of)].sort((one, other) => one - other)

/** What a read of every application gave, held to the ones the viewer may open. */
const only = (ask: Ask, gave: readonly { readonly application: number }[], ought = opened(ask)): readonly Said[] => [
  { about: '', gave, says: inOrder(gave.map(({ application }) => application)), ought: inOrder(numbers(ought)) },
]

/** Nobody learns of the child that nobody may open, by an application for another. */
const without = (ask: Ask, gave: readonly { readonly pupil: number }[]): boolean =>
  gave.every(({ pupil }) => pupil !== ask.known.pupils.get(companion)?.number)

const isTeamOf = ({ viewer }: Ask) => viewer.part !== 'school'
const seen = ({ known, viewer }: Ask) =>
  known.payments.filter(({ council, at }) => seesPayment(viewer, council, at)).map(({ number }) => number)
/** The payments by entitlement that the viewer may see, of the children whom the viewer may know. */
const ofOwnChildren = ({ known, viewer }: Ask, which: (one: Known['payments'][number]) => boolean = () => true) =>
  inOrder(
    numbers(
      known.payments
        .filter(
          ({ run, child, council, at }) =>
            run && child && seesPayment(viewer, council, at) && opensApplication(viewer, child, at),
        )
        .filter(which),
    ),
  )
const term = { academicYear: 2026, term: 'autumn', termFrom: today } as const
const fundOfOwn = (ask: Ask) => councils.some((council) => seesFundOf(ask.viewer, council))
/** What belongs to the fund is there for who sees it, and for nobody else. */
const ofFund = (ask: Ask, gave: readonly unknown[]): readonly Said[] => [
  { about: '', gave, says: isEmpty(gave), ought: !fundOfOwn(ask) },
]

/** Every read of applications, payments, the fund and pay runs. */
export const readsOfMoney: Reads = {
  applicationsOf: async (ask) => {
    const gave = await applications.applicationsOf(ask.query, ask.scope)
    return [{ about: '', gave, says: inOrder(numbers(gave)), ought: inOrder(numbers(opened(ask))) }]
  },
  applicationsForPupil: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const gave = await applications.applicationsForPupil(ask.query, ask.scope, number)
      const ought = opened(ask).filter(({ child }) => child === name)
      return { gave, says: inOrder(numbers(gave)), ought: inOrder(numbers(ought)) }
    }),
  applicationById: async (ask) =>
    Promise.all(
      ask.known.applications.map(async ({ id, child, at }): Promise<Said> => {
        const gave = await applications.applicationById(ask.query, ask.scope, id)
        const ought = opensApplication(ask.viewer, child, at)
        return { about: `${child} at ${at}`, gave, says: gave !== undefined, ought }
      }),
    ),
  applicationByNumber: async (ask) =>
    Promise.all(
      ask.known.applications.map(async ({ number, child, at }): Promise<Said> => {
        const gave = await applications.applicationByNumber(ask.query, ask.scope, number)
        const ought = opensApplication(ask.viewer, child, at)
        return { about: `${child} at ${at}`, gave, says: gave !== undefined, ought }
      }),
    ),
  pupilsOfApplications: async (ask) =>
    only(ask, await applications.pupilsOfApplications(ask.query, ask.scope, all(ask))),
  eventsOfApplications: async (ask) =>
    only(ask, await applications.eventsOfApplications(ask.query, ask.scope, all(ask))),
  askedSince: async (ask) => {
    const asked = { pupils: allPupils(ask), intervention: 'therapeutic', since: long }
    const gave = await applications.askedSince(ask.query, ask.scope, asked)
    const other = { ...asked, pupils: [ask.known.pupils.get(companion)?.number ?? 0] }
    const ofOther = await applications.askedSince(ask.query, ask.scope, other)
    return [
      { about: '', gave, says: gave.length, ought: opened(ask).length },
      { about: companion, gave: ofOther, says: ofOther.length, ought: 0 },
    ]
  },
  pupilsToAskFor: async (ask) => {
    const gave = await applications.pupilsToAskFor(ask.query, ask.scope)
    return [{ about: '', gave, says: isTeamOf(ask) ? gave.length : 0, ought: 0 }]
  },
  gateOfApplications: async (ask) => {
    const gave = await gates.gateOfApplications(ask.query, ask.scope, { applications: all(ask), ...term })
    const says = [...gave.values()].every(({ children }) => children === 1)
    return [...only(ask, [...gave.values()]), { about: 'children', gave: [], says, ought: true }]
  },
  gateOfPayments: async (ask) => {
    const gave = await gates.gateOfPayments(ask.query, ask.scope, { payments: numbers(ask.known.payments), ...term })
    const byApplication = new Set(ask.known.payments.filter(({ run }) => !run).map(({ number }) => number))
    return [
      {
        ...{ about: '', gave: [...gave.keys()], says: inOrder([...gave.keys()]) },
        ought: inOrder(seen(ask).filter((number) => byApplication.has(number))),
      },
    ]
  },
  useReportsOf: async (ask) =>
    only(
      ask,
      await useReportsOf(ask.query, ask.scope, all(ask)),
      opened(ask).filter(({ paid }) => paid),
    ),
  gateOfEntitlements: async (ask) => {
    const given = { payments: numbers(ask.known.payments), termFrom: today }
    const gave = [...(await gates.gateOfEntitlements(ask.query, ask.scope, given)).keys()]
    const byRun = new Set(ask.known.payments.filter(({ run }) => run).map(({ number }) => number))
    return [{ about: '', gave, says: inOrder(gave), ought: inOrder(seen(ask).filter((number) => byRun.has(number))) }]
  },
  reportedPayments: async (ask) => {
    const gave = [...(await reportedPayments(ask.query, ask.scope))]
    const toReport = new Set(ask.known.payments.filter((one) => one.toReport).map(({ number }) => number))
    const ought = seen(ask).filter((number) => !toReport.has(number))
    return [{ about: '', gave: [], says: inOrder(gave), ought: inOrder(ought) }]
  },
  usesOfPayments: async (ask) => {
    const gave = await usesOfPayments(ask.query, ask.scope, numbers(ask.known.payments))
    return [
      {
        about: '',
        gave,
        says: inOrder(gave.map(({ payment }) => payment)),
        ought: ofOwnChildren(ask, ({ toReport }) => !toReport),
      },
    ]
  },
  judgementsAround: async (ask) => {
    const gave = await judgementsAround(ask.query, ask.scope, bands)
    const may = new Set(isTeamOf(ask) ? numbers(opened(ask)) : [])
    return [
      {
        about: '',
        gave,
        says: gave.every(({ application }) => may.has(application)) && without(ask, gave),
        ought: true,
      },
    ]
  },
  evidenceOf: async (ask) =>
    only(
      ask,
      await evidence.evidenceOf(ask.query, ask.scope, all(ask)),
      opened(ask).filter(({ paid }) => paid),
    ),
  evidenceById: async (ask) =>
    Promise.all(
      ask.known.evidence.map(async ({ id, child, at }): Promise<Said> => {
        const gave = await evidence.evidenceById(ask.query, ask.scope, id)
        return {
          about: `${child} at ${at}`,
          gave,
          says: gave !== undefined,
          ought: opensApplication(ask.viewer, child, at),
        }
      }),
    ),
  incentivePupils: async (ask) => {
    const gave = await incentives.incentivePupils(ask.query, ask.scope)
    const ought = childNames.filter(
      (name) =>
        childNamed(name).year === '11' &&
        childNamed(name).places.some(
          ({ at, asserted }) => !asserted && relationOf(ask.viewer, name, isTeamOf(ask) ? undefined : at) !== 'closed',
        ),
    )
    return [{ about: '', gave, says: gave.length, ought: ought.length }]
  },
  incentiveEvents: async (ask) => [{ about: '', gave: await incentives.incentiveEvents(ask.query, ask.scope) }],
  incentivePayments: async (ask) => {
    const gave = await incentives.incentivePayments(ask.query, ask.scope)
    return [{ about: '', gave: [], says: gave.length, ought: fundOfOwn(ask) ? 1 : 0 }]
  },
  surveysOf: async (ask) => ofFund(ask, await surveys.surveysOf(ask.query, ask.scope)),
  surveysToAnswer: async (ask) => {
    const gave = await surveys.surveysToAnswer(ask.query, ask.scope)
    const paid = new Set(
      ask.known.payments
        .filter(({ council, at }) => ask.viewer.part === 'school' && seesPayment(ask.viewer, council, at))
        .map(({ council, at }) => `${council} ${at}`),
    )
    return [{ about: '', gave, says: gave.length, ought: paid.size }]
  },
  answersToSurvey: async (ask) =>
    Promise.all(
      ask.known.surveys.map(async ({ id, council }): Promise<Said> => {
        const gave = await surveys.answersToSurvey(ask.query, ask.scope, id)
        const says = gave.map(({ school }) => school)
        return { about: council, gave, says, ought: seesFundOf(ask.viewer, council) ? [null] : [] }
      }),
    ),
  ownSurveyAnswers: async (ask) => {
    const gave = await surveys.ownSurveyAnswers(ask.query, ask.scope)
    return [{ about: '', gave, says: isTeamOf(ask) ? gave.length : 0, ought: 0 }]
  },
  paymentsToSettle: async (ask) => {
    const gave = await paymentsToSettle(ask.query, ask.scope)
    const ought = ask.known.payments.filter(
      (one) =>
        leaves(one) &&
        one.child &&
        seesPayment(ask.viewer, one.council, one.at) &&
        isTeamOf(ask) &&
        opensApplication(ask.viewer, one.child, one.at),
    )
    return [{ about: '', gave, says: inOrder(gave.map(({ payment }) => payment)), ought: inOrder(numbers(ought)) }]
  },
  agendaSince: async (ask) => {
    const gave = await panel.agendaSince(ask.query, ask.scope, today)
    return only(ask, gave, isTeamOf(ask) ? opened(ask).filter(({ at }) => at === 'A') : [])
  },
  isOnAgenda: async (ask) =>
    Promise.all(
      ask.known.applications.map(async ({ number, child, at }): Promise<Said> => {
        const says = await panel.isOnAgenda(ask.query, ask.scope, number)
        return {
          about: `${child} at ${at}`,
          gave: [],
          says,
          ought: at === 'A' && opensApplication(ask.viewer, child, at),
        }
      }),
    ),
  isAskedByViewer: async (ask) =>
    Promise.all(
      ask.known.applications.map(async ({ number, child, at }): Promise<Said> => {
        const { viewer } = ask
        return {
          about: `${child} at ${at}`,
          gave: [],
          says: await panel.isAskedByViewer(ask.query, ask.scope, number),
          ought: opensApplication(viewer, child, at) && speaksFor(viewer, at),
        }
      }),
    ),
  interestsIn: async (ask) => {
    const gave = await panel.interestsIn(ask.query, ask.scope, all(ask))
    return only(ask, gave, isTeamOf(ask) ? opened(ask).filter(({ child }) => child === 'dual') : [])
  },
  attainmentFor: async (ask) =>
    Promise.all(
      ask.known.applications.map(async ({ number, child, at }): Promise<Said> => {
        const gave = await panel.attainmentFor(ask.query, ask.scope, number, bands)
        const may = isTeamOf(ask) && opensApplication(ask.viewer, child, at)
        return {
          about: `${child} at ${at}`,
          gave: may ? [] : gave,
          says: (may && without(ask, gave)) || isEmpty(gave),
          ought: true,
        }
      }),
    ),
  childrenSince: async (ask) =>
    Promise.all(
      ask.known.applications.map(async ({ number, child, at }): Promise<Said> => {
        const gave = await panel.childrenSince(ask.query, ask.scope, number)
        const may = isTeamOf(ask) && opensApplication(ask.viewer, child, at)
        return { about: `${child} at ${at}`, gave: [], says: gave.length, ought: may ? 1 : 0 }
      }),
    ),
  toTellOf: async (ask) =>
    Promise.all(
      ask.known.applications.map(async ({ number, child, at }): Promise<Said> => {
        const gave = await panel.toTellOf(ask.query, ask.scope, number)
        const may = isTeamOf(ask) && opensApplication(ask.viewer, child, at)
        return { about: `${child} at ${at}`, gave, says: may || isEmpty(gave), ought: true }
      }),
    ),
  paymentsOf: async (ask) => {
    const gave = await payments.paymentsOf(ask.query, ask.scope)
    return [{ about: '', gave, says: inOrder(numbers(gave)), ought: inOrder(seen(ask)) }]
  },
  applicationsToDo: async (ask) => {
    const gave = await moneyToDo.applicationsToDo(ask.query, ask.scope)
    const ought = isTeamOf(ask) ? [] : opened(ask).filter(({ asked }) => asked)
    return only(ask, gave, ought)
  },
  entitlementsToReport: async (ask) => {
    const gave = await moneyToDo.entitlementsToReport(ask.query, ask.scope)
    const ought = isTeamOf(ask)
      ? []
      : ask.known.payments.filter(
          ({ toReport, child, council, at }) =>
            toReport && child && seesPayment(ask.viewer, council, at) && opensApplication(ask.viewer, child, at),
        )
    return [{ about: '', gave, says: inOrder(gave.map(({ payment }) => payment)), ought: inOrder(numbers(ought)) }]
  },
  entitlementsForPupil: (ask) =>
    eachChild(ask, async (name, { number }) => {
      const gave = await payments.entitlementsForPupil(ask.query, ask.scope, number)
      const ought = ask.known.payments.filter(
        ({ run, child, council, at }) =>
          run && child === name && seesPayment(ask.viewer, council, at) && opensApplication(ask.viewer, name, at),
      )
      return { gave, says: inOrder(numbers(gave)), ought: inOrder(numbers(ought)) }
    }),
  paymentsForApplications: async (ask) => {
    const gave = await payments.paymentsForApplications(ask.query, ask.scope, all(ask))
    const byRun = new Set(ask.known.payments.filter(({ run }) => run).map(({ number }) => number))
    const ought = seen(ask).filter((number) => !byRun.has(number))
    return [{ about: '', gave, says: inOrder(numbers(gave)), ought: inOrder(ought) }]
  },
  paymentsByReference: async (ask) => {
    const references = ask.known.payments.map(({ reference }) => reference)
    const gave = await payments.paymentsByReference(ask.query, ask.scope, references)
    return [{ about: '', gave, says: inOrder(numbers(gave)), ought: inOrder(seen(ask)) }]
  },
  paymentById: async (ask) =>
    Promise.all(
      ask.known.payments.map(async ({ id, council, at }): Promise<Said> => {
        const gave = await payments.paymentById(ask.query, ask.scope, id)
        return {
          about: `${council} to ${at}`,
          gave,
          says: gave !== undefined,
          ought: seesPayment(ask.viewer, council, at),
        }
      }),
    ),
  pupilsOfPayments: async (ask) => {
    const gave = await payments.pupilsOfPayments(ask.query, ask.scope, numbers(ask.known.payments))
    return [{ about: '', gave, says: inOrder(gave.map(({ payment }) => payment)), ought: ofOwnChildren(ask) }]
  },
  eventsOfPayment: async (ask) =>
    Promise.all(
      ask.known.payments.map(async ({ id, run, toReport, council, at }): Promise<Said> => {
        const gave = await payments.eventsOfPayment(ask.query, ask.scope, id)
        const ought = seesPayment(ask.viewer, council, at) ? (run && !toReport ? 1 : 2) : 0
        return { about: `${council} to ${at}`, gave, says: gave.length, ought }
      }),
    ),
  batchesOf: async (ask) => {
    const gave = await payments.batchesOf(ask.query, ask.scope)
    const own = isTeamOf(ask) ? seen(ask) : []
    const sent = new Set(ask.known.payments.filter(({ run, toReport }) => !run || toReport).map(({ number }) => number))
    return [
      {
        ...{ about: '', gave: [], says: inOrder([...gave.keys()]) },
        ought: inOrder(own.filter((number) => sent.has(number))),
      },
    ]
  },
  potBalances: async (ask) => ofFund(ask, await movements.potBalances(ask.query, ask.scope)),
  ledgerLines: async (ask) => ofFund(ask, await movements.ledgerLines(ask.query, ask.scope, long)),
  allocationsOf: async (ask) => ofFund(ask, await fundingRules.allocationsOf(ask.query, ask.scope)),
  payeesOf: async (ask) => ofFund(ask, await payeesOf(ask.query, ask.scope)),
  paidFilesOf: async (ask) => ofFund(ask, await paidFiles.paidFilesOf(ask.query, ask.scope)),
  paidLinesOf: async (ask) =>
    Promise.all(
      ask.known.paidFiles.map(async ({ id, council }): Promise<Said> => {
        const gave = await paidFiles.paidLinesOf(ask.query, ask.scope, id)
        return { about: council, gave, says: isEmpty(gave), ought: !seesFundOf(ask.viewer, council) }
      }),
    ),
  closesOf: async (ask) => ofFund(ask, await paidFiles.closesOf(ask.query, ask.scope)),
  payRunsOf: async (ask) => ofFund(ask, await payRuns.payRunsOf(ask.query, ask.scope)),
  linesOfRun: async (ask) =>
    Promise.all(
      ask.known.runs.map(async ({ id, council }): Promise<Said> => {
        const gave = await payRuns.linesOfRun(ask.query, ask.scope, id)
        return { about: council, gave }
      }),
    ),
  payRunById: async (ask) =>
    Promise.all(
      ask.known.runs.map(async ({ id, council }): Promise<Said> => {
        const gave = await payRuns.payRunById(ask.query, ask.scope, id)
        return { about: council, gave, says: gave === undefined, ought: !seesFundOf(ask.viewer, council) }
      }),
    ),
  approvedRuns: async (ask) => {
    const gave = await payRuns.approvedRuns(ask.query, ask.scope, 'pupil_premium_plus')
    return [{ about: '', gave, says: gave, ought: fundOfOwn(ask) ? 2 : 0 }]
  },
  schoolsOfRun: async (ask) =>
    Promise.all(
      ask.known.runs.map(async ({ id, council }): Promise<Said> => {
        const gave = await payRuns.schoolsOfRun(ask.query, ask.scope, id)
        return { about: council, gave, says: isEmpty(gave), ought: !seesFundOf(ask.viewer, council) }
      }),
    ),
  childrenInCare: async (ask) => {
    const gave = await runChildren.childrenInCare(ask.query, ask.scope, today)
    return [{ about: '', gave, says: isTeamOf(ask) || isEmpty(gave), ought: true }]
  },
  placesForRun: async (ask) => {
    const gave = await runChildren.placesForRun(ask.query, ask.scope, allPupils(ask))
    return [{ about: '', gave, says: isTeamOf(ask) || isEmpty(gave), ought: true }]
  },
  plansForRun: async (ask) => {
    const gave = await runChildren.plansForRun(ask.query, ask.scope, allPupils(ask), 2000)
    return [{ about: '', gave, says: isTeamOf(ask) || isEmpty(gave), ought: true }]
  },
  paidByEntitlement: async (ask) => {
    const gave = await runChildren.paidByEntitlement(ask.query, ask.scope, allPupils(ask), 'pupil_premium_plus')
    const own = sorted(gave.map(({ pupil }) => String(pupil)))
    return [{ about: '', gave, says: isTeamOf(ask) || isEmpty(own), ought: true }]
  },
}
