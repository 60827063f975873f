import type { ToMend } from '../../templates/components/layout.tsx'
import { type DecisionKind, FundingApplicationPage } from '../../templates/pages/funding-application.tsx'
import { roundWords } from '../../templates/words/en/dates.ts'
import { itemWords } from '../../templates/words/en/items.ts'
import { may } from '../access/scope.ts'
import { daysBetween, todayInLondon } from '../domain/dates.ts'
import { standingOf } from '../domain/funding/standing.ts'
import { type ApplicationState, stepOf } from '../domain/funding/states.ts'
import { itemOf, items } from '../domain/return/dictionary.ts'
import type { Term } from '../domain/return/item.ts'
import { type Decider, declinedBefore, needed, type Standing } from '../funding/decide.ts'
import { gateParts, gatesOf } from '../funding/gate.ts'
import { rulesOn } from '../funding/rules-on.ts'
import { typedFrom } from '../funding/typed.ts'
import {
  applicationById,
  applicationsForPupil,
  eventsOfApplications,
  pupilsOfApplications,
} from '../store/applications.ts'
import { evidenceOf } from '../store/evidence.ts'
import { attainmentFor, childrenSince, interestsIn, isAskedByViewer, isOnAgenda } from '../store/panel.ts'
import { payeesOf } from '../store/payees.ts'
import { type Payment, paymentsForApplications } from '../store/payments.ts'
import { schoolNames } from '../store/schools.ts'
import { useReportsOf } from '../store/use-reports.ts'
import type { WebContext } from './context.ts'
import { standingWith } from './money-opened.ts'
import { frameOf, reply } from './reply.tsx'
import { noteSeen, shortName } from './seen.ts'

/** An application that the viewer may decide on, with what is known beside it; that it was opened is noted. */
export const openToDecide = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const application = await applicationById(query, scope, context.req.param('application') ?? '')
  if (!application || viewer.part.kind !== 'council') return undefined
  const numbers = [application.number]
  const [pupils, events, interests, onAgenda, asksThemselves, { rules }, names, payments, gates] = await Promise.all([
    pupilsOfApplications(query, scope, numbers),
    eventsOfApplications(query, scope, numbers),
    interestsIn(query, scope, numbers),
    isOnAgenda(query, scope, application.number),
    isAskedByViewer(query, scope, application.number),
    rulesOn(query, application.virtualSchool, scope.today),
    schoolNames(query, [application.school]),
    paymentsForApplications(query, scope, numbers),
    gatesOf(query, scope, [application]),
  ])
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'application seen',
    application.id,
  )
  const decider: Decider = {
    person: viewer.person.number,
    role: viewer.part.role,
    hasInterest: interests.some(({ person }) => person === viewer.person.number),
    asksThemselves,
  }
  const standing: Standing = { events, rules, onAgenda, schoolName: names.get(application.school)?.name ?? '' }
  const payment = payments.find(({ state }) => state !== 'cancelled')
  const passed = events.some(({ event }) => event === 'gate_passed')
  const gate = gateParts(gates.get(application.number), rules, { urgent: application.urgent, passed })
  return { application, pupils, interests, decider, standing, payment, passed, gate }
}

export type OpenedToDecide = NonNullable<Awaited<ReturnType<typeof openToDecide>>>
type Shown = { readonly values?: Readonly<Record<string, string>>; readonly toMend?: readonly ToMend[] }

const bandItems = items
  .filter(({ code, section }) => section === 'attainment' && code.endsWith('_band'))
  .map(({ code }) => code)

/** A subject without what the question asks of it: the heading says that. */
const subjectOf = (item: string) => (itemWords[item]?.label ?? item).split(':')[0] ?? item

const extractOf = async (context: WebContext, { application, pupils }: OpenedToDecide) => {
  const { runtime, viewer } = context.var
  const rows = await attainmentFor(runtime.db.query, viewer.scope, application.number, bandItems)
  return rows.map((row) => {
    const pupil = pupils.find(({ number }) => number === row.pupil)
    const item = itemOf(row.item)
    const options = item ? itemWords[item.code]?.options : undefined
    return {
      name: pupil ? shortName(pupil.forename, pupil.surname) : '',
      item: subjectOf(row.item),
      value: options?.[row.value] ?? row.value,
      term: roundWords(row.term as Term, row.academicYear),
    }
  })
}

const kindsFor = ({ application, standing, decider }: OpenedToDecide): readonly DecisionKind[] => {
  const first = application.state === 'second' && standing.events.findLast(({ event }) => event === 'seconded')
  const can = (event: Parameters<typeof stepOf>[1]) => stepOf(application.state, event)?.by === 'council'
  return [
    ...(can('approved') && !(first && first.person === decider.person) ? (['approve'] as const) : []),
    ...(can('asked') ? (['ask'] as const) : []),
    ...(can('deferred') ? (['defer'] as const) : []),
    ...(can('declined') ? (['decline'] as const) : []),
  ]
}

