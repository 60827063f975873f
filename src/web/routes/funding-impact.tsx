import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { FundingImpactPage } from '../../../templates/pages/funding-impact.tsx'
import { pence } from '../../domain/funding/pence.ts'
import { items } from '../../domain/return/dictionary.ts'
import { impactTable } from '../../exports/money.ts'
import { attainmentImpact, type Granted, impactByIntervention } from '../../funding/impact.ts'
import { applicationsOf, pupilsOfApplications } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { judgementsAround } from '../../store/impact.ts'
import { paymentsOf, pupilsOfPayments } from '../../store/payments.ts'
import { useReportsOf, usesOfPayments } from '../../store/use-reports.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { fundingParts } from '../funding-frame.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { type FileKind, fileKinds, replyTable } from '../table-file.ts'
import { only, signedIn } from '../viewer.ts'

/** What the council's money did. */
export const fundingImpactRoutes = new Hono<Web>()
for (const path of [paths.fundingImpact, ...fileKinds.map((kind) => paths.fundingImpactFile(kind))])
  fundingImpactRoutes.use(path, signedIn, only('see what money did'))

const bands = items
  .filter(({ code, section }) => section === 'attainment' && code.endsWith('_band'))
  .map(({ code }) => code)

const impactOf = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { scope } = viewer
  const approved = (await applicationsOf(query, scope)).filter(({ state }) => state === 'approved')
  const payments = await paymentsOf(query, scope)
  const entitled = payments.filter(({ application, state }) => application === null && state === 'paid')
  const returned = new Map(
    payments.flatMap((one) =>
      one.application === null || one.state === 'cancelled' ? [] : [[one.application, one.returned] as const],
    ),
  )
  const numbers = approved.map(({ number }) => number)
  const entitlements = entitled.map(({ number }) => number)
  const [uses, pupils, judgements, usesEntitled, pupilsEntitled] = await Promise.all([
    useReportsOf(query, scope, numbers),
    pupilsOfApplications(query, scope, numbers),
    judgementsAround(query, scope, bands),
    usesOfPayments(query, scope, entitlements),
    pupilsOfPayments(query, scope, entitlements),
  ])
  await noteSeen(
    context,
    [...pupils, ...pupilsEntitled].map(({ number }) => number),
    'counted',
    'what money did',
  )
  const granted: readonly Granted[] = [
    ...approved.map((one) => ({
      intervention: one.intervention,
      agreed: one.agreed ?? pence(0),
      returned: returned.get(one.number) ?? pence(0),
      children: pupils.filter(({ application }) => application === one.number).map(({ number }) => number),
      use: uses.findLast(({ application }) => application === one.number),
    })),
    ...entitled.map((one) => ({
      intervention: null,
      agreed: one.amount,
      returned: one.returned,
      children: pupilsEntitled.filter(({ payment }) => payment === one.number).map(({ number }) => number),
      use: usesEntitled.findLast(({ payment }) => payment === one.number),
    })),
  ]
  return { interventions: impactByIntervention(granted), attainment: attainmentImpact(approved, judgements) }
}

fundingImpactRoutes.get(paths.fundingImpact, async (context) => {
  const { interventions, attainment } = await impactOf(context)
  const total = (of: (one: (typeof interventions)[number]) => number) =>
    interventions.reduce((sum, one) => sum + of(one), 0)
  return reply.page(
    context,
    <FundingImpactPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      met={total(({ outcomes }) => outcomes.met)}
      reported={total(({ reported }) => reported)}
      interventions={interventions}
      attainment={{
        ...attainment,
        bands: attainment.bands.map((one) => ({
          ...one,
          points: one.after.hundredths - one.before.hundredths,
          times: one.before.hundredths === 0 ? null : Math.round((one.after.hundredths * 100) / one.before.hundredths),
        })),
      }}
    />,
  )
})

const giveFile = (kind: FileKind) => async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { interventions, attainment } = await impactOf(context)
  await runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'what money did taken',
      virtualSchool: ownCouncil(context),
      subject: kind,
    }),
  ])
  return replyTable(context, impactTable(interventions, attainment), 'what-it-did', kind)
}
for (const kind of fileKinds) fundingImpactRoutes.get(paths.fundingImpactFile(kind), giveFile(kind))
