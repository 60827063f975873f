import type { Pence } from '../../src/domain/funding/pence.ts'
import { Table } from '../components/figures.tsx'
import { Link } from '../components/form.tsx'
import { FundingNav } from '../components/funding-nav.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { interventionNamed, pounds } from '../words/en/money.ts'
import { impactWords as words } from '../words/en/radar.ts'
import type { FundingParts } from './funding-queue.tsx'

type Side = { readonly count: number; readonly hundredths: number }

type ImpactProps = {
  readonly frame: Frame
  readonly parts: FundingParts
  readonly met: number
  readonly reported: number
  readonly interventions: readonly {
    /** Null for what was paid by entitlement. */
    readonly intervention: string | null
    readonly granted: number
    readonly children: number
    readonly agreed: Pence
    readonly spent: Pence
    readonly hours: number
    readonly outcomes: Readonly<Record<'met' | 'partly' | 'not_met' | 'too_early', number>>
    readonly reported: number
    readonly perMet: Pence | null
  }[]
  readonly attainment: {
    readonly judgements: number
    readonly children: number
    readonly bands: readonly {
      readonly band: keyof typeof words.bands
      readonly before: Side
      readonly after: Side
      /** In hundredths of a point. */
      readonly points: number
      readonly times: number | null
    }[]
  }
}

/** What the money did: cost and targets by intervention, and attainment before and after, each with its base. */
export const FundingImpactPage = (props: ImpactProps) => (
  <Layout title={words.title} frame={props.frame} here="funding">
    <h1 class="govuk-heading-l">{words.heading(props.met, props.reported)}</h1>
    <FundingNav here="impact" may={props.parts} />
    <p class="lead measure">{words.lead}</p>
    {props.interventions.length > 0 && (
      <Table
        caption={words.interventions}
        tight
        columns={[
          { head: words.columns.intervention },
          { head: words.columns.granted, number: true },
          { head: words.columns.children, number: true },
          { head: words.columns.agreed, number: true },
          { head: words.columns.spent, number: true },
          { head: words.columns.hours, number: true },
          { head: words.columns.met, number: true },
          { head: words.columns.partly, number: true },
          { head: words.columns.notMet, number: true },
          { head: words.columns.tooEarly, number: true },
          { head: words.columns.base, number: true },
          { head: words.columns.perMet, number: true },
        ]}
        rows={props.interventions.map((one) => ({
          head: one.intervention === null ? words.byEntitlement : interventionNamed(one.intervention),
          cells: [
            String(one.granted),
            String(one.children),
            pounds(one.agreed),
            // What nobody has reported is not known; it is not nothing.
            ...(one.reported === 0
              ? Array<string>(6).fill(words.notKnown)
              : [
                  pounds(one.spent),
                  String(one.hours / 100),
                  ...(['met', 'partly', 'not_met', 'too_early'] as const).map((outcome) =>
                    String(one.outcomes[outcome]),
                  ),
                ]),
            `${one.reported} of ${one.granted}`,
            one.perMet === null ? '' : pounds(one.perMet),
          ],
        }))}
      />
    )}
    <section class="part" aria-labelledby="attainment">
      <h2 class="govuk-heading-m" id="attainment">
        {words.attainment}
      </h2>
      <p class="measure">
        {props.attainment.judgements === 0
          ? words.attainmentNone
          : words.attainmentSays(props.attainment.judgements, props.attainment.children)}
      </p>
      {props.attainment.judgements > 0 && (
        <Table
          caption={words.attainment}
          captionShown={false}
          columns={[
            { head: words.bandColumns.band },
            { head: words.bandColumns.before, number: true },
            { head: words.bandColumns.after, number: true },
            { head: words.bandColumns.points, number: true },
            { head: words.bandColumns.times, number: true },
          ]}
          rows={props.attainment.bands.map((one) => ({
            head: words.bands[one.band],
            cells: [
              words.share(one.before.count, one.before.hundredths),
              words.share(one.after.count, one.after.hundredths),
              words.points(one.points),
              one.times === null ? '' : words.times(one.times),
            ],
          }))}
        />
      )}
    </section>
    <p class="act gap">
      <Link href={paths.fundingImpactFile('csv')}>{words.membersCsv}</Link>
      <Link href={paths.fundingImpactFile('xlsx')}>{words.membersXlsx}</Link>
    </p>
  </Layout>
)
