import type { NextShown } from '../../templates/components/money-parts.tsx'
import type { PlainDate } from '../domain/dates.ts'
import type { Pence } from '../domain/funding/pence.ts'
import type { MoneyStanding } from '../domain/funding/standing.ts'
import type { PaymentState } from '../domain/funding/states.ts'
import { needed } from '../funding/decide.ts'
import type { GatePart } from '../funding/gate.ts'
import { usualDaysToDecide } from '../funding/how-decided.ts'
import type { FundingRules } from '../funding/rules.ts'
import { rulesOn } from '../funding/rules-on.ts'
import {
  type Application,
  type ApplicationPupil,
  applicationById,
  type HappenedEvent,
  pupilsOfApplications,
} from '../store/applications.ts'
import type { WebContext } from './context.ts'
import { noteSeen } from './seen.ts'

/** What is known of an application beside it: whom it is for, and how its council decides. */
export type Around = {
  readonly pupils: readonly ApplicationPupil[]
  readonly rules: FundingRules
}

/** An application that the viewer's school may open; that it was opened is noted. */
export const openApplication = async (
  context: WebContext,
): Promise<({ readonly application: Application } & Around) | undefined> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const application = await applicationById(query, viewer.scope, context.req.param('application') ?? '')
  if (!application) return undefined
  const [pupils, { rules }] = await Promise.all([
    pupilsOfApplications(query, viewer.scope, [application.number]),
    rulesOn(query, application.virtualSchool, viewer.scope.today),
  ])
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'application seen',
    application.id,
  )
  return { application, pupils, rules }
}

/** How a council decides, as its schools are told. */
export const howDecided = async (context: WebContext, council: number, rules: FundingRules) => {
  const usual = await usualDaysToDecide(context.var.runtime.db.query, [council], context.var.runtime.now())
  return {
    oneOfficerUpTo: rules.oneOfficerUpTo,
    twoPeopleAbove: rules.twoPeopleAbove,
    panelMeets: rules.panelMeets,
    policy: rules.policy,
    policyAddress: rules.policyAddress,
    medianDays: usual.get(council) ?? null,
  }
}

/** What comes next for money that a school asked for. */
export const nextOf = (
  application: { readonly council: string; readonly asked: Pence },
  standing: MoneyStanding,
  around: {
    readonly rules: FundingRules
    readonly last: HappenedEvent | undefined
    readonly payment: { readonly state: PaymentState; readonly dueOn: PlainDate } | undefined
    readonly gate: readonly GatePart[]
    readonly today: PlainDate
  },
): NextShown => {
  const { rules, last, payment, gate, today } = around
  const dueOn = payment && payment.state !== 'paid' ? payment.dueOn : null
  return {
    standing,
    council: application.council,
    panelMeets: needed(application.asked, rules).panel ? rules.panelMeets : null,
    deferredTo: last?.event === 'deferred' ? last.day : null,
    dueOn,
    isLate: dueOn !== null && dueOn < today,
    heldBy: gate.filter(({ waits }) => waits).map(({ item }) => item),
  }
}
