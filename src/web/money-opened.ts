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

/**
 * What happened to an application as its school reads it: what one of two people has agreed, or taken back, is theirs until
 * the second agrees.
 */
export const toldToSchool = (events: readonly HappenedEvent[]): readonly HappenedEvent[] =>
  events.filter(
    ({ event, application }, at) =>
      event !== 'seconded' &&
      !(
        event === 'undone' &&
        events.slice(0, at).findLast((one) => one.application === application)?.event === 'seconded'
      ),
  )

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
