import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { FundingImpactPage } from '../../../templates/pages/funding-impact.tsx'
import { items } from '../../domain/return/dictionary.ts'
import { impactTable } from '../../exports/money.ts'
import { attainmentImpact, impactByIntervention } from '../../funding/impact.ts'
import { applicationsOf, pupilsOfApplications } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { judgementsAround } from '../../store/impact.ts'
import { useReportsOf } from '../../store/use-reports.ts'
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
  const approved = (await applicationsOf(query, viewer.scope)).filter(({ state }) => state === 'approved')
  const numbers = approved.map(({ number }) => number)
  const [uses, pupils, judgements] = await Promise.all([
    useReportsOf(query, viewer.scope, numbers),
    pupilsOfApplications(query, viewer.scope, numbers),
    judgementsAround(query, viewer.scope, bands),
  ])
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'counted',
    'what money did',
  )
  const childrenOf = new Map(
    numbers.map((number) => [
      number,
      pupils.filter(({ application }) => application === number).map((pupil) => pupil.number),
    ]),
  )
  return {
    interventions: impactByIntervention(approved, uses, childrenOf),
    attainment: attainmentImpact(approved, judgements),
  }
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
