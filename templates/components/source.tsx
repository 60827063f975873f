import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import { shortMoment } from '../words/en/dates.ts'
import { pupilWords as words } from '../words/en/pupil.ts'
import { Details, Say } from './figures.tsx'
import { Link } from './form.tsx'
import { paths } from './paths.ts'

/** Where a figure came from: the file and cell or the person, as sent, when, its receipt, and what it replaced. */
export type Source = {
  /** Null where a person entered it on a page. */
  readonly file: {
    readonly name: string
    readonly sheet: string | null
    /** A cell, or the line and column of a CSV, as a person would look for it. */
    readonly place: string
    readonly deletedOn: PlainDate | null
  } | null
  readonly asSent: string
  readonly readAs: string
  /** The school's own scale that made it out of the grade sent: its name and version, who said so and when. */
  readonly scale: { readonly name: string; readonly version: number; readonly by: string; readonly at: Instant } | null
  readonly sentBy: string
  readonly sentAt: Instant
  readonly confirmedAt: Instant | null
  /** `id` is null where this reader may not open the receipt. */
  readonly receipt: { readonly id: string | null; readonly reference: string } | null
  /** Earlier values, latest first. */
  readonly replaced: readonly {
    readonly value: string
    /** Such as 'Autumn return, ellerwick-autumn.xlsx, D11'. */
    readonly where: string
    readonly by: string
    readonly at: Instant
  }[]
}

/** "Where did this come from?" for one figure, folded away until asked. */
export const SourceShown = ({ source, about }: { readonly source: Source; readonly about: string }) => (
  <Details
    summary={
      <>
        {words.where}
        <span class="govuk-visually-hidden"> {about}</span>
      </>
    }
  >
    <SourceSaid source={source} />
  </Details>
)

/** What is known of where one figure came from, unfolded. */
export const SourceSaid = ({ source }: { readonly source: Source }) => (
  <>
    <Say
      pairs={[
        ...(source.file
          ? [
              {
                term: words.file,
                says: (
                  <>
                    <span class="mono">{source.file.name}</span>
                    {words.sheetCell(source.file.sheet)}
                    <span class="cell">{source.file.place}</span>
                  </>
                ),
              },
              { term: words.asSent, says: <span class="mono">{source.asSent}</span> },
            ]
          : []),
        { term: words.readAs, says: source.readAs },
        ...(source.scale
          ? [
              {
                term: words.byScale,
                says: words.scaleSaid(
                  source.scale.name,
                  source.scale.version,
                  source.scale.by,
                  shortMoment(source.scale.at),
                ),
              },
            ]
          : []),
        { term: source.file ? words.sentBy : words.enteredBy, says: source.sentBy },
        { term: words.when, says: <When source={source} /> },
        ...source.replaced.map((earlier) => ({
          term: words.replaced,
          says: (
            <>
              <b>{earlier.value}</b>,{words.replacedFrom(earlier.where, earlier.by, shortMoment(earlier.at))}
            </>
          ),
        })),
      ]}
    />
    {source.file?.deletedOn && <p class="quiet">{words.fileDeleted(source.file.deletedOn)}</p>}
  </>
)

const When = ({ source }: { readonly source: Source }) => (
  <>
    {shortMoment(source.sentAt)}.
    {source.receipt && (
      <>
        {' '}
        {words.confirmedReceipt(shortMoment(source.confirmedAt ?? source.sentAt))}
        {source.receipt.id === null ? (
          <span class="mono">{source.receipt.reference}</span>
        ) : (
          <Link href={paths.receipt(source.receipt.id)}>{source.receipt.reference}</Link>
        )}
        .
      </>
    )}
  </>
)