const needsOf = ({ application, standing }: OpenedToDecide) => {
  if (stepOf(application.state, 'declined')?.by !== 'council') return null
  const { panel, second } = needed(application.asked, standing.rules)
  return second ? ('second' as const) : panel ? ('panel' as const) : ('officer' as const)
}

/** Whether nothing waits any more for what has to be in: it was not agreed, or finance has the payment. */
const isGateOver = (state: ApplicationState, payment: Payment | undefined) =>
  state === 'declined' || state === 'withdrawn' || payment?.state === 'with_finance' || payment?.state === 'paid'

/** Why nothing here is for this person to decide, whatever it were. */
const whyNotYou = ({ decider, standing }: OpenedToDecide) => {
  if (decider.hasInterest) return 'has_interest' as const
  if (decider.asksThemselves) return 'asks_themselves' as const
  return declinedBefore(standing.events) === decider.person ? ('reviewed_by_decider' as const) : null
}

/** Shows an application as it is decided; with what was typed, where something is to mend. */
export const showToDecide = async (
  context: WebContext,
  opened: OpenedToDecide,
  { values = {}, toMend = [] }: Shown = {},
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const { application, pupils, interests, decider, standing, payment, passed, gate } = opened
  const [since, payees, extract, others, files] = await Promise.all([
    childrenSince(query, scope, application.number),
    payeesOf(query, scope),
    extractOf(context, opened),
    Promise.all(pupils.map(({ number }) => applicationsForPupil(query, scope, number))),
    evidenceOf(query, scope, [application.number]),
  ])
  const before = [...new Map(others.flat().map((one) => [one.number, one])).values()].filter(
    ({ number }) => number !== application.number,
  )
  const numbers = [application, ...before].map(({ number }) => number)
  const [reports, payments] = await Promise.all([
    useReportsOf(query, scope, numbers),
    paymentsForApplications(query, scope, numbers),
  ])
  const uses = reports.filter((one) => one.application === application.number)
  const kinds = kindsFor(opened)
  const closed = kinds.length === 0
  const last = standing.events.findLast(({ event }) => event === 'seconded')
  const notYou = closed ? null : whyNotYou(opened)
  const mayDecide = !closed && notYou === null
  return reply.page(
    context,
    <FundingApplicationPage
      frame={frameOf(context)}
      id={application.id}
      reference={application.reference ?? ''}
      fund={application.fund}
      school={standing.schoolName}
      intervention={application.intervention}
      pupils={pupils.map((pupil) => {
        const now = since.find((one) => one.pupil === pupil.number)
        return {
          id: may(viewer.part, 'read pupils') ? pupil.id : null,
          name: shortName(pupil.forename, pupil.surname),
          leftOn: now?.leftOn ?? null,
          careEndedOn: now?.careEndedOn ?? null,
        }
      })}
      project={application.kind === 'project'}
      typed={typedFrom(application.typed)}
      asked={application.asked}
      agreed={application.state === 'approved' ? application.agreed : null}
      days={daysBetween(
        todayInLondon(application.sentAt ?? application.madeAt),
        closed && application.decidedAt ? todayInLondon(application.decidedAt) : scope.today,
      )}
      needs={needsOf(opened)}
      standing={standingWith(context, payments, application, reports)}
      before={before.map((one) => ({
        id: one.id,
        reference: one.reference ?? '',
        intervention: one.intervention,
        amount: one.agreed ?? one.asked,
        standing: standingWith(context, payments, one, reports),
      }))}
      extract={extract}
      gate={isGateOver(application.state, payment) ? [] : gate}
      gatePassed={passed}
      mayPass={decider.role === 'head' && !passed && payment?.state === 'approved' && gate.some((part) => part.waits)}
      events={standing.events}
      uses={uses.toReversed()}
      files={files}
      interests={interests}
      decide={
        mayDecide
          ? {
              kinds,
              seen: application.events,
              second:
                application.state === 'second' && last?.amount
                  ? {
                      ...{ amount: last.amount, by: last.by, payee: last.payee ?? '' },
                      paid: payees.find(({ id }) => id === last.payee)?.name ?? standing.schoolName,
                    }
                  : null,
              payees: payees.filter(({ school }) => school === null),
            }
          : null
      }
      notYou={notYou}
      mayDeclareInterest={!closed && !decider.hasInterest}
      payment={
        payment
          ? {
              reference: payment.reference,
              dueOn: payment.dueOn,
              paidOn: payment.paidOn,
              standing: standingOf(null, payment, uses.length > 0),
              mayUndo: decider.role === 'head' && payment.state !== 'paid',
              seen: application.events,
            }
          : null
      }
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}
