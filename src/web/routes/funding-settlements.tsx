import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { FundingSettlementsPage } from '../../../templates/pages/funding-settlements.tsx'
import { settleWords as words } from '../../../templates/words/en/radar.ts'
import { termOf } from '../../domain/calendar.ts'
import { plusDays } from '../../domain/dates.ts'
import { holdsUpn, newPublicId } from '../../domain/identifiers.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { settlementsOf, toPassOn } from '../../funding/settlement.ts'
import { audit } from '../../store/audit.ts'
import { approvedRuns, approveRun, proposeRun } from '../../store/pay-runs.ts'
import { schoolNames } from '../../store/schools.ts'
import { onwardPart, paymentsToSettle, staysSettled } from '../../store/settlements.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { settle } from '../settle.ts'
import { only, signedIn } from '../viewer.ts'

/** What becomes of money that was approved or paid for a child who has moved or left care. */
export const fundingSettlementRoutes = new Hono<Web>()
fundingSettlementRoutes.use(paths.fundingSettlements, signedIn, only('run the fund'))
fundingSettlementRoutes.use(paths.fundingSettle(':payment'), signedIn, only('run the fund'))
fundingSettlementRoutes.use(paths.fundingPassOn(':payment'), signedIn, only('run the fund'))

const show = async (
  context: WebContext,
  values: { readonly id: string; readonly why: string } | null = null,
  toMend: readonly ToMend[] = [],
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [all, { rules }] = await Promise.all([
    paymentsToSettle(query, viewer.scope),
    rulesOn(query, ownCouncil(context), viewer.scope.today),
  ])
  await noteSeen(
    context,
    all.map(({ pupil }) => pupil),
    'list seen',
    'settlements',
  )
  const names = await schoolNames(query, [
    ...new Set(all.flatMap(({ school, nextSchool }) => [school, ...(nextSchool === null ? [] : [nextSchool])])),
  ])
  const nameOf = (school: number) => names.get(school)?.name ?? ''
  const shown = settlementsOf(all, rules).map(({ one, settlement, isDone }) => {
    const { proposed } = settlement
    const passOn = toPassOn(one, rules, viewer.scope.today)
    return {
      ...settlement,
      id: one.id,
      reference: one.reference,
      name: shortName(one.forename, one.surname),
      amount: one.amount,
      school: nameOf(one.school),
      state: one.state,
      paidOn: one.paidOn,
      spent: one.spent,
      stays: proposed.stays,
      back: proposed.back,
      onwards: proposed.onwards && { amount: proposed.onwards.amount, school: nameOf(proposed.onwards.school) },
      settled: one.settled,
      returned: one.returned,
      passOn: passOn ? { amount: passOn.amount, school: nameOf(passOn.school) } : null,
      isPassedOn: one.isPassedOn === 1,
      isDone,
    }
  })
  return reply.page(
    context,
    <FundingSettlementsPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      open={shown.filter(({ isDone }) => !isDone)}
      done={shown.filter(({ isDone }) => isDone)}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

fundingSettlementRoutes.get(paths.fundingSettlements, (context) => show(context))

fundingSettlementRoutes.post(paths.fundingSettle(':payment'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const one = (await paymentsToSettle(query, viewer.scope)).find(({ id }) => id === context.req.param('payment'))
  if (!one) return reply.notFound(context)
  const why = field(context, 'why').slice(0, 300)
  if (why === '' || holdsUpn(why))
    return show(context, { id: one.id, why }, [
      { text: why === '' ? words.toMend.why : words.toMend.upn, field: `why-${one.id}` },
    ])
  const at = runtime.now()
  return settle(
    context,
    [
      staysSettled(one.payment, why, at, viewer.person.number),
      audit(query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'payment stays',
        pupil: one.pupil,
        virtualSchool: ownCouncil(context),
        subject: one.id,
      }),
    ],
    paths.fundingSettlements,
  )
})

fundingSettlementRoutes.post(paths.fundingPassOn(':payment'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { today } = viewer.scope
  const one = (await paymentsToSettle(query, viewer.scope)).find(({ id }) => id === context.req.param('payment'))
  if (!one) return reply.notFound(context)
  const { rules, from, version } = await rulesOn(query, ownCouncil(context), today)
  const onward = toPassOn(one, rules, today)
  if (!onward || field(context, 'seen') !== String(onward.amount))
    return reply.changedMeanwhile(context, paths.fundingSettlements)
  const [names, approvedBefore] = await Promise.all([
    schoolNames(query, [onward.school]),
    approvedRuns(query, viewer.scope, one.fund),
  ])
  const at = runtime.now()
  const by = viewer.person.number
  const of = { virtualSchool: ownCouncil(context), fund: one.fund, year: one.year }
  const now = termOf(today)
  const line = {
    ...{ pupil: one.pupil, part: `${onwardPart} ${one.reference}`, school: onward.school, amount: onward.amount },
    ...{ academicYear: one.academicYear ?? now.academicYear, term: one.term ?? now.term, why: null },
  }
  const id = newPublicId()
  const run = {
    ...{ id, academicYear: line.academicYear, term: line.term, on: today },
    ...{ rulesFrom: from ?? today, rulesVersion: version },
  }
  return settle(
    context,
    [
      ...proposeRun(of, run, [line], at, by),
      ...approveRun(
        of,
        { id, dueOn: plusDays(today, rules.payWithin), approvedBefore },
        [{ ...line, id: newPublicId() }],
        [{ id: newPublicId(), school: onward.school, name: names.get(onward.school)?.name ?? '' }],
        at,
        by,
      ),
      audit(query, {
        at,
        person: by,
        part: viewer.named.role,
        action: 'payment goes on with the child',
        pupil: one.pupil,
        virtualSchool: ownCouncil(context),
        subject: one.id,
      }),
    ],
    paths.fundingSettlements,
  )
})
